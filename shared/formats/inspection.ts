import type { Report } from '../domain/report'
import type { PartKind, Sentence, Span, Structure } from '../domain/structure'
import { codePointIndex, codePointsIn } from '../text/code-points'
import { hanIn } from '../text/meta'
import { type InspectedMeta, inspectedMeta, type MetaSubject } from './inspection-meta'
import { type InspectedSpan, spanIn } from './inspection-span'

// What `codicil inspect` says of a report, for programs to read. Its names are an interface:
// scripts outside depend on them, so they are spelled here and do not follow our own. Every
// place is given twice, in code points (`_cp`) and in UTF-16 units (`_utf16`).

export interface InspectedHeading extends InspectedSpan {
  readonly n: number
  readonly level: number
  readonly style: string
  readonly marker: string
  readonly number: number | null
  readonly title: string
  /** Marker and title, as they stand. */
  readonly text: string
  readonly run_in: boolean
  readonly line: number
  readonly parent: number | null
  /** Where the text behind a run-in heading begins; left out for one that stands alone. */
  readonly body_start_cp?: number
}

export interface InspectedPart extends InspectedSpan {
  readonly part: PartKind
  readonly first_line: number
  readonly last_line: number
  /** How it begins. */
  readonly head: string
}

export interface InspectedBlock extends InspectedSpan {
  readonly type: 'aside' | 'title' | 'signature' | 'date' | 'row'
  readonly text: string
  readonly line: number
}

export interface InspectedItem extends InspectedSpan {
  readonly n: number
  readonly marker: string
  readonly lead: string
}

export interface InspectedEnumeration {
  readonly line: number
  readonly heading: number | null
  readonly count: number
  readonly items: readonly InspectedItem[]
}

export interface InspectedParagraph extends InspectedSpan {
  readonly line: number
  readonly heading: number | null
  readonly run_in_heading: boolean
  /** How many sentences it has. */
  readonly sentences: number
  readonly chars: number
  /** How it begins and ends. */
  readonly head: string
  readonly tail: string
}

export interface InspectedSentence extends InspectedSpan {
  readonly line: number
}

/** The numbers of what a report has. */
export interface InspectedCounts {
  readonly L1: number
  readonly L2: number
  readonly L3: number
  /** Enumerations, and the items of all of them. */
  readonly groups: number
  readonly items: number
  readonly paragraphs: number
  readonly sentences: number
  readonly standalone_headings: number
  readonly run_in_headings: number
}

export interface InspectedWarning extends InspectedSpan {
  readonly kind: string
  readonly expected: number
  readonly found: number
}

/** How a report is built. */
export interface InspectedStructure {
  readonly structure_version: number
  readonly counts: InspectedCounts
  readonly headings: readonly InspectedHeading[]
  readonly parts: readonly InspectedPart[]
  readonly absent_parts: readonly PartKind[]
  /** Where the leaders' duty stands when it is no part of its own. */
  readonly leader_duty: InspectedSpan | null
  readonly other_blocks: readonly InspectedBlock[]
  readonly enumerations: readonly InspectedEnumeration[]
  readonly paragraphs: readonly InspectedParagraph[]
  readonly sentences: readonly InspectedSentence[]
  readonly clauses: readonly InspectedSentence[]
  readonly warnings: readonly InspectedWarning[]
}

/** What a report's file was. */
export interface InspectedSource {
  /** The file's name. */
  readonly source: string
  readonly path: string
  /** Which row of a table, counted from 1; `null` for a whole file. */
  readonly row: number | null
  readonly format: string
  readonly extractor: string
  /** `null` for formats that settle this themselves. */
  readonly encoding: string | null
  /** Of the file's bytes. */
  readonly sha256: string
  /** How many bytes the file has; `null` where the project does not hold it. */
  readonly bytes: number | null
  readonly chars: number
  readonly length_cp: number
  readonly length_utf16: number
  readonly han: number
  readonly lines: number
  readonly nonblank_lines: number
}

/** A report with all that is known of it. */
export interface InspectionSubject extends MetaSubject {
  readonly report: Report
  /** How many bytes its file has, or `null`. */
  readonly bytes: number | null
  readonly structure: Structure
}

/** All that `codicil inspect` says of a report. */
export interface Inspection extends InspectedSource, InspectedStructure {
  readonly title: string
  readonly meta: InspectedMeta
}

/** A report in the words of the interface. `structure` and `meta` are those of its text. */
export function inspectionOf(subject: InspectionSubject): Inspection {
  const { report, bytes, text, structure } = subject
  return {
    ...inspectedSource(report, { bytes, text }),
    title: report.title,
    meta: inspectedMeta(subject),
    ...inspectedStructure(text, structure),
  }
}

