import { Refusal } from '../../shared/commands/command'
import type { Annotation } from '../../shared/domain/annotation'
import type { CodeId, Hash, ReportId } from '../../shared/domain/id'
import { type Change, sameRow, type TableName, tallyDelta } from '../../shared/journal/edit'
import {
  advance,
  type EditEntry,
  type ImportEntry,
  type JournalEntry,
  type NewEntry,
  NO_HISTORY,
  type Stamp,
} from '../../shared/journal/history'
import { addWeight, sumOf, weightOf } from '../../shared/journal/row-sum'
import { eachInSlices } from '../../shared/slices'
import type { AnnotationPack, Meta, ProjectDb, StoredText } from './database'

// The one place where the working copy is written while a project is open. A journal entry is
// checked, put on disk by the host, and only then applied, all of it in one transaction.

/** Thrown when a row is not as the edit expects to find it. Nothing has been written. */
export class StaleEdit extends Error {
  override readonly name = 'StaleEdit'
  readonly change: Change

  constructor(change: Change) {
    super(`${change.table}/${change.id} changed since this edit was planned`)
    this.change = change
  }
}

/** Thrown when an entry is on disk but the working copy could not take it: it must be rebuilt. */
export class CopyFailed extends Error {
  override readonly name = 'CopyFailed'
}

/** Puts an entry on disk and answers its `seq`: the host's `append`. */
export type Append = (entry: NewEntry) => Promise<{ seq: number }>

/**
 * Records an edit and applies it, all of it or none.
 *
 * Each row is first compared with the edit's `before`; a difference means that something else
 * changed it meanwhile, and the edit is refused with {@link StaleEdit}. Bringing a text in for
 * a second time is a `Refusal`. What `append` rejects
 * with is passed on: nothing has been applied then.
 */
export async function commit(
  db: ProjectDb,
  append: Append,
  entry: EditEntry & Omit<Stamp, 'seq'>,
): Promise<JournalEntry> {
  const stale = await firstStale(db, entry.changes)
  if (stale) throw new StaleEdit(stale)
  if (await hasTextTwice(db, entry.changes)) throw new Refusal('text-twice')
  const { seq } = await append(entry)
  const written: JournalEntry = { ...entry, seq }
  await applyEntry(db, written)
  return written
}

/** The working copy's own row, or the state of an empty one. */
export async function metaOf(db: ProjectDb): Promise<Meta> {
  const meta = await db.meta.get('state')
  return meta ?? { key: 'state', seq: 0, history: NO_HISTORY, reports: 0, annotations: 0, sum: 0 }
}

/**
 * Applies an entry that is in the journal. It must be the next one. Rejects with
 * {@link CopyFailed}, and leaves the working copy as it was, when that cannot be done.
 */
export async function applyEntry(db: ProjectDb, entry: JournalEntry): Promise<void> {
  try {
    const gained = await gainedBy(entry)
    await db.transaction('rw', db.tables, async () => {
      // Reads first and writes last, each as one flight: what is asked for one after the other
      // costs a round trip each, and someone waits for the stripe.
      const [meta, write] = await Promise.all([
        metaOf(db),
        entry.kind === 'import' ? writeImport(db, entry) : readForChanges(db, entry.changes),
      ])
      if (entry.seq !== meta.seq + 1) throw new Error(`entry ${entry.seq} after ${meta.seq}`)
      const writes: PromiseLike<unknown>[] = []
      const grown = await write(writes)
      const reports = meta.reports + grown.reports
      const annotations = meta.annotations + grown.annotations
      if (entry.kind === 'do') writes.push(db.undoable.put(entry))
      const history = advance(meta.history, entry)
      const kept = new Set([...history.done, ...history.undone])
      const gone = [...meta.history.done, ...meta.history.undone].filter(seq => !kept.has(seq))
      if (entry.kind === 'do' && !kept.has(entry.seq)) gone.push(entry.seq)
      if (gone.length > 0) writes.push(db.undoable.bulkDelete(gone))
      const sum = addWeight(meta.sum, gained)
      writes.push(db.meta.put({ key: 'state', seq: entry.seq, history, reports, annotations, sum }))
      await Promise.all(writes)
    })
  } catch (error) {
    throw new CopyFailed('the working copy could not take an entry', { cause: error })
  }
}

/** Keeps a slice of texts ready for when the import that brings them is in the journal. */
export async function stageTexts(db: ProjectDb, texts: readonly StoredText[]): Promise<void> {
  if (texts.length > 0) await db.texts.bulkPut(texts)
}

async function firstStale(db: ProjectDb, changes: readonly Change[]): Promise<Change | null> {
  return db.transaction(
    'r',
    [db.annotations, db.codes, db.coders, db.reports, db.batches],
    async () => {
      const current = await rowsOf(db, changes)
      return changes.find(({ id, before }) => !sameRow(current.get(id) ?? null, before)) ?? null
    },
  )
}

/** Whether reports would come back whose texts have come in again meanwhile. */
async function hasTextTwice(db: ProjectDb, changes: readonly Change[]): Promise<boolean> {
  const coming = new Set<Hash>()
  const going = new Set<ReportId>()
  for (const { table, id, before, after } of changes) {
    if (table !== 'reports') continue
    if (!before && after) coming.add(after.textHash)
    if (!after) going.add(id)
  }
  if (coming.size === 0) return false
  const known = await db.reports
    .filter(({ id, textHash }) => coming.has(textHash) && !going.has(id))
    .first()
  return known !== undefined
}

