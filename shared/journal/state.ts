import { type Annotation, inReadingOrder } from '../domain/annotation'
import { type Code, inCodebookOrder } from '../domain/code'
import type {
  AnnotationId,
  BatchId,
  CodeId,
  CoderId,
  CorrectionId,
  ReportId,
  ReportSetId,
  VariableId,
} from '../domain/id'
import { byId } from '../domain/id'
import type { Coder } from '../domain/project'
import type { Batch, Report } from '../domain/report'
import { type Correction, inPlaceOrder } from '../domain/structure'
import {
  inValueOrder,
  inVariableOrder,
  type ReportSet,
  type Value,
  type ValueId,
  type Variable,
} from '../domain/variable'
import type { Change } from './edit'
import {
  advance,
  type EditEntry,
  type History,
  type JournalEntry,
  NO_HISTORY,
  type Stamp,
  stepAfter,
} from './history'
import type { TableRow } from './rows'

/**
 * A project folded in memory from its journal. What rebuilding a working copy, the command
 * line and the model-based tests start from.
 */
export interface ProjectState {
  /** `seq` of the last entry folded in; 0 for none. */
  seq: number
  readonly annotations: Map<ReportId, Map<AnnotationId, Annotation>>
  readonly codes: Map<CodeId, Code>
  readonly coders: Map<CoderId, Coder>
  readonly reports: Map<ReportId, Report>
  readonly batches: Map<BatchId, Batch>
  readonly variables: Map<VariableId, Variable>
  readonly values: Map<ReportId, Map<ValueId, Value>>
  readonly corrections: Map<ReportId, Map<CorrectionId, Correction>>
  readonly sets: Map<ReportSetId, ReportSet>
  history: History
  /** The entries that `history` names, by `seq`. */
  readonly undoable: Map<number, EditEntry & Stamp>
}

/** A project of which nothing has been read yet. */
export function emptyState(): ProjectState {
  return {
    seq: 0,
    annotations: new Map(),
    codes: new Map(),
    coders: new Map(),
    reports: new Map(),
    batches: new Map(),
    variables: new Map(),
    values: new Map(),
    corrections: new Map(),
    sets: new Map(),
    history: NO_HISTORY,
    undoable: new Map(),
  }
}

/** Folds the next entry into `state`. Throws when it is not the next one. */
export function fold(state: ProjectState, entry: JournalEntry): void {
  foldRows(state, entry)
  if (entry.kind === 'import') return
  state.history = advance(state.history, entry)
  if (entry.kind === 'do') {
    state.undoable.set(entry.seq, entry)
    if (state.undoable.size > 2 * state.history.done.length + 64) forget(state)
  }
  const step = entry.kind === 'do' ? undefined : state.undoable.get(entry.of ?? 0)
  const changed = step && stepAfter(step, entry)
  if (changed) state.undoable.set(changed.seq, changed)
}

/**
 * Folds the next entry's rows and leaves the history as it is: for who wants to know what there
 * is, and not how to go back. Throws when it is not the next one.
 */
export function foldRows(state: ProjectState, entry: JournalEntry): void {
  if (entry.seq !== state.seq + 1) throw new Error(`entry ${entry.seq} after ${state.seq}`)
  state.seq = entry.seq
  if (entry.kind === 'import') {
    state.batches.set(entry.batch.id, entry.batch)
    for (const report of entry.reports) state.reports.set(report.id, report)
    for (const variable of entry.variables) state.variables.set(variable.id, variable)
    for (const value of entry.values) putInReport(state.values, value)
    return
  }
  for (const change of entry.changes) applyChange(state, change)
}

/** A report's annotations in reading order. */
export function annotationsOf(state: ProjectState, reportId: ReportId): Annotation[] {
  return [...(state.annotations.get(reportId)?.values() ?? [])].sort(inReadingOrder)
}

/** The codes in codebook order. */
export function codesOf(state: ProjectState): Code[] {
  return inCodebookOrder([...state.codes.values()])
}

/** A report's values, by their ids. */
export function valuesOf(state: ProjectState, reportId: ReportId): Value[] {
  return inValueOrder(state.values.get(reportId)?.values() ?? [])
}

/** A report's corrections, by place. */
export function correctionsOf(state: ProjectState, reportId: ReportId): Correction[] {
  return inPlaceOrder(state.corrections.get(reportId)?.values() ?? [])
}

/** The researcher's own variables, in their order. */
export function variablesOf(state: ProjectState): Variable[] {
  return inVariableOrder(state.variables.values())
}

/** The saved sets, in order of their making. */
export function setsOf(state: ProjectState): ReportSet[] {
  return byId(state.sets.values())
}

/** Drops the entries that the history no longer names. */
export function forget(state: ProjectState): void {
  const named = new Set([...state.history.done, ...state.history.undone])
  for (const seq of state.undoable.keys()) if (!named.has(seq)) state.undoable.delete(seq)
}

/** Puts a row into a folded project that does not have it yet. */
export function putRow(state: ProjectState, { table, row }: TableRow): void {
  applyChange(state, { table, id: row.id, before: null, after: row } as Change)
}

function applyChange(state: ProjectState, change: Change): void {
  switch (change.table) {
    case 'annotations':
      if (change.before) state.annotations.get(change.before.reportId)?.delete(change.id)
      if (change.after) putInReport(state.annotations, change.after)
      return
    case 'values':
      if (change.before) state.values.get(change.before.reportId)?.delete(change.id)
      if (change.after) putInReport(state.values, change.after)
      return
    case 'corrections':
      if (change.before) state.corrections.get(change.before.reportId)?.delete(change.id)
      if (change.after) putInReport(state.corrections, change.after)
      return
    case 'codes':
      put(state.codes, change.id, change.after)
      return
    case 'coders':
      put(state.coders, change.id, change.after)
      return
    case 'reports':
      put(state.reports, change.id, change.after)
      return
    case 'batches':
      put(state.batches, change.id, change.after)
      return
    case 'variables':
      put(state.variables, change.id, change.after)
      return
    case 'sets':
      put(state.sets, change.id, change.after)
      return
  }
}

/** Puts a row among those of its report. */
function putInReport<I extends string, R extends { readonly id: I; readonly reportId: ReportId }>(
  table: Map<ReportId, Map<I, R>>,
  row: R,
): void {
  const inReport = table.get(row.reportId)
  if (inReport) inReport.set(row.id, row)
  else table.set(row.reportId, new Map([[row.id, row]]))
}

function put<K, V>(table: Map<K, V>, id: K, row: V | null): void {
  if (row) table.set(id, row)
  else table.delete(id)
}
