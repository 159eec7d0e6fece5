import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { openApp, startBrowser, startServer, temporaryFolder } from '../support/app'

// Values of variables from real tables, one by openpyxl and one in GBK: nothing is written
// before it was seen, everything is taken in as one step, and Undo takes it back.

const PICTURES = join(import.meta.dirname, '../../test-results/looks')
const TABLES = join(import.meta.dirname, '../fixtures/documents')
mkdirSync(PICTURES, { recursive: true })

const WORDS = {
  'zh-CN': {
    sample: '打开示例项目',
    import: '导入',
    imported: /导入完成/,
    menu: '菜单',
    command: '从表格导入变量…',
    take: '导入',
    matched: '行找到了报告',
    unfit: /不符合变量的值/,
    clashes: /冲突/,
    type: /类型$/,
    number: '数值',
    year: '年度',
    out: '不导入',
    taken: /已导入 \d+ 个值，涉及 4 份报告/,
    undo: /撤销“导入变量值/,
    formula: /1 个公式没有保存结果/,
    empty: /列名下面没有任何行/,
    twice: '另一列已导入为这个变量。',
  },
  'en-US': {
    sample: 'Open the sample project',
    import: 'Import',
    imported: /Import finished/,
    menu: 'Menu',
    command: 'Import variables from a table…',
    take: 'Take in',
    matched: 'rows with their report',
    unfit: /Do not fit their variable/,
    clashes: /Clashes/,
    type: /Type$/,
    number: 'Number',
    year: 'Year covered',
    out: 'left out',
    taken: /\d+ values were taken in, for 4 reports/,
    undo: /Undo Import values/,
    formula: /1 formula has no stored result/,
    empty: /no rows below the names/,
    twice: 'Another column becomes this variable already.',
  },
} as const

const REPORTS = ['云岭市', '大河县', '东湖区', '西山县', '南湾镇'].map(place => ({
  name: `${place}2023.txt`,
  mimeType: 'text/plain',
  buffer: Buffer.from(
    `${place}2023年法治政府建设年度报告\n2023年，${place}坚持依法行政，全年执法检查${place.length}百次。\n` +
      `一、主要做法\n${place}健全制度。\n二、存在的问题\n${place}力量不足。\n`,
  ),
}))

for (const [language, theme] of [
  ['zh-CN', 'light'],
  ['en-US', 'dark'],
  ['en-US', 'light'],
  ['zh-CN', 'dark'],
] as const) {
  test(`values of a table are seen, taken in and undone in ${language}, ${theme}`, async () => {
    const words = WORDS[language]
    await withReports({ language, theme }, async page => {
      const dialog = page.getByRole('dialog').last()
      const look = (name: string) => judge(page, `values-${name}-${language}-${theme}`)
      const give = (name: string | { name: string; mimeType: string; buffer: Buffer }) =>
        dialog
          .locator('input[type=file]')
          .setInputFiles(typeof name === 'string' ? join(TABLES, name) : name)

      await page.getByRole('button', { name: words.menu, exact: true }).click()
      await page.getByRole('menuitem', { name: words.command }).click()
      await look('1-choose')

      // What is dropped while this is open is a table, and no report to be imported.
      const dropped = await page.evaluateHandle(() => {
        const data = new DataTransfer()
        data.items.add(new File(['file,x\nnobody,1\n'], 'dropped.csv'))
        return data
      })
      await page.dispatchEvent('.dialog', 'drop', { dataTransfer: dropped })
      await expect(dialog.getByText('dropped.csv')).toBeVisible()
      await expect(figure(page, words.matched)).toHaveText('0')
      await expect(page.getByRole('dialog')).toHaveCount(1)
      await expect(dialog.getByRole('button', { name: words.take, exact: true })).toBeDisabled()

      // What is no table, or none that can be read, says so and changes nothing.
      await give({
        name: 'locked.xlsx',
        mimeType: '',
        buffer: Buffer.from('d0cf11e0a1b11ae1', 'hex'),
      })
      await expect(dialog.getByRole('alert')).toBeVisible()
      await look('2-refused')
      await give({ name: 'empty.csv', mimeType: '', buffer: Buffer.from('a,b\n') })
      await expect(dialog.getByText(words.empty)).toBeVisible()

      await give('xlsx/openpyxl-values.xlsx')
      await expect(figure(page, words.matched)).toHaveText('4')
      await expect(dialog.getByText(words.formula)).toBeVisible()
      await expect(dialog.getByRole('option', { name: words.clashes })).toContainText('1')
      await look('3-preview')

      // A column becomes a number: what is none is listed, and nothing else is held up.
      await dialog.getByRole('option', { name: /财政投入/ }).click()
      await dialog.getByRole('button', { name: words.type }).click()
      await page.getByRole('option', { name: words.number }).click()
      await expect(dialog.getByRole('option', { name: words.unfit })).toContainText('1')
      await dialog.getByRole('option', { name: words.unfit }).click()
      await expect(dialog.getByRole('option', { name: /“约三百”/ })).toBeVisible()

      // Two columns cannot become one variable.
      await dialog.getByRole('option', { name: /备注/ }).click()
      await choose(page, /备注/, words.year)
      await expect(dialog.getByText(words.twice)).toBeVisible()
      await expect(dialog.getByRole('button', { name: words.take, exact: true })).toBeDisabled()
      await look('4-twice')
      await choose(page, /备注/, words.out)

      await dialog.getByRole('button', { name: words.take, exact: true }).click()
      await expect(dialog.getByText(words.taken)).toBeVisible()
      await look('5-done')
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: words.menu, exact: true }).click()
      await page.getByRole('menuitem', { name: words.undo }).click()

      // In GBK, by title; the variables are new again, since Undo took them back.
      await page.getByRole('button', { name: words.menu, exact: true }).click()
      await page.getByRole('menuitem', { name: words.command }).click()
      await give('csv/python-gbk-values.csv')
      await expect(figure(page, words.matched)).toHaveText('3')
      await expect(dialog.getByRole('option', { name: /沿海.*否/ })).toBeVisible()
      await look('6-gbk')
    })
  })
}

async function withReports(
  look: { readonly language: 'zh-CN' | 'en-US'; readonly theme: 'light' | 'dark' },
  work: (page: Page) => Promise<void>,
): Promise<void> {
  const words = WORDS[look.language]
  const folder = await temporaryFolder()
  const server = await startServer(join(folder.path, 'data'))
  const browser = await startBrowser(join(folder.path, 'profile'), look)
  try {
    const { page, errors } = await openApp(browser, server.url)
    await page.getByRole('button', { name: words.sample }).click()
    await page.locator('input[type=file][multiple]').first().setInputFiles(REPORTS)
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('option').nth(4).waitFor()
    await dialog.getByRole('button', { name: words.import }).last().click()
    await dialog.getByText(words.imported).waitFor()
    await page.keyboard.press('Escape')
    await work(page)
    expect(errors).toEqual([])
  } finally {
    await browser.close()
    await server.stop()
    await folder.clean()
  }
}

/** A number of the preview, by what it counts. */
function figure(page: Page, label: string) {
  return page.locator('.values-figures > div').filter({ hasText: label }).locator('dd')
}

async function choose(page: Page, column: RegExp, target: string): Promise<void> {
  await page.getByRole('dialog').getByRole('button', { name: column }).click()
  await page.getByRole('option', { name: target, exact: true }).click()
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
