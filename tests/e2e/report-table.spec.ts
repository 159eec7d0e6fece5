import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { openApp, startBrowser, startServer, temporaryFolder } from '../support/app'

// The table of reports as people use a spreadsheet, on the sample project.

const PICTURES = join(import.meta.dirname, '../../test-results/looks')
mkdirSync(PICTURES, { recursive: true })

const WORDS = {
  'zh-CN': { sample: /示例/, table: '报告总表', year: '年度', group: '分组', add: '新建变量…' },
  'en-US': {
    sample: /sample/i,
    table: 'Table of reports',
    year: 'Year covered',
    group: 'Group',
    add: 'New variable…',
  },
} as const

for (const language of ['zh-CN', 'en-US'] as const) {
  for (const theme of ['light', 'dark'] as const) {
    test(`the table of reports is sound in ${language}, ${theme}`, async () => {
      await within({ language, theme }, async page => {
        const words = WORDS[language]
        await openTable(page, language)
        const grid = page.getByRole('grid', { name: words.table })
        await expect(grid.getByRole('row')).toHaveCount(7)
        await judge(page, `table-1-${language}-${theme}`)
        await cellIn(page, 2, 'year').click()
        await page.keyboard.press('Shift+ArrowDown')
        await expect(page.locator('.grid-cell[data-selected]')).toHaveCount(2)
        await judge(page, `table-2-selected-${language}-${theme}`)
        await page.getByRole('button', { name: words.group }).click()
        await page.getByRole('menuitemradio', { name: words.year }).click()
        await expect(page.locator('.grid-group')).not.toHaveCount(0)
        await judge(page, `table-3-groups-${language}-${theme}`)
        await page.getByRole('button', { name: words.add }).click()
        await page.getByRole('dialog').waitFor()
        await judge(page, `table-4-variable-${language}-${theme}`)
      })
    })
  }
}

test('fills cells by typing, pasting and filling down, and takes each back as one step', async () => {
  await within({ language: 'zh-CN', theme: 'light' }, async page => {
    await openTable(page, 'zh-CN')
    // Typing begins to fill; Enter saves and goes down; digits code nothing here.
    await cellIn(page, 1, 'year').click()
    await page.keyboard.type('2019')
    await page.keyboard.press('Enter')
    await expect(cellIn(page, 1, 'year')).toHaveText('2019')
    await expect(page.locator('.grid-row[data-line="1"] .grid-cell[data-head]')).toHaveAttribute(
      'data-key',
      'year',
    )
    // What does not fit is refused in words, and the cell stays as it was.
    await page.keyboard.type('abc')
    await page.keyboard.press('Enter')
    await expect(page.getByText('不符合所在列的要求')).toBeVisible()
    await expect(cellIn(page, 2, 'year')).toHaveText('2022')

    await cellIn(page, 1, 'year').click()
    await cellIn(page, 4, 'year').click({ modifiers: ['Shift'] })
    await page.keyboard.press('Control+d')
    for (const row of [1, 2, 3, 4]) await expect(cellIn(page, row, 'year')).toHaveText('2019')
    await page.keyboard.press('Control+z')
    for (const [row, year] of [
      [2, '2022'],
      [3, '2024'],
      [4, '2021'],
    ] as const) {
      await expect(cellIn(page, row, 'year')).toHaveText(year)
    }
    await expect(cellIn(page, 1, 'year')).toHaveText('2019')

    // Two columns of a spreadsheet, of which one cell is no date.
    await cellIn(page, 1, 'year').click()
    await paste(page, '2001\t2002-03-04\r\n2005\tnever\r\n')
    await expect(page.getByText(/4 个值中有 1 个不符合/)).toBeVisible()
    await expect(cellIn(page, 1, 'year')).toHaveText('2019')
    await page.getByRole('button', { name: '填入其余 3 个' }).click()
    await expect(cellIn(page, 1, 'date')).toHaveText('2002-03-04')
    await expect(cellIn(page, 2, 'year')).toHaveText('2005')
    await expect(cellIn(page, 2, 'date')).toHaveText('2023-01-18')

    // One value fills what is selected; Delete empties it; both survive a reload.
    await cellIn(page, 1, 'issuers').click()
    await cellIn(page, 3, 'issuers').click({ modifiers: ['Shift'] })
    await paste(page, '云岭市司法局')
    for (const row of [1, 2, 3])
      await expect(cellIn(page, row, 'issuers')).toHaveText('云岭市司法局')
    await cellIn(page, 2, 'issuers').click()
    await page.keyboard.press('Delete')
    await expect(cellIn(page, 2, 'issuers')).toHaveText('')
    await page.reload()
    await openProject(page)
    // From a field that is typed into, too.
    await page.locator('.library-filter input').click()
    await page.keyboard.press('Control+Shift+L')
    await expect(cellIn(page, 3, 'issuers')).toHaveText('云岭市司法局')
    await expect(cellIn(page, 2, 'issuers')).toHaveText('')
  })
})

