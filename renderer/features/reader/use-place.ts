import { type RefObject, useEffect, useState } from 'react'
import { firstIndex } from './first-index'
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
        if (!view.current) return
        const top = view.current.top()
        setPlace(stops[firstIndex(stops.length, i => stops[i]! > top) - 1] ?? 0)
      })
    }
    look()
    scrolling.addEventListener('scroll', look, { passive: true })
    // Where the column becomes narrower, other lines come to stand at the top.
    const resized = new ResizeObserver(look)
    resized.observe(scrolling)
    return () => {
      resized.disconnect()
      scrolling.removeEventListener('scroll', look)
      cancelAnimationFrame(frame)
    }
  }, [view, scroller, isReady, stops])
  return place
}
