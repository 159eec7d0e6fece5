import { useMemo } from 'react'
import type { ReportRow } from '../../../shared/analysis/report-row'
import type { OwnVariables, RuleTrouble } from '../../../shared/analysis/report-sets'
import type { ReportId } from '../../../shared/domain/id'
import type { ReportSet } from '../../../shared/domain/variable'
import { useReportRows } from '../../data/use-report-rows'
import { useChosenSet } from '../../session/chosen-set'
import { useTableView } from '../../session/table-view'
import { useSetTest } from '../../sets/use-set-test'
import { useOwnVariables, useSets } from '../../sets/use-sets'
import { useWorkspace } from '../../workspace/context'
import { allColumns, type Column, isShown } from './columns'
import { type Line, linesOf } from './lines'
import { type Arranged, useArranged } from './use-arranged'

const NO_ROWS: readonly ReportRow[] = []
const NO_VARIABLES: OwnVariables = new Map()

/** The table as the session asks for it: which rows, in which order, with which columns. */
export interface TableContent extends Pick<Arranged, 'isStale' | 'again'> {
  /** How many reports the project has; `undefined` until they are read. */
  readonly total: number | undefined
  readonly variables: OwnVariables
  /** `null` where all reports are shown. */
  readonly set: ReportSet | null
  readonly trouble: RuleTrouble | null
  /** The rows that were in the set when it was arranged, before the filter. */
  readonly rows: readonly ReportRow[]
  readonly byId: ReadonlyMap<ReportId, ReportRow>
  /** Every column that there is. */
  readonly all: readonly Column[]
  /** Those that are shown. */
  readonly columns: readonly Column[]
  readonly lines: readonly Line[]
  /** The reports in `lines` and in folded groups; none until the chosen set is tested. */
  readonly shown: readonly ReportRow[]
}

export function useTable(): TableContent {
  const { db } = useWorkspace()
  const rows = useReportRows(db)
  const variables = useOwnVariables()
  const sets = useSets()
  const view = useTableView()
  const chosen = useChosenSet(state => state.chosen)
  const set = sets?.find(({ id }) => id === chosen) ?? null
  const test = useSetTest(set, variables)
  const known = variables ?? NO_VARIABLES
  // Until the sets are read, nobody knows whether the one that is chosen is among them.
  const isKnown = chosen === null || sets !== undefined
  const arranged = useArranged(variables && rows, known, isKnown ? test : undefined)
  const { groups, inSet, isStale, again } = arranged
  const rowsInSet = useMemo(() => {
    if (!rows || inSet === undefined) return NO_ROWS
    return inSet === null ? rows : rows.filter(({ report }) => inSet.has(report.id))
  }, [rows, inSet])
  const byId = useMemo(() => new Map((rows ?? NO_ROWS).map(row => [row.report.id, row])), [rows])
  const all = useMemo(() => allColumns([...known.values()], view), [known, view])
  const columns = useMemo(() => all.filter(({ key }) => isShown(key, view)), [all, view])
  const { groupBy, folded } = view
  const lines = useMemo(
    () => linesOf(groups ?? [], byId, { isGrouped: groupBy !== null, folded }),
    [groups, byId, groupBy, folded],
  )
  const shown = useMemo(
    () => (groups ?? []).flatMap(({ ids }) => ids.flatMap(id => byId.get(id) ?? [])),
    [groups, byId],
  )
  return {
    total: rows?.length,
    variables: known,
    set,
    trouble: test?.trouble ?? null,
    rows: rowsInSet,
    byId,
    all,
    columns,
    lines,
    shown,
    isStale,
    again,
  }
}
