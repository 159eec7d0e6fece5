import workerUrl from '../../jobs/export.worker.ts?worker&url'
import type { ExportOutcome, ExportProgress, ExportWish } from '../../jobs/export-job'
import { type Job, startJob } from '../../jobs/job'
import { workerAt } from '../../jobs/worker-at'
import type { Workspace } from '../../workspace/open'

/** Starts writing the coded dataset, in a worker. */
export function startExport(
  { runner, carrier }: Workspace,
  wish: ExportWish,
  onProgress: (progress: ExportProgress) => void,
): Job<ExportOutcome> {
  return startJob<ExportWish, ExportProgress, ExportOutcome>(workerAt(workerUrl), wish, {
    carrier,
    onProgress,
    alone: action => runner.alone(action),
  })
}
