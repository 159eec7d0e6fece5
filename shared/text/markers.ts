import type { HeadingStyle } from '../domain/structure'
import { foldUnit, isSpace, skipSpaces } from './width'

/** A number at the beginning of a line, as official documents count their sections. */
export interface Marker {
  readonly style: HeadingStyle
  /** Orders the styles: what has a higher rank stands under what has a lower one. */
  readonly rank: number
  readonly number: number
  /** The half-open range of the marker with its punctuation. */
  readonly start: number
  readonly end: number
  /** Where the title begins: after the marker and the white space behind it. */
  readonly titleStart: number
}

/** Where each style stands when nothing else is known; lower comes first. */
export const RANKS = {
  division: 10,
  chapter: 20,
  section: 30,
  article: 40,
  cn_dun: 100,
  cn_paren: 200,
  arabic_dot: 300,
  arabic_paren: 400,
  circled: 500,
} as const

/** What a heading of a style is by itself, where nothing above it says otherwise. */
export const USUAL_LEVELS: Readonly<Record<HeadingStyle, number>> = {
  chapter: 1,
  article: 1,
  cn_dun: 1,
  cn_paren: 2,
  arabic_dot: 3,
  arabic_paren: 4,
  circled: 5,
  none: 1,
}

const DUN = 0x3001
const DOT = 0x2e
const OPEN = 0x28
const CLOSE = 0x29

/**
 * The marker with which the line `[start, end)` begins, or `null`. Numbers that only look like
 * one are none: decimals, dates, `二、三级`, `（一）至（三）项`, `第三条规定`.
 *
 * Takes a bounded number of steps, however long the line is.
 */
export function markerAt(text: string, start: number, end: number): Marker | null {
  const first = text.charCodeAt(start)
  if (first === 0x7b2c) return ordinalAt(text, start, end)
  const sign = foldUnit(first)
  if (sign === OPEN) return bracketedAt(text, start, end)
  if (sign >= 0x30 && sign <= 0x39) return arabicAt(text, start, end)
  if (first >= 0x2460 && first <= 0x32bf) return signAt(text, start, end)
  if (first >= 0x2776 && first <= 0x277f) return signAt(text, start, end)
  return digitOf(first) === null ? null : chineseAt(text, start, end)
}

/** A number in Chinese numerals up to 999 that begins at a place, and where it ends. */
export function chineseNumberAt(
  text: string,
  start: number,
  end: number,
): { readonly value: number; readonly end: number } | null {
  let total = 0
  let digit = -1
  let at = start
  const last = Math.min(end, start + 7)
  for (; at < last; at++) {
    const value = digitOf(text.charCodeAt(at))
    if (value === null) break
    if (value === 0) {
      if (digit > 0) return null
    } else if (value < 10) {
      if (digit >= 0) return null
      digit = value
    } else {
      total += Math.max(digit, 1) * value
      digit = -1
    }
  }
  const value = total + Math.max(digit, 0)
  return at > start && value > 0 ? { value, end: at } : null
}

function chineseAt(text: string, start: number, end: number): Marker | null {
  const number = chineseNumberAt(text, start, Math.min(end, start + 3))
  if (!number || number.value > 99) return null
  const at = skipSpaces(text, number.end, Math.min(end, number.end + 4))
  const sign = foldUnit(text.charCodeAt(at))
  if (sign !== DUN && sign !== DOT) return null
  const marker = markerOf(text, end, { style: 'cn_dun', number: number.value, start, end: at + 1 })
  return marker && isCoordination(text, marker, end) ? null : marker
}

/** `二、三级医院`, `三、四线城市`: two numbers of one noun, where a title never begins so. */
function isCoordination(text: string, { titleStart, number }: Marker, end: number): boolean {
  const next = chineseNumberAt(text, titleStart, end)
  if (!next || next.value !== number + 1) return false
  return /^(?:[、级线类批季届号档产期楼层月]|年级|中全会|次全会|次产业)/.test(
    text.slice(next.end, Math.min(end, next.end + 3)),
  )
}

