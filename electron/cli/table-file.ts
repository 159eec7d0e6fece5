import { readTable, type Table } from '../../shared/extract/table'
import {
  columnNamed,
  columnsLeftOut,
  guessMapping,
  reportsFromTable,
  type TableMapping,
  valueColumns,
} from '../../shared/extract/table-mapping'
import { studyOf } from '../../shared/intake/study'
import type { ReadingWish } from './options'
import { NO_REPORT, type ReadFile, type Reading } from './reading'

/**
 * Reads the reports in a table: by the columns that were asked for, or, where it is clear which
 * one has the texts, by what the columns look like. Calls `live` every few rows.
 */
export async function readTableFile(
  { bytes, name }: { readonly bytes: Uint8Array; readonly name: string },
  wish: ReadingWish,
  live: () => void,
): Promise<Omit<ReadFile, 'bytes' | 'hash'> | Extract<Reading, { is: 'refused' }>> {
  const table = await readTable(bytes, name, {
    ...(wish.sheet === null ? {} : { sheet: wish.sheet }),
    ...(wish.encoding === null ? {} : { encoding: wish.encoding }),
  })
  if (!table.ok) return { is: 'refused', problem: table.problem, details: table.details }
  const more = table.columns.length > COLUMNS_NAMED ? ', …' : ''
  const columns = table.columns.slice(0, COLUMNS_NAMED).join(', ') + more
  const column = [wish.textColumn, wish.titleColumn].find(
    asked => asked !== null && columnNamed(table, asked) === null,
  )
  if (column) return { is: 'refused', problem: 'no-column', details: { column, columns } }
  const mapping = mappingOf(table, wish)
  if (!mapping) return { is: 'refused', problem: 'table', details: { columns } }
  const { reports, refused } = reportsFromTable(table, mapping)
  return {
    is: 'read',
    items: reports.map((report, i) => {
      if (i % ROWS_BETWEEN_SIGNS === 0) live()
      const { text, markup } = report.document
      return { ...report, study: studyOf(NO_REPORT, text, markup) }
    }),
    columns: valueColumns(mapping),
    leftOut: columnsLeftOut(table, mapping),
    refusedRows: refused,
  }
}

const ROWS_BETWEEN_SIGNS = 50
/** How many columns a message names. */
const COLUMNS_NAMED = 20

function mappingOf(table: Table, wish: ReadingWish): TableMapping | null {
  const guess = guessMapping(table)
  const text = wish.textColumn === null ? guess.text : columnNamed(table, wish.textColumn)
  const title = wish.titleColumn === null ? guess.title : columnNamed(table, wish.titleColumn)
  if (text === null || (wish.titleColumn !== null && title === null)) return null
  const isFree = (column: number) => column !== text && column !== title
  return {
    text,
    title: title === text ? null : title,
    variables: guess.variables.filter(({ column }) => isFree(column)),
  }
}
