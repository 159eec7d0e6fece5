import { makeId, type VariableId } from '../../../shared/domain/id'
import { tidyName } from '../../../shared/domain/project'
import type { Variable } from '../../../shared/domain/variable'
import type { RefusedDocument } from '../../../shared/extract/document'
import type { EncodingLabel } from '../../../shared/extract/encoding'
import type { MappedColumn, TableMapping } from '../../../shared/extract/table-mapping'
import type { TableChoice, TableLook } from '../../../shared/intake/table-reports'
import { type ColumnTarget, guessTargets } from '../../../shared/intake/table-values'
import { targetProblems } from '../../tables/targets'

/** A table among the files of an import, and what has been chosen about it. */
export interface TableSetup {
  /** As what it was looked at. */
  readonly sheet: string | null
  readonly encoding: EncodingLabel | null
  /** `null` while it is being looked at. */
  readonly look: TableLook | RefusedDocument | null
  /** The column with the reports' texts; `null` until one is chosen. */
  readonly text: number | null
  readonly targets: readonly ColumnTarget[]
  /** The project's own variables. */
  readonly variables: readonly Variable[]
}

/** A table that nobody has looked at yet. */
export function unseenTable(sheet: string | null, encoding: EncodingLabel | null): TableSetup {
  return { sheet, encoding, look: null, text: null, targets: [], variables: [] }
}

/** A table that was looked at, with what is offered for its columns. */
export function seenTable(
  before: TableSetup,
  look: TableLook | RefusedDocument,
  variables: readonly Variable[],
): TableSetup {
  if (!look.ok) return { ...before, look, text: null, targets: [], variables }
  const { columns, guessed } = look
  const names = columns.map(({ name }) => name)
  const skip = guessed.text === null ? [] : [guessed.text]
  const newId = () => makeId(Date.now(), () => Math.random()) as VariableId
  const targets = guessTargets(names, variables, { guessed, skip, newId })
  return { ...before, look, text: guessed.text, targets, variables }
}

/** How many reports a table would bring; one while nobody has looked at it. */
export function reportsIn({ look, text }: Pick<TableSetup, 'look' | 'text'>): number {
  if (!look) return 1
  return look.ok && text !== null ? look.rows : 0
}

/** The targets that count: the text's column has none. */
export function targetsOf({ targets, text }: Pick<TableSetup, 'targets' | 'text'>) {
  return targets.filter(({ column }) => column !== text)
}

/** What the import is told about a table; what cannot be as it was chosen is left out. */
export function choiceOf(setup: TableSetup | undefined): TableChoice {
  if (!setup || setup.text === null) return { sheet: setup?.sheet ?? null, mapping: null }
  const targets = targetsOf(setup)
  const problems = targetProblems(targets, setup.variables)
  const good = targets.filter(({ column }) => !problems.has(column))
  const title = good.find(({ variable }) => variable === 'title')?.column ?? null
  const variables = good.flatMap(({ column, variable }): MappedColumn[] => {
    if (column === title) return []
    if (typeof variable === 'string') return [{ column, variable }]
    return [{ column, variable: { name: tidyName(variable.name), type: variable.type } }]
  })
  const mapping: TableMapping = { text: setup.text, title, variables }
  return { sheet: setup.sheet, mapping }
}
