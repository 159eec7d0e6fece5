import { useEffect, useRef, useState } from 'react'
import type { Host, TaskResults } from '../../../shared/host'
import { isCancelled, type TaskProgress } from '../../workspace/task'
import { openCopy } from './open-copy'

/** How far the opening of a copy has come. */
export type OpenCopyState =
  | { readonly kind: 'idle' }
  /** What was dropped is no copy by its name. */
  | { readonly kind: 'other-file'; readonly fileName: string }
  | {
      readonly kind: 'running'
      readonly fileName: string
      readonly progress: TaskProgress
      readonly isStopping: boolean
    }
  | { readonly kind: 'opened'; readonly result: TaskResults['open-copy'] }
  | { readonly kind: 'failed'; readonly fileName: string; readonly error: unknown }

/** The opening of a copy, one at a time. */
export interface OpeningCopy {
  readonly state: OpenCopyState
  begin(file: File, suffix: string): Promise<void>
  refuse(fileName: string): void
  cancel(): void
  /** Forgets what has ended. */
  clear(): void
}

/** Opens copies; `onOpened` hears of each that is on the list now. */
export function useOpenCopy(host: Host, onOpened: () => void): OpeningCopy {
  const [state, setState] = useState<OpenCopyState>({ kind: 'idle' })
  const stop = useRef<(() => void) | null>(null)
  useEffect(() => () => stop.current?.(), [])

  return {
    state,
    begin: async (file, suffix) => {
      if (stop.current) return
      const cancel = new AbortController()
      const { signal } = cancel
      stop.current = () => cancel.abort()
      const { name: fileName } = file
      const onProgress = (progress: TaskProgress) =>
        setState({ kind: 'running', fileName, progress, isStopping: signal.aborted })
      onProgress({ phase: 'sending', done: 0, total: 0 })
      try {
        const result = await openCopy(host, { file, suffix }, { onProgress, signal })
        setState({ kind: 'opened', result })
        onOpened()
      } catch (error) {
        setState(isCancelled(error) ? { kind: 'idle' } : { kind: 'failed', fileName, error })
      } finally {
        stop.current = null
      }
    },
    refuse: fileName => {
      if (!stop.current) setState({ kind: 'other-file', fileName })
    },
    cancel: () => {
      stop.current?.()
      setState(before => (before.kind === 'running' ? { ...before, isStopping: true } : before))
    },
    clear: () => setState({ kind: 'idle' }),
  }
}
