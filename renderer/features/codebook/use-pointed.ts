import { useEffect, useRef, useState } from 'react'
import type { CodeId } from '../../../shared/domain/id'

/** The code that the pointer rests on. */
export interface Pointed {
  readonly id: CodeId | null
  point(id: CodeId): void
  leave(): void
}

/** A row counts once the pointer has rested on it this long, so that crossing rows is quiet. */
const REST_MS = 160

/** Which code the pointer rests on, until it rests on another or leaves altogether. */
export function usePointed(): Pointed {
  const [id, setId] = useState<CodeId | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  return {
    id,
    point: next => {
      clearTimeout(timer.current)
      timer.current = setTimeout(() => setId(next), REST_MS)
    },
    leave: () => {
      clearTimeout(timer.current)
      setId(null)
    },
  }
}
