import type { Span } from '../domain/structure'
import { foldWidth } from './width'

/** More places than this are not told: nobody steps through them. */
export const MOST_FOUND = 10_000

/** Where something was found. */
export interface Found {
  /** In reading order; none overlaps another. */
  readonly spans: readonly Span[]
  /** Whether there are more than {@link MOST_FOUND}. */
  readonly isCut: boolean
}

/**
 * Every place of a text that reads like the query: half- and full-width forms and upper and lower
 * case count as the same, and each kind of space as any other. None for an empty query.
 */
export function findIn(text: string, query: string): Found {
  const wanted = folded(query)
  if (wanted === '') return { spans: [], isCut: false }
  const within = folded(text)
  const spans: Span[] = []
  for (let at = within.indexOf(wanted); at >= 0; at = within.indexOf(wanted, at + wanted.length)) {
    if (spans.length === MOST_FOUND) return { spans, isCut: true }
    spans.push({ start: at, end: at + wanted.length })
  }
  return { spans, isCut: false }
}

/** Folded without changing its length, so that offsets hold. */
function folded(text: string): string {
  const width = foldWidth(text)
  const lower = width.toLowerCase()
  // A few letters become longer in lower case; then one by one, those left as they are.
  return lower.length === width.length ? lower : [...width].map(lowered).join('')
}

function lowered(letter: string): string {
  const lower = letter.toLowerCase()
  return lower.length === letter.length ? lower : letter
}
