import { MAX_CATEGORIES, MAX_CELLS } from '../../../shared/commands/variables'
import type { VariableId } from '../../../shared/domain/id'
import { MAX_NAME_LENGTH, tidyName } from '../../../shared/domain/project'
import type { VariableKey } from '../../../shared/domain/variable'
import type { RowKey } from '../../../shared/extract/table-match'
import type { ColumnTarget, NewColumn } from '../../../shared/intake/table-values'
import {
  type ColumnHead,
  columnsOf,
  type TableHead,
  type ValuesPreview,
} from '../../jobs/values-job'

// What a researcher may choose for the columns of a table, and what keeps it from being taken in.

/** Why a column cannot become what was chosen for it. */
export type TargetProblem = 'twice' | 'name-taken' | 'name-empty' | 'name-too-long'

/** Why a table cannot be taken in as it stands; the columns’ own problems stand with them. */
export type TakeProblem = 'columns' | 'too-many' | 'too-many-categories' | 'nothing'

/** What becomes of these columns from now on; `null` leaves them out. */
export function withTargets(
  targets: readonly ColumnTarget[],
  columns: readonly number[],
  choose: (column: number) => ColumnTarget['variable'] | null,
): ColumnTarget[] {
  const others = targets.filter(({ column }) => !columns.includes(column))
  const chosen = columns.flatMap((column): ColumnTarget[] => {
    const variable = choose(column)
    return variable === null ? [] : [{ column, variable }]
  })
  return [...others, ...chosen].sort((a, b) => a.column - b.column)
}

/** The targets that count: a column by which reports are found has none. */
export function usedTargets(targets: readonly ColumnTarget[], key: RowKey): ColumnTarget[] {
  const skip = columnsOf(key)
  return targets.filter(({ column }) => !skip.includes(column))
}

/** What is wrong with the choices, by column. */
export function targetProblems(
  targets: readonly ColumnTarget[],
  { variables }: Pick<TableHead, 'variables'>,
): ReadonlyMap<number, TargetProblem> {
  const problems = new Map<number, TargetProblem>()
  const keys = new Set<VariableKey>()
  const names = new Set(variables.map(({ name }) => name))
  for (const { column, variable } of targets) {
    if (typeof variable === 'string') {
      if (keys.has(variable)) problems.set(column, 'twice')
      keys.add(variable)
      continue
    }
    const name = tidyName(variable.name)
    if (name === '') problems.set(column, 'name-empty')
    else if (name.length > MAX_NAME_LENGTH) problems.set(column, 'name-too-long')
    else if (names.has(name)) problems.set(column, 'name-taken')
    names.add(name)
  }
  return problems
}

/** What keeps a table from being taken in; `null` when nothing does. */
export function takeProblem(
  preview: ValuesPreview,
  problems: ReadonlyMap<number, TargetProblem>,
): TakeProblem | null {
  if (problems.size > 0) return 'columns'
  if (preview.cells === 0) return 'nothing'
  if (preview.cells > MAX_CELLS) return 'too-many'
  const isTooWide = [...preview.categories.values()].some(count => count > MAX_CATEGORIES)
  return isTooWide ? 'too-many-categories' : null
}

/** A new variable for a column, called as the column is as far as names may be long. */
export function newColumn(
  { name, type }: Pick<ColumnHead, 'name' | 'type'>,
  id: VariableId,
): NewColumn {
  const tidy = tidyName(name)
    .slice(0, MAX_NAME_LENGTH)
    .replace(/\p{Cs}$/u, '')
  return { id, name: tidy, type }
}
