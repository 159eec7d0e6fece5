import { Refusal } from '../../shared/commands/command'
import type { CodeId, Hash, ReportId } from '../../shared/domain/id'
import { type Change, sameRow, type TableName, tallyDelta } from '../../shared/journal/edit'
import {
  advance,
  type EditEntry,
  type JournalEntry,
  type NewEntry,
  NO_HISTORY,
  type Stamp,
  stepAfter,
  takesVariables,
} from '../../shared/journal/history'
import { addWeight, weightOf } from '../../shared/journal/row-sum'
import { changesOf } from '../../shared/journal/rows'
import { eachInSlices } from '../../shared/slices'
import type { Meta, ProjectDb, StoredText } from './database'
import { PACKED_TABLES, type Pack, type PackedTable } from './packs'

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
  if (meta) return meta
  const counts = { reports: 0, annotations: 0, values: 0, corrections: 0 }
  return { key: 'state', seq: 0, history: NO_HISTORY, ...counts, sum: 0 }
}

/**
 * Applies an entry that is in the journal. It must be the next one. Rejects with
 * {@link CopyFailed}, and leaves the working copy as it was, when that cannot be done.
 */
export async function applyEntry(db: ProjectDb, entry: JournalEntry): Promise<void> {
  try {
    const changes = changesOf(entry)
    const [gained, work] = [await gainedBy(changes), await workIn(changes)]
    await db.transaction('rw', db.tables, async () => {
      // Reads first and writes last, each as one flight: what is asked for one after the other
      // costs a round trip each, and someone waits for the stripe.
      const [meta, write] = await Promise.all([metaOf(db), readForChanges(db, work, changes)])
      if (entry.seq !== meta.seq + 1) throw new Error(`entry ${entry.seq} after ${meta.seq}`)
      const writes: PromiseLike<unknown>[] = []
      const grown = await write(writes)
      const counts = {
        reports: meta.reports + grown.reports,
        annotations: meta.annotations + grown.annotations,
        values: meta.values + grown.values,
        corrections: meta.corrections + grown.corrections,
      }
      if (entry.kind === 'do') writes.push(keepUndoable(db, entry))
      else if (entry.kind !== 'import' && takesVariables(entry)) writes.push(keepTaken(db, entry))
      const history = advance(meta.history, entry)
      const kept = new Set([...history.done, ...history.undone])
      const gone = [...meta.history.done, ...meta.history.undone].filter(seq => !kept.has(seq))
      if (entry.kind === 'do' && !kept.has(entry.seq)) gone.push(entry.seq)
      if (gone.length > 0) {
        writes.push(db.undoable.bulkDelete(gone), db.undoParts.where('seq').anyOf(gone).delete())
      }
      const sum = addWeight(meta.sum, gained)
      writes.push(db.meta.put({ key: 'state', seq: entry.seq, history, ...counts, sum }))
      await Promise.all(writes)
    })
  } catch (error) {
    throw new CopyFailed('the working copy could not take an entry', { cause: error })
  }
}

const CHANGES_A_PART = 2000

/** Keeps an edit for Undo; to be called within a transaction. */
export async function keepUndoable(db: ProjectDb, entry: EditEntry & Stamp): Promise<void> {
  const { seq, changes } = entry
  if (changes.length <= CHANGES_A_PART) {
    await db.undoable.put(entry)
    return
  }
  await db.undoable.put({ ...entry, changes: [] })
  for (let at = 0, part = 0; at < changes.length; at += CHANGES_A_PART, part++) {
    await db.undoParts.put({ seq, part, changes: changes.slice(at, at + CHANGES_A_PART) })
  }
}

/** Keeps for the way back what an undoing or redoing took along; to be called within a transaction. */
async function keepTaken(db: ProjectDb, entry: EditEntry): Promise<void> {
  const step = await db.undoable.get(entry.of ?? 0)
  const changed = step && stepAfter(step, entry)
  if (changed) await keepUndoable(db, changed)
}

/** The changes of an edit that is kept for Undo. */
export async function changesKept(
  db: ProjectDb,
  { seq, changes }: EditEntry & Stamp,
): Promise<readonly Change[]> {
  // No edit is without changes: those of a long one stand in parts.
  if (changes.length > 0) return changes
  const all: Change[] = []
  for (let part = 0; ; part++) {
    const found = await db.undoParts.get([seq, part])
    if (!found) return all
    for (const change of found.changes) all.push(change)
  }
}

