import type { ReportId, VariableId } from '../domain/id'
import type { Report } from '../domain/report'
import {
  categoriesOf,
  isReadVariable,
  type Value,
  type ValueId,
  type ValueOrigin,
  type Variable,
  type VariableKey,
  type VariableType,
  valueIdOf,
} from '../domain/variable'
import {
  type CellValue,
  checkedValue,
  convertedValue,
  ruleOfRead,
  type ValueRule,
  type YesNoWords,
} from '../domain/variable-value'
import type { Change, EditLabel } from '../journal/edit'
import { eachInSlices } from '../slices'
import { isDivisionCode, levelCalled } from '../text/places'
import { type Actor, type Command, type ProjectReader, Refusal } from './command'
import { nameOf } from './name'
import { withPlaces } from './place-cells'

/** A cell of the table of reports, and what is to stand in it. */
export interface Cell {
  readonly reportId: ReportId
  readonly variable: VariableKey
  /** As typed or pasted, or of the variable's own type; `null` or blank text empties the cell. */
  readonly value: CellValue | null
  /** Where in the report's text it says so; left out, what is known of the same value stays. */
  readonly evidence?: { readonly start: number; readonly end: number }
}

/** What a researcher says of a new variable. */
export interface VariableDraft {
  readonly name: string
  readonly type: VariableType
  /** Of a `category`, in their order; else empty. */
  readonly categories: readonly string[]
}

/** A category as it is to be: its name, and the one that it had or `null` for a new one. */
export interface CategoryDraft {
  readonly name: string
  readonly was: string | null
}

/** The most cells that one step changes. */
export const MAX_CELLS = 100_000

/** The most values that a category variable may have. */
export const MAX_CATEGORIES = 1000

/** Thrown where values do not fit their variable. Nothing has been changed. */
export class ValuesRefused extends Refusal {
  /** All that do not fit, in the order in which they were met. */
  readonly cells: readonly Cell[]

  constructor(cells: readonly Cell[]) {
    super('values-refused')
    this.cells = cells
  }
}

/** Gives one variable of these reports the same value, or none where it is `null`. */
export function setValue(
  reportIds: readonly ReportId[],
  variable: VariableKey,
  value: CellValue | null,
): Command {
  const cells = reportIds.map((reportId): Cell => ({ reportId, variable, value }))
  return (project, actor) => planCells({ cells, origin: 'by-hand' }, project, actor)
}

/**
 * Fills many cells as one step, as by pasting or filling down. The last word counts where a cell
 * stands twice. Throws {@link ValuesRefused} when some do not fit; then none is filled.
 */
export function setValues(cells: readonly Cell[]): Command {
  return (project, actor) => planCells({ cells, origin: 'by-hand' }, project, actor)
}

/**
 * Takes in values from a table whose rows were matched with reports already, and variables that
 * the project does not have yet. Their ids are the caller's, so that cells can name them.
 */
export function mergeImportedValues({
  cells,
  variables,
}: {
  readonly cells: readonly Cell[]
  readonly variables: readonly (VariableDraft & { readonly id: VariableId })[]
}): Command {
  return (project, actor) => planCells({ cells, origin: 'table', variables }, project, actor)
}

/**
 * Makes what was read from the texts the researcher's own decision, with the same evidence.
 * Throws when one of these reports has no value there.
 */
export function confirmValue(reportIds: readonly ReportId[], variable: VariableKey): Command {
  return async project => {
    const wanted = new Set<ValueId>(reportIds.map(id => valueIdOf(id, variable)))
    const found = (await project.valuesOf(reportIds)).filter(({ id }) => wanted.has(id))
    if (found.length < wanted.size) throw new Refusal('value-missing')
    const open = found.filter(({ origin }) => origin !== 'by-hand')
    return {
      label: 'confirmValue',
      about: await aboutOf(project, reportIds),
      changes: open.map(before => valueChange(before, { ...before, origin: 'by-hand' })),
    }
  }
}

/** Adds a variable as the last one, under a name that no other has. */
export function addVariable(draft: VariableDraft): Command {
  return async (project, actor) => {
    const present = await project.variables()
    const id = actor.newId() as VariableId
    const after = made({ ...draft, id }, present, actor.now())
    return { label: 'addVariable', about: after.name, changes: [variableChange(null, after)] }
  }
}

/** Gives a variable another name, one that no other has. */
export function renameVariable(id: VariableId, name: string): Command {
  return async project => {
    const { before, all } = await existing(project, id)
    const after = { ...before, name: freeName(name, all, id) }
    return {
      label: 'renameVariable',
      about: after.name,
      changes: after.name === before.name ? [] : [variableChange(before, after)],
    }
  }
}

