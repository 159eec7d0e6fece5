import { useEffect } from 'react'
import type { TextsWish } from '../../data/fill-texts'
import { type Job, startJob } from '../../jobs/job'
import workerUrl from '../../jobs/texts.worker.ts?worker&url'
import { workerAt } from '../../jobs/worker-at'
import { type RunningJob, useJobs } from '../../session/jobs'
import { useWorkspace } from '../../workspace/context'

/**
 * Brings the texts that the working copy lacks into it, a few at a time, while the project is
 * open for coding: at first, and after each import. Whatever keeps it from that, a text that is
 * not there is read in the folder.
 */
export function useTextFilling(): void {
  const { db, view, carrier, session } = useWorkspace()
  useEffect(() => {
    if (view) return
    let job: Job<null> | null = null
    let isWanted = false
    const begin = () => {
      if (!isWanted || job) return
      isWanted = false
      const wish = { database: db.name, session: session() }
      job = startJob<TextsWish, never, null>(workerAt(workerUrl), wish, {
        carrier,
        onProgress: () => {},
        alone: action => action(),
      })
      const end = () => {
        job = null
        begin()
      }
      job.result.then(end, end)
    }
    const soon = () => {
      isWanted = true
      begin()
    }
    soon()
    const unsubscribe = useJobs.subscribe(({ running }, before) => {
      if (hasImport(before.running) && !hasImport(running)) soon()
    })
    return () => {
      unsubscribe()
      job?.stop()
    }
  }, [db, view, carrier, session])
}

function hasImport(jobs: readonly RunningJob[]): boolean {
  return jobs.some(({ kind }) => kind === 'import')
}
