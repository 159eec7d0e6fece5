import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Hash, ProjectId } from '../../shared/domain/id'
import type { Project } from '../../shared/domain/project'
import { HostError } from '../../shared/host'
import type { JournalEntry, NewEntry } from '../../shared/journal/history'
import { openBlobs } from './blobs'
import { codeOf, hostErrorOf, makeFolder, syncFolder, writeFileWhole } from './disk'
import { createJournal, openJournal } from './journal'
import type { JournalFile } from './journal-files'
import { takeLock } from './lock'
import { giveAway, openReserve } from './reserve'

// The keeper owns a project's folder while the project is open: lock, manifest, journal and
// blobs. Everything it says is done is on disk. FORMAT.md describes the folder byte by byte.

/** The folder format that this version reads and writes. */
const PROJECT_FORMAT = 1

/** How much room is put by for when the disk is full. */
const RESERVE_BYTES = 1024 * 1024

/** A project folder, open and locked. */
export interface Keeper {
  readonly project: Project
  /** See {@link StoredProject}. */
  readonly study: ProjectId
  readonly lastSeq: number
  readonly tornBytes: number
  /** Whether an older version wrote last, so that the next entry raises the journal's format. */
  readonly isOlder: boolean
  /** Whether it was closed or abandoned. */
  readonly isOver: boolean
  /** Whether the disk is nearly full: the room put by for that is used up or could not be made. */
  readonly isDiskLow: boolean
  append(entry: NewEntry): Promise<number>
  readJournal(fromSeq: number): Promise<JournalEntry[]>
  /** The hash by which the journal chains entry `seq`; also after closing. */
  hashAt(seq: number): Promise<string>
  putBlobs(blobs: readonly Uint8Array[]): Promise<Hash[]>
  readBlobs(hashes: readonly Hash[]): Promise<Uint8Array[]>
  rename(name: string): Promise<void>
  /** Runs `action` while nothing is written, telling it how many bytes of which journal files count. */
  alone<T>(action: (journal: readonly JournalPart[]) => Promise<T>): Promise<T>
  /** Finishes what is being written, then lets go of the folder. */
  close(): Promise<void>
  /** Lets go of the folder without writing anything more to it. */
  abandon(): Promise<void>
}

/** How much of a journal file counts. */
export type JournalPart = Pick<JournalFile, 'name' | 'bytes'>

/** What a folder says it is. */
export interface StoredProject extends Project {
  /**
   * The id that the journal's heads carry: the folder's own, unless the folder is a copy that was
   * added beside its original.
   */
  readonly study: ProjectId
}

interface Manifest extends Project {
  readonly codicil: 'project'
  readonly format: number
  readonly study?: ProjectId
}

/**
 * Fills an existing, empty folder with a new project whose journal has at most one entry. `app`
 * is the version of the program that makes it.
 */
export async function createProjectFolder(
  folder: string,
  { app = '', ...project }: Project & { readonly app?: string },
  first: NewEntry | null,
): Promise<void> {
  await mkdir(join(folder, 'journal'))
  await mkdir(join(folder, 'blobs'))
  await createJournal(join(folder, 'journal'), project.id, app)
  const journal = await openJournal(join(folder, 'journal'), project.id, app)
  try {
    if (first) await journal.append(first)
  } finally {
    await journal.close()
  }
  // The manifest comes last: a folder without it is not taken for a project.
  await writeManifest(folder, { ...project, study: project.id })
}

/**
 * Reads what a folder says it is. Throws `not-a-project` when it is none, `newer-version`
 * when a later Codicil made it.
 */
export async function readManifest(folder: string): Promise<StoredProject> {
  const text = await readFile(join(folder, 'codicil.json'), 'utf8').catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') {
      throw new HostError('not-a-project')
    }
    throw hostErrorOf(error)
  })
  return manifestIn(text)
}

/** What the text of a `codicil.json` says. Throws as {@link readManifest} does. */
export function manifestIn(text: string): StoredProject {
  let value: Partial<Manifest> | null
  try {
    value = JSON.parse(text) as Partial<Manifest> | null
  } catch {
    throw new HostError('not-a-project')
  }
  const { codicil, format, id, name, createdAt, study = id } = value ?? {}
  if (codicil !== 'project' || typeof format !== 'number') throw new HostError('not-a-project')
  if (format > PROJECT_FORMAT) throw new HostError('newer-version', { format })
  if (typeof id !== 'string' || typeof name !== 'string' || typeof createdAt !== 'number') {
    throw new HostError('not-a-project')
  }
  if (typeof study !== 'string') throw new HostError('not-a-project')
  return { id, name, createdAt, study }
}

