import type { Id, ReportId, ReportSetId, VariableId } from './id'

// What statistics use of a report beside its codes. Some variables every project has: they are
// read from the text, each value with the place that it was read from. Researchers add their own.

/** The variables that every project has, in the order in which tables show them. */
export const READ_VARIABLES = [
  'title',
  'place',
  'place_code',
  'level',
  'province',
  'parent',
  'year',
  'date',
  'issuers',
] as const

export type ReadVariable = (typeof READ_VARIABLES)[number]

export const VARIABLE_TYPES = ['text', 'number', 'date', 'category', 'yesno'] as const

export type VariableType = (typeof VARIABLE_TYPES)[number]

/** What type the values of the variables have that every project has. `year` is a whole number. */
export const READ_VARIABLE_TYPES: Readonly<Record<ReadVariable, VariableType>> = {
  title: 'text',
  place: 'text',
  place_code: 'text',
  level: 'category',
  province: 'text',
  parent: 'text',
  year: 'number',
  date: 'date',
  issuers: 'text',
}

/** A variable that a researcher added. */
export interface Variable {
  readonly id: VariableId
  readonly name: string
  readonly type: VariableType
  /** Of a `category`: its values in their order, one a line; else empty. */
  readonly categories: string
  /** Order among the researcher's variables. */
  readonly rank: number
  /** Milliseconds since the Unix epoch. */
  readonly createdAt: number
}

/** Own variables in the order in which tables show them. */
export function inVariableOrder(variables: Iterable<Variable>): Variable[] {
  return [...variables].sort((a, b) => a.rank - b.rank || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
}

/** The values that a category variable may have, in their order. */
export function categoriesOf({ categories }: Pick<Variable, 'categories'>): string[] {
  return categories === '' ? [] : categories.split('\n')
}

/** Which variable a value belongs to: one that every project has, by its name, or an own one. */
export type VariableKey = ReadVariable | VariableId

/** Whether it is a variable that every project has. */
export function isReadVariable(key: VariableKey): key is ReadVariable {
  return Object.hasOwn(READ_VARIABLE_TYPES, key)
}

/**
 * Where a value comes from.
 *
 * - `read`: the text says so at `start`. `inferred`: the text implies it there.
 * - `ask`: the text names it but leaves open which is meant, as with one of several places of
 *   the same name; counts as missing in statistics until somebody decides.
 * - `table`: from a table that was imported. `by-hand`: a researcher's decision.
 */
export const VALUE_ORIGINS = ['read', 'inferred', 'ask', 'table', 'by-hand'] as const

export type ValueOrigin = (typeof VALUE_ORIGINS)[number]

/** One report's value of one variable. No row stands for a missing value. */
export interface Value {
  /** {@link valueIdOf} of the two that follow. */
  readonly id: ValueId
  readonly reportId: ReportId
  readonly variable: VariableKey
  /**
   * Text as text, a category by its name, a date as `2024`, `2024-01` or `2024-01-29`, `yesno`
   * as true or false. Several issuers are separated by `; `.
   */
  readonly value: string | number | boolean
  readonly origin: ValueOrigin
  /** The evidence, as a half-open range of the report's text; `null` where it has none there. */
  readonly start: number | null
  readonly end: number | null
}

export type ValueId = Id<'value'>

/** Values of one report in one order, whatever order they were kept in. */
export function inValueOrder(values: Iterable<Value>): Value[] {
  return [...values].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
}

/** The id of a report's value of a variable: there is one at most. */
export function valueIdOf(reportId: ReportId, variable: VariableKey): ValueId {
  return `${reportId}.${variable}` as ValueId
}

/** A set of reports that was saved under a name. */
export interface ReportSet {
  readonly id: ReportSetId
  readonly name: string
  /** By hand: the ids of its reports, separated by spaces; `null` for a set by rule. */
  readonly members: string | null
  /** By rule: the filter as JSON, as `analysis/report-filter.ts` reads it; `null` for one by hand. */
  readonly rule: string | null
  /** Milliseconds since the Unix epoch. */
  readonly createdAt: number
}

/** The ids of a set's reports, in the order in which it keeps them; empty for a set by rule. */
export function membersOf({ members }: Pick<ReportSet, 'members'>): ReportId[] {
  return (members ?? '').split(' ').filter(id => id !== '') as ReportId[]
}
