import type { HeadingStyle } from '../domain/structure'
import { countsInDecimals, decimalAt } from './decimals'
import type { ReadLine } from './lines'
import { type Marker, markerAt } from './markers'
import { foldUnit, skipSpaces } from './width'

// A numbered line is a heading when it has no full stop and is short, or when its first full
// stop comes soon: then the heading runs in, and its own text follows. Anything else that begins
// with a number is a paragraph, which still counts, so that its successor is no gap.

/** How long a heading may be, marker and title, in UTF-16 units. */
const LONGEST = 60
/** The same where the source says that it is one. */
const LONGEST_MARKED = 120

/** How long the name of an article may be that stands alone. */
const LONGEST_NAME = 20

/** A line that may be a heading, or that at least counts. */
export interface Candidate {
  readonly line: ReadLine
  readonly marker: Marker | null
  readonly start: number
  readonly end: number
  readonly titleStart: number
  readonly bodyStart: number | null
  /** Among the lines that are part of the report. */
  readonly place: number
  /** That a correction gives, or 0. */
  readonly level: number
  isHeading: boolean
}

/** The lines that may be headings, in order, and whether they are by themselves. */
export function candidatesIn(text: string, lines: readonly ReadLine[]): Candidate[] {
  const isDecimal = countsInDecimals(text, lines)
  const candidates: Candidate[] = []
  let place = 0
  let annex = 0
  let article = 0
  for (const line of lines) {
    if (line.role === 'aside') continue
    place++
    if (line.role !== 'paragraph') continue
    const start = afterHashes(text, line)
    const marker =
      markerAt(text, start, line.end) ?? (isDecimal ? decimalAt(text, start, line.end) : null)
    annex = nextAnnex(text, line, { marker, expected: annex })
    if (annex > 1) continue
    const isHashed = start > line.start
    if (marker?.style === 'article') {
      const isApart = marker.titleStart > marker.end || marker.titleStart >= line.end
      if (!isApart && marker.number !== article + 1) continue
      article = marker.number
    }
    if (!marker && !isHashed && line.markedLevel === 0) continue
    candidates.push(candidateOf(text, { line, marker, start, place, isHashed }))
  }
  dropLists(text, candidates)
  return candidates
}

interface Seen {
  readonly line: ReadLine
  readonly marker: Marker | null
  readonly start: number
  readonly place: number
  readonly isHashed: boolean
}

function candidateOf(text: string, { line, marker, start, place, isHashed }: Seen): Candidate {
  const titleStart = marker?.titleStart ?? start
  const longest = line.markedLevel > 0 || isHashed ? LONGEST_MARKED : LONGEST
  const found = { line, marker, start, titleStart, place, level: 0 }
  const stop = stopIn(text, titleStart, Math.min(line.end, start + longest + 1))
  if (marker?.style === 'article') return articleOf(text, { ...found, end: line.end }, stop)
  const alone = { ...found, end: line.end, bodyStart: null }
  if (stop < 0) {
    const isShort = line.end - start <= longest && !endsOpen(text, line)
    const isHeading =
      isShort && (marker?.style !== 'chapter' || marker.titleStart < line.end || isShort)
    return { ...alone, isHeading }
  }
  // A chapter or an unnumbered heading has no text on its line.
  if (marker === null || marker.style === 'chapter') return { ...alone, isHeading: false }
  return { ...found, end: stop, bodyStart: stop + 1, isHeading: stop > titleStart }
}

/**
 * An article is a heading whatever stands in it. Its title is what stands in brackets behind
 * the number, or a short first sentence; a long one is its text.
 */
