import { expect, it } from 'vitest'
import { conditionWords, filterWords, valueWords } from '../../../renderer/sets/condition-words'
import type { Condition } from '../../../shared/analysis/report-filter'
import type { VariableId } from '../../../shared/domain/id'
import { speechIn } from '../../support/speech'

const { zh, en } = { zh: speechIn('zh'), en: speechIn('en') }
const none = new Map()

it.each<[Condition, string, string]>([
  [
    { column: 'year', is: 'between', from: 2020, to: 2023 },
    '\u5E74\u5EA6 2020\u20132023',
    'Year covered 2020\u20132023',
  ],
  [
    { column: 'year', is: 'between', from: 2023, to: 2023 },
    '\u5E74\u5EA6 2023',
    'Year covered 2023',
  ],
  [
    { column: 'chars', is: 'between', from: 12000, to: null },
    '\u5B57\u6570 12,000 \u8D77',
    'Characters from 12,000',
  ],
  [
    { column: 'date', is: 'between', from: null, to: '2024-01' },
    '\u65E5\u671F 2024-01 \u6B62',
    'Date up to 2024-01',
  ],
  [
    { column: 'level', is: 'one-of', values: ['\u53BF', ''] },
    '\u5C42\u7EA7\u4E3A\u53BF\u3001\uFF08\u7F3A\u5931\uFF09',
    'Level is \u53BF, (missing)',
  ],
  [
    { column: 'format', is: 'none-of', values: ['html'] },
    '\u683C\u5F0F\u4E0D\u4E3A\u7F51\u9875',
    'Format is not Web page',
  ],
  [
    { column: 'level', is: 'one-of', values: ['a', 'b', 'c', 'd', 'e'] },
    '\u5C42\u7EA7\u4E3Aa\u3001b\u3001c\u7B49\uFF0C\u53E6\u6709 2 \u4E2A',
    'Level is a, b, c or 2 more',
  ],
  [
    { column: 'level', is: 'one-of', values: [] },
    '\u5C42\u7EA7\u672A\u9009\u4EFB\u4F55\u503C',
    'Level is none of its values',
  ],
  [
    { column: 'place', is: 'containing', text: 'x' },
    '\u5730\u533A\u542B\u201Cx\u201D',
    'Place contains \u201Cx\u201D',
  ],
  [{ column: 'place', is: 'asking' }, '\u5730\u533A\u5F85\u786E\u8BA4', 'Place is to be confirmed'],
])('says %j in both languages', (condition, inZh, inEn) => {
  expect([conditionWords(zh, condition, none), conditionWords(en, condition, none)]).toEqual([
    inZh,
    inEn,
  ])
})

it('says what a rule about a deleted variable was about', () => {
  const condition: Condition = { column: 'v9' as VariableId, is: 'filled' }
  expect(conditionWords(en, condition, none)).toBe('a deleted variable is filled in')
})

it('joins conditions, and says of no condition that all reports are in', () => {
  const filter = {
    all: [
      { column: 'year', is: 'filled' },
      { column: 'place', is: 'missing' },
    ],
  } as const
  expect(filterWords(en, filter, none)).toBe('Year covered is filled in; Place is missing')
  expect(filterWords(en, { all: [] }, none)).toBe('All reports')
})

it('words a value as its cell is worded, and a word that only looks like yes as it is', () => {
  expect(valueWords(en, 'true', { column: 'place', type: 'yesno' })).toBe('Yes')
  expect(valueWords(en, 'true', { column: 'place', type: 'text' })).toBe('true')
  expect(valueWords(en, '12000', { column: 'chars', type: 'number' })).toBe('12,000')
  expect(valueWords(en, '007', { column: 'place', type: 'text' })).toBe('007')
})
