import { MAX_CATEGORIES } from '../../shared/commands/variables'
import { type Hash, makeId, type ReportId } from '../../shared/domain/id'
import {
  type Value,
  type Variable,
  type VariableKey,
  valueIdOf,
} from '../../shared/domain/variable'
import type { CellValue } from '../../shared/extract/table'
import type { MappedColumn, TableReport } from '../../shared/extract/table-mapping'
import { openVariables } from '../../shared/intake/own-variables'
import type { TableRows } from '../../shared/intake/table-reports'
import { type CanonicalText, canonicalOf } from '../data/ingest'

// The rows of a table on their way into a project. Each is a report of its own; the table is
// their one original file, and its columns are values of variables.

/** What a report that was a row keeps of its table. */
export interface RowOrigin {
  readonly row: number
  /** What the title's column says. */
  readonly title: string | null
  readonly originalHash: Hash
  readonly cells: TableReport['cells']
  readonly columns: readonly MappedColumn[]
}

/** A row as a text that the project does not have yet. */
export interface RowText extends CanonicalText {
  readonly id: ReportId
  readonly document: TableReport['document']
  readonly origin: RowOrigin
}

export interface RowsWish {
  readonly table: TableRows
  readonly originalHash: Hash
  /** What the file's reports are counted up from, as the ids of all files are. */
  readonly startMs: number
  readonly random: () => number
}

/** A table's rows, so many at a time as are saved at once. */
export async function* rowTexts({
  table,
  originalHash,
  startMs,
  random,
}: RowsWish): AsyncGenerator<RowText[]> {
  const { reports, columns } = table
  for (let at = 0; at < reports.length; ) {
    const some: RowText[] = []
    let length = 0
    while (at < reports.length && some.length < ROWS_AT_ONCE && length < LENGTH_AT_ONCE) {
      const { row, title, document, cells } = reports[at]!
      length += document.text.length
      some.push({
        ...(await canonicalOf(document.text)),
        id: makeId(startMs, countingUp(at, random)) as ReportId,
        document,
        origin: { row, title, originalHash, cells, columns },
      })
      at++
    }
    yield some
  }
}

/** Values of variables that rows say, beside the variables that they need. */
export interface RowValues {
  readonly values: readonly Value[]
  readonly variables: readonly Variable[]
  /** Reports with a cell that does not fit its variable, which is left out. */
  readonly unfit: ReadonlySet<ReportId>
}

/**
 * What rows say of their reports, for a project with these variables. A table knows better than
 * what was read from a text: those values are left out where a cell says something.
 */
export function valuesOfRows(
  rows: readonly { readonly id: ReportId; readonly origin: RowOrigin }[],
  {
    read,
    present,
    nowMs,
    random,
  }: {
    readonly read: readonly Value[]
    readonly present: readonly Variable[]
    readonly nowMs: number
    readonly random: () => number
  },
): RowValues {
  const newId = (ms: number) => makeId(ms, random)
  const own = openVariables(present, { nowMs, newId, maxCategories: MAX_CATEGORIES })
  const said = new Map<string, Value>()
  const unfit = new Set<ReportId>()
  for (const { id, origin } of rows) {
    const columnAt = new Map(origin.columns.map(each => [each.column, each]))
    for (const { column, value } of origin.cells) {
      const mapped = columnAt.get(column)
      const found = mapped && own.valueIn(mapped, value)
      if (found) said.set(valueIdOf(id, found.variable), tableValue(id, found))
      else if (mapped) unfit.add(id)
    }
  }
  const kept = read.filter(value => !said.has(value.id))
  return { values: [...kept, ...said.values()], variables: own.added(), unfit }
}

function tableValue(
  reportId: ReportId,
  { variable, value }: { variable: VariableKey; value: Exclude<CellValue, null> },
): Value {
  const id = valueIdOf(reportId, variable)
  return { id, reportId, variable, value, origin: 'table', start: null, end: null }
}

const ROWS_AT_ONCE = 100
/** UTF-16 units. */
const LENGTH_AT_ONCE = 4_000_000

/** Digits of an id that count up from row to row, so that ids sort as rows do. */
function countingUp(nth: number, random: () => number): () => number {
  let digit = 0
  return () => {
    const power = COUNTED_DIGITS - ++digit
    return power < 0 ? random() : (Math.floor(nth / 32 ** power) % 32) / 32
  }
}

const COUNTED_DIGITS = 4
