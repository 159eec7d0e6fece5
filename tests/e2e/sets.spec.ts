import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { openApp, startBrowser, startServer, temporaryFolder } from '../support/app'
import { library, reports } from '../support/reading'

// Sets of reports: by hand through the list of reports, by rule from the conditions on the table.

const PICTURES = join(import.meta.dirname, '../../test-results/looks')
mkdirSync(PICTURES, { recursive: true })

const WORDS = {
  'zh-CN': {
    sample: '打开示例项目',
    all: '报告集：全部报告',
    set: (name: string) => `报告集：${name}`,
    addTo: '加入报告集',
    removeFrom: '移出报告集',
    newSet: '新建报告集…',
    saveSet: '存为报告集…',
    name: '名称',
    save: '保存',
    rename: '重命名…',
    renameButton: '重命名',
    delete: '删除报告集',
    undo: '撤销',
    counted: /手动选入 · 2 份/,
    filter: '按标题或文件名筛选',
    noneFound: '没有符合筛选条件的报告。',
    empty: '这个报告集里没有报告。',
    more: /的操作$/,
    taken: /已有/,
    table: '报告总表',
    reading: '阅读与编码',
    addCondition: '添加条件',
    year: '年度',
    not2021: '年度不为2021',
    is2024: '年度为2024',
    edit: (condition: string) => `更改条件：${condition}`,
    narrowRule: '用当前筛选条件收窄规则',
  },
  'en-US': {
    sample: 'Open the sample project',
    all: 'Set of reports: All reports',
    set: (name: string) => `Set of reports: ${name}`,
    addTo: 'Add to set',
    removeFrom: 'Remove from set',
    newSet: 'New set…',
    saveSet: 'Save as set…',
    name: 'Name',
    save: 'Save',
    rename: 'Rename…',
    renameButton: 'Rename',
    delete: 'Delete set',
    undo: 'Undo',
    counted: /By hand · 2 reports/,
    filter: 'Filter by title or file name',
    noneFound: 'No report matches the filter.',
    empty: 'No report is in this set.',
    more: /^More for/,
    taken: /name/i,
    table: 'Table of reports',
    reading: 'Read and code',
    addCondition: 'Add condition',
    year: 'Year covered',
    not2021: 'Year covered is not 2021',
    is2024: 'Year covered is 2024',
    edit: (condition: string) => `Change condition: ${condition}`,
    narrowRule: 'Narrow rule by filter',
  },
} as const

