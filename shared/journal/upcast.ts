import type { JournalEntry } from './history'

/** The shape in which this version writes entries. Raised whenever that shape changes. */
export const JOURNAL_FORMAT = 1

/** An entry as it stands in a frame: as some version wrote it, with the hash that chains it. */
export type StoredEntry = JournalEntry & {
  /** SHA-256 of the whole frame before, in hexadecimal. */
  readonly prev: string
}

/**
 * An entry of an older journal in today's shape. There is one format so far, so this only
 * takes the chain's hash off.
 */
export function upcast(stored: StoredEntry, format: number): JournalEntry {
  if (format !== 1) throw new Error(`no such journal format: ${format}`)
  const { prev: _, ...entry } = stored
  return entry
}
