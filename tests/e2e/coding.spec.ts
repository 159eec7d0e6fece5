import { expect, type Page, test } from '@playwright/test'
import { openApp, startBrowser, startServer, temporaryFolder } from '../support/app'
import { openReport, selectPassage } from '../support/reading'

// Coding by keys: the picker at the selection, units of the text, ways to the next place, the
// palette, and keys of one's own.

const REPORT = '云岭市2023年法治政府建设年度报告'

async function withReport(work: (page: Page) => Promise<void>): Promise<void> {
  const folder = await temporaryFolder()
  const server = await startServer(`${folder.path}/data`)
  const browser = await startBrowser(`${folder.path}/profile`, { language: 'zh-CN' })
  try {
    const { page, errors } = await openApp(browser, server.url)
    await page.getByRole('button', { name: '打开示例项目' }).click()
    await openReport(page, REPORT)
    await work(page)
    expect(errors).toEqual([])
  } finally {
    await browser.close()
    await server.stop()
    await folder.clean()
  }
}

const picker = (page: Page) => page.getByRole('region', { name: '选择编码' })
const field = (page: Page) => picker(page).getByRole('combobox')
const options = (page: Page) => picker(page).getByRole('option')
const selected = (page: Page) => page.evaluate(() => getSelection()?.toString() ?? '')
const count = async (page: Page) =>
  Number.parseInt((await page.locator('.reader-facts').textContent())!.split('·')[1]!, 10)

test('a code is picked by its pinyin, made on the spot, and applied again', async () => {
  await withReport(async page => {
    const before = await count(page)
    await selectPassage(page, '一是围绕山区特色开展立法。')
    await page.keyboard.press('Enter')
    await expect(field(page)).toBeFocused()
    await page.keyboard.type('dflf')
    await expect(options(page).first()).toContainText('地方立法与规章')
    await page.keyboard.press('Enter')
    await expect(picker(page)).toHaveCount(0)
    await expect.poll(() => count(page)).toBe(before + 1)
    // The text has the focus again, and what was selected still is.
    await expect(page.locator('.report-text')).toBeFocused()
    expect(await selected(page)).toBe('一是围绕山区特色开展立法。')

    await page.keyboard.press('c')
    await page.keyboard.type('山区立法')
    await expect(options(page)).toHaveText([/新建编码“山区立法”/])
    await page.keyboard.press('Enter')
    await expect.poll(() => count(page)).toBe(before + 2)
    await expect(page.locator('.stripe', { hasText: '山区立法' })).toHaveCount(1)
    // Code and coding are one step.
    await page.keyboard.press('Control+z')
    await expect.poll(() => count(page)).toBe(before + 1)
    await expect(page.locator('.stripe', { hasText: '山区立法' })).toHaveCount(0)
    await page.keyboard.press('c')
    await page.keyboard.type('sqlf')
    await expect(options(page).filter({ hasText: '山区立法' })).toHaveCount(0)
    await page.keyboard.press('Escape')

    await page.keyboard.press('Enter')
    await page.keyboard.press('Escape')
    await expect(page.locator('.report-text')).toBeFocused()
    expect(await count(page)).toBe(before + 1)
  })
})

