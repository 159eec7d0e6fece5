// CSV as RFC 4180 has it, both ways and in pieces of any size. Written here and not taken
// from a library because a dataset stands or falls with it, and because it is short.

/** What begins a CSV file so that spreadsheets read it as UTF-8. */
export const CSV_BOM = '\ufeff'

/** What a cell can be. A number is written as JavaScript writes it. */
export type CsvCell = string | number

/** One record of a file that was read. */
export interface CsvRow {
  /** The line of the file on which the record begins, from 1. */
  readonly line: number
  readonly cells: readonly string[]
}

/** Reads a file piece by piece. */
export interface CsvReader {
  /** Takes the next piece of the file; answers the records that it completes. */
  push(piece: string): CsvRow[]
  /** Says that the file has ended; answers the last record, if no line break ended it. */
  end(): CsvRow[]
}

/** Thrown for a file that is not CSV. `line` is counted from 1. */
export class CsvError extends Error {
  override readonly name = 'CsvError'
  /** A quote that is never closed, opened on `line`; or something other than a comma after one. */
  readonly reason: 'quote-open' | 'text-after-quote'
  readonly line: number

  constructor(reason: CsvError['reason'], line: number) {
    super(`${reason} in line ${line}`)
    this.reason = reason
    this.line = line
  }
}

/**
 * A record as a line, ended by CRLF. A cell is quoted only where it would otherwise be read
 * differently by someone: commas, quotes, line breaks, white space at its ends, a byte order
 * mark at its start. Expects at least one cell.
 */
export function csvLine(cells: readonly CsvCell[]): string {
  // A line with nothing on it would be no record at all.
  if (cells.length === 1 && cells[0] === '') return '""\r\n'
  let line = ''
  for (let at = 0; at < cells.length; at++) {
    const cell = cells[at]!
    if (at > 0) line += ','
    line += typeof cell === 'string' ? quoted(cell) : cell
  }
  return `${line}\r\n`
}

/**
 * A cell that no spreadsheet takes for a formula: one that could be gets an apostrophe before
 * it. This changes what the cell says, so it is for files that people open and look at.
 *
 * A cell could be a formula when it, or a line within it, begins with `= + - @`, tab, CR or
 * a full-width form of these, after white space or invisible characters if any. A cell that
 * is so after apostrophes gets one more, so that {@link unguardedCell} always leads back.
 */
export function guardedCell(cell: string): string {
  return FORMULA.test(cell) ? `'${cell}` : cell
}

/** The cell that {@link guardedCell} was given. */
export function unguardedCell(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell.slice(1)) ? cell.slice(1) : cell
}

/** All records of a file that is at hand. */
export function parseCsv(text: string): CsvRow[] {
  const reader = csvReader()
  return [...reader.push(text), ...reader.end()]
}

/**
 * Starts reading. Lines may end with CRLF, LF or CR; a byte order mark at the start is
 * skipped, and so are lines with nothing on them. A quote inside an unquoted cell is a
 * character like any other. Throws {@link CsvError}.
 */
export function csvReader(): CsvReader {
  let state: 'start' | 'plain' | 'quoted' | 'after-quote' = 'start'
  let cells: string[] = []
  let cell = ''
  /** Lines begun so far, and those on which this record and this quote began. */
  let line = 1
  let rowLine = 1
  let quoteLine = 1
  let isFirst = true
  /** The last character was a CR, so that an LF now ends no further line. */
  let afterCr = false
  let rows: CsvRow[] = []

  return {
    push(piece) {
      rows = []
      let at = isFirst && piece.startsWith(CSV_BOM) ? 1 : 0
      if (piece !== '') isFirst = false
      while (at < piece.length) at = state === 'quoted' ? readQuoted(piece, at) : read(piece, at)
      return rows
    },
    end() {
      rows = []
      if (state === 'quoted') throw new CsvError('quote-open', quoteLine)
      endRow()
      return rows
    },
  }

  /** Takes what stands at `at` outside quotes; answers where to go on. */
  function read(piece: string, at: number): number {
    const character = piece[at]!
    if (character === '\n' && afterCr) {
      afterCr = false
      rowLine = line
      return at + 1
    }
    afterCr = character === '\r'
    if (character === '\r' || character === '\n') {
      endRow()
      line++
      rowLine = line
      return at + 1
    }
    if (character === ',') {
      cells.push(cell)
      cell = ''
      state = 'start'
      return at + 1
    }
    if (character === '"' && state === 'start') {
      state = 'quoted'
      quoteLine = line
      return at + 1
    }
    if (character === '"' && state === 'after-quote') {
      cell += '"'
      state = 'quoted'
      return at + 1
    }
    if (state === 'after-quote') throw new CsvError('text-after-quote', line)
    state = 'plain'
    let end = at + 1
    while (end < piece.length && !PLAIN_END.has(piece[end]!)) end++
    cell += piece.slice(at, end)
    return end
  }

  /** Takes what stands at `at` within quotes, up to the next quote. */
  function readQuoted(piece: string, at: number): number {
    const quote = piece.indexOf('"', at)
    const end = quote < 0 ? piece.length : quote
    for (let i = at; i < end; i++) {
      const character = piece[i]
      if (character === '\r' || (character === '\n' && !afterCr)) line++
      afterCr = character === '\r'
    }
    cell += piece.slice(at, end)
    if (quote < 0) return end
    state = 'after-quote'
    afterCr = false
    return end + 1
  }

  function endRow(): void {
    const isNothing = cells.length === 0 && cell === '' && state === 'start'
    if (!isNothing) rows.push({ line: rowLine, cells: [...cells, cell] })
    cells = []
    cell = ''
    state = 'start'
  }
}

const PLAIN_END = new Set([',', '\r', '\n'])

const NEEDS_QUOTES = /[",\r\n]|^[ \t\ufeff]|[ \t]$/

// Line breaks are not among what is skipped: each is a start of its own, and a long run of
// them is then looked at once.
const FORMULA =
  /(?:^'*|[\r\n])(?:[^\S\r\n]|[\u200b-\u200f\u2060])*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/

function quoted(cell: string): string {
  return NEEDS_QUOTES.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
