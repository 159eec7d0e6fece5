import { useEffect, useRef, useState } from 'react'
import type { ProjectId } from '../../../shared/domain/id'
import type { Host, PlaceToken, TaskResults } from '../../../shared/host'
import { isCancelled, runTask, type TaskProgress } from '../../workspace/task'

/** How far the saving of a copy has come. */
export type SaveCopyState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly progress: TaskProgress; readonly isStopping: boolean }
  | { readonly kind: 'saved'; readonly saved: TaskResults['save-copy'] }
  | { readonly kind: 'failed'; readonly error: unknown }
  /** Stopped by the researcher: nothing was written. */
  | { readonly kind: 'cancelled' }

/** The saving of a copy, and how to begin and stop it. */
export interface SavingCopy {
  readonly state: SaveCopyState
  /** Saves into what `place` answers; what that rejects with is a failure like any other. */
  begin(fileName: string, place: () => Promise<PlaceToken | null>): Promise<void>
  cancel(): void
  fail(error: unknown): void
}

/** Saves one copy of a project at a time. */
export function useSaveCopy(host: Host, project: ProjectId): SavingCopy {
  const [state, setState] = useState<SaveCopyState>({ kind: 'idle' })
  const stop = useRef(() => {})
  useEffect(() => () => stop.current(), [])

  const begin: SavingCopy['begin'] = async (fileName, place) => {
    const cancel = new AbortController()
    stop.current = () => cancel.abort()
    const show = (progress: TaskProgress) =>
      setState({ kind: 'running', progress, isStopping: cancel.signal.aborted })
    show({ phase: 'starting', done: 0, total: 0 })
    try {
      const wish = { kind: 'save-copy', project, place: await place(), fileName } as const
      const saved = await runTask<'save-copy'>(host, wish, {
        onProgress: show,
        signal: cancel.signal,
      })
      setState({ kind: 'saved', saved })
    } catch (error) {
      setState(isCancelled(error) ? { kind: 'cancelled' } : { kind: 'failed', error })
    } finally {
      stop.current = () => {}
    }
  }
  return {
    state,
    begin,
    cancel: () => {
      stop.current()
      setState(before => (before.kind === 'running' ? { ...before, isStopping: true } : before))
    },
    fail: error => setState({ kind: 'failed', error }),
  }
}