function articleOf(
  text: string,
  found: Omit<Candidate, 'bodyStart' | 'isHeading'>,
  stop: number,
): Candidate {
  const { line, marker, titleStart } = found
  const open = foldUnit(text.charCodeAt(titleStart))
  if (titleStart < line.end && (open === 0x28 || open === 0x3010)) {
    const close = text.slice(titleStart, titleStart + 40).search(/[)\uFF09\u3011]/)
    if (close > 0) {
      const end = titleStart + close + 1
      return { ...found, end, bodyStart: end < line.end ? end : null, isHeading: true }
    }
  }
  if (stop >= 0) return { ...found, end: stop, bodyStart: stop + 1, isHeading: true }
  // Without a full stop only a few words on their own are a title.
  const words = text.slice(titleStart, Math.min(line.end, titleStart + LONGEST_NAME + 1))
  if (words !== '' && words.length <= LONGEST_NAME && !/[,\uFF0C;\uFF1B:\uFF1A]/.test(words)) {
    return { ...found, end: line.end, bodyStart: null, isHeading: true }
  }
  const end = marker?.end ?? titleStart
  return { ...found, titleStart: end, end, bodyStart: end, isHeading: true }
}

/** `### 一、…`, as Markdown that was saved as plain text has it. */
function afterHashes(text: string, { start, end }: ReadLine): number {
  let at = start
  while (at < end && at < start + 6 && text.charCodeAt(at) === 0x23) at++
  return at > start && text.charCodeAt(at) === 0x20 ? skipSpaces(text, at, end) : start
}

/** The first full stop in a range, or -1. */
function stopIn(text: string, start: number, end: number): number {
  for (let at = start; at < end; at++) {
    const unit = text.charCodeAt(at)
    if (unit === 0x3002 || unit === 0xff61) return at
  }
  return -1
}

/** Whether a line stops in mid-sentence, as the items of a list do and headings never. */
function endsOpen(text: string, { end }: ReadLine): boolean {
  const last = foldUnit(text.charCodeAt(end - 1))
  return last === 0x3b || last === 0x2c || last === 0x3001
}

/**
 * `附件：1.…` and the numbered lines below it name annexes. Answers which number would go on
 * with them, or 0 where none does.
 */
function nextAnnex(
  text: string,
  { start, end }: ReadLine,
  { marker, expected }: { readonly marker: Marker | null; readonly expected: number },
): number {
  if (expected > 0 && marker?.style === 'arabic_dot') {
    return marker.number === expected ? expected + 1 : 0
  }
  if (text.charCodeAt(start) !== 0x9644) return 0
  const named = /^附 *件[:\uFF1A]\s*(?:(\d)\s*[.\uFF0E\u3001])?/.exec(
    text.slice(start, Math.min(end, start + 20)),
  )
  return named ? Number(named[1] ?? 0) + 1 : 0
}

const LISTED: readonly HeadingStyle[] = ['arabic_dot', 'arabic_paren', 'circled']

/**
 * Takes what is a list out of the headings: numbers that count on from line to line where the
 * items stop at semicolons, or where at least three have nothing to stand above.
 */
function dropLists(text: string, candidates: readonly Candidate[]): void {
  for (let first = 0; first < candidates.length; ) {
    let last = first
    while (goesOn(candidates[last]!, candidates[last + 1])) last++
    const run = candidates.slice(first, last + 1)
    const before = run.slice(0, -1)
    const open = before.filter(({ line }) => endsOpen(text, line)).length
    const isBare = ({ line, bodyStart }: Candidate) =>
      bodyStart === null || skipSpaces(text, bodyStart, line.end) === line.end
    const { marker, line } = run[0]!
    const isList =
      open * 2 > before.length ||
      (run.length > 2 &&
        marker !== null &&
        LISTED.includes(marker.style) &&
        marker.rank % 100 === 0 &&
        line.markedLevel === 0 &&
        run.every(isBare))
    if (isList && marker?.style !== 'article' && marker?.style !== 'chapter') {
      for (const each of run) each.isHeading = false
    }
    first = last + 1
  }
}

function goesOn(before: Candidate, next: Candidate | undefined): boolean {
  if (!next || next.place !== before.place + 1 || !before.marker || !next.marker) return false
  return (
    before.marker.style === next.marker.style && next.marker.number === before.marker.number + 1
  )
}
