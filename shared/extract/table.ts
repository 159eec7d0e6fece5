import { normalizeText } from '../text/normalize'
import { type RefusedDocument, refuse } from './document'
import type { EncodingLabel } from './encoding'

// A table file is read in two steps: its reader gives a grid of cells with what the file says of
// them, and here the grid becomes columns with names and rows with values.

/** What a cell says. A date is text, as `2024-01-29` or `2024-01-29 09:30`. */
export type CellValue = string | number | boolean | null

/**
 * What a researcher should know about a table that was read, and how often.
 *
 * - `merged-cells`: cells were merged; each of them has what they say together.
 * - `hidden-rows`, `hidden-columns`: are hidden in the file, and read.
 * - `error-values`: cells with an error such as #N/A, read as empty.
 * - `formulas-without-values`: formulas of which the file does not say what they come to.
 * - `ragged-rows`: rows with more cells than there are names.
 * - `lines-above`: lines that stand above the names, such as the table's title.
 * - `other-sheets`: sheets that have something in them and were not read.
 */
export const TABLE_NOTES = [
  'merged-cells',
  'hidden-rows',
  'hidden-columns',
  'error-values',
  'formulas-without-values',
  'ragged-rows',
  'lines-above',
  'other-sheets',
] as const

export type TableNote = (typeof TABLE_NOTES)[number]

/** A row below the names. */
export interface TableRow {
  /** As spreadsheets count, from 1, the names included. */
  readonly row: number
  /** One for each column. No text among them is empty. */
  readonly cells: readonly CellValue[]
}

/** A table that was read. Rows and columns without anything in them are left out. */
export interface Table {
  readonly ok: true
  readonly format: 'xlsx' | 'csv'
  /** Which version of which reader made it, such as `xlsx/1`. */
  readonly extractor: string
  /** The sheet that was read; empty for csv. */
  readonly sheet: string
  /** Names of all visible sheets that have something in them. */
  readonly sheets: readonly string[]
  readonly encoding: EncodingLabel | null
  /** Whether the encoding was chosen, or detected beyond doubt. */
  readonly sure: boolean
  /** The columns' names, no two alike. One without a name is called as spreadsheets do: C. */
  readonly columns: readonly string[]
  readonly rows: readonly TableRow[]
  readonly notes: Readonly<Partial<Record<TableNote, number>>>
}

export interface ReadTableOptions {
  /** Which sheet, by name; otherwise the first that is visible and has rows. */
  readonly sheet?: string
  /** The researcher's choice, for csv; otherwise detected. */
  readonly encoding?: EncodingLabel
}

/** The range `[top, bottom) x [left, right)` of cells that are merged. */
export interface MergedCells {
  readonly top: number
  readonly left: number
  readonly bottom: number
  readonly right: number
}

/** Cells as a reader finds them, counted from 0. Rows may differ in length. */
export interface Grid {
  readonly format: Table['format']
  readonly extractor: string
  readonly sheet: string
  readonly sheets: readonly string[]
  readonly encoding: EncodingLabel | null
  readonly sure: boolean
  readonly rows: readonly (readonly CellValue[])[]
  readonly merged: readonly MergedCells[]
  readonly notes: Table['notes']
}

/**
 * Reads a table file, xlsx by its content and everything else as csv, or says why it cannot be
 * read. The first row with more than one cell has the columns' names.
 */
export async function readTable(
  bytes: Uint8Array,
  name: string,
  options: ReadTableOptions = {},
): Promise<Table | RefusedDocument> {
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b
  const isOle = bytes[0] === 0xd0 && bytes[1] === 0xcf
  if (isOle) return (await import('./ole')).oleProblemOf(bytes)
  const grid = isZip
    ? await (await import('./xlsx')).readXlsxGrid(bytes, options)
    : (await import('./csv')).readCsvGrid(bytes, name, options)
  return 'ok' in grid ? grid : tableOf(grid)
}

