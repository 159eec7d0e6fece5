import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { openApp, startBrowser, startServer, temporaryFolder } from '../support/app'
import { codebook, openReport, reports, selectPassage } from '../support/reading'

// The history panel as people use it: what was done in words, filters, the way there, before and
// after, the audit trail; in both languages and themes axe finds nothing in it.

const PICTURES = join(import.meta.dirname, '../../test-results/looks')
mkdirSync(PICTURES, { recursive: true })

const WORDS = {
  'zh-CN': {
    sample: '打开示例项目',
    report: '云岭市2023年法治政府建设年度报告',
    quote: '一是围绕山区特色开展立法。',
    menu: '菜单',
    command: /历史记录…/,
    title: '历史记录',
    list: '全部操作，最新的在前',
    assigned: /将“.+”赋给“一是围绕山区特色开展立法。”，见《云岭市2023年法治政府建设年度报告》/,
    audit: '导出审计记录…',
    cancel: '取消',
  },
  'en-US': {
    sample: 'Open the sample project',
    report: 'Yunling City: annual report on rule-of-law government, 2023',
    quote: 'We report as follows:',
    menu: 'Menu',
    command: /History…/,
    title: 'History',
    list: 'All edits, newest first',
    assigned: /Assigned “.+” to “We report as follows:” in Yunling City/,
    audit: 'Export audit trail…',
    cancel: 'Cancel',
  },
} as const

for (const language of ['zh-CN', 'en-US'] as const) {
  for (const theme of ['light', 'dark'] as const) {
    test(`the history is sound in ${language}, ${theme}`, async () => {
      const words = WORDS[language]
      const folder = await temporaryFolder()
      const server = await startServer(join(folder.path, 'data'))
      const browser = await startBrowser(join(folder.path, 'profile'), { language, theme })
      try {
        const { page, errors } = await openApp(browser, server.url)
        await page.getByRole('button', { name: words.sample }).click()
        await openReport(page, words.report)
        await selectPassage(page, words.quote)
        await page.keyboard.press('5')
        await page.locator('[data-stripe]').first().waitFor()
        await page.getByRole('button', { name: words.menu, exact: true }).click()
        await page.getByRole('menuitem', { name: words.command }).click()
        const panel = page.getByRole('region', { name: words.title })
        const list = panel.getByRole('listbox', { name: words.list })
        const first = list.getByRole('option').first()
        await expect(first).toHaveAccessibleName(words.assigned)
        await first.click()
        await expect(panel.locator('.history-change')).toHaveCount(1)
        await judge(page, `history-${language}-${theme}`)

        await panel.getByRole('button', { name: words.audit }).click()
        await page.getByRole('dialog').waitFor()
        await judge(page, `history-audit-${language}-${theme}`)
        await page.getByRole('dialog').getByRole('button', { name: words.cancel }).click()
        expect(errors).toEqual([])
      } finally {
        await browser.close()
        await server.stop()
        await folder.clean()
      }
    })
  }
}

test('leads to where things were, follows what is done, and undoes after a reload', async () => {
  const words = WORDS['en-US']
  const folder = await temporaryFolder()
  const server = await startServer(join(folder.path, 'data'))
  const browser = await startBrowser(join(folder.path, 'profile'))
  try {
    const { page, errors } = await openApp(browser, server.url)
    await page.getByRole('button', { name: words.sample }).click()
    await openReport(page, words.report)
    await page.keyboard.press('ControlOrMeta+Shift+h')
    const panel = page.getByRole('region', { name: words.title })
    const options = panel.getByRole('listbox', { name: words.list }).getByRole('option')
    await expect(panel.getByText('4 entries')).toBeVisible()

    // What is done while it is open appears at the top.
    const stripes = page.locator('[data-stripe]')
    const before = await stripes.count()
    await selectPassage(page, words.quote)
    await page.keyboard.press('5')
    await expect(options.first()).toHaveAccessibleName(words.assigned)
    await codebook(page)
      .getByPlaceholder(/New code/)
      .fill('Short-lived')
    await page.keyboard.press('Enter')
    await expect(options.first()).toHaveAccessibleName(/Added code “Short-lived”/)
    await expect(panel.getByText('6 entries')).toBeVisible()

    // Enter goes to a passage in a report that is not open.
    await reports(page).nth(1).click()
    await expect(page.getByRole('heading', { name: words.report, level: 1 })).toHaveCount(0)
    await options.nth(1).click()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: words.report, level: 1 }).waitFor()
    await expect(page.locator('.stripe.is-picked')).toHaveCount(1)

    // Filters count what they leave; a code that is gone says so.
    await panel.getByLabel('Search the history').fill('short-lived')
    await expect(panel.getByText('1 of 6 entries')).toBeVisible()
    await page.locator('.report-text').click({ position: { x: 5, y: 5 } })
    await page.keyboard.press('ControlOrMeta+z')
    await expect(options.first()).toHaveAccessibleName(/Undid: Added code “Short-lived”/)
    await options.first().click()
    await page.keyboard.press('Enter')
    await expect(page.getByText('This code no longer exists.')).toBeVisible()

    // Escape closes; the history of edits survives a reload, and so does Undo.
    await page.keyboard.press('Escape')
    await expect(panel).toHaveCount(0)
    await expect(page.getByText(/^Saved/)).toBeVisible()
    await page.reload()
    await openReport(page, words.report)
    await expect(stripes).toHaveCount(before + 1)
    await page.locator('.report-text').click({ position: { x: 5, y: 5 } })
    await page.keyboard.press('ControlOrMeta+z')
    await expect(stripes).toHaveCount(before)
    await page.keyboard.press('ControlOrMeta+Shift+h')
    await expect(options.first()).toHaveAccessibleName(/Undid: Assigned/)
    expect(errors).toEqual([])
  } finally {
    await browser.close()
    await server.stop()
    await folder.clean()
  }
})

async function judge(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(PICTURES, `${name}.png`) })
  const { violations } = await new AxeBuilder({ page })
    .exclude('[data-live-announcer]')
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze()
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(node => node.html).join(' ')}`,
  )
  expect(found, name).toEqual([])
}
