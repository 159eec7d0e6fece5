import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  type Condition,
  filterJson,
  filterOf,
  isWanted,
  NO_FILTER,
  type ReportFilter,
  wantedBy,
  withCondition,
} from '../../../shared/analysis/report-filter'
import { type ColumnKey, type ReportRow, rowOf } from '../../../shared/analysis/report-row'
import type { Value, VariableKey } from '../../../shared/domain/variable'
import { reportNamed } from '../../support/project'

const ROW = rowWith({ place: '\u56fa\u5b89\u53bf', year: 2022, date: '2023-01', level: '\u53bf' })

it.each<[string, Condition, boolean]>([
  [
    'has words in any order, width and case',
    { column: 'name', is: 'containing', text: '\uff32 1' },
    true,
  ],
  ['lacks a word', { column: 'place', is: 'containing', text: '\u56fa\u5b89 \u5e02' }, false],
  ['is one of some', { column: 'level', is: 'one-of', values: ['\u5e02', '\u53bf'] }, true],
  ['is missing, as one of some', { column: 'province', is: 'one-of', values: [''] }, true],
  ['is none of these', { column: 'level', is: 'one-of', values: ['\u5e02'] }, false],
  ['is not among some', { column: 'level', is: 'none-of', values: ['\u5e02'] }, true],
  ['is among some', { column: 'level', is: 'none-of', values: ['\u53bf', ''] }, false],
  [
    'is missing, where that is ruled out',
    { column: 'province', is: 'none-of', values: [''] },
    false,
  ],
  ['is filled', { column: 'year', is: 'filled' }, true],
  ['is missing', { column: 'province', is: 'missing' }, true],
  ['asks, and so counts as missing', { column: 'parent', is: 'missing' }, true],
  ['asks', { column: 'parent', is: 'asking' }, true],
  ['does not ask', { column: 'year', is: 'asking' }, false],
  ['lies within, ends included', { column: 'year', is: 'between', from: 2022, to: 2022 }, true],
  ['lies below', { column: 'year', is: 'between', from: 2023, to: null }, false],
  ['has no number to lie anywhere', { column: 'hanChars', is: 'between', from: null, to: 9 }, true],
  ['is a date in a year', { column: 'date', is: 'between', from: '2023', to: '2023' }, true],
  [
    'is a month around a day',
    { column: 'date', is: 'between', from: '2023-01-15', to: null },
    true,
  ],
  ['is a date before', { column: 'date', is: 'between', from: '2023-02', to: null }, false],
  [
    'is a year around a month',
    { column: 'date', is: 'between', from: '2023-01', to: '2023-01' },
    true,
  ],
  [
    'is text that is no number to compare',
    { column: 'place', is: 'between', from: 1, to: 9 },
    false,
  ],
  ['is a number beside dates', { column: 'year', is: 'between', from: '2023-01', to: null }, false],
  ['is missing between ends', { column: 'province', is: 'between', from: null, to: null }, false],
  ['is a date after', { column: 'date', is: 'between', from: null, to: '2022-12-31' }, false],
])('tells of a cell that it %s', (_what, condition, answer) => {
  expect(isWanted(ROW, { all: [condition] })).toBe(answer)
})

it('wants all conditions met, and lets all through without any', () => {
  const year: Condition = { column: 'year', is: 'filled' }
  const province: Condition = { column: 'province', is: 'filled' }
  expect(isWanted(ROW, { all: [year, province] })).toBe(false)
  expect(isWanted(ROW, NO_FILTER)).toBe(true)
})

it('has one condition a column, which stays in its place when it is replaced', () => {
  const filled = (column: ColumnKey): Condition => ({ column, is: 'filled' })
  const both: ReportFilter = { all: [filled('year'), filled('place')] }
  const changed: Condition = { column: 'year', is: 'missing' }
  expect(withCondition(both, 'year', changed).all).toEqual([changed, filled('place')])
  expect(withCondition(both, 'year', null).all).toEqual([filled('place')])
  expect(withCondition(both, 'date', filled('date')).all).toHaveLength(3)
})

it('is kept as JSON and read again, whatever it says', () => {
  const condition: fc.Arbitrary<Condition> = fc.oneof(
    fc.record({
      column: fc.constantFrom<ColumnKey>('year', 'name'),
      is: fc.constantFrom('filled', 'asking'),
    }),
    fc.record({
      column: fc.constant<ColumnKey>('level'),
      is: fc.constantFrom('one-of', 'none-of'),
      values: fc.uniqueArray(fc.string()).map(values => values.sort()),
    }),
    fc.record({
      column: fc.constant<ColumnKey>('place'),
      is: fc.constant('containing'),
      text: fc.string(),
    }),
    fc.record({
      column: fc.constant<ColumnKey>('date'),
      is: fc.constant('between'),
      from: fc.option(fc.string()),
      to: fc.option(fc.integer()),
    }),
  )
  fc.assert(
    fc.property(fc.array(condition), all => {
      expect(filterOf(filterJson({ all }))).toEqual({ all })
    }),
  )
})

it('is the same JSON, however the values of a condition were collected', () => {
  const ofValues = (values: string[]) =>
    filterJson({ all: [{ column: 'level', is: 'one-of', values }] })
  expect(ofValues(['b', 'a', 'b'])).toBe(ofValues(['a', 'b']))
})

it('lets no more through with another condition, and what one leaves out its contrary lets in', () => {
  const years = fc.array(fc.constantFrom('2021', '2022', ''))
  const cells = fc.array(fc.option(fc.constantFrom(2021, 2022)))
  fc.assert(
    fc.property(years, cells, (values, held) => {
      const rows = held.map(year => rowWith(year === null ? {} : { year }))
      const one: Condition = { column: 'year', is: 'one-of', values }
      const others: Condition = { column: 'year', is: 'none-of', values }
      const count = (all: Condition[]) => rows.filter(wantedBy({ all })).length
      expect(count([one]) + count([others])).toBe(rows.length)
      expect(count([one, { column: 'year', is: 'filled' }])).toBeLessThanOrEqual(count([one]))
    }),
  )
})

it.each(['', '{', '[]', '{"all":1}', '{"all":[{"column":"year","is":"wild"}]}', '{"all":[null]}'])(
  'reads no filter out of %s',
  json => {
    expect(filterOf(json)).toBeNull()
  },
)

function rowWith(values: Partial<Record<VariableKey, string | number>>): ReportRow {
  const report = reportNamed('r1')
  const read = Object.entries(values).map(([variable, value]) =>
    cellWith(variable, value ?? '', 'read'),
  )
  return rowOf(report, [...read, cellWith('parent', '\u5eca\u574a\u5e02', 'ask')], 0)
}

function cellWith(variable: string, value: string | number, origin: Value['origin']): Value {
  return { variable, value, origin } as unknown as Value
}
