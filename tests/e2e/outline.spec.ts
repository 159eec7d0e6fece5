import { expect, type Page, test } from '@playwright/test'
import { openApp, startBrowser, startServer, temporaryFolder } from '../support/app'
import { openReport, selectPassage } from '../support/reading'

// The outline beside the report: it leads to places, follows the reader, folds, and is corrected.

const REPORT =
  '\u4E91\u5CAD\u5E022023\u5E74\u6CD5\u6CBB\u653F\u5E9C\u5EFA\u8BBE\u5E74\u5EA6\u62A5\u544A'

async function withReport(work: (page: Page) => Promise<void>): Promise<void> {
  const folder = await temporaryFolder()
  const server = await startServer(`${folder.path}/data`)
  const browser = await startBrowser(`${folder.path}/profile`, { language: 'zh-CN' })
  try {
    const { page, errors } = await openApp(browser, server.url)
    await page.getByRole('button', { name: '打开示例项目' }).click()
    await openReport(page, REPORT)
    await expect(outline(page).getByRole('treeitem').first()).toBeVisible()
    await work(page)
    expect(errors).toEqual([])
  } finally {
    await browser.close()
    await server.stop()
    await folder.clean()
  }
}

const outline = (page: Page) => page.getByRole('navigation', { name: '大纲' })
const row = (page: Page, name: RegExp) => outline(page).getByRole('treeitem', { name })
const path = (page: Page) => page.locator('.section-path')

/** Whether some text stands in the upper part of the reader. */
async function isAtTop(page: Page, text: string): Promise<boolean> {
  return page.evaluate(wanted => {
    const scroller = document.querySelector('.reader')!.getBoundingClientRect()
    const found = [...document.querySelectorAll('.text-heading')].find(each =>
      each.textContent?.includes(wanted),
    )
    const top = found?.getBoundingClientRect().top
    return top !== undefined && top >= scroller.top - 2 && top < scroller.top + 80
  }, text)
}

test('leads to headings and parts, and follows the reader', async () => {
  await withReport(async page => {
    await row(page, /^（四）/).click()
    await expect.poll(() => isAtTop(page, '坚持预防在先')).toBe(true)
    await expect(row(page, /^（四）/)).toHaveAttribute('aria-selected', 'true')
    await expect(path(page)).toContainText('举措与成效')
    await expect(path(page)).toContainText('（四）坚持预防在先')

    await page.locator('.reader').evaluate(reader => {
      reader.scrollTop = 0
    })
    await expect(path(page)).toHaveText('报告开头')

    await outline(page).getByRole('button', { name: '问题与不足' }).click()
    await expect.poll(() => isAtTop(page, '存在的问题')).toBe(true)
    await expect(path(page)).toContainText('问题与不足')
  })
})

test('folds by mouse and by keys', async () => {
  await withReport(async page => {
    const first = row(page, /^一、/)
    const rows = outline(page).getByRole('treeitem')
    const all = await rows.count()
    await expect(first).toHaveAttribute('aria-expanded', 'true')
    await first.click()
    await outline(page).getByRole('tree').focus()
    await page.keyboard.press('ArrowLeft')
    await expect(first).toHaveAttribute('aria-expanded', 'false')
    expect(await rows.count()).toBeLessThan(all)
    await page.keyboard.press('ArrowRight')
    await expect(rows).toHaveCount(all)
    await page.keyboard.press('ArrowRight')
    await expect(row(page, /^（一）/)).toHaveAttribute('aria-selected', 'true')
  })
})

test('is corrected, and corrections are undone and outlive a reload', async () => {
  await withReport(async page => {
    const rows = outline(page).getByRole('treeitem')
    const all = await rows.count()
    await row(page, /^（二）/).click({ button: 'right' })
    await page.getByRole('menuitem', { name: '这不是标题' }).click()
    await expect(rows).toHaveCount(all - 1)

    await page.reload()
    await openReport(page, REPORT)
    await expect(rows).toHaveCount(all - 1)
    await page.getByRole('banner').getByRole('button', { name: '撤销' }).click()
    await expect(rows).toHaveCount(all)

    await selectPassage(page, '现将有关情况报告如下')
    await page.getByRole('button', { name: '修正结构' }).click()
    await page.getByRole('menuitem', { name: '标为页面导航（不计入单元）' }).click()
    await expect(page.locator('.text-aside').first()).toBeVisible()
  })
})

test('shows the boundaries of units without moving the text', async () => {
  await withReport(async page => {
    const height = () => page.locator('.report-text').evaluate(text => text.scrollHeight)
    const before = await height()
    await page.getByRole('button', { name: /显示单元边界/ }).click()
    await page.getByRole('option', { name: '句子' }).click()
    await expect(page.locator('.unit').first()).toBeVisible()
    expect(await height()).toBe(before)
  })
})
