import { useEffect, useMemo, useRef, useState } from 'react'
import type { ReportRow } from '../../shared/analysis/report-row'
import type { RuleTrouble, SetTest } from '../../shared/analysis/report-sets'
import type { ReportId, ReportSetId } from '../../shared/domain/id'
import { membersOf, type ReportSet } from '../../shared/domain/variable'
import { useReportRows } from '../data/use-report-rows'
import { useWorkspace } from '../workspace/context'
import { filteredInSteps } from './in-steps'
import { useSetTest } from './use-set-test'
import { useOwnVariables, useSets } from './use-sets'

/** Which reports the chosen set has, for those who hold no rows. */
export interface ChosenReports {
  /** `null` while all reports are chosen, as they are when the set is not there any more. */
  readonly set: ReportSet | null
  /** `undefined` until they are known; the same object as long as they are the same reports. */
  readonly ids: ReadonlySet<ReportId> | undefined
  readonly trouble: RuleTrouble | null
}

/** The reports of a set, by hand at once, by rule as soon as the rows are read and tested. */
export function useReportsIn(chosen: ReportSetId | null): ChosenReports {
  const { db } = useWorkspace()
  const sets = useSets()
  const variables = useOwnVariables()
  const set = sets?.find(({ id }) => id === chosen) ?? null
  const byRule = set !== null && set.rule !== null ? set : null
  const rows = useReportRows(byRule && db)
  const test = useSetTest(byRule, variables)
  const found = useIdsIn(rows, test)
  const byHand = useMemo(
    () => (set !== null && set.rule === null ? new Set(membersOf(set)) : undefined),
    [set],
  )
  return { set, ids: byHand ?? found, trouble: test?.trouble ?? null }
}

interface Answer {
  readonly test: SetTest
  /** The rows that were tested. */
  readonly rows: readonly ReportRow[]
  readonly ids: ReadonlySet<ReportId>
}

/**
 * The reports that a test lets in. `undefined` until they are known, and again as soon as another
 * test is asked; while only the rows change, the answer to the rows before stays.
 */
function useIdsIn(
  rows: readonly ReportRow[] | undefined,
  test: SetTest | null | undefined,
): ReadonlySet<ReportId> | undefined {
  const [ids, setIds] = useState<Pick<Answer, 'test' | 'ids'>>()
  const last = useRef<Answer>(undefined)
  useEffect(() => {
    if (!rows || !test) return
    const answer = (ids: ReadonlySet<ReportId>) => {
      if (last.current?.ids !== ids) setIds({ test, ids })
      last.current = { test, rows, ids }
    }
    const before = last.current
    const changed = before?.test === test ? changedRows(before.rows, rows) : null
    if (before && changed) {
      answer(withTested(before.ids, changed, test))
      return
    }
    let isWanted = true
    void filteredInSteps(rows, test.isIn, () => isWanted).then(found => {
      if (found) answer(new Set(found.map(({ report }) => report.id)))
    })
    return () => {
      isWanted = false
    }
  }, [rows, test])
  return rows && ids && ids.test === test ? ids.ids : undefined
}

/** More rows than these are tested in steps. */
const TESTED_AT_ONCE = 500

/**
 * The rows that are not as they were, of which there is one after each coding. `null` where
 * reports have come, gone or changed places, and where there are many.
 */
function changedRows(
  before: readonly ReportRow[],
  now: readonly ReportRow[],
): readonly ReportRow[] | null {
  if (before.length !== now.length) return null
  const changed: ReportRow[] = []
  for (const [at, row] of now.entries()) {
    if (row === before[at]) continue
    if (row.report.id !== before[at]?.report.id || changed.length === TESTED_AT_ONCE) return null
    changed.push(row)
  }
  return changed
}

/** The reports let in once some rows are tested anew. */
function withTested(
  ids: ReadonlySet<ReportId>,
  changed: readonly ReportRow[],
  { isIn }: SetTest,
): ReadonlySet<ReportId> {
  const moved = changed.filter(row => isIn(row) !== ids.has(row.report.id))
  if (moved.length === 0) return ids
  const now = new Set(ids)
  for (const { report } of moved) if (!now.delete(report.id)) now.add(report.id)
  return now
}
