import { useEffect, useState } from 'react'
import { type OwnVariables, type RuleTrouble, setTest } from '../../shared/analysis/report-sets'
import type { ReportSetId } from '../../shared/domain/id'
import type { ReportSet } from '../../shared/domain/variable'
import { useReportRows } from '../data/use-report-rows'
import { useWorkspace } from '../workspace/context'
import { filteredInSteps } from './in-steps'

/** How many reports a set has, and why there are none where its rule cannot be decided. */
export interface SetCount {
  readonly count: number
  readonly trouble: RuleTrouble | null
}

/**
 * How many reports each set has. Nothing is read while `isWanted` is false; a set that has not
 * been counted yet is not in the answer.
 */
export function useSetCounts(
  sets: readonly ReportSet[],
  variables: OwnVariables | undefined,
  { isWanted }: { readonly isWanted: boolean },
): ReadonlyMap<ReportSetId, SetCount> {
  const { db } = useWorkspace()
  const rows = useReportRows(isWanted && sets.length > 0 ? db : null)
  const [counts, setCounts] = useState(NONE)
  useEffect(() => {
    if (!rows || !variables) {
      // What was counted before is not shown for what is there now.
      setCounts(NONE)
      return
    }
    let isAsked = true
    const count = async () => {
      const counted = new Map<ReportSetId, SetCount>()
      for (const set of sets) {
        const { isIn, trouble } = setTest(set, variables)
        const found = await filteredInSteps(rows, isIn, () => isAsked)
        if (!found) return
        counted.set(set.id, { count: found.length, trouble })
      }
      setCounts(counted)
    }
    void count()
    return () => {
      isAsked = false
    }
  }, [rows, variables, sets])
  return counts
}

const NONE: ReadonlyMap<ReportSetId, SetCount> = new Map()
