// Chinese texts mix half- and full-width forms of the same signs. Rules are written for the
// half-width ones and matched against a folded copy of the same length, so that offsets hold.

const OTHER_WIDTH = /[\uFF01-\uFF5E\uFE59\uFE5A\uFF61\uFF64\u00A0\u3000\u2000-\u200B\u202F\uFEFF]/g

/**
 * A text with full-width letters, digits and signs as half-width ones and every kind of space
 * as U+0020, for matching only. It has the same length, and the same place for every unit.
 */
export function foldWidth(text: string): string {
  return text.replace(OTHER_WIDTH, sign => String.fromCharCode(foldUnit(sign.charCodeAt(0))))
}

/** What {@link foldWidth} makes of one UTF-16 unit. */
export function foldUnit(unit: number): number {
  if (unit < 0xa0) return unit
  if (unit >= 0xff01 && unit <= 0xff5e) return unit - 0xfee0
  if (unit === 0xff61) return 0x3002
  if (unit === 0xff64) return 0x3001
  if (unit === 0xfe59) return 0x28
  if (unit === 0xfe5a) return 0x29
  return isSpace(unit) ? 0x20 : unit
}

/** Whether a UTF-16 unit is white space within a line, of which some have no width at all. */
export function isSpace(unit: number): boolean {
  if (unit <= 0x20) return unit === 0x20 || (unit >= 0x09 && unit <= 0x0d && unit !== 0x0a)
  if (unit < 0x2000) return unit === 0xa0 || unit === 0x85
  return (
    unit === 0x3000 ||
    unit <= 0x200b ||
    unit === 0x2028 ||
    unit === 0x2029 ||
    unit === 0x202f ||
    unit === 0xfeff
  )
}

/** The first place from `at` on, and at most `end`, where no white space stands. */
export function skipSpaces(text: string, at: number, end: number): number {
  let next = at
  while (next < end && isSpace(text.charCodeAt(next))) next++
  return next
}

/** The last place up to `end`, and at least `start`, before which no white space stands. */
export function trimEnd(text: string, start: number, end: number): number {
  let last = end
  while (last > start && isSpace(text.charCodeAt(last - 1))) last--
  return last
}
