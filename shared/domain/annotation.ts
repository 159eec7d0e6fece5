import type { AnnotationId, CodeId, CoderId, ReportId } from './id'

/**
 * A stretch of one report's text: the half-open range `[start, end)`, counted in
 * UTF-16 units from the beginning of the text.
 *
 * `quote` repeats that stretch. People read it in exports, and {@link isIntact}
 * compares it with the text before anyone trusts the range.
 */
export interface Passage {
  readonly reportId: ReportId
  readonly start: number
  readonly end: number
  readonly quote: string
}

/** One code applied to one passage by one coder: one line of the coded dataset. */
export interface Annotation extends Passage {
  readonly id: AnnotationId
  readonly codeId: CodeId
  readonly coderId: CoderId
  /** Why this code, in the coder's words. Empty when they gave no reason. */
  readonly memo: string
  /** Milliseconds since the Unix epoch. */
  readonly createdAt: number
}

/** Whether the text still says, at the passage's place, what the passage quotes. */
export function isIntact(passage: Passage, text: string): boolean {
  return passage.start < passage.end && text.slice(passage.start, passage.end) === passage.quote
}

/**
 * Reading order: by start, and where two start together the longer one first. Ids settle
 * what is left, so that the order is the same on every machine.
 */
export function inReadingOrder(a: Annotation, b: Annotation): number {
  return a.start - b.start || b.end - a.end || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}

/** Whether two annotations say the same: same coder, same code, same passage. */
export function isSameCoding(
  a: Omit<Annotation, 'id' | 'memo' | 'createdAt' | 'quote'>,
  b: Omit<Annotation, 'id' | 'memo' | 'createdAt' | 'quote'>,
): boolean {
  return (
    a.codeId === b.codeId &&
    a.coderId === b.coderId &&
    a.reportId === b.reportId &&
    a.start === b.start &&
    a.end === b.end
  )
}
