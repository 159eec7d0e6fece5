import { SOFT_HYPHEN } from './pdf-characters'
import type { PdfGlyph } from './pdf-glyphs'

// From glyphs to lines. A PDF has no lines, no words and often no spaces: only places. Here a line
// is what stands on one baseline, and a space is a gap that is too wide for its neighbours.

/** A stretch of a line without a wide gap in it: a cell, a column's line, or the whole line. */
export interface PdfSegment {
  readonly x0: number
  readonly x1: number
  readonly text: string
}

/** What stands on one baseline, from left to right. */
export interface PdfLine {
  readonly x0: number
  readonly x1: number
  /** The baseline, downwards from the page's top, and the size of most of its characters. */
  readonly y: number
  readonly size: number
  readonly text: string
  readonly segments: readonly PdfSegment[]
  /** The font of most of its characters. */
  readonly font: string
  /** Whether nearly all of it is bold, or in a heavier font. */
  readonly isBold: boolean
  /** Whether it begins with a small raised character. */
  readonly isRaised: boolean
  readonly isFaint: boolean
  /** Whether a space follows the last character. */
  readonly endsBlank: boolean
}

/** The lines of glyphs that all run level, from the top down. */
export function linesOf(glyphs: readonly PdfGlyph[]): PdfLine[] {
  const rows = rowsOf(glyphs)
  return withRaised(rows)
    .map(lineOf)
    .filter(line => line.text !== '')
}

/**
 * Drops what is drawn twice at nearly the same place, as some programs do to make text look bold.
 * The one that stays is bold.
 */
export function withoutDoubles(glyphs: readonly PdfGlyph[]): PdfGlyph[] {
  const kept: PdfGlyph[] = []
  /** Where in `kept` each character stands, band by band of the page. */
  const bands = new Map<number, Map<string, number[]>>()
  for (const glyph of glyphs) {
    const band = Math.round(glyph.y / 4)
    const twin = nearby(glyph, band)
    if (twin !== undefined && glyph.text.trim() !== '') {
      kept[twin] = { ...kept[twin]!, isBold: true }
      continue
    }
    let places = bands.get(band)
    if (!places) {
      places = new Map()
      bands.set(band, places)
    }
    const list = places.get(glyph.text)
    if (list) list.push(kept.length)
    else places.set(glyph.text, [kept.length])
    kept.push(glyph)
  }
  return kept

  function nearby({ text, x, y, size, width, angle }: PdfGlyph, band: number): number | undefined {
    const reach = Math.min(size * 0.15, width > 0 ? width * 0.6 : 1)
    for (let at = band - 1; at <= band + 1; at++) {
      const list = bands.get(at)?.get(text)
      if (!list) continue
      for (let next = Math.max(0, list.length - SEARCHED); next < list.length; next++) {
        const place = list[next]!
        const other = kept[place]!
        if (
          Math.abs(other.x - x) < reach &&
          Math.abs(other.y - y) < reach &&
          other.angle === angle &&
          Math.abs(other.size - size) < 0.1 * size
        ) {
          return place
        }
      }
    }
    return undefined
  }
}

/** How many of the same character near the same height are compared; twins follow each other. */
const SEARCHED = 200

/** Han characters, kana and Hangul, and the punctuation that is as wide as they are. */
export function isWide(character: string): boolean {
  const code = character.codePointAt(0) ?? 0
  return (
    (code >= 0x2e80 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xfe30 && code <= 0xfe4f) ||
    (code >= 0xff01 && code <= 0xff60) ||
    (code >= 0x20000 && code <= 0x3ffff) ||
    // Quotation marks, dashes, dots and circled numbers, which Chinese fonts draw wide.
    /[\u2014\u2018\u2019\u201c\u201d\u2026\u2460-\u24ff\u25a0-\u25ff\u00b7\u00d7\u2103]/.test(
      character,
    )
  )
}

/** Glyphs on one baseline. */
interface Row {
  readonly glyphs: PdfGlyph[]
  y: number
  size: number
  x0: number
  x1: number
}

function rowsOf(glyphs: readonly PdfGlyph[]): Row[] {
  const sorted = glyphs.map((glyph, i) => ({ glyph, i }))
  sorted.sort((a, b) => a.glyph.y - b.glyph.y || a.i - b.i)
  const rows: Row[] = []
  for (const { glyph } of sorted) {
    const row = rows.at(-1)
    if (row && Math.abs(glyph.y - row.y) <= 0.18 * Math.min(glyph.size, row.size)) {
      row.glyphs.push(glyph)
      // The first baseline stays, so that a slanting scan does not chain into one line.
      row.size = Math.max(row.size, glyph.size)
    } else {
      rows.push({ glyphs: [glyph], y: glyph.y, size: glyph.size, x0: 0, x1: 0 })
    }
  }
  for (const row of rows) {
    row.size = usualOf(row.glyphs, glyph => glyph.size)
    const visible = row.glyphs.filter(glyph => glyph.text.trim() !== '')
    const shown = visible.length > 0 ? visible : row.glyphs
    row.x0 = shown.reduce((least, glyph) => Math.min(least, glyph.x), Number.POSITIVE_INFINITY)
    row.x1 = shown.reduce((most, glyph) => Math.max(most, glyph.x + glyph.width), 0)
  }
  return rows
}

