/** A vertical extent, in pixels. */
export interface Span {
  readonly top: number
  readonly bottom: number
}

/**
 * Puts spans side by side so that none overlaps another in its lane. Each takes the
 * leftmost lane that is free, so there are as many lanes as spans overlap at once.
 *
 * Expects spans ordered by `top`, and keeps that order.
 */
export function packLanes<S extends Span>(spans: readonly S[]): (S & { readonly lane: number })[] {
  const bottoms: number[] = []
  return spans.map(span => {
    const free = bottoms.findIndex(bottom => bottom <= span.top)
    const lane = free < 0 ? bottoms.length : free
    bottoms[lane] = span.bottom
    return { ...span, lane }
  })
}
