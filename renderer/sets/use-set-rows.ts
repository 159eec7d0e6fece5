import { useEffect, useMemo, useState } from 'react'
import type { ReportRow } from '../../shared/analysis/report-row'
import { type OwnVariables, type RuleTrouble, setTest } from '../../shared/analysis/report-sets'
import type { ReportId, ReportSetId } from '../../shared/domain/id'
import { membersOf, type ReportSet } from '../../shared/domain/variable'
import { useReportRows } from '../data/use-report-rows'
import { useWorkspace } from '../workspace/context'
import { filteredInSteps } from './in-steps'
import { useOwnVariables, useSets } from './use-sets'

/** The rows of a set, and why there are none where its rule cannot be decided. */
export interface SetRows {
  readonly rows: readonly ReportRow[]
  readonly trouble: RuleTrouble | null
}

/**
 * The rows of a set, all rows where `set` is `null`. `undefined` until they are known, and again
 * as soon as another set or another rule is asked for; while only the rows change, the answer to
 * the rows before stays.
 */
export function useSetRows(
  rows: readonly ReportRow[] | undefined,
  set: ReportSet | null,
  variables: OwnVariables | undefined,
): SetRows | undefined {
  const [answer, setAnswer] = useState<{ readonly set: ReportSet; readonly found: SetRows }>()
  useEffect(() => {
    if (!rows || !variables || set === null) return
    let isWanted = true
    const { isIn, trouble } = setTest(set, variables)
    void filteredInSteps(rows, isIn, () => isWanted).then(found => {
      if (found) setAnswer({ set, found: { rows: found, trouble } })
    })
    return () => {
      isWanted = false
    }
  }, [rows, set, variables])
  if (!rows) return undefined
  if (set === null) return { rows, trouble: null }
  return answer && isSameContent(answer.set, set) ? answer.found : undefined
}

/** Which reports the chosen set has, for those who hold no rows. */
export interface ChosenReports {
  /** `null` while all reports are chosen, as they are when the set is not there any more. */
  readonly set: ReportSet | null
  /** `undefined` until they are known. */
  readonly ids: ReadonlySet<ReportId> | undefined
  readonly trouble: RuleTrouble | null
}

/** The reports of a set, by hand at once, by rule as soon as the rows are read and tested. */
export function useReportsIn(chosen: ReportSetId | null): ChosenReports {
  const { db } = useWorkspace()
  const sets = useSets()
  const variables = useOwnVariables()
  const set = sets?.find(({ id }) => id === chosen) ?? null
  const isByRule = set !== null && set.rule !== null
  const rows = useReportRows(isByRule ? db : null)
  const found = useSetRows(rows, isByRule ? set : null, variables)
  const foundRows = found?.rows
  const ids = useMemo(() => {
    if (set === null) return undefined
    if (set.rule === null) return new Set(membersOf(set))
    return foundRows && new Set(foundRows.map(({ report }) => report.id))
  }, [set, foundRows])
  return { set, ids, trouble: found?.trouble ?? null }
}

function isSameContent(a: ReportSet, b: ReportSet): boolean {
  return a.id === b.id && a.rule === b.rule && a.members === b.members
}