function bracketedAt(text: string, start: number, end: number): Marker | null {
  const from = skipSpaces(text, start + 1, Math.min(end, start + 4))
  const digits = digitsAt(text, from, end)
  const number = digits ?? chineseNumberAt(text, from, Math.min(end, from + 3))
  if (!number || number.value > 99 || number.value === 0) return null
  const at = skipSpaces(text, number.end, Math.min(end, number.end + 4))
  if (at >= end || foldUnit(text.charCodeAt(at)) !== CLOSE) return null
  const style = digits ? 'arabic_paren' : 'cn_paren'
  return afterBracket(text, end, { style, number: number.value, start, end: at + 1 })
}

function arabicAt(text: string, start: number, end: number): Marker | null {
  const number = digitsAt(text, start, end)
  if (!number || number.value === 0) return null
  const at = skipSpaces(text, number.end, Math.min(end, number.end + 4))
  if (at >= end) return null
  const sign = foldUnit(text.charCodeAt(at))
  const found = { number: number.value, start, end: at + 1 }
  if (sign === CLOSE) return afterBracket(text, end, { style: 'arabic_paren', ...found })
  if (sign !== DOT && sign !== DUN) return null
  const next = foldUnit(text.charCodeAt(at + 1))
  if (next === DOT) return null
  if (next >= 0x30 && next <= 0x39 && !isYearAt(text, at + 1, end)) return null
  return markerOf(text, end, { style: 'arabic_dot', ...found })
}

function signAt(text: string, start: number, end: number): Marker | null {
  const unit = text.charCodeAt(start)
  const found = (style: HeadingStyle, number: number) =>
    markerOf(text, end, { style, number, start, end: start + 1 })
  const next = text.charCodeAt(start + 1)
  if (next >= 0x2460 && next <= 0x24ff) return null
  if (unit >= 0x2460 && unit <= 0x2473) return found('circled', unit - 0x245f)
  if (unit >= 0x2474 && unit <= 0x2487) return found('arabic_paren', unit - 0x2473)
  if (unit >= 0x2488 && unit <= 0x249b) return found('arabic_dot', unit - 0x2487)
  if (unit >= 0x2776 && unit <= 0x277f) return found('circled', unit - 0x2775)
  if (unit >= 0x3220 && unit <= 0x3229) return found('cn_paren', unit - 0x321f)
  if (unit >= 0x3251 && unit <= 0x325f) return found('circled', unit - 0x3251 + 21)
  if (unit >= 0x32b1 && unit <= 0x32bf) return found('circled', unit - 0x32b1 + 36)
  return null
}

const ORDINALS: Readonly<Record<string, { style: HeadingStyle; rank: number }>> = {
  编: { style: 'chapter', rank: RANKS.division },
  編: { style: 'chapter', rank: RANKS.division },
  篇: { style: 'chapter', rank: RANKS.division },
  章: { style: 'chapter', rank: RANKS.chapter },
  节: { style: 'chapter', rank: RANKS.section },
  節: { style: 'chapter', rank: RANKS.section },
  条: { style: 'article', rank: RANKS.article },
  條: { style: 'article', rank: RANKS.article },
}

/** What a phrase goes on with, as in `第三条规定` and `第一章至第三章`. */
const GOES_ON = /[的是中里和与至或及由规所第款项之以将已提明要只还课]/

