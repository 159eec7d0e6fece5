import type { Page } from '@playwright/test'
import { reports } from '../support/reading'
import { corpusReports } from './corpus'
import { selectOnScreen, undoCoding } from './long-report'
import { longestTask, settle, sighting, watch } from './probe'
import { profiled } from './profile'
import { type Row, rowOf } from './row'
import { allTextsIn, makeProject, makeWorld, openProject } from './world'

const RUNS = 5
/** Codings in each run without a snapshot; each is taken back, so there are two entries each. */
const ALONE = 3

/** A snapshot by hand of 5,000 reports and 100,000 annotations, while coding goes on in the page. */
export async function bench(): Promise<Row[]> {
  const world = await makeWorld()
  try {
    const seeds = corpusReports()
    await makeProject(world.host, 'Bench', seeds)
    const browser = await world.browser('profile')
    const page = browser.pages()[0] ?? (await browser.newPage())
    await openProject(page, world.url, 'Bench')
    await allTextsIn(page, new Set(seeds.map(({ text }) => text)).size)
    await reports(page).first().click()
    await page.locator('.report-text').waitFor()
    await page.evaluate(() => performance.setResourceTimingBufferSize(5000))

    const runs: Run[] = []
    // The first is for warming up.
    for (let run = -1; run < RUNS; run++) {
      const measured = await profiled(page, 'snapshot', () => once(page))
      if (run >= 0) runs.push(measured)
    }
    const limit = { beside: 50, besideName: 'limit', budget: 50 }
    return [
      rowOf({
        name: 'snapshot by hand while coding, 5,000 reports, 100,000 annotations',
        ours: runs.map(({ coding }) => coding.taken),
        beside: runs.map(({ resting }) => resting.taken),
        besideName: 'while the page rests',
      }),
      rowOf({
        name: '  longest task (0: none over 50)',
        ours: runs.map(({ coding }) => coding.task),
        ...limit,
      }),
      rowOf({
        name: '  longest task while the page rests',
        ours: runs.map(({ resting }) => resting.task),
        ...limit,
      }),
      rowOf({
        name: '  longest task of closing the dialog',
        ours: runs.map(({ resting }) => resting.dialogTask),
        ...limit,
      }),
      rowOf({
        name: '  longest task of coding without a snapshot',
        ours: runs.map(({ taskAlone }) => taskAlone),
        ...limit,
      }),
      rowOf({
        name: '  host.append meanwhile',
        ours: runs.flatMap(({ coding }) => coding.appended),
        beside: runs.flatMap(({ alone }) => alone),
        besideName: 'without a snapshot',
      }),
      rowOf({
        name: '  slowest host.append meanwhile',
        ours: runs.map(({ coding }) => Math.max(...coding.appended)),
        beside: runs.map(({ alone }) => Math.max(...alone)),
        besideName: 'without a snapshot',
      }),
    ]
  } finally {
    await world.end()
  }
}

/** Milliseconds. */
interface Run {
  readonly coding: Taking
  readonly resting: Taking
  /** Coding without a snapshot: how long each entry took to be saved, and the longest task. */
  readonly alone: readonly number[]
  readonly taskAlone: number
}

interface Taking {
  /** The call to the host. */
  readonly taken: number
  /** The page's longest task from the press on the button until the dialog is closed. */
  readonly dialogTask: number
  /** The page's longest task from there until the host has answered. */
  readonly task: number
  /** How long each entry took to be saved that was on its way meanwhile. */
  readonly appended: readonly number[]
}

async function once(page: Page): Promise<Run> {
  await page.evaluate(() => performance.clearResourceTimings())
  const began = await now(page)
  for (let i = 0; i < ALONE; i++) await codeAndUndo(page)
  const taskAlone = await longestTask(page, began)
  const alone = (await calls(page, 'append')).map(({ start, end }) => end - start)
  const coding = await take(page, () => codeAndUndo(page))
  const resting = await take(page, () => page.waitForTimeout(20))
  return { coding, resting, alone, taskAlone }
}

/** Takes a snapshot by hand, closes the dialog and works on until it is there. */
async function take(page: Page, work: () => Promise<void>): Promise<Taking> {
  await page.getByRole('button', { name: 'Menu', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Snapshots…' }).click()
  const dialog = page.locator('.dialog[role=dialog]')
  await dialog.getByRole('option').first().waitFor()
  // The dialog compares the last snapshot with the present first.
  await dialog.locator('.comparison [role=progressbar]').waitFor({ state: 'detached' })
  await settle(page)
  let isOver = false
  const answered = page.waitForResponse(/\/host\/takeSnapshot$/).then(async response => {
    await response.finished()
    isOver = true
  })
  const asked = await now(page)
  await dialog.getByRole('button', { name: 'Take a snapshot now' }).click()
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  const dialogTask = await longestTask(page, asked)
  const closed = await now(page)
  while (!isOver) await work()
  await answered
  const task = await longestTask(page, closed)
  const { start, end } = (await calls(page, 'takeSnapshot')).at(-1)!
  const appended = (await calls(page, 'append'))
    .filter(call => call.end > start && call.start < end)
    .map(call => call.end - call.start)
  return { taken: end - start, dialogTask, task, appended }
}

async function codeAndUndo(page: Page): Promise<void> {
  await selectOnScreen(page)
  await watch(page, 'stripe', '[data-stripe]')
  await page.keyboard.press('6')
  await sighting(page, 'stripe')
  await undoCoding(page)
}

function now(page: Page): Promise<number> {
  return page.evaluate(() => performance.now())
}

/** The calls of a name to the host since the timings were cleared. */
function calls(page: Page, call: string): Promise<{ start: number; end: number }[]> {
  return page.evaluate(
    call =>
      performance
        .getEntriesByType('resource')
        .filter(({ name }) => name.endsWith(`/host/${call}`))
        .map(each => each as PerformanceResourceTiming)
        .map(({ startTime, responseEnd }) => ({ start: startTime, end: responseEnd })),
    call,
  )
}
