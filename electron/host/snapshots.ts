import { createHash } from 'node:crypto'
import { mkdir, open, readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { constants, createGzip, gunzip, gunzipSync } from 'node:zlib'
import type { ReportId } from '../../shared/domain/id'
import {
  HostError,
  SNAPSHOT_REASONS,
  type Snapshot,
  type SnapshotCounts,
  type SnapshotPart,
  type SnapshotReason,
} from '../../shared/host'
import { TABLE_NAMES, type TableName } from '../../shared/journal/edit'
import { rowsIn, type TableRow } from '../../shared/journal/rows'
import { emptyState, foldRows, type ProjectState } from '../../shared/journal/state'
import { upcastRow } from '../../shared/journal/upcast'
import { codeOf, renameInsistently, syncFolder, writeAll } from './disk'
import { readJournalFiles } from './journal-files'
import { readManifest } from './keeper'
import type { WorkHelp } from './works'

// A snapshot is a project's whole state in one file: lines of JSON, packed. The first is the
// head, then comes a line for each row, then the checksum of all before it. It is folded from
// the whole journal, never from another snapshot, so that no mistake is handed on.

/** The format that this version writes; it reads the earlier ones too. */
const SNAPSHOT_FORMAT = 2
/** The journal's format in which the rows of each format of snapshots are. */
const ROWS_OF_FORMAT: Readonly<Record<number, number>> = { 1: 2, 2: 3 }
/** The tables that each format of snapshots has rows of. */
const TABLES_OF_FORMAT: Readonly<Record<number, readonly TableName[]>> = {
  1: ['coders', 'codes', 'batches', 'reports', 'annotations'],
  2: TABLE_NAMES,
}

/** The folder inside a project's folder. */
export const SNAPSHOT_FOLDER = 'snapshots'

/** What {@link writeSnapshot} is asked for. */
export interface SnapshotWish {
  readonly folder: string
  /** State after this entry. */
  readonly seq: number
  readonly at: number
  readonly reason: SnapshotReason
}

/** The first line of a snapshot. */
export interface SnapshotHead {
  readonly codicil: 'snapshot'
  readonly format: number
  readonly project: string
  /** The project's name at that time. */
  readonly name: string
  readonly seq: number
  readonly at: number
  readonly reason: SnapshotReason
  readonly counts: SnapshotCounts
  /** Hash of the journal's frame `seq`: which history it belongs to. */
  readonly prev: string
}

/** A snapshot whose every byte has been checked. */
export interface SnapshotFile {
  readonly head: SnapshotHead
  /** Its rows, parsed one after another. */
  rows(): Generator<TableRow>
  /** A few megabytes of them; `from` is 0 or the `next` of the part before. */
  part(from: number): SnapshotPart
}

/** What the folder of snapshots holds, by the files' names and heads. */
export interface FoundSnapshots {
  /** The last taken first. */
  readonly snapshots: readonly (Snapshot & Pick<SnapshotHead, 'prev'>)[]
  /** Names of files that are no readable snapshots of this project. */
  readonly damaged: readonly string[]
}

/** Bytes of rows that one part answers, roughly. */
const PART_BYTES = 4 * 1024 * 1024
/** No snapshot unpacks to more. */
const MAX_CONTENT_BYTES = 1024 ** 3
/** Enough of a file to hold its head. */
const HEAD_BYTES = 4096
/** No head is longer, and no last line, which holds a checksum. */
const HEAD_LINE_BYTES = 1024 * 1024
const LAST_LINE_BYTES = 200
const STALE_MS = 3_600_000
/** Packed with no time, no level and no system in it, so that equal content is equal bytes. */
const GZIP_HEADER = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255])
const FILE_NAME = /^(\d{8})(\.pinned)?\.json\.gz$/
const TABLES: ReadonlySet<string> = new Set(TABLE_NAMES)

/**
 * Writes a snapshot and reads it back: it is there, whole and right when this resolves. Needs
 * no lock: it reads the journal as it stands and writes to nothing but the snapshots' folder.
 * The same state gives the same bytes.
 */
