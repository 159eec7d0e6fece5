import { isVariableColumn } from '../../../shared/analysis/report-row'
import type { Cell } from '../../../shared/commands/variables'
import type { Column } from './columns'
import type { Line } from './lines'
import type { Box } from './range'

// What pasting, filling down and clearing mean for a range of cells. They fill variables only:
// what a column cannot take, and what would stand beyond the table's edge, is left out and told.

/** Cells to fill, and how many of the wished ones are left out because no one may change them. */
export interface Filling {
  readonly cells: readonly Cell[]
  readonly skipped: number
}

type RowLine = Line & { kind: 'row' }

/** What the box shows and of which columns. */
export interface Table {
  readonly lines: readonly Line[]
  readonly columns: readonly Column[]
}

/**
 * Pastes cells with their first at the box's first. Where the box has a multiple of the pasted
 * rows and columns, they are repeated in it, so that one value fills all.
 */
export function pasted(box: Box, texts: readonly (readonly string[])[], table: Table): Filling {
  const height = texts.length
  const width = texts.reduce((most, row) => Math.max(most, row.length), 1)
  const lines = rowsFrom(table, box)
  const chosen = { rows: rowsIn(table, box).length, columns: box.right - box.left }
  const isMultiple = chosen.rows % height === 0 && chosen.columns % width === 0
  const rows = isMultiple ? chosen.rows : height
  const columns = isMultiple ? chosen.columns : width
  const cells: Cell[] = []
  let skipped = 0
  for (let i = 0; i < rows; i++) {
    const line = lines[i]
    for (let j = 0; j < columns; j++) {
      const value = texts[i % height]![j % width]
      if (value === undefined) continue
      const key = table.columns[box.left + j]?.key
      if (!line || key === undefined || !isVariableColumn(key)) skipped++
      else cells.push({ reportId: line.key, variable: key, value })
    }
  }
  return { cells, skipped }
}

/**
 * Gives every cell of the box what stands in the first row of its column. Where that only asks
 * which of several is meant there is nothing to give, and the column is left out.
 */
export function filledDown(box: Box, table: Table): Filling {
  const [first, ...others] = rowsIn(table, box)
  return filling(table, box, others, variable => {
    const value = first?.row.values.get(variable)
    return value?.origin === 'ask' ? undefined : (value?.value ?? null)
  })
}

/** Gives every cell of the box the same value, `null` for none. */
export function filledWith(box: Box, value: string | null, table: Table): Filling {
  return filling(table, box, rowsIn(table, box), () => value)
}

function filling(
  { columns }: Table,
  box: Box,
  rows: readonly RowLine[],
  wanted: (variable: Cell['variable']) => Cell['value'] | undefined,
): Filling {
  const cells: Cell[] = []
  let skipped = 0
  for (const { key } of columns.slice(box.left, box.right)) {
    const value = isVariableColumn(key) ? wanted(key) : undefined
    if (!isVariableColumn(key) || value === undefined) skipped += rows.length
    else for (const row of rows) cells.push({ reportId: row.key, variable: key, value })
  }
  return { cells, skipped }
}

/** The reports in a box, without heads of groups. */
export function rowsIn({ lines }: Pick<Table, 'lines'>, box: Box): RowLine[] {
  return lines.slice(box.top, box.bottom).filter(line => line.kind === 'row')
}

/** The reports from a box's first line to the table's end. */
function rowsFrom({ lines }: Table, { top }: Box): RowLine[] {
  return lines.slice(top).filter(line => line.kind === 'row')
}
