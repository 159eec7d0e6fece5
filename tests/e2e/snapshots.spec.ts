import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { type BrowserContext, expect, type Locator, type Page, test } from '@playwright/test'
import { openApp, startBrowser, startServer, temporaryFolder } from '../support/app'
import { codebook, openReport, reports, selectPassage } from '../support/reading'

// Snapshots and windows that only read, as a researcher meets them: what was lost is looked at
// beside the present, brought back, and that undone; and a second window follows the first.

const PICTURES = join(import.meta.dirname, '../../test-results/looks')
mkdirSync(PICTURES, { recursive: true })

const REPORT = 'Yunling City: annual report on rule-of-law government, 2023'
const QUOTE = 'We report as follows:'
const CODE = /Local legislation/

/** A window that is open for coding, and how to get another one. */
async function withApp(
  work: (app: {
    page: Page
    errors: string[]
    browser: BrowserContext
    url: string
  }) => Promise<void>,
  options: Parameters<typeof startBrowser>[1] = {},
): Promise<void> {
  const folder = await temporaryFolder()
  const server = await startServer(join(folder.path, 'data'))
  const browser = await startBrowser(join(folder.path, 'profile'), options)
  try {
    const { page, errors } = await openApp(browser, server.url)
    await work({ page, errors, browser, url: server.url })
    expect(errors).toEqual([])
  } finally {
    await browser.close()
    await server.stop()
    await folder.clean()
  }
}

test('a deleted code is looked at in a snapshot, restored, and that undone and redone', async () => {
  await withApp(async ({ page }) => {
    await page.getByRole('button', { name: 'Open the sample project' }).click()
    await openReport(page, REPORT)
    await selectPassage(page, QUOTE)
    await page.keyboard.press('1')
    await expect(page.getByText(/^Saved \d/)).toBeVisible()
    const before = await contentOf(page)

    await openSnapshots(page)
    await dialog(page).getByRole('button', { name: 'Take a snapshot now' }).click()
    await expect(dialog(page).getByRole('option', { name: /By hand/ })).toBeVisible()
    await expect(dialog(page).getByText('There is no difference.')).toBeVisible()
    await dialog(page).getByRole('button', { name: 'Take a snapshot now' }).click()
    await expect(page.getByText('Nothing has changed since the last snapshot.')).toBeVisible()
    await dialog(page).getByRole('button', { name: 'Done' }).click()

    await deleteCode(page)
    const without = await contentOf(page)
    expect(without).not.toEqual(before)

    await openSnapshots(page)
    const option = dialog(page).getByRole('option', { name: /By hand/ })
    await option.click()
    const detail = dialog(page).getByRole('region', { name: /\d/ })
    await expect(detail.getByText(/− removed/).first()).toBeVisible()
    await expect(detail.getByText(/Local legislation/).first()).toBeVisible()
    await detail.getByRole('button', { name: 'Open read-only' }).click()

    // The snapshot: the code is there, nothing can be changed.
    await expect(page.getByText(/Read-only: the snapshot of/)).toBeVisible()
    await expect(codebook(page).getByRole('row', { name: CODE })).toBeVisible()
    expect(new URL(page.url()).search).toMatch(/snapshot=\d{8}/)
    await openReport(page, REPORT)
    expect(await contentOf(page)).toEqual(before)
    await selectPassage(page, QUOTE)
    await page.keyboard.press('2')
    await expect(page.getByText('This window is read-only. Nothing was changed.')).toBeVisible()
    expect(await contentOf(page)).toEqual(before)
    await codebook(page).getByRole('row', { name: CODE }).click({ button: 'right' })
    await expect(page.getByRole('menuitem', { name: /Delete/ })).toBeDisabled()
    await page.keyboard.press('Escape')

    // A reload comes back to the snapshot.
    await page.reload()
    await expect(page.getByText(/Read-only: the snapshot of/)).toBeVisible()
    await page.getByRole('button', { name: 'Back to the present' }).click()
    await expect(page.getByText(/^Saved/)).toBeVisible()
    await expect(codebook(page).getByRole('row', { name: CODE })).toHaveCount(0)

    await openSnapshots(page)
    await dialog(page)
      .getByRole('option', { name: /By hand/ })
      .click()
    await dialog(page).getByRole('button', { name: 'Restore…' }).click()
    const question = page.getByRole('alertdialog')
    await expect(question.getByText('Codes: 1 comes back')).toBeVisible()
    await question.getByRole('button', { name: 'Restore' }).click()
    await expect(page.getByText(/Restored the snapshot of/)).toBeVisible()
    await expect(codebook(page).getByRole('row', { name: CODE })).toBeVisible()
    await openReport(page, REPORT)
    expect(await contentOf(page)).toEqual(before)

    await page.getByRole('button', { name: 'Undo', exact: true }).last().click()
    await expect(codebook(page).getByRole('row', { name: CODE })).toHaveCount(0)
    await expect.poll(() => contentOf(page)).toEqual(without)

    // The step outlives a reload.
    await page.reload()
    await expect(page.getByText(/^Saved/)).toBeVisible()
    await page.getByRole('banner').getByRole('button', { name: 'Redo' }).click()
    await expect(codebook(page).getByRole('row', { name: CODE })).toBeVisible()
    await openReport(page, REPORT)
    await expect.poll(() => contentOf(page)).toEqual(before)

    await openSnapshots(page)
    // The restore was the first change after a closing; undoing it was a large one.
    await expect(dialog(page).getByRole('option', { name: /Before a large change/ })).toBeVisible()
    await dialog(page)
      .getByRole('option', { name: /By hand/ })
      .click()
    await dialog(page).getByRole('button', { name: 'Restore…' }).click()
    await expect(page.getByRole('alertdialog').getByText(/nothing to restore/)).toBeVisible()
  })
})

