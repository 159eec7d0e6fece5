import { createHash } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import type { Page } from '@playwright/test'
import { docxOf, paragraph } from '../support/documents-office'
import { corpusFiles } from './corpus'
import { eventAt, longestTask, sighting, watch, watchGone } from './probe'
import { profiled } from './profile'
import { type Row, rowOf } from './row'
import { tasksDuring } from './tasks'
import { makeProject, makeWorld, openProject, type World } from './world'

const RUNS = 5

/** What is imported, and what the budget for it is. */
interface Corpus {
  readonly name: string
  readonly files: readonly string[]
  readonly budget: number | null
  /** How many times the processor time of decoding and hashing the files it may take. */
  readonly most: number | null
}

/** From choosing files until all are checked, and from Import until all are saved and studied. */
export async function bench(): Promise<Row[]> {
  const world = await makeWorld()
  const rows: Row[] = []
  try {
    const browser = await world.browser('profile')
    const page = browser.pages()[0] ?? (await browser.newPage())
    const corpora: Corpus[] = [
      { name: '1,000 reports', files: corpusFiles(1000), budget: null, most: null },
      { name: '5,000 reports', files: corpusFiles(5000), budget: 3000, most: MOST },
      {
        name: '500 Word files',
        files: wordFiles(join(world.folder, 'word'), corpusFiles(500)),
        budget: null,
        most: null,
      },
    ]
    for (const corpus of corpora) rows.push(...(await measure(world, page, corpus)))
    rows.push(...(await measureStops(world, page, corpusFiles(5000))))
  } finally {
    await world.end()
  }
  return rows
}

async function measure(world: World, page: Page, corpus: Corpus): Promise<Row[]> {
  const { name, files, budget, most } = corpus
  const bytes = Buffer.concat(files.map(file => readFileSync(file)))
  const scans: number[] = []
  const imports: number[] = []
  const scanTasks: number[] = []
  const importTasks: number[] = []
  const importCpuTasks: number[] = []
  const written: number[] = []
  const cpu: number[] = []
  const decoded: number[] = []
  for (let run = 0; run < RUNS; run++) {
    const project = `Import ${name} ${run}`
    await makeProject(world.host, project, [])
    await openProject(page, world.url, project)
    await profiled(page, `scan-${files.length}`, async () => {
      await watchGone(page, 'scanned', '.import-scan')
      await page
        .locator('input[type=file][multiple]')
        .first()
        .setInputFiles([...files])
      const chosen = await eventAt(page, 'change')
      scans.push((await sighting(page, 'scanned')).painted - chosen)
      scanTasks.push(await longestTask(page, chosen))
    })
    const cpuBefore = cpuOfChildren()
    const tasks = await tasksDuring(page, () =>
      profiled(page, `import-${files.length}`, async () => {
        await watch(page, 'saved', '.import-counts')
        await importButton(page).click()
        const saved = await sighting(page, 'saved', 300_000)
        imports.push(saved.painted - (await eventAt(page, 'click')))
      }),
    )
    importTasks.push(tasks.wall)
    importCpuTasks.push(tasks.cpu)
    cpu.push(cpuOfChildren() - cpuBefore)
    decoded.push(cpuOfDecoding(files))
    const imported = await page.locator('.import-counts dd').first().textContent()
    if (imported?.replace(/\D/g, '') !== String(files.length)) {
      throw new Error(`imported ${imported}`)
    }
    written.push(writeOnce(join(world.folder, 'beside.bin'), bytes))
  }
  const megabytes = Math.round(bytes.length / 1e6)
  const beside = { beside: written, besideName: `${megabytes} MB in one file, one fsync` }
  const limit = { beside: 50, besideName: 'limit', budget: 50 }
  return [
    rowOf({ name: `import ${name}`, ours: imports, ...beside, ...(budget ? { budget } : {}) }),
    rowOf({
      name: '  files a second',
      ours: imports.map(ms => (files.length / ms) * 1000),
      beside: written.map(ms => (files.length / ms) * 1000),
      besideName: beside.besideName,
      unit: '/s',
    }),
    rowOf({
      name: '  longest task of the page, processor time',
      ours: importCpuTasks,
      ...limit,
      most: 1,
    }),
    rowOf({ name: '  longest task of the page, on the clock', ours: importTasks, ...limit }),
    rowOf({
      ...{ name: '  processor time of browser and server', ours: cpu, beside: decoded },
      besideName: 'decoding and hashing them',
      ...(most ? { most } : {}),
    }),
    rowOf({
      name: '  most memory of the page and its workers',
      ours: [pageMegabytes()],
      beside: megabytes,
      besideName: 'all files',
      unit: 'MB',
    }),
    rowOf({ name: `check ${name} before`, ours: scans, ...beside }),
    rowOf({ name: '  longest task (0: none over 50)', ours: scanTasks, ...limit }),
  ]
}

