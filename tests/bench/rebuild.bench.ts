import { readFileSync } from 'node:fs'
import type { BrowserContext } from '@playwright/test'
import { corpusFiles, corpusSegments, type Segment } from './corpus'
import { eventAt, longestTask, sighting, watch } from './probe'
import { profiled } from './profile'
import { type Row, rowOf } from './row'
import { makeProject, makeWorld, type World } from './world'

const RUNS = 5

/** Opening a project of 5,000 reports and 100,000 annotations, without and with its working copy. */
export async function bench(): Promise<Row[]> {
  const world = await makeWorld()
  try {
    const byReport = new Map<number, Segment[]>()
    for (const segment of corpusSegments()) {
      const known = byReport.get(segment.report)
      if (known) known.push(segment)
      else byReport.set(segment.report, [segment])
    }
    await makeProject(
      world.host,
      'Bench',
      corpusFiles(5000).map((file, i) => ({
        name: `doc_${i}`,
        text: readFileSync(file, 'utf8'),
        segments: byReport.get(i) ?? [],
      })),
    )
    const anew: Opening[] = []
    const again: Opening[] = []
    for (let run = 0; run < RUNS; run++) {
      const profile = `profile-${run}`
      anew.push(await inBrowser(world, profile, 'rebuild'))
      again.push(await inBrowser(world, profile, 'reopen'))
    }
    const limit = { beside: 50, besideName: 'limit', budget: 50 }
    const list = { beside: again.map(({ list }) => list), besideName: 'start to list of projects' }
    const ofAll = (all: readonly Opening[], what: 'opened' | 'task') => all.map(each => each[what])
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
}

async function inBrowser(world: World, profile: string, name: string): Promise<Opening> {
  const browser: BrowserContext = await world.browser(profile)
  const page = browser.pages()[0] ?? (await browser.newPage())
  // Watched for from the beginning of the page, whose clock starts with the request for it.
  await browser.addInitScript(() => window.bench.watch('list', '.project-open'))
  await page.goto(world.url)
  const { painted: list } = await sighting(page, 'list')
  const opening = await profiled(page, name, async () => {
    await watch(page, 'reports', '.library-list [role=row]')
    await page.locator('.project-open').first().click()
    const { painted } = await sighting(page, 'reports', 120_000)
    const clicked = await eventAt(page, 'click')
    return { list, opened: painted - clicked, task: await longestTask(page, clicked) }
  })
  // Leaving the page says goodbye to the host; without that the copy is not trusted again.
  await page.goto('about:blank')
  await page.waitForTimeout(200)
  await browser.close()
  return opening
}
