import { useEffect, useState } from 'react'
import type { TrailCode, TrailRow } from '../../../shared/journal/trail'
import { inSlices } from '../../../shared/slices'
import { isFiltering, matchingRows, type TrailFilter } from './filter'

/** What a filter leaves. */
export interface Matching {
  /** While they are being looked for, the rows that were shown before. */
  readonly shown: readonly TrailRow[]
  /** Whether these are the rows that the filter leaves by now. */
  readonly isSettled: boolean
}

interface Found {
  readonly rows: readonly TrailRow[]
  readonly among: readonly TrailRow[]
  readonly filter: TrailFilter
}

/** Goes through all rows for a filter without holding up who types it. */
export function useMatching(
  rows: readonly TrailRow[],
  filter: TrailFilter,
  codes: readonly TrailCode[],
): Matching {
  const [found, setFound] = useState<Found | null>(null)
  const isAll = !isFiltering(filter)
  useEffect(() => {
    if (isAll) {
      setFound(null)
      return
    }
    let isGone = false
    const steps = matchingRows(rows, filter, codes)
    void Promise.resolve(inSlices(steps)).then(left => {
      if (!isGone) setFound({ rows: left, among: rows, filter })
    })
    return () => {
      isGone = true
      steps.return([])
    }
  }, [rows, filter, codes, isAll])
  if (isAll) return { shown: rows, isSettled: true }
  const isSettled = found?.among === rows && found.filter === filter
  return { shown: found?.rows ?? rows, isSettled }
}
