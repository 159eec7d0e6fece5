import {
  type FileHandle,
  mkdir,
  open,
  readdir,
  readFile,
  realpath,
  rm,
  stat,
} from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { ProjectId } from '../../shared/domain/id'
import { HostError } from '../../shared/host'
import { scanFrames } from '../../shared/journal/frame'
import { codeOf, exists, freeName, renameInsistently, syncFolder, writeFileWhole } from './disk'
import { type JournalReading, readJournalFiles } from './journal-files'
import { readManifest, type StoredProject } from './keeper'
import { takeLock } from './lock'
import { assertOutsideProjects } from './places'
import { findSnapshots, openSnapshot, SNAPSHOT_FOLDER } from './snapshots'
import { kept } from './thinning'
import type { WorkHelp } from './works'

// The second place holds a copy of the project folder that is a project folder itself. Journal
// and packs only ever grow, so bringing it up to date is adding what is missing at their ends.
// A copy is worth nothing when it repeats the loss it is meant for: only a sound source is
// copied, and a copy that has entries which the source has not is set aside, never overwritten.

/** What {@link mirrorFolder} is asked for. */
export interface MirrorWish {
  readonly folder: string
  /** The copy, made by {@link prepareMirror}. */
  readonly target: string
  readonly now: number
  /** Compare every byte of every file, not just the ends of the large ones. */
  readonly isThorough: boolean
}

/** Marks a folder as a copy that is kept by a program, before and after it is complete. */
const MARK = 'backup.json'
/** How much of two long files' ends is compared when not all is. */
const WINDOW_BYTES = 256 * 1024
const COPY_BYTES = 4 * 1024 * 1024

/**
 * Finds or makes the folder inside `place` in which the copy of `folder` is kept. Throws
 * `place-invalid` when `place` is a project or lies inside one.
 */
export async function prepareMirror(
  folder: string,
  place: string,
  projectId: ProjectId,
): Promise<string> {
  await assertOutsideProjects(place)
  if ((await realpath(place)) === (await realpath(folder))) {
    throw new HostError('place-invalid', { path: place })
  }
  const name = `${basename(folder)} (Codicil backup)`
  for (let n = 1; ; n++) {
    const target = join(place, n === 1 ? name : `${name} (${n})`)
    if (await exists(target)) {
      if ((await markIn(target)) === projectId) return target
      continue
    }
    await mkdir(target)
    await writeMark(target, projectId)
    await syncFolder(place)
    return target
  }
}

/**
 * Brings the copy of `folder` in `target` up to date. It may be cut off at any moment: the next
 * time goes on, and until then the copy opens as the project was at some moment before, or is
 * no project yet. Throws `vanished` when the copy is not there, `place-invalid` when another
 * project is, `locked` when a program has it open, `journal-damaged` or `blob-damaged` when the
 * source is damaged: then what was sound in the copy is left as it is. Answers up to which entry
 * the copy goes.
 */
export async function mirrorFolder(
  wish: MirrorWish,
  help: WorkHelp,
): Promise<{ readonly seq: number }> {
  const { folder, target } = wish
  const project = await readManifest(folder)
  if (!(await exists(target))) throw new HostError('vanished')
  if ((await markIn(target)) !== project.id) throw new HostError('place-invalid', { path: target })
  // Nobody may work in the copy while it is brought up to date: it would be written over.
  const lock = await takeLock(target)
  try {
    return await mirrorLocked(wish, project, help)
  } finally {
    await lock.release().catch(() => {})
  }
}

async function mirrorLocked(
  wish: MirrorWish,
  project: StoredProject,
  help: WorkHelp,
): Promise<{ readonly seq: number }> {
  const { folder, target } = wish
  help.progress('checking-journal', 0, 0)
  const source = await readJournalFiles(join(folder, 'journal'), project.study)
  help.signal.throwIfAborted()
  if (await hasMore(target, source, project.study)) await setAside(target, project.id)
  await removeLeavings(target)

  // Texts go first, so that no entry of the copy names one that is not there. What is appended
  // from here on is for the next time.
  const damagedPacks: string[] = []
  const packs = await filesIn(join(folder, 'blobs'), /^\d{6}\.pack$/)
  for (const [i, name] of packs.entries()) {
    help.progress('copying-texts', i, packs.length)
    help.signal.throwIfAborted()
    const isRight = await mirrorPack(wish, name)
    if (!isRight) damagedPacks.push(name)
  }
  const inPlace = new Set<string>()
  for (const { name, bytes } of source.files) {
    help.progress('copying-journal', inPlace.size, source.files.length)
    help.signal.throwIfAborted()
    inPlace.add(name)
    await mirrorFile(join(folder, 'journal', name), join(target, 'journal', name), {
      until: bytes,
      isThorough: true,
    })
  }
  for (const name of await filesIn(join(target, 'journal'), /^\d{6}\.log$/)) {
    if (!inPlace.has(name)) await rm(join(target, 'journal', name))
  }
  await readJournalFiles(join(target, 'journal'), project.study)
  await mirrorSnapshots(wish, project.study, source.lastSeq)
  const manifest = await readFile(join(folder, 'codicil.json'))
  const present = await readFile(join(target, 'codicil.json')).catch(absentAsNull)
  if (!present?.equals(manifest)) await writeFileWhole(join(target, 'codicil.json'), manifest)
  if (damagedPacks.length > 0) throw new HostError('blob-damaged', { file: damagedPacks[0]! })
  return { seq: source.lastSeq }
}