test('saves what was typed wherever one goes next, and nothing where nothing was typed', async () => {
  await within({ language: 'zh-CN', theme: 'light' }, async page => {
    await openTable(page, 'zh-CN')
    // A press on another cell, and on a row's number.
    await cellIn(page, 1, 'issuers').click()
    await page.keyboard.type('云岭市司法局')
    await cellIn(page, 3, 'year').click()
    await expect(cellIn(page, 1, 'issuers')).toHaveText('云岭市司法局')
    await cellIn(page, 2, 'issuers').click()
    await page.keyboard.type('青禾县司法局')
    await page.locator('.grid-row[data-line="4"] .grid-gutter').click()
    await expect(cellIn(page, 2, 'issuers')).toHaveText('青禾县司法局')
    // Scrolled out of sight while it is typed in.
    await cellIn(page, 3, 'place').click()
    await page.keyboard.type('固安县')
    await page.locator('.grid').evaluate(grid => grid.scrollTo({ left: 2000 }))
    await page.keyboard.press('Enter')
    await page.locator('.grid').evaluate(grid => grid.scrollTo({ left: 0 }))
    await expect(cellIn(page, 3, 'place')).toHaveText('固安县')
    await expect(cellIn(page, 3, 'place_code')).toHaveText('131022')
    // Looked into and left as it was: still what the text says.
    await cellIn(page, 1, 'date').click()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    await cellIn(page, 1, 'date').click()
    await expect(page.locator('.evidence')).toContainText('读自正文')
    // One cell of a selection, pressed alone, is alone.
    await cellIn(page, 1, 'year').click()
    await cellIn(page, 4, 'year').click({ modifiers: ['Shift'] })
    await cellIn(page, 4, 'year').click()
    await page.keyboard.press('Delete')
    await expect(cellIn(page, 4, 'year')).toHaveText('')
    await expect(cellIn(page, 3, 'year')).toHaveText('2024')
    // A picture on the clipboard empties nothing, and other lines are not chosen by sorting.
    await cellIn(page, 1, 'year').click()
    await paste(page, '')
    await expect(cellIn(page, 1, 'year')).toHaveText('2023')
    await cellIn(page, 2, 'year').click({ modifiers: ['Shift'] })
    await head(page, '报告名称').click()
    await expect(page.locator('.grid-cell[data-selected]')).toHaveCount(1)
  })
})

test('shows where a value was read, and leads there', async () => {
  await within({ language: 'zh-CN', theme: 'light' }, async page => {
    await openTable(page, 'zh-CN')
    await cellIn(page, 1, 'date').click()
    const evidence = page.locator('.evidence')
    await expect(evidence).toContainText('读自正文')
    await expect(evidence.locator('mark')).toHaveText('2024年2月26日')
    await evidence.getByRole('button', { name: '确认' }).click()
    await expect(evidence).toContainText('人工确定')
    await evidence.getByRole('button', { name: '在报告中查看' }).click()
    await expect(page.getByRole('grid', { name: '报告总表' })).toHaveCount(0)
    await expect(page.locator('.reader').getByText('2024年2月26日')).toBeInViewport()
  })
})

test('sorts, groups and hides, and keeps an edited row under the hand', async () => {
  await within({ language: 'zh-CN', theme: 'light' }, async page => {
    await openTable(page, 'zh-CN')
    const years = () => page.locator('.grid-cell[data-key="year"]').allTextContents()
    await head(page, '年度').click()
    await expect.poll(years).toEqual(['2021', '2022', '2023', '2023', '2024', '2024'])
    await head(page, '年度').click()
    await expect.poll(years).toEqual(['2024', '2024', '2023', '2023', '2022', '2021'])
    await cellIn(page, 1, 'year').click()
    await page.keyboard.type('1999')
    await page.keyboard.press('Enter')
    await expect(cellIn(page, 1, 'year')).toHaveText('1999')
    await page.getByRole('button', { name: '重新应用排序与筛选' }).click()
    await expect.poll(years).toEqual(['2024', '2023', '2023', '2022', '2021', '1999'])

    await page.getByRole('button', { name: '分组' }).click()
    await page.getByRole('menuitemradio', { name: '年度' }).click()
    await expect(page.locator('.grid-group')).toHaveCount(5)
    await page.locator('.grid-group', { hasText: '2023' }).dblclick()
    await expect(page.locator('.grid-row:not(.grid-group)')).toHaveCount(4)

    await page.getByRole('button', { name: '“层级”列' }).click()
    await page.getByRole('menuitem', { name: '隐藏此列' }).click()
    await expect(head(page, '层级')).toHaveCount(0)
  })
})

