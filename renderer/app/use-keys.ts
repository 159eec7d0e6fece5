import { useEffect } from 'react'
import { COMMANDS, type CommandId, handlerOf } from '../session/commands'
import { commandsFor, isSingle, keyOf, useKeyMap } from '../session/key-map'

/** Listens to the keys of all commands, wherever the focus is in an open project. */
export function useKeys(): void {
  useEffect(() => {
    const running = new Set<CommandId>()
    const onKey = (event: KeyboardEvent) => {
      if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) return
      const id = commandOf(event)
      if (!id) return
      const handler = handlerOf(id)
      // A letter that means nothing here is left to whoever has the focus.
      if (!handler || (handler.isEnabled === false && COMMANDS[id].where === 'reader')) return
      if (event.repeat && id === 'codeByDigit') return
      // Nothing else is to hear of it: lists that search by typed letters would take the number,
      // and every control on screen would be drawn again as if the keyboard had come to it.
      event.preventDefault()
      event.stopPropagation()
      // A key that is held down waits for what it asked for before.
      if (handler.isEnabled === false || (event.repeat && running.has(id))) return
      running.add(id)
      const done = () => running.delete(id)
      Promise.resolve(handler.run(event.key.toLowerCase())).then(done, done)
    }
    // The key's going up counts as much as its going down.
    const onKeyUp = (event: KeyboardEvent) => {
      if (commandOf(event)) event.stopPropagation()
    }
    window.addEventListener('keydown', onKey, true)
    window.addEventListener('keyup', onKeyUp, true)
    return () => {
      window.removeEventListener('keydown', onKey, true)
      window.removeEventListener('keyup', onKeyUp, true)
    }
  }, [])
}

function commandOf(event: KeyboardEvent): CommandId | null {
  if (document.querySelector('[role=dialog][aria-modal=true], .modal, .dialog-scrim')) return null
  const key = keyOf(event)
  if (key === null) return null
  const { chosen } = useKeyMap.getState()
  return commandsFor(key, chosen).find(id => isMeant(id, key, event.target)) ?? null
}

/** Whether a key that is pressed there is meant for a command, and not for what has the focus. */
function isMeant(id: CommandId, key: string, target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return COMMANDS[id].where !== 'reader'
  switch (COMMANDS[id].where) {
    case 'anywhere':
      return target.closest('[role=dialog]') === null
    case 'reader':
      return target.closest('.report-text') !== null
    case 'page':
      return !isField(target) && !(isSingle(key) && takesDigits(target))
  }
}

/** Whether a letter or digit begins to fill what has the focus, as in a table. */
function takesDigits(target: HTMLElement): boolean {
  return target.closest('[data-takes-digits]') !== null
}

function isField(target: HTMLElement): boolean {
  return (
    target.closest('[data-passes-keys]') === null &&
    target.closest('input, textarea, select, [contenteditable=true], [role=dialog]') !== null
  )
}
