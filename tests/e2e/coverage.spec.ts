import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { parseCsv } from '../../shared/formats/csv'
import { openApp, startBrowser, startServer, temporaryFolder } from '../support/app'
import { reports } from '../support/reading'

// Which places lack a report of which year, and how dates stand to the deadlines, from invented
// reports that are imported as a researcher does it.

const PICTURES = join(import.meta.dirname, '../../test-results/looks')
mkdirSync(PICTURES, { recursive: true })

const SANHE = '三河市'
const GUAN = '固安县'

const REPORTS = [
  reportOf(SANHE, 2020, '2021年2月20日'),
  reportOf(SANHE, 2022, '2023年3月20日'),
  reportOf(GUAN, 2022, '2023年2月6日'),
  reportOf(GUAN, 2022, '2023年2月8日', '（修订稿）'),
  { name: 'notes.txt', text: '整理材料时的几点说明。\n第一，文件名不统一。\n' },
]

const WORDS = {
  'zh-CN': {
    start: '新建空白项目',
    project: '项目名称',
    coder: /您的姓名/,
    create: '新建',
    import: /^导入/,
    imported: /导入完成/,
    close: '关闭',
    view: '地区×年份覆盖表',
    deadlines: '期限',
    expected: '应有地区…',
    empty: '还没有报告',
  },
  'en-US': {
    start: 'Start empty',
    project: 'Project name',
    coder: /Your name/,
    create: 'Create',
    import: /^Import/,
    imported: /Import finished/,
    close: 'Close',
    view: 'Coverage by place and year',
    deadlines: 'Deadlines',
    expected: 'Expected places…',
    empty: 'No reports yet',
  },
} as const

type Language = keyof typeof WORDS

function reportOf(place: string, year: number, date: string, note = '') {
  const title = `${place}人民政府${year}年法治政府建设年度报告${note}`
  const text = `${title}\n\n${year}年，${place}法治政府建设取得新的进展。现报告如下${note}：\n一、主要举措\n（一）办理了${year}件事项。\n\n${place}人民政府\n${date}\n`
  return { name: `${place}${year}${note}.txt`, text }
}

interface Opened {
  readonly page: Page
  readonly dataDir: string
  bringIn(): Promise<void>
}

async function withProject(
  { language, theme }: { language: Language; theme: 'light' | 'dark' },
  work: (opened: Opened) => Promise<void>,
): Promise<void> {
  const words = WORDS[language]
  const folder = await temporaryFolder()
  const dataDir = join(folder.path, 'data')
  const server = await startServer(dataDir)
  const browser = await startBrowser(join(folder.path, 'profile'), { language, theme })
  try {
    const { page, errors } = await openApp(browser, server.url)
    await page.getByRole('button', { name: words.start }).click()
    await page.getByLabel(words.project).fill('Coverage')
    await page.getByLabel(words.coder).fill('Ann')
    await page.getByRole('button', { name: words.create, exact: true }).click()
    const bringIn = async () => {
      await page
        .locator('input[type=file][multiple]')
        .first()
        .setInputFiles(
          REPORTS.map(({ name, text }) => ({
            name,
            mimeType: 'text/plain',
            buffer: Buffer.from(text),
          })),
        )
      const dialog = page.getByRole('dialog')
      await expect(dialog.getByRole('option')).toHaveCount(REPORTS.length)
      await dialog.getByRole('button', { name: words.import }).last().click()
      await expect(dialog.getByText(words.imported)).toBeVisible()
      await dialog.getByRole('button', { name: words.close }).last().click()
      await expect(reports(page)).toHaveCount(REPORTS.length)
    }
    await work({ page, dataDir, bringIn })
    expect(errors).toEqual([])
  } finally {
    await browser.close()
    await server.stop()
    await folder.clean()
  }
}

const grid = (page: Page) =>
  page.getByRole('grid', { name: /^(地区×年份覆盖表|Coverage by place)/ })
const cell = (page: Page, name: string) => grid(page).getByRole('gridcell', { name, exact: true })
const sentence = (page: Page) => page.locator('.coverage-sentence')
const names = (page: Page) => grid(page).locator('.coverage-name-main')
const show = (page: Page, language: Language) =>
  page.getByRole('button', { name: WORDS[language].view, exact: true }).click()