test('has variables of the researcher, with their own types', async () => {
  await within({ language: 'zh-CN', theme: 'light' }, async page => {
    await openTable(page, 'zh-CN')
    await page.getByRole('button', { name: '新建变量…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('名称').fill('批次')
    await dialog.getByRole('button', { name: /类型/ }).click()
    await page.getByRole('option', { name: /类别/ }).click()
    await dialog.getByRole('textbox', { name: /取值/ }).fill('甲\n乙\n丙')
    await dialog.getByRole('button', { name: '新建', exact: true }).click()
    await expect(dialog).toHaveCount(0)
    const key = await page.locator('.grid-headcell', { hasText: '批次' }).getAttribute('data-key')
    const own = cellIn(page, 1, key ?? '')
    await own.click()
    await page.keyboard.type('乙')
    await page.keyboard.press('Enter')
    await expect(own).toHaveText('乙')
    await page.keyboard.type('丁')
    await page.keyboard.press('Enter')
    await expect(page.getByText('不符合所在列的要求')).toBeVisible()

    // Renaming a category renames it where it was used; deleting the variable can be undone.
    await head(page, '批次').locator('..').getByRole('button', { name: '“批次”列' }).click()
    await page.getByRole('menuitem', { name: '修改变量…' }).click()
    await dialog.getByRole('textbox', { name: /取值/ }).fill('甲\n第二批\n丙')
    await dialog.getByRole('button', { name: '保存' }).click()
    await expect(own).toHaveText('第二批')
    await page.getByRole('button', { name: '“批次”列' }).click()
    await page.getByRole('menuitem', { name: '删除变量' }).click()
    await expect(own).toHaveCount(0)
    await page.keyboard.press('Control+z')
    await expect(own).toHaveText('第二批')
  })
})

test('filters by a column, and keeps the filter as a set', async () => {
  await within({ language: 'zh-CN', theme: 'light' }, async page => {
    await openTable(page, 'zh-CN')
    await page.getByRole('button', { name: '“年度”列' }).click()
    await page.getByRole('menuitem', { name: '筛选…' }).click()
    const editor = page.getByRole('dialog')
    await editor.getByRole('option', { name: /2023/ }).click()
    await judge(page, 'table-5-filter-zh-CN-light')
    await page.keyboard.press('Escape')
    await expect(page.locator('.grid-row')).toHaveCount(4)
    await expect(page.getByText('4 / 6 份')).toBeVisible()
  })
})

/** A cell by its row on screen, from 1, and its column. */
const cellIn = (page: Page, row: number, key: string) =>
  page.locator(`.grid-row[data-line="${row - 1}"] .grid-cell[data-key="${key}"]`)

const head = (page: Page, name: string) =>
  page.getByRole('columnheader').getByRole('button', { name, exact: true })

async function paste(page: Page, text: string) {
  await page.evaluate(pasted => {
    const data = new DataTransfer()
    data.setData('text/plain', pasted)
    const event = new ClipboardEvent('paste', {
      clipboardData: data,
      bubbles: true,
      cancelable: true,
    })
    document.activeElement?.dispatchEvent(event)
  }, text)
}

async function openTable(page: Page, language: 'zh-CN' | 'en-US') {
  await page.getByRole('button', { name: WORDS[language].sample }).click()
  await expect(page.getByRole('grid').first()).toBeVisible()
  await page.keyboard.press('Control+Shift+L')
}

async function openProject(page: Page) {
  await expect(page.getByRole('grid').first()).toBeVisible()
}

async function judge(page: Page, name: string) {
  await page.screenshot({ path: join(PICTURES, `${name}.png`) })
  const { violations } = await new AxeBuilder({ page })
    // React Aria's announcements, which may name a button that has gone meanwhile.
    .exclude('[data-live-announcer]')
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze()
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
}

async function within(
  look: { language: 'zh-CN' | 'en-US'; theme: 'light' | 'dark' },
  act: (page: Page) => Promise<void>,
) {
  const folder = await temporaryFolder()
  const server = await startServer(`${folder.path}/data`)
  const context = await startBrowser(`${folder.path}/profile`, look)
  try {
    const { page, errors } = await openApp(context, server.url)
    await act(page)
    expect(errors).toEqual([])
  } finally {
    await context.close()
    await server.stop()
    await folder.clean()
  }
}