export async function writeSnapshot(wish: SnapshotWish, help: WorkHelp): Promise<Snapshot> {
  const { seq, at, reason } = wish
  const project = await readManifest(wish.folder)
  const state = emptyState()
  help.progress('reading-journal', 0, seq)
  const reading = await readJournalFiles(join(wish.folder, 'journal'), project.study, entry => {
    if (entry.seq > seq) return
    foldRows(state, entry)
    if (entry.seq % 1000 === 0) help.progress('reading-journal', entry.seq, seq)
  })
  if (state.seq !== seq) throw new HostError('vanished', { seq })
  help.signal.throwIfAborted()
  const head: SnapshotHead = {
    codicil: 'snapshot',
    format: SNAPSHOT_FORMAT,
    project: project.study,
    name: project.name,
    seq,
    at,
    reason,
    counts: countsOf(state),
    prev: await reading.hashAt(seq),
  }
  const folder = await folderFor(wish.folder)
  const name = snapshotName(seq)
  const path = join(folder, `${name}.json.gz`)
  const temporary = `${path}.${process.pid}.${Date.now()}.new`
  help.progress('writing-snapshot', 0, 0)
  try {
    await writePacked(temporary, contentOf(head, state), help.signal)
    await renameInsistently(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {})
    throw error
  }
  await syncFolder(folder)
  help.progress('checking-snapshot', 0, 0)
  const { isContent } = await openPacked(path, name)
  if (!isContent(contentOf(head, state))) throw new HostError('snapshot-damaged', { file: name })
  const { size } = await stat(path)
  return { name, seq, at, reason, isPinned: false, bytes: size, counts: head.counts }
}

/**
 * Everything that a snapshot of the project in `folder` holds. Throws `snapshot-missing`,
 * `snapshot-damaged` or `newer-version`.
 */
export async function readSnapshot(
  folder: string,
  name: string,
): Promise<{ head: SnapshotHead; rows: TableRow[] }> {
  const file = await openSnapshot(folder, name)
  return { head: file.head, rows: [...file.rows()] }
}

/** Reads and checks a snapshot of the project in `folder`. Throws as {@link readSnapshot} does. */
export async function openSnapshot(folder: string, name: string): Promise<SnapshotFile> {
  const found = (await namesIn(folder)).filter(file => FILE_NAME.exec(file)?.[1] === name)
  if (found.length === 0) throw new HostError('snapshot-missing', { name })
  return openPacked(join(folder, SNAPSHOT_FOLDER, found[0]!), name)
}

/** The head of a snapshot, without a check of the rest. Throws as {@link readSnapshot} does. */
export async function readSnapshotHead(folder: string, name: string): Promise<SnapshotHead> {
  const file = (await namesIn(folder)).find(each => FILE_NAME.exec(each)?.[1] === name)
  if (!file) throw new HostError('snapshot-missing', { name })
  return readHead(join(folder, SNAPSHOT_FOLDER, file), name)
}

/**
 * Throws `journal-damaged` when a snapshot of this project knows of entries that its journal
 * no longer has: a journal that lost its last file is whole as far as it goes.
 */
export async function assertNotCutShort(
  folder: string,
  { study, lastSeq }: { readonly study: string; readonly lastSeq: number },
): Promise<void> {
  const names = (await namesIn(folder)).sort().reverse()
  for (const file of names) {
    const [, name] = FILE_NAME.exec(file)!
    const head = await readHead(join(folder, SNAPSHOT_FOLDER, file), name!).catch(unreadableAsNull)
    if (head?.project !== study) continue
    if (head.seq > lastSeq) throw new HostError('journal-damaged', { file: 'journal' })
    return
  }
}

/** Lists the snapshots of a project by their heads. A folder without any is no error. */
export async function findSnapshots(folder: string, projectId: string): Promise<FoundSnapshots> {
  const snapshots: FoundSnapshots['snapshots'][number][] = []
  const damaged: string[] = []
  for (const file of await namesIn(folder)) {
    const [, name, pinned] = FILE_NAME.exec(file)!
    const path = join(folder, SNAPSHOT_FOLDER, file)
    const head = await readHead(path, name!).catch(unreadableAsNull)
    if (head?.project !== projectId) {
      damaged.push(file)
      continue
    }
    const { seq, at, reason, counts, prev } = head
    const isPinned = pinned !== undefined
    const bytes = (await stat(path)).size
    snapshots.push({ name: name!, seq, at, reason, isPinned, bytes, counts, prev })
  }
  return { snapshots: snapshots.sort((a, b) => b.seq - a.seq), damaged }
}

