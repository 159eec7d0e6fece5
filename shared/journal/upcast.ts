import type { JournalEntry } from './history'

// The journal of a project is never rewritten, so it holds entries in every shape that some
// version ever wrote. Each shape knows only how it becomes the next one; climbing step by step
// leads to today's, and a shape that was settled once is never thought about again.

/** The shape in which this version writes. Raised whenever heads or entries change. */
export const JOURNAL_FORMAT = 2

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
}

/** An entry of a journal of any age in today's shape. Throws for a format that never was. */
export function upcast(stored: StoredEntry, format: number): JournalEntry {
  const { prev: _, ...entry } = climb({ ...stored }, format, { to: JOURNAL_FORMAT, by: UPCASTERS })
  return entry as unknown as JournalEntry
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
