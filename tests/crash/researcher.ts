import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { codebook, library, openReport, selectPassage } from '../support/reading'

// A person at the page who remembers what the page has acknowledged, and nothing else: an
// import once its dialog says that it is finished, a coding once its stripe is drawn and the
// header says Saved.

/** What the page said was saved. */
export interface Memory {
  /** File names without their ending. */
  readonly reports: Set<string>
  readonly codings: { readonly report: string; readonly quote: string }[]
  /** Whether the starter codebook was loaded. */
  hasCodes: boolean
}

/** Sentences a short report has, each one to be coded once at most. */
export const SENTENCES = 12

/** The sentence at `place` of a short report; no other report has it. */
export function sentenceOf(report: string, place: number): string {
  return `第${place + 1}句属于${report}，说的是该市当年的一项绿色改造。`
}

/** Writes short reports to be coded; answers their names. */
export function writeShort(folder: string, prefix: string, count: number): string[] {
  return writeReports(folder, prefix, count, name =>
    Array.from({ length: SENTENCES / 2 }, (_, i) =>
      [sentenceOf(name, 2 * i), sentenceOf(name, 2 * i + 1)].join(''),
    ).join('\n'),
  )
}

/** Writes reports of about 2,000 characters, to be imported in bulk; answers their names. */
export function writeBulk(folder: string, prefix: string, count: number): string[] {
  return writeReports(folder, prefix, count, name =>
    Array.from({ length: 67 }, (_, i) => sentenceOf(name, i)).join('\n'),
  )
}

/** Chooses files and starts importing them. Resolves when the import has begun. */
export async function beginImport(page: Page, folder: string, names: string[]): Promise<void> {
  const paths = names.map(name => join(folder, `${name}.txt`))
  await page.locator('input[type=file]').first().setInputFiles(paths)
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Import/ })
    .click()
}

/** Waits until the dialog says that the import is finished, and remembers it. */
export async function endImport(page: Page, names: string[], memory: Memory): Promise<void> {
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText('Import finished. Everything is saved.')).toBeVisible()
  for (const name of names) memory.reports.add(name)
  await dialog.getByRole('button', { name: 'Done' }).click()
  await expect(dialog).toBeHidden()
}

/** Codes the first sentences of a short report that has no codings yet, with the number keys. */
export async function codeFirst(
  page: Page,
  { report, count, memory }: { report: string; count: number; memory: Memory },
): Promise<void> {
  await findReport(page, report)
  for (let place = 0; place < count; place++) {
    const quote = sentenceOf(report, place)
    await selectPassage(page, quote)
    await page.keyboard.press(String(1 + (place % 6)))
    await expect(stripes(page)).toHaveCount(place + 1)
    await expect(page.locator('.save-status')).toHaveText(/^Saved/)
    memory.codings.push({ report, quote })
  }
}

/** Opens a report wherever in the library it stands. */
export async function findReport(page: Page, report: string): Promise<void> {
  await library(page).getByRole('textbox').fill(report)
  await openReport(page, report)
}

/** Loads the starter codebook into an empty one. */
export async function loadCodes(page: Page, memory: Memory): Promise<void> {
  await codebook(page)
    .getByRole('button', { name: /Load the starter codebook/ })
    .click()
  await expect(codebook(page).getByRole('row').first()).toBeVisible()
  await expect(page.locator('.save-status')).toHaveText(/^Saved/)
  memory.hasCodes = true
}

/** Opens the only project from the start screen and waits until it can be worked on. */
export async function openProject(page: Page, name: string): Promise<void> {
  await page
    .getByRole('button', { name: new RegExp(name) })
    .first()
    .click()
  await expect(library(page)).toBeVisible()
}

/** Waits until the library says that it has so many reports. */
export async function expectCount(page: Page, count: number): Promise<void> {
  await library(page).getByRole('textbox').fill('')
  await expect(page.locator('.library-count')).toHaveText(count.toLocaleString('en-US'))
}

/** The stripes beside the open report. */
export function stripes(page: Page) {
  return page.locator('[data-stripe]')
}

function writeReports(
  folder: string,
  prefix: string,
  count: number,
  textOf: (name: string) => string,
): string[] {
  mkdirSync(folder, { recursive: true })
  return Array.from({ length: count }, (_, i) => {
    const name = `${prefix}-${String(i + 1).padStart(3, '0')}`
    writeFileSync(join(folder, `${name}.txt`), textOf(name))
    return name
  })
}
