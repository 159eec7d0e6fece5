import type { Report } from '../domain/report'
import type { JournalEntry } from './history'
import type { TableRow } from './rows'

// The journal of a project is never rewritten, so it holds entries in every shape that some
// version ever wrote. Each shape knows only how it becomes the next one; climbing step by step
// leads to today's, and a shape that was settled once is never thought about again.

/** The shape in which this version writes. Raised whenever heads or entries change. */
export const JOURNAL_FORMAT = 3

/** An entry as it stands in a frame: as some version wrote it, with the hash that chains it. */
export type StoredEntry = JournalEntry & {
  /** SHA-256 of the whole frame before, in hexadecimal. */
  readonly prev: string
}

/** An entry in the shape of some older version: known to be an object, and nothing more. */
export type OlderEntry = Readonly<Record<string, unknown>>

/** For each format but the last, what makes an entry of it one of the next format. */
export type Upcasters = Readonly<Record<number, (entry: OlderEntry) => OlderEntry>>

const UPCASTERS: Upcasters = {
  // Format 2 says in each file's head which program wrote it; entries are as they were.
  1: entry => entry,
  // Format 3 knows variables, values, corrections and sets, and what kind of file a report was.
  2: entry =>
    entry.kind === 'import'
      ? { ...entry, reports: each(entry.reports, importedText), variables: [], values: [] }
      : { ...entry, changes: each(entry.changes, changedText) },
}

/** Until format 3 every report was a text file. */
function importedText(report: OlderEntry): OlderEntry {
  return {
    ...report,
    path: report.fileName,
    row: null,
    format: 'txt',
    extractor: 'txt/1',
    markupHash: null,
    hanChars: null,
  }
}

function changedText(change: OlderEntry): OlderEntry {
  if (change.table !== 'reports') return change
  return {
    ...change,
    before: one(change.before, importedText),
    after: one(change.after, importedText),
  }
}

/** An entry of a journal of any age in today's shape. Throws for a format that never was. */
export function upcast(stored: StoredEntry, format: number): JournalEntry {
  const { prev: _, ...entry } = climb({ ...stored }, format, { to: JOURNAL_FORMAT, by: UPCASTERS })
  return entry as unknown as JournalEntry
}

/** A row that some older version kept outside a journal, in today's shape. */
export function upcastRow(stored: TableRow, format: number): TableRow {
  if (format >= 3 || stored.table !== 'reports') return stored
  return { table: 'reports', row: importedText({ ...stored.row }) as unknown as Report }
}

/** Takes an entry from one format to a later one, through all in between. */
export function climb(
  entry: OlderEntry,
  from: number,
  { to, by }: { to: number; by: Upcasters },
): OlderEntry {
  if (!Number.isInteger(from) || from < 1 || from > to) {
    throw new Error(`no such journal format: ${from}`)
  }
  let climbed = entry
  for (let format = from; format < to; format++) {
    const step = by[format]
    if (!step) throw new Error(`no way from journal format ${format}`)
    climbed = step(climbed)
  }
  return climbed
}

/** The objects of a list, made anew; whatever else a stranger's file has there stays as it is. */
function each(list: unknown, make: (item: OlderEntry) => OlderEntry): unknown {
  return Array.isArray(list) ? list.map((item: unknown) => one(item, make)) : list
}

function one(item: unknown, make: (item: OlderEntry) => OlderEntry): unknown {
  const isObject = typeof item === 'object' && item !== null && !Array.isArray(item)
  return isObject ? make(item as OlderEntry) : item
}
