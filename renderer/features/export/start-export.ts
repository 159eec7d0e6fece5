import { pageCarrier } from '../../host'
import type { ExportOutcome, ExportProgress, ExportWish } from '../../jobs/export-job'
import { type Job, startJob } from '../../jobs/job'
import type { Workspace } from '../../workspace/open'

/** Starts writing the coded dataset, in a worker. */
export function startExport(
  { runner }: Workspace,
  wish: ExportWish,
  onProgress: (progress: ExportProgress) => void,
): Job<ExportOutcome> {
  const worker = new Worker(new URL('../../jobs/export.worker.ts', import.meta.url), {
    type: 'module',
  })
  return startJob<ExportWish, ExportProgress, ExportOutcome>(worker, wish, {
    carrier: pageCarrier(),
    onProgress,
    alone: action => runner.alone(action),
  })
}