test('one key selects a unit, another makes it larger, a third codes it', async () => {
  await withReport(async page => {
    const before = await count(page)
    await selectPassage(page, '山区特色')
    await page.keyboard.press('s')
    const sentence = await selected(page)
    expect(sentence).toMatch(/^一是围绕山区特色开展立法。$/)
    await page.keyboard.press(']')
    const larger = await selected(page)
    expect(larger.length).toBeGreaterThan(sentence.length)
    expect(larger).toContain(sentence)
    await page.keyboard.press('[')
    expect(await selected(page)).toBe(sentence)
    await page.keyboard.press('1')
    await expect.poll(() => count(page)).toBe(before + 1)

    await openReport(page, '青禾县2022年法治政府建设情况报告')
    const there = await count(page)
    await page.keyboard.press('Control+Home')
    await page.keyboard.press('u')
    await expect.poll(() => selected(page)).toMatch(/^.{20,}/)
    await page.keyboard.press('a')
    await expect.poll(() => count(page)).toBe(there + 1)
    await page.keyboard.press('s')
    await page.keyboard.press('v')
    await expect.poll(() => count(page)).toBe(there + 2)

    await page.keyboard.press('Control+Home')
    await page.keyboard.press('n')
    await expect(page.locator('.picked')).toBeVisible()
    const first = await selected(page)
    await page.keyboard.press('n')
    await expect.poll(() => selected(page)).not.toBe(first)
    await page.keyboard.press('Shift+N')
    await expect.poll(() => selected(page)).toBe(first)
  })
})

test('nothing is picked or left while pinyin is being composed', async () => {
  await withReport(async page => {
    const before = await count(page)
    await selectPassage(page, '一是围绕山区特色开展立法。')
    await page.keyboard.press('Enter')
    await expect(field(page)).toBeFocused()
    const session = await page.context().newCDPSession(page)
    const compose = (text: string) =>
      session.send('Input.imeSetComposition', {
        ...{ text, selectionStart: text.length, selectionEnd: text.length },
      })
    const pressComposing = async (key: string) => {
      for (const type of ['rawKeyDown', 'keyUp'] as const) {
        await session.send('Input.dispatchKeyEvent', { type, key, windowsVirtualKeyCode: 229 })
      }
    }
    for (const text of ['l', 'li', 'lif', 'lifa']) await compose(text)
    for (const key of ['Enter', 'ArrowDown', 'Escape']) await pressComposing(key)
    await expect(field(page)).toBeFocused()
    expect(await count(page)).toBe(before)
    await session.send('Input.insertText', { text: '立法' })
    await expect(field(page)).toHaveValue('立法')
    await expect(options(page).first()).toContainText('立法')
    await page.keyboard.press('Enter')
    await expect.poll(() => count(page)).toBe(before + 1)
  })
})

test('the palette finds commands, reports and codes', async () => {
  await withReport(async page => {
    const palette = page.getByRole('dialog', { name: '查找命令、报告或编码' })
    await page.keyboard.press('Control+Shift+P')
    await page.keyboard.type('bgb')
    await expect(palette.getByRole('option').first()).toContainText('报告总表')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('region', { name: '报告总表' })).toBeVisible()

    await page.keyboard.press('Control+p')
    await page.keyboard.type('2022')
    await page.keyboard.press('Enter')
    await expect(palette).toHaveCount(0)
    await expect(page.getByRole('heading', { level: 1, name: /2022/ })).toBeVisible()

    await page.keyboard.press('Control+Shift+P')
    await page.keyboard.type('#dflf')
    await expect(palette.getByRole('option').first()).toContainText('地方立法与规章')
    await page.keyboard.press('Escape')
    await expect(palette).toHaveCount(0)
  })
})

test('keys are shown, changed, and kept from clashing', async () => {
  await withReport(async page => {
    await page.locator('.report-text').focus()
    await page.keyboard.press('?')
    const sheet = page.getByRole('dialog', { name: '键盘快捷键' })
    await expect(sheet).toBeVisible()
    const change = sheet.getByRole('button', { name: '更改“选中句子”的按键' })
    await change.click()
    await page.keyboard.press('u')
    await expect(sheet).toContainText('已用于“下一个未编码段落”')
    await page.keyboard.press('j')
    await expect(change).toBeVisible()
    await sheet.getByRole('button', { name: '完成' }).click()
    await selectPassage(page, '山区特色')
    await page.keyboard.press('s')
    expect(await selected(page)).toBe('山区特色')
    await page.keyboard.press('j')
    await expect.poll(() => selected(page)).toBe('一是围绕山区特色开展立法。')
  })
})