/** What the heads of a folder's journal and snapshots name; `otherwise` where its manifest cannot be read. */
export async function studyIn(folder: string, otherwise: ProjectId): Promise<ProjectId> {
  return readManifest(folder).then(
    ({ study }) => study,
    () => otherwise,
  )
}

/** The text of a `codicil.json`. */
export function manifestText({ id, name, createdAt, study }: StoredProject): string {
  const manifest: Manifest = {
    codicil: 'project',
    format: PROJECT_FORMAT,
    id,
    name,
    createdAt,
    ...(study === id ? {} : { study }),
  }
  return `${JSON.stringify(manifest, null, 2)}\n`
}

/**
 * Opens a project folder for writing, as version `app` of the program. Throws `locked`, `newer-version`, `not-a-project`,
 * `journal-damaged`, `journal-missing`, `read-only` or another disk error; nothing has been
 * changed then.
 */
export async function openKeeper(folder: string, app = ''): Promise<Keeper> {
  const { study, ...manifest } = await readManifest(folder)
  let project: Project = manifest
  const reservePath = join(folder, 'reserve')
  const lock = await takeLock(folder)
    .catch(async (error: unknown) => {
      if (!isFull(error) || !(await giveAway(reservePath))) throw error
      return takeLock(folder)
    })
    .catch(rethrow)
  try {
    const journal = await openJournal(join(folder, 'journal'), study, app)
    // Should it be gone, the coding is still there to be read; each text says that it is lost.
    const blobFolder = join(folder, 'blobs')
    const blobs = await makeFolder(blobFolder)
      .then(() => openBlobs(blobFolder))
      .catch(async (error: unknown) => {
        await journal.abandon()
        throw error
      })
    const reserve = await openReserve(reservePath, RESERVE_BYTES)
    let isOver = false
    let last: Promise<unknown> = Promise.resolve()
    const inTurn = <T>(action: () => Promise<T>): Promise<T> => {
      const mine = last.then(action, action).catch(rethrow)
      last = mine.catch(() => {})
      return mine
    }
    return {
      get project() {
        return project
      },
      study,
      get lastSeq() {
        return journal.lastSeq
      },
      tornBytes: journal.tornBytes,
      get isOver() {
        return isOver
      },
      get isDiskLow() {
        return !reserve.isHeld
      },
      get isOlder() {
        return journal.isOlder
      },
      append: entry =>
        inTurn(async () => {
          await lock.assertHeld()
          const seq = await journal.append(entry).catch(async (error: unknown) => {
            if (!isFull(error) || !(await reserve.release())) throw error
            return journal.append(entry)
          })
          if (!reserve.isHeld) void inTurn(() => reserve.refill())
          return seq
        }),
      readJournal: fromSeq => inTurn(() => journal.read(fromSeq)),
      hashAt: seq => journal.hashAt(seq).catch(rethrow),
      putBlobs: items =>
        inTurn(async () => {
          await lock.assertHeld()
          return blobs.put(items)
        }),
      readBlobs: hashes => blobs.get(hashes).catch(rethrow),
      rename: name =>
        inTurn(async () => {
          await lock.assertHeld()
          await writeManifest(folder, { ...project, name, study })
          project = { ...project, name }
        }),
      alone: action => inTurn(() => action([...journal.files])),
      async abandon() {
        isOver = true
        await journal.abandon()
        await blobs.close().catch(() => {})
        await lock.release().catch(() => {})
      },
      close: () =>
        inTurn(async () => {
          if (isOver) return
          isOver = true
          try {
            await journal.close()
            await blobs.close()
          } finally {
            await lock.release()
          }
        }),
    }
  } catch (error) {
    await lock.release().catch(() => {})
    throw hostErrorOf(error)
  }
}

/** Changes the name of a project that is not open. */
export async function renameClosed(folder: string, name: string): Promise<void> {
  const project = await readManifest(folder)
  const lock = await takeLock(folder).catch(rethrow)
  try {
    await writeManifest(folder, { ...project, name })
  } finally {
    await lock.release()
  }
}

/** Makes a folder a project: everything else must be there and on disk. */
export async function writeManifest(folder: string, project: StoredProject): Promise<void> {
  await writeFileWhole(join(folder, 'codicil.json'), manifestText(project))
  await syncFolder(folder)
}

function isFull(error: unknown): boolean {
  return hostErrorOf(error).reason === 'disk-full'
}

function rethrow(error: unknown): never {
  throw hostErrorOf(error)
}
