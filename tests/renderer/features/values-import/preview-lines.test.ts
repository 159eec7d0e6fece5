import i18next from 'i18next'
import { expect, it } from 'vitest'
import { linesOf } from '../../../../renderer/features/values-import/preview-lines'
import type { TableHead, ValuesPreview } from '../../../../renderer/jobs/values-job'
import en from '../../../../renderer/locale/en.json'
import zh from '../../../../renderer/locale/zh.json'

const CLASH = { key: 'k', rows: [12, 1234], titles: ['a', 'b'], reports: 2 }

/** The one line of a preview in which two rows clash over two reports. */
async function clashIn(language: 'en' | 'zh'): Promise<string | undefined> {
  const i18n = i18next.createInstance()
  const translation = language === 'en' ? en : zh
  const resources = { [language]: { translation } }
  await i18n.init({ lng: language, interpolation: { escapeValue: false }, resources })
  const preview = { clashes: { count: 1, lines: [CLASH] } } as unknown as ValuesPreview
  const head = { columns: [] } as unknown as TableHead
  return linesOf(i18n.t, 'clashes', { preview, head, number: value => `#${value}` })[0]?.words
}

it('joins rows and titles as the language does, and writes row numbers as spreadsheets do', async () => {
  expect(await clashIn('zh')).toBe(
    '\u201ck\u201d\uff1a\u7b2c 12\u30011234 \u884c\u4e0e #2 \u4efd\u62a5\u544a\u76f8\u7b26\uff1a\u201ca\u201d\u3001\u201cb\u201d',
  )
  expect(await clashIn('en')).toBe(
    '\u201ck\u201d: rows 12, 1234 fit #2 reports: \u201ca\u201d, \u201cb\u201d',
  )
})
