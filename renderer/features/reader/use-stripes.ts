import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import type { Annotation } from '../../../shared/domain/annotation'
import type { ReaderView } from './view'

/** An annotation and where it is, in pixels from the top of the text. */
export interface Placed {
  readonly annotation: Annotation
  readonly top: number
  readonly bottom: number
}

interface StripeParts {
  readonly view: RefObject<ReaderView | null>
  readonly scroller: RefObject<HTMLElement | null>
  readonly place: RefObject<HTMLElement | null>
  /** In reading order. */
  readonly annotations: readonly Annotation[]
}

/**
 * Where the annotations on and near the screen are, ordered by their top. Measured once a
 * frame at most, after drawing, scrolling and resizing, and never in the frame that wrote.
 */
export function useStripes({ view, scroller, place, annotations }: StripeParts): readonly Placed[] {
  const [placed, setPlaced] = useState<readonly Placed[]>([])
  const wanted = useRef(annotations)
  const frame = useRef(0)

  const measureSoon = useCallback(() => {
    if (frame.current) return
    frame.current = requestAnimationFrame(() => {
      frame.current = 0
      const { current } = view
      // In this frame, not in the next: a stripe is what tells a coder that the key has worked.
      if (current) flushSync(() => setPlaced(measured(current, wanted.current)))
    })
  }, [view])

  // After the effect that mounts the reader, or there would be nothing to measure: a short
  // report changes no size by being mounted, and nobody else would ask.
  useEffect(() => {
    wanted.current = annotations
    view.current?.show(annotations)
    measureSoon()
  }, [annotations, view, measureSoon])

  useEffect(() => {
    const scrolling = scroller.current
    const text = place.current
    if (!scrolling || !text) return
    const observer = new ResizeObserver(measureSoon)
    observer.observe(text)
    scrolling.addEventListener('scroll', measureSoon, { passive: true })
    return () => {
      observer.disconnect()
      scrolling.removeEventListener('scroll', measureSoon)
      cancelAnimationFrame(frame.current)
      frame.current = 0
    }
  }, [scroller, place, measureSoon])

  return placed
}

function measured(view: ReaderView, annotations: readonly Annotation[]): Placed[] {
  const near = view.nearby()
  const placed: Placed[] = []
  for (const annotation of annotations) {
    if (annotation.start >= near.end) break
    if (annotation.end > near.start) placed.push({ annotation, ...view.measure(annotation) })
  }
  return placed.sort((a, b) => a.top - b.top)
}