/** The rows that the changes speak of, as they are now, by id. */
async function rowsOf(db: ProjectDb, changes: readonly Change[]): Promise<Map<string, object>> {
  const rows = new Map<string, object>()
  const reportIds = new Set<ReportId>()
  for (const { table, before, after } of changes) {
    if (table !== 'annotations') continue
    if (before) reportIds.add(before.reportId)
    if (after) reportIds.add(after.reportId)
  }
  const asked: PromiseLike<readonly (object | undefined)[]>[] = []
  if (reportIds.size > 0) {
    asked.push(packsOf(db, [...reportIds]).then(packs => packs.flatMap(pack => pack?.items ?? [])))
  }
  for (const table of OTHER_TABLES) {
    const ids = changes.filter(change => change.table === table).map(({ id }) => id)
    if (ids.length > 0) asked.push(db.table(table).bulkGet(ids))
  }
  for (const found of await Promise.all(asked)) {
    for (const row of found) if (row && 'id' in row) rows.set(String(row.id), row)
  }
  return rows
}

/** As many records are copied to or from the store at once as nobody feels. */
const PACKS_A_TASK = 50

/** The annotations of some reports, in the order in which they were asked for. */
async function packsOf(
  db: ProjectDb,
  reportIds: readonly ReportId[],
): Promise<(AnnotationPack | undefined)[]> {
  const packs: (AnnotationPack | undefined)[] = []
  for (let at = 0; at < reportIds.length; at += PACKS_A_TASK) {
    const some = await db.annotations.bulkGet(reportIds.slice(at, at + PACKS_A_TASK))
    for (const pack of some) packs.push(pack)
  }
  return packs
}

const OTHER_TABLES = ['codes', 'coders', 'reports', 'batches'] as const satisfies TableName[]

/** What an entry adds to the sum. With a hundred thousand changes that takes a second. */
async function gainedBy(entry: JournalEntry): Promise<number> {
  if (entry.kind === 'import') return sumOf([entry.batch, ...entry.reports])
  let gained = 0
  await eachInSlices(entry.changes, ({ before, after }) => {
    gained = addWeight(gained, weightOf(after) - weightOf(before))
  })
  return gained
}

/** By how much reports and annotated reports grow. */
interface Growth {
  readonly reports: number
  readonly annotations: number
}

/** Asks for all its writes, adding them to a list, and answers what grows by them. */
type Write = (writes: PromiseLike<unknown>[]) => Growth | Promise<Growth>

async function writeImport(db: ProjectDb, { reports, batch }: ImportEntry): Promise<Write> {
  return writes => {
    writes.push(db.reports.bulkPut([...reports]), db.batches.put(batch))
    return { reports: reports.length, annotations: 0 }
  }
}

/** Reads what changes build on; the answer then writes rows and tallies. */
async function readForChanges(db: ProjectDb, changes: readonly Change[]): Promise<Write> {
  const delta = tallyDelta(changes)
  const gains = [...delta.codes, ...delta.reports] as [CodeId | ReportId, number][]
  const [tallies, writeAnnotations] = await Promise.all([
    db.tallies.bulkGet(gains.map(([id]) => id)),
    readForAnnotations(db, changes),
  ])
  return async writes => {
    for (const table of OTHER_TABLES) {
      const mine = changes.filter(change => change.table === table)
      const kept = mine.flatMap(({ after }) => after ?? [])
      const gone = mine.flatMap(({ id, after }) => (after ? [] : id))
      if (kept.length > 0) writes.push(db.table(table).bulkPut(kept))
      if (gone.length > 0) writes.push(db.table(table).bulkDelete(gone))
    }
    const annotations = await writeAnnotations(writes)
    for (const [i, [id, gained]] of gains.entries()) {
      const uses = (tallies[i]?.uses ?? 0) + gained
      writes.push(uses > 0 ? db.tallies.put({ id, uses }) : db.tallies.delete(id))
    }
    let reports = 0
    for (const { table, before, after } of changes) {
      if (table === 'reports') reports += Number(after !== null) - Number(before !== null)
    }
    return { reports, annotations }
  }
}

async function readForAnnotations(
  db: ProjectDb,
  changes: readonly Change[],
): Promise<(writes: PromiseLike<unknown>[]) => Promise<number>> {
  const gone = new Map<ReportId, Set<string>>()
  const come = new Map<ReportId, Annotation[]>()
  for (const change of changes) {
    if (change.table !== 'annotations') continue
    if (change.before) into(gone, change.before.reportId, () => new Set<string>()).add(change.id)
    if (change.after) into(come, change.after.reportId, (): Annotation[] => []).push(change.after)
  }
  const reportIds = [...new Set([...gone.keys(), ...come.keys()])]
  const packs = await packsOf(db, reportIds)
  return async writes => {
    let grown = 0
    for (const [i, reportId] of reportIds.entries()) {
      if (i > 0 && i % PACKS_A_TASK === 0) await writes.at(-1)
      const without = gone.get(reportId)
      const before = packs[i]?.items ?? []
      const items = (without ? before.filter(({ id }) => !without.has(id)) : [...before]).concat(
        come.get(reportId) ?? [],
      )
      writes.push(
        items.length > 0
          ? db.annotations.put({ reportId, items })
          : db.annotations.delete(reportId),
      )
      grown += Number(items.length > 0) - Number(before.length > 0)
    }
    return grown
  }
}

function into<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const present = map.get(key)
  if (present !== undefined) return present
  const made = make()
  map.set(key, made)
  return made
}
