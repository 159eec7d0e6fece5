import type { BrowserContext, Page } from '@playwright/test'
import { openReport } from '../support/reading'
import { longReport, segmentsIn } from './corpus'
import { frameMs, settle } from './probe'
import { makeProject, makeWorld, openProject, type World } from './world'

/** The report that the budgets of reading and coding speak of, in an open project. */
export interface LongReportWorld {
  readonly world: World
  readonly browser: BrowserContext
  readonly page: Page
  readonly text: string
}

/** What the two reports are called. `Short` has 8,000 characters and 40 annotations. */
export const LONG = 'Long report'
export const SHORT = 'Short report'

/** A project with a report of a million characters and 5,000 annotations, and a short one. */
export async function longReportWorld(): Promise<LongReportWorld> {
  const world = await makeWorld()
  const text = longReport(1_000_000)
  const short = longReport(8_000)
  await makeProject(world.host, 'Bench', [
    { name: LONG, text, segments: segmentsIn(text, 5000) },
    { name: SHORT, text: short, segments: segmentsIn(short, 40) },
  ])
  const browser = await world.browser('profile')
  const page = browser.pages()[0] ?? (await browser.newPage())
  await openProject(page, world.url, 'Bench')
  return { world, browser, page, text }
}

/** Opens one of the two and scrolls to its middle. */
export async function readInTheMiddle(page: Page, title: string): Promise<void> {
  await openReport(page, title)
  await page.locator('[data-stripe]').first().waitFor()
  await page.evaluate(() => {
    const scroller = document.querySelector('.reader')!
    scroller.scrollTop = scroller.scrollHeight / 2
  })
  await settle(page)
}

/** Selects with the mouse some fifteen characters on the screen. */
export async function selectOnScreen(page: Page): Promise<void> {
  for (let part = 3; part < 8; part++) {
    if (await selectAt(page, part / 10)) return
  }
  throw new Error('nothing could be selected')
}

/** Drags over the line that far down the screen; answers whether that selected it. */
async function selectAt(page: Page, part: number): Promise<boolean> {
  const line = await page.evaluate(part => {
    // Pressing the mouse on what is selected would drag it away.
    getSelection()?.removeAllRanges()
    const room = document.querySelector('.reader')!.getBoundingClientRect()
    const { left, width } = document.querySelector('.report-text')!.getBoundingClientRect()
    const x = left + width / 3
    const caret = document.caretRangeFromPoint(x, room.top + room.height * part)!
    const { top, height } = caret.getBoundingClientRect()
    return { from: x, to: x + 280, y: top + height / 2 }
  }, part)
  await page.mouse.move(line.from, line.y)
  await page.mouse.down()
  await page.mouse.move(line.from + 100, line.y)
  await page.mouse.move(line.to, line.y)
  await page.mouse.up()
  await frameMs(page)
  await settle(page)
  const length = await page.evaluate(() => (getSelection()?.toString() ?? '').length)
  if (length < 5) console.log(`  (a drag at ${JSON.stringify(line)} selected ${length} characters)`)
  return length >= 5
}

/** Takes the last coding back, and waits until it is gone and the page at rest. */
export async function undoCoding(page: Page): Promise<void> {
  const before = await page.evaluate(() => window.bench.committedAt)
  await page.keyboard.press('ControlOrMeta+z')
  await page.waitForFunction(before => window.bench.committedAt > before, before)
  // Drawing, and scrolling to what was undone, take a few frames more.
  await frameMs(page)
  await settle(page)
}
