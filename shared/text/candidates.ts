import type { HeadingStyle } from '../domain/structure'
import { countsInDecimals, decimalAt } from './decimals'
import type { ReadLine } from './lines'
import { type Marker, markerAt } from './markers'
import { foldUnit, foldWidth, skipSpaces } from './width'

// A numbered line is a heading when it has no full stop and is short, or when its first full
// stop comes soon: then the heading runs in, and its own text follows. Anything else that begins
// with a number is a paragraph, which still counts, so that its successor is no gap.

/** How long a heading may be, marker and title, in UTF-16 units. */
const LONGEST = 60
/** The same where the source says that it is one. */
const LONGEST_MARKED = 120
/** The same where the numbers before and behind it are headings. */
const LONGEST_AMONG = 80

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
  /** The line on which the heading goes on, or `null`. */
  readonly more: ReadLine | null
  /** Whether only its length speaks against it. */
  readonly isLong: boolean
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
  admitLong(candidates)
  const own = lines.filter(({ role }) => role !== 'aside')
  return joinWrapped(text, own, candidates).map((each, at, all) =>
    isAbove(text, each, { next: all[at + 1], below: own[each.place] }) ? withoutBody(each) : each,
  )
}

function withoutBody(candidate: Candidate): Candidate {
  return { ...candidate, bodyStart: null }
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
  const found = { line, marker, start, titleStart, place, level: 0, more: null, isLong: false }
  const stop = stopIn(text, titleStart, Math.min(line.end, start + longest + 1))
  if (marker?.style === 'article') return articleOf(text, { ...found, end: line.end }, stop)
  const alone = { ...found, end: line.end, bodyStart: null }
  if (stop < 0) {
    const isHeading = line.end - start <= longest && !endsOpen(text, line)
    if (isHeading || !marker) return { ...alone, isHeading }
    return longOf(text, alone)
  }
  // A chapter or an unnumbered heading has no text on its line.
  if (marker === null || marker.style === 'chapter') return { ...alone, isHeading: false }
  const isHeading = stop > titleStart && !holdsNext(text, marker, stop)
  return { ...found, end: stop, bodyStart: stop + 1, isHeading }
}

/** Whether the next number stands in what would be the title: then it is a list in one line. */
function holdsNext(text: string, { style, number, titleStart }: Marker, end: number): boolean {
  for (let at = titleStart + 1; at < end; at++) {
    if (!/[;\uFF1B,\uFF0C]/.test(text[at - 1]!)) continue
    const next = markerAt(text, skipSpaces(text, at, end), end)
    if (next?.style === style && next.number === number + 1) return true
  }
  return false
}