test('shows what is there and what is missing, and leads to it by keys', async () => {
  await withProject({ language: 'zh-CN', theme: 'light' }, async ({ page, bringIn }) => {
    await bringIn()
    await show(page, 'zh-CN')
    await expect(sentence(page)).toHaveText('2 个地区、3 个年度：应有 6 格，已有 3 格（50%）')
    await expect(cell(page, '三河市，2021 年度：缺')).toBeVisible()
    await expect(cell(page, '固安县，2022 年度：2 份报告')).toBeVisible()

    // By code: 131022, 131082. From the first cell down and to the left, past the edge, and back.
    await grid(page).focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowRight')
    await expect(page.locator('.coverage-detail')).toContainText('三河市，2021 年度')
    await page.keyboard.press('ArrowRight')
    await expect(page.locator('.coverage-detail')).toContainText('2023-03-20：比期限晚 19 天')
    await page.keyboard.press('Enter')
    await expect(
      page.getByRole('heading', { level: 1, name: '三河市人民政府2022年法治政府建设年度报告' }),
    ).toBeVisible()

    // Back where one left; the report that is open already is opened again.
    await show(page, 'zh-CN')
    await expect(page.locator('.coverage-detail')).toContainText('三河市，2022 年度')
    await grid(page).focus()
    await page.keyboard.press('Enter')
    await expect(page.locator('.report-text')).toBeVisible()

    await show(page, 'zh-CN')
    await cell(page, '固安县，2022 年度：2 份报告').dblclick()
    const dialog = page.getByRole('dialog', { name: '固安县，2022 年度' })
    await expect(dialog.getByRole('option')).toHaveCount(2)
    await expect(dialog.getByRole('listbox')).toBeFocused()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { level: 1, name: /^固安县.*修订稿/ })).toBeVisible()
  })
})

test('holds dates against the deadline, and lists the reports behind a word', async () => {
  await withProject({ language: 'zh-CN', theme: 'light' }, async ({ page, bringIn }) => {
    await bringIn()
    await show(page, 'zh-CN')
    await page.getByRole('button', { name: '期限', exact: true }).click()
    await expect(cell(page, '三河市，2020 年度：比期限早 9 天')).toBeVisible()
    await expect(cell(page, '三河市，2022 年度：比期限晚 19 天')).toBeVisible()
    await page.getByRole('button', { name: '期限之后 1' }).click()
    const dialog = page.getByRole('dialog', { name: '期限之后' })
    await expect(dialog.getByRole('option')).toHaveCount(1)
    await page.keyboard.press('Escape')

    await page.getByRole('button', { name: /报送期限/ }).click()
    await page.getByRole('option', { name: /^公布期限/ }).click()
    await expect(cell(page, '三河市，2022 年度：比期限早 12 天')).toBeVisible()
    await cell(page, '三河市，2022 年度：比期限早 12 天').hover()
    await expect(page.getByRole('tooltip')).toContainText(
      '2023-03-20：比期限早 12 天（2023-04-01）',
    )

    await page.getByRole('button', { name: '1 份报告没有年度' }).click()
    await expect(page.getByRole('dialog').getByRole('option', { name: /notes/ })).toBeVisible()
  })
})

test('completes the places from the list, sorts, filters and groups them', async () => {
  await withProject({ language: 'zh-CN', theme: 'light' }, async ({ page, bringIn }) => {
    await bringIn()
    await show(page, 'zh-CN')
    await page.getByRole('button', { name: '应有地区…' }).click()
    await page.getByRole('button', { name: '添加：廊坊市：全部县级' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '完成' }).click()
    await expect(sentence(page)).toContainText('10 个地区、3 个年度：应有 30 格，已有 3 格')
    await expect(names(page)).toHaveCount(10)

    await page.getByRole('button', { name: /排序$/ }).click()
    await page.getByRole('option', { name: '按名称（拼音）' }).click()
    await expect(names(page).first()).toHaveText('安次区')

    await page.getByRole('button', { name: /分组$/ }).click()
    await page.getByRole('option', { name: '按地级' }).click()
    await expect(names(page).first()).toHaveText('廊坊市')
    await names(page).first().click()
    await expect(names(page)).toHaveCount(1)
    await names(page).first().click()
    await expect(names(page)).toHaveCount(11)

    await page.getByLabel('查找地区').fill('固安')
    await expect(sentence(page)).toContainText('10 个地区中的 1 个')
    await expect(names(page)).toHaveText(['廊坊市', GUAN])

    // The choice is kept on this machine, and the project knows nothing of it.
    await page.reload()
    await show(page, 'zh-CN')
    await expect(names(page)).toHaveCount(10)
    await expect(page.getByRole('banner').getByRole('button', { name: '撤销' })).toBeDisabled()
  })
})

