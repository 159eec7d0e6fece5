import { type ColumnKey, isVariableColumn } from '../../../shared/analysis/report-row'
import { inVariableOrder, type Variable, type VariableKey } from '../../../shared/domain/variable'
import type { TableView } from '../../session/table-view'

/** A column as the grid draws it. */
export interface Column {
  readonly key: ColumnKey
  /** Pixels. */
  readonly width: number
  /** Whether its cells can be changed where they stand. */
  readonly canEdit: boolean
  /** The variable behind it, where it is one of the researcher's own. */
  readonly own: Variable | null
}

/** A report's name, which stays in view however far one scrolls. */
export const NAME: ColumnKey = 'name'

/** Every column but own variables, in order, with its width at first; those at the end are hidden. */
const BUILT_IN: readonly { readonly key: ColumnKey; readonly width: number }[] = [
  { key: 'name', width: 260 },
  { key: 'place', width: 110 },
  { key: 'place_code', width: 104 },
  { key: 'level', width: 116 },
  { key: 'province', width: 100 },
  { key: 'parent', width: 130 },
  { key: 'year', width: 104 },
  { key: 'date', width: 100 },
  { key: 'submission', width: 150 },
  { key: 'publication', width: 150 },
  { key: 'issuers', width: 180 },
  { key: 'chars', width: 104 },
  { key: 'hanChars', width: 124 },
  { key: 'uses', width: 104 },
]
const HIDDEN: readonly { readonly key: ColumnKey; readonly width: number }[] = [
  { key: 'title', width: 240 },
  { key: 'fileName', width: 180 },
  { key: 'path', width: 240 },
  { key: 'format', width: 80 },
  { key: 'addedAt', width: 140 },
]
const OWN_WIDTH = 110

/** Every column that there is, in the order of the table: built in, own, and those hidden at first. */
export function allColumns(
  variables: readonly Variable[],
  { widths }: Pick<TableView, 'widths'>,
): Column[] {
  const own = inVariableOrder(variables).map(variable => ({
    key: variable.id as VariableKey,
    width: OWN_WIDTH,
    own: variable,
  }))
  const every: readonly { key: ColumnKey; width: number; own?: Variable }[] = [
    ...BUILT_IN,
    ...own,
    ...HIDDEN,
  ]
  return every.map(column => ({
    key: column.key,
    width: widths[column.key] ?? column.width,
    canEdit: column.key === NAME || isVariableColumn(column.key),
    own: column.own ?? null,
  }))
}

/** Whether a column is shown. The name always is: a row must be of something. */
export function isShown(key: ColumnKey, { shown }: Pick<TableView, 'shown'>): boolean {
  if (key === NAME) return true
  return shown[key] ?? !HIDDEN.some(column => column.key === key)
}
