import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type CellValue,
  checkedValue,
  convertedValue,
  MAX_VALUE_LENGTH,
  ruleOfRead,
  type ValueRule,
} from '../../../shared/domain/variable-value'

const ruleOf = (
  type: ValueRule['type'],
  categories: ValueRule['categories'] = null,
): ValueRule => ({
  type,
  categories,
  isYear: false,
})

const WORDS = { yes: 'yes', no: 'no' }

describe('dates', () => {
  it.each([
    ['2024', '2024'],
    ['2024\u5e74', '2024'],
    ['2024-1', '2024-01'],
    ['2024\u5e741\u6708', '2024-01'],
    ['2024-01-29', '2024-01-29'],
    ['2024/1/29', '2024-01-29'],
    ['2024.1.29', '2024-01-29'],
    ['20240129', '2024-01-29'],
    [' 2024 \u5e74 1 \u6708 29 \u65e5 ', '2024-01-29'],
    ['\uff12\uff10\uff12\uff14\u5e74\uff11\u6708\uff12\uff19\u65e5', '2024-01-29'],
    ['2024\uff0d1\uff0d29', '2024-01-29'],
    ['2024\u20131\u201329', '2024-01-29'],
    ['2024-01-29T00:00:00.000Z', '2024-01-29'],
    ['2024-01-29 00:00:00', '2024-01-29'],
    ['2024-02-29', '2024-02-29'],
  ])('are kept in one form: %s', (typed, kept) => {
    expect(checkedValue(typed, ruleOf('date'))).toBe(kept)
  })

  it.each(['2023-02-29', '2024-13', '2024-00', '2024-1-32', '2024-4-31', '999', '0999', '24-1-29'])(
    'that no calendar has are refused: %s',
    typed => {
      expect(checkedValue(typed, ruleOf('date'))).toBeNull()
    },
  )

  it('are read from a whole number, as a table has a year', () => {
    expect(checkedValue(2024, ruleOf('date'))).toBe('2024')
  })
})

describe('numbers', () => {
  it.each([
    ['12', 12],
    ['-1.5', -1.5],
    ['\uff11\uff12\uff0e\uff15', 12.5],
    ['1,234,567.5', 1234567.5],
    ['1\uff0c234', 1234],
    ['\u2212 3', -3],
    ['2e3', 2000],
    ['-0', 0],
    ['007', 7],
    ['0.000', 0],
    ['123456789012345', 123456789012345],
    ['100000000000000000000000', 1e23],
    ['1.50e-7', 1.5e-7],
  ])('are read in either width, grouped or not: %s', (typed, kept) => {
    expect(checkedValue(typed, ruleOf('number'))).toBe(kept)
  })

  it.each(['', 'twelve', '1,23', '12\u4ef6', '1e999', 'Infinity', '0x10', '1..2', '10%', '.'])(
    'are nothing else: %j',
    typed => {
      expect(checkedValue(typed, ruleOf('number'))).toBeNull()
    },
  )

  it.each([
    '131022198001011231',
    '1234567890123456',
    '0.1234567890123456',
    '1e-400',
    '1.23456e-320',
  ])('that would be changed are refused: %s', typed => {
    expect(checkedValue(typed, ruleOf('number'))).toBeNull()
  })

  it('that are not finite are refused', () => {
    expect(checkedValue(Number.NaN, ruleOf('number'))).toBeNull()
    expect(checkedValue(Number.POSITIVE_INFINITY, ruleOf('number'))).toBeNull()
  })

  it('are whole years where the variable is the year covered', () => {
    const year = ruleOfRead('year')
    expect(checkedValue('2024\u5e74\u5ea6', year)).toBe(2024)
    expect(checkedValue(2024, year)).toBe(2024)
    expect(checkedValue('2024.5', year)).toBeNull()
    for (const typed of ['1e3', '+2024', '-2024', '2,024', '02024', '0999', '2024.', '99999']) {
      expect(checkedValue(typed, year)).toBeNull()
    }
    expect(checkedValue('2024.0', year)).toBe(2024)
    expect(checkedValue(24, year)).toBeNull()
  })
})

describe('texts', () => {
  it('stand on one line, without space at their ends', () => {
    expect(checkedValue('\u3000a\r\nb\tc ', ruleOf('text'))).toBe('a b c')
  })

  it('keep what is within them as it is typed', () => {
    const typed = '\u7532\u5e02\u3000\uff08\u533a\uff09  x'
    expect(checkedValue(typed, ruleOf('text'))).toBe(typed)
  })

  it('are refused when they are too long or nothing is left of them', () => {
    const longest = '\u4e00'.repeat(MAX_VALUE_LENGTH)
    expect(checkedValue(longest, ruleOf('text'))).toBe(longest)
    expect(checkedValue(`${longest}x`, ruleOf('text'))).toBeNull()
    expect(checkedValue(' \u3000\n', ruleOf('text'))).toBeNull()
  })

  it('hold no half of a character, which no file can keep', () => {
    expect(checkedValue('a\ud800b', ruleOf('text'))).toBe('a\ufffdb')
  })
})

it('takes of a category what is listed, and nothing else', () => {
  const rule = ruleOf('category', ['high', 'low'])
  expect(checkedValue(' high ', rule)).toBe('high')
  expect(checkedValue('High', rule)).toBeNull()
  expect(checkedValue('anything', ruleOf('category'))).toBe('anything')
})

it('reads yes and no in both languages, as words, signs and numbers', () => {
  const yes = [true, 'yes', 'TRUE', '\u662f', '\u6709', '\u221a', 1, '\uff11', ' Y ']
  const no = [false, 'no', 'false', '\u5426', '\u65e0', '\u00d7', 0, 'N']
  expect(yes.map(each => checkedValue(each, ruleOf('yesno')))).toEqual(yes.map(() => true))
  expect(no.map(each => checkedValue(each, ruleOf('yesno')))).toEqual(no.map(() => false))
  expect(checkedValue('maybe', ruleOf('yesno'))).toBeNull()
  expect(checkedValue(2, ruleOf('yesno'))).toBeNull()
})

describe('converting', () => {
  it.each<[CellValue, ValueRule['type'], CellValue | null]>([
    [12, 'text', '12'],
    ['12', 'number', 12],
    ['2024-01', 'text', '2024-01'],
    ['2024-01', 'number', null],
    [2024, 'date', '2024'],
    [true, 'text', 'yes'],
    [false, 'number', 0],
    [true, 'category', 'yes'],
    [true, 'date', null],
    ['yes', 'yesno', true],
    ['perhaps', 'yesno', null],
  ])('makes %j as %s into %j', (value, type, expected) => {
    expect(convertedValue(value, ruleOf(type), WORDS)).toBe(expected)
  })
})

it('leaves a value that was checked once as it is', () => {
  const values = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.double(),
    fc.boolean(),
    fc.date({ noInvalidDate: true }).map(date => date.toISOString().slice(0, 10)),
  )
  const types = fc.constantFrom('text', 'number', 'date', 'category', 'yesno')
  fc.assert(
    fc.property(values, types, (value, type) => {
      const once = checkedValue(value, ruleOf(type))
      if (once !== null) expect(checkedValue(once, ruleOf(type))).toBe(once)
    }),
    { numRuns: 2000 },
  )
})
