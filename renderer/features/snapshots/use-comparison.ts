import { useEffect, useState } from 'react'
import type { Comparison } from '../../../shared/journal/comparison'
import workerUrl from '../../jobs/compare.worker.ts?worker&url'
import type { CompareProgress, CompareWish } from '../../jobs/compare-job'
import { startJob } from '../../jobs/job'
import { jobErrorOf } from '../../jobs/job-error'
import { workerAt } from '../../jobs/worker-at'
import { useWorkspace } from '../../workspace/context'

/** How far the comparison of a snapshot with what this window shows has come. */
export type Comparing =
  | { readonly kind: 'running' }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'done'; readonly comparison: Comparison }

const RUNNING: Comparing = { kind: 'running' }

/**
 * Compares a snapshot with the working copy as it is after entry `seq`, in a worker. Begins anew
 * when either is another one, and waits while `seq` is `null`.
 */
export function useComparison(snapshot: string, seq: number | null): Comparing {
  const { project, db, carrier } = useWorkspace()
  const question = `${snapshot} ${seq}`
  const [answer, setAnswer] = useState<{ question: string; value: Comparing } | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `question` stands for what is compared
  useEffect(() => {
    if (seq === null) return
    let isGone = false
    const wish: CompareWish = { project: project.id, snapshot, database: db.name }
    const job = startJob<CompareWish, CompareProgress, Comparison>(workerAt(workerUrl), wish, {
      carrier,
      onProgress: () => {},
      alone: () => Promise.reject(new Error('a comparison writes nothing')),
    })
    const show = (value: Comparing) => {
      if (!isGone) setAnswer({ question, value })
    }
    job.result.then(
      comparison => show({ kind: 'done', comparison }),
      (error: unknown) => show({ kind: 'failed', error: jobErrorOf(error) }),
    )
    return () => {
      isGone = true
      job.stop()
    }
  }, [question])
  return answer?.question === question ? answer.value : RUNNING
}
