import { expect, it } from 'vitest'
import { cellWords, columnName } from '../../../renderer/sets/column-words'
import { type Cell, type ColumnKey, FACTS } from '../../../shared/analysis/report-row'
import type { VariableId } from '../../../shared/domain/id'
import { READ_VARIABLES, type Variable, type VariableKey } from '../../../shared/domain/variable'
import { DOCUMENT_FORMATS } from '../../../shared/extract/document'
import { speechIn } from '../../support/speech'

const OWN = 'v1' as VariableId
const variables = new Map<VariableKey, Variable>([
  [OWN, { id: OWN, name: '\u4EBA\u53E3', type: 'number', categories: '', rank: 0, createdAt: 0 }],
])
const LANGUAGES = { zh: speechIn('zh'), en: speechIn('en') }

it.each(['zh', 'en'] as const)('names every column differently in %s', language => {
  const { t } = LANGUAGES[language]
  const keys: ColumnKey[] = ['name', ...READ_VARIABLES, ...FACTS, OWN]
  const names = keys.map(key => columnName(t, key, variables))
  expect(new Set(names).size).toBe(keys.length)
  expect(names.filter(name => /columns\.|^$/.test(name))).toEqual([])
})

it('names an own variable as its researcher did, and says of a deleted one that it is', () => {
  expect(columnName(LANGUAGES.en.t, OWN, variables)).toBe('\u4EBA\u53E3')
  expect(columnName(LANGUAGES.en.t, 'v2' as VariableId, variables)).toBe('a deleted variable')
})

it.each<[ColumnKey, Cell, string, string]>([
  ['place', null, '', ''],
  [OWN, true, '\u662F', 'Yes'],
  [OWN, false, '\u5426', 'No'],
  ['year', 2023, '2023', '2023'],
  [OWN, 1234567.5, '1234567.5', '1234567.5'],
  [OWN, 1e-7, '0.0000001', '0.0000001'],
  [OWN, -2e21, '-2000000000000000000000', '-2000000000000000000000'],
  ['chars', 12345, '12,345', '12,345'],
  ['format', 'html', '\u7F51\u9875', 'Web page'],
  ['format', 'djvu', 'djvu', 'djvu'],
  ['submission', 'after', '\u671F\u9650\u4E4B\u540E', 'Late'],
  ['place', '\u56FA\u5B89\u53BF', '\u56FA\u5B89\u53BF', '\u56FA\u5B89\u53BF'],
])('says of %s that it is %s', (key, cell, inZh, inEn) => {
  expect([cellWords(LANGUAGES.zh, key, cell), cellWords(LANGUAGES.en, key, cell)]).toEqual([
    inZh,
    inEn,
  ])
})

it('has a name for every format and standing', () => {
  const formats = DOCUMENT_FORMATS.map(format => cellWords(LANGUAGES.zh, 'format', format))
  const standings = ['before', 'on', 'after', 'unclear'].map(standing =>
    cellWords(LANGUAGES.en, 'publication', standing),
  )
  expect(new Set(formats).size).toBe(DOCUMENT_FORMATS.length)
  expect(standings).toEqual(['In time', 'On the day', 'Late', 'Unclear'])
})

it('says when a report was imported, not how many milliseconds', () => {
  expect(cellWords(LANGUAGES.en, 'addedAt', Date.UTC(2024, 0, 29, 12))).toMatch(/2024/)
})
