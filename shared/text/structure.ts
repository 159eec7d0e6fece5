import type { Markup } from '../domain/markup'
import { NO_MARKUP } from '../domain/markup'
import type {
  Correction,
  Heading,
  Line,
  Paragraph,
  Span,
  Structure,
  StructureWarning,
} from '../domain/structure'
import { enumerationsIn } from './enumerations'
import { annexesIn, annexListIn, readFrame } from './frame'
import { readHeadings } from './headings'
import { type ReadLine, readLines } from './lines'
import { readParts } from './parts'
import { type UnitBoundaries, unitsIn } from './units'

/**
 * Which rules {@link structureOf} follows. What is kept of a structure is kept with the number;
 * it goes up when the rules change.
 */
export const STRUCTURE_VERSION = 4

/** What is known of a text beside its characters. */
export interface StructureGiven {
  readonly markup?: Markup
  /** Of any report and in any order; what does not fit the text is ignored. */
  readonly corrections?: readonly Correction[]
}

/** The kinds of unit that a text is counted in. */
export type UnitKind = 'section' | 'paragraph' | 'item' | 'sentence' | 'clause'

/** The lines of a report and its headings: as much of its structure as its variables ask for. */
export type Outline = Pick<Structure, 'lines' | 'headings'>

/**
 * Reads how a report is built from its canonical text: sections from their numbering, the parts
 * that the genre must have, and the units that are counted. Never changes the text, never
 * throws, and takes time in proportion to its length.
 *
 * Blank lines are left out of `lines`. Rows of tables are lines, and part of no unit but a
 * section.
 */
export function structureOf(text: string, given: StructureGiven = {}): Structure {
  const { lines, frame, annexAt, headings, warnings } = readOutline(text, given)
  const paragraphs = paragraphsOf(lines, headings)
  const boundaries = boundariesOf(text, headings, given.corrections ?? [])
  const { sentences, clauses } = unitsIn(text, paragraphs, boundaries)
  const enumerations = enumerationsIn(text, paragraphs)
  const parts = readParts(text, lines, {
    headings,
    sentences,
    enumerations,
    bodyAt: annexAt,
    signatureAt: frame?.first ?? null,
    behindAt: frame?.behind ?? lines.length,
    annexesAt: annexesIn(text, lines, frame?.behind ?? 0),
  })
  return {
    version: STRUCTURE_VERSION,
    lines: lines.map(lineOf),
    headings,
    ...parts,
    enumerations,
    paragraphs,
    sentences,
    clauses,
    warnings: [...warnings, ...joinedIn(lines, headings)].sort((a, b) => a.start - b.start),
  }
}

/** A text that is longer than this in UTF-16 units is seldom one paragraph. */
const LONGEST_PARAGRAPH = 1200

/** Lines that hold several headings, or a whole report: there newlines were lost. */
function joinedIn(lines: readonly ReadLine[], headings: readonly Heading[]): StructureWarning[] {
  const perLine = new Map<number, Heading[]>()
  for (const heading of headings) {
    const others = perLine.get(heading.line)
    if (others) others.push(heading)
    else perLine.set(heading.line, [heading])
  }
  const several = [...perLine.values()].filter(({ length }) => length > 1)
  if (several.length > 0) {
    return several.map(([_, second, ...others]) => ({
      ...{ kind: 'joined', expected: 1, found: 2 + others.length },
      ...{ start: second!.start, end: second!.end },
    }))
  }
  const body = lines.filter(({ role }) => role === 'paragraph')
  const long = body.find(({ start, end }) => end - start > LONGEST_PARAGRAPH)
  if (!long || body.length > 3 || headings.length > 0) return []
  return [{ kind: 'joined', expected: 1, found: 0, start: long.start, end: long.end }]
}

/** What {@link structureOf} says of lines and headings, in a third of its time. */
export function outlineOf(text: string, given: StructureGiven = {}): Outline {
  const { lines, headings } = readOutline(text, given)
  return { lines: lines.map(lineOf), headings }
}