/** Puts rows of raised or lowered characters, and of slightly shifted ones, into their lines. */
function withRaised(rows: readonly Row[]): Row[] {
  const merged: Row[] = []
  for (const row of rows) {
    const above = merged.at(-1)
    if (above && belongTogether(above, row)) {
      const main = above.size > row.size * 1.05 || isFuller(above, row) ? above : row
      merged[merged.length - 1] = {
        glyphs: [...above.glyphs, ...row.glyphs],
        y: main.y,
        size: main.size,
        x0: Math.min(above.x0, row.x0),
        x1: Math.max(above.x1, row.x1),
      }
    } else merged.push(row)
  }
  return merged
}

function isFuller(a: Row, b: Row): boolean {
  return a.glyphs.length >= b.glyphs.length && a.size >= b.size * 0.95
}

function belongTogether(above: Row, below: Row): boolean {
  const [small, large] = above.size < below.size ? [above, below] : [below, above]
  const overlap =
    Math.min(above.y + 0.2 * above.size, below.y + 0.2 * below.size) -
    Math.max(above.y - 0.8 * above.size, below.y - 0.8 * below.size)
  const shared = overlap / small.size
  if (shared < 0.45) return false
  // Lines set tight overlap a little; a line of its own also lies over the other one's characters.
  if (small.size > 0.8 * large.size && shared < 0.7) return false
  const reach = large.size * 2
  if (small.glyphs.length > MOST_RAISED) return false
  if (small.x1 < large.x0 - reach || small.x0 > large.x1 + reach) return false
  const covered = small.glyphs.filter(glyph =>
    large.glyphs.some(
      other => other.x < glyph.x + glyph.width * 0.7 && other.x + other.width * 0.7 > glyph.x,
    ),
  )
  return covered.length * 3 <= small.glyphs.length
}

/** More characters than stand raised on any line. */
const MOST_RAISED = 200

function lineOf(row: Row): PdfLine {
  const visible = row.glyphs.filter(glyph => glyph.text.trim() !== '')
  const sorted = inOrder(row.glyphs)
  const { text, segments } = spaced(sorted, row.size)
  const first = sorted.find(glyph => glyph.text.trim() !== '')
  const bold = visible.filter(glyph => glyph.isBold).length
  return {
    x0: segments[0]?.x0 ?? row.x0,
    x1: segments.at(-1)?.x1 ?? row.x1,
    y: row.y,
    size: row.size,
    text,
    segments,
    font: usualOf(row.glyphs, glyph => glyph.font),
    isBold: bold >= visible.length * 0.9,
    isRaised:
      first !== undefined && first.size < row.size * 0.8 && first.y < row.y - row.size * 0.1,
    isFaint: visible.every(glyph => glyph.isFaint),
    endsBlank: sorted.at(-1)?.text.trim() === '',
  }
}

/** By place; a character without width, such as an accent, stays behind the one it belongs to. */
function inOrder(glyphs: readonly PdfGlyph[]): readonly PdfGlyph[] {
  const placeOf = ({ x, width }: PdfGlyph) => x + (width === 0 ? 0.01 : 0)
  // As most programs draw them.
  if (glyphs.every((glyph, i) => i === 0 || placeOf(glyphs[i - 1]!) <= placeOf(glyph))) {
    return glyphs
  }
  return glyphs
    .map((glyph, i) => ({ glyph, i, at: placeOf(glyph) }))
    .sort((a, b) => a.at - b.at || a.i - b.i)
    .map(({ glyph }) => glyph)
}

/** A gap over this many times the size separates cells or columns. */
const WIDE_GAP = 1.7

/** Writes glyphs out with spaces where there are some, and says where the wide gaps are. */
function spaced(
  glyphs: readonly PdfGlyph[],
  size: number,
): { readonly text: string; readonly segments: PdfSegment[] } {
  const usual = usualGap(glyphs, size)
  const segments: PdfSegment[] = []
  let line = ''
  let segment: { x0: number; x1: number; text: string } | null = null
  let blanks = ''
  let last: PdfGlyph | null = null
  for (const glyph of glyphs) {
    if (glyph.text.trim() === '') {
      blanks += glyph.text
      continue
    }
    if (!last || !segment) {
      segment = { x0: glyph.x, x1: glyph.x + glyph.width, text: glyph.text }
      line = glyph.text
    } else {
      // A mark of full width that was squeezed still claims its full width.
      const gap = glyph.x - (last.x + last.width)
      const space = spaceBetween(last, glyph, { gap, blanks, usual })
      line += space + glyph.text
      if (gap > WIDE_GAP * size + usual) {
        segments.push(segment)
        segment = { x0: glyph.x, x1: glyph.x + glyph.width, text: glyph.text }
      } else {
        segment.text += space + glyph.text
        segment.x1 = Math.max(segment.x1, glyph.x + glyph.width)
      }
    }
    last = glyph
    blanks = ''
  }
  if (segment) segments.push(segment)
  // Within a line a soft hyphen that is drawn is a hyphen.
  return { text: line.replace(/\u00ad(?=.)/g, '-'), segments }
}

