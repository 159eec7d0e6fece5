import { useEffect, useMemo, useRef, useState } from 'react'
import { arrangedRows, type RowGroup } from '../../../shared/analysis/arrange-rows'
import { orderOfColumn } from '../../../shared/analysis/column-order'
import { wantedBy } from '../../../shared/analysis/report-filter'
import {
  type ColumnKey,
  cellOf,
  columnType,
  type ReportRow,
} from '../../../shared/analysis/report-row'
import type { SetTest } from '../../../shared/analysis/report-sets'
import type { ReportId } from '../../../shared/domain/id'
import type { Variable, VariableKey } from '../../../shared/domain/variable'
import { useTableView } from '../../session/table-view'
import { filteredInSteps } from '../../sets/in-steps'

export interface Arranged {
  /** In order, with groups; `undefined` until it is first worked out, and for each other set. */
  readonly groups: readonly RowGroup[] | undefined
  /** The reports that were in the set then; `null` for all, `undefined` where `groups` is. */
  readonly inSet: ReadonlySet<ReportId> | null | undefined
  /** Whether values have changed since that would change the order or which rows there are. */
  readonly isStale: boolean
  /** Works it out anew. */
  again(): void
}

interface Answer {
  readonly groups: readonly RowGroup[]
  readonly inSet: ReadonlySet<ReportId> | null
  /** What it was worked out from. */
  readonly test: SetTest | null
  readonly rows: readonly ReportRow[]
}

/**
 * The rows of a set in the order that the session asks for. It is worked out when that changes,
 * another set or rule is asked for, or reports come and go, and not when a value changes: the row
 * would jump away under the hand. `test` is `null` for all reports, `undefined` while it is not known.
 */
export function useArranged(
  rows: readonly ReportRow[] | undefined,
  variables: ReadonlyMap<VariableKey, Variable>,
  test: SetTest | null | undefined,
): Arranged {
  const { sort, filter, groupBy } = useTableView()
  const [turn, setTurn] = useState(0)
  const [arranged, setArranged] = useState<Answer>()
  const latest = useRef({ rows, variables })
  latest.current = { rows, variables }
  const ids = useIdentity(rows)

  // biome-ignore lint/correctness/useExhaustiveDependencies: values may change without being sorted anew
  useEffect(() => {
    const { rows, variables } = latest.current
    if (!rows || test === undefined) return
    let isWanted = true
    const help = {
      typeOf: (column: ColumnKey) => columnType(column, variables),
      orderOf: (column: ColumnKey) => orderOfColumn(column, variables),
    }
    const arrange = async () => {
      const found = test ? await filteredInSteps(rows, test.isIn, () => isWanted) : rows
      if (!found) return
      const groups = await arrangedRows(found, { sort, filter, groupBy }, help)
      const inSet = test && new Set(found.map(({ report }) => report.id))
      if (isWanted) setArranged({ groups, inSet, test, rows })
    }
    arrange().catch((error: unknown) => {
      // Thrown while drawing, so that the error boundary gets it.
      setArranged(() => {
        throw error
      })
    })
    return () => {
      isWanted = false
    }
  }, [ids, test, sort, filter, groupBy, turn])

  // Another set's rows are never shown under this one's name.
  const answer = arranged && arranged.test === test ? arranged : undefined
  const isStale = useMemo(() => {
    if (!answer || !rows) return false
    const { test } = answer
    const passes = wantedBy(filter)
    const isShown = (row: ReportRow) => (test === null || test.isIn(row)) && passes(row)
    const columns = sort.map(({ column }) => column)
    if (groupBy !== null) columns.push(groupBy)
    return differ(answer.rows, rows, { isShown, columns })
  }, [answer, rows, sort, filter, groupBy])
  return {
    groups: answer?.groups,
    inSet: answer?.inSet,
    isStale,
    again: () => setTurn(count => count + 1),
  }
}

/** Changes only when reports come, go, or change places. */
function useIdentity(rows: readonly ReportRow[] | undefined): readonly ReportId[] | undefined {
  const ids = useRef<readonly ReportId[]>(undefined)
  const isSame =
    rows !== undefined &&
    rows.length === ids.current?.length &&
    rows.every(({ report }, at) => report.id === ids.current![at])
  if (!isSame) ids.current = rows?.map(({ report }) => report.id)
  return ids.current
}

interface Shown {
  isShown(row: ReportRow): boolean
  /** What rows are sorted and grouped by. */
  readonly columns: readonly ColumnKey[]
}

/**
 * Whether a row has come to be shown or not, or one shown would have another place. Rows that
 * have not changed are the same objects.
 */
function differ(
  before: readonly ReportRow[],
  now: readonly ReportRow[],
  { isShown, columns }: Shown,
): boolean {
  if (before.length !== now.length) return false
  return now.some((row, at) => {
    const old = before[at]!
    if (row === old) return false
    const isNow = isShown(row)
    if (isNow !== isShown(old)) return true
    return isNow && columns.some(column => cellOf(row, column) !== cellOf(old, column))
  })
}
