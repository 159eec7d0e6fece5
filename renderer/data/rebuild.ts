import { Dexie, type Table } from 'dexie'
import type { Annotation } from '../../shared/domain/annotation'
import type { ProjectId, ReportId } from '../../shared/domain/id'
import type { Host, OpenedProject, SessionToken, SnapshotPart } from '../../shared/host'
import { addWeight, weightOf } from '../../shared/journal/row-sum'
import { rowsIn } from '../../shared/journal/rows'
import { emptyState, fold, forget, type ProjectState, putRow } from '../../shared/journal/state'
import { eachInSlices } from '../../shared/slices'
import { sumIn } from './checksum'
import { applyEntry, CopyFailed, keepUndoable, metaOf } from './commit'
import { databaseName, earlierNames, ProjectDb, type Tally } from './database'
import { PACKED_TABLES, type Pack } from './packs'

/** How far a rebuild has come. */
export interface RebuildProgress {
  readonly phase: 'journal' | 'snapshot'
  readonly done: number
  readonly total: number
}

const OPEN_ATTEMPTS = 6

/**
 * Opens the working copy of a project that the host has just opened. What the journal has and
 * the copy lacks is applied. A copy that had not come to rest, counts its rows wrongly or is ahead of
 * the journal is thrown away and built anew from the folder, with progress.
 */
export async function openWorkingCopy(
  host: Host,
  project: OpenedProject,
  onProgress: (progress: RebuildProgress) => void,
): Promise<ProjectDb> {
  const name = databaseName(project.id)
  if (project.wasSettled && (await Dexie.exists(name).catch(() => false))) {
    const db = new ProjectDb(name)
    if (await isSound(db, project.lastSeq)) {
      const isCaughtUp = await catchUp(db, host, project.session).then(
        () => true,
        (error: unknown) => {
          if (error instanceof CopyFailed) return false
          throw error
        },
      )
      if (isCaughtUp) return db
    }
    db.close()
  }
  return rebuild(host, project, onProgress)
}

/** Applies the entries that the journal has and the working copy lacks. */
export async function catchUp(db: ProjectDb, host: Host, session: SessionToken): Promise<void> {
  for (;;) {
    const { seq } = await metaOf(db)
    const entries = await host.readJournal(session, seq + 1)
    if (entries.length === 0) return
    for (const entry of entries) await applyEntry(db, entry)
  }
}

/** Removes a project's working copy. Its folder has everything. */
export function discardWorkingCopy(id: ProjectId): Promise<void> {
  return Dexie.delete(databaseName(id))
}

/** What a window that only reads calls the copy that it makes for itself. */
export function viewCopyName(id: ProjectId, window: string): string {
  return `${databaseName(id)}-view-${window}`
}

/** The copies that windows which only read have made, those of windows that crashed among them. */
export async function viewCopyNames(): Promise<string[]> {
  return (await Dexie.getDatabaseNames()).filter(name => /^codicil-.+-view-/.test(name))
}

export function discardViewCopy(name: string): Promise<void> {
  return Dexie.delete(name)
}

/**
 * Makes a copy of a project for a window that only reads: of the present, or of the snapshot
 * that the project was opened as, of which `rows` says how many there are. It has no texts; they
 * come from the folder when they are shown.
 */
export async function makeViewCopy(
  host: Host,
  { project, name, rows }: { project: OpenedProject; name: string; rows: number },
  onProgress: (progress: RebuildProgress) => void,
): Promise<ProjectDb> {
  const db = await emptyCopy(name)
  const state =
    project.snapshot === null
      ? await readAll(host, project, onProgress)
      : await readSnapshotState(host, project, project.snapshot, done =>
          onProgress({ phase: 'snapshot', done, total: Math.max(done, rows) }),
        )
  await writeState(db, state)
  return db
}

/** Every row of a snapshot, in the parts in which the host hands them out. */
export async function* snapshotRows(
  host: Pick<Host, 'readSnapshot'>,
  id: ProjectId,
  snapshot: string,
): AsyncGenerator<SnapshotPart> {
  for (let from: number | null = 0; from !== null; ) {
    const part: SnapshotPart = await host.readSnapshot(id, snapshot, from)
    yield part
    from = part.next
  }
}

async function readSnapshotState(
  host: Host,
  { id, lastSeq }: OpenedProject,
  snapshot: string,
  onProgress: (done: number) => void,
): Promise<ProjectState> {
  const state = emptyState()
  state.seq = lastSeq
  let done = 0
  for await (const { rows } of snapshotRows(host, id, snapshot)) {
    for (const row of rows) putRow(state, row)
    done += rows.length
    onProgress(done)
  }
  return state
}

