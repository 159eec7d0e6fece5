import type { BrowserContext, Page } from '@playwright/test'
import { corpusReports } from './corpus'
import { eventAt, longestTask, sighting, watch } from './probe'
import { profiled } from './profile'
import { type Row, rowOf } from './row'
import { allTextsIn, makeProject, makeWorld, type World } from './world'

const RUNS = 5

/** Opening a project of 5,000 reports and 100,000 annotations, without and with its working copy. */
export async function bench(): Promise<Row[]> {
  const world = await makeWorld()
  try {
    const reports = corpusReports()
    await makeProject(world.host, 'Bench', reports)
    const texts = new Set(reports.map(({ text }) => text)).size
    const anew: Opening[] = []
    const again: Opening[] = []
    for (let run = 0; run < RUNS; run++) {
      const profile = `profile-${run}`
      anew.push(await inBrowser(world, { profile, name: 'rebuild', texts }))
      again.push(await inBrowser(world, { profile, name: 'reopen', texts }))
    }
    const limit = { beside: 50, besideName: 'limit', budget: 50 }
    const list = { beside: again.map(({ list }) => list), besideName: 'start to list of projects' }
    const ofAll = (all: readonly Opening[], what: 'opened' | 'task' | 'filled' | 'fillTask') =>
      all.map(each => each[what])
    return [
      rowOf({
        name: 'rebuild, 5,000 reports, 100,000 annotations',
        ours: ofAll(anew, 'opened'),
        beside: ofAll(again, 'opened'),
        besideName: 'opening with the working copy',
        budget: 5000,
      }),
      rowOf({ name: '  longest task (0: none over 50)', ours: ofAll(anew, 'task'), ...limit }),
      rowOf({
        name: '  until all texts are in, too',
        ours: ofAll(anew, 'filled'),
        beside: ofAll(anew, 'opened'),
        besideName: 'until it can be used',
      }),
      rowOf({ name: '  longest task meanwhile', ours: ofAll(anew, 'fillTask'), ...limit }),
      rowOf({
        name: 'start to usable, working copy kept',
        ours: again.map(({ list, opened }) => list + opened),
        ...list,
        budget: 2000,
      }),
      rowOf({ name: '  longest task (0: none over 50)', ours: ofAll(again, 'task'), ...limit }),
    ]
  } finally {
    await world.end()
  }
}

/** Milliseconds: from the address to the list of projects, from the click there to the reports. */
interface Opening {
  readonly list: number
  readonly opened: number
  readonly task: number
  /** From the click until the working copy has every text. */
  readonly filled: number
  /** The longest task after the reports were listed. */
  readonly fillTask: number
}

async function inBrowser(
  world: World,
  { profile, name, texts }: { profile: string; name: string; texts: number },
): Promise<Opening> {
  const browser: BrowserContext = await world.browser(profile)
  const page = browser.pages()[0] ?? (await browser.newPage())
  // Watched for from the beginning of the page, whose clock starts with the request for it.
  await browser.addInitScript(() => window.bench.watch('list', '.project-open'))
  await page.goto(world.url)
  const { painted: list } = await sighting(page, 'list')
  const opening = await profiled(page, name, () => open(page, list, texts))
  // Leaving the page says goodbye to the host; without that the copy is not trusted again.
  await page.goto('about:blank')
  await page.waitForTimeout(200)
  await browser.close()
  return opening
}

async function open(page: Page, list: number, texts: number): Promise<Opening> {
  await watch(page, 'reports', '.library-list [role=row]')
  await page.locator('.project-open').first().click()
  const { painted } = await sighting(page, 'reports', 120_000)
  const clicked = await eventAt(page, 'click')
  const task = await longestTask(page, clicked)
  const filled = (await allTextsIn(page, texts)) - clicked
  const fillTask = await longestTask(page, painted)
  return { list, opened: painted - clicked, task, filled, fillTask }
}
