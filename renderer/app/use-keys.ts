import { useEffect, useRef } from 'react'

interface KeyActions {
  undo(): void
  redo(): void
  /** A number key, 1 to 9, pressed alone while no field has the focus. */
  digit(digit: number): void
}

/** The keys that work wherever the focus is in an open project, except in text fields. */
export function useKeys(actions: KeyActions): void {
  const current = useRef(actions)
  current.current = actions
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) return
      if (
        isField(event.target) ||
        document.querySelector('[role=dialog][aria-modal=true], .modal')
      ) {
        return
      }
      const isMod = event.ctrlKey || event.metaKey
      const key = event.key.toLowerCase()
      if (isMod && !event.altKey && key === 'z') {
        event.preventDefault()
        if (event.shiftKey) current.current.redo()
        else current.current.undo()
      } else if (isMod && !event.altKey && !event.shiftKey && key === 'y') {
        event.preventDefault()
        current.current.redo()
      } else if (!isMod && !event.altKey && /^[1-9]$/.test(event.key) && !event.repeat) {
        event.preventDefault()
        current.current.digit(Number(event.key))
      }
    }
    // On the way down: lists that search by typed letters would swallow the numbers.
    window.addEventListener('keydown', onKey, true)
    return () => window.removeEventListener('keydown', onKey, true)
  }, [])
}

function isField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest('input, textarea, select, [contenteditable=true], [role=dialog]') !== null
  )
}
