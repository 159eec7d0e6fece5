import { copyFile, mkdir, open, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { CoderId, ProjectId } from '../../shared/domain/id'
import { HostError, type ProjectCounts, type RescueReport } from '../../shared/host'
import { type Change, sameRow, TABLE_NAMES, type TableName } from '../../shared/journal/edit'
import { FRAME_HEADER_BYTES, payloadAt } from '../../shared/journal/frame'
import type { JournalEntry } from '../../shared/journal/history'
import { changesOf, slicesOf, type TableRow } from '../../shared/journal/rows'
import { JOURNAL_FORMAT, type StoredEntry, upcast } from '../../shared/journal/upcast'
import { type BlobScan, scanBlobs } from './blob-scan'
import { snapshotFilesIn } from './check-folder'
import { codeOf, syncFolder } from './disk'
import { openJournal } from './journal'
import { type FileHead, hashOf } from './journal-files'
import { createProjectFolder } from './keeper'
import { readSnapshot } from './snapshots'
import type { WorkHelp } from './works'

// What can be saved of a damaged project goes into a new one; the damaged folder is only read.
// The base is the longest unbroken beginning of the journal, or a later snapshot. Entries that
// go on from there without a gap are taken in whole. Behind a gap each change is taken only
// where the row is still as the change found it, so that no row comes out that never was.

/** What {@link rescueFolder} is asked for. */
export interface RescueWish {
  /** The damaged folder. */
  readonly from: string
  /** Where the new folder will be; its parent is there, it is not. */
  readonly to: string
  /** The damaged project. */
  readonly projectId: string
  /** The new project's. */
  readonly id: string
  readonly name: string
  /** What the damaged project is called: what the first entry says it was done to. */
  readonly about: string
  /** Milliseconds since the Unix epoch. */
  readonly at: number
  /** Who does it, if that is known and the project knows them; else who joined first is named. */
  readonly coderId: CoderId | null
}

/** Roughly the JSON of one entry of the new journal; a frame must not grow too long. */
const ENTRY_BYTES = 16 * 1024 * 1024

/**
 * Makes a new project folder from all that can be read of a damaged one. Throws
 * `journal-missing` when there is neither an entry nor a snapshot. Leaves nothing when it fails.
 */
export async function rescueFolder(
  wish: RescueWish,
  help: WorkHelp,
): Promise<Omit<RescueReport, 'project' | 'name'>> {
  const { from, to, projectId } = wish
  const left = await readWhatIsLeft(join(from, 'journal'), projectId, help)
  help.progress('snapshots', 0, 0)
  const files = await snapshotFilesIn(from)
  const snapshot = await bestSnapshot(wish, left, files)
  // A snapshot that cannot be read still says that there were so many entries.
  const lastSeq = Math.max(left.lastSeq, ...files.map(file => Number.parseInt(file, 10)))
  const { rows: byKey, ...told } = recover({ ...left, lastSeq }, snapshot)
  if (byKey.size === 0) throw new HostError('journal-missing')
  const rows = inTableOrder(byKey.values())
  const blobs = await scanBlobs(join(from, 'blobs'), help)
  help.signal.throwIfAborted()
  try {
    await mkdir(to)
    await writeProject(wish, rows, left)
    await copyPacks(join(from, 'blobs'), join(to, 'blobs'), blobs, help)
    await syncFolder(to)
  } catch (error) {
    await rm(to, { recursive: true, force: true }).catch(() => {})
    throw error
  }
  const isLost = ({ table, row }: TableRow) => table === 'reports' && !blobs.sound.has(row.textHash)
  const lostTexts = rows.filter(isLost).length
  return { counts: countsOf(rows), soundUntil: left.soundUntil, lostTexts, ...told }
}

/** What is left of a journal: every entry that can be read, wherever it stands. */
export interface Left {
  /** By `seq`. */
  readonly entries: ReadonlyMap<number, LeftEntry>
  /** The last entry up to which every frame is there and names the one before it. */
  readonly soundUntil: number
  /** The highest `seq` of which anything is known. */
  readonly lastSeq: number
}

interface LeftEntry {
  readonly entry: JournalEntry
  /** SHA-256 of its frame. */
  readonly hash: string
}

interface LeftSnapshot {
  readonly seq: number
  readonly rows: Iterable<TableRow>
}

interface Recovered {
  /** By table and id. */
  readonly rows: Map<string, TableRow>
  readonly snapshotSeq: number | null
  readonly laterEntries: number
  readonly partEntries: number
  readonly lostEntries: number
}

/** Puts a project together from what is left of its journal and, where one reaches further, a snapshot. */
function recover({ entries, soundUntil, lastSeq }: Left, snapshot: LeftSnapshot | null): Recovered {
  const rows = new Map<string, TableRow>()
  for (const { table, row } of snapshot?.rows ?? []) {
    rows.set(keyOf(table, row.id), { table, row } as TableRow)
  }
  for (let seq = 1; !snapshot && seq <= soundUntil; seq++) {
    for (const change of changesOf(entries.get(seq)!.entry)) apply(rows, change)
  }
  const base = snapshot?.seq ?? soundUntil
  let laterEntries = 0
  let partEntries = 0
  for (let seq = base + 1; seq <= lastSeq; seq++) {
    const found = entries.get(seq)
    if (!found) continue
    // Without a gap before it, all of an entry fits: that is what it was planned on.
    const changes = changesOf(found.entry)
    const fitting = changes.filter(change => fits(rows, change))
    for (const change of fitting) apply(rows, change)
    if (fitting.length === changes.length) laterEntries++
    else partEntries++
  }
  const lostEntries = Math.max(0, lastSeq - base) - laterEntries - partEntries
  return { rows, snapshotSeq: snapshot?.seq ?? null, laterEntries, partEntries, lostEntries }
}

/** Whether the row is as the change found it, or already as the change leaves it. */
function fits(rows: ReadonlyMap<string, TableRow>, { table, id, before, after }: Change): boolean {
  const row = rows.get(keyOf(table, id))?.row ?? null
  return sameRow(row, before) || sameRow(row, after)
}

function apply(rows: Map<string, TableRow>, { table, id, after }: Change): void {
  if (after) rows.set(keyOf(table, id), { table, row: after } as TableRow)
  else rows.delete(keyOf(table, id))
}

function keyOf(table: TableName, id: string): string {
  return `${table}/${id}`
}

/** Reads every file of a journal and keeps each whole frame, whatever stands around it. */
async function readWhatIsLeft(
  folder: string,
  projectId: string,
  { progress, signal }: WorkHelp,
): Promise<Left> {
  const listed = await readdir(folder).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return []
    throw error
  })
  const names = listed.filter(name => /^\d{6}\.log$/.test(name)).sort()
  let frames: LeftFrame[] = []
  let format = JOURNAL_FORMAT
  for (const [i, name] of names.entries()) {
    signal.throwIfAborted()
    progress('journal', i, names.length)
    const mine = framesIn(await readFile(join(folder, name)))
    const head = mine.map(({ value }) => value).find(isHead)
    if (head && head.project !== projectId) continue
    if (head && head.format > JOURNAL_FORMAT) throw newerVersion(head.format)
    format = head?.format ?? format
    // An entry that the disk had refused may stand at an earlier file's end. It was written
    // again, or given up, and the later file has what counts from there on.
    const from = head ? head.after + 1 : firstSeqIn(mine)
    frames = frames.filter(({ value }) => isHead(value) || value.seq < from)
    for (const frame of mine) frames.push({ ...frame, format })
  }
  const entries = new Map<number, LeftEntry>()
  let lastSeq = 0
  for (const { value, hash, format } of frames) {
    if (isHead(value)) lastSeq = Math.max(lastSeq, value.after)
    else {
      entries.set(value.seq, { entry: upcast(value, format), hash })
      lastSeq = Math.max(lastSeq, value.seq)
    }
  }
  return { entries, soundUntil: soundUntil(frames), lastSeq }
}