test('an active code takes every selection until it is left', async () => {
  await withReport(async page => {
    const before = await count(page)
    await selectPassage(page, '一是围绕山区特色开展立法。')
    await page.keyboard.press('2')
    await expect.poll(() => count(page)).toBe(before + 1)
    await page.keyboard.press('Shift+A')
    await expect(page.locator('.active-code')).toContainText('机构职能与营商环境')
    await selectPassage(page, '山区特色')
    await expect.poll(() => count(page)).toBe(before + 2)
    // A unit is a selection like any other, and each coding a step of its own.
    await page.keyboard.press('l')
    await page.keyboard.press('p')
    await expect.poll(() => count(page)).toBeGreaterThan(before + 2)
    await page.keyboard.press('Escape')
    await expect(page.locator('.active-code')).toHaveCount(0)
    const then = await count(page)
    await selectPassage(page, '开展立法')
    await page.keyboard.press('Control+z')
    await expect.poll(() => count(page)).toBe(then - 1)
  })
})

test('finds in the report whatever the width, and leaves what was found selected', async () => {
  await withReport(async page => {
    await page.locator('.report-text').focus()
    await page.keyboard.press('Control+f')
    const field = page.getByRole('textbox', { name: '在本报告中查找' })
    await expect(field).toBeFocused()
    await page.keyboard.type('2024\u5E74')
    const told = page.locator('.find-count')
    await expect(told).toHaveText(/^第 1 处，共 [2-9] 处$/)
    await expect(page.locator('.find-current')).toHaveText('2024年')
    await page.keyboard.press('Enter')
    await expect(told).toHaveText(/^第 2 处/)
    await page.keyboard.press('Shift+F3')
    await expect(told).toHaveText(/^第 1 处/)
    await page.keyboard.press('Escape')
    await expect(page.locator('.find-bar')).toHaveCount(0)
    await expect(page.locator('.find-hit')).toHaveCount(0)
    await expect(page.locator('.report-text')).toBeFocused()
    expect(await selected(page)).toBe('2024年')
    await page.keyboard.press('Control+f')
    await expect(field).toHaveValue('2024年')
    await page.keyboard.press('Control+a')
    await page.keyboard.type('\uFF08\u4E00\uFF09')
    await expect(page.locator('.find-current')).toHaveText('（一）')
    await page.keyboard.press('Control+a')
    await page.keyboard.type('(\u4E00)')
    await expect(page.locator('.find-current')).toHaveText('（一）')
    await page.keyboard.type('xyz')
    await expect(told).toHaveText('没有找到')
  })
})

test('all that was found is gone through, and coded as one step', async () => {
  await withReport(async page => {
    const before = await count(page)
    await page.locator('.report-text').focus()
    await page.keyboard.press('Control+f')
    await page.keyboard.type('执法')
    const told = page.locator('.find-count')
    await expect(told).toHaveText(/共/)
    const places = Number(/共 (\d+) 处/.exec((await told.textContent())!)![1])
    expect(places).toBeGreaterThan(2)
    await page.getByRole('button', { name: '全部编码…' }).click()
    const dialog = page.getByRole('dialog')
    await expect(dialog.getByRole('combobox')).toBeFocused()
    await page.keyboard.type('xzfy')
    const choices = dialog.getByRole('listbox', { name: '选择编码' })
    await expect(choices.getByRole('option').first()).toContainText('行政复议')
    await page.keyboard.press('Enter')
    await dialog.getByRole('listbox', { name: '找到的位置' }).getByRole('option').first().click()
    const run = dialog.getByRole('button', { name: /^编码 \d+ 个片段$/ })
    await expect(run).toHaveText(`编码 ${places - 1} 个片段`)
    await run.click()
    await expect.poll(() => count(page)).toBe(before + places - 1)
    await page.locator('.report-text').focus()
    await page.keyboard.press('Control+z')
    await expect.poll(() => count(page)).toBe(before)
  })
})
