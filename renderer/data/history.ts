import { Refusal } from '../../shared/commands/command'
import { type Change, invert } from '../../shared/journal/edit'
import type { EditEntry, JournalEntry, Stamp } from '../../shared/journal/history'
import { eachInSlices } from '../../shared/slices'
import { type Append, changesKept, commit, metaOf } from './commit'
import type { ProjectDb } from './database'
import { withLaterValues } from './later-values'

/** What Undo and Redo would act on now, a long edit without its changes; `null` where there is nothing. */
export interface NextSteps {
  readonly undo: (EditEntry & Stamp) | null
  readonly redo: (EditEntry & Stamp) | null
}

/** Asks the working copy what Undo and Redo would do. */
export async function historyNow(db: ProjectDb): Promise<NextSteps> {
  const { history } = await metaOf(db)
  const next = async (seq: number | undefined) =>
    seq === undefined ? null : ((await db.undoable.get(seq)) ?? null)
  return { undo: await next(history.done.at(-1)), redo: await next(history.undone.at(-1)) }
}

/**
 * Undoes the last edit. Answers the entry written, or `null` when there is nothing to undo. A
 * colleague's edit is a `Refusal`: nobody takes back another's work by pressing a key.
 */
export async function undo(
  db: ProjectDb,
  append: Append,
  by: Omit<Stamp, 'seq'>,
): Promise<JournalEntry | null> {
  const { undo: done } = await historyNow(db)
  if (!done) return null
  if (done.coderId !== by.coderId) throw new Refusal('others-step')
  const { label, about, seq } = done
  const inverse: Change[] = []
  await eachInSlices(await changesKept(db, done), change => inverse.push(...invert([change])))
  const changes = await withLaterValues(db, inverse)
  return commit(db, append, { kind: 'undo', of: seq, label, about, changes, ...by })
}

/** Does again what was last undone. Answers the entry written, or `null`; refuses as {@link undo} does. */
export async function redo(
  db: ProjectDb,
  append: Append,
  by: Omit<Stamp, 'seq'>,
): Promise<JournalEntry | null> {
  const { redo: undone } = await historyNow(db)
  if (!undone) return null
  if (undone.coderId !== by.coderId) throw new Refusal('others-step')
  const { label, about, seq } = undone
  const changes = await withLaterValues(db, await changesKept(db, undone))
  return commit(db, append, { kind: 'redo', of: seq, label, about, changes, ...by })
}
