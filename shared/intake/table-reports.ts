import type { VariableType } from '../domain/variable'
import { type RefusedDocument, refuse } from '../extract/document'
import { readTable, type Table } from '../extract/table'
import {
  columnsLeftOut,
  type GuessedMapping,
  guessMapping,
  type MappedColumn,
  reportsFromTable,
  type TableMapping,
  type TableReports,
  valueColumns,
} from '../extract/table-mapping'
import type { DocumentSource } from './read-document'
import { typesOf } from './table-values'

// A table in which each row is a report: first a look at what it holds, then, by the columns that
// were chosen, its reports.

/** Which sheet of a table, and what its columns are; `null` for what is usual or guessed. */
export interface TableChoice {
  readonly sheet: string | null
  readonly mapping: TableMapping | null
}

/** A table's reports, and what their cells are values of. */
export interface TableRows extends TableReports {
  readonly ok: true
  readonly columns: readonly MappedColumn[]
  /** Columns with values that nobody chose to leave out, and that are: by name. */
  readonly leftOut: readonly string[]
}

/** What a table holds, for whoever chooses its columns. */
export interface TableLook {
  readonly ok: true
  readonly sheet: string
  readonly sheets: readonly string[]
  readonly rows: number
  readonly columns: readonly TableColumn[]
  readonly guessed: GuessedMapping
}

export interface TableColumn {
  readonly name: string
  /** What the first filled cells say, shortened. */
  readonly samples: readonly string[]
  /** What a new variable of it would be. */
  readonly type: VariableType
}

/** Looks at a table without taking anything from it. */
export async function lookAtTable(
  source: DocumentSource,
  sheet: string | null,
): Promise<TableLook | RefusedDocument> {
  const table = await tableIn(source, sheet)
  if (!table.ok) return table
  const guessed = guessMapping(table)
  return {
    ...{ ok: true, sheet: table.sheet, sheets: table.sheets, guessed },
    rows: table.rows.length,
    columns: columnsIn(table, guessed),
  }
}

/** The reports of a table; refuses one of which nobody has said which column is the text. */
export async function readTableReports(
  source: DocumentSource,
  { sheet, mapping }: TableChoice,
): Promise<TableRows | RefusedDocument> {
  const table = await tableIn(source, sheet)
  if (!table.ok) return table
  const guessed = guessMapping(table)
  const { text, ...chosen } = mapping ?? guessed
  if (text === null) return refuse('table')
  const taken = { ...chosen, text }
  const found = reportsFromTable(table, taken)
  const offered = new Set(columnsLeftOut(table, { ...guessed, text }))
  const leftOut = columnsLeftOut(table, taken).filter(name => offered.has(name))
  return { ok: true, ...found, columns: valueColumns(taken), leftOut }
}

/** What a table's columns are called and hold. */
export function columnsIn(table: Table, guessed: GuessedMapping): TableColumn[] {
  const types = typesOf(guessed)
  const sampled = table.rows.slice(0, SAMPLED_ROWS)
  return table.columns.map((name, column) => ({
    name,
    samples: sampled
      .flatMap(({ cells }) => (cells[column] == null ? [] : [String(cells[column])]))
      .slice(0, SAMPLES)
      .map(each => shortened(each)),
    type: types.get(column) ?? 'text',
  }))
}

/** A cell's text on one line, cut where it is long. */
export function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ')
  if (line.length <= SAMPLE_LENGTH) return line
  return `${line.slice(0, SAMPLE_LENGTH).replace(/\p{Cs}$/u, '')}\u2026`
}

const SAMPLES = 3
const SAMPLE_LENGTH = 60
/** Rows that are looked at for samples. */
const SAMPLED_ROWS = 200

function tableIn(
  { bytes, name, encoding }: DocumentSource,
  sheet: string | null,
): Promise<Table | RefusedDocument> {
  return readTable(bytes, name, {
    ...(sheet === null ? {} : { sheet }),
    ...(encoding === null ? {} : { encoding }),
  })
}
