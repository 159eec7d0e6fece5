import { useEffect, useRef, useState } from 'react'
import type { TrailCode, TrailRow } from '../../../shared/journal/trail'
import { metaOf } from '../../data/commit'
import { useLive } from '../../data/use-live'
import { jobErrorOf } from '../../jobs/job-error'
import type { TrailCoder, TrailDetail, TrailNews } from '../../jobs/trail-job'
import { useWorkspace } from '../../workspace/context'
import { startTrail, type TrailReader } from './start-trail'

/** The journal, told. */
export interface Told {
  /** The newest first. */
  readonly rows: readonly TrailRow[]
  readonly codes: readonly TrailCode[]
  readonly coders: readonly TrailCoder[]
}

/** How far the journal has been read. */
export type TrailState =
  | { readonly kind: 'reading'; readonly done: number; readonly total: number }
  | ({ readonly kind: 'ready' } & Told)
  | { readonly kind: 'failed'; readonly error: unknown }

/** The journal while it is looked at. */
export interface ReadingTrail {
  readonly state: TrailState
  /** The entry asked for last, in full; `null` until it is there. */
  readonly detail: TrailDetail | null
  askForDetail(seq: number): void
  /** Begins anew after a failure. */
  retry(): void
}

/** Reads the journal in a worker, and goes on as it grows. */
export function useTrail(): ReadingTrail {
  const workspace = useWorkspace()
  const { db, freshSession } = workspace
  const [state, setState] = useState<TrailState>({ kind: 'reading', done: 0, total: 0 })
  const [detail, setDetail] = useState<TrailDetail | null>(null)
  const [attempt, setAttempt] = useState(0)
  const reader = useRef<TrailReader | null>(null)

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt is what starts it anew
  useEffect(() => {
    let isGone = false
    let rows: readonly TrailRow[] = []
    let fresh: TrailRow[] = []
    let isWhole = false
    const take = (news: TrailNews) => {
      if (isGone) return
      switch (news.kind) {
        case 'rows':
          for (const row of news.rows) fresh.push(row)
          if (!isWhole) setState({ kind: 'reading', done: fresh.length, total: news.total })
          return
        case 'ready':
          if (isWhole && fresh.length === 0) return
          isWhole = true
          rows = [...fresh.reverse(), ...rows]
          fresh = []
          setState({ kind: 'ready', rows, codes: news.codes, coders: news.coders })
          return
        case 'detail':
          setDetail(news)
      }
    }
    const fail = (error: unknown) => {
      if (!isGone) setState({ kind: 'failed', error: jobErrorOf(error) })
    }
    setState({ kind: 'reading', done: 0, total: 0 })
    Promise.all([freshSession(), metaOf(db)])
      .then(([session, { seq }]) => {
        if (isGone) return
        const started = startTrail(workspace, { kind: 'read', session, total: seq }, take)
        reader.current = started
        started.end.catch(fail)
      })
      .catch(fail)
    return () => {
      isGone = true
      reader.current?.stop()
      reader.current = null
    }
  }, [attempt])

  const seq = useLive(async () => (await metaOf(db)).seq, db.name)
  const last = state.kind === 'ready' ? (state.rows[0]?.seq ?? 0) : null
  useEffect(() => {
    if (seq !== undefined && last !== null && seq > last) reader.current?.ask({ kind: 'look' })
  }, [seq, last])

  return {
    state,
    detail,
    askForDetail: seq => reader.current?.ask({ kind: 'detail', seq }),
    retry: () => setAttempt(before => before + 1),
  }
}
