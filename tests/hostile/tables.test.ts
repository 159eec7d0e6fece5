import 'fake-indexeddb/auto'
import i18next, { type TFunction } from 'i18next'
import { beforeAll, expect, it } from 'vitest'
import { readValuesTable } from '../../renderer/jobs/values-job'
import en from '../../renderer/locale/en.json'
import zh from '../../renderer/locale/zh.json'
import { problemWords } from '../../renderer/workspace/file-words'
import type { DocumentProblem } from '../../shared/extract/document'
import { compound } from '../support/compound'
import { entry, fixture } from '../support/documents-office'
import { encodeAs } from '../support/encode'
import { file, freshDb } from '../support/import'
import { freshProject } from '../support/project'
import { deflatedZeros, zipOf } from '../support/zip'

// Tables that strangers send to be taken in. What cannot be read says why in both languages and
// changes nothing; what is odd and can be read, is.

const utf8 = (text: string) => new TextEncoder().encode(text)
const rows = (count: number, row: (nth: number) => string) =>
  utf8(Array.from({ length: count }, (_, i) => row(i)).join('\n'))

const REFUSED: Readonly<Record<string, readonly [string, Uint8Array, DocumentProblem]>> = {
  'an encrypted workbook': ['a.xlsx', compound('EncryptionInfo', 'EncryptedPackage'), 'encrypted'],
  'an old workbook': ['a.xls', compound('Workbook'), 'old-office'],
  'an empty file': ['a.csv', utf8(''), 'empty'],
  'names without rows': ['a.csv', utf8('a,b,c\n\n\n'), 'empty'],
  'half a workbook': ['a.xlsx', fixture('xlsx/openpyxl.xlsx').slice(0, 3000), 'damaged'],
  'a picture that says it is a table': [
    'a.csv',
    Uint8Array.from(Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')),
    'unsupported',
  ],
  'a workbook of another kind of zip': ['a.xlsx', zipOf([entry('x.txt', 'x')]), 'damaged'],
  'a bomb': [
    'a.xlsx',
    zipOf([
      entry('[Content_Types].xml', ''),
      {
        name: 'xl/workbook.xml',
        data: new Uint8Array(),
        deflated: deflatedZeros(600),
        size: 1000,
      },
    ]),
    'bomb',
  ],
  'entities in a sheet': [
    'a.xlsx',
    zipOf([
      entry('[Content_Types].xml', '<Types/>'),
      entry('xl/workbook.xml', '<!DOCTYPE x [<!ENTITY a "a">]><workbook>&a;</workbook>'),
    ]),
    'doctype',
  ],
  'a quote that is never closed': ['a.csv', utf8('a,b\n1,"2\n3,4\n'), 'damaged'],
  'more columns than a table has': [
    'a.csv',
    rows(3, () => 'x,'.repeat(1000).concat('x')),
    'too-many-columns',
  ],
  'more rows than a table has': ['a.csv', rows(200_002, i => `${i},1`), 'too-many-rows'],
}

const words: Record<'zh' | 'en', TFunction> = {} as Record<'zh' | 'en', TFunction>

beforeAll(async () => {
  await i18next.init({ resources: { zh: { translation: zh }, en: { translation: en } } })
  words.zh = i18next.getFixedT('zh') as TFunction
  words.en = i18next.getFixedT('en') as TFunction
})

const LIMITS = { cells: 100_000, lines: 10 }

it.each(Object.entries(REFUSED))('refuses %s, and says so in both languages', async (_, told) => {
  const [name, bytes, problem] = told
  const wish = { file: file(name, bytes), sheet: null, encoding: null }
  const read = await readValuesTable(wish, await freshDb(), LIMITS)
  if ('head' in read) throw new Error('it was read')
  expect(read.problem).toBe(problem)
  for (const language of ['zh', 'en'] as const) {
    const { what, todo } = problemWords(words[language], read, String)
    for (const text of [what, todo]) {
      expect(text).not.toMatch(/\{\{|undefined|NaN|^import\./)
      expect(/\p{Script=Han}/u.test(text), text).toBe(language === 'zh')
    }
  }
})

it.each([
  ['a workbook that says it is csv', 'a.csv', fixture('xlsx/openpyxl-values.xlsx'), 6],
  ['a csv that says it is a workbook', 'a.xlsx', utf8('file,x\nr1,1\n'), 1],
  ['a csv in GBK that says it is text', 'a.txt', encodeAs('文件名,人数\nr1,1\n', 'gb18030'), 1],
  ['500 columns', 'a.csv', rows(50, i => `r${i},`.concat('1,'.repeat(499))), 49],
] as const)('reads %s', async (_, name, bytes, count) => {
  const wish = { file: file(name, bytes), sheet: null, encoding: null }
  const read = await readValuesTable(wish, await freshDb(), LIMITS)
  expect('head' in read && read.head.rows).toBe(count)
})

it('decides nothing about keys that stand twice, in 100,000 rows as little as in two', async () => {
  const project = await freshProject()
  const many = rows(100_001, i => (i === 0 ? 'file,n' : `r${1 + (i % 2)}.txt,${i}`))
  const wish = { file: file('a.csv', many), sheet: null, encoding: null }
  const read = await readValuesTable(wish, project.db, LIMITS)
  if (!('head' in read)) throw new Error(read.problem)
  const found = read.preview({ key: read.head.key, targets: read.head.targets })
  expect(found).toMatchObject({ matched: 0, cells: 0, clashes: { count: 2 } })
  expect(found.clashes.lines[0]!.rows.length).toBeLessThan(50)
})
