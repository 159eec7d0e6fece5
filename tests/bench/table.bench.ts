import type { Page } from '@playwright/test'
import type { NewEntry } from '../../shared/journal/history'
import { eventAt, longestTask } from './probe'
import { type Row, rowOf } from './row'
import { allTextsIn, makeProject, makeWorld, openProject } from './world'

const RUNS = 3
const REPORTS = 10_000

/** The table of 10,000 reports: opened, scrolled, sorted, and a column of it filled. */
export async function bench(): Promise<Row[]> {
  const world = await makeWorld()
  try {
    const seeds = Array.from({ length: REPORTS }, (_, i) => ({
      name: `\u4e91\u5cad\u53bf${i % 97}\u53f7\u62a5\u544a${REPORTS - i}`,
      text: `\u62a5\u544a${REPORTS - i}`,
      segments: [],
    }))
    const id = await makeProject(world.host, 'Bench', seeds)
    await fillIn(world.host, id)
    const found: Found[] = []
    for (let run = 0; run < RUNS; run++) {
      const browser = await world.browser(`profile-${run}`)
      const page = browser.pages()[0] ?? (await browser.newPage())
      await openProject(page, world.url, 'Bench')
      await allTextsIn(page, REPORTS)
      found.push(await tried(page))
      await page.goto('about:blank')
      // Its goodbye is on its way to the server; the next browser would find the project open.
      await page.waitForTimeout(2000)
      await browser.close()
    }
    const of = (what: keyof Found) => found.map(each => each[what])
    const limit = { beside: 50, besideName: 'limit', budget: 50 }
    const frame = { beside: 1000 / 60, besideName: 'one frame' }
    return [
      rowOf({ name: `table of ${REPORTS} reports, opened`, ours: of('opened'), ...frame }),
      rowOf({ name: '  longest task (0: none over 50)', ours: of('openTask'), ...limit }),
      rowOf({ name: '  a frame while scrolling', ours: of('scroll'), ...frame, budget: 33 }),
      rowOf({ name: '  longest task', ours: of('scrollTask'), ...limit }),
      rowOf({ name: '  sorted by name', ours: of('sorted'), ...frame }),
      rowOf({ name: '  longest task', ours: of('sortTask'), ...limit }),
      rowOf({ name: '  one cell filled, saved and seen', ours: of('cell'), ...frame, budget: 100 }),
      rowOf({ name: '  longest task', ours: of('cellTask'), ...limit }),
    ]
  } finally {
    await world.end()
  }
}

/** Milliseconds. */
interface Found {
  readonly opened: number
  readonly openTask: number
  readonly scroll: number
  readonly scrollTask: number
  readonly sorted: number
  readonly sortTask: number
  readonly cell: number
  readonly cellTask: number
}

async function tried(page: Page): Promise<Found> {
  await page.locator('.library-list [role=row]').first().waitFor()
  await page.waitForTimeout(3000)
  await page.keyboard.press('Control+Shift+L')
  const begun = await eventAt(page, 'keydown')
  await page.locator('.grid-row').first().waitFor()
  const opened = (await now(page)) - begun
  const openTask = await longestTask(page, begun)

  const scrolled = await now(page)
  const frames = await page.evaluate(async () => {
    const grid = document.querySelector('.grid')!
    const gaps: number[] = []
    let last = performance.now()
    for (let i = 0; i < 120; i++) {
      grid.scrollTop += 400
      await new Promise(requestAnimationFrame)
      gaps.push(performance.now() - last)
      last = performance.now()
    }
    return gaps.sort((a, b) => a - b)
  })
  const scroll = frames[Math.floor(frames.length * 0.95)]!
  const scrollTask = await longestTask(page, scrolled)

  await page.evaluate(() => document.querySelector('.grid')!.scrollTo(0, 0))
  const before = await page.locator('.grid-row .grid-words').first().textContent()
  await page.locator('.grid-sort').first().click()
  const sortAt = await eventAt(page, 'click')
  await page.waitForFunction(
    text => document.querySelector('.grid-row .grid-words')?.textContent !== text,
    before,
  )
  const sorted = (await now(page)) - sortAt
  const sortTask = await longestTask(page, sortAt)

  await page.locator('.grid-row [data-key="year"]').first().click()
  await page.keyboard.type('1999')
  await page.keyboard.press('Enter')
  const entered = await eventAt(page, 'keydown')
  await page.locator('.grid-row [data-key="year"]', { hasText: '1999' }).first().waitFor()
  const cell = (await now(page)) - entered
  const cellTask = await longestTask(page, entered)
  return { opened, openTask, scroll, scrollTask, sorted, sortTask, cell, cellTask }
}

function now(page: Page): Promise<number> {
  return page.evaluate(() => performance.now())
}

/** Gives every report a place, level, province, year and date, as reading their texts would. */
async function fillIn(
  host: Awaited<ReturnType<typeof makeWorld>>['host'],
  id: Parameters<typeof host.openProject>[0],
): Promise<void> {
  const { session, coderId } = await host.openProject(id, { clientId: 'bench', takeOver: false })
  const [first] = await host.readJournal(session, 1)
  let reports = first?.kind === 'import' ? first.reports : []
  for (let seq = 1; reports.length === 0; seq++) {
    const entry = (await host.readJournal(session, seq)).find(({ kind }) => kind === 'import')
    if (entry?.kind === 'import') reports = entry.reports
  }
  const none = { start: null, end: null, origin: 'read' } as const
  for (let at = 0; at < reports.length; at += 1000) {
    const changes = reports.slice(at, at + 1000).flatMap(({ id: reportId }, i) => {
      const values = {
        place: `\u4e91\u5cad\u53bf${(at + i) % 97}`,
        level: '\u53bf',
        province: '\u6cb3\u5317\u7701',
        year: 2015 + ((at + i) % 10),
        date: `${2016 + ((at + i) % 10)}-01-29`,
      }
      return Object.entries(values).map(([variable, value]) => {
        const valueId = `${reportId}.${variable}`
        const after = { id: valueId, reportId, variable, value, ...none }
        return { table: 'values', id: valueId, before: null, after }
      })
    })
    const edit = { kind: 'do', of: null, label: 'setValues', about: '', at: Date.now() }
    await host.append(session, { ...edit, changes, coderId } as unknown as NewEntry)
  }
  await host.closeProject(session)
}
