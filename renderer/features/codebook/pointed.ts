import type { CodeId } from '../../../shared/domain/id'

/** Which code the pointer rests on. Only the card listens: nothing else is drawn anew for it. */
export interface Pointed {
  /** The pointer has come to a code's row. */
  point(id: CodeId): void
  /** The pointer has left tree and card. */
  leave(): void
  /** The code in question; `null` while the pointer is elsewhere. */
  current(): CodeId | null
  subscribe(listener: () => void): () => void
}

/** A row counts once the pointer has rested on it this long, so that crossing rows is quiet. */
const REST_MS = 160

/** Keeps the code that the pointer rests on, until it rests on another or leaves altogether. */
export function createPointed(): Pointed {
  const listeners = new Set<() => void>()
  let current: CodeId | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  const become = (id: CodeId | null) => {
    current = id
    for (const listener of listeners) listener()
  }
  return {
    point: id => {
      clearTimeout(timer)
      timer = setTimeout(become, REST_MS, id)
    },
    leave: () => {
      clearTimeout(timer)
      become(null)
    },
    current: () => current,
    subscribe: listener => {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
  }
}
