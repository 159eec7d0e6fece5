import { eachInSlices, sortedInSlices } from '../slices'
import { type Cell, type ColumnKey, cellOf, type ReportRow } from './report-row'

/** One value that a column has. */
export interface ColumnValue {
  /** As `cellText` of `report-filter.ts` writes it: empty where it is missing. */
  readonly text: string
  readonly cell: Cell
  /** How many rows have it. */
  readonly count: number
}

/**
 * The values of a column, each once: numbers by size, then texts, those of `order` first and in
 * that order, the others as a dictionary has them; the missing ones last. Others have their turn
 * in between.
 */
export async function columnValues(
  rows: readonly ReportRow[],
  column: ColumnKey,
  order: readonly string[],
): Promise<ColumnValue[]> {
  const counts = new Map<Cell, number>()
  await eachInSlices(rows, row => {
    const cell = cellOf(row, column)
    counts.set(cell, (counts.get(cell) ?? 0) + 1)
  })
  const values = Array.from(counts, ([cell, count]) => ({
    text: cell === null ? '' : String(cell),
    cell,
    count,
  }))
  const rank = new Map(order.map((text, at) => [text, at]))
  const rankOf = ({ text }: ColumnValue) => rank.get(text) ?? rank.size
  return sortedInSlices(values, (a, b) => {
    const byKind = kindOf(a.cell) - kindOf(b.cell)
    if (byKind !== 0) return byKind
    if (typeof a.cell === 'number' && typeof b.cell === 'number') return a.cell - b.cell
    const byRank = rank.size === 0 ? 0 : rankOf(a) - rankOf(b)
    return byRank || DICTIONARY.compare(a.text, b.text) || (a.text < b.text ? -1 : 1)
  })
}

function kindOf(cell: Cell): number {
  return cell === null ? 2 : typeof cell === 'number' ? 0 : 1
}

const DICTIONARY = new Intl.Collator('zh-u-co-pinyin', { numeric: true })
