import type { VariableId } from '../domain/id'
import {
  categoriesOf,
  isReadVariable,
  type Variable,
  type VariableKey,
  type VariableType,
} from '../domain/variable'
import type { CellValue } from '../extract/table'
import { type MappedColumn, readValueAs, valueAs } from '../extract/table-mapping'

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

export interface VariablesWish {
  readonly nowMs: number
  readonly newId: (nowMs: number) => string
  /** The most values that a category may have. */
  readonly maxCategories: number
}

/** Starts from the variables that a project has. New ones go behind them. */
export function openVariables(
  variables: readonly Variable[],
  { nowMs, newId, maxCategories }: VariablesWish,
): OwnVariables {
  const byId = new Map(variables.map(each => [each.id, each]))
  const byName = new Map(variables.map(each => [each.name, each]))
  const isNew = new Set<string>()
  let rank = Math.max(0, ...variables.map(each => each.rank))

  return {
    valueIn({ variable }, cell) {
      if (typeof variable === 'string') {
        const own = byId.get(variable as VariableId)
        if (!own) {
          const value = isReadVariable(variable) ? readValueAs(cell, variable) : null
          return value === null ? null : { variable, value }
        }
        const value = valueAs(cell, own.type)
        if (value === null) return null
        const isAllowed = own.type !== 'category' || allow(own, String(value))
        return isAllowed ? { variable, value } : null
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
    if (!isNew.has(variable.name) || categories.length >= maxCategories) return false
    const more = { ...variable, categories: [...categories, value].join('\n') }
    byName.set(variable.name, more)
    return true
  }
}
