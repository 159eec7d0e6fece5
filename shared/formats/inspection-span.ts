import type { Span } from '../domain/structure'
import type { CodePointIndex } from '../text/code-points'

/** A half-open range of a text, in code points (`_cp`) and in UTF-16 units (`_utf16`). */
export interface InspectedSpan {
  readonly start_cp: number
  readonly end_cp: number
  readonly start_utf16: number
  readonly end_utf16: number
}

/** A range in both ways of counting. */
export function spanIn(index: CodePointIndex, { start, end }: Span): InspectedSpan {
  return {
    start_cp: index.toCodePoint(start),
    end_cp: index.toCodePoint(end),
    start_utf16: start,
    end_utf16: end,
  }
}
