import { useRef, useState } from 'react'
import type { ExportOutcome, ExportProgress, ExportWish } from '../../jobs/export-job'
import { jobErrorOf } from '../../jobs/job-error'
import { useJobs } from '../../session/jobs'
import { useWorkspace } from '../../workspace/context'
import { newId } from '../../workspace/open'
import { startExport } from './start-export'

/** How far the dialog's export has come. */
export type ExportState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'running'; readonly progress: ExportProgress; readonly isStopping: boolean }
  | Extract<ExportOutcome, { kind: 'written' }>
  /** Stopped by the researcher: nothing was written. */
  | { readonly kind: 'cancelled' }

/** An export and how to begin and stop it. */
export interface Exporting {
  readonly state: ExportState
  /** Starts on what `plan` answers; what it rejects with is a failure like any other. */
  begin(plan: () => Promise<Omit<ExportWish, 'session' | 'project' | 'database'>>): Promise<void>
  cancel(): void
  fail(error: unknown): void
}

/** Runs one export at a time, and shows it among the running jobs. */
export function useExport(): Exporting {
  const workspace = useWorkspace()
  const [state, setState] = useState<ExportState>({ kind: 'idle' })
  const stop = useRef<(() => void) | null>(null)
  const { project, db, freshSession } = workspace

  const begin: Exporting['begin'] = async plan => {
    const id = newId()
    const { put, end } = useJobs.getState()
    let isStopped = false
    let cancelJob = () => {}
    const cancel = () => {
      isStopped = true
      cancelJob()
      setState(before => (before.kind === 'running' ? { ...before, isStopping: true } : before))
    }
    const show = (progress: ExportProgress) => {
      put({ id, kind: 'export', ...progress, cancel })
      setState({ kind: 'running', progress, isStopping: isStopped })
    }
    stop.current = cancel
    show({ done: 0, total: 0 })
    try {
      const wish = await plan()
      const { id: projectId, name } = project
      const job = startExport(
        workspace,
        {
          ...wish,
          session: await freshSession(),
          project: { id: projectId, name },
          database: db.name,
        },
        show,
      )
      cancelJob = job.cancel
      if (isStopped) job.cancel()
      setState(await job.result)
    } catch (error) {
      setState({ kind: 'failed', error: jobErrorOf(error) })
    } finally {
      stop.current = null
      end(id)
    }
  }
  return {
    state,
    begin,
    cancel: () => stop.current?.(),
    fail: error => setState({ kind: 'failed', error: jobErrorOf(error) }),
  }
}
