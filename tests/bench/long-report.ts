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

/** Selects with the mouse some twenty characters in the middle of the screen. */
export async function selectOnScreen(page: Page): Promise<void> {
  const { from, to } = await page.evaluate(() => {
    // Pressing the mouse on what is selected would drag it away.
    getSelection()?.removeAllRanges()
    const room = document.querySelector('.reader')!.getBoundingClientRect()
    const { left, width } = document.querySelector('.report-text')!.getBoundingClientRect()
    const y = room.top + room.height / 2
    const shown = document.elementFromPoint(left + width / 3, y)?.closest('p')
    const range = document.createRange()
    range.selectNodeContents(shown!)
    const lines = [...range.getClientRects()].filter(line => line.width > width / 2)
    const line = lines.find(each => each.bottom > y) ?? lines.at(-1)!
    const middle = line.top + line.height / 2
    return {
      from: { x: line.left + 40, y: middle },
      to: { x: line.left + Math.min(340, line.width - 10), y: middle },
    }
  })
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move((from.x + to.x) / 2, from.y)
  await page.mouse.move(to.x, to.y)
  await page.mouse.up()
  await page.waitForFunction(() => (getSelection()?.toString() ?? '').length > 5)
  await settle(page)
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
