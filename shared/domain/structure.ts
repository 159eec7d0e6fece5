import type { CorrectionId, ReportId } from './id'

// What a report is made of, read from its numbering and wording: always spans over the
// unchanged text. All offsets are UTF-16 units; ranges are half-open.

/** A stretch of the text. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** What a line of the text is. A run-in heading stands in a `paragraph`. */
export const LINE_ROLES = [
  'blank',
  'aside',
  'title',
  'heading',
  'signature',
  'date',
  'row',
  'paragraph',
] as const

export type LineRole = (typeof LINE_ROLES)[number]

/**
 * A line: the block of the same number in `blocksOf`, without white space at its ends. Where a
 * text has lost newlines, a line may be in pieces that have its number.
 */
export interface Line extends Span {
  /** Counted from 0. */
  readonly line: number
  readonly role: LineRole
}

/**
 * The numbering that a heading has. `chapter` 第一章, `article` 第一条, `cn_dun` 一、, `cn_paren`
 * （一）, `arabic_dot` 1., `arabic_paren` （1）, `circled` ①, `none` without a number.
 */
export const HEADING_STYLES = [
  'chapter',
  'article',
  'cn_dun',
  'cn_paren',
  'arabic_dot',
  'arabic_paren',
  'circled',
  'none',
] as const

export type HeadingStyle = (typeof HEADING_STYLES)[number]

/**
 * A heading; its range is marker and title, without the full stop behind it. One that goes on over
 * two lines has a newline in its range, and none in its title.
 */
export interface Heading extends Span {
  /** Counted from 1, in reading order. */
  readonly n: number
  /** 1 is the highest. */
  readonly level: number
  readonly style: HeadingStyle
  /** As in the text, with its punctuation; empty for `none`. */
  readonly marker: string
  /** What the marker counts; `null` for `none`. */
  readonly number: number | null
  readonly title: string
  readonly isRunIn: boolean
  /** Where it begins. */
  readonly line: number
  /** `n` of the heading that it stands under, or `null`. */
  readonly parent: number | null
  /** Where a run-in heading's own text begins, after its full stop; else `null`. */
  readonly bodyStart: number | null
  /** Where its section ends: before the next heading of its level or a higher one. */
  readonly sectionEnd: number
  /** Whether the researcher made it or changed its level. */
  readonly isCorrected: boolean
}

/** The parts that the genre must have, and what surrounds them. */
export const PART_KINDS = [
  'preamble',
  'achievements',
  'leader_duty',
  'problems',
  'next_steps',
  'signature',
] as const

export type PartKind = (typeof PART_KINDS)[number]

/** A mandated part; parts follow one another and do not overlap. */
export interface Part extends Span {
  readonly part: PartKind
  readonly firstLine: number
  readonly lastLine: number
  /** Whether a heading says so, or the wording of its first paragraph. */
  readonly isHeaded: boolean
}

/** An item of an enumeration (一是…): from its marker to the next one or the paragraph's end. */
export interface EnumeratedItem extends Span {
  readonly n: number
  readonly marker: string
  /** What follows the marker, up to the first full stop, semicolon or colon. */
  readonly lead: string
}

/** Items counted 1, 2, 3… within one paragraph, or each at the head of one under one heading. */
export interface Enumeration {
  /** Where the first item stands. */
  readonly line: number
  /** `n` of the heading that it stands under, or `null`. */
  readonly heading: number | null
  readonly items: readonly EnumeratedItem[]
}

export interface Paragraph extends Span {
  readonly line: number
  readonly heading: number | null
  readonly hasRunInHeading: boolean
}

/** A sentence or clause, within one paragraph. */
export interface Sentence extends Span {
  readonly line: number
  /** Index of the paragraph in `Structure.paragraphs`. */
  readonly paragraph: number
}

/** Something odd in how a text is set: a note to the researcher, never an error. */
export interface StructureWarning extends Span {
  /**
   * `gap`: the counter left out a number. `repeat`: it came again. `order`: it went back.
   * `joined`: newlines seem to be lost, so that several headings stand in one line, or a whole
   * report does; then what was read of it is less certain.
   */
  readonly kind: 'gap' | 'repeat' | 'order' | 'joined'
  /** The number that would go on; of `joined` how many headings a line has at most. */
  readonly expected: number
  readonly found: number
}

/** How a report is built. Lists are in reading order. */
export interface Structure {
  /** Which rules made it: `STRUCTURE_VERSION` in `text/structure.ts`. */
  readonly version: number
  readonly lines: readonly Line[]
  readonly headings: readonly Heading[]
  readonly parts: readonly Part[]
  /** Mandated parts that were not found. */
  readonly absent: readonly PartKind[]
  /**
   * Where the leaders' duty stands when it has no part of its own, such as one item within
   * another part; `null` where the text says nothing of it or it is a part.
   */
  readonly leaderDuty: Span | null
  readonly enumerations: readonly Enumeration[]
  readonly paragraphs: readonly Paragraph[]
  readonly sentences: readonly Sentence[]
  readonly clauses: readonly Sentence[]
  readonly warnings: readonly StructureWarning[]
}

/**
 * What a correction says of the place that it is about.
 *
 * - `heading`: the line from `start` on begins with a heading that ends at `end`, of `level`.
 * - `not-heading`: what was read as a heading at `start` is none.
 * - `split`: a sentence and a clause end at `start`. `join`: none ends at `start`.
 * - `aside`, `not-aside`: the line at `start` is, or is not, part of what surrounds the report.
 */
export const CORRECTION_KINDS = [
  'heading',
  'not-heading',
  'split',
  'join',
  'aside',
  'not-aside',
] as const

export type CorrectionKind = (typeof CORRECTION_KINDS)[number]

/** A researcher's correction of a report's structure. A later parser respects it. */
export interface Correction extends Span {
  readonly id: CorrectionId
  readonly reportId: ReportId
  readonly kind: CorrectionKind
  /** Of a `heading`, 1 to 9; else 0. */
  readonly level: number
  /** Milliseconds since the Unix epoch. */
  readonly createdAt: number
}

/** Corrections by their place in the text. */
export function inPlaceOrder(corrections: Iterable<Correction>): Correction[] {
  return [...corrections].sort(
    (a, b) => a.start - b.start || a.end - b.end || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0),
  )
}
