import { execFileSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { type BrowserContext, expect, type Page, test } from '@playwright/test'
import {
  openApp,
  type ServerProcess,
  startBrowser,
  startServer,
  temporaryFolder,
} from '../support/app'
import { codebook, openReport, reports, selectedText, selectPassage } from '../support/reading'

// The first thing a researcher does, whole: real reports in, passages coded, everything found
// again after server and browser were started anew with the browser's profile gone, and a
// dataset out that a script of its own, in another language, finds right.

const SEEDS = join(import.meta.dirname, '../../../shared/data/seeds')
const SAMPLE = join(import.meta.dirname, '../../resources/sample/zh')
const hasSeeds = existsSync(SEEDS)
if (!hasSeeds) {
  console.warn('THE REAL REPORTS ARE NOT HERE: the journey runs on the sample reports instead.')
}
const SOURCE = hasSeeds ? SEEDS : SAMPLE

/** The title that a report states in its first lines, by which the library lists it. */
function titleIn(text: string): string | undefined {
  return /^(?:返回首页\s+)?(.{6,60}报告)\s*\n/.exec(text)?.[1]
}

const ASTRAL = '姓氏\u{20BB7}野与地名\u{2CB4E}，均在基本平面之外。\n第二段：\u{1F4D1}档案一卷。\n'

test('imports, codes, undoes, survives a restart without its profile, and exports', async () => {
  const folder = await temporaryFolder()
  const texts = join(folder.path, 'texts')
  mkdirSync(texts)
  for (const name of readdirSync(SOURCE)) cpSync(join(SOURCE, name), join(texts, name))
  writeFileSync(join(texts, 'astral.txt'), ASTRAL)
  const names = readdirSync(texts).sort()
  const dataDir = join(folder.path, 'data')
  const profile = join(folder.path, 'profile')
  let server: ServerProcess = await startServer(dataDir)
  let browser: BrowserContext = await startBrowser(profile)
  try {
    let { page, errors } = await openApp(browser, server.url)
    await page.getByRole('button', { name: 'Start empty' }).click()
    await page.getByLabel('Project name').fill('Journey')
    await page.getByLabel('Your name (coder)').fill('Ann')
    await page.getByRole('button', { name: 'Create' }).click()

    await page
      .locator('input[type=file][multiple]')
      .first()
      .setInputFiles(names.map(name => join(texts, name)))
    const dialog = page.getByRole('dialog')
    await expect(dialog.getByRole('option')).toHaveCount(names.length)
    await dialog.getByRole('button', { name: /^Import/ }).click()
    await expect(dialog.getByText('Import finished. Everything is saved.')).toBeVisible()
    await dialog.getByRole('button', { name: 'Close' }).last().click()
    await expect(reports(page)).toHaveCount(names.length)

    await codebook(page)
      .getByRole('button', { name: /Load the starter codebook/ })
      .click()
    await expect(codebook(page).getByRole('row').first()).toBeVisible()

    let codings = 0
    for (const name of names) {
      const text = readFileSync(join(texts, name), 'utf8')
      await openReport(page, titleIn(text) ?? name.replace(/\.txt$/, ''))
      const sentence = sentenceOf(text)
      await selectPassage(page, sentence)
      expect((await selectedText(page)).trim()).toBe(sentence)
      await page.keyboard.press('5')
      await expect(stripes(page)).toHaveCount(1)
      codings++
    }

    // An overlap, and a passage over two paragraphs, in the report that is open last.
    const last = readFileSync(join(texts, names.at(-1)!), 'utf8')
    const overlapping = sentenceOf(last).slice(2, -1)
    await selectPassage(page, overlapping)
    await codebook(page).getByRole('row').nth(2).click()
    await expect(stripes(page)).toHaveCount(2)
    const across = acrossParagraphs(last)
    await selectPassage(page, across)
    await page.keyboard.press('6')
    await expect(stripes(page)).toHaveCount(3)
    codings += 2

    const undo = page.getByRole('banner').getByRole('button', { name: 'Undo' })
    await expect(undo).toBeEnabled()
    await page.keyboard.press('ControlOrMeta+z')
    await expect(stripes(page)).toHaveCount(2)
    await page.keyboard.press('ControlOrMeta+z')
    await expect(stripes(page)).toHaveCount(1)
    await page.keyboard.press('ControlOrMeta+Shift+z')
    await page.keyboard.press('ControlOrMeta+Shift+z')
    await expect(stripes(page)).toHaveCount(3)
    await expect(page.getByText(/^Saved/)).toBeVisible()
    expect(errors).toEqual([])

    await server.stop()
    await browser.close()
    rmSync(profile, { recursive: true })
    server = await startServer(dataDir)
    browser = await startBrowser(profile)
    ;({ page, errors } = await openApp(browser, server.url))
    await page
      .getByRole('button', { name: /Journey/ })
      .first()
      .click()
    await expect(reports(page)).toHaveCount(names.length)
    await openReport(page, names.at(-1)!.replace(/\.txt$/, ''))
    await expect(stripes(page)).toHaveCount(3)

    // Undo knows by name what was done before the restart.
    await page.getByRole('button', { name: 'Menu', exact: true }).click()
    await expect(page.getByRole('menuitem', { name: /Undo Assign code/ })).toBeVisible()
    await page.keyboard.press('Escape')
    await page.locator('.report-text').click({ position: { x: 5, y: 5 } })
    await page.keyboard.press('ControlOrMeta+z')
    await expect(stripes(page)).toHaveCount(2)
    await page.keyboard.press('ControlOrMeta+y')
    await expect(stripes(page)).toHaveCount(3)

    const exported = await exportDataset(page)
    expect(errors).toEqual([])
    const judge = join(import.meta.dirname, '../support/check-dataset.py')
    const verdict = JSON.parse(
      execFileSync('python3', [judge, exported, texts], { encoding: 'utf8' }),
    )
    const segments = readFileSync(join(exported, 'segments.csv'), 'utf8')
    const found = { segments: codings, quotes_found: codings, not_intact: 0 }
    expect(verdict).toMatchObject({ ok: true, ...found })
    expect(segments).toContain('\u{20BB7}')
    expect(segments.trimEnd().split('\r\n').length).toBeGreaterThan(codings)
  } finally {
    await browser.close()
    await server.stop()
    await folder.clean()
  }
})

function stripes(page: Page) {
  return page.locator('[data-stripe]')
}

async function exportDataset(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Menu', exact: true }).click()
  await page.getByRole('menuitem', { name: /Export the coded dataset/ }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Export', exact: true }).click()
  await expect(dialog.getByText('Dataset exported')).toBeVisible()
  const path = await dialog.locator('.export-path').textContent()
  await page.keyboard.press('Escape')
  return (path ?? '').trim()
}

/** A sentence of the first longer paragraph, short enough to stand on one screen. */
function sentenceOf(text: string): string {
  const found = text
    .split('\n')
    .flatMap(line => line.match(/[^\u3002\uFF1B;]+[\u3002\uFF1B;]/g) ?? [])
    .map(sentence => sentence.trim())
    .find(sentence => sentence.length >= 8 && sentence.length <= 120)
  if (!found) throw new Error('no sentence of that length')
  return found
}

/** The end of one paragraph and the beginning of the next. */
function acrossParagraphs(text: string): string {
  const lines = text.split('\n')
  const at = lines.findIndex((line, i) => line.length > 6 && (lines[i + 1] ?? '').trim().length > 8)
  const before = lines[at]!.slice(-5)
  const after = lines[at + 1]!
  return `${before}\n${after.slice(0, after.length - after.trimStart().length + 6)}`
}
