import type { Page } from '@playwright/test'
import type { CoderId, VariableId } from '../../shared/domain/id'
import { READ_VARIABLES, type Value, valueIdOf } from '../../shared/domain/variable'
import type { Change } from '../../shared/journal/edit'
import { longestTask, settle } from './probe'
import { profiled } from './profile'
import { type Row, rowOf } from './row'
import { allTextsIn, makeProject, makeWorld, openProject, type World } from './world'

const RUNS = 3
const REPORTS = 10_000
/** Cells of each report that one edit fills: the variables that every project has, and an own one. */
const OWN = 'own-variable' as VariableId
const VARIABLES = [...READ_VARIABLES, OWN]

/** Undo and redo of one edit of 100,000 cells of the table of reports, while the page is looked at. */
export async function bench(): Promise<Row[]> {
  const world = await makeWorld()
  try {
    await makeFilled(world)
    const browser = await world.browser('profile')
    const page = browser.pages()[0] ?? (await browser.newPage())
    await openProject(page, world.url, 'Bench')
    await allTextsIn(page, REPORTS)
    await settle(page)

    const undone: Taken[] = []
    const redone: Taken[] = []
    // The first is for warming up.
    for (let run = -1; run < RUNS; run++) {
      const first = await profiled(page, 'undo-cells', () => press(page, 'Undo'))
      const second = await profiled(page, 'redo-cells', () => press(page, 'Redo'))
      if (run < 0) continue
      undone.push(first)
      redone.push(second)
    }
    const limit = { beside: 50, besideName: 'limit', budget: 50 }
    return [
      ...(
        [
          ['undo', undone],
          ['redo', redone],
        ] as const
      ).flatMap(([what, runs]) => [
        rowOf({
          name: `${what} 100,000 cells, saved and applied`,
          ours: runs.map(({ taken }) => taken),
          beside: runs.map(({ appended }) => appended),
          besideName: 'host.append',
        }),
        rowOf({
          name: '  longest task (0: none over 50)',
          ours: runs.map(({ task }) => task),
          ...limit,
        }),
      ]),
    ]
  } finally {
    await world.end()
  }
}

/** Milliseconds. */
interface Taken {
  readonly taken: number
  readonly appended: number
  readonly task: number
}

/** Undoes or redoes by the button, until the working copy has taken it. */
async function press(page: Page, name: 'Undo' | 'Redo'): Promise<Taken> {
  const button = page.getByRole('banner').getByRole('button', { name })
  const began = await page.evaluate(() => {
    performance.clearResourceTimings()
    return performance.now()
  })
  await button.click()
  await page.waitForFunction(began => window.bench.committedAt > began, began, { timeout: 120_000 })
  await settle(page)
  const task = await longestTask(page, began)
  const [taken, appended] = await page.evaluate(began => {
    const calls = performance.getEntriesByType('resource') as PerformanceResourceTiming[]
    const call = calls.findLast(({ name }) => name.endsWith('/host/append'))!
    return [window.bench.committedAt - began, call.responseEnd - call.startTime] as const
  }, began)
  return { taken, appended, task }
}

/** A project of which one edit has filled every cell. */
async function makeFilled({ host }: World): Promise<void> {
  const seeds = Array.from({ length: REPORTS }, (_, i) => ({
    name: `Report ${i}`,
    text: `Report number ${i} says little.`,
    segments: [],
  }))
  const id = await makeProject(host, 'Bench', seeds)
  const { session, coderId } = await host.openProject(id, { clientId: 'bench', takeOver: true })
  const reports = (await host.readJournal(session, 1)).flatMap(entry =>
    entry.kind === 'import' ? entry.reports : [],
  )
  const stamp = { at: Date.now(), coderId: coderId as CoderId }
  const edit = { kind: 'do', of: null, about: '', ...stamp } as const
  const own = { id: OWN, name: 'Own', type: 'text', categories: '', rank: 0, createdAt: 0 } as const
  await host.append(session, {
    ...edit,
    label: 'addVariable',
    changes: [{ table: 'variables', id: OWN, before: null, after: own }],
  })
  const changes = reports.flatMap(({ id: reportId }, i) =>
    VARIABLES.map((variable): Change => {
      const id = valueIdOf(reportId, variable)
      const value = variable === 'year' ? 2000 + (i % 25) : `Value ${i}`
      const none = { start: null, end: null }
      const after: Value = { id, reportId, variable, value, origin: 'by-hand', ...none }
      return { table: 'values', id, before: null, after }
    }),
  )
  await host.append(session, { ...edit, label: 'setValues', changes })
  await host.closeProject(session)
}
