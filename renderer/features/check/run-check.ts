import type { FolderReport } from '../../../shared/host'
import workerUrl from '../../jobs/check.worker.ts?worker&url'
import type { CheckedProject, CheckProgress, CheckWish } from '../../jobs/check-job'
import { startJob } from '../../jobs/job'
import { workerAt } from '../../jobs/worker-at'
import type { Workspace } from '../../workspace/open'
import { runTask } from '../../workspace/task'

/** What a check has found. */
export interface CheckReport {
  readonly folder: FolderReport
  /** `null` where the journal is damaged, so that nothing can be said of what it means. */
  readonly project: CheckedProject | null
  /** How long it took. */
  readonly seconds: number
}

/** How far a check is; `phase` is the host's or the job's. */
export interface CheckStep {
  readonly phase: string
  readonly done: number
  /** 0 while it is not known. */
  readonly total: number
}

/**
 * Checks an open project: first the bytes of its folder, then what they mean. Changes nothing.
 * Rejects with an `AbortError` at once when `signal` says so.
 */
export async function runCheck(
  workspace: Pick<Workspace, 'host' | 'carrier' | 'project' | 'runner' | 'freshSession'>,
  { onProgress, signal }: { onProgress(step: CheckStep): void; signal: AbortSignal },
): Promise<CheckReport> {
  const begun = performance.now()
  const session = await workspace.freshSession()
  const folder = await runTask(
    workspace.host,
    { kind: 'check-folder', session },
    { onProgress, signal },
  )
  const seconds = () => (performance.now() - begun) / 1000
  if (folder.journal) return { folder, project: null, seconds: seconds() }
  const { damagedBlobs, missingBlobs } = folder
  const wish: CheckWish = {
    session,
    project: workspace.project.id,
    lost: { damagedBlobs, missingBlobs },
  }
  signal.throwIfAborted()
  const job = startJob<CheckWish, CheckProgress, CheckedProject | null>(workerAt(workerUrl), wish, {
    carrier: workspace.carrier,
    onProgress,
    alone: action => workspace.runner.alone(action),
  })
  const project = await Promise.race([job.result, stopped(signal)]).finally(job.stop)
  return { folder, project, seconds: seconds() }
}

/** Rejects when `signal` says so. */
function stopped(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}
