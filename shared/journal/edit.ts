import type { Annotation } from '../domain/annotation'
import type { Code } from '../domain/code'
import type { CodeId, ReportId } from '../domain/id'
import type { Coder } from '../domain/project'
import type { Batch, Report } from '../domain/report'
import type { Correction } from '../domain/structure'
import type { ReportSet, Value, Variable } from '../domain/variable'

// An edit is data, not behaviour. It lists the rows it touches as they were and as they
// become, so undoing is swapping the two, and no command ever writes its own inverse.
// Everything the journal, undo and the tallies need can be read off that list.

/** The tables that hold researchers' work, and what a row in each looks like. */
export interface Tables {
  annotations: Annotation
  codes: Code
  coders: Coder
  reports: Report
  batches: Batch
  variables: Variable
  values: Value
  corrections: Correction
  sets: ReportSet
}

export type TableName = keyof Tables

/** Every table, in the order in which rows are listed: what others name comes before them. */
export const TABLE_NAMES = [
  'coders',
  'codes',
  'batches',
  'reports',
  'annotations',
  'variables',
  'values',
  'corrections',
  'sets',
] as const satisfies readonly TableName[]

/** One row before and after. `null` stands for "no such row". */
export type Change = {
  [T in TableName]: {
    readonly table: T
    readonly id: Tables[T]['id']
    readonly before: Tables[T] | null
    readonly after: Tables[T] | null
  }
}[TableName]

/** What kinds of edit there are. The interface has words for each, in every language. */
export const EDIT_LABELS = [
  'assignCode',
  'removeCoding',
  'addCode',
  'renameCode',
  'recolorCode',
  'describeCode',
  'moveCode',
  'setDigit',
  'deleteCode',
  'loadCodebook',
  'renameReport',
  'removeImport',
  'removeReports',
  'addCoder',
  'loadSample',
  'restoreSnapshot',
  'rescue',
  'repair',
  'setValue',
  'setValues',
  'confirmValue',
  'addVariable',
  'renameVariable',
  'changeVariableType',
  'setCategories',
  'moveVariable',
  'deleteVariable',
  'importValues',
  'correctStructure',
  'removeCorrection',
  'saveSet',
  'renameSet',
  'changeSet',
  'deleteSet',
] as const

export type EditLabel = (typeof EDIT_LABELS)[number]

/** Changes that happen, and are undone, together. No row appears twice, so order is free. */
export interface Edit {
  /** What the Undo menu calls it. */
  readonly label: EditLabel
  /** What it was done to, as the researcher knows it: a code's or report's name. May be empty. */
  readonly about: string
  readonly changes: readonly Change[]
}

/** The changes that take the project back to where `changes` found it. */
export function invert(changes: readonly Change[]): Change[] {
  return changes.map(
    change => ({ ...change, before: change.after, after: change.before }) as Change,
  )
}

/** How many annotations each code and each report gains or loses. */
export interface TallyDelta {
  readonly codes: ReadonlyMap<CodeId, number>
  readonly reports: ReadonlyMap<ReportId, number>
}

/** Reads off the changes what the tallies gain or lose. Who breaks even is left out. */
export function tallyDelta(changes: readonly Change[]): TallyDelta {
  const codes = new Map<CodeId, number>()
  const reports = new Map<ReportId, number>()
  for (const change of changes) {
    if (change.table !== 'annotations') continue
    for (const [row, n] of [
      [change.before, -1],
      [change.after, +1],
    ] as const) {
      if (!row) continue
      codes.set(row.codeId, (codes.get(row.codeId) ?? 0) + n)
      reports.set(row.reportId, (reports.get(row.reportId) ?? 0) + n)
    }
  }
  return { codes: withoutZeros(codes), reports: withoutZeros(reports) }
}

/** Whether two rows hold the same values. Rows are flat, so one level is enough. */
export function sameRow(a: object | null, b: object | null): boolean {
  if (!a || !b) return a === b
  const entries = Object.entries(a)
  return (
    entries.length === Object.keys(b).length &&
    entries.every(([key, value]) => Object.is(value, (b as Record<string, unknown>)[key]))
  )
}

function withoutZeros<K>(counts: Map<K, number>): Map<K, number> {
  for (const [key, n] of counts) if (n === 0) counts.delete(key)
  return counts
}
