import type { Annotation } from '../../../shared/domain/annotation'
import type { AnnotationId, CodeId } from '../../../shared/domain/id'

/** A stretch of text over which the same annotations lie. */
export interface Segment {
  readonly start: number
  readonly end: number
  /** In reading order of the annotations: the one that began last is last. */
  readonly ids: readonly AnnotationId[]
  /** Each code once, in the order of `ids`. */
  readonly codeIds: readonly CodeId[]
}

/**
 * Cuts overlapping annotations into stretches that do not overlap, so that the browser draws
 * one span a stretch however many annotations lie over it. Expects reading order.
 */
export function segmentsOf(annotations: readonly Annotation[]): Segment[] {
  const segments: Segment[] = []
  let active: Annotation[] = []
  let next = 0
  let at = 0
  while (next < annotations.length || active.length > 0) {
    if (active.length === 0) at = annotations[next]!.start
    while (next < annotations.length && annotations[next]!.start <= at) {
      active.push(annotations[next]!)
      next++
    }
    let end = annotations[next]?.start ?? Number.POSITIVE_INFINITY
    for (const annotation of active) end = Math.min(end, annotation.end)
    if (end > at) {
      segments.push({
        start: at,
        end,
        ids: active.map(({ id }) => id),
        codeIds: [...new Set(active.map(({ codeId }) => codeId))],
      })
    }
    at = end
    active = active.filter(annotation => annotation.end > at)
  }
  return segments
}

/** What two segments have in common when they are drawn the same. */
export function drawingOf({ start, end, codeIds }: Segment): string {
  return `${start} ${end} ${codeIds.join(' ')}`
}
