import { closeSync, fsyncSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { corpusFiles } from './corpus'
import { eventAt, longestTask, sighting, watch, watchGone } from './probe'
import { profiled } from './profile'
import { type Row, rowOf } from './row'
import { makeProject, makeWorld, openProject } from './world'

const RUNS = 5

/** From choosing files until all are checked, and from Import until all are saved. */
export async function bench(): Promise<Row[]> {
  const world = await makeWorld()
  const rows: Row[] = []
  try {
    const browser = await world.browser('profile')
    const page = browser.pages()[0] ?? (await browser.newPage())
    for (const count of [1000, 5000]) {
      const files = corpusFiles(count)
      const bytes = Buffer.concat(files.map(file => readFileSync(file)))
      const scans: number[] = []
      const imports: number[] = []
      const scanTasks: number[] = []
      const importTasks: number[] = []
      const written: number[] = []
      for (let run = 0; run < RUNS; run++) {
        const name = `Import ${count} ${run}`
        await makeProject(world.host, name, [])
        await openProject(page, world.url, name)
        await profiled(page, `scan-${count}`, async () => {
          await watchGone(page, 'scanned', '.import-scan')
          await page.locator('input[type=file][multiple]').first().setInputFiles(files)
          const chosen = await eventAt(page, 'change')
          scans.push((await sighting(page, 'scanned')).painted - chosen)
          scanTasks.push(await longestTask(page, chosen))
        })
        await profiled(page, `import-${count}`, async () => {
          await watch(page, 'saved', '.import-counts')
          await page
            .getByRole('dialog')
            .getByRole('button', { name: /^Import/ })
            .click()
          const saved = await sighting(page, 'saved', 120_000)
          const pressed = await eventAt(page, 'click')
          imports.push(saved.painted - pressed)
          importTasks.push(await longestTask(page, pressed))
        })
        const imported = await page.locator('.import-counts dd').first().textContent()
        if (imported?.replace(/\D/g, '') !== String(count)) throw new Error(`imported ${imported}`)
        written.push(writeOnce(join(world.folder, 'beside.bin'), bytes))
      }
      const megabytes = Math.round(bytes.length / 1e6)
      const beside = { beside: written, besideName: `${megabytes} MB in one file, one fsync` }
      const limit = { beside: 50, besideName: 'limit', budget: 50 }
      const n = count.toLocaleString('en')
      rows.push(
        rowOf({
          name: `import ${n} reports`,
          ours: imports,
          ...beside,
          ...(count === 5000 ? { budget: 3000 } : {}),
        }),
        rowOf({
          name: '  reports a second',
          ours: imports.map(ms => (count / ms) * 1000),
          beside: written.map(ms => (count / ms) * 1000),
          besideName: beside.besideName,
          unit: '/s',
        }),
        rowOf({ name: '  longest task (0: none over 50)', ours: importTasks, ...limit }),
        rowOf({ name: `check ${n} files before`, ours: scans, ...beside }),
        rowOf({ name: '  longest task (0: none over 50)', ours: scanTasks, ...limit }),
      )
    }
  } finally {
    await world.end()
  }
  return rows
}

function writeOnce(path: string, bytes: Uint8Array): number {
  const began = performance.now()
  const file = openSync(path, 'w')
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done)
  fsyncSync(file)
  closeSync(file)
  const took = performance.now() - began
  rmSync(path)
  return took
}
