import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { decodeWire, encodeWire } from '../../shared/wire'
import { codebook, library, openReport, selectPassage } from '../support/reading'
import { acknowledge, ask, granted, type Memory, withAgain, without } from './memory'

// A person at the page who remembers what the page has acknowledged, and nothing else: an
// import once its dialog says that it is finished, a coding once its stripe is drawn and the
// header says Saved, an undo once the stripe is gone.

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
  await page.locator('input[type=file][multiple]').first().setInputFiles(paths)
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Import/ })
    .click()
}

/** Waits until the dialog says that the import is finished, and remembers it. */
export async function endImport(page: Page, names: string[], memory: Memory): Promise<void> {
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText('Import finished. Everything is saved.')).toBeVisible()
  acknowledge(memory, { reports: names })
  await dialog.getByRole('button', { name: 'Done' }).click()
  await expect(dialog).toBeHidden()
}

/** Codes the first sentences of a short report that has no codings yet, with the number keys. */
export async function codeFirst(
  page: Page,
  { report, count, memory }: { report: string; count: number; memory: Memory },
): Promise<void> {
  await findReport(page, report)
  await codeMore(page, { report, from: 0, to: count, memory })
}

/** Codes the sentences `[from, to)` of the open report, of which those before are coded. */
async function codeMore(
  page: Page,
  { report, from, to, memory }: { report: string; from: number; to: number; memory: Memory },
): Promise<void> {
  for (let place = from; place < to; place++) {
    const quote = sentenceOf(report, place)
    await selectPassage(page, quote)
    await page.keyboard.press(String(1 + (place % 6)))
    await expect(stripes(page)).toHaveCount(place + 1)
    await expect(page.locator('.save-status')).toHaveText(/^Saved/)
    acknowledge(memory, { codings: [{ report, quote }] })
  }
}

/** Takes the last codings back and does them again, which are the ones that {@link codeFirst} made. */
export async function undoAndRedo(
  page: Page,
  { report, count, memory }: { report: string; count: number; memory: Memory },
): Promise<void> {
  const codings = memory.now.codings.filter(each => each.report === report).slice(-count)
  const all = await stripes(page).count()
  for (const [i, coding] of codings.toReversed().entries()) {
    ask(memory, without(memory.now, coding))
    await page.keyboard.press('ControlOrMeta+z')
    await expect(stripes(page)).toHaveCount(all - i - 1)
    granted(memory)
  }
  for (const [i, coding] of codings.entries()) {
    ask(memory, withAgain(memory.now, coding))
    await page.keyboard.press('ControlOrMeta+Shift+z')
    await expect(stripes(page)).toHaveCount(all - count + i + 1)
    granted(memory)
  }
}

/** Takes a snapshot, codes two sentences more, and goes back to the snapshot, as the dialog offers it. */
export async function restoreSnapshot(
  page: Page,
  session: string,
  { report, memory }: { report: string; memory: Memory },
): Promise<void> {
  await codeFirst(page, { report, count: 1, memory })
  await askHost(page, 'takeSnapshot', [session])
  const kept = memory.now
  await codeMore(page, { report, from: 1, to: 3, memory })
  await page.getByRole('button', { name: 'Menu', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Snapshots…' }).click()
  await page
    .getByRole('option', { name: /By hand/ })
    .first()
    .click()
  await page.getByRole('button', { name: 'Restore…' }).click()
  const later = memory.now.codings.filter(coding => !kept.codings.includes(coding))
  ask(memory, { ...kept, gone: [...memory.now.gone, ...later] })
  await page.getByRole('alertdialog').getByRole('button', { name: 'Restore' }).click()
  await expect(page.getByText(/^Restored the snapshot of/)).toBeVisible()
  granted(memory)
}

/** Follows which session a page has with the host, to ask things of it that have no button. */
export function sessionOf(page: Page): { current: string } {
  const session = { current: '' }
  page.on('response', response => {
    if (!response.url().endsWith('/host/openProject')) return
    response.body().then(
      body => {
        const answer = decodeWire(new Uint8Array(body)) as { value?: { session?: string } }
        session.current = answer.value?.session ?? session.current
      },
      () => {},
    )
  })
  return session
}

/** Asks the host something from inside the page, as the page's own code would. */
export async function askHost(page: Page, call: string, args: unknown[]): Promise<unknown> {
  const body = Buffer.from(encodeWire(args)).toString('base64')
  const answer = await page.evaluate(
    async ([call, body]) => {
      const bytes = Uint8Array.from(atob(body!), character => character.charCodeAt(0))
      const response = await fetch(`/host/${call}`, { method: 'POST', body: bytes })
      return [...new Uint8Array(await response.arrayBuffer())]
    },
    [call, body],
  )
  const told = decodeWire(new Uint8Array(answer)) as
    | { ok: true; value: unknown }
    | { ok: false; reason: string }
  if (!told.ok) throw new Error(`${call}: ${told.reason}`)
  return told.value
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
  acknowledge(memory, { hasCodes: true })
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
