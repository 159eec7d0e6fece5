import type { Correction, Heading, Span } from '../../../shared/domain/structure'
import type { ReportStructure } from './use-structure'

/** What can be said about the structure at a place of a text. */
export interface Place {
  /** The line there without white space at its ends; `null` on an empty one. */
  readonly line: Span | null
  /** The heading that begins the line, if one does. */
  readonly heading: Heading | null
  /** What would become a heading: the selection within the line, else its start up to a full stop. */
  readonly title: Span | null
  readonly isAside: boolean
  /** Where a unit would be split; `null` where one begins or ends already. */
  readonly splitAt: number | null
  /** Where two units would be joined: the end of the one that the place is in. */
  readonly joinAt: number | null
  /** The corrections of the line. */
  readonly corrections: readonly Correction[]
}

/** No heading is longer, in UTF-16 units. */
const LONGEST_TITLE = 120

/** Reads off what stands at a selection, or at the caret where `start` is `end`. */
export function placeAt(
  { structure, corrections }: ReportStructure,
  text: string,
  { start, end }: Span,
): Place {
  const line = lineAt(text, start)
  const isIn = (offset: number) => line !== null && offset >= line.start && offset <= line.end
  const heading =
    structure.headings.find(each => line !== null && each.start === line.start) ?? null
  const unit = structure.sentences.find(each => each.start <= start && start < each.end)
  const isEdge = structure.clauses.some(each => each.start === start || each.end === start)
  const next = unit && structure.sentences.find(each => each.start >= unit.end)
  return {
    line,
    heading,
    title: line && titleIn(text, line, { start, end }),
    isAside: structure.lines.some(each => each.role === 'aside' && isIn(each.start)),
    splitAt: unit && !isEdge && start > unit.start ? start : null,
    joinAt: unit && next && next.paragraph === unit.paragraph ? unit.end : null,
    corrections: corrections.filter(each => isIn(each.start)),
  }
}

function lineAt(text: string, offset: number): Span | null {
  let start = offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1
  let end = text.indexOf('\n', offset)
  if (end < 0) end = text.length
  while (start < end && /\s/.test(text[start]!)) start++
  while (start < end && /\s/.test(text[end - 1]!)) end--
  return start < end ? { start, end } : null
}

function titleIn(text: string, line: Span, selected: Span): Span | null {
  const isWithin = selected.start < selected.end && selected.end <= line.end
  const stop = text.slice(line.start, line.end).search(/[\u3002\uFF01\uFF1F!?]/)
  const end = isWithin ? selected.end : stop < 0 ? line.end : line.start + stop
  return end > line.start && end - line.start <= LONGEST_TITLE ? { start: line.start, end } : null
}
