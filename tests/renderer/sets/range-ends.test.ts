import { expect, it } from 'vitest'
import { endOf, type RangeEnd, typedEnd } from '../../../renderer/sets/range-ends'

const chars: RangeEnd = { column: 'chars', type: 'number', side: 'from' }
const year: RangeEnd = { column: 'year', type: 'number', side: 'from' }
const date: RangeEnd = { column: 'date', type: 'date', side: 'from' }
const imported = { column: 'addedAt', type: 'number' } as const

it.each<[string, RangeEnd, unknown]>([
  ['', chars, null],
  [' ', date, null],
  ['12,000', chars, 12000],
  ['\uFF11\uFF12', chars, 12],
  ['many', chars, undefined],
  ['202', year, undefined],
  ['2023\u5E74', year, 2023],
  ['2024\u5E741\u6708', date, '2024-01'],
  ['2024-13', date, undefined],
])('reads %j as an end of a range', (typed, end, value) => {
  expect(endOf(typed, end)).toBe(value)
})

it('takes a day, month or year of import from its first to its last moment', () => {
  const from = (typed: string) => endOf(typed, { ...imported, side: 'from' })
  const to = (typed: string) => endOf(typed, { ...imported, side: 'to' })
  expect(from('2024')).toBe(new Date(2024, 0, 1).getTime())
  expect(to('2024')).toBe(new Date(2025, 0, 1).getTime() - 1)
  expect(to('2024-02')).toBe(new Date(2024, 2, 1).getTime() - 1)
  expect(to('2024-02-29')).toBe(new Date(2024, 2, 1).getTime() - 1)
})

it('writes an end as it may be typed', () => {
  expect(typedEnd(null, chars)).toBe('')
  expect(typedEnd(1200, chars)).toBe('1200')
  const last = endOf('2024-02-29', { ...imported, side: 'to' }) as number
  expect(typedEnd(last, { ...imported, side: 'to' })).toBe('2024-02-29')
})
