import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import type { Hash, ReportId } from '../../shared/domain/id'
import { DOCUMENT_LIMITS, type ReadDocument } from '../../shared/extract/document'
import type { CellValue } from '../../shared/extract/table'
import type { MappedColumn } from '../../shared/extract/table-mapping'
import { readDocument } from '../../shared/intake/read-document'
import { type Study, studyOf } from '../../shared/intake/study'
import type { ReadingWish } from './options'
import { readTableFile } from './table-file'
import type { Refusal } from './words'

// What becomes of one file: its documents and what they say of themselves. It may take long and
// use much memory, so it runs in a thread that can be ended.

/** One report of a file. */
export interface ReadItem {
  /** Of a table, the row from 1; else `null`. */
  readonly row: number | null
  readonly document: ReadDocument
  /** What the text says, under the id {@link NO_REPORT}, and how it is compared with others. */
  readonly study: Study
  /** What a table says beside the text. */
  readonly title: string | null
  readonly cells: readonly { readonly column: number; readonly value: CellValue }[]
}

/** What a file holds. */
export interface ReadFile {
  readonly is: 'read'
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly hash: Hash
  readonly items: readonly ReadItem[]
  /** Of a table: which column is which variable. */
  readonly columns: readonly MappedColumn[]
  /** Of a table: columns with values of which nothing is made, by name. */
  readonly leftOut: readonly string[]
  /** Rows of a table that are no report. */
  readonly refusedRows: readonly ({ readonly row: number } & Refusal)[]
}

/** What became of a file: `known` is one of which the project has the very bytes. */
export type Reading = ReadFile | { readonly is: 'known' } | ({ readonly is: 'refused' } & Refusal)

/** A file to read. */
export interface ReadingTask {
  readonly file: string
  readonly name: string
  readonly wish: ReadingWish
}

/** Stands for a report that has no id yet. */
export const NO_REPORT = '' as ReportId

/**
 * Reads a file, unless its hash is among the `known`. Never rejects over what is in it. `live` is
 * called now and then while the rows of a table are read, of which there may be thousands.
 */
export async function readSource(
  { file, name, wish }: ReadingTask,
  known: ReadonlySet<string>,
  live: () => void,
): Promise<Reading> {
  const bytes = await bytesOf(file)
  if (!bytes) return { is: 'refused', problem: 'unreadable', details: {} }
  if (typeof bytes === 'number') {
    const details = { size: bytes, limit: DOCUMENT_LIMITS.bytes }
    return { is: 'refused', problem: 'too-large', details }
  }
  const hash = createHash('sha256').update(bytes).digest('hex') as Hash
  // Asked to read it another way, somebody is not content with what came in.
  const asUsual = wish.encoding === null && wish.mode === 'main'
  if (asUsual && known.has(hash)) return { is: 'known' }
  const source = { name, bytes, encoding: wish.encoding, mode: wish.mode }
  const document = await readDocument(source, { pdf: pdfLibrary })
  if (!document.ok) {
    const { problem, details } = document
    if (problem !== 'table') return { is: 'refused', problem, details }
    const table = await readTableFile({ bytes, name }, wish, live)
    return table.is === 'read' ? { ...table, bytes, hash } : table
  }
  const { text, markup } = document
  const study = studyOf(NO_REPORT, text, markup)
  const item = { row: null, document, study, title: null, cells: [] }
  return { is: 'read', bytes, hash, items: [item], columns: [], leftOut: [], refusedRows: [] }
}

/** A file's bytes, its size where that is too much, or `null` where it cannot be read. */
async function bytesOf(file: string): Promise<Uint8Array<ArrayBuffer> | number | null> {
  try {
    const { size } = await stat(file)
    if (size > DOCUMENT_LIMITS.bytes) return size
    // A copy of its own: small files come out of a buffer that many share.
    return new Uint8Array(await readFile(file))
  } catch {
    return null
  }
}

/** Loaded with the first PDF: it is large. */
async function pdfLibrary() {
  return (await import('../pdf-library')).loadPdfLibrary()
}