interface LeftFrame {
  readonly value: StoredEntry | FileHead
  readonly hash: string
  readonly format: number
}

/** Every whole frame, searching on behind each damaged place. */
function framesIn(bytes: Buffer): LeftFrame[] {
  const frames: LeftFrame[] = []
  for (let at = bytes.indexOf('CDCL'); at >= 0; ) {
    const payload = payloadAt(bytes, at)
    const end = payload ? at + FRAME_HEADER_BYTES + payload.length : at + 1
    const value = payload && valueIn(payload)
    if (value) frames.push({ value, hash: hashOf(bytes.subarray(at, end)), format: 0 })
    at = bytes.indexOf('CDCL', end)
  }
  return frames
}

function valueIn(payload: Uint8Array): StoredEntry | FileHead | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(payload)
    const value = JSON.parse(text) as StoredEntry | FileHead | null
    return value && (isHead(value) || Number.isSafeInteger(value.seq)) ? value : null
  } catch {
    return null
  }
}

function isHead(value: StoredEntry | FileHead): value is FileHead {
  return 'codicil' in value
}

function firstSeqIn(frames: readonly LeftFrame[]): number {
  for (const { value } of frames) if (!isHead(value)) return value.seq
  return Number.POSITIVE_INFINITY
}

/** How far each frame names the one before it, from the journal's first frame on. */
function soundUntil(frames: readonly LeftFrame[]): number {
  let seq = 0
  // Several, since a file that was begun in vain stands beside the one that goes on.
  let ends = new Set([''])
  for (const { value, hash } of frames) {
    if (!ends.has(value.prev)) continue
    if (isHead(value)) ends.add(hash)
    else if (value.seq === seq + 1) {
      seq = value.seq
      ends = new Set([hash])
    }
  }
  return seq
}

