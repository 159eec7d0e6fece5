import { useEffect, useRef } from 'react'

interface KeyActions {
  undo(): Promise<void>
  redo(): Promise<void>
  /** From text fields, too. */
  history(): Promise<void>
  /** From text fields, too. */
  table(): Promise<void>
  /** A number key, 1 to 9, pressed alone while no field has the focus. */
  digit(digit: number): Promise<void>
}

/** The keys that work wherever the focus is in an open project, most of them except in text fields. */
export function useKeys(actions: KeyActions): void {
  const current = useRef(actions)
  current.current = actions
  useEffect(() => {
    let isRunning = false
    const onKey = (event: KeyboardEvent) => {
      if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) return
      if (document.querySelector('[role=dialog][aria-modal=true], .modal')) return
      const action = actionOf(event)
      if (!action || isForTarget(action.name, event.target)) return
      // Nothing else is to hear of it: lists that search by typed letters would take the number,
      // and every control on screen would be drawn again as if the keyboard had come to it.
      event.preventDefault()
      event.stopPropagation()
      // A key that is held down waits for what it asked for before.
      if (event.repeat && isRunning) return
      isRunning = true
      current.current[action.name](action.digit).finally(() => {
        isRunning = false
      })
    }
    // The key's going up counts as much as its going down.
    const onKeyUp = (event: KeyboardEvent) => {
      const action = actionOf(event)
      if (action && !isForTarget(action.name, event.target)) event.stopPropagation()
    }
    window.addEventListener('keydown', onKey, true)
    window.addEventListener('keyup', onKeyUp, true)
    return () => {
      window.removeEventListener('keydown', onKey, true)
      window.removeEventListener('keyup', onKeyUp, true)
    }
  }, [])
}

function actionOf(event: KeyboardEvent): { name: keyof KeyActions; digit: number } | null {
  const isMod = event.ctrlKey || event.metaKey
  const key = event.key.toLowerCase()
  if (event.altKey) return null
  if (isMod && key === 'z') return { name: event.shiftKey ? 'redo' : 'undo', digit: 0 }
  if (isMod && key === 'h' && event.shiftKey) return { name: 'history', digit: 0 }
  if (isMod && key === 'l' && event.shiftKey) return { name: 'table', digit: 0 }
  if (isMod && key === 'y' && !event.shiftKey) return { name: 'redo', digit: 0 }
  if (!isMod && /^[1-9]$/.test(key) && !event.repeat) return { name: 'digit', digit: Number(key) }
  return null
}

/** Keys that mean nothing to a field: they lead elsewhere from wherever one types. */
const LEADING: ReadonlySet<keyof KeyActions> = new Set(['history', 'table'])

/** Whether a key is meant for what has the focus, and for nothing else. */
function isForTarget(name: keyof KeyActions, target: EventTarget | null): boolean {
  if (name === 'digit' && isTypedInto(target)) return true
  return isField(target) && !(LEADING.has(name) && !isInDialog(target))
}

function isInDialog(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('[role=dialog]') !== null
}

/** Whether a digit begins to fill what has the focus, as in a table. */
function isTypedInto(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('[data-takes-digits]') !== null
}

function isField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest('[data-passes-keys]') === null &&
    target.closest('input, textarea, select, [contenteditable=true], [role=dialog]') !== null
  )
}
