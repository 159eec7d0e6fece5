import { type Hash, makeId, type ReportId } from '../../shared/domain/id'
import type { ReadDocument } from '../../shared/extract/document'
import { endsOf, kindOf } from '../../shared/intake/document-kind'
import { readPlainText } from '../../shared/intake/plain-text'
import type { Study } from '../../shared/intake/study'
import type { TableRows } from '../../shared/intake/table-reports'
import { portions } from '../../shared/portions'
import { type CanonicalText, canonicalOf, hashOf } from '../data/ingest'
import type { Extractor } from './extractor'
import { bytesOfAll, limitFor, tooLarge } from './file-bytes'
import type { Details, FileProblem, ImportFile } from './import-messages'

// How an import parts its files into slices, and reads one file.

const SLICE_FILES = 100
const SLICE_BYTES = 8 * 1024 * 1024

/** A file with its size and its places: among the files as given, and in the order of names. */
export interface SizedFile extends ImportFile {
  readonly index: number
  readonly bytes: number
  order: number
}

/** What became of a file when it was read. */
export type ReadFile =
  | { readonly is: 'ended' }
  | { readonly is: 'known'; readonly originalHash: Hash }
  | { readonly is: 'refused'; readonly problem: FileProblem; readonly details: Details }
  | {
      readonly is: 'table'
      readonly table: TableRows
      readonly original: Uint8Array
      readonly originalHash: Hash
    }
  | {
      readonly is: 'read'
      readonly document: ReadDocument
      readonly text: CanonicalText
      readonly id: ReportId
      readonly original: Uint8Array | null
      readonly originalHash: Hash
      /** `null` until it has been studied, as plain texts are, a slice at a time. */
      readonly study: Study | null
    }

/** What reading a file takes. */
export interface ReadHelp {
  readonly extractor: Extractor
  /** Whether the project has a report from these very bytes. */
  isKnown(original: Hash): boolean
  /** Milliseconds since the Unix epoch. */
  readonly startedAt: number
  /** Numbers in `[0, 1)`. */
  readonly random: () => number
}

/**
 * Reads one file whose bytes are there; `null` where they could not be had. What is known already
 * is told before any work is spent on it.
 */
export async function readFile(
  { file, bytes: size, encoding, mode, table: choice, order }: SizedFile,
  bytes: Uint8Array<ArrayBuffer> | null,
  { extractor, isKnown, startedAt, random }: ReadHelp,
): Promise<ReadFile> {
  if (size > limitFor(file.name)) return { is: 'refused', ...tooLarge(file.name, size) }
  if (!bytes) return { is: 'refused', problem: 'unreadable', details: {} }
  const originalHash = await hashOf(bytes)
  const kind = kindOf(endsOf(bytes), file.name)
  if (kind === 'xlsx' || kind === 'csv') {
    const table = await extractor.readTable({ name: file.name, bytes, encoding }, choice)
    if (!table) return { is: 'ended' }
    if (!table.ok) return { ...table, is: 'refused' }
    return { is: 'table', table, original: bytes, originalHash }
  }
  // Chosen anew, the same bytes may give another text.
  if (!encoding && !mode && isKnown(originalHash)) return { is: 'known', originalHash }
  // Counted up from the start rather than read off the clock, so that ids sort as files do.
  const id = makeId(startedAt + order, random) as ReportId
  const source = { name: file.name, bytes, encoding, ...(mode ? { mode } : {}) }
  if (kind === 'txt') {
    const document = readPlainText(source)
    if (!document.ok) return { ...document, is: 'refused' }
    const text = await canonicalFrom(document, { bytes, hash: originalHash })
    const original = text.utf8 === bytes ? null : bytes
    return { is: 'read', document, text, id, original, originalHash, study: null }
  }
  const extracted = await extractor.read(source, id)
  if (!extracted) return { is: 'ended' }
  const { document, study } = extracted
  if (!document.ok) return { ...document, is: 'refused' }
  const text = await canonicalOf(document.text)
  return { is: 'read', document, text, id, original: bytes, originalHash, study }
}

const byName = new Intl.Collator('zh-u-co-pinyin', { numeric: true })

/** Compares by file name, numbers by value. */
export function inNameOrder(a: SizedFile, b: SizedFile): number {
  return byName.compare(a.file.name, b.file.name)
}

/** A file with its size, at its place as given. */
export function sized(file: ImportFile, index: number): SizedFile {
  return { ...file, index, order: index, bytes: file.size ?? file.file.size }
}

/** The bytes of a slice's files; `null` for what is too large or cannot be read. */
export async function bytesOfSlice(
  slice: readonly SizedFile[],
): Promise<(Uint8Array<ArrayBuffer> | null)[]> {
  const wanted = slice.filter(({ file, bytes }) => bytes <= limitFor(file.name))
  const read = await bytesOfAll(wanted.map(({ file, bytes }) => ({ blob: file, size: bytes })))
  return slice.map(each => read[wanted.indexOf(each)] ?? null)
}

/** A plain text with its UTF-8, which is the file's own bytes where nothing was changed. */
async function canonicalFrom(
  { text, encoding, replaced }: ReadDocument,
  { bytes, hash }: { bytes: Uint8Array<ArrayBuffer>; hash: Hash },
): Promise<CanonicalText> {
  const isAsRead = encoding === 'utf-8' && replaced === 0 && !bytes.includes(CARRIAGE_RETURN)
  return isAsRead ? { text, utf8: bytes, hash } : canonicalOf(text)
}

const CARRIAGE_RETURN = 13

/** Parts ordered files into slices, and gives each file its place in the order. */
export function slicesOf(files: SizedFile[]): SizedFile[][] {
  for (const [order, each] of files.entries()) each.order = order
  const size = { weight: SLICE_BYTES, count: SLICE_FILES }
  return [...portions(files, ({ bytes }) => bytes, size)]
}