/** The name of the snapshot after entry `seq`. */
function snapshotName(seq: number): string {
  return String(seq).padStart(8, '0')
}

/** The file of a snapshot, inside the project's folder. */
export function snapshotPath(
  folder: string,
  { name, isPinned }: Pick<Snapshot, 'name' | 'isPinned'>,
): string {
  return join(folder, SNAPSHOT_FOLDER, `${name}${isPinned ? '.pinned' : ''}.json.gz`)
}

/** The snapshots' folder, made where it is missing, without what a crash has left in it. */
async function folderFor(projectFolder: string): Promise<string> {
  const folder = join(projectFolder, SNAPSHOT_FOLDER)
  const isNew = await mkdir(folder).then(
    () => true,
    (error: unknown) => {
      if (codeOf(error) !== 'EEXIST') throw error
      return false
    },
  )
  if (isNew) await syncFolder(projectFolder)
  for (const name of await readdir(folder)) {
    if (!name.endsWith('.new')) continue
    const path = join(folder, name)
    const left = await stat(path).catch(() => null)
    // A younger one may be another process's, which is just writing it.
    if (left && Date.now() - left.mtimeMs > STALE_MS) await rm(path, { force: true })
  }
  return folder
}

async function namesIn(folder: string): Promise<string[]> {
  const names = await readdir(join(folder, SNAPSHOT_FOLDER)).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return []
    throw error
  })
  return names.filter(name => FILE_NAME.test(name)).sort()
}

/** The bytes of a snapshot before packing, in pieces of about a megabyte. */
function* contentOf(head: SnapshotHead, state: ProjectState): Generator<Buffer> {
  const hash = createHash('sha256')
  let bytes = 0
  let lines = `${JSON.stringify(head)}\n`
  const take = () => {
    const piece = Buffer.from(lines)
    lines = ''
    hash.update(piece)
    bytes += piece.length
    if (bytes > MAX_CONTENT_BYTES - 1000) throw new HostError('too-large')
    return piece
  }
  for (const each of rowsIn(state)) {
    lines += `${JSON.stringify(each)}\n`
    if (lines.length > 1024 * 1024) yield take()
  }
  yield take()
  yield Buffer.from(`${JSON.stringify({ sha256: hash.digest('hex') })}\n`)
}

async function writePacked(
  path: string,
  content: Iterable<Buffer>,
  signal: AbortSignal,
): Promise<void> {
  const handle = await open(path, 'wx', 0o600)
  try {
    let isFirst = true
    const packed = createGzip({ level: 4, chunkSize: 256 * 1024 })
    await pipeline(Readable.from(content), packed, async (pieces: AsyncIterable<Buffer>) => {
      for await (const piece of pieces) {
        signal.throwIfAborted()
        if (isFirst) GZIP_HEADER.copy(piece)
        isFirst = false
        await writeAll(handle, piece)
      }
    })
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function openPacked(
  path: string,
  name: string,
): Promise<SnapshotFile & { isContent(pieces: Iterable<Buffer>): boolean }> {
  const isFile = await stat(path).then(
    found => found.isFile(),
    () => true,
  )
  if (!isFile) throw new HostError('snapshot-damaged', { file: name })
  const packed = await readFile(path).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') throw new HostError('snapshot-missing', { name })
    throw error
  })
  const bad = new HostError('snapshot-damaged', { file: name })
  if (packed.length < 20 || !packed.subarray(0, 10).equals(GZIP_HEADER)) throw bad
  const content = await promisify(gunzip)(packed, {
    chunkSize: 4 * 1024 * 1024,
    maxOutputLength: MAX_CONTENT_BYTES,
  }).catch(() => {
    throw bad
  })
  if (packed.readUInt32LE(packed.length - 4) !== content.length) throw bad
  const end = content.lastIndexOf(0x0a, content.length - 2) + 1
  if (content.length - end > LAST_LINE_BYTES) throw bad
  const sum = createHash('sha256').update(content.subarray(0, end)).digest('hex')
  if (content.toString('utf8', end) !== `${JSON.stringify({ sha256: sum })}\n`) throw bad
  const head = headIn(content, name)
  const first = content.indexOf(0x0a) + 1

  return {
    head,
    *rows() {
      for (let at = first; at < end; ) {
        const next = content.indexOf(0x0a, at) + 1
        yield rowIn(content, at, next)
        at = next
      }
    },
    part(from) {
      const start = from === 0 ? first : from
      if (start < first || start > end || content[start - 1] !== 0x0a) {
        throw new HostError('invalid-call', { call: 'readSnapshot', at: '2' })
      }
      const rows: TableRow[] = []
      let at = start
      while (at < end && at - start < PART_BYTES) {
        const next = content.indexOf(0x0a, at) + 1
        rows.push(rowIn(content, at, next))
        at = next
      }
      return { rows, next: at < end ? at : null, tables: TABLES_OF_FORMAT[head.format]! }
    },
    isContent(pieces) {
      let at = 0
      for (const piece of pieces) {
        if (!piece.equals(content.subarray(at, at + piece.length))) return false
        at += piece.length
      }
      return at === content.length
    },
  }

  function rowIn(bytes: Buffer, from: number, to: number): TableRow {
    const value = parsed(bytes.toString('utf8', from, to)) as Partial<TableRow> | null
    if (!value || !TABLES.has(value.table ?? '') || typeof value.row?.id !== 'string') throw bad
    return upcastRow(value as TableRow, ROWS_OF_FORMAT[head.format]!)
  }
}