/** Tallies counted anew from the annotations. */
export function countTallies(packs: Iterable<Iterable<Annotation>>): Tally[] {
  const uses = new Map<Tally['id'], number>()
  for (const items of packs) {
    for (const { codeId, reportId } of items) {
      uses.set(codeId, (uses.get(codeId) ?? 0) + 1)
      uses.set(reportId, (uses.get(reportId) ?? 0) + 1)
    }
  }
  return [...uses].map(([id, uses]) => ({ id, uses }))
}

async function rebuild(
  host: Host,
  project: OpenedProject,
  onProgress: (progress: RebuildProgress) => void,
): Promise<ProjectDb> {
  const db = await emptyCopy(databaseName(project.id))
  const state = await readAll(host, project, onProgress)
  await writeState(db, state)
  // What an earlier version of the program left behind is of use to nobody any more, and whether
  // it can be cleared away is of no weight.
  for (const name of earlierNames(project.id)) await Dexie.delete(name).catch(() => {})
  return db
}

/** Fills an empty working copy with everything but the texts. */
async function writeState(db: ProjectDb, state: ProjectState): Promise<void> {
  const annotations = packsOf(state.annotations)
  const values = packsOf(state.values)
  const corrections = packsOf(state.corrections)
  let sum = 0
  await eachInSlices(rowsIn(state), ({ row }) => {
    sum = addWeight(sum, weightOf(row))
  })
  await db.transaction('rw', db.tables, async () => {
    await putAll(db.reports, [...state.reports.values()])
    await db.batches.bulkPut([...state.batches.values()])
    await db.codes.bulkPut([...state.codes.values()])
    await db.coders.bulkPut([...state.coders.values()])
    await db.variables.bulkPut([...state.variables.values()])
    await db.sets.bulkPut([...state.sets.values()])
    await putAll(db.annotations, annotations)
    await putAll(db.values, values)
    await putAll(db.corrections, corrections)
    await putAll(db.tallies, countTallies(annotations.map(({ items }) => items)))
    for (const entry of state.undoable.values()) await keepUndoable(db, entry)
    // This row comes last and makes the copy whole: without it the copy is built again.
    await db.meta.put({
      key: 'state',
      seq: state.seq,
      history: state.history,
      reports: state.reports.size,
      annotations: annotations.length,
      values: values.length,
      corrections: corrections.length,
      sum,
    })
  })
}

/**
 * A new working copy with nothing in it. A browser that finds its store damaged may refuse it
 * at first and clear it away only then, so it is asked more than once.
 */
async function emptyCopy(name: string): Promise<ProjectDb> {
  for (let attempt = 1; ; attempt++) {
    const db = new ProjectDb(name)
    try {
      await db.delete()
      await db.open()
      return db
    } catch (error) {
      db.close()
      if (attempt === OPEN_ATTEMPTS) throw error
      await new Promise(resolve => setTimeout(resolve, attempt * 100))
    }
  }
}

/** As many records are copied to the store at once as nobody feels. */
const RECORDS_A_TASK = 200

async function putAll<R>(table: Table<R>, records: readonly R[]): Promise<void> {
  for (let at = 0; at < records.length; at += RECORDS_A_TASK) {
    await table.bulkPut(records.slice(at, at + RECORDS_A_TASK))
  }
}

function packsOf<R>(table: ReadonlyMap<ReportId, ReadonlyMap<string, R>>): Pack<R>[] {
  return [...table].flatMap(([reportId, items]) =>
    items.size === 0 ? [] : [{ reportId, items: [...items.values()] }],
  )
}

async function readAll(
  host: Host,
  { session, lastSeq }: OpenedProject,
  onProgress: (progress: RebuildProgress) => void,
): Promise<ProjectState> {
  const state = emptyState()
  while (state.seq < lastSeq) {
    const entries = await host.readJournal(session, state.seq + 1)
    for (const entry of entries) fold(state, entry)
    onProgress({ phase: 'journal', done: state.seq, total: lastSeq })
  }
  forget(state)
  return state
}

/** Whether a working copy is whole and not ahead of the journal. */
async function isSound(db: ProjectDb, lastSeq: number): Promise<boolean> {
  try {
    const meta = await db.meta.get('state')
    if (!meta || meta.seq > lastSeq) return false
    if ((await db.reports.count()) !== meta.reports) return false
    for (const table of PACKED_TABLES) {
      if ((await db.table(table).count()) !== meta[table]) return false
    }
    return (await sumIn(db)) === meta.sum
  } catch {
    return false
  }
}