test('goes out as it is shown, copied and as a file', async () => {
  await withProject({ language: 'en-US', theme: 'light' }, async ({ page, dataDir, bringIn }) => {
    await bringIn()
    await show(page, 'en-US')
    await grid(page).focus()
    await page.keyboard.press('ControlOrMeta+c')
    await expect(page.getByText('Copied 2 places')).toBeVisible()
    expect(await pasted(page)).toBe(
      [
        'place\tplace_code\t2020\t2021\t2022',
        `${GUAN}\t131022\t0\t0\t2`,
        `${SANHE}\t131082\t1\t0\t1`,
      ].join('\n'),
    )

    await page.getByRole('button', { name: 'Deadlines' }).click()
    await page.getByRole('button', { name: 'Export the grid…' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Export', exact: true }).click()
    await expect(page.getByRole('dialog', { name: 'Grid exported' })).toBeVisible()
    const file = readdirSync(dataDir, { recursive: true, encoding: 'utf8' }).find(path =>
      path.endsWith('coverage_grid.csv'),
    )
    expect(parseCsv(readFileSync(join(dataDir, file!), 'utf8')).map(({ cells }) => cells)).toEqual([
      ['place', 'place_code', '2020', '2021', '2022'],
      [GUAN, '131022', '', '', 'before; before'],
      [SANHE, '131082', 'before', '', 'after'],
    ])
  })
})

for (const language of ['zh-CN', 'en-US'] as const) {
  for (const theme of ['light', 'dark'] as const) {
    test(`the grid is sound in ${language}, ${theme}`, async () => {
      const words = WORDS[language]
      await withProject({ language, theme }, async ({ page, bringIn }) => {
        const look = (name: string) => judge(page, `coverage-${name}-${language}-${theme}`)
        await show(page, language)
        const region = page.getByRole('region', { name: words.view })
        await expect(region.getByText(words.empty)).toBeVisible()
        await look('1-empty')
        await page.getByRole('toolbar').getByRole('button').first().click()
        await bringIn()
        await show(page, language)
        await expect(names(page)).toHaveCount(2)
        await look('2-present')
        await page.getByRole('button', { name: words.deadlines, exact: true }).click()
        await expect(grid(page).locator('.coverage-mark-after')).toBeVisible()
        await grid(page).focus()
        await page.keyboard.press('End')
        await look('3-deadlines')
        await page.getByRole('button', { name: words.expected }).click()
        await page.getByRole('dialog').waitFor()
        await look('4-expected')
      })
    })
  }
}

/** What is pasted into the search field; the page may not read the clipboard by itself. */
async function pasted(page: Page): Promise<string> {
  const text = page.evaluate(
    () =>
      new Promise<string>(resolve => {
        const onPaste = (event: ClipboardEvent) => {
          event.preventDefault()
          resolve(event.clipboardData?.getData('text/plain') ?? '')
        }
        window.addEventListener('paste', onPaste, { capture: true, once: true })
      }),
  )
  await page.getByLabel('Find a place').focus()
  await page.keyboard.press('ControlOrMeta+v')
  return text
}

/** Takes a picture, asks axe about it, and looks whether anything is cut off. */
async function judge(page: Page, name: string): Promise<void> {
  // Popovers and dialogs fade in; a colour half-way is nobody's choice.
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map(each => each.finished.catch(() => {}))).then(() => {}),
  )
  await page.screenshot({ path: join(PICTURES, `${name}.png`) })
  const { violations } = await new AxeBuilder({ page })
    // React Aria's announcements, which may name a button that has gone meanwhile.
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
