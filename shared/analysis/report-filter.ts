import type { VariableKey } from '../domain/variable'
import { type Cell, type ColumnKey, cellOf, type ReportRow } from './report-row'

// A filter is data: the table shows it as chips, a set by rule keeps it as JSON, and what it lets
// through is decided here alone. Letters and digits count the same in either width and case.

/**
 * What one column must be like. `one-of` and `none-of` name values as {@link cellText} writes
 * them; `none-of` also lets values through that come up later. Ends of `between` are included and
 * may be left open; dates compare as far as both go, so that `2024` to `2024` lets all of that
 * year through.
 */
export type Condition =
  | { readonly column: ColumnKey; readonly is: 'filled' | 'missing' | 'asking' }
  | { readonly column: ColumnKey; readonly is: 'containing'; readonly text: string }
  | {
      readonly column: ColumnKey
      readonly is: 'one-of' | 'none-of'
      readonly values: readonly string[]
    }
  | {
      readonly column: ColumnKey
      readonly is: 'between'
      readonly from: number | string | null
      readonly to: number | string | null
    }

/** A row passes when it meets every condition; an empty filter lets all through. */
export interface ReportFilter {
  readonly all: readonly Condition[]
}

export const NO_FILTER: ReportFilter = { all: [] }

/** Whether a row meets every condition. For many rows, ask {@link wantedBy} once. */
export function isWanted(row: ReportRow, filter: ReportFilter): boolean {
  return wantedBy(filter)(row)
}

/** A filter made ready for many rows: what each condition names is looked up, not searched. */
export function wantedBy({ all }: ReportFilter): (row: ReportRow) => boolean {
  const tests = all.map(condition => ({ column: condition.column, isMet: testOf(condition) }))
  return row => tests.every(({ column, isMet }) => isMet(cellOf(row, column), row))
}

/** A cell as filters and sets name it: `true` and `false` for yes and no, empty where missing. */
export function cellText(row: ReportRow, column: ColumnKey): string {
  return textOf(cellOf(row, column))
}

/** Text in which width, case and space at the ends make no difference. */
export function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase().trim()
}

/** A filter with one column's condition replaced, or taken away where it is `null`. */
export function withCondition(
  { all }: ReportFilter,
  column: ColumnKey,
  condition: Condition | null,
): ReportFilter {
  const at = all.findIndex(each => each.column === column)
  const others = all.filter(each => each.column !== column)
  if (condition === null) return { all: others }
  return {
    all: others.toSpliced(at < 0 ? others.length : Math.min(at, others.length), 0, condition),
  }
}

/** The JSON under which a set by rule keeps a filter: the same for equal filters. */
export function filterJson({ all }: ReportFilter): string {
  return JSON.stringify({ all: all.map(tidied) })
}

/** Reads {@link filterJson}; `null` for what is no filter, as a stranger's project may have. */
export function filterOf(json: string): ReportFilter | null {
  let parsed: unknown
  try {
    parsed = JSON.parse(json)
  } catch {
    return null
  }
  const { all } = fieldsOf(parsed)
  if (!Array.isArray(all)) return null
  const conditions = all.map(conditionOf)
  return conditions.includes(null) ? null : { all: conditions.filter(each => each !== null) }
}

function textOf(cell: Cell): string {
  return cell === null ? '' : String(cell)
}

function testOf(condition: Condition): (cell: Cell, row: ReportRow) => boolean {
  switch (condition.is) {
    case 'filled':
      return cell => cell !== null
    case 'missing':
      return cell => cell === null
    case 'asking':
      return (_cell, { values }) => values.get(condition.column as VariableKey)?.origin === 'ask'
    case 'containing': {
      const words = folded(condition.text).split(/\s+/)
      return cell => {
        const text = cell === null ? '' : folded(String(cell))
        return words.every(word => text.includes(word))
      }
    }
    case 'one-of': {
      const values = new Set(condition.values)
      return cell => values.has(textOf(cell))
    }
    case 'none-of': {
      const values = new Set(condition.values)
      return cell => !values.has(textOf(cell))
    }
    case 'between': {
      const { from, to } = condition
      return cell => cell !== null && isBetween(cell, from, to)
    }
  }
}

function isBetween(
  cell: string | number | boolean,
  from: number | string | null,
  to: number | string | null,
): boolean {
  // A rule outlives a change of the variable's type: then numbers meet text, and dates numbers.
  if (typeof cell === 'number' || typeof from === 'number' || typeof to === 'number') {
    const number = Number(cell)
    return (
      !Number.isNaN(number) &&
      (from === null || number >= Number(from)) &&
      (to === null || number <= Number(to))
    )
  }
  const text = String(cell)
  const asFarAs = (end: string) => text.slice(0, end.length)
  // A date without a day is taken for the days of its month or year: some of them are in.
  const isFrom = from === null || asFarAs(from) >= from.slice(0, text.length)
  return isFrom && (to === null || asFarAs(to) <= to)
}

function tidied(condition: Condition): Condition {
  const { column, is } = condition
  switch (is) {
    case 'containing':
      return { column, is, text: condition.text }
    case 'one-of':
    case 'none-of':
      return { column, is, values: [...new Set(condition.values)].sort() }
    case 'between':
      return { column, is, from: condition.from, to: condition.to }
    default:
      return { column, is }
  }
}

function conditionOf(value: unknown): Condition | null {
  const { column, is, text, values, from, to } = fieldsOf(value)
  if (typeof column !== 'string') return null
  const at = { column: column as ColumnKey }
  if (is === 'filled' || is === 'missing' || is === 'asking') return { ...at, is }
  if (is === 'containing' && typeof text === 'string') return { ...at, is, text }
  if ((is === 'one-of' || is === 'none-of') && Array.isArray(values)) {
    const names = values.filter(each => typeof each === 'string')
    return names.length === values.length ? { ...at, is, values: names } : null
  }
  if (is === 'between' && isEnd(from) && isEnd(to)) return { ...at, is, from, to }
  return null
}

function isEnd(value: unknown): value is number | string | null {
  return value === null || typeof value === 'number' || typeof value === 'string'
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
