import { useEffect, useMemo, useRef, useState } from 'react'
import { arrangedRows, type RowGroup } from '../../../shared/analysis/arrange-rows'
import {
  type ColumnKey,
  cellOf,
  columnType,
  type ReportRow,
} from '../../../shared/analysis/report-row'
import type { ReportId } from '../../../shared/domain/id'
import { categoriesOf, type Variable, type VariableKey } from '../../../shared/domain/variable'
import { LEVELS } from '../../../shared/text/places'
import { useTableView } from '../../session/table-view'

export interface Arranged {
  /** In order, with groups; `undefined` until it is first worked out. */
  readonly groups: readonly RowGroup[] | undefined
  /** Whether values have changed since that would change the order or what is let through. */
  readonly isStale: boolean
  /** Works it out anew. */
  again(): void
}

/**
 * The rows in the order that the session asks for. It is worked out when that changes or reports
 * come and go, and not when a value does: the row would jump away under the hand.
 */
export function useArranged(
  rows: readonly ReportRow[] | undefined,
  variables: ReadonlyMap<VariableKey, Variable>,
): Arranged {
  const { sort, filter, groupBy } = useTableView()
  const [turn, setTurn] = useState(0)
  const [arranged, setArranged] = useState<{
    readonly groups: readonly RowGroup[]
    readonly rows: readonly ReportRow[]
  }>()
  const latest = useRef({ rows, variables })
  latest.current = { rows, variables }
  const ids = useIdentity(rows)

  // biome-ignore lint/correctness/useExhaustiveDependencies: values may change without being sorted anew
  useEffect(() => {
    const { rows, variables } = latest.current
    if (!rows) return
    let isWanted = true
    const help = {
      typeOf: (column: ColumnKey) => columnType(column, variables),
      orderOf: (column: ColumnKey) => orderOf(column, variables),
      pause: () => new Promise<void>(resolve => setTimeout(resolve)),
    }
    arrangedRows(rows, { sort, filter, groupBy }, help).then(
      groups => isWanted && setArranged({ groups, rows }),
      (error: unknown) => {
        // Thrown while drawing, so that the error boundary gets it.
        setArranged(() => {
          throw error
        })
      },
    )
    return () => {
      isWanted = false
    }
  }, [ids, sort, filter, groupBy, turn])

  const columns = useMemo(
    () => [
      ...new Set([
        ...sort.map(({ column }) => column),
        ...filter.all.map(({ column }) => column),
        ...(groupBy === null ? [] : [groupBy]),
      ]),
    ],
    [sort, filter, groupBy],
  )
  const isStale = useMemo(
    () => (arranged && rows ? differ(arranged.rows, rows, columns) : false),
    [arranged, rows, columns],
  )
  return { groups: arranged?.groups, isStale, again: () => setTurn(count => count + 1) }
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

/** Whether a cell in one of the columns has changed. Rows that have not are the same objects. */
function differ(
  before: readonly ReportRow[],
  now: readonly ReportRow[],
  columns: readonly ColumnKey[],
): boolean {
  if (columns.length === 0 || before.length !== now.length) return false
  return now.some((row, at) => {
    const old = before[at]!
    return row !== old && columns.some(column => cellOf(row, column) !== cellOf(old, column))
  })
}

function orderOf(
  column: ColumnKey,
  variables: ReadonlyMap<VariableKey, Variable>,
): readonly string[] {
  if (column === 'level') return LEVELS
  if (column === 'submission' || column === 'publication')
    return ['before', 'on', 'unclear', 'after']
  const own = variables.get(column as VariableKey)
  return own?.type === 'category' ? categoriesOf(own) : []
}