/** The gap between wide characters on a line that is set wide; 0 on others. */
function usualGap(glyphs: readonly PdfGlyph[], size: number): number {
  const gaps: number[] = []
  for (let i = 1; i < glyphs.length; i++) {
    const [a, b] = [glyphs[i - 1]!, glyphs[i]!]
    if (isWide(a.text) && isWide(b.text)) gaps.push(b.x - a.x - a.width)
  }
  gaps.sort((a, b) => a - b)
  const middle = gaps[Math.floor(gaps.length / 2)] ?? 0
  return middle > 0.12 * size && gaps.length > 2 ? middle : 0
}

function spaceBetween(
  before: PdfGlyph,
  after: PdfGlyph,
  between: { readonly gap: number; readonly blanks: string; readonly usual: number },
): string {
  const { gap, blanks, usual } = between
  const em = Math.min(before.size, after.size)
  const left = isWide(lastOf(before.text))
  const right = isWide(after.text)
  const blank = [...blanks].some(character => character !== ' ')
    ? blanks
    : blanks.replace(/ +/g, ' ')
  if (left && right) {
    // Some fonts have spaces under a quarter of the size; what is narrower yet, nobody typed.
    if (blank !== '') return gap >= usual + 0.15 * em ? blank : ''
    return gap > usual + 0.7 * em ? ' ' : ''
  }
  if (left || right) {
    if (blank !== '') return gap >= 0.1 * em ? blank : ''
    return gap > usual + 0.6 * em ? ' ' : ''
  }
  if (blank !== '') return gap > 0.05 * em ? blank : ''
  return gap > 0.17 * em ? ' ' : ''
}

function lastOf(text: string): string {
  return [...text].at(-1) ?? ''
}

/** The commonest value, weighed by what is visible; of equals the first. */
function usualOf<T>(glyphs: readonly PdfGlyph[], of: (glyph: PdfGlyph) => T): T {
  const counts = new Map<T, number>()
  for (const glyph of glyphs) {
    const value = of(glyph)
    counts.set(value, (counts.get(value) ?? 0) + (glyph.text.trim() === '' ? 0.01 : 1))
  }
  let best: T = of(glyphs[0]!)
  for (const [value, count] of counts) if (count > counts.get(best)!) best = value
  return best
}

/**
 * What stands between two lines of one paragraph when they become one, and whether the first one
 * loses its last character. Chinese is joined as it is, words of letters with a space. A hyphen goes
 * only where the file says that it is soft, or where `isWord` knows the word without it.
 */
export function seamBetween(
  before: string,
  after: string,
  options: {
    /** Whether a space stood at the end of the first line. */
    readonly isBlank?: boolean
    isWord(word: string): boolean
  },
): { readonly cut: number; readonly seam: string } {
  const left = lastOf(before)
  const [right = ''] = after
  if (left === SOFT_HYPHEN) return { cut: 1, seam: /^\p{L}/u.test(right) ? '' : '-' }
  if (isWide(left) || isWide(right)) {
    // An author's space between Chinese and a foreign word is drawn even where the line ends.
    const isMixed =
      /[\p{L}\d]/u.test(left) && /[\p{L}\d]/u.test(right) && isWide(left) !== isWide(right)
    return { cut: 0, seam: options.isBlank && isMixed ? ' ' : '' }
  }
  const head = /([A-Za-z]+)[-\u2010]$/.exec(before)
  const tail = /^[a-z]+/.exec(after)
  if (head && tail) return { cut: options.isWord(`${head[1]}${tail[0]}`) ? 1 : 0, seam: '' }
  if (/[-\u2010\u2013/]/.test(left)) return { cut: 0, seam: '' }
  // Among Chinese, a number may be divided anywhere, and half-width marks are followed by nothing.
  const isChinese = isMostlyWide(before) || isMostlyWide(after)
  const isLetter = (character: string) => /\p{L}/u.test(character)
  return { cut: 0, seam: isChinese && !(isLetter(left) && isLetter(right)) ? '' : ' ' }
}

function isMostlyWide(text: string): boolean {
  let wide = 0
  let all = 0
  for (const character of text) {
    all++
    if (isWide(character)) wide++
  }
  return wide * 3 >= all
}
