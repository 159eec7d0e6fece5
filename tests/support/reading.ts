import type { Locator, Page } from '@playwright/test'

// What a person does in the reader, with a real mouse.

/** Opens a report from the library by its title. */
export async function openReport(page: Page, title: string): Promise<void> {
  await reports(page).filter({ hasText: title }).first().click()
  await page.getByRole('heading', { name: title, level: 1 }).waitFor()
  await page.locator('.report-text').waitFor()
}

/** The panel with the list of reports. */
export function library(page: Page): Locator {
  return page.getByRole('region', { name: /^(Reports|报告)$/ })
}

/** The reports in that list, those that are on screen. */
export function reports(page: Page): Locator {
  return library(page).getByRole('grid').getByRole('row')
}

/** The panel with the tree of codes. */
export function codebook(page: Page): Locator {
  return page.getByRole('region', { name: /^(Codebook|编码手册)$/ })
}

/**
 * Drags the mouse over the passage of the open report that reads exactly `quote`, from before
 * its first character to behind its last. A newline in it stands for a paragraph's end.
 */
export async function selectPassage(page: Page, quote: string): Promise<void> {
  const ends = await page.evaluate(async quote => {
    const paragraphs = [...document.querySelectorAll('.report-text p')]
    const text = paragraphs.map(each => each.textContent ?? '').join('\n')
    const start = text.indexOf(quote)
    if (start < 0) throw new Error(`not in this report: ${quote}`)
    /** The text node and place in it of the offset, leaning to the character after or before it. */
    const place = (offset: number) => {
      let left = offset
      for (const paragraph of paragraphs) {
        const length = paragraph.textContent?.length ?? 0
        if (left <= length) {
          const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT)
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const size = node.textContent?.length ?? 0
            if (left <= size) return { node, at: left }
            left -= size
          }
        }
        left -= length + 1
      }
      throw new Error('no such place')
    }
    const box = (from: number, to: number) => {
      const range = document.createRange()
      const a = place(from)
      const b = place(to)
      range.setStart(a.node, a.at)
      range.setEnd(b.node, b.at)
      return [...range.getClientRects()].filter(({ width }) => width > 0)
    }
    const first = [...quote][0]!
    const last = [...quote].at(-1)!
    // Text that was never drawn has guessed heights: where it is shows after a few looks.
    const reader = document.querySelector('.reader')!
    for (let look = 0; look < 12; look++) {
      const room = reader.getBoundingClientRect()
      const [at] = box(start, start + first.length).slice(-1)
      const isSeen = at !== undefined && at.top > room.top + 60 && at.bottom < room.bottom - 60
      if (look > 1 && isSeen) break
      if (at === undefined) place(start).node.parentElement!.scrollIntoView({ block: 'center' })
      else reader.scrollBy(0, at.top - (room.top + room.bottom) / 2)
      await new Promise(requestAnimationFrame)
      await new Promise(requestAnimationFrame)
    }
    const head = box(start, start + first.length).at(-1)!
    const end = start + quote.length
    const tail = box(end - last.length, end).at(0)!
    return {
      from: { x: head.left + 1, y: head.top + head.height / 2 },
      to: { x: tail.right - 1, y: tail.top + tail.height / 2 },
    }
  }, quote)
  await page.mouse.move(ends.from.x, ends.from.y)
  await page.mouse.down()
  await page.mouse.move((ends.from.x + ends.to.x) / 2, (ends.from.y + ends.to.y) / 2)
  await page.mouse.move(ends.to.x, ends.to.y)
  await page.mouse.up()
}

/** What is selected on the page, as the browser sees it. */
export function selectedText(page: Page): Promise<string> {
  return page.evaluate(() => getSelection()?.toString() ?? '')
}