/** What a numbered line would be if headings could be longer. */
function longOf(text: string, alone: Omit<Candidate, 'isHeading'>): Candidate {
  const { line, start, titleStart, marker } = alone
  const isUpper = marker?.style === 'cn_dun' || marker?.style === 'cn_paren'
  if (!isUpper) return { ...alone, isHeading: false }
  const stop = stopIn(text, titleStart, Math.min(line.end, start + LONGEST_AMONG + 1))
  if (stop > titleStart) {
    return { ...alone, end: stop, bodyStart: stop + 1, isLong: true, isHeading: false }
  }
  const isShort = line.end - start <= LONGEST_AMONG && !endsOpen(text, line)
  if (isShort || !line.isPiece || marker.style !== 'cn_dun') {
    return { ...alone, isLong: isShort, isHeading: false }
  }
  // The number counts on in the middle of a line; where its title ends, only a comma tells.
  const words = text.slice(titleStart, Math.min(line.end, titleStart + LONGEST_AMONG))
  const comma = words.slice(2).search(/[,\uFF0C;\uFF1B:\uFF1A]/)
  const end = comma < 0 ? marker.end : titleStart + 2 + comma
  return { ...alone, end, bodyStart: end, isHeading: true }
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
  const named = /^附 *[件表图录]?: *(?:(\d) *[.\u3001])?/.exec(
    foldWidth(text.slice(start, Math.min(end, start + 20))),
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

/** Long ones are headings where as many of the numbers around them are, and none is longer still. */
function admitLong(candidates: readonly Candidate[]): void {
  let among: Candidate[] = []
  const open = new Map<number, Candidate[]>()
  for (const candidate of candidates) {
    const { marker } = candidate
    if (!marker) continue
    for (const [rank, run] of open) {
      if (rank <= marker.rank) continue
      admit(run)
      open.delete(rank)
    }
    among = open.get(marker.rank) ?? []
    if (among.length > 0 && marker.number !== among.at(-1)!.marker!.number + 1) {
      admit(among)
      among = []
    }
    among.push(candidate)
    open.set(marker.rank, among)
  }
  for (const run of open.values()) admit(run)
}

function admit(run: readonly Candidate[]): void {
  const long = run.filter(({ isLong }) => isLong)
  if (long.length === 0) return
  const sure = run.filter(({ isHeading, isLong }) => isHeading && !isLong)
  if (sure.length * 2 < run.length) return
  for (const each of long) {
    const isLike = sure.some(({ bodyStart }) => (bodyStart === null) === (each.bodyStart === null))
    if (isLike) each.isHeading = true
  }
}

/**
 * Joins what is one heading over two lines: a title that breaks off, and a short line behind it.
 * `own` are the lines that are part of the report.
 */
function joinWrapped(
  text: string,
  own: readonly ReadLine[],
  candidates: readonly Candidate[],
): Candidate[] {
  if (!candidates.some(each => isBrokenOff(text, each))) return [...candidates]
  const taken = new Set(candidates.map(({ line }) => line))
  return candidates.map(each => {
    if (!isBrokenOff(text, each)) return each
    const next = own[each.place]
    const behind = own[each.place + 1]
    if (next?.role !== 'paragraph' || taken.has(next) || behind?.role !== 'paragraph') return each
    const words = text.slice(next.start, next.end)
    const isRest =
      next.end - each.start <= LONGEST_AMONG &&
      next.end - next.start <= 40 &&
      !/[\u3002;\uFF1B:\uFF1A!\uFF01?\uFF1F]|[,\uFF0C\u3001]$/.test(words)
    return isRest ? { ...each, end: next.end, more: next, isHeading: true } : each
  })
}

/** Whether a numbered line without a full stop breaks off, as a heading does that goes on below. */
function isBrokenOff(text: string, { line, marker, bodyStart, end }: Candidate): boolean {
  if (!marker || bodyStart !== null || end !== line.end || marker.style === 'article') return false
  if (line.end - line.start < 10 || line.end - line.start > LONGEST_AMONG) return false
  return /[,\uFF0C\u3001\u7684\u548c\u4e0e\u53ca]/.test(text[line.end - 1]!)
}

/**
 * Whether a heading has nothing on its line but its full stop, and something below: then it stands
 * alone. Below others of its kind it may be an item of a list, which is text.
 */
function isAbove(
  text: string,
  { line, marker, bodyStart, isHeading, place }: Candidate,
  { next, below }: { readonly next: Candidate | undefined; readonly below: ReadLine | undefined },
): boolean {
  if (!isHeading || bodyStart === null || !marker || marker.style === 'article') return false
  if (skipSpaces(text, bodyStart, line.end) < line.end) return false
  if (next?.place === place + 1) return next.marker !== null && next.marker.rank > marker.rank
  if (below?.role === 'row') return true
  return below?.role === 'paragraph' && !CLOSING.test(text.slice(below.start, below.end))
}

/** What a letter ends with: nothing stands under it, and it under nothing. */
const CLOSING =
  /^(?:\u4ee5\u4e0a)?(?:\u62a5\u544a)?[,\uFF0C]?\u7279\u6b64.{0,8}[\u3002]?$|^(?:妥否|当否|以上报告|以上意见)[^\u3002]{0,20}[\u3002]?$/