/** The snapshot that reaches furthest beyond what is sound, if one does and belongs to this journal. */
async function bestSnapshot(
  { from, projectId }: RescueWish,
  { entries, soundUntil }: Left,
  files: readonly string[],
): Promise<LeftSnapshot | null> {
  for (const file of files.toReversed()) {
    if (Number.parseInt(file, 10) <= soundUntil) return null
    try {
      const { head, rows } = await readSnapshot(from, file.slice(0, 8))
      const hash = entries.get(head.seq)?.hash
      const isOurs = head.project === projectId && (hash === undefined || hash === head.prev)
      if (isOurs) return { seq: head.seq, rows }
    } catch (error) {
      if (!(error instanceof HostError)) throw error
      if (error.reason !== 'snapshot-damaged' && error.reason !== 'snapshot-missing') throw error
    }
  }
  return null
}

/** Table by table and by id, like `rowsIn`. */
function inTableOrder(rows: Iterable<TableRow>): TableRow[] {
  const place = ({ table }: TableRow) => TABLE_NAMES.indexOf(table)
  return [...rows].sort((a, b) => place(a) - place(b) || (a.row.id < b.row.id ? -1 : 1))
}

async function writeProject(
  { to, id, name, about, at, coderId: rescuer }: RescueWish,
  rows: readonly TableRow[],
  { entries }: Left,
): Promise<void> {
  const isKnown = rows.some(({ table, row }) => table === 'coders' && row.id === rescuer)
  const own = isKnown ? rescuer : null
  const coderId =
    own ?? firstCoder(rows) ?? [...entries.values()][0]?.entry.coderId ?? (id as CoderId)
  const entryOf = (changes: readonly Change[]) =>
    ({ kind: 'do', of: null, label: 'rescue', about, changes, at, coderId }) as const
  const project = { id: id as ProjectId, name, createdAt: at }
  const slices = slicesOf(rows, ENTRY_BYTES)
  await createProjectFolder(to, project, entryOf(slices.next().value ?? []))
  const journal = await openJournal(join(to, 'journal'), id)
  try {
    for (const changes of slices) await journal.append(entryOf(changes))
  } finally {
    await journal.close()
  }
}

/** Who joined first. */
function firstCoder(rows: readonly TableRow[]): CoderId | null {
  const coders = rows.flatMap(each => (each.table === 'coders' ? [each.row] : []))
  return coders.sort((a, b) => a.createdAt - b.createdAt)[0]?.id ?? null
}

/** Copies the packs as they are: what is damaged in them is told by whoever asks for it. */
async function copyPacks(
  from: string,
  to: string,
  { packs }: BlobScan,
  { progress, signal }: WorkHelp,
): Promise<void> {
  for (const [i, name] of packs.entries()) {
    signal.throwIfAborted()
    progress('copying', i, packs.length)
    await copyFile(join(from, name), join(to, name))
    const handle = await open(join(to, name), 'r+')
    try {
      await handle.datasync()
    } finally {
      await handle.close()
    }
  }
  await syncFolder(to)
}

function countsOf(rows: readonly TableRow[]): ProjectCounts {
  const count = (wanted: TableName) => rows.filter(({ table }) => table === wanted).length
  return {
    reports: count('reports'),
    codes: count('codes'),
    coders: count('coders'),
    annotations: count('annotations'),
  }
}

function newerVersion(format: number): HostError {
  return new HostError('newer-version', { format })
}
