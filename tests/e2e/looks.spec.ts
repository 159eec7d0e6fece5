import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { type BrowserContext, expect, type Page, test } from '@playwright/test'
import { openApp, startBrowser, startServer, temporaryFolder } from '../support/app'
import { codebook, openReport, selectPassage } from '../support/reading'

// Every screen in both languages and both themes: axe finds nothing, nothing is cut off at the
// window's edge, and a picture of each is left in test-results/looks for people to judge.

const PICTURES = join(import.meta.dirname, '../../test-results/looks')
mkdirSync(PICTURES, { recursive: true })

const WORDS = {
  'zh-CN': {
    sample: '打开示例项目',
    report: '云岭市2023年法治政府建设年度报告',
    quote: '一是围绕山区特色开展立法。',
    menu: '菜单',
    export: /导出编码数据集/,
    import: '导入',
    imported: /导入完成/,
    edit: /编辑…/,
    leave: '返回项目列表',
    newProject: '新建项目',
    code: /地方立法与规章/,
  },
  'en-US': {
    sample: 'Open the sample project',
    report: 'Yunling City: annual report on rule-of-law government, 2023',
    quote: 'We report as follows:',
    menu: 'Menu',
    export: /Export the coded dataset/,
    import: 'Import',
    imported: /Import finished/,
    edit: /Edit…/,
    leave: 'Back to projects',
    newProject: 'New project',
    code: /Local legislation/,
  },
} as const

for (const language of ['zh-CN', 'en-US'] as const) {
  test(`every screen is sound in ${language}, light and dark`, async () => {
    // Every screen is judged twice, in one long journey.
    test.setTimeout(360_000)
    const words = WORDS[language]
    const folder = await temporaryFolder()
    const server = await startServer(join(folder.path, 'data'))
    const browser = await startBrowser(join(folder.path, 'profile'), { language })
    try {
      const { page, errors } = await openApp(browser, server.url)
      // Each screen in both themes on one page: the journey there is long, and the same.
      const look = async (name: string) => {
        const grounds = new Set<string>()
        for (const theme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme: theme })
          await judge(page, `${name}-${language}-${theme}`)
          grounds.add(await page.evaluate(() => getComputedStyle(document.body).backgroundColor))
        }
        expect(grounds.size, `both themes of ${name}`).toBe(2)
      }
      await page.getByRole('button', { name: words.sample }).waitFor()
      await look('1-first-run')

      await page.getByRole('button', { name: words.sample }).click()
      await openReport(page, words.report)
      await expect(page.locator('[data-stripe]').first()).toBeVisible()
      await selectPassage(page, words.quote)
      await page.keyboard.press('1')
      await look('2-reader')

      await page.locator('[data-stripe]').nth(2).click()
      await page.locator('.picked').waitFor()
      await look('3-picked')
      await page.keyboard.press('Escape')

      await page.getByRole('button', { name: words.menu, exact: true }).click()
      await page.getByRole('menu').waitFor()
      await look('4-menu')
      await page.getByRole('menuitem', { name: words.export }).click()
      await page.getByRole('dialog').last().waitFor()
      await look('5-export')
      await page.keyboard.press('Escape')

      await codebook(page).getByRole('row', { name: words.code }).click({ button: 'right' })
      await page.getByRole('menuitem', { name: words.edit }).click()
      await page.getByRole('dialog').last().waitFor()
      await look('6-code-editor')
      await page.keyboard.press('Escape')

      await selectPassage(page, words.quote)
      await page.keyboard.press('Enter')
      await page.locator('.code-picker').waitFor()
      await look('6-picker')
      await page.keyboard.press('Escape')
      await page.keyboard.press('Control+Shift+P')
      await page.locator('.palette').waitFor()
      await look('6-palette')
      await page.keyboard.press('Escape')
      await page.locator('.palette').waitFor({ state: 'detached' })
      await page.locator('.report-text').focus()
      await page.keyboard.press('?')
      await page.locator('.key-sheet').waitFor()
      await look('6-keys')
      await page.keyboard.press('Escape')
      await page.locator('.key-sheet').waitFor({ state: 'detached' })

      await page
        .locator('input[type=file][multiple]')
        .first()
        .setInputFiles([
          { name: '报告.txt', mimeType: 'text/plain', buffer: Buffer.from('第一段。\n第二段。') },
          { name: '空.txt', mimeType: 'text/plain', buffer: Buffer.from('') },
          {
            name: '图片.txt',
            mimeType: 'text/plain',
            buffer: Buffer.from('89504e470d0a1a0a', 'hex'),
          },
        ])
      await page.getByRole('dialog').getByRole('option').nth(2).waitFor()
      await look('7-import')
      await page.getByRole('dialog').getByRole('button', { name: words.import }).last().click()
      await page.getByRole('dialog').getByText(words.imported).waitFor()
      await look('8-import-done')
      await page.keyboard.press('Escape')

      await page.getByRole('button', { name: words.leave }).click()
      await page.getByRole('button', { name: words.newProject }).first().waitFor()
      await look('9-projects')
      await page.getByRole('button', { name: words.newProject }).first().click()
      await page.getByRole('dialog').last().waitFor()
      await look('10-new-project')
      expect(errors).toEqual([])
    } finally {
      await browser.close()
      await server.stop()
      await folder.clean()
    }
  })
}

test('language and theme switch at once and are remembered', async () => {
  const folder = await temporaryFolder()
  const server = await startServer(join(folder.path, 'data'))
  let browser: BrowserContext = await startBrowser(join(folder.path, 'profile'))
  try {
    let { page } = await openApp(browser, server.url)
    await page.getByText('中文', { exact: true }).click()
    await expect(page.getByRole('heading', { name: '欢迎使用 Codicil' })).toBeVisible()
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('zh-CN')
    await page.getByLabel('深色').click({ force: true })
    await expect(page.locator(':root')).toHaveAttribute('data-theme', 'dark')
    await browser.close()
    browser = await startBrowser(join(folder.path, 'profile'))
    ;({ page } = await openApp(browser, server.url))
    await expect(page.getByRole('heading', { name: '欢迎使用 Codicil' })).toBeVisible()
    await expect(page.locator(':root')).toHaveAttribute('data-theme', 'dark')
  } finally {
    await browser.close()
    await server.stop()
    await folder.clean()
  }
})

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