/** `第一章`, `第二部分`, `第十二条`, `第十二条之一`; a phrase that goes on from there is none. */
function ordinalAt(text: string, start: number, end: number): Marker | null {
  const from = skipSpaces(text, start + 1, Math.min(end, start + 3))
  const number = digitsAt(text, from, end) ?? chineseNumberAt(text, from, end)
  if (!number) return null
  const at = skipSpaces(text, number.end, Math.min(end, number.end + 3))
  if (at >= end) return null
  const isPart = text.startsWith('部分', at)
  const kind = isPart ? { style: 'chapter' as const, rank: RANKS.division } : ORDINALS[text[at]!]
  if (!kind) return null
  let close = at + (isPart ? 2 : 1)
  if (kind.style === 'article' && text[close] === '之') {
    close = chineseNumberAt(text, close + 1, end)?.end ?? close
  }
  const isApart = close >= end || isSpace(text.charCodeAt(close))
  if (!isApart) {
    const sign = text[close]!
    if (/[:\uFF1A\u3001.\uFF0E]/.test(sign) && kind.style === 'chapter') close++
    else if (/[,\uFF0C;\uFF1B\u3002\u3001)\uFF09\u300B]/.test(sign) || GOES_ON.test(sign))
      return null
  }
  const titleStart = skipSpaces(text, close, end)
  return { ...kind, number: number.value, start, end: close, titleStart }
}

/** A bracketed number may have a 、 behind it; another one there makes a reference, not a list. */
function afterBracket(text: string, end: number, found: Found): Marker | null {
  const sign = foldUnit(text.charCodeAt(found.end))
  const isPointed = found.end < end && (sign === DUN || sign === DOT)
  const marker = markerOf(text, end, isPointed ? { ...found, end: found.end + 1 } : found)
  if (!marker) return null
  const next = foldUnit(text.charCodeAt(marker.titleStart))
  // ( ) , ; : 。 至 和 及 与 或 项 款
  if ([0x28, 0x29, 0x2c, 0x3b, 0x3a, 0x3002].includes(next)) return null
  if ([0x81f3, 0x6216, 0x9879, 0x6b3e].includes(next)) return null
  if ([0x548c, 0x53ca, 0x4e0e].includes(next)) {
    return foldUnit(text.charCodeAt(marker.titleStart + 1)) === OPEN ? null : marker
  }
  return marker
}

interface Found {
  readonly style: HeadingStyle
  readonly number: number
  readonly start: number
  readonly end: number
}

function markerOf(text: string, end: number, found: Found): Marker | null {
  const titleStart = skipSpaces(text, found.end, end)
  if (titleStart >= end || found.style === 'none' || found.style === 'chapter') return null
  return { ...found, rank: RANKS[found.style], titleStart }
}

/** One or two digits of either width, and no third. */
function digitsAt(
  text: string,
  start: number,
  end: number,
): { readonly value: number; readonly end: number } | null {
  let value = 0
  let at = start
  for (; at < end && at < start + 4; at++) {
    const digit = foldUnit(text.charCodeAt(at)) - 0x30
    if (digit < 0 || digit > 9) break
    value = value * 10 + digit
  }
  return at > start && at <= start + 3 ? { value, end: at } : null
}

/** Whether a title begins with a year, as in `1.2023年工作回顾`. */
function isYearAt(text: string, at: number, end: number): boolean {
  const digits = Array.from({ length: Math.min(5, end - at) }, (_, i) =>
    String.fromCharCode(foldUnit(text.charCodeAt(at + i))),
  ).join('')
  return /^(?:19|20)\d\d[\u5e74\u2014\u2013-]$/.test(digits)
}

const DIGITS = '\u3007\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d\u5341'

/** What each unit from U+3007 on counts for; -1 for none. */
const DIGIT_VALUES = new Int8Array(0x96f7 - 0x3007).fill(-1)
for (const [value, digit] of [...DIGITS].entries())
  DIGIT_VALUES[digit.charCodeAt(0) - 0x3007] = value
DIGIT_VALUES[0x96f6 - 0x3007] = 0
DIGIT_VALUES[0x767e - 0x3007] = 100

function digitOf(unit: number): number | null {
  const value = DIGIT_VALUES[unit - 0x3007] ?? -1
  return value < 0 ? null : value
}
