import { mkdirSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { openApp, startBrowser, startServer, temporaryFolder } from '../support/app'
import { openReport } from '../support/reading'

// Tables with one report a row, a workbook of openpyxl and a csv in GBK, come in together with
// other files: their columns are seen and chosen first, and each row becomes a report.

const PICTURES = join(import.meta.dirname, '../../test-results/looks')
const TABLES = join(import.meta.dirname, '../fixtures/documents')
mkdirSync(PICTURES, { recursive: true })

const WORDS = {
  'zh-CN': {
    sample: '打开示例项目',
    import: /^导入 8 份/,
    imported: /导入完成/,
    workbook: /openpyxl-reports\.xlsx.*Excel 表格，5 行/,
    gbk: /python-gbk-reports\.csv.*CSV 表格，2 行/,
    isText: '报告正文',
    made: /新变量：序号（数值）/,
    out: '不导入',
    counts: ['已导入', '6'],
    known: ['已在项目中', '1'],
    refused: ['未能导入', '1'],
    empty: /这一行的正文列没有文字/,
  },
  'en-US': {
    sample: 'Open the sample project',
    import: /^Import 8 reports/,
    imported: /Import finished/,
    workbook: /openpyxl-reports\.xlsx.*Excel table, 5 rows/,
    gbk: /python-gbk-reports\.csv.*CSV table, 2 rows/,
    isText: 'text of the report',
    made: /new: 序号 \(Number\)/,
    out: 'left out',
    counts: ['imported', '6'],
    known: ['there already', '1'],
    refused: ['not imported', '1'],
    empty: /This row has no text/,
  },
} as const

for (const [language, theme] of [
  ['zh-CN', 'light'],
  ['en-US', 'dark'],
] as const) {
  test(`rows of tables come in as reports in ${language}, ${theme}`, async () => {
    const words = WORDS[language]
    const folder = await temporaryFolder()
    const server = await startServer(join(folder.path, 'data'))
    const browser = await startBrowser(join(folder.path, 'profile'), { language, theme })
    try {
      const { page, errors } = await openApp(browser, server.url)
      const look = (name: string) => judge(page, `table-${name}-${language}-${theme}`)
      await page.getByRole('button', { name: words.sample }).click()
      const text = join(folder.path, '白水县2023.txt')
      await page
        .locator('input[type=file][multiple]')
        .first()
        .setInputFiles([
          join(TABLES, 'xlsx/openpyxl-reports.xlsx'),
          join(TABLES, 'csv/python-gbk-reports.csv'),
          await textFile(text),
        ])
      const dialog = page.getByRole('dialog')
      const workbook = dialog.getByRole('option', { name: words.workbook })
      await expect(workbook).toBeVisible()
      await expect(dialog.getByRole('option', { name: words.gbk })).toBeVisible()
      await workbook.click()
      await expect(dialog.getByRole('option', { name: /^正文/ })).toContainText(words.isText)
      await expect(dialog.getByRole('option', { name: words.made })).toBeVisible()
      await look('1-columns')

      // A column that nobody needs stays out.
      await dialog.getByRole('option', { name: words.made }).click()
      await dialog.getByRole('button', { name: /“序号”/ }).click()
      await page.getByRole('option', { name: words.out, exact: true }).click()
      await expect(dialog.getByRole('option', { name: /^序号/ })).toContainText(words.out)

      await dialog.getByRole('button', { name: words.import }).click()
      await expect(dialog.getByText(words.imported)).toBeVisible()
      for (const [label, count] of [words.counts, words.known, words.refused]) {
        await expect(
          dialog.locator('.import-counts > div', { hasText: new RegExp(`^${label}`) }),
        ).toContainText(count)
      }
      await expect(
        dialog.getByRole('option', { name: /openpyxl-reports\.xlsx \[5\]/ }),
      ).toContainText(words.empty)
      await look('2-done')
      await page.keyboard.press('Escape')

      await openReport(page, '石桥县2022年报告')
      await expect(page.locator('.report-text')).toContainText('石桥县修订行政规范性文件十二件')
      await openReport(page, '平川县2022年报告')
      await expect(page.locator('.report-text')).toContainText('平川县坚持依法行政')
      expect(errors).toEqual([])
    } finally {
      await browser.close()
      await server.stop()
      await folder.clean()
    }
  })
}

async function textFile(path: string): Promise<string> {
  await writeFile(path, '白水县2023年法治政府建设年度报告\n白水县坚持依法行政，成效明显。\n')
  return path
}

async function judge(page: Page, name: string): Promise<void> {
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
}