test('a second window reads along, and takes over', async () => {
  await withApp(async ({ page, browser, errors, url }) => {
    await page.getByRole('button', { name: 'Open the sample project' }).click()
    await openReport(page, REPORT)
    const other = await browser.newPage()
    other.on('pageerror', error => errors.push(String(error)))
    await other.goto(url)
    await other
      .getByRole('button', { name: /^Sample project: six/ })
      .first()
      .click()
    await expect(other.getByText(/is open in another window/)).toBeVisible()
    await other.getByRole('button', { name: 'Open read-only' }).click()
    await expect(
      other.getByText('Read-only: this project is open for coding in another window'),
    ).toBeVisible()
    await openReport(other, REPORT)
    const stripes = await other.locator('[data-stripe]').count()

    await page.bringToFront()
    await selectPassage(page, QUOTE)
    await page.keyboard.press('1')
    await expect(page.locator('[data-stripe]')).toHaveCount(stripes + 1)
    await other.bringToFront()
    await expect(other.locator('[data-stripe]')).toHaveCount(stripes + 1)

    await other.getByRole('button', { name: 'Take over in this window' }).click()
    await expect(other.getByText(/^Saved/)).toBeVisible()
    expect(new URL(other.url()).search).toBe('')
    await openReport(other, REPORT)
    await selectPassage(other, QUOTE)
    await other.keyboard.press('2')
    await expect(other.locator('[data-stripe]')).toHaveCount(stripes + 2)
    await expect(page.getByText(/opened in another window/)).toBeVisible()
  })
})

test('a snapshot opens in a window beside, exports, and leaves nothing behind', async () => {
  await withApp(async ({ page, browser }) => {
    await page.getByRole('button', { name: 'Open the sample project' }).click()
    await openReport(page, REPORT)
    await selectPassage(page, QUOTE)
    await page.keyboard.press('1')
    await openSnapshots(page)
    await dialog(page).getByRole('button', { name: 'Take a snapshot now' }).click()
    await dialog(page)
      .getByRole('option', { name: /By hand/ })
      .waitFor()
    const [beside] = await Promise.all([
      browser.waitForEvent('page'),
      dialog(page).getByRole('link', { name: 'Open in a new window' }).click(),
    ])
    await expect(beside.getByText(/Read-only: the snapshot of/)).toBeVisible()
    expect(await viewCopies(beside)).toHaveLength(1)

    await beside.getByRole('button', { name: 'Menu', exact: true }).click()
    await beside.getByRole('menuitem', { name: /Export the coded dataset/ }).click()
    await dialog(beside).getByRole('button', { name: 'Export', exact: true }).click()
    await expect(beside.getByText(/segments\.csv/).first()).toBeVisible()
    await beside.getByRole('button', { name: 'Done' }).click()

    // Who goes back finds the project open for coding in the window beside, and reads it.
    await beside.getByRole('button', { name: 'Back to the present' }).click()
    await expect(
      beside.getByText('Read-only: this project is open for coding in another window'),
    ).toBeVisible()
    expect(await viewCopies(beside)).toHaveLength(1)

    // A window that ends without a goodbye leaves its copy; the next start clears it away.
    await beside.close()
    await page.reload()
    await expect(page.getByText(/^Saved/)).toBeVisible()
    await expect.poll(() => viewCopies(page)).toEqual([])
  })
})

test('pins at most five, and keeps a copy in a second place', async () => {
  await withApp(async ({ page }) => {
    await page.getByRole('button', { name: 'Open the sample project' }).click()
    await openReport(page, REPORT)
    await selectPassage(page, QUOTE)
    await page.keyboard.press('1')
    await openSnapshots(page)
    await dialog(page).getByRole('button', { name: 'Take a snapshot now' }).click()
    await dialog(page)
      .getByRole('option', { name: /By hand/ })
      .waitFor()
    const pin = dialog(page).getByRole('button', { name: 'Pin', exact: true })
    await pin.click()
    await expect(dialog(page).getByRole('option', { name: /Pinned/ })).toBeVisible()
    await expect(pin).toHaveAttribute('aria-pressed', 'true')

    const folder = await temporaryFolder()
    try {
      await dialog(page).getByRole('button', { name: 'Choose a folder…' }).click()
      const field = dialog(page).getByRole('textbox', { name: 'Folder of the second place' })
      await field.fill('/no/such/folder')
      await field.press('Enter')
      await expect(dialog(page).getByRole('alert')).toBeVisible()
      await field.fill(folder.path)
      await field.press('Enter')
      await expect(dialog(page).getByText(/Brought up to date/)).toBeVisible()
      await dialog(page).getByRole('button', { name: 'Stop using it' }).click()
      await expect(dialog(page).getByRole('button', { name: 'Choose a folder…' })).toBeVisible()
    } finally {
      await folder.clean()
    }
  })
})

