import { type RefObject, useEffect, useState } from 'react'
import type { ReaderView } from './view'

interface PlaceParts {
  readonly view: RefObject<ReaderView | null>
  readonly scroller: RefObject<HTMLElement | null>
  /** Whether the view is mounted. */
  readonly isReady: boolean
  /** Where headings and parts begin, in ascending order. */
  readonly stops: readonly number[]
}

/**
 * The last stop that was passed at the top of what is seen; 0 before the first. Asked for once a
 * frame at most while it is scrolled, and a new one only where another stop is passed.
 */
export function usePlace({ view, scroller, isReady, stops }: PlaceParts): number {
  const [place, setPlace] = useState(0)
  useEffect(() => {
    const scrolling = scroller.current
    if (!scrolling || !isReady) return
    let frame = 0
    const look = () => {
      frame ||= requestAnimationFrame(() => {
        frame = 0
        if (view.current) setPlace(lastAtOrBefore(stops, view.current.top()))
      })
    }
    look()
    scrolling.addEventListener('scroll', look, { passive: true })
    return () => {
      scrolling.removeEventListener('scroll', look)
      cancelAnimationFrame(frame)
    }
  }, [view, scroller, isReady, stops])
  return place
}

function lastAtOrBefore(stops: readonly number[], offset: number): number {
  let low = 0
  let high = stops.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (stops[middle]! <= offset) low = middle + 1
    else high = middle
  }
  return stops[low - 1] ?? 0
}
