import type { ReportId, VariableId } from '../domain/id'
import {
  categoriesOf,
  isReadVariable,
  READ_VARIABLE_TYPES,
  type Value,
  type Variable,
  type VariableKey,
  type VariableType,
} from '../domain/variable'
import {
  checkedValue,
  MAX_VALUE_LENGTH,
  ruleOfRead,
  type CellValue as Typed,
  type ValueRule,
} from '../domain/variable-value'
import type { CellValue, Table } from '../extract/table'
import { type GuessedMapping, valueAs } from '../extract/table-mapping'
import type { RowMatches } from '../extract/table-match'

// What a table would change in a project's variables, worked out before anything is changed:
// the preview counts and lists it, and taking it in is the same list of cells.

/** A variable that a column would make. Its id is given before, so that cells can name it. */
export interface NewColumn {
  readonly id: VariableId
  readonly name: string
  readonly type: VariableType
}

/** What becomes of a column's cells: values of a variable, an existing or a new one. */
export interface ColumnTarget {
  readonly column: number
  readonly variable: VariableKey | NewColumn
}

/** What a project has, as far as a table may change it. */
export interface KnownValues {
  readonly variables: readonly Variable[]
  readonly values: ReadonlyMap<ReportId, readonly Value[]>
}

/** A cell of the table that would become a report's value. */
export interface TableCell {
  readonly reportId: ReportId
  readonly variable: VariableKey
  readonly value: Typed
}

/** Why a cell cannot be a value of its variable. */
export type UnfitReason = 'number' | 'year' | 'date' | 'yesno' | 'category' | 'too-long'

/** A cell of a matched row that needs attention. */
export interface CellLine {
  readonly row: number
  readonly column: number
  readonly reportId: ReportId
  readonly cell: Typed
}

/** So many there are, and the first of them. */
export interface Listed<L> {
  readonly count: number
  readonly lines: readonly L[]
}

/** What taking the table in would do, cell by cell, in the order of its rows. */
export interface ValuesPlan {
  /** Cells that would fill or change a value, or settle one that was left open. */
  readonly cells: Listed<TableCell>
  /** Of the new variables that are categories: their values, in the order of the alphabet. */
  readonly categories: ReadonlyMap<VariableId, readonly string[]>
  /** How many of the cells fill what was empty or left open; the others are those replaced. */
  readonly filled: number
  /** Cells that say what the project says already. */
  readonly same: number
  readonly unfit: Listed<CellLine & { readonly reason: UnfitReason }>
  /** Cells that would change a value that was read from the text, or came from a table. */
  readonly replaced: Listed<CellLine & { readonly was: Typed }>
  /** Cells that change nothing, since a researcher decided otherwise by hand. */
  readonly kept: Listed<CellLine & { readonly was: Typed }>
}

export interface PlanWish {
  readonly targets: readonly ColumnTarget[]
  readonly known: KnownValues
  /** How many cells, and how many lines of each other kind, are wanted: the rest is counted. */
  readonly most: { readonly cells: number; readonly lines: number }
}

/** Works out what the matched rows of a table would change. Empty cells say nothing. */
export function planValues(
  table: Table,
  { matches }: Pick<RowMatches, 'matches'>,
  { targets, known, most }: PlanWish,
): ValuesPlan {
  const columns = targets.map(({ column, variable }) => {
    const key: VariableKey = typeof variable === 'string' ? variable : variable.id
    return { column, key, rule: ruleFor(variable, known.variables) }
  })
  const rowAt = new Map(table.rows.map(({ row, cells }) => [row, cells]))
  const cells = listing<TableCell>(most.cells)
  const unfit = listing<CellLine & { reason: UnfitReason }>(most.lines)
  const replaced = listing<CellLine & { was: Typed }>(most.lines)
  const kept = listing<CellLine & { was: Typed }>(most.lines)
  const names = new Map<VariableId, Set<string>>()
  let filled = 0
  let same = 0
  for (const { variable } of targets) {
    if (typeof variable !== 'string' && variable.type === 'category') {
      names.set(variable.id, new Set())
    }
  }
  for (const { row, reportId } of matches) {
    const found = rowAt.get(row) ?? []
    const present = known.values.get(reportId) ?? []
    for (const { column, key, rule } of columns) {
      const cell = found[column] ?? null
      if (cell === null) continue
      const line = { row, column, reportId, cell }
      const value = valueFor(cell, rule)
      if (value === null) {
        unfit.add({ ...line, reason: reasonFor(cell, rule) })
        continue
      }
      const before = present.find(({ variable }) => variable === key)
      if (before?.value === value && before.origin !== 'ask') {
        same++
        continue
      }
      if (before?.origin === 'by-hand') {
        kept.add({ ...line, was: before.value })
        continue
      }
      if (!before || before.origin === 'ask') filled++
      else replaced.add({ ...line, was: before.value })
      names.get(key as VariableId)?.add(String(value))
      cells.add({ reportId, variable: key, value })
    }
  }
  const categories = new Map([...names].map(([id, some]) => [id, [...some].sort()]))
  return {
    ...{ cells: cells.all, categories, filled, same },
    ...{ unfit: unfit.all, replaced: replaced.all, kept: kept.all },
  }
}