/** The columns and rows in a grid. Refuses one that has names at most. */
export function tableOf(grid: Grid): Table | RefusedDocument {
  const { merged, notes, ...rest } = grid
  const cells = grid.rows.map(row => row.map(tidyCell))
  const top = headRow(cells)
  if (top === null) return refuse('empty')
  const bottom = bottomOfHead(merged, top)
  fillMerged(cells, merged)
  const body = cells
    .map((row, at) => ({ row: at + 1, cells: row }))
    .slice(bottom)
    .filter(row => row.cells.some(cell => cell !== null))
  if (body.length === 0) return refuse('empty')
  const head = cells.slice(top, bottom)
  const width = widthOf([...head, ...body.map(row => row.cells)])
  const kept = columnsWith(body, head, width)
  const named = head.reduce((most, row) => Math.max(most, lastFilled(row)), 0)
  const counts = {
    ...notes,
    'lines-above': cells.slice(0, top).filter(row => row.some(cell => cell !== null)).length,
    'ragged-rows': body.filter(row => lastFilled(row.cells) > named).length,
    'merged-cells': merged.length,
  }
  const { rows: _, ...file } = rest
  return {
    ok: true,
    ...file,
    columns: namesOf(head, kept),
    rows: body.map(({ row, cells: found }) => ({
      row,
      cells: kept.map(column => found[column] ?? null),
    })),
    notes: Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0)),
  }
}

/** What spreadsheets call a column, counted from 0: A, B, … Z, AA, AB. */
export function columnLetters(column: number): string {
  const rest = Math.floor(column / 26)
  return (rest > 0 ? columnLetters(rest - 1) : '') + String.fromCharCode(65 + (column % 26))
}

/** How far down the names of columns are looked for. */
const HEAD_WITHIN = 20

function tidyCell(cell: CellValue): CellValue {
  if (typeof cell !== 'string') return cell
  const text = normalizeText(cell)
  return /[^\s\u200b\ufeff]/.test(text) ? text : null
}

/** The first row that can be one of names: a table's own title fills one cell only. */
function headRow(cells: readonly (readonly CellValue[])[]): number | null {
  const filled = (row: readonly CellValue[]) => row.filter(cell => cell !== null).length
  const first = cells.findIndex(row => filled(row) > 0)
  if (first < 0) return null
  const within = cells.slice(first, first + HEAD_WITHIN)
  const wide = within.findIndex(row => filled(row) > 1)
  return wide < 0 ? first : first + wide
}

/** Behind the last row of names: a name that is merged over two rows says that there are two. */
function bottomOfHead(merged: readonly MergedCells[], top: number): number {
  const begun = merged.filter(each => each.top === top && each.right - each.left === 1)
  const bottom = begun.reduce((most, each) => Math.max(most, each.bottom), top + 1)
  return Math.min(bottom, top + 3)
}

/** Writes into each merged cell what stands in the first of them. */
function fillMerged(cells: CellValue[][], merged: readonly MergedCells[]): void {
  for (const { top, left, bottom, right } of merged) {
    const value = cells[top]?.[left] ?? null
    if (value === null) continue
    for (let row = top; row < Math.min(bottom, cells.length); row++) {
      const line = cells[row]!
      while (line.length < right) line.push(null)
      line.fill(value, left, right)
    }
  }
}

function widthOf(rows: readonly (readonly CellValue[])[]): number {
  return rows.reduce((most, row) => Math.max(most, row.length), 0)
}

/** Behind the last cell of a row with something in it. */
function lastFilled(row: readonly CellValue[]): number {
  return row.findLastIndex(cell => cell !== null) + 1
}

/** The columns with a name or a value. */
function columnsWith(
  body: readonly TableRow[],
  head: readonly (readonly CellValue[])[],
  width: number,
): number[] {
  const used = new Array<boolean>(width).fill(false)
  for (const cells of [...head, ...body.map(row => row.cells)]) {
    for (const [column, cell] of cells.entries()) if (cell !== null) used[column] = true
  }
  return used.flatMap((isUsed, column) => (isUsed ? [column] : []))
}

function namesOf(head: readonly (readonly CellValue[])[], kept: readonly number[]): string[] {
  const taken = new Set<string>()
  return kept.map(column => {
    const parts = head.map(row => tidyName(row[column])).filter(part => part !== '')
    const name = [...new Set(parts)].join(' / ') || columnLetters(column)
    let free = name
    for (let n = 2; taken.has(free); n++) free = `${name} (${n})`
    taken.add(free)
    return free
  })
}

/** On one line: names are often broken to fit. */
function tidyName(cell: CellValue | undefined): string {
  return String(cell ?? '')
    .replace(/[\s\u200b\ufeff]+/g, ' ')
    .trim()
    .slice(0, 200)
}
