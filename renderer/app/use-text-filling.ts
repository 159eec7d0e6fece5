import { useEffect, useRef } from 'react'
import type { TextsWish } from '../data/fill-texts'
import { useLive } from '../data/use-live'
import { type Job, JobFailed, startJob } from '../jobs/job'
import workerUrl from '../jobs/texts.worker.ts?worker&url'
import { workerAt } from '../jobs/worker-at'
import { useJobs } from '../session/jobs'
import { useWorkspace } from '../workspace/context'

/**
 * Brings the texts that the working copy lacks into it, a few at a time, while the project is
 * open for coding: at first, and whenever reports come in, but not during an import. Whatever
 * keeps it from that, a text that is not there is read in the folder.
 */
export function useTextFilling(): void {
  const { db, view, carrier, freshSession, atEnd } = useWorkspace()
  const soon = useRef(() => {})
  useEffect(() => {
    if (view) return
    let job: Job<null> | null = null
    let isWanted = false
    let isOver = false
    let isFilling = false
    const fill = async () => {
      for (let tries = 0; isWanted && !isOver && tries < MOST_TRIES; tries++) {
        isWanted = false
        const session = await freshSession()
        if (isOver) return
        job = startJob<TextsWish, never, null>(
          workerAt(workerUrl),
          { database: db.name, session },
          { carrier, onProgress: () => {}, alone: action => action() },
        )
        await job.result.catch((error: unknown) => {
          // The host was started again meanwhile.
          isWanted ||= error instanceof JobFailed && error.reason === 'session-ended'
        })
        job = null
      }
    }
    soon.current = () => {
      isWanted = true
      if (isFilling) return
      isFilling = true
      fill()
        .catch(() => {})
        .finally(() => {
          isFilling = false
        })
    }
    const end = () => {
      isOver = true
      job?.stop()
    }
    const forget = atEnd(end)
    return () => {
      forget()
      end()
    }
  }, [db, view, carrier, freshSession, atEnd])

  const reports = useLive(() => db.reports.count(), 'reports to be filled')
  const isImporting = useJobs(({ running }) => running.some(({ kind }) => kind === 'import'))
  useEffect(() => {
    if (reports !== undefined && !isImporting) soon.current()
  }, [reports, isImporting])
}

/** Whatever goes on, it is not tried for ever; the next report that comes in asks again. */
const MOST_TRIES = 5