/** Counts what is added, and keeps the first so many. */
function listing<L>(most: number) {
  const all = { count: 0, lines: [] as L[] }
  const add = (line: L) => {
    all.count++
    if (all.lines.length < most) all.lines.push(line)
  }
  return { all, add }
}

export interface TargetsWish {
  readonly guessed: GuessedMapping
  /** The columns that say which report a row is about. */
  readonly skip: readonly number[]
  readonly newId: () => VariableId
}

/**
 * Offers what becomes of each column: a variable that every project has, where the column is
 * called and filled like one; an own variable of the same name; else a new variable.
 */
export function guessTargets(
  columns: readonly string[],
  variables: readonly Variable[],
  { guessed, skip, newId }: TargetsWish,
): ColumnTarget[] {
  const own = new Map(variables.map(({ id, name }) => [nameKey(name), id]))
  const title =
    guessed.title === null ? [] : [{ column: guessed.title, variable: 'title' as const }]
  const offered = [...title, ...guessed.variables].sort((a, b) => a.column - b.column)
  const taken = new Set<VariableKey>()
  return offered.flatMap(({ column, variable }): ColumnTarget[] => {
    if (skip.includes(column)) return []
    const name = columns[column] ?? ''
    const known = own.get(nameKey(name)) ?? (typeof variable === 'string' ? variable : null)
    if (known !== null) {
      if (taken.has(known)) return []
      taken.add(known)
      return [{ column, variable: known }]
    }
    if (typeof variable === 'string') return []
    return [{ column, variable: { id: newId(), ...variable } }]
  })
}

/** What type the variable of each column would be that is guessed to be one. */
export function typesOf({ variables }: GuessedMapping): ReadonlyMap<number, VariableType> {
  return new Map(
    variables.map(({ column, variable }) => {
      if (typeof variable !== 'string') return [column, variable.type]
      return [column, isReadVariable(variable) ? READ_VARIABLE_TYPES[variable] : 'text']
    }),
  )
}

/** Two names that people would take for the same one. */
function nameKey(name: string): string {
  return name.normalize('NFKC').trim().toLowerCase()
}

function ruleFor(variable: ColumnTarget['variable'], own: readonly Variable[]): ValueRule {
  if (typeof variable !== 'string') {
    return { type: variable.type, categories: null, isYear: false }
  }
  if (isReadVariable(variable)) return ruleOfRead(variable)
  const found = own.find(({ id }) => id === variable)
  const type = found?.type ?? 'text'
  const categories = found && type === 'category' ? categoriesOf(found) : null
  return { type, categories, isYear: false }
}

/** A cell as its variable keeps it: read as tables are written, held to the rule of all values. */
function valueFor(cell: Exclude<CellValue, null>, rule: ValueRule): Typed | null {
  // Years are read as strictly as they are typed.
  const value = rule.isYear ? cell : (valueAs(cell, rule.type) ?? cell)
  return checkedValue(value, rule)
}

function reasonFor(cell: Exclude<CellValue, null>, { type, isYear }: ValueRule): UnfitReason {
  if (type === 'text' || String(cell).length > MAX_VALUE_LENGTH) return 'too-long'
  return isYear ? 'year' : type
}
