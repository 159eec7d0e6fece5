import { useEffect, useState } from 'react'
import type { ReportRow } from '../../shared/analysis/report-row'
import type { ProjectDb } from './database'
import { watchReportRows } from './report-rows'

/**
 * The rows of all reports in order of import, always as they are now; `undefined` until they are
 * read, and as long as there is no `db` to read them from. A failure throws into the nearest
 * error boundary.
 */
export function useReportRows(db: ProjectDb | null): readonly ReportRow[] | undefined {
  const [answer, setAnswer] = useState<{
    readonly db: ProjectDb
    readonly rows?: readonly ReportRow[]
    readonly error?: unknown
  }>()
  useEffect(() => {
    if (db === null) return
    const end = watchReportRows(db, {
      onRows: rows => setAnswer({ db, rows }),
      onError: error => setAnswer({ db, error }),
    })
    return () => {
      end()
      // Nobody follows these rows any more: they are not shown when they are asked for again.
      setAnswer(undefined)
    }
  }, [db])
  if (answer === undefined || answer.db !== db) return undefined
  if ('error' in answer) throw answer.error
  return answer.rows
}