/** Keeps some texts beside the folder. They never change, so no entry goes with them. */
export async function keepTexts(db: ProjectDb, texts: readonly StoredText[]): Promise<void> {
  if (texts.length > 0) await db.texts.bulkPut(texts)
}

async function firstStale(db: ProjectDb, changes: readonly Change[]): Promise<Change | null> {
  const work = await workIn(changes)
  const tables = [...PACKED_TABLES, ...FLAT_TABLES]
  const current = await db.transaction('r', tables, () => rowsOf(db, work))
  let stale: Change | null = null
  await eachInSlices(changes, change => {
    if (!stale && !sameRow(current.get(change.id) ?? null, change.before)) stale = change
  })
  return stale
}

/** What changes do to the packs of one table, report by report. */
interface PackWork {
  /** Every report whose pack is touched. */
  readonly reportIds: readonly ReportId[]
  /** Ids of the rows that leave a report, or come in anew. */
  readonly gone: ReadonlyMap<ReportId, ReadonlySet<string>>
  readonly come: ReadonlyMap<ReportId, readonly PackedRow[]>
}

interface FlatWork {
  readonly ids: string[]
  readonly kept: object[]
  readonly gone: string[]
}

/** Changes by table: a transaction does not wait for whoever sorts a hundred thousand of them. */
interface Work {
  readonly packs: ReadonlyMap<PackedTable, PackWork>
  readonly flat: ReadonlyMap<FlatTable, FlatWork>
}

