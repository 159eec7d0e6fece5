import type { CorrectionId, ReportId, ReportSetId, VariableId } from '../domain/id'
import type { Correction, CorrectionKind } from '../domain/structure'
import {
  isReadVariable,
  membersOf,
  type ReportSet,
  type Value,
  type ValueId,
  type Variable,
  type VariableKey,
} from '../domain/variable'
import { beginningOf, countOf, type Mark, type MarkCounts, markOf, none } from './comparison-marks'
import type { Change } from './edit'

// What differs between two states in variables, their values, corrections of structure and
// sets of reports; `comparison.ts` tells the rest.

/** A variable or a set that is not the same in both states. */
export interface ComparedNamed<I extends VariableId | ReportSetId> {
  readonly id: I
  readonly name: string
  readonly mark: Mark | 'renamed'
  /** Its name in the earlier state, where that was another one. */
  readonly nameBefore: string | null
}

/** A set that differs. */
export interface ComparedSet extends ComparedNamed<ReportSetId> {
  /** How many reports were put in and taken out by hand. */
  readonly gained: number
  readonly lost: number
}

/** A report's value of a variable that differs. */
export interface ComparedValue {
  readonly id: ValueId
  readonly mark: Mark
  /** An own variable's name, or the key of one that every project has. */
  readonly variable: string
  readonly report: string
  /** Texts as far as they fit a line; `null` for none. */
  readonly before: Value['value'] | null
  readonly after: Value['value'] | null
}

/** Values that differ, gathered under their variable. */
export interface ComparedVariable extends MarkCounts {
  readonly key: VariableKey
  /** As in {@link ComparedValue}; empty when neither state knows it. */
  readonly variable: string
}

/** A correction of structure that differs. */
export interface ComparedCorrection {
  readonly id: CorrectionId
  readonly mark: Mark
  readonly kind: CorrectionKind
  /** Of a `heading`; else 0. */
  readonly level: number
  readonly report: string
}

/** What {@link compareValues} finds. */
export interface ComparedValues {
  /** The researchers' own ones, by name. */
  readonly variables: readonly ComparedNamed<VariableId>[]
  readonly values: MarkCounts & { readonly first: readonly ComparedValue[] }
  /** The most affected first. */
  readonly byVariable: readonly ComparedVariable[]
  readonly corrections: MarkCounts & { readonly first: readonly ComparedCorrection[] }
  /** By name. */
  readonly sets: readonly ComparedSet[]
}

/** Names that either state has, the later one's first. */
export interface KnownNames {
  readonly reports: ReadonlyMap<ReportId, { readonly title: string }>
  readonly variables: ReadonlyMap<VariableId, Pick<Variable, 'name'>>
}

/** UTF-16 units of a value that are shown. */
const VALUE_SHOWN = 120

/** Tells changes of these tables; of values and corrections only the first `limit` one by one. */
export function compareValues(
  changes: readonly Change[],
  known: KnownNames,
  limit: number,
): ComparedValues {
  const variables: ComparedNamed<VariableId>[] = []
  const values = { ...none(), first: [] as ComparedValue[] }
  const byVariable = new Map<VariableKey, Record<Mark, number>>()
  const corrections = { ...none(), first: [] as ComparedCorrection[] }
  const sets: ComparedSet[] = []
  for (const change of changes) {
    const mark = markOf(change)
    switch (change.table) {
      case 'variables':
        variables.push(comparedNamed(change.id, change))
        break
      case 'sets':
        sets.push({ ...comparedNamed(change.id, change), ...movedIn(change) })
        break
      case 'values': {
        values[mark]++
        const row = change.after ?? change.before
        if (!row) break
        const group = byVariable.get(row.variable) ?? none()
        group[mark]++
        byVariable.set(row.variable, group)
        if (values.first.length < limit) values.first.push(comparedValue(row, change, known))
        break
      }
      case 'corrections': {
        corrections[mark]++
        const row = change.after ?? change.before
        if (!row || corrections.first.length === limit) break
        corrections.first.push(comparedCorrection(row, mark, known))
      }
    }
  }
  return {
    variables: variables.sort(byName),
    values,
    byVariable: [...byVariable]
      .map(([key, counts]) => ({ key, variable: variableName(key, known), ...counts }))
      .sort((a, b) => countOf(b) - countOf(a) || (a.variable < b.variable ? -1 : 1)),
    corrections,
    sets: sets.sort(byName),
  }
}

interface Sides<R> {
  readonly before: R | null
  readonly after: R | null
}

function comparedNamed<I extends VariableId | ReportSetId>(
  id: I,
  { before, after }: Sides<Pick<Variable, 'name'>>,
): ComparedNamed<I> {
  const name = (after ?? before)?.name ?? ''
  if (!before || !after) return { id, name, mark: after ? 'added' : 'removed', nameBefore: null }
  const isRenamed = before.name !== name
  return {
    id,
    name,
    mark: isRenamed ? 'renamed' : 'changed',
    nameBefore: isRenamed ? before.name : null,
  }
}

function movedIn({ before, after }: Sides<ReportSet>): Pick<ComparedSet, 'gained' | 'lost'> {
  const old = new Set(before ? membersOf(before) : [])
  const now = new Set(after ? membersOf(after) : [])
  const without = (all: Set<ReportId>, others: Set<ReportId>) =>
    [...all].filter(id => !others.has(id)).length
  return { gained: without(now, old), lost: without(old, now) }
}

function comparedValue(row: Value, { before, after }: Sides<Value>, known: KnownNames) {
  return {
    id: row.id,
    mark: markOf({ before, after }),
    variable: variableName(row.variable, known),
    report: known.reports.get(row.reportId)?.title ?? '',
    before: shownValue(before),
    after: shownValue(after),
  }
}

function shownValue(row: Value | null): Value['value'] | null {
  const value = row?.value ?? null
  return typeof value === 'string' ? beginningOf(value, VALUE_SHOWN) : value
}

function comparedCorrection(
  { id, kind, level, reportId }: Correction,
  mark: Mark,
  known: KnownNames,
): ComparedCorrection {
  return { id, mark, kind, level, report: known.reports.get(reportId)?.title ?? '' }
}

function variableName(key: VariableKey, { variables }: KnownNames): string {
  return isReadVariable(key) ? key : (variables.get(key)?.name ?? '')
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0
}