for (const language of ['zh-CN', 'en-US'] as const) {
  const w = WORDS[language]
  const theme = language === 'zh-CN' ? 'light' : 'dark'

  test(`sets by hand are made, filled and changed, and undone, in ${language}`, async () => {
    await within({ language, theme }, async page => {
      await page.getByRole('button', { name: w.sample }).click()
      await expect(reports(page)).toHaveCount(6)

      await test.step('a set is made from a report, and another is added to it', async () => {
        await openMenuOf(page, 0, w.more)
        await page.getByRole('menuitem', { name: w.addTo }).click()
        await page.getByRole('menuitem', { name: w.newSet }).click()
        await page.getByRole('dialog').getByRole('textbox', { name: w.name }).fill('X1')
        await look(page, `sets-save-${language}`)
        await page.getByRole('dialog').getByRole('button', { name: w.save }).click()
        await expect(page.getByRole('dialog')).toHaveCount(0)

        await openMenuOf(page, 2, w.more)
        await page.keyboard.press('ArrowDown')
        await page.keyboard.press('ArrowRight')
        await expect(page.getByRole('menuitem', { name: 'X1', exact: true })).toBeFocused()
        await look(page, `sets-add-${language}`)
        await page.keyboard.press('Enter')
        await expect(page.getByRole('menuitem')).toHaveCount(0)
      })

      await test.step('the list shows the set, and its filter works within it', async () => {
        await library(page).getByRole('button', { name: w.all }).click()
        const line = page.getByRole('menuitemradio', { name: /^X1/ })
        await expect(line).toContainText(w.counted)
        await look(page, `sets-choice-${language}`)
        await line.click()
        await expect(reports(page)).toHaveCount(2)
        const filter = library(page).getByRole('textbox', { name: w.filter })
        await filter.fill('qqq')
        await expect(library(page).getByText(w.noneFound)).toBeVisible()
        await filter.fill('')
        await expect(reports(page)).toHaveCount(2)
        await look(page, `sets-chosen-${language}`)
      })

      await test.step('a name that is taken is refused with a reason', async () => {
        await openMenuOf(page, 0, w.more)
        await page.getByRole('menuitem', { name: w.addTo }).click()
        await page.getByRole('menuitem', { name: w.newSet }).click()
        const field = page.getByRole('dialog').getByRole('textbox', { name: w.name })
        await field.fill('X1')
        await field.press('Enter')
        await expect(page.getByRole('dialog')).toContainText(w.taken)
        await page.keyboard.press('Escape')
        await expect(page.getByRole('dialog')).toHaveCount(0)
      })

      await test.step('it is renamed, emptied, deleted, and all of that is undone', async () => {
        await library(page)
          .getByRole('button', { name: w.set('X1') })
          .click()
        await page.getByRole('menuitem', { name: w.rename }).click()
        await page.getByRole('dialog').getByRole('textbox', { name: w.name }).fill('X2')
        await page.getByRole('dialog').getByRole('button', { name: w.renameButton }).click()
        await expect(library(page).getByRole('button', { name: w.set('X2') })).toBeVisible()

        for (const left of [1, 0]) {
          await openMenuOf(page, 0, w.more)
          await page.getByRole('menuitem', { name: w.removeFrom }).click()
          await page.getByRole('menuitem', { name: 'X2', exact: true }).click()
          await expect(reports(page)).toHaveCount(left)
        }
        await expect(library(page).getByText(w.empty)).toBeVisible()

        await library(page)
          .getByRole('button', { name: w.set('X2') })
          .click()
        await page.getByRole('menuitem', { name: w.delete }).click()
        await expect(reports(page)).toHaveCount(6)
        const undo = page.getByRole('banner').getByRole('button', { name: w.undo })
        await undo.click()
        await library(page).getByRole('button', { name: w.all }).click()
        await page.getByRole('menuitemradio', { name: /^X2/ }).click()
        await expect(library(page).getByText(w.empty)).toBeVisible()
        await undo.click()
        await expect(reports(page)).toHaveCount(1)
        await undo.click()
        await expect(reports(page)).toHaveCount(2)
        await undo.click()
        await expect(library(page).getByRole('button', { name: w.set('X1') })).toBeVisible()
      })

      await test.step('sets outlive a reload; all reports are shown at first', async () => {
        await page.reload()
        await expect(reports(page)).toHaveCount(6)
        await library(page).getByRole('button', { name: w.all }).click()
        await expect(page.getByRole('menuitemradio', { name: /^X1/ })).toContainText(w.counted)
        await page.keyboard.press('Escape')
      })
    })
  })

  test(`conditions on the table become a set by rule, which the list follows, in ${language}`, async () => {
    await within({ language, theme }, async page => {
      await page.getByRole('button', { name: w.sample }).click()
      await expect(reports(page)).toHaveCount(6)
      await page.getByRole('button', { name: w.table }).click()
      const table = page.getByRole('region', { name: w.table })
      const rows = table.getByRole('grid').getByRole('row')
      await expect(rows).toHaveCount(7)

      await test.step('a value is unticked by keyboard, and the condition stands in words', async () => {
        await table.getByRole('button', { name: w.addCondition }).click()
        await look(page, `sets-columns-${language}`)
        await page.getByRole('menuitem', { name: w.year, exact: true }).click()
        const editor = page.getByRole('dialog')
        await expect(editor.getByRole('option')).toHaveCount(4)
        await expect(editor.getByRole('textbox')).toBeFocused()
        await page.keyboard.press('ArrowDown')
        await page.keyboard.press('Space')
        await expect(rows).toHaveCount(6)
        await look(page, `sets-values-${language}`)
        await page.keyboard.press('Escape')
        await expect(editor).toHaveCount(0)
        await expect(table.getByRole('button', { name: w.edit(w.not2021) })).toBeVisible()
      })

      await test.step('it is saved as a set by rule', async () => {
        await table.getByRole('button', { name: w.saveSet }).click()
        await page.getByRole('dialog').getByRole('textbox', { name: w.name }).fill('R1')
        await look(page, `sets-rule-${language}`)
        await page.keyboard.press('Enter')
        await expect(table.getByRole('button', { name: w.set('R1') })).toBeVisible()
      })

      await test.step('another condition, searched for, joins its rule', async () => {
        await table.getByRole('button', { name: w.edit(w.not2021) }).click()
        await expect(page.getByRole('dialog').getByRole('textbox')).toBeFocused()
        await page.keyboard.type('2024')
        await expect(page.getByRole('dialog').getByRole('option')).toHaveCount(1)
        await page.keyboard.press('Enter')
        await expect(table.getByRole('button', { name: w.edit(w.is2024) })).toBeVisible()
        await expect(rows).toHaveCount(3)
        await table.getByRole('button', { name: w.set('R1') }).click()
        await look(page, `sets-actions-${language}`)
        await page.getByRole('menuitem', { name: w.narrowRule }).click()
        await expect(page.getByRole('menu')).toHaveCount(0)
      })

      await test.step('the list of reports shows the same set, and follows an undo', async () => {
        await page.getByRole('button', { name: w.reading }).click()
        await expect(library(page).getByRole('button', { name: w.set('R1') })).toBeVisible()
        await expect(reports(page)).toHaveCount(2)
        await page.getByRole('banner').getByRole('button', { name: w.undo }).click()
        await expect(reports(page)).toHaveCount(5)
      })
    })
  })
}

interface Look {
  readonly language: 'zh-CN' | 'en-US'
  readonly theme: 'light' | 'dark'
}

/** The program in a browser of its own, in which nothing may go wrong unseen. */
async function within(look: Look, work: (page: Page) => Promise<void>): Promise<void> {
  const folder = await temporaryFolder()
  const server = await startServer(`${folder.path}/data`)
  const browser = await startBrowser(`${folder.path}/profile`, look)
  try {
    const { page, errors } = await openApp(browser, server.url)
    await work(page)
    expect(errors).toEqual([])
  } finally {
    await browser.close()
    await server.stop()
    await folder.clean()
  }
}

async function openMenuOf(page: Page, at: number, more: RegExp): Promise<void> {
  const row = reports(page).nth(at)
  await row.hover()
  await row.getByRole('button', { name: more }).click()
  await page.getByRole('menu').waitFor()
}

/** Axe finds nothing; a picture is left for people to judge. */
async function look(page: Page, name: string): Promise<void> {
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
