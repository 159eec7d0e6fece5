import type { Span, Structure } from '../domain/structure'
import { sectionPathAt, unitAt } from './structure'

// A selection grows from unit to unit: a clause, its sentence, the enumerated item, the paragraph,
// each section around it, the whole text.

/**
 * The smallest unit that holds a span and more; the whole text where no unit does. `null` for the
 * whole text. `length` is the text's, in UTF-16 units.
 */
export function grownUnit(structure: Structure, span: Span, length: number): Span | null {
  return unitsAround(structure, span, length).find(each => isWithin(span, each)) ?? null
}

/**
 * The unit from which a span has grown, or would have, from a place in it on; `null` where that
 * was none. `anchor` is the place, and the span's start where it lies outside.
 */
export function shrunkUnit(
  structure: Structure,
  span: Span,
  { length, anchor = span.start }: { readonly length: number; readonly anchor?: number },
): Span | null {
  const at = span.start <= anchor && anchor < span.end ? anchor : span.start
  let last: Span | null = null
  // Units need not lie within one another, so only the way up tells the way down.
  for (let next: Span | null = { start: at, end: at }; next && isWithin(next, span); ) {
    if (next.end > next.start) last = next
    next = grownUnit(structure, next, length)
  }
  return last
}

/** The units that a place stands in, the smallest first, and the whole text at last. */
function unitsAround(structure: Structure, { start }: Span, length: number): Span[] {
  const kinds = ['clause', 'sentence', 'item', 'paragraph'] as const
  const units = kinds.flatMap(kind => unitAt(structure, kind, start) ?? [])
  for (const { start: from, sectionEnd } of sectionPathAt(structure, start).toReversed()) {
    units.push({ start: from, end: sectionEnd })
  }
  units.push({ start: 0, end: length })
  return units.sort((a, b) => a.end - a.start - (b.end - b.start))
}

/** Whether a span lies in another one that is larger. */
function isWithin(inner: Span, outer: Span): boolean {
  return (
    outer.start <= inner.start &&
    inner.end <= outer.end &&
    outer.end - outer.start > inner.end - inner.start
  )
}