/** Whether the copy may hold entries that are not the source's: it is damaged, it was worked in, or the source was put back. */
async function hasMore(
  target: string,
  source: JournalReading,
  projectId: ProjectId,
): Promise<boolean> {
  const copy = await readJournalFiles(join(target, 'journal'), projectId).catch(
    (error: unknown) => {
      if (error instanceof HostError) return error.reason
      throw error
    },
  )
  // What a later version has written, or damage stands in, cannot be compared: it may be more.
  if (typeof copy === 'string') return copy === 'newer-version' || copy === 'journal-damaged'
  return (await copy.hashAt(copy.lastSeq)) !== (await source.hashAt(copy.lastSeq))
}

async function setAside(target: string, projectId: ProjectId): Promise<void> {
  const aside = await freeName(dirname(target), basename(target))
  await renameInsistently(target, aside)
  // It is a project of its own from here on, and nobody's.
  for (const name of [MARK, 'lock']) await rm(join(aside, name), { force: true })
  await mkdir(target)
  await writeMark(target, projectId)
  await syncFolder(dirname(target))
}

/** Answers `false` when the source's pack is damaged, and then leaves what the copy has of it. */
async function mirrorPack(
  { folder, target, isThorough }: MirrorWish,
  name: string,
): Promise<boolean> {
  const from = join(folder, 'blobs', name)
  const to = join(target, 'blobs', name)
  if (await isPrefix(to, from, { isThorough })) {
    await mirrorFile(from, to, { until: (await stat(from)).size, isThorough: false })
    return true
  }
  const source = await readFile(from)
  const isSound = scanFrames(source).rest !== 'damaged'
  const size = await stat(to).then(({ size }) => size, absentAsNull)
  if (isSound || size === null) await replaceFile(from, to, source.length)
  // Else the copy is the better one as far as it goes.
  else if (size < source.length) await appendTail(from, to, size, source.length)
  return isSound
}

/** Copies what is missing at the end, or all where the copy is not the beginning of the source. */
async function mirrorFile(
  from: string,
  to: string,
  { until, isThorough }: { until: number; isThorough: boolean },
): Promise<void> {
  const size = await stat(to).then(({ size }) => size, absentAsNull)
  if (size === null || size > until || !(await isPrefix(to, from, { isThorough }))) {
    await replaceFile(from, to, until)
  } else if (size < until) {
    await appendTail(from, to, size, until)
  }
}