/** A variable as it is to be. */
export interface VariableChange {
  readonly name: string
  readonly type: VariableType
  /**
   * Of a `category`: its values in their order. Values that reports have are renamed along; those of
   * categories that become one become equal. Empty where it becomes a category of the values it has.
   */
  readonly categories: readonly CategoryDraft[]
}

/**
 * Changes name, type and categories of a variable as one step, and its values with it. Throws
 * {@link ValuesRefused} with every value that cannot be converted, or has no category any more.
 */
export function changeVariable(
  id: VariableId,
  { name: typed, type, categories }: VariableChange,
  words: YesNoWords,
): Command {
  return async project => {
    const { before, all } = await existing(project, id)
    const name = freeName(typed, all, id)
    const isNewType = before.type !== type
    const isListed = type === 'category' && (categories.length > 0 || !isNewType)
    const names = new Map<string, string>()
    for (const draft of categories) {
      const to = categoryOf(draft.name)
      // What another type's values come to is called as they say it.
      if (isNewType) names.set(to, to)
      else if (draft.was !== null) names.set(draft.was, to)
    }
    const rule: ValueRule = { type, categories: null, isYear: false }
    const changes: Change[] = []
    const stuck: Cell[] = []
    const found = new Set<string>()
    await eachInSlices(await project.valuesFor(id), value => {
      const converted = isNewType ? convertedValue(value.value, rule, words) : value.value
      const settled = isListed ? names.get(String(converted)) : converted
      if (converted === null || settled === undefined || settled === null) stuck.push(value)
      else {
        found.add(String(settled))
        if (settled !== value.value) changes.push(valueChange(value, { ...value, value: settled }))
      }
    })
    if (stuck.length > 0) throw new ValuesRefused(stuck)
    const list = isListed ? categories.map(draft => draft.name) : [...found].sort()
    const after = { ...before, name, type, categories: type === 'category' ? listed(list) : '' }
    const isSame =
      !isNewType && after.name === before.name && after.categories === before.categories
    if (!isSame) changes.unshift(variableChange(before, after))
    const label = isNewType
      ? 'changeVariableType'
      : after.categories === before.categories
        ? 'renameVariable'
        : 'setCategories'
    return { label, about: after.name, changes }
  }
}

/** Moves a variable before another of the researcher's own, or to the end where that is `null`. */
export function moveVariable(id: VariableId, beforeId: VariableId | null): Command {
  return async project => {
    const { before, all } = await existing(project, id)
    const others = all.filter(variable => variable.id !== id)
    const found = others.findIndex(variable => variable.id === beforeId)
    const at = found < 0 ? others.length : found
    const isThere = all[at]?.id === id
    // Every rank anew: there are few, and halves of halves come to an end.
    const ordered = [...others.slice(0, at), before, ...others.slice(at)]
    const changes = ordered.flatMap((variable, rank) =>
      variable.rank === rank ? [] : [variableChange(variable, { ...variable, rank })],
    )
    return { label: 'moveVariable', about: before.name, changes: isThere ? [] : changes }
  }
}

/** Deletes a variable with all its values. */
export function deleteVariable(id: VariableId): Command {
  return async project => {
    const { before } = await existing(project, id)
    const values = await project.valuesFor(id)
    const changes = [variableChange(before, null)]
    for (const value of values) changes.push(valueChange(value, null))
    return { label: 'deleteVariable', about: before.name, changes }
  }
}

interface CellsWish {
  readonly cells: readonly Cell[]
  readonly origin: Extract<ValueOrigin, 'by-hand' | 'table'>
  readonly variables?: readonly (VariableDraft & { readonly id: VariableId })[]
}

