import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { scanFrames } from '../../shared/journal/frame'
import { onlyProjectIn } from '../crash/folder'
import { openApp, startBrowser, startServer, temporaryFolder } from '../support/app'

// A real project folder and a real browser store are tampered with: the check says so in words,
// repairs by adding, and is content afterwards. A journal that is damaged in its middle is
// recovered into a new project.

const PICTURES = join(import.meta.dirname, '../../test-results/looks')
mkdirSync(PICTURES, { recursive: true })

const WORDS = {
  'zh-CN': {
    sample: '打开示例项目',
    project: /示例项目：/,
    menu: '菜单',
    check: '检查项目…',
    fine: '一切正常',
    found: '检查发现了问题',
    text: '有 1 份文本在项目文件夹中受损，但本机工作副本中完好',
    restore: '放回文本',
    copy: '本机的工作副本与项目文件夹不一致',
    codes: '不一致的编码：1',
    rebuild: '重建工作副本',
    copyReport: '复制报告',
    close: '关闭',
    leave: '返回项目列表',
    damaged: /项目日志的中间部分已损坏/,
    rescue: '找回还能读取的内容',
    rescued: /已在受损项目旁边新建/,
    open: '打开找回的项目',
  },
  'en-US': {
    sample: 'Open the sample project',
    project: /Sample project:/i,
    menu: 'Menu',
    check: 'Check project…',
    fine: 'Everything is in order',
    found: 'Not everything is in order',
    text: 'Texts damaged in the folder, but whole in this machine’s working copy: 1',
    restore: 'Put the texts back',
    copy: 'The working copy on this machine differs from the project folder',
    codes: 'Codes that differ: 1',
    rebuild: 'Rebuild working copy',
    copyReport: 'Copy report',
    close: 'Close',
    leave: 'Back to projects',
    damaged: /journal is damaged in the middle/,
    rescue: 'Recover what can be read',
    rescued: /was made beside the damaged project/,
    open: 'Open the recovered project',
  },
} as const

for (const [language, theme] of [
  ['zh-CN', 'light'],
  ['en-US', 'dark'],
  ['zh-CN', 'dark'],
  ['en-US', 'light'],
] as const) {
  test(`damage is found, told and repaired in ${language}, ${theme}`, async () => {
    const words = WORDS[language]
    const folder = await temporaryFolder()
    const dataDir = join(folder.path, 'data')
    const server = await startServer(dataDir)
    const browser = await startBrowser(join(folder.path, 'profile'), { language, theme })
    try {
      const { page } = await openApp(browser, server.url)
      const look = (name: string) => judge(page, `check-${name}-${language}-${theme}`)
      const button = (name: string) => page.getByRole('button', { name, exact: true })
      const check = async () => {
        await button(words.menu).click()
        await page.getByRole('menuitem', { name: words.check }).click()
      }
      await button(words.sample).click()
      await button(words.menu).waitFor()
      await check()
      await expect(page.getByText(words.fine)).toBeVisible()
      await look('1-fine')
      await button(words.close).click()

      const project = onlyProjectIn(dataDir)
      flip(join(project, 'blobs/000001.pack'), 0)
      await tamperWithCopy(page)
      await check()
      await expect(page.getByText(words.found)).toBeVisible()
      await expect(page.getByText(words.text)).toBeVisible()
      await expect(page.getByText(words.copy)).toBeVisible()
      await expect(page.getByText(words.codes)).toBeVisible()
      await look('2-found')

      await button(words.restore).click()
      await expect(page.getByText(words.text)).toBeHidden()
      await expect(page.getByText(words.copy)).toBeVisible()
      await button(words.rebuild).click()
      await expect(page.getByText(words.fine)).toBeVisible()
      await expect(page.getByText(words.copy)).toBeHidden()
      await button(words.close).click()
      await expect(page.getByText('tampered')).toBeHidden()

      await button(words.leave).click()
      await button(words.menu).waitFor({ state: 'hidden' })
      await expect.poll(() => readdirSync(project).includes('lock')).toBe(false)
      flip(join(project, 'journal/000001.log'), 2)
      await page.getByRole('button', { name: words.project }).first().click()
      await expect(page.getByText(words.damaged)).toBeVisible()
      await look('3-damaged')
      await button(words.rescue).click()
      await expect(page.getByText(words.rescued)).toBeVisible()
      await look('4-rescued')
      await button(words.open).click()
      await button(words.menu).waitFor()
      await check()
      await expect(page.getByText(words.fine)).toBeVisible()
    } finally {
      await browser.close()
      await server.stop()
      await folder.clean()
    }
  })
}

/** Changes one bit in the middle of a file's frame of that number. */
function flip(path: string, frame: number): void {
  const bytes = readFileSync(path)
  const { start, end } = scanFrames(bytes).frames[frame]!
  const at = (start + end + 100) >> 1
  bytes[at] = (bytes[at] ?? 0) ^ 1
  writeFileSync(path, bytes)
}

/** Gives a code another name in the browser's store, behind the program's back. */
async function tamperWithCopy(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const named = (await indexedDB.databases()).find(({ name }) => /^codicil-.*-\d+$/.test(name!))
    const asked = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    const db = await asked(indexedDB.open(named!.name!))
    const codes = db.transaction('codes', 'readwrite').objectStore('codes')
    const [first] = await asked(codes.getAll())
    await asked(codes.put({ ...first, name: 'tampered' }))
    db.close()
  })
}

/** Takes a picture, and lets axe look for what keeps people out. */
async function judge(page: Page, name: string): Promise<void> {
  await page.waitForFunction(() =>
    document.getAnimations().every(each => each.playState !== 'running'),
  )
  await page.screenshot({ path: join(PICTURES, `${name}.png`) })
  const { violations } = await new AxeBuilder({ page })
    // React Aria's announcements, which may name a button that has gone meanwhile.
    .exclude('[data-live-announcer]')
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze()
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
}