async function workIn(changes: readonly Change[]): Promise<Work> {
  const gone = new Map<PackedTable, Map<ReportId, Set<string>>>()
  const come = new Map<PackedTable, Map<ReportId, PackedRow[]>>()
  const reportIds = new Map<PackedTable, Set<ReportId>>()
  const flat = new Map<FlatTable, FlatWork>()
  await eachInSlices(changes, change => {
    const { table, id, after } = change
    if (!isPacked(change)) {
      const work = into(flat, table as FlatTable, () => ({ ids: [], kept: [], gone: [] }))
      work.ids.push(id)
      if (after) work.kept.push(after)
      else work.gone.push(id)
      return
    }
    const reports = into(reportIds, change.table, () => new Set())
    const leaving = into(gone, change.table, () => new Map<ReportId, Set<string>>())
    const coming = into(come, change.table, () => new Map<ReportId, PackedRow[]>())
    for (const row of [change.before, change.after]) if (row) reports.add(row.reportId)
    if (change.before) into(leaving, change.before.reportId, () => new Set()).add(id)
    if (change.after) into(coming, change.after.reportId, (): PackedRow[] => []).push(change.after)
  })
  const packs = new Map<PackedTable, PackWork>()
  for (const [table, ids] of reportIds) {
    packs.set(table, {
      reportIds: [...ids],
      gone: gone.get(table) ?? new Map(),
      come: come.get(table) ?? new Map(),
    })
  }
  return { packs, flat }
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

/** The rows that changes speak of, as they are now, by id. */
async function rowsOf(db: ProjectDb, { packs, flat }: Work): Promise<Map<string, object>> {
  const rows = new Map<string, object>()
  const asked: PromiseLike<void>[] = []
  for (const [table, { reportIds, gone, come }] of packs) {
    const read = eachPack(db, table, reportIds, (pack, reportId) => {
      if (!pack) return
      const wanted = new Set(gone.get(reportId))
      for (const { id } of come.get(reportId) ?? []) wanted.add(id)
      for (const row of pack.items) if (wanted.has(row.id)) rows.set(row.id, row)
    })
    asked.push(read)
  }
  for (const [table, { ids }] of flat) {
    const take = (found: readonly (object | undefined)[]) => {
      for (const row of found) if (row && 'id' in row) rows.set(String(row.id), row)
    }
    asked.push(db.table<object>(table).bulkGet(ids).then(take))
  }
  await Promise.all(asked)
  return rows
}

type PackedChange = Extract<Change, { table: PackedTable }>
type PackedRow = NonNullable<PackedChange['after']>

function isPacked(change: Change): change is PackedChange {
  return (PACKED_TABLES as readonly TableName[]).includes(change.table)
}

/** As many records are copied to or from the store at once as nobody feels. */
const PACKS_A_TASK = 50
const ROWS_A_TASK = 500

/** Reads the packs of some reports, in the order in which they were asked for. */
async function eachPack(
  db: ProjectDb,
  table: PackedTable,
  reportIds: readonly ReportId[],
  visit: (pack: Pack<PackedRow> | undefined, reportId: ReportId) => void,
): Promise<void> {
  const packs = db.table<Pack<PackedRow>, ReportId>(table)
  for (let at = 0; at < reportIds.length; at += PACKS_A_TASK) {
    const ids = reportIds.slice(at, at + PACKS_A_TASK)
    for (const [i, pack] of (await packs.bulkGet(ids)).entries()) visit(pack, ids[i]!)
  }
}

const FLAT_TABLES = [
  'codes',
  'coders',
  'reports',
  'batches',
  'variables',
  'sets',
] as const satisfies TableName[]

type FlatTable = (typeof FLAT_TABLES)[number]

/** What changes add to the sum. With a hundred thousand of them that takes a second. */
async function gainedBy(changes: readonly Change[]): Promise<number> {
  let gained = 0
  await eachInSlices(changes, ({ before, after }) => {
    gained = addWeight(gained, weightOf(after) - weightOf(before))
  })
  return gained
}

/** By how much the numbers of reports and of packs grow. */
type Growth = Readonly<Record<PackedTable | 'reports', number>>

/** Asks for all its writes, adding them to a list, and answers what grows by them. */
type Write<G> = (writes: PromiseLike<unknown>[]) => Promise<G>

/** Reads what changes build on; the answer then writes rows and tallies. */
async function readForChanges(
  db: ProjectDb,
  work: Work,
  changes: readonly Change[],
): Promise<Write<Growth>> {
  const delta = tallyDelta(changes)
  const gains = [...delta.codes, ...delta.reports] as [CodeId | ReportId, number][]
  const [tallies, writeAnnotations, writeValues, writeCorrections] = await Promise.all([
    db.tallies.bulkGet(gains.map(([id]) => id)),
    readForPacks(db, 'annotations', work),
    readForPacks(db, 'values', work),
    readForPacks(db, 'corrections', work),
  ])
  return async writes => {
    for (const [table, { kept, gone }] of work.flat) {
      for (let at = 0; at < kept.length; at += ROWS_A_TASK) {
        if (at > 0) await writes.at(-1)
        writes.push(db.table(table).bulkPut(kept.slice(at, at + ROWS_A_TASK)))
      }
      if (gone.length > 0) writes.push(db.table(table).bulkDelete(gone))
    }
    const annotations = await writeAnnotations(writes)
    const values = await writeValues(writes)
    const corrections = await writeCorrections(writes)
    for (const [i, [id, gained]] of gains.entries()) {
      const uses = (tallies[i]?.uses ?? 0) + gained
      writes.push(uses > 0 ? db.tallies.put({ id, uses }) : db.tallies.delete(id))
    }
    let reports = 0
    for (const { table, before, after } of changes) {
      if (table === 'reports') reports += Number(after !== null) - Number(before !== null)
    }
    return { reports, annotations, values, corrections }
  }
}

/** Reads the packs that changes touch; the answer writes them anew, and says how many more there are. */
async function readForPacks(
  db: ProjectDb,
  table: PackedTable,
  { packs: all }: Work,
): Promise<Write<number>> {
  const work = all.get(table)
  if (!work) return async () => 0
  const { reportIds, gone, come } = work
  const found: (Pack<PackedRow> | undefined)[] = []
  await eachPack(db, table, reportIds, pack => found.push(pack))
  const packs = db.table<Pack<PackedRow>, ReportId>(table)
  return async writes => {
    let grown = 0
    for (let at = 0; at < reportIds.length; at += PACKS_A_TASK) {
      if (at > 0) await writes.at(-1)
      const kept: Pack<PackedRow>[] = []
      const emptied: ReportId[] = []
      for (const [i, reportId] of reportIds.slice(at, at + PACKS_A_TASK).entries()) {
        const without = gone.get(reportId)
        const before = found[at + i]?.items ?? []
        const left = without ? before.filter(({ id }) => !without.has(id)) : before
        const items = [...left, ...(come.get(reportId) ?? [])]
        if (items.length > 0) kept.push({ reportId, items })
        else emptied.push(reportId)
        grown += Number(items.length > 0) - Number(before.length > 0)
      }
      if (emptied.length === PACKS_A_TASK) {
        // Of many records put, live queries are told that there were many; of deleted ones each
        // key, which every query on the page then works through.
        writes.push(packs.bulkPut(emptied.map(reportId => ({ reportId, items: [] }))))
      }
      if (emptied.length > 0) writes.push(packs.bulkDelete(emptied))
      if (kept.length > 0) writes.push(packs.bulkPut(kept))
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