function readOutline(text: string, { markup = NO_MARKUP, corrections = [] }: StructureGiven) {
  const lines = readLines(text, markup, corrections)
  const frame = readFrame(text, lines)
  const annexAt = annexListIn(text, lines, frame?.first ?? lines.length)
  const bodyEnd = lines[annexAt]?.start ?? text.length
  return { lines, frame, annexAt, ...readHeadings(text, lines, { corrections, bodyEnd }) }
}

function lineOf({ line, start, end, role }: ReadLine): Line {
  return { line, role, start, end }
}

/** The headings that an offset stands under, from the highest on; none before the first. */
export function sectionPathAt(structure: Structure, offset: number): Heading[] {
  const { headings } = structure
  const path: Heading[] = []
  let at: Heading | undefined = headings[lastUpTo(headings, offset)]
  while (at) {
    if (offset < at.sectionEnd || offset === at.end) path.unshift(at)
    at = at.parent === null ? undefined : headings[at.parent - 1]
  }
  return path
}

/**
 * The unit of a kind that an offset stands in: of units within one another the smallest; `null`
 * where there is none, as on a blank line. The end of a unit is outside it.
 */
export function unitAt(structure: Structure, kind: UnitKind, offset: number): Span | null {
  switch (kind) {
    case 'section': {
      const heading = sectionPathAt(structure, offset).at(-1)
      return heading ? { start: heading.start, end: heading.sectionEnd } : null
    }
    case 'paragraph':
      return spanAt(structure.paragraphs, offset)
    case 'sentence':
      return spanAt(structure.sentences, offset)
    case 'clause':
      return spanAt(structure.clauses, offset)
    case 'item':
      return itemAt(structure, offset)
  }
}

function itemAt({ enumerations }: Structure, offset: number): Span | null {
  let found: Span | null = null
  for (const { items } of enumerations) {
    if (items[0]!.start > offset) break
    found = spanAt(items, offset) ?? found
  }
  return found
}

function spanAt(spans: readonly Span[], offset: number): Span | null {
  const span = spans[lastUpTo(spans, offset)]
  return span && offset < span.end ? { start: span.start, end: span.end } : null
}

/** Index of the last span that begins at an offset or before it; -1 where none does. */
function lastUpTo(spans: readonly Span[], offset: number): number {
  let low = 0
  let high = spans.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (spans[middle]!.start <= offset) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** The lines that are neither a heading on their own nor around the report. */
function paragraphsOf(lines: readonly ReadLine[], headings: readonly Heading[]): Paragraph[] {
  const paragraphs: Paragraph[] = []
  let next = 0
  for (const { line, start, end, role } of lines) {
    while (next < headings.length && headings[next]!.start < end) next++
    if (role !== 'paragraph') continue
    const last = headings[next - 1]
    const heading = last && start < last.sectionEnd ? last.n : null
    const hasRunInHeading = last !== undefined && last.start >= start
    paragraphs.push({ line, start, end, heading, hasRunInHeading })
  }
  return paragraphs
}

/**
 * Where units shall end and where not, by the last word on each place. A run-in heading that has
 * no full stop behind it ends a sentence all the same, unless it is nothing but a number.
 */
function boundariesOf(
  text: string,
  headings: readonly Heading[],
  corrections: readonly Correction[],
): UnitBoundaries {
  const last = new Map<number, Correction>()
  for (const correction of corrections) {
    if (correction.kind !== 'split' && correction.kind !== 'join') continue
    const known = last.get(correction.start)
    if (!known || known.createdAt <= correction.createdAt) last.set(correction.start, correction)
  }
  const placesOf = (kind: Correction['kind']) =>
    [...last.values()].filter(each => each.kind === kind).map(({ start }) => start)
  const cuts = headings.flatMap(({ title, end, bodyStart }) =>
    bodyStart === null || title === '' || /[\u3002\uFF61]/.test(text[end]!) ? [] : [bodyStart],
  )
  return { splits: [...placesOf('split'), ...cuts], joins: placesOf('join') }
}
