import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { openApp, startBrowser, startServer, temporaryFolder } from '../support/app'
import { codebook, library, openReport, reports, selectPassage } from '../support/reading'

// Text shown is text. Reports that hold markup, marks that turn sentences round, controls, or
// far too much of something are imported, read and coded like any other; nothing runs, nothing
// is asked of the network, and what stands beside them stays readable.

const ALARM = 'window.__alarm = (window.__alarm ?? 0) + 1'

/** File name and content of each. */
const TEXTS: readonly (readonly [string, string])[] = [
  [
    '<img src=x onerror=alert(1)>.txt',
    `<script>${ALARM}</script>\n<img src="http://127.0.0.1:9/x" onerror="${ALARM}">\n<svg onload="${ALARM}"><style>*{display:none}</style>\n"><iframe src="javascript:${ALARM}">\n{{constructor.constructor('${ALARM}')()}}\n$t(common.cancel) {{name}}\nmarkup ends here\n`,
  ],
  [
    'gnp\u202etxt.harmless.txt',
    'before \u202eturned round\u202c after\nsecond \u2067isolate left open\nlast line\n',
  ],
  ['zero.txt', 'in\u200bvisi\u2060ble \ufeffmarks \u00adhere\nplain line\n'],
  ['controls.txt', `bell \u0007 escape \u001b[31m red \u0085 next\n${'plain '.repeat(20)}\n`],
  ['combining.txt', `Z${'\u0351\u0325\u0489'.repeat(3_000)}algo\nafter it\n`],
  ['one line.txt', `${'\u4f9d\u6cd5\u884c\u653f\uff0c'.repeat(200_000)}\u5b8c\u6bd5\u3002`],
  ['no break.txt', 'W'.repeat(1_000_000)],
  [
    'many paragraphs.txt',
    Array.from({ length: 100_000 }, (_, i) => `paragraph ${i} of many`).join('\n'),
  ],
  ['only newlines.txt', `first line\n${'\n'.repeat(1_500_000)}last line\n`],
]

test('shows hostile texts as text, quickly enough, and codes them', async () => {
  test.setTimeout(300_000)
  const folder = await temporaryFolder()
  const texts = join(folder.path, 'texts')
  mkdirSync(texts)
  for (const [name, text] of TEXTS) writeFileSync(join(texts, name), text)
  const server = await startServer(join(folder.path, 'data'))
  const browser = await startBrowser(join(folder.path, 'profile'))
  try {
    const foreign: string[] = []
    browser.on('request', request => {
      if (!request.url().startsWith(new URL(server.url).origin)) foreign.push(request.url())
    })
    const { page, errors } = await openApp(browser, server.url)
    await page.getByRole('button', { name: 'Start empty' }).click()
    await page.getByLabel('Project name').fill('Hostile <b>texts</b> \u202eback')
    await page.getByLabel('Your name (coder)').fill('<script>Ann</script>')
    await page.getByRole('button', { name: 'Create' }).click()
    await page
      .locator('input[type=file][multiple]')
      .first()
      .setInputFiles(TEXTS.map(([name]) => join(texts, name)))
    const dialog = page.getByRole('dialog')
    await expect(dialog.getByRole('option')).toHaveCount(TEXTS.length)
    await dialog.getByRole('button', { name: /^Import/ }).click()
    await expect(dialog.getByText('Import finished. Everything is saved.')).toBeVisible({
      timeout: 60_000,
    })
    await dialog.getByRole('button', { name: 'Close' }).last().click()
    await codebook(page)
      .getByRole('button', { name: /Load the starter codebook/ })
      .click()
    await expect(codebook(page).getByRole('row').first()).toBeVisible()

    await openReport(page, '<img src=x onerror=alert(1)>')
    await expect(paragraph(page, 0)).toHaveText(`<script>${ALARM}</script>`)
    await expect(paragraph(page, 5)).toHaveText('$t(common.cancel) {{name}}')
    await codes(page, 'markup ends here')

    await openReport(page, 'txt.harmless')
    await expect(page.locator('.odd')).toHaveCount(3)
    expect(await leftToRight(page, 0, 'after')).toBe(true)
    expect(await leftToRight(page, 1, 'open')).toBe(true)
    expect(await library(page).textContent()).not.toContain('\u202e')
    await codes(page, 'last line')

    await openReport(page, 'zero')
    await expect(page.locator('.odd')).toHaveCount(4)
    await codes(page, 'plain line')
    await openReport(page, 'controls')
    await expect(page.locator('.odd')).toHaveCount(3)
    await openReport(page, 'combining')
    await codes(page, 'after it')

    for (const [title, quote] of [
      ['one line', '\u5b8c\u6bd5\u3002'],
      ['many paragraphs', 'paragraph 99999 of many'],
      ['only newlines', 'last line'],
    ] as const) {
      const began = Date.now()
      await openReport(page, title)
      const opened = Date.now()
      await codes(page, quote)
      console.log(`${title}: opened in ${opened - began} ms, coded in ${Date.now() - opened} ms`)
    }
    await openReport(page, 'no break')
    await expect(page.locator('.report-text')).toBeVisible()

    expect(await page.evaluate('window.__alarm')).toBeUndefined()
    expect(foreign).toEqual([])
    expect(errors).toEqual([])
    expect(await reports(page).count()).toBe(TEXTS.length)
  } finally {
    await browser.close()
    await server.stop()
    await folder.clean()
  }
})

/** Selects the quote, codes it by key, and waits for its stripe. */
async function codes(page: Page, quote: string): Promise<void> {
  await selectPassage(page, quote)
  await page.keyboard.press('5')
  await expect(
    page.getByRole('list', { name: 'Codes in this report' }).getByRole('button'),
  ).toHaveCount(1)
}

function paragraph(page: Page, index: number) {
  return page.locator('.report-text p').nth(index)
}

/** Whether the first letter of `word` stands to the left of its last in that paragraph. */
function leftToRight(page: Page, index: number, word: string): Promise<boolean> {
  return paragraph(page, index).evaluate((element, word) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const at = node.textContent?.indexOf(word) ?? -1
      if (at < 0) continue
      const box = (offset: number) => {
        const range = document.createRange()
        range.setStart(node, offset)
        range.setEnd(node, offset + 1)
        return range.getBoundingClientRect().left
      }
      return box(at) < box(at + word.length - 1)
    }
    throw new Error(`no ${word}`)
  }, word)
}
