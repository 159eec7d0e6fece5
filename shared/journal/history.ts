import type { CoderId } from '../domain/id'
import type { Batch, Report } from '../domain/report'
import type { Value, Variable } from '../domain/variable'
import { type Change, type EditLabel, invert } from './edit'

/** Who wrote an entry, when and where in the journal. */
export interface Stamp {
  /** Counts entries from 1, without gaps, over the project's whole life. */
  readonly seq: number
  /** Milliseconds since the Unix epoch, by the clock of the writer. */
  readonly at: number
  readonly coderId: CoderId
}

/** An edit as the journal keeps it: first done, later perhaps undone and redone. */
export interface EditEntry {
  readonly kind: 'do' | 'undo' | 'redo'
  /** For `undo` and `redo`: the `seq` of the `do` entry meant. `null` for `do`. */
  readonly of: number | null
  readonly label: EditLabel
  readonly about: string
  /** What this entry itself changed: an `undo` holds the inverted changes. */
  readonly changes: readonly Change[]
}

/** An import as the journal keeps it. The texts are in the project's blobs, by hash. */
export interface ImportEntry {
  readonly kind: 'import'
  readonly batch: Batch
  readonly reports: readonly Report[]
  /** Own variables that a table brought along and the project did not have. */
  readonly variables: readonly Variable[]
  /** What was read from the texts and tables. */
  readonly values: readonly Value[]
}

/** What a caller asks the journal to keep; the journal adds `seq`. */
export type NewEntry = (EditEntry | ImportEntry) & Omit<Stamp, 'seq'>

/** One frame of the journal. Entries are appended and never changed. */
export type JournalEntry = (EditEntry | ImportEntry) & Stamp

/** How far back Undo reaches, in edits. */
export const UNDO_REACH = 1000

/** Which `do` entries Undo and Redo would act on, by `seq`; the next one of each is last. */
export interface History {
  readonly done: readonly number[]
  readonly undone: readonly number[]
}

export const NO_HISTORY: History = { done: [], undone: [] }

const NOT_UNDONE: ReadonlySet<EditLabel> = new Set(['addCoder', 'rescue'])

/**
 * The history after one more entry: history is this, folded over the journal. Doing
 * something new forgets what was undone. Imports, new coders and what was rescued into a new
 * folder are not undone this way, so they leave it alone.
 */
export function advance(history: History, entry: JournalEntry): History {
  const { done, undone } = history
  if (entry.kind === 'import' || NOT_UNDONE.has(entry.label)) return history
  switch (entry.kind) {
    case 'do':
      return { done: [...done, entry.seq].slice(-UNDO_REACH), undone: [] }
    case 'undo':
      return { done: done.filter(seq => seq !== entry.of), undone: [...undone, entry.of ?? 0] }
    case 'redo':
      return {
        done: [...done, entry.of ?? 0].slice(-UNDO_REACH),
        undone: undone.filter(seq => seq !== entry.of),
      }
  }
}

/**
 * The step as Undo or Redo would take it next, once it was undone or redone by `entry`: what that
 * took along beyond the step's own rows comes back with it. `null` where the step stays as it was
 * kept.
 */
export function stepAfter(step: EditEntry & Stamp, entry: EditEntry): (EditEntry & Stamp) | null {
  if (!takesVariables(entry)) return null
  const { kind, changes } = entry
  // A step is kept as it is done; an undoing holds it the other way round.
  return { ...step, changes: kind === 'undo' ? invert(changes) : changes }
}

/**
 * Whether it undoes or redoes a step and takes a variable away by that: only then may it have
 * taken more than the step was kept with.
 */
export function takesVariables({ kind, changes }: EditEntry): boolean {
  return kind !== 'do' && changes.some(({ table, after }) => table === 'variables' && !after)
}