/** What the file of a report was, and how much text there is. */
export function inspectedSource(
  report: Report,
  { bytes, text }: Pick<InspectionSubject, 'bytes' | 'text'>,
): InspectedSource {
  const chars = codePointsIn(text)
  const { lines, nonBlank } = linesIn(text)
  return {
    source: report.fileName,
    path: report.path,
    row: report.row,
    format: report.format,
    extractor: report.extractor,
    encoding: report.encoding === '' ? null : report.encoding,
    sha256: report.originalHash,
    bytes,
    chars,
    length_cp: chars,
    length_utf16: text.length,
    han: hanIn(text),
    lines,
    nonblank_lines: nonBlank,
  }
}

/** A structure in the words of the interface. */
export function inspectedStructure(text: string, structure: Structure): InspectedStructure {
  const index = codePointIndex(text)
  const span = (each: Span) => spanIn(index, each)
  const { headings, parts, enumerations, paragraphs, sentences, clauses } = structure
  const perParagraph = countsPer(sentences, paragraphs.length)
  return {
    structure_version: structure.version,
    counts: countsOf(structure),
    headings: headings.map(heading => ({
      n: heading.n,
      level: heading.level,
      style: heading.style,
      marker: heading.marker,
      number: heading.number,
      title: heading.title,
      text: text.slice(heading.start, heading.end),
      run_in: heading.isRunIn,
      line: heading.line,
      parent: heading.parent,
      ...span(heading),
      ...(heading.bodyStart === null
        ? {}
        : { body_start_cp: index.toCodePoint(heading.bodyStart) }),
    })),
    parts: parts.map(part => ({
      part: part.part,
      first_line: part.firstLine,
      last_line: part.lastLine,
      ...span(part),
      head: headOf(text, part, PART_HEAD),
    })),
    absent_parts: structure.absent,
    leader_duty: structure.leaderDuty && span(structure.leaderDuty),
    other_blocks: structure.lines.flatMap(({ line, role, start, end }) =>
      isOther(role)
        ? [{ type: role, text: text.slice(start, end), line, ...span({ start, end }) }]
        : [],
    ),
    enumerations: enumerations.map(({ line, heading, items }) => ({
      line,
      heading,
      count: items.length,
      items: items.map(({ n, marker, lead, ...rest }) => ({ n, marker, lead, ...span(rest) })),
    })),
    paragraphs: paragraphs.map((paragraph, i) => {
      const places = span(paragraph)
      return {
        line: paragraph.line,
        heading: paragraph.heading,
        run_in_heading: paragraph.hasRunInHeading,
        sentences: perParagraph[i]!,
        chars: places.end_cp - places.start_cp,
        ...places,
        head: headOf(text, paragraph, PARAGRAPH_ENDS),
        tail: tailOf(text, paragraph, PARAGRAPH_ENDS),
      }
    }),
    sentences: sentences.map(each => ({ line: each.line, ...span(each) })),
    clauses: clauses.map(each => ({ line: each.line, ...span(each) })),
    warnings: structure.warnings.map(({ kind, expected, found, ...rest }) => ({
      kind,
      expected,
      found,
      ...span(rest),
    })),
  }
}

/** Code points of a part and of a paragraph that are shown. */
const PART_HEAD = 30
const PARAGRAPH_ENDS = 12

const OTHERS = ['aside', 'title', 'signature', 'date', 'row'] as const

function isOther(role: string): role is InspectedBlock['type'] {
  return OTHERS.some(each => each === role)
}

function countsOf(structure: Structure): InspectedCounts {
  const { headings, enumerations, paragraphs, sentences } = structure
  const onLevel = (level: number) => headings.filter(each => each.level === level).length
  const runIn = headings.filter(({ isRunIn }) => isRunIn).length
  return {
    L1: onLevel(1),
    L2: onLevel(2),
    L3: onLevel(3),
    groups: enumerations.length,
    items: enumerations.reduce((sum, { items }) => sum + items.length, 0),
    paragraphs: paragraphs.length,
    sentences: sentences.length,
    standalone_headings: headings.length - runIn,
    run_in_headings: runIn,
  }
}

function countsPer(sentences: readonly Sentence[], paragraphs: number): number[] {
  const counts = new Array<number>(paragraphs).fill(0)
  for (const { paragraph } of sentences) counts[paragraph] = (counts[paragraph] ?? 0) + 1
  return counts
}

/** The first `chars` code points of a range's first line. */
function headOf(text: string, { start, end }: Span, chars: number): string {
  const [line = ''] = text.slice(start, Math.min(end, start + 2 * chars)).split('\n')
  return Array.from(line).slice(0, chars).join('')
}

/** The last `chars` code points of a range. */
function tailOf(text: string, { start, end }: Span, chars: number): string {
  // What is cut in the middle of a pair is not among the last ones.
  const part = text.slice(Math.max(start, end - 2 * chars - 1), end)
  return Array.from(part).slice(-chars).join('')
}

function linesIn(text: string): { lines: number; nonBlank: number } {
  let lines = 0
  let nonBlank = 0
  for (let start = 0; start <= text.length; lines++) {
    const found = text.indexOf('\n', start)
    const end = found < 0 ? text.length : found
    if (/[^\s\u200b\ufeff]/.test(text.slice(start, end))) nonBlank++
    start = end + 1
  }
  return { lines, nonBlank }
}