async function appendTail(from: string, to: string, start: number, end: number): Promise<void> {
  const handle = await open(to, 'r+')
  try {
    await copyRange(from, handle, start, end)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Copies a file whole, or leaves what was there. */
async function replaceFile(from: string, to: string, until: number): Promise<void> {
  await mkdir(dirname(to), { recursive: true })
  const temporary = `${to}.${process.pid}.new`
  const handle = await open(temporary, 'w+', 0o600)
  try {
    await copyRange(from, handle, 0, until)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await renameInsistently(temporary, to)
  await syncFolder(dirname(to))
}

/**
 * Copies the bytes `[start, end)` of a file to the same place in another, and reads them back.
 * Should two programs do so at once, they write the same.
 */
async function copyRange(from: string, to: FileHandle, start: number, end: number): Promise<void> {
  const source = await open(from, 'r')
  try {
    for (let at = start; at < end; ) {
      const piece = await readAt(source, at, Math.min(COPY_BYTES, end - at))
      if (piece.length === 0) throw new HostError('vanished')
      for (let done = 0; done < piece.length; ) {
        const { bytesWritten } = await to.write(piece, done, piece.length - done, at + done)
        done += bytesWritten
      }
      if (!piece.equals(await readAt(to, at, piece.length))) {
        throw new HostError('disk-error', { code: 'verify' })
      }
      at += piece.length
    }
  } finally {
    await source.close()
  }
}

/**
 * Whether the copy is the source's beginning, or all of it. Looks at everything, or else at the
 * last {@link WINDOW_BYTES} of the copy. A copy that is not there is none.
 */
async function isPrefix(
  copyPath: string,
  sourcePath: string,
  { isThorough }: { isThorough: boolean },
): Promise<boolean> {
  const copy = await open(copyPath, 'r').catch(absentAsNull)
  if (!copy) return false
  try {
    const source = await open(sourcePath, 'r')
    try {
      const { size } = await copy.stat()
      if (size > (await source.stat()).size) return false
      for (let at = isThorough ? 0 : Math.max(0, size - WINDOW_BYTES); at < size; ) {
        const piece = await readAt(copy, at, Math.min(COPY_BYTES, size - at))
        if (piece.length === 0 || !piece.equals(await readAt(source, at, piece.length)))
          return false
        at += piece.length
      }
      return true
    } finally {
      await source.close()
    }
  } finally {
    await copy.close()
  }
}

/** Copies what is new and takes out what is thinned at both ends. */
async function mirrorSnapshots(
  { folder, target, now, isThorough }: MirrorWish,
  projectId: ProjectId,
  lastSeq: number,
): Promise<void> {
  const found = await findSnapshots(folder, projectId)
  // One that was taken meanwhile knows more than the copied journal: it is for the next time.
  const snapshots = found.snapshots.filter(({ seq }) => seq <= lastSeq)
  const copies = await findSnapshots(target, projectId)
  const wanted = new Set<string>()
  for (const each of snapshots) {
    const file = fileOf(each)
    wanted.add(file)
    const from = join(folder, SNAPSHOT_FOLDER, file)
    const to = join(target, SNAPSHOT_FOLDER, file)
    const size = await stat(to).then(({ size }) => size, absentAsNull)
    const isThere =
      size === each.bytes &&
      !copies.damaged.includes(file) &&
      (!isThorough || (await isPrefix(to, from, { isThorough })))
    if (isThere) continue
    // A damaged snapshot must not take the place of a sound copy.
    if (size !== null && !(await isSoundSnapshot(folder, each.name))) continue
    await replaceFile(from, to, each.bytes).catch(async (error: unknown) => {
      // Thinned out while this went on.
      if (await exists(from)) throw error
    })
  }
  const keep = new Set(kept(copies.snapshots, now).map(({ seq }) => seq))
  const names = new Set(snapshots.map(({ name }) => name))
  for (const each of copies.snapshots) {
    const isPresent = wanted.has(fileOf(each))
    // Pinned or let go since: the same snapshot stands there under its other name.
    const isOther = !isPresent && names.has(each.name)
    if (!isPresent && (isOther || !keep.has(each.seq))) {
      await rm(join(target, SNAPSHOT_FOLDER, fileOf(each)), { force: true })
    }
  }
}

async function isSoundSnapshot(folder: string, name: string): Promise<boolean> {
  return openSnapshot(folder, name).then(
    () => true,
    () => false,
  )
}

/** What being cut off has left in the copy. */
async function removeLeavings(target: string): Promise<void> {
  for (const folder of ['.', 'journal', 'blobs', SNAPSHOT_FOLDER]) {
    for (const name of await filesIn(join(target, folder), /\.new$/)) {
      await rm(join(target, folder, name), { force: true })
    }
  }
  for (const folder of ['journal', 'blobs']) {
    await mkdir(join(target, folder), { recursive: true })
  }
}

/** Whose copy a folder is; `null` when it is none that a program keeps. */
async function markIn(target: string): Promise<string | null> {
  const json = await readFile(join(target, MARK), 'utf8').catch(absentAsNull)
  if (json === null) return null
  try {
    const { codicil, project } = JSON.parse(json) as { codicil?: unknown; project?: unknown }
    if (codicil !== 'backup' || typeof project !== 'string') return null
    const manifest = await readManifest(target).catch(() => null)
    return manifest && manifest.id !== project ? null : project
  } catch {
    return null
  }
}

async function writeMark(target: string, project: ProjectId): Promise<void> {
  const mark = { codicil: 'backup', format: 1, project }
  await writeFileWhole(join(target, MARK), `${JSON.stringify(mark, null, 2)}\n`)
}

async function filesIn(folder: string, pattern: RegExp): Promise<string[]> {
  const names = await readdir(folder).catch(absentAsNull)
  return (names ?? []).filter(name => pattern.test(name)).sort()
}

function fileOf({ name, isPinned }: { name: string; isPinned: boolean }): string {
  return `${name}${isPinned ? '.pinned' : ''}.json.gz`
}

async function readAt(handle: FileHandle, at: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(length)
  let done = 0
  while (done < length) {
    const { bytesRead } = await handle.read(bytes, done, length - done, at + done)
    if (bytesRead === 0) break
    done += bytesRead
  }
  return bytes.subarray(0, done)
}

function absentAsNull(error: unknown): null {
  if (codeOf(error) === 'ENOENT') return null
  throw error
}

/** Whether a project folder is the copy that a second place keeps. */
export function isSecondCopy(folder: string): Promise<boolean> {
  return exists(join(folder, MARK)).catch(() => false)
}
