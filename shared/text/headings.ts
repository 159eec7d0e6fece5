import type { Correction, Heading, HeadingStyle, StructureWarning } from '../domain/structure'
import { type Candidate, candidatesIn } from './candidates'
import type { ReadLine } from './lines'
import { lineAt } from './lines'
import { type Marker, markerAt, RANKS, USUAL_LEVELS } from './markers'
import { trimEnd } from './width'

// Headings stand under one another by what they count with: a number of a higher style closes the
// sections of all styles below it. Counters may begin anew, run on or leave out a number; the odd
// ones are pointed out and never mended.

/** What was read of headings, and what is odd in how they count. */
export interface ReadHeadings {
  readonly headings: readonly Heading[]
  readonly warnings: readonly StructureWarning[]
}

/**
 * The headings of a text. Lines that turn out to be headings on their own get that role, in
 * place; where a heading runs in, its line stays a paragraph.
 *
 * `bodyEnd` is where the last sections end: before the signature, or the text's length.
 */
export function readHeadings(
  text: string,
  lines: readonly ReadLine[],
  given: { readonly corrections: readonly Correction[]; readonly bodyEnd: number },
): ReadHeadings {
  const candidates = candidatesIn(text, lines)
  correct(text, lines, candidates, given.corrections)
  for (const { line, more, isHeading, bodyStart } of candidates) {
    if (!isHeading) continue
    line.role = bodyStart === null ? 'heading' : 'paragraph'
    if (more) more.role = 'heading'
  }
  return nest(text, candidates, { bodyEnd: given.bodyEnd, ranks: unnumberedRanks(candidates) })
}

/** Does what the researcher says. Of two corrections of one line the later one counts. */
function correct(
  text: string,
  lines: readonly ReadLine[],
  candidates: Candidate[],
  corrections: readonly Correction[],
): void {
  const byLine = new Map<ReadLine, Correction>()
  for (const correction of corrections) {
    if (correction.kind !== 'heading' && correction.kind !== 'not-heading') continue
    const line = lineAt(lines, correction.start)
    if (!line || line.role === 'aside') continue
    if (correction.kind === 'heading' && correction.end <= line.start) continue
    const other = byLine.get(line)
    if (!other || other.createdAt <= correction.createdAt) byLine.set(line, correction)
  }
  if (byLine.size === 0) return
  const places = new Map(lines.map((line, place) => [line, place]))
  const known = new Map(candidates.map(({ line }, at) => [line, at]))
  for (const [line, { kind, end, level }] of byLine) {
    const at = known.get(line)
    if (kind === 'not-heading') {
      if (at !== undefined) candidates[at] = { ...candidates[at]!, isHeading: false }
      continue
    }
    const made = madeHeading(text, line, end)
    const place = places.get(line) ?? 0
    const heading = {
      ...{ ...made, place, level: Math.min(9, Math.max(1, level)) },
      ...{ more: null, isLong: false, isHeading: true },
    }
    if (at !== undefined) candidates[at] = heading
    else candidates.push(heading)
  }
  candidates.sort((a, b) => a.start - b.start)
}

/** A heading from the line's beginning up to a place, its full stop left out. */
function madeHeading(
  text: string,
  line: ReadLine,
  until: number,
): Omit<Candidate, 'place' | 'level' | 'more' | 'isLong' | 'isHeading'> {
  const { start } = line
  const marker = markerAt(text, start, line.end)
  const inPair = until < line.end && (text.charCodeAt(until) & 0xfc00) === 0xdc00
  const wanted = Math.min(inPair ? until - 1 : until, line.end)
  let end = Math.max(trimEnd(text, start, wanted), Math.min(start + 1, line.end))
  if (end > start + 1 && end < line.end && text[end - 1] === '\u3002') end--
  if ((text.charCodeAt(end) & 0xfc00) === 0xdc00 && end < line.end) end++
  const hasMarker = marker !== null && marker.end <= end
  const bodyStart = end >= line.end ? null : text[end] === '\u3002' ? end + 1 : end
  const titleStart = hasMarker ? Math.min(marker.titleStart, end) : start
  return { line, marker: hasMarker ? marker : null, start, titleStart, end, bodyStart }
}

/**
 * Where headings without a number stand among the numbered ones, by the level that the source
 * gives them: beside those that it gives the same, below those that it gives a higher one, and
 * above all others.
 */
function unnumberedRanks(candidates: readonly Candidate[]): (level: number) => number {
  const ranks = new Map<number, number>()
  for (const { marker, line, isHeading } of candidates) {
    if (!isHeading || !marker || line.markedLevel === 0) continue
    ranks.set(line.markedLevel, Math.min(ranks.get(line.markedLevel) ?? 999, marker.rank))
  }
  return level => {
    const same = ranks.get(level)
    if (same !== undefined) return same
    for (let higher = level - 1; higher > 0; higher--) {
      const rank = ranks.get(higher)
      if (rank !== undefined) return rank + level - higher
    }
    return RANKS.article + 10 + level
  }
}

