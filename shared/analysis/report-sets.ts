import {
  isReadVariable,
  membersOf,
  type ReportSet,
  type Variable,
  type VariableKey,
} from '../domain/variable'
import { filterJson, filterOf, type ReportFilter, wantedBy } from './report-filter'
import { type ColumnKey, isVariableColumn, type ReportRow } from './report-row'

// A set by hand is what somebody put in; one by rule is what meets its rule now. A rule that
// cannot be decided shows nothing: reports that only seem to belong would end up in statistics.

/** The researcher's own variables, by their ids. */
export type OwnVariables = ReadonlyMap<VariableKey, Variable>

/** What keeps a set by rule from being decided. */
export type RuleTrouble =
  /** It is no filter that this version reads. */
  | { readonly kind: 'unreadable' }
  /** It names a variable that is no longer there. */
  | { readonly kind: 'variable-gone' }

/** The reports of a set, and why there are none where its rule cannot be decided. */
export interface SetContent {
  readonly rows: readonly ReportRow[]
  readonly trouble: RuleTrouble | null
}

/** The rows of a set, in the order of `rows`. Members that are not among them are left out. */
export function inSet(
  rows: readonly ReportRow[],
  set: ReportSet,
  variables: OwnVariables,
): SetContent {
  const { isIn, trouble } = setTest(set, variables)
  return { rows: rows.filter(isIn), trouble }
}

/** {@link inSet} for those who ask row by row. */
export interface SetTest {
  isIn(row: ReportRow): boolean
  readonly trouble: RuleTrouble | null
}

/** Makes a set ready for many rows. */
export function setTest(
  set: Pick<ReportSet, 'members' | 'rule'>,
  variables: OwnVariables,
): SetTest {
  const rule = ruleOf(set, variables)
  if (rule === null) {
    const members = new Set(membersOf(set))
    return { isIn: ({ report }) => members.has(report.id), trouble: null }
  }
  if ('trouble' in rule) return { isIn: () => false, trouble: rule.trouble }
  return { isIn: wantedBy(rule.filter), trouble: null }
}

/** A set's rule, or what is wrong with it; `null` for a set by hand. */
export function ruleOf(
  { rule }: Pick<ReportSet, 'rule'>,
  variables: OwnVariables,
): { readonly filter: ReportFilter } | { readonly trouble: RuleTrouble } | null {
  if (rule === null) return null
  const filter = filterOf(rule)
  if (filter === null) return { trouble: { kind: 'unreadable' } }
  const isWhole = filter.all.every(({ column }) => isColumn(column, variables))
  return isWhole ? { filter } : { trouble: { kind: 'variable-gone' } }
}

/**
 * The rule of what a filter lets through within a set: the set's own conditions and those of the
 * filter that it does not have yet. `null` where no rule can say it, for a set by hand or one whose
 * rule cannot be decided. `set` is `null` for all reports.
 */
export function ruleWithin(
  set: Pick<ReportSet, 'rule'> | null,
  filter: ReportFilter,
  variables: OwnVariables,
): ReportFilter | null {
  if (set === null) return filter
  const rule = ruleOf(set, variables)
  if (rule === null || 'trouble' in rule) return null
  const nameOf = (condition: ReportFilter['all'][number]) => filterJson({ all: [condition] })
  const known = new Set(rule.filter.all.map(nameOf))
  return { all: [...rule.filter.all, ...filter.all.filter(each => !known.has(nameOf(each)))] }
}

function isColumn(key: ColumnKey, variables: OwnVariables): boolean {
  return !isVariableColumn(key) || isReadVariable(key) || variables.has(key)
}
