import type { Annotation } from '../../../shared/domain/annotation'
import type { Span } from '../../../shared/domain/structure'

export type Direction = 'next' | 'previous'

/** The nearest of some spans, in reading order, that begins behind a place, or before it. */
export function nearest<S extends Span>(
  spans: readonly S[],
  at: number,
  direction: Direction,
): S | null {
  return direction === 'next'
    ? (spans.find(({ start }) => start > at) ?? null)
    : (spans.findLast(({ start }) => start < at) ?? null)
}

/** The paragraphs in which nothing is coded. Both in reading order. */
export function uncodedAmong(
  paragraphs: readonly Span[],
  annotations: readonly Annotation[],
): Span[] {
  let next = 0
  let reach = 0
  return paragraphs.filter(({ start, end }) => {
    while (next < annotations.length && annotations[next]!.start < end) {
      reach = Math.max(reach, annotations[next]!.end)
      next++
    }
    return reach <= start
  })
}
