import type { ReportId } from '../domain/id'
import type { Report } from '../domain/report'
import {
  isReadVariable,
  READ_VARIABLE_TYPES,
  type ReadVariable,
  type Value,
  type Variable,
  type VariableKey,
  type VariableType,
} from '../domain/variable'
import { type Timeliness, timelinessOf } from '../text/timeliness'

// A report as statistics see it: one row, with a cell in every column. Columns are variables,
// which people correct, and facts, which follow from the report and cannot be changed here.

/** What is known of every report without anybody's deciding it. */
export const FACTS = [
  'fileName',
  'path',
  'format',
  'chars',
  'hanChars',
  'uses',
  'addedAt',
  'submission',
  'publication',
] as const

/**
 * - `chars`, `hanChars`: code points of the text, and Chinese characters among them.
 * - `uses`: how many annotations the report has.
 * - `addedAt`: milliseconds since the Unix epoch.
 * - `submission`, `publication`: how its date stands to the deadlines; see {@link timelinessOf}.
 */
export type Fact = (typeof FACTS)[number]

/** A column of the table of reports. `name` is what the report is called in the program. */
export type ColumnKey = VariableKey | Fact | 'name'

/** A report with what is known of it beside its text. */
export interface ReportRow {
  readonly report: Report
  /** Its values, by variable; a variable without one is missing. */
  readonly values: ReadonlyMap<VariableKey, Value>
  /** How many annotations it has. */
  readonly uses: number
}

/** What stands in a cell; `null` for nothing. A standing is a word of {@link Timeliness}. */
export type Cell = string | number | boolean | null

/** What type of values a column has. */
export function columnType(
  key: ColumnKey,
  variables: ReadonlyMap<VariableKey, Variable>,
): VariableType {
  if (key === 'chars' || key === 'hanChars' || key === 'uses' || key === 'addedAt') return 'number'
  if (key === 'submission' || key === 'publication' || key === 'format') return 'category'
  if (key === 'name' || isFact(key)) return 'text'
  return isReadVariable(key) ? READ_VARIABLE_TYPES[key] : (variables.get(key)?.type ?? 'text')
}

/** Whether a column is a variable, whose cells people may change. */
export function isVariableColumn(key: ColumnKey): key is VariableKey {
  return key !== 'name' && !isFact(key)
}

function isFact(key: ColumnKey): key is Fact {
  return (FACTS as readonly string[]).includes(key)
}

/**
 * What stands in a cell. A value that only asks which of several is meant counts as missing, as it
 * does in statistics; `values` says that it asks.
 */
export function cellOf(row: ReportRow, key: ColumnKey): Cell {
  if (key === 'name') return row.report.title
  if (isFact(key)) return factOf(row, key)
  const value = row.values.get(key)
  return value === undefined || value.origin === 'ask' ? null : value.value
}

function factOf({ report, values, uses }: ReportRow, fact: Fact): Cell {
  switch (fact) {
    case 'fileName':
    case 'path':
    case 'format':
      return report[fact] === '' ? null : report[fact]
    case 'chars':
    case 'hanChars':
    case 'addedAt':
      return report[fact]
    case 'uses':
      return uses
    case 'submission':
    case 'publication':
      return standingOf(values, fact)?.standing ?? null
  }
}

/** How a report's date stands to one of its deadlines; `null` where level, year or date is missing. */
export function standingOf(
  values: ReportRow['values'],
  duty: Timeliness['duty'],
): Timeliness | null {
  const known = (key: ReadVariable) => {
    const value = values.get(key)
    return value === undefined || value.origin === 'ask' ? null : value.value
  }
  const level = known('level')
  const year = known('year')
  const date = known('date')
  const found = timelinessOf(
    typeof level === 'string' ? level : null,
    typeof year === 'number' ? year : null,
    typeof date === 'string' ? date : null,
  )
  return found.find(each => each.duty === duty) ?? null
}

/** Rows of reports from what a project keeps of them, in the order of `reports`. */
export function rowsOf(
  reports: readonly Report[],
  values: ReadonlyMap<ReportId, readonly Value[]>,
  uses: ReadonlyMap<string, number>,
): ReportRow[] {
  return reports.map(report => rowOf(report, values.get(report.id) ?? [], uses.get(report.id) ?? 0))
}

/** One row of {@link rowsOf}. */
export function rowOf(report: Report, values: readonly Value[], uses: number): ReportRow {
  return { report, values: new Map(values.map(value => [value.variable, value])), uses }
}
