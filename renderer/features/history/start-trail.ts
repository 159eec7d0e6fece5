import { type Job, startJob } from '../../jobs/job'
import workerUrl from '../../jobs/trail.worker.ts?worker&url'
import type {
  AuditOutcome,
  AuditProgress,
  AuditWish,
  TrailAsk,
  TrailNews,
  TrailWish,
} from '../../jobs/trail-job'
import { workerAt } from '../../jobs/worker-at'
import type { Workspace } from '../../workspace/open'

/** A reader of the journal that is at work. */
export interface TrailReader {
  /** Rejects when reading has failed. */
  readonly end: Promise<unknown>
  ask(ask: TrailAsk): void
  stop(): void
}

/** Starts reading the journal, in a worker. */
export function startTrail(
  { runner, carrier }: Workspace,
  wish: TrailWish,
  onNews: (news: TrailNews) => void,
): TrailReader {
  const worker = workerAt(workerUrl)
  const job = startJob<TrailWish, TrailNews, null>(worker, wish, {
    carrier,
    onProgress: onNews,
    alone: action => runner.alone(action),
  })
  return { end: job.result, ask: ask => worker.postMessage(ask), stop: job.stop }
}

/** Starts writing the audit trail, in a worker. */
export function startAudit(
  { runner, carrier }: Workspace,
  wish: AuditWish,
  onProgress: (progress: AuditProgress) => void,
): Job<AuditOutcome> {
  return startJob<AuditWish, AuditProgress, AuditOutcome>(workerAt(workerUrl), wish, {
    carrier,
    onProgress,
    alone: action => runner.alone(action),
  })
}
