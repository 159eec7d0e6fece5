import { type RefObject, useEffect, useRef, useState } from 'react'
import type { GridPlace } from './grid-keys'

/** The cell that the pointer has rested on. */
export interface Hovered {
  readonly place: GridPlace
  readonly element: Element
}

const REST_MS = 350

/** Finds the cell on which the pointer rests for a moment. */
export function useHover(within: RefObject<HTMLElement | null>): {
  readonly hovered: Hovered | null
  /** The pointer has come to a place, or to none. */
  follow(place: GridPlace | null, target: EventTarget): void
  forget(): void
} {
  const [hovered, setHovered] = useState<Hovered | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const forget = () => {
    clearTimeout(timer.current)
    setHovered(null)
  }
  return {
    hovered,
    forget,
    follow: (place, target) => {
      const element = target instanceof Element ? target.closest('[data-column]') : null
      if (hovered !== null && element === hovered.element) return
      forget()
      if (place === null || element === null) return
      timer.current = setTimeout(() => {
        // A row that was scrolled away is not on the page any more.
        if (within.current?.contains(element)) setHovered({ place, element })
      }, REST_MS)
    },
  }
}
