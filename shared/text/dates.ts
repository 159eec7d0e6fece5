import type { Span } from '../domain/structure'

/** A date as a text writes it, from 1949 to 2099. */
export interface DateMention extends Span {
  /** `2024-01-29`, or `2024-01` where the text names no day. */
  readonly value: string
}

const DIGIT = '[〇○ΟOo零0一二三四五六七八九]'
const NUMBER = '[元正一二三四五六七八九十廿卅]{1,3}'

// On folded text. The first alternative is by far the most common.
const DATE = new RegExp(
  '(?<![0-9])(?<y1>(?:19|20) ?[0-9] ?[0-9]) {0,3}年 {0,3}(?<m1>[0-9]{1,2}) {0,3}月(?: {0,3}(?<d1>[0-9]{1,2}) {0,3}[日号])?' +
    '|(?<![0-9])(?<y2>(?:19|20)[0-9]{2})(?<sep>[-/.])(?<m2>[0-9]{1,2})\\k<sep>(?<d2>[0-9]{1,2})(?![0-9])' +
    `|(?<y3>[一二]${DIGIT}{3}) {0,3}年 {0,3}(?<m3>${NUMBER}) {0,3}月(?: {0,3}(?<d3>${NUMBER}) {0,3}[日号])?`,
  'g',
)

/**
 * The dates in a text whose width is folded, in order. 2023年2月30日 and other days that no
 * calendar has are none.
 */
export function datesIn(folded: string, begin = 0, to = folded.length): DateMention[] {
  const found: DateMention[] = []
  const part = begin === 0 && to === folded.length ? folded : folded.slice(begin, to)
  for (const match of part.matchAll(DATE)) {
    const value = dateOf(match.groups ?? {})
    if (value === null) continue
    const start = begin + match.index
    found.push({ start, end: start + match[0].length, value })
  }
  return found
}

/**
 * What a number counts that is written in Chinese or Western digits, such as 二〇二三, 二十一, 元
 * or 12; `null` where it is none.
 */
export function countOf(written: string): number | null {
  const plain = written.replace(/ /g, '')
  if (/^[0-9]+$/.test(plain)) return Number(plain)
  if (plain === '元' || plain === '正') return 1
  const digits = [...plain].map(character => DIGITS.get(character))
  if (digits.every(digit => digit !== undefined && digit < 10)) return Number(digits.join(''))
  const tens = /^([一二三]?)([十廿卅])([一二三四五六七八九]?)$/.exec(plain)
  if (tens === null) return null
  const [, before = '', ten = '', after = ''] = tens
  const many = ten === '廿' ? 2 : ten === '卅' ? 3 : (DIGITS.get(before) ?? 1)
  return many * 10 + (DIGITS.get(after) ?? 0)
}

const DIGITS: ReadonlyMap<string, number> = new Map([
  ...[...'〇一二三四五六七八九'].map((character, digit) => [character, digit] as const),
  ...['零', '○', 'Ο', 'O', 'o', '0'].map(character => [character, 0] as const),
])

function dateOf(groups: Readonly<Record<string, string | undefined>>): string | null {
  const year = countOf(groups.y1 ?? groups.y2 ?? groups.y3 ?? '')
  const month = countOf(groups.m1 ?? groups.m2 ?? groups.m3 ?? '')
  if (year === null || month === null || year < 1949 || year > 2099) return null
  if (month < 1 || month > 12) return null
  const named = groups.d1 ?? groups.d2 ?? groups.d3
  const yearAndMonth = `${year}-${padded(month)}`
  if (named === undefined) return yearAndMonth
  const day = countOf(named)
  if (day === null || day < 1 || day > daysIn(year, month)) return null
  return `${yearAndMonth}-${padded(day)}`
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}

function padded(number: number): string {
  return String(number).padStart(2, '0')
}
