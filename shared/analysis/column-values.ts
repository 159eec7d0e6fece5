import { type Cell, type ColumnKey, cellOf, type ReportRow } from './report-row'
import { sortInSteps } from './sort-in-steps'

/** One value that a column has. */
export interface ColumnValue {
  /** As `cellText` of `report-filter.ts` writes it: empty where it is missing. */
  readonly text: string
  readonly cell: Cell
  /** How many rows have it. */
  readonly count: number
}

/** How {@link columnValues} orders texts, and how it lets others run in between. */
export interface ValuesWish {
  /** Texts that come first, in this order. */
  readonly order: readonly string[]
  pause(): Promise<void>
}

/**
 * The values of a column, each once: numbers by size, then texts, those of `order` first and in
 * that order, the others as a dictionary has them; the missing ones last.
 */
export async function columnValues(
  rows: readonly ReportRow[],
  column: ColumnKey,
  { order, pause }: ValuesWish,
): Promise<ColumnValue[]> {
  const counts = new Map<Cell, number>()
  for (const [at, row] of rows.entries()) {
    if (at % STEP === STEP - 1) await pause()
    const cell = cellOf(row, column)
    counts.set(cell, (counts.get(cell) ?? 0) + 1)
  }
  const values = Array.from(counts, ([cell, count]) => ({
    text: cell === null ? '' : String(cell),
    cell,
    count,
  }))
  const rank = new Map(order.map((text, at) => [text, at]))
  const rankOf = ({ text }: ColumnValue) => rank.get(text) ?? rank.size
  return sortInSteps(
    values,
    (a, b) => {
      const byKind = kindOf(a.cell) - kindOf(b.cell)
      if (byKind !== 0) return byKind
      if (typeof a.cell === 'number' && typeof b.cell === 'number') return a.cell - b.cell
      const byRank = rank.size === 0 ? 0 : rankOf(a) - rankOf(b)
      return byRank || DICTIONARY.compare(a.text, b.text) || (a.text < b.text ? -1 : 1)
    },
    pause,
  )
}

function kindOf(cell: Cell): number {
  return cell === null ? 2 : typeof cell === 'number' ? 0 : 1
}

/** As many rows are counted at once as nobody feels. */
const STEP = 5000

const DICTIONARY = new Intl.Collator('zh-u-co-pinyin', { numeric: true })
