import { useRef, useState } from 'react'
import { jobErrorOf } from '../../jobs/job-error'
import type { AuditOutcome, AuditProgress, AuditWish } from '../../jobs/trail-job'
import { useJobs } from '../../session/jobs'
import { useWorkspace } from '../../workspace/context'
import { newId } from '../../workspace/open'
import { startAudit } from './start-trail'

/** How far writing the audit trail has come. */
export type AuditState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'running'; readonly progress: AuditProgress; readonly isStopping: boolean }
  | AuditOutcome

/** What is left to choose. */
export type AuditPlan = Omit<AuditWish, 'kind' | 'session' | 'project' | 'database'>

/** Writing an audit trail, and how to begin and stop it. */
export interface Auditing {
  readonly state: AuditState
  /** Starts on what `plan` answers; what it rejects with is a failure like any other. */
  begin(plan: () => Promise<AuditPlan>): Promise<void>
  cancel(): void
  fail(error: unknown): void
}

/** Writes one audit trail at a time, and shows it among the running jobs. */
export function useAudit(): Auditing {
  const workspace = useWorkspace()
  const { project, db, freshSession } = workspace
  const [state, setState] = useState<AuditState>({ kind: 'idle' })
  const stop = useRef<(() => void) | null>(null)

  const begin: Auditing['begin'] = async plan => {
    const id = newId()
    const { put, end } = useJobs.getState()
    let isStopped = false
    let cancelJob = () => {}
    const cancel = () => {
      isStopped = true
      cancelJob()
      setState(before => (before.kind === 'running' ? { ...before, isStopping: true } : before))
    }
    const show = (progress: AuditProgress) => {
      put({ id, kind: 'export', ...progress, cancel })
      setState({ kind: 'running', progress, isStopping: isStopped })
    }
    stop.current = cancel
    show({ done: 0, total: 0 })
    try {
      const wish: AuditWish = {
        ...(await plan()),
        kind: 'audit',
        session: await freshSession(),
        project: { id: project.id, name: project.name },
        database: db.name,
      }
      const job = startAudit(workspace, wish, show)
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