const WORDS = {
  'zh-CN': {
    sample: '打开示例项目',
    report: '云岭市2023年法治政府建设年度报告',
    menu: '菜单',
    snapshots: '快照…',
    take: '立即保留快照',
    restore: '恢复…',
    openHere: '以只读方式打开',
    code: /地方立法与规章/,
    delete: /删除/,
    done: '完成',
    quote: '一是围绕山区特色开展立法。',
  },
  'en-US': {
    sample: 'Open the sample project',
    report: REPORT,
    menu: 'Menu',
    snapshots: 'Snapshots…',
    take: 'Take a snapshot now',
    restore: 'Restore…',
    openHere: 'Open read-only',
    code: CODE,
    delete: /Delete/,
    done: 'Done',
    quote: QUOTE,
  },
} as const

for (const language of ['zh-CN', 'en-US'] as const) {
  for (const theme of ['light', 'dark'] as const) {
    test(`the screens of snapshots are sound in ${language}, ${theme}`, async () => {
      const words = WORDS[language]
      await withApp(
        async ({ page, browser, url }) => {
          const look = (name: string, on = page) => judge(on, `${name}-${language}-${theme}`)
          await page.getByRole('button', { name: words.sample }).click()
          await openReport(page, words.report)
          await selectPassage(page, words.quote)
          await page.keyboard.press('1')
          await openSnapshots(page, words)
          await dialog(page).getByRole('button', { name: words.take }).click()
          await dialog(page).getByRole('option').nth(1).waitFor()
          await look('s1-taken')
          await dialog(page).getByRole('button', { name: words.done }).click()
          await deleteCode(page, words)
          await openSnapshots(page, words)
          await dialog(page).getByRole('option').nth(1).click()
          await dialog(page).locator('.comparison-passage').first().waitFor()
          await look('s2-list')
          await dialog(page).locator('.comparison-passage').first().scrollIntoViewIfNeeded()
          await look('s3-passages')
          await dialog(page).getByRole('button', { name: words.restore }).click()
          await page.getByRole('alertdialog').locator('li').first().waitFor()
          await look('s4-restore')
          await page.keyboard.press('Escape')
          await dialog(page).getByRole('button', { name: words.openHere }).click()
          await page.locator('.banner').waitFor()
          await openReport(page, words.report)
          await look('s5-snapshot')
          const other = await browser.newPage()
          await other.goto(url)
          await page.close()
          await other.getByRole('button').nth(1).waitFor()
          await look('s6-start', other)
        },
        { language, theme },
      )
    })
  }
}

function dialog(page: Page): Locator {
  // Not the menu, which is one, too, while it fades.
  return page.locator('.dialog[role=dialog]')
}

async function openSnapshots(
  page: Page,
  { menu, snapshots }: { menu: string; snapshots: string } = WORDS['en-US'],
): Promise<void> {
  await page.getByRole('button', { name: menu, exact: true }).click()
  await page.getByRole('menuitem', { name: snapshots }).click()
  await dialog(page).waitFor()
}

async function deleteCode(
  page: Page,
  words: { code: RegExp; delete: RegExp } = WORDS['en-US'],
): Promise<void> {
  await codebook(page).getByRole('row', { name: words.code }).click({ button: 'right' })
  await page.getByRole('menuitem', { name: words.delete }).click()
  await dialog(page).getByRole('button', { name: words.delete }).click()
  await expect(codebook(page).getByRole('row', { name: words.code })).toHaveCount(0)
}

/** What is shown: stripes, every report with its count, and the first codes with theirs. */
async function contentOf(page: Page) {
  await expect(page.getByText(/^(Saved|Read-only$)/)).toBeVisible()
  // Tree and margin draw what is near the screen, which a notice above makes less.
  const stripes = await page
    .locator('[data-stripe]')
    .evaluateAll(found => found.slice(0, 12).map(each => each.textContent))
  const codes = await codebook(page).getByRole('row').allInnerTexts()
  return { stripes, codes: codes.slice(0, 15), reports: await reports(page).allInnerTexts() }
}

function viewCopies(page: Page): Promise<string[]> {
  return page.evaluate(async () =>
    (await indexedDB.databases()).flatMap(({ name }) => (name?.includes('-view-') ? [name] : [])),
  )
}

async function judge(page: Page, name: string): Promise<void> {
  // Popovers and dialogs fade in; a colour half-way is nobody's choice.
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map(each => each.finished.catch(() => {}))).then(() => {}),
  )
  await page.screenshot({ path: join(PICTURES, `${name}.png`) })
  const { violations } = await new AxeBuilder({ page })
    .exclude('[data-live-announcer]')
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze()
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
  )
  expect(found, name).toEqual([])
  const isWider = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
  expect(isWider, `${name} is wider than the window`).toBe(false)
}
