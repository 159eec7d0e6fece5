import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { type BrowserContext, expect, type Locator, type Page, test } from '@playwright/test'
import {
  openApp,
  type ServerProcess,
  startBrowser,
  startServer,
  temporaryFolder,
} from '../support/app'
import { openReport, selectPassage } from '../support/reading'

// A project goes to a colleague as one file and comes back: saved on one machine, opened on
// another, and opened again on the first, beside the one that it is a copy of.

const REPORT = 'Yunling City: annual report on rule-of-law government, 2023'
const PROJECT = 'Sample project: six invented annual reports on rule-of-law government'

test('a copy goes to another machine whole, and comes back beside its original', async () => {
  const folder = await temporaryFolder()
  const servers: ServerProcess[] = []
  const browsers: BrowserContext[] = []
  const machine = async (name: string) => {
    const data = join(folder.path, name)
    const server = await startServer(data)
    servers.push(server)
    const browser = await startBrowser(join(folder.path, `${name}-profile`))
    browsers.push(browser)
    return { data, ...(await openApp(browser, server.url)) }
  }
  try {
    const ann = await machine('ann')
    await ann.page.getByRole('button', { name: 'Open the sample project' }).click()
    await openReport(ann.page, REPORT)
    await expect(stripes(ann.page).first()).toBeVisible()
    const before = await stripes(ann.page).count()
    await selectPassage(ann.page, 'We report as follows:')
    await ann.page.keyboard.press('1')
    await expect(stripes(ann.page)).toHaveCount(before + 1)

    await ann.page.getByRole('button', { name: 'Menu', exact: true }).click()
    await ann.page.getByRole('menuitem', { name: 'Save a copy…' }).click()
    const saving = ann.page.getByRole('dialog', { name: /copy/ })
    await expect(saving.getByLabel('File name')).toHaveValue(/^Sample.* \d{4}-\d\d-\d\d\.codicil$/)
    expect(await violations(ann.page)).toEqual([])
    await saving.getByRole('button', { name: 'Save copy' }).click()
    await expect(saving.getByText('was read back and checked')).toBeVisible()
    expect(await violations(ann.page)).toEqual([])
    const downloading = ann.page.waitForEvent('download')
    await saving.getByRole('link', { name: /^Download/ }).click()
    const file = join(folder.path, 'sent.codicil')
    await (await downloading).saveAs(file)
    const [study] = readdirSync(ann.data).filter(name => name.startsWith('Sample'))
    const exported = join(ann.data, study!, 'exports')
    expect(readdirSync(exported)).toHaveLength(1)
    expect(readFileSync(file)).toEqual(readFileSync(join(exported, readdirSync(exported)[0]!)))
    await saving.getByRole('button', { name: 'Done' }).click()

    const bea = await machine('bea')
    await choose(bea.page, file)
    const opening = bea.page.getByRole('dialog', { name: /copy/ })
    await expect(opening.getByText(`“${PROJECT}” is on your list now.`)).toBeVisible()
    expect(await violations(bea.page)).toEqual([])
    await opening.getByRole('button', { name: 'Open it' }).click()
    await bea.page.getByRole('dialog').getByRole('radio').first().check({ force: true })
    await bea.page.getByRole('dialog').getByRole('button').last().click()
    await openReport(bea.page, REPORT)
    await expect(stripes(bea.page)).toHaveCount(before + 1)
    await bea.page.keyboard.press('Control+z')
    await expect(stripes(bea.page)).toHaveCount(before)
    expect(journalOf(bea.data).startsWith(journalOf(ann.data))).toBe(true)

    // It comes back, dropped on the list this time.
    await ann.page.getByRole('button', { name: 'Menu', exact: true }).click()
    await ann.page.getByRole('menuitem', { name: 'Back to projects' }).click()
    await expect(ann.page.getByRole('heading', { name: 'Projects' })).toBeVisible()
    await drop(ann.page, file)
    const beside = ann.page.getByRole('dialog', { name: /copy/ })
    await expect(beside.getByText(`This is a copy of “${PROJECT}”`)).toBeVisible()
    expect(await violations(ann.page)).toEqual([])
    await beside.getByRole('button', { name: 'Close' }).click()
    await expect(ann.page.locator('.project-row')).toHaveCount(2)
    await expect(rowOf(ann.page, /\(copy of .*\d{4}\)$/)).toBeVisible()

    // From the list a copy can be saved as well.
    await ann.page.getByRole('button', { name: /^Actions for .*\(copy of/ }).click()
    await ann.page.getByRole('menuitem', { name: 'Save a copy…' }).click()
    await ann.page.getByRole('button', { name: 'Save copy' }).click()
    await expect(ann.page.getByText('was read back and checked')).toBeVisible()
    await ann.page.getByRole('button', { name: 'Done' }).click()

    await rowOf(ann.page, /\(copy of/).click()
    await ann.page.getByRole('dialog').getByRole('radio').first().check({ force: true })
    await ann.page.getByRole('dialog').getByRole('button').last().click()
    await openReport(ann.page, REPORT)
    await expect(stripes(ann.page)).toHaveCount(before + 1)
    expect([...ann.errors, ...bea.errors]).toEqual([])
  } finally {
    for (const browser of browsers) await browser.close()
    for (const server of servers) await server.stop()
    await folder.clean()
  }
})

test('a file that is no copy, or only part of one, is refused in words and leaves nothing', async () => {
  const folder = await temporaryFolder()
  const data = join(folder.path, 'data')
  const server = await startServer(data)
  const browser = await startBrowser(join(folder.path, 'profile'))
  try {
    const { page } = await openApp(browser, server.url)
    const dialog = page.getByRole('dialog')
    const notes = join(folder.path, 'notes.codicil')
    writeFileSync(notes, '<!doctype html><p>Sign in to download')
    await choose(page, notes)
    await expect(dialog.getByText('This file is no whole Codicil copy')).toBeVisible()
    await expect(dialog.getByText('It was not written by Codicil’s “Save a copy…”')).toBeVisible()
    expect(await violations(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Close' }).click()

    const part = join(folder.path, 'part.codicil')
    writeFileSync(part, Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(5_000_000, 7)]))
    await choose(page, part)
    await expect(dialog.getByText('Its end is missing.')).toBeVisible()
    await dialog.getByRole('button', { name: 'Close' }).click()

    const text = join(folder.path, 'report.txt')
    writeFileSync(text, 'A report.')
    await drop(page, text)
    await expect(dialog.getByText('“report.txt” is not a .codicil file.')).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('heading', { name: 'Welcome to Codicil' })).toBeVisible()
    expect(readdirSync(data).filter(name => !name.startsWith('.codicil'))).toEqual([])
    expect(readdirSync(join(data, '.codicil/uploads'))).toEqual([])
  } finally {
    await browser.close()
    await server.stop()
    await folder.clean()
  }
})

async function choose(page: Page, file: string): Promise<void> {
  await expect(page.getByRole('button', { name: 'Open a copy (.codicil)…' })).toBeVisible()
  await page.locator('input[type=file][accept=".codicil"]').setInputFiles(file)
}

async function drop(page: Page, file: string): Promise<void> {
  const bytes = readFileSync(file).toString('base64')
  const name = file.split('/').at(-1)!
  const transfer = await page.evaluateHandle(
    ({ bytes, name }) => {
      const data = new DataTransfer()
      const content = Uint8Array.from(atob(bytes), character => character.charCodeAt(0))
      data.items.add(new File([content], name))
      return data
    },
    { bytes, name },
  )
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer })
}

function stripes(page: Page): Locator {
  return page.locator('[data-stripe]')
}

function rowOf(page: Page, name: RegExp): Locator {
  return page.locator('.project-open').filter({ hasText: name })
}

async function violations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    // React Aria's own; see looks.spec.ts.
    .exclude('[data-live-announcer]')
    .analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
}

/** The bytes of the journal of the only project in a data folder. */
function journalOf(data: string): string {
  const [study] = readdirSync(data).filter(name => !name.startsWith('.'))
  return readFileSync(join(data, study!, 'journal/000001.log'), 'latin1')
}
