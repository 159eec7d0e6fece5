import type { Page } from '@playwright/test'
import { reports } from '../support/reading'
import { LONG, longReportWorld, SHORT } from './long-report'
import { eventAt, longestTask, settle, sighting, watch } from './probe'
import { profiled } from './profile'
import { type Row, rowOf } from './row'

const RUNS = 7

/** From the click on a report in the library to its text and its first stripes, painted. */
export async function bench(): Promise<Row[]> {
  const { world, page, text } = await longReportWorld()
  try {
    const total: number[] = []
    const words: number[] = []
    const tasks: number[] = []
    const floors: number[] = []
    await profiled(page, 'open', async () => {
      for (let run = -1; run < RUNS; run++) {
        await show(page, SHORT)
        const floor = await plainText(page, text)
        const { clicked, shown, striped } = await show(page, LONG)
        if (run < 0) console.log(`  first opening: ${Math.round(striped - clicked)} ms`)
        else {
          total.push(striped - clicked)
          words.push(shown - clicked)
          tasks.push(await longestTask(page, clicked))
          floors.push(floor)
        }
      }
    })
    const what = 'open, 1,000,000 characters, 5,000 annotations'
    return [
      rowOf({ name: what, ours: total, beside: 150, besideName: 'limit', budget: 150 }),
      rowOf({
        name: '  of it until the text is painted',
        ours: words,
        beside: floors,
        besideName: 'the text in a <pre>',
      }),
      rowOf({
        name: '  longest task (0: none over 50)',
        ours: tasks,
        beside: 50,
        besideName: 'limit',
        budget: 50,
      }),
    ]
  } finally {
    await world.end()
  }
}

async function show(page: Page, title: string) {
  await settle(page)
  await watch(page, 'text', '.report-text')
  await watch(page, 'stripe', '[data-stripe]')
  await reports(page).filter({ hasText: title }).first().click()
  const { painted: shown } = await sighting(page, 'text')
  const { painted: striped } = await sighting(page, 'stripe')
  return { clicked: await eventAt(page, 'click'), shown, striped: Math.max(shown, striped) }
}

/** What the browser itself takes to show a text, in the reader's type. */
function plainText(page: Page, text: string): Promise<number> {
  return page.evaluate(async text => {
    const place = document.createElement('div')
    place.className = 'reader'
    place.style.cssText = 'position: fixed; inset: 48px 400px 0; z-index: 1000'
    const plain = document.createElement('pre')
    plain.className = 'report-text'
    const start = performance.now()
    plain.textContent = text
    place.append(plain)
    document.body.append(place)
    const end = await window.bench.painted(plain)
    place.remove()
    return end - start
  }, text)
}
