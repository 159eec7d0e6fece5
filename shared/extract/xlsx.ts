import { type CellValue as FoundCell, HucreError, readXlsx, type Sheet } from 'hucre'
import { DOCUMENT_LIMITS, type RefusedDocument, refuse } from './document'
import type { CellValue, Grid, MergedCells, ReadTableOptions } from './table'
import { DocumentRefusal, openZip, type ZipParts } from './zip-parts'

// The library opens a workbook only after every part of it was unpacked once within the bounds
// for documents, and its cells were found to be no more than a table may have.

/**
 * Reads one sheet of a workbook. Formulas are read as what the file says they come to; nothing is
 * computed, no link followed, no macro run.
 */
export async function readXlsxGrid(
  bytes: Uint8Array,
  options: ReadTableOptions = {},
): Promise<Grid | RefusedDocument> {
  try {
    checkParts(openZip(bytes))
  } catch (error) {
    if (error instanceof DocumentRefusal) return error.refused
    throw error
  }
  try {
    return await readSheet(bytes, options.sheet ?? null)
  } catch (error) {
    if (!(error instanceof HucreError)) throw error
    return tooMuchIn(error.message) ?? refuse('damaged', { where: error.message.slice(0, 100) })
  }
}

const DOCTYPE = /<!(?:DOCTYPE|ENTITY)/i

/** Unpacks everything, to see that it keeps within its bounds: any part may be named as one to parse. */
function checkParts(zip: ZipParts): void {
  for (const name of zip.names) {
    let isFirst = true
    for (const piece of zip.pieces(name)) {
      if (isFirst && DOCTYPE.test(new TextDecoder('latin1').decode(piece))) {
        throw new DocumentRefusal('doctype', { where: name })
      }
      isFirst = false
    }
  }
}

/** Reads the sheet of that name, or the first that is visible and has something in it. */
async function readSheet(
  bytes: Uint8Array,
  wanted: string | null,
): Promise<Grid | RefusedDocument> {
  for (let nth = 0; ; nth++) {
    const visible: string[] = []
    const { sheets } = await readXlsx(bytes, {
      sheets: ({ name, hidden, veryHidden }) => {
        const isVisible = !hidden && !veryHidden
        if (isVisible) visible.push(name)
        return wanted === null ? isVisible && visible.length === nth + 1 : name === wanted
      },
    })
    const sheet = sheets[0]
    if (!sheet) return refuse(wanted === null ? 'empty' : 'table', { sheet: wanted ?? '' })
    const hasCells = sheet.rows.some(row => row.some(cell => cell !== null && cell !== ''))
    if (hasCells || wanted !== null) return gridOf(sheet, visible)
  }
}

function gridOf(sheet: Sheet, visible: readonly string[]): Grid | RefusedDocument {
  const { rows: rowLimit, columns: columnLimit } = DOCUMENT_LIMITS
  const last = sheet.rows.findLastIndex(row => row.some(cell => cell !== null))
  const found = sheet.rows.slice(0, last + 1)
  const columns = found.reduce(
    (most, row) => Math.max(most, row.findLastIndex(cell => cell !== null) + 1),
    0,
  )
  if (last > rowLimit) return refuse('too-many-rows', { count: last + 1, limit: rowLimit })
  if (columns > columnLimit) {
    return refuse('too-many-columns', { count: columns, limit: columnLimit })
  }
  const cells = [...(sheet.cells?.values() ?? [])]
  const isError = (row: number, column: number) =>
    sheet.cells?.get(`${row},${column}`)?.type === 'error'
  const hiddenRows = [...(sheet.rowDefs ?? [])].filter(([row, { hidden }]) => hidden && row <= last)
  const hiddenColumns = (sheet.columns ?? []).slice(0, columns).filter(each => each?.hidden)
  return {
    format: 'xlsx',
    extractor: 'xlsx/1',
    sheet: sheet.name,
    sheets: visible,
    encoding: null,
    sure: true,
    rows: found.map((row, at) =>
      row.map((cell, column) => (isError(at, column) ? null : plainCell(cell))),
    ),
    merged: (sheet.merges ?? []).map(mergedCells),
    notes: {
      'hidden-rows': hiddenRows.length,
      'hidden-columns': hiddenColumns.length,
      'error-values': cells.filter(({ type }) => type === 'error').length,
      'formulas-without-values': cells.filter(
        ({ formula, value }) => formula !== undefined && value === null,
      ).length,
      'other-sheets': visible.filter(name => name !== sheet.name).length,
    },
  }
}

function mergedCells(merge: {
  readonly startRow: number
  readonly startCol: number
  readonly endRow: number
  readonly endCol: number
}): MergedCells {
  const { startRow, startCol, endRow, endCol } = merge
  return { top: startRow, left: startCol, bottom: endRow + 1, right: endCol + 1 }
}

function plainCell(cell: FoundCell): CellValue {
  if (typeof cell === 'number') return Number.isFinite(cell) ? withoutNoise(cell) : null
  return cell instanceof Date ? dateText(cell) : cell
}

/** A number as spreadsheets show it, to 15 digits: 0.1 + 0.2 is stored as 0.30000000000000004. */
function withoutNoise(value: number): number {
  return Number.isSafeInteger(value) ? value : Number(value.toPrecision(15))
}

/** What a date cell says, by the calendar of the file, which knows no time zone. */
function dateText(date: Date): string | null {
  if (Number.isNaN(date.getTime())) return null
  // Half a second more, since times are stored as parts of a day.
  const iso = new Date(date.getTime() + 500).toISOString()
  const day = iso.slice(0, 10)
  const time = iso.slice(11, 19)
  if (time === '00:00:00') return day
  const short = time.endsWith(':00') ? time.slice(0, 5) : time
  // Before the calendar begins there are only times of day.
  return day <= '1899-12-31' ? short : `${day} ${short}`
}

/** Says so when the library gave up over the number of cells. */
function tooMuchIn(message: string): RefusedDocument | null {
  const found = /spans (\d+) rows x (\d+) columns/.exec(message)
  if (!found) return null
  const [rows, columns] = [Number(found[1]), Number(found[2])]
  const { rows: rowLimit, columns: columnLimit } = DOCUMENT_LIMITS
  return columns > columnLimit
    ? refuse('too-many-columns', { count: columns, limit: columnLimit })
    : refuse('too-many-rows', { count: rows, limit: rowLimit })
}
