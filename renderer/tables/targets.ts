import type { VariableId } from '../../shared/domain/id'
import { MAX_NAME_LENGTH, tidyName } from '../../shared/domain/project'
import type { Variable, VariableKey } from '../../shared/domain/variable'
import type { TableColumn } from '../../shared/intake/table-reports'
import type { ColumnTarget, NewColumn } from '../../shared/intake/table-values'

// What a researcher may choose for the columns of a table.

/** Why a column cannot become what was chosen for it. */
export type TargetProblem = 'twice' | 'name-taken' | 'name-empty' | 'name-too-long'

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

/** What is wrong with the choices, by column. */
export function targetProblems(
  targets: readonly ColumnTarget[],
  variables: readonly Variable[],
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

/** A new variable for a column, called as the column is as far as names may be long. */
export function newColumn(
  { name, type }: Pick<TableColumn, 'name' | 'type'>,
  id: VariableId,
): NewColumn {
  const tidy = tidyName(name)
    .slice(0, MAX_NAME_LENGTH)
    .replace(/\p{Cs}$/u, '')
  return { id, name: tidy, type }
}