/** From pressing Stop in the middle until nothing is read any more, and until all that was is in. */
async function measureStops(world: World, page: Page, files: readonly string[]): Promise<Row[]> {
  const stops: number[] = []
  const ends: number[] = []
  for (let run = 0; run < RUNS; run++) {
    const project = `Stop ${run}`
    await makeProject(world.host, project, [])
    await openProject(page, world.url, project)
    await watchGone(page, 'scanned', '.import-scan')
    await page
      .locator('input[type=file][multiple]')
      .first()
      .setInputFiles([...files])
    await sighting(page, 'scanned')
    await importButton(page).click()
    await page.waitForTimeout(1500 + 1000 * run)
    await watch(page, 'stopped', '.import-counts')
    await page.getByRole('dialog').getByRole('button', { name: 'Stop importing' }).click()
    const stopped = await page.waitForFunction(() => {
      const words = document.querySelector('.progress-words, .import-counts')?.textContent ?? ''
      return words.startsWith('Stopping') ? 0 : performance.now()
    })
    const { painted } = await sighting(page, 'stopped')
    const pressed = await eventAt(page, 'click')
    stops.push((await stopped.jsonValue()) - pressed)
    ends.push(painted - pressed)
  }
  const limit = { beside: 500, besideName: 'limit' }
  return [
    rowOf({ name: `stop ${files.length} reports`, ours: stops, ...limit, budget: 500, most: 1 }),
    rowOf({ name: '  until what was read is in and listed', ours: ends, ...limit }),
  ]
}

function importButton(page: Page) {
  return page.getByRole('dialog').getByRole('button', { name: /^Import/ })
}

/**
 * How many times what decoding and hashing takes the import of 5,000 reports may take until all is
 * saved, in processor time: unlike time on the clock that hardly hangs on what else a machine does.
 */
const MOST = 55

/** Processor time so far of all that this process has started, in milliseconds; 0 but on Linux. */
function cpuOfChildren(): number {
  const all = processes().map(id => {
    try {
      if (Number(id) === process.pid || !isOurs(id)) return 0
      const fields = readFileSync(`/proc/${id}/stat`, 'latin1').split(') ')[1]?.split(' ') ?? []
      return (Number(fields[11]) + Number(fields[12])) * 10
    } catch {
      // It has ended meanwhile.
      return 0
    }
  })
  return all.reduce((sum, ms) => sum + ms, 0)
}

function cpuOfDecoding(files: readonly string[]): number {
  const before = process.cpuUsage()
  for (const file of files) {
    const bytes = readFileSync(file)
    createHash('sha256').update(bytes).digest('hex')
    new TextDecoder('utf-8').decode(bytes)
  }
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

/** The same reports as Word files, a paragraph a line. */
function wordFiles(folder: string, texts: readonly string[]): string[] {
  mkdirSync(folder)
  return texts.map(text => {
    const path = join(folder, `${basename(text, '.txt')}.docx`)
    const lines = readFileSync(text, 'utf8').split('\n')
    const body = lines.map(line => paragraph(line.replace(/[<&]/g, ' '))).join('')
    writeFileSync(path, docxOf({ body }))
    return path
  })
}

/** The most memory that a page's process has had so far, by what Linux says; else 0. */
function pageMegabytes(): number {
  const most = processes().flatMap(id => {
    try {
      if (!readFileSync(`/proc/${id}/cmdline`, 'latin1').includes('--type=renderer')) return []
      const peak = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${id}/status`, 'latin1'))
      return peak && isOurs(id) ? Number(peak[1]) / 1024 : []
    } catch {
      // It has ended meanwhile.
      return []
    }
  })
  return Math.round(Math.max(0, ...most))
}

function processes(): string[] {
  try {
    return readdirSync('/proc').filter(name => /^\d+$/.test(name))
  } catch {
    return []
  }
}

/** Whether a process was started by this one, or by one that was. */
function isOurs(id: string): boolean {
  for (let at = id; Number(at) > 1; ) {
    if (Number(at) === process.pid) return true
    at = /^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${at}/status`, 'latin1'))?.[1] ?? '0'
  }
  return false
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
