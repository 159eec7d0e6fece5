import type { ReportId } from '../domain/id'
import type { VariableType } from '../domain/variable'
import { eachInSlices, sortedInSlices } from '../slices'
import { type ReportFilter, wantedBy } from './report-filter'
import { type Cell, type ColumnKey, cellOf, type ReportRow } from './report-row'

// The order in which a table shows its rows. It is worked out when somebody asks for an order, a
// filter or groups, and then holds: a row that is edited stays under the hand, as in a spreadsheet.

/** A column to sort by; the first of several counts most. */
export interface SortKey {
  readonly column: ColumnKey
  readonly direction: 'up' | 'down'
}

export interface Arrangement {
  readonly filter: ReportFilter
  readonly sort: readonly SortKey[]
  /** Rows with the same value in this column stand together; `null` for no groups. */
  readonly groupBy: ColumnKey | null
}

/** Rows that stand together. Without grouping there is one group, whose `value` is `null`. */
export interface RowGroup {
  /** What they have in common; `null` for what is missing. */
  readonly value: Cell
  readonly ids: readonly ReportId[]
}

/** What {@link arrangedRows} must know of columns. */
export interface ArrangeHelp {
  typeOf(column: ColumnKey): VariableType
  /** Of a category: its values in their order; empty where there is none. */
  orderOf(column: ColumnKey): readonly string[]
}

/**
 * The rows that the filter lets through, sorted and in groups. What is missing comes last in
 * either direction; equals stay in the order of `rows`. Text is ordered by pinyin, numbers in
 * it by value; categories in their own order. Others have their turn in between.
 */
export async function arrangedRows(
  rows: readonly ReportRow[],
  { filter, sort, groupBy }: Arrangement,
  help: ArrangeHelp,
): Promise<RowGroup[]> {
  const wanted = await wantedRows(rows, filter)
  const keys: SortKey[] = [...sort]
  // A group is in the direction in which its column is sorted, if it is.
  if (groupBy !== null) {
    const own = sort.find(({ column }) => column === groupBy)
    keys.unshift(own ?? { column: groupBy, direction: 'up' })
  }
  const sorted = keys.length === 0 ? wanted : await sortedBy(wanted, keys, help)
  if (groupBy === null) return [{ value: null, ids: sorted.map(({ report }) => report.id) }]
  const groups: { value: Cell; ids: ReportId[] }[] = []
  for (const row of sorted) {
    const value = cellOf(row, groupBy)
    const last = groups.at(-1)
    if (last && last.value === value) last.ids.push(row.report.id)
    else groups.push({ value, ids: [row.report.id] })
  }
  return groups
}

async function wantedRows(
  rows: readonly ReportRow[],
  filter: ReportFilter,
): Promise<readonly ReportRow[]> {
  if (filter.all.length === 0) return rows
  const isWanted = wantedBy(filter)
  const wanted: ReportRow[] = []
  await eachInSlices(rows, row => {
    if (isWanted(row)) wanted.push(row)
  })
  return wanted
}

/** Sorting by a column as a press on its head changes it: up, down, not at all. */
export function nextSort(
  sort: readonly SortKey[],
  column: ColumnKey,
  { keepOthers }: { readonly keepOthers: boolean },
): SortKey[] {
  const before = sort.find(each => each.column === column)
  const others = keepOthers ? sort.filter(each => each.column !== column) : []
  if (before?.direction === 'down') return others
  return [...others, { column, direction: before ? 'down' : 'up' }]
}

const byPinyin = new Intl.Collator('zh-u-co-pinyin', { numeric: true })

async function sortedBy(
  rows: readonly ReportRow[],
  keys: readonly SortKey[],
  help: ArrangeHelp,
): Promise<ReportRow[]> {
  const columns: { values: Cell[]; ranks: ReadonlyMap<Cell, number>; sign: number }[] = []
  for (const { column, direction } of keys) {
    const values = rows.map(row => cellOf(row, column))
    const ranks = await ranksOf(values, column, help)
    columns.push({ values, ranks, sign: direction === 'up' ? 1 : -1 })
  }
  const places = rows.map((_, i) => i)
  const compare = (a: number, b: number) => {
    for (const { values, ranks, sign } of columns) {
      const [left, right] = [values[a]!, values[b]!]
      if (left === right) continue
      if (left === null) return 1
      if (right === null) return -1
      const difference = (ranks.get(left) ?? 0) - (ranks.get(right) ?? 0)
      if (difference !== 0) return sign * difference
    }
    return a - b
  }
  return (await sortedInSlices(places, compare)).map(place => rows[place]!)
}

/** The place of each different value of a column: comparing texts again and again is slow. */
async function ranksOf(
  values: readonly Cell[],
  column: ColumnKey,
  { typeOf, orderOf }: ArrangeHelp,
): Promise<ReadonlyMap<Cell, number>> {
  const different = [...new Set(values)].filter(value => value !== null)
  const order = orderOf(column)
  const placeIn = (value: Cell) => {
    const at = order.indexOf(String(value))
    return at < 0 ? order.length : at
  }
  const compare = (a: Cell, b: Cell): number => {
    if (typeof a === 'number' && typeof b === 'number') return a - b
    if (typeOf(column) === 'date') return String(a) < String(b) ? -1 : 1
    return placeIn(a) - placeIn(b) || byPinyin.compare(String(a), String(b))
  }
  const sorted = await sortedInSlices(different, compare)
  return new Map(sorted.map((value, rank) => [value, rank]))
}
