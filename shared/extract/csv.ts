import Papa from 'papaparse'
import { DOCUMENT_LIMITS, type RefusedDocument, refuse } from './document'
import { decodeText, detectEncoding } from './encoding'
import type { Grid, ReadTableOptions } from './table'
import { binaryKindOf } from './text-file'

/**
 * Reads a file of values separated by commas, semicolons, tabs or bars. A file that cannot be
 * read to its end as it stands is refused: a quote that is never closed would swallow the rest.
 */
export function readCsvGrid(
  bytes: Uint8Array,
  name: string,
  options: ReadTableOptions = {},
): Grid | RefusedDocument {
  const size = bytes.length
  if (size > DOCUMENT_LIMITS.bytes) {
    return refuse('too-large', { size, limit: DOCUMENT_LIMITS.bytes })
  }
  if (size === 0) return refuse('empty')
  const kind = binaryKindOf(bytes)
  if (kind) return refuse('unsupported', { kind })
  const detected = options.encoding
    ? { encoding: options.encoding, sure: true }
    : detectEncoding(bytes)
  if (!detected) return refuse('unknown-encoding')
  const { encoding, sure } = detected
  const { text, replaced } = decodeText(bytes, encoding)
  if (replaced > 0 && !options.encoding) {
    return refuse('broken-characters', { count: replaced, encoding })
  }
  const nul = text.indexOf('\0')
  if (nul >= 0) return refuse('nul', { offset: nul })
  const rows = rowsIn(text, name)
  if ('ok' in rows) return rows
  const file = { format: 'csv', extractor: 'csv/1', sheet: '', sheets: [], encoding, sure } as const
  return { ...file, rows, merged: [], notes: {} }
}

const DELIMITERS = [',', '\t', ';', '|'] as const
/** As much of a file as its delimiter is guessed from. */
const SAMPLE = 256 * 1024
const SAMPLE_ROWS = 50

function rowsIn(text: string, name: string): string[][] | RefusedDocument {
  // Excel says in a first line of its own what separates the values.
  const said = /^sep=(.)\r?\n/.exec(text)
  const body = said ? text.slice(said[0].length) : text
  const delimiter = said?.[1] ?? (/\.tsv$/i.test(name) ? '\t' : delimiterOf(body))
  const rows: string[][] = said ? [[]] : []
  let refused: RefusedDocument | null = null
  Papa.parse<string[]>(body, {
    delimiter,
    step({ data, errors }, parser) {
      rows.push(data)
      refused =
        errors.length > 0 ? refuse('damaged', { where: `row ${rows.length}` }) : tooMuch(rows)
      if (refused) parser.abort()
    },
  })
  return refused ?? rows
}

function tooMuch(rows: readonly string[][]): RefusedDocument | null {
  const { rows: rowLimit, columns: columnLimit } = DOCUMENT_LIMITS
  const columns = rows.at(-1)!.length
  if (columns > columnLimit) {
    return refuse('too-many-columns', { count: columns, limit: columnLimit })
  }
  // Empty lines at a file's end are not counted as rows by anyone.
  if (rows.length <= rowLimit + 1) return null
  return refuse('too-many-rows', { count: rows.length, limit: rowLimit })
}

/** The delimiter by which the first rows come out widest and most alike. */
function delimiterOf(text: string): string {
  const sample = text.slice(0, SAMPLE)
  let best = { delimiter: ',', score: 0 }
  for (const delimiter of DELIMITERS) {
    const { data } = Papa.parse<string[]>(sample, { delimiter, preview: SAMPLE_ROWS })
    const widths = data.filter(row => row.length > 1 || row[0] !== '').map(row => row.length)
    const first = widths[0] ?? 0
    if (first < 2) continue
    const alike = widths.filter(width => width === first).length
    const score = (alike / widths.length) * Math.min(first, 12)
    if (score > best.score) best = { delimiter, score }
  }
  return best.delimiter
}
