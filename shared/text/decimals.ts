import type { ReadLine } from './lines'
import { type Marker, RANKS } from './markers'
import { foldWidth } from './width'

// Plans for emergencies and technical papers count 1, 1.1, 1.1.1, with white space behind. So do
// figures and dates, so these numbers are markers only in a text that shows that it counts so.

const DECIMAL = /^(\d{1,2}(?:\.\d{1,2}){0,3}) +(?![万亿千百余多个件项])(?=[\u3400-\u9fff])/

/** How the decimal number at the beginning of the line `[start, end)` counts, or `null`. */
export function decimalAt(text: string, start: number, end: number): Marker | null {
  const first = text.charCodeAt(start)
  if (!((first >= 0x30 && first <= 0x39) || (first >= 0xff10 && first <= 0xff19))) return null
  const found = DECIMAL.exec(foldWidth(text.slice(start, Math.min(end, start + 24))))
  if (!found) return null
  const numbers = found[1]!.split('.')
  const number = Number(numbers.at(-1))
  if (number === 0 || numbers[0] === '0') return null
  return {
    style: 'arabic_dot',
    rank: RANKS.arabic_dot + numbers.length,
    number,
    start,
    end: start + found[1]!.length,
    titleStart: start + found[0].length,
  }
}

/** Whether a text counts so: somewhere N.2 comes behind N.1, both on short lines. */
export function countsInDecimals(text: string, lines: readonly ReadLine[]): boolean {
  let before: string | null = null
  for (const { role, start, end } of lines) {
    if (role !== 'paragraph' || end - start > 40) continue
    const marker = decimalAt(text, start, end)
    if (!marker || marker.rank - RANKS.arabic_dot < 2) continue
    const digits = foldWidth(text.slice(marker.start, marker.end))
    if (before !== null && digits === `${before}2`) return true
    if (marker.number === 1) before = digits.slice(0, -1)
  }
  return false
}
