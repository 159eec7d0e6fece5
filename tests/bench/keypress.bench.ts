import {
  LONG,
  longReportWorld,
  readInTheMiddle,
  SHORT,
  selectOnScreen,
  undoCoding,
} from './long-report'
import { eventAt, frameMs, lastCall, sighting, watch } from './probe'
import { profiled } from './profile'
import { type Row, rowOf } from './row'

const RUNS = 11

/** From a number key to the painted stripe. */
export async function bench(): Promise<Row[]> {
  const { world, page } = await longReportWorld()
  const rows: Row[] = []
  try {
    for (const [title, what] of [
      [LONG, 'key to stripe, 1,000,000 characters, 5,000 annotations'],
      [SHORT, 'key to stripe, 8,000 characters, 40 annotations'],
    ] as const) {
      await readInTheMiddle(page, title)
      const total: number[] = []
      const saved: number[] = []
      const copied: number[] = []
      const inserted: number[] = []
      const frames: number[] = []
      await profiled(page, `keypress-${title}`, async () => {
        for (let run = -2; run < RUNS; run++) {
          await selectOnScreen(page)
          await watch(page, 'stripe', '[data-stripe]')
          await page.keyboard.press('5')
          const seen = await sighting(page, 'stripe')
          const key = await eventAt(page, 'keydown')
          const append = await lastCall(page, 'append')
          const committed = await page.evaluate(() => window.bench.committedAt)
          const frame = await frameMs(page)
          await undoCoding(page)
          if (run < 0) continue
          total.push(seen.painted - key)
          saved.push(append.end - key)
          copied.push(committed - key)
          inserted.push(seen.inserted - key)
          frames.push(frame)
        }
      })
      const beside = { beside: frames, besideName: 'one frame' }
      rows.push(rowOf({ name: what, ours: total, ...beside, budget: 50 }))
      rows.push(rowOf({ name: '  of it until on disk', ours: saved, ...beside }))
      rows.push(rowOf({ name: '  until the working copy has it', ours: copied, ...beside }))
      rows.push(rowOf({ name: '  until the stripe is in the tree', ours: inserted, ...beside }))
    }
  } finally {
    await world.end()
  }
  return rows
}
