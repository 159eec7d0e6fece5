import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import {
  LONG,
  longReportWorld,
  readInTheMiddle,
  SHORT,
  selectOnScreen,
  undoCoding,
} from './long-report'
import { eventAt, lastCall, sighting, watch } from './probe'
import { type Row, rowOf } from './row'

const RUNS = 11

/** One annotation saved: on disk, and in the working copy, from the key that asked for it. */
export async function bench(): Promise<Row[]> {
  const { world, page } = await longReportWorld()
  const rows: Row[] = []
  const file = openSync(join(world.folder, 'beside.bin'), 'a')
  try {
    for (const [title, what] of [
      [SHORT, 'in a report with 40'],
      [LONG, 'in a report with 5,000'],
    ] as const) {
      await readInTheMiddle(page, title)
      const appended: number[] = []
      const committed: number[] = []
      const synced: number[] = []
      for (let run = -2; run < RUNS; run++) {
        await selectOnScreen(page)
        await watch(page, 'stripe', '[data-stripe]')
        await page.keyboard.press('6')
        await sighting(page, 'stripe')
        const key = await eventAt(page, 'keydown')
        const { start, end } = await lastCall(page, 'append')
        const done = await page.evaluate(() => window.bench.committedAt)
        await undoCoding(page)
        const began = performance.now()
        writeSync(file, Buffer.alloc(200, 65))
        fdatasyncSync(file)
        const sync = performance.now() - began
        if (run < 0) continue
        appended.push(end - start)
        committed.push(done - key)
        synced.push(sync)
      }
      const beside = { beside: synced, besideName: 'fdatasync of 200 bytes', budget: 15 }
      rows.push(rowOf({ name: `host.append ${what}`, ours: appended, ...beside }))
      rows.push(rowOf({ name: `one annotation saved ${what}`, ours: committed, ...beside }))
    }
  } finally {
    closeSync(file)
    await world.end()
  }
  return rows
}