interface Open {
  readonly heading: { -readonly [K in keyof Heading]: Heading[K] }
  readonly rank: number
  readonly isCorrected: boolean
  /** The last number of each style right below it. */
  readonly counts: Map<number, number>
}

/** Puts headings under one another, and watches how they count. */
function nest(
  text: string,
  candidates: readonly Candidate[],
  given: { readonly bodyEnd: number; readonly ranks: (level: number) => number },
): ReadHeadings {
  const { bodyEnd } = given
  const headings: Open['heading'][] = []
  const warnings: StructureWarning[] = []
  const open: Open[] = []
  let root = new Map<number, number>()
  let anywhere = new Map<number, number>()
  const close = (closed: Open | undefined, at: number) => {
    if (!closed) return
    const { heading } = closed
    const last = heading.start < bodyEnd ? Math.min(at, bodyEnd) : at
    heading.sectionEnd = Math.max(last, heading.end)
  }
  let isBody = true
  for (const candidate of candidates) {
    const { marker, start, isHeading, level } = candidate
    if (isBody && start >= bodyEnd) {
      // What is behind the signature is another document, which counts from the beginning.
      isBody = false
      while (open.length > 0) close(open.pop(), bodyEnd)
      root = new Map()
      anywhere = new Map()
    }
    const style = marker?.style ?? 'none'
    const rank = marker?.rank ?? given.ranks(Math.max(1, candidate.line.markedLevel))
    const usual = level || usualLevel(style, rank)
    const closes = (above: Open) =>
      level > 0 || above.isCorrected ? above.heading.level >= usual : above.rank >= rank
    if (!isHeading) {
      // A numbered paragraph counts under the headings that it stands under.
      let depth = open.length
      while (depth > 0 && closes(open[depth - 1]!)) depth--
      const counts = open[depth - 1]?.counts ?? root
      const expected = (counts.get(rank) ?? 0) + 1
      const runsOn = !counts.has(rank) && marker?.number === (anywhere.get(rank) ?? 0) + 1
      if (marker && (marker.number === expected || runsOn)) {
        counts.set(rank, marker.number)
        anywhere.set(rank, marker.number)
      }
      continue
    }
    while (open.length > 0 && closes(open.at(-1)!)) close(open.pop(), start)
    const parent = open.at(-1)
    const counts = parent?.counts ?? root
    if (marker) {
      const warning = oddityOf(candidate, marker, counts.get(rank), anywhere.get(rank))
      if (warning) warnings.push(warning)
      counts.set(rank, marker.number)
      anywhere.set(rank, marker.number)
    }
    const heading = {
      n: headings.length + 1,
      level: level || Math.min(9, Math.max(usual, (parent?.heading.level ?? 0) + 1)),
      style,
      marker: marker ? text.slice(marker.start, marker.end) : '',
      number: marker?.number ?? null,
      title: titleOf(text, candidate),
      isRunIn: candidate.bodyStart !== null,
      line: candidate.line.line,
      parent: parent?.heading.n ?? null,
      bodyStart: candidate.bodyStart,
      sectionEnd: 0,
      isCorrected: level > 0,
      start,
      end: candidate.end,
    }
    headings.push(heading)
    open.push({ heading, rank, isCorrected: level > 0, counts: new Map() })
  }
  while (open.length > 0) close(open.pop(), text.length)
  return { headings, warnings }
}

/** A title over two lines is one, without what a page may have put between them. */
function titleOf(text: string, { line, titleStart, end, more }: Candidate): string {
  if (!more) return text.slice(titleStart, end)
  return text.slice(titleStart, line.end) + text.slice(more.start, more.end)
}

function usualLevel(style: HeadingStyle, rank: number): number {
  if (style === 'arabic_dot' && rank > RANKS.arabic_dot) return rank - RANKS.arabic_dot
  if (style !== 'none') return USUAL_LEVELS[style]
  return rank < RANKS.cn_dun ? 1 : Math.min(5, Math.floor(rank / 100))
}

/** A counter may begin anew at 1, and it may run on from the section before. */
function oddityOf(
  { start }: Candidate,
  marker: Marker,
  before: number | undefined,
  anywhere: number | undefined,
): StructureWarning | null {
  const found = marker.number
  const expected = (before ?? 0) + 1
  if (found === expected) return null
  if (before === undefined && anywhere !== undefined && found === anywhere + 1) return null
  const kind = found === before ? 'repeat' : found < expected ? 'order' : 'gap'
  if (kind === 'order' && found === 1 && before !== undefined) return null
  return { kind, expected, found, start, end: marker.end }
}
