import { MAX_CATEGORIES } from '../../shared/commands/variables'
import type { VariableId } from '../../shared/domain/id'
import {
  categoriesOf,
  READ_VARIABLE_TYPES,
  READ_VARIABLES,
  type ReadVariable,
  type Variable,
  type VariableKey,
  type VariableType,
} from '../../shared/domain/variable'
import { checkedValue, ruleOfRead } from '../../shared/domain/variable-value'
import type { CellValue } from '../../shared/extract/table'
import { type MappedColumn, valueAs } from '../../shared/extract/table-mapping'
import type { ProjectState } from '../../shared/journal/state'
import { newId } from './project'

/** Puts the columns of tables in touch with a project's variables. */
export interface OwnVariables {
  /**
   * What a cell says of which variable; `null` where it fits the variable's type as little as
   * an empty one does. A column that no variable is called like makes a new one.
   */
  valueIn(
    column: MappedColumn,
    cell: CellValue,
  ): { readonly variable: VariableKey; readonly value: string | number | boolean } | null
  /** The new ones that have values. */
  added(): Variable[]
}

/** Starts from the variables that a project has. New ones go behind them. */
export function openVariables(
  { variables }: Pick<ProjectState, 'variables'>,
  nowMs: number,
): OwnVariables {
  const byName = new Map([...variables.values()].map(each => [each.name, each]))
  const isNew = new Set<string>()
  let rank = Math.max(0, ...[...variables.values()].map(each => each.rank))

  return {
    valueIn({ variable }, cell) {
      if (typeof variable === 'string') {
        const typed = valueAs(cell, typeOf(variable))
        const isRead = READ_VARIABLES.some(key => key === variable)
        const value =
          typed === null || !isRead
            ? typed
            : checkedValue(typed, ruleOfRead(variable as ReadVariable))
        return value === null ? null : { variable, value }
      }
      const own = byName.get(variable.name)
      const value = valueAs(cell, own?.type ?? variable.type)
      if (value === null) return null
      const found = own ?? add(variable.name, variable.type)
      if (found.type === 'category' && !allow(found, String(value))) return null
      return { variable: found.id, value }
    },
    added: () => [...isNew].map(name => byName.get(name)!),
  }

  function typeOf(key: VariableKey): VariableType {
    return (
      READ_VARIABLE_TYPES[key as ReadVariable] ?? variables.get(key as VariableId)?.type ?? 'text'
    )
  }

  function add(name: string, type: VariableType): Variable {
    const id = newId(nowMs + isNew.size) as VariableId
    const variable = { id, name, type, categories: '', rank: ++rank, createdAt: nowMs }
    byName.set(name, variable)
    isNew.add(name)
    return variable
  }

  /** Whether a category may have a value: a new one takes all that come. */
  function allow(variable: Variable, value: string): boolean {
    const categories = categoriesOf(variable)
    if (categories.includes(value)) return true
    if (!isNew.has(variable.name) || categories.length >= MAX_CATEGORIES) return false
    const more = { ...variable, categories: [...categories, value].join('\n') }
    byName.set(variable.name, more)
    return true
  }
}