async function planCells(
  { cells, origin, variables = [] }: CellsWish,
  project: ProjectReader,
  actor: Actor,
) {
  if (cells.length > MAX_CELLS) throw new Refusal('too-many-values')
  const present = await project.variables()
  const all = [...present]
  for (const draft of variables) all.push(made(draft, all, actor.now()))
  const rules = new Map(all.map(variable => [variable.id as VariableKey, ruleOf(variable)]))
  const reportIds = [...new Set(cells.map(({ reportId }) => reportId))]
  const reports = new Map<ReportId, Report>()
  for (const report of await project.reportsOf(reportIds)) reports.set(report.id, report)
  if (reports.size < reportIds.length) throw new Refusal('report-missing')
  const kept = new Map<ValueId, Value>()
  await eachInSlices(await project.valuesOf(reportIds), value => {
    kept.set(value.id, value)
  })

  const refused: Cell[] = []
  const planned = new Map<ValueId, Value | null>()
  await eachInSlices(withPlaces(cells, kept), cell => {
    const { reportId, variable, value, evidence } = cell
    const isFollowing = 'follows' in cell
    const rule = isReadVariable(variable) ? ruleOfRead(variable) : rules.get(variable)
    if (!rule) throw new Refusal('variable-missing')
    const id = valueIdOf(reportId, variable)
    if (value === null || String(value).trim() === '') {
      // An empty cell of somebody's table says nothing; one that a researcher empties does.
      // An empty place is empty in all that follows from it.
      const isEmptied = isFollowing && kept.get(id)?.origin !== 'by-hand'
      if (origin === 'by-hand' || isEmptied) planned.set(id, null)
      return
    }
    const checked = listedValue(variable, checkedValue(value, rule))
    if (checked === null) {
      refused.push(cell)
      return
    }
    const { length } = reports.get(reportId)!
    if (
      evidence &&
      !(evidence.start >= 0 && evidence.start < evidence.end && evidence.end <= length)
    ) {
      throw new Refusal('passage-outside')
    }
    const before = kept.get(id)
    // A value that stays the same keeps its evidence: only whose word it is changes.
    const same = before?.value === checked ? before : null
    const { start, end } = evidence ?? same ?? { start: null, end: null }
    // What a researcher decided a table does not overrule; what was left open it settles.
    if (origin === 'table' && before?.origin === 'by-hand') return
    const isKnown = origin === 'table' && same !== null && same.origin !== 'ask'
    const by = isKnown ? same.origin : 'asks' in cell ? 'ask' : origin
    planned.set(id, { id, reportId, variable, value: checked, origin: by, start, end })
  })
  if (refused.length > 0) throw new ValuesRefused(refused)

  const changes: Change[] = all.slice(present.length).map(after => variableChange(null, after))
  await eachInSlices(planned, ([id, after]) => {
    const before = kept.get(id) ?? null
    if (!isSameValue(before, after)) {
      changes.push({ table: 'values', id, before, after })
    }
  })
  const many: EditLabel = origin === 'table' ? 'importValues' : 'setValues'
  const isOne = origin === 'by-hand' && new Set(cells.map(({ variable }) => variable)).size === 1
  return {
    label: isOne ? ('setValue' as const) : many,
    about: await aboutOf(project, reportIds),
    changes,
  }
}

/** A code or level as the list of divisions has it; `null` for one that cannot be. */
function listedValue(variable: VariableKey, checked: CellValue | null): CellValue | null {
  if (checked === null) return null
  if (variable === 'level') return levelCalled(String(checked))
  if (variable !== 'place_code') return checked
  const code = String(checked).normalize('NFKC')
  return isDivisionCode(code) ? code : null
}

function isSameValue(a: Value | null, b: Value | null): boolean {
  if (!a || !b) return a === b
  return a.value === b.value && a.origin === b.origin && a.start === b.start && a.end === b.end
}

/** What a step on cells is called by: the report, where it is one. */
async function aboutOf(project: ProjectReader, reportIds: readonly ReportId[]): Promise<string> {
  const [id] = reportIds
  return id !== undefined && reportIds.length === 1 ? ((await project.report(id))?.title ?? '') : ''
}

function ruleOf(variable: Variable): ValueRule {
  const { type } = variable
  return { type, categories: type === 'category' ? categoriesOf(variable) : null, isYear: false }
}

function made(
  draft: VariableDraft & { readonly id: VariableId },
  present: readonly Variable[],
  createdAt: number,
): Variable {
  const { id, type } = draft
  const name = freeName(draft.name, present, id)
  const rank = Math.floor(Math.max(-1, ...present.map(each => each.rank))) + 1
  const categories = type === 'category' ? listed(draft.categories) : ''
  return { id, name, type, categories, rank, createdAt }
}

async function existing(
  project: ProjectReader,
  id: VariableId,
): Promise<{ before: Variable; all: readonly Variable[] }> {
  const all = await project.variables()
  const before = all.find(variable => variable.id === id)
  if (!before) throw new Refusal('variable-missing')
  return { before, all }
}

function freeName(typed: string, present: readonly Variable[], own: VariableId): string {
  const name = nameOf(typed)
  const isTaken = present.some(variable => variable.name === name && variable.id !== own)
  if (isTaken) throw new Refusal('name-taken')
  return name
}

/** Categories as a row keeps them: one a line, none twice. */
function listed(names: readonly string[]): string {
  const categories = [...new Set(names.map(categoryOf))]
  if (categories.length > MAX_CATEGORIES) throw new Refusal('categories-refused')
  return categories.join('\n')
}

function categoryOf(typed: string): string {
  const name = checkedValue(typed, { type: 'text', categories: null, isYear: false })
  if (typeof name !== 'string') throw new Refusal('categories-refused')
  return name
}

function variableChange(before: Variable, after: Variable | null): Change
function variableChange(before: Variable | null, after: Variable): Change
function variableChange(before: Variable | null, after: Variable | null): Change {
  return { table: 'variables', id: (after ?? before)!.id, before, after }
}

function valueChange(before: Value, after: Value | null): Change {
  return { table: 'values', id: before.id, before, after }
}
