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

/**
 * Where the names of spans stand, each beside the top of its span or just below the name
 * before it. Expects spans ordered by `top`; answers a top for each, in the same order.
 */
export function stackNames(spans: readonly Span[], height: number): number[] {
  let free = Number.NEGATIVE_INFINITY
  return spans.map(({ top }) => {
    const place = Math.max(top, free)
    free = place + height
    return place
  })
}