async function readHead(path: string, name: string): Promise<SnapshotHead> {
  // What is no file, a pipe above all, might never answer.
  if (!(await stat(path)).isFile()) throw new HostError('snapshot-damaged', { file: name })
  const handle = await open(path, 'r')
  try {
    const bytes = Buffer.alloc(HEAD_BYTES)
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, 0)
    const content = gunzipSync(bytes.subarray(0, bytesRead), {
      finishFlush: constants.Z_SYNC_FLUSH,
      maxOutputLength: 1024 * HEAD_BYTES + 1024,
    })
    return headIn(content, name)
  } catch (error) {
    if (!/^(Z_|ERR_)/.test(codeOf(error))) throw error
    throw new HostError('snapshot-damaged', { file: name })
  } finally {
    await handle.close()
  }
}

function headIn(content: Buffer, name: string): SnapshotHead {
  const end = content.indexOf(0x0a)
  const value =
    end < 0 || end > HEAD_LINE_BYTES
      ? null
      : (parsed(content.toString('utf8', 0, end)) as Partial<SnapshotHead>)
  const bad = new HostError('snapshot-damaged', { file: name })
  if (value?.codicil !== 'snapshot' || typeof value.format !== 'number') throw bad
  if (value.format > SNAPSHOT_FORMAT) throw new HostError('newer-version', { format: value.format })
  if (ROWS_OF_FORMAT[value.format] === undefined) throw bad
  const { seq, at, reason, counts, project, prev } = value
  const isSound =
    seq === Number(name) &&
    Number.isSafeInteger(at) &&
    SNAPSHOT_REASONS.includes(reason as SnapshotReason) &&
    typeof project === 'string' &&
    typeof value.name === 'string' &&
    typeof prev === 'string' &&
    [counts?.reports, counts?.codes, counts?.coders, counts?.annotations].every(
      Number.isSafeInteger,
    ) &&
    [counts?.variables, counts?.values, counts?.corrections, counts?.sets].every(
      count => count === undefined || Number.isSafeInteger(count),
    )
  if (!isSound) throw bad
  return value as SnapshotHead
}

function countsOf(state: ProjectState): SnapshotCounts {
  const { reports, codes, coders, annotations, variables, values, corrections, sets } = state
  return {
    reports: reports.size,
    codes: codes.size,
    coders: coders.size,
    annotations: sizeOf(annotations),
    variables: variables.size,
    values: sizeOf(values),
    corrections: sizeOf(corrections),
    sets: sets.size,
  }
}

function sizeOf(packs: ReadonlyMap<ReportId, ReadonlyMap<string, unknown>>): number {
  let size = 0
  for (const pack of packs.values()) size += pack.size
  return size
}

/** What is no readable snapshot; disk trouble is not taken for that. */
/** Whatever is wrong with one snapshot, the project and the others are to be had. */
function unreadableAsNull(error: unknown): null {
  if (error instanceof HostError || codeOf(error) !== '') return null
  throw error
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return null
  }
}
