import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Hash, ProjectId } from '../../shared/domain/id'
import type { Project } from '../../shared/domain/project'
import { HostError } from '../../shared/host'
import type { JournalEntry, NewEntry } from '../../shared/journal/history'
import { openBlobs } from './blobs'
import { codeOf, hostErrorOf, makeFolder, syncFolder, writeFileWhole } from './disk'
import { createJournal, openJournal } from './journal'
import { takeLock } from './lock'

// The keeper owns a project's folder while the project is open: lock, manifest, journal and
// blobs. Everything it says is done is on disk. FORMAT.md describes the folder byte by byte.

/** The folder format that this version reads and writes. */
export const PROJECT_FORMAT = 1

/** A project folder, open and locked. */
export interface Keeper {
  readonly project: Project
  readonly lastSeq: number
  readonly tornBytes: number
  append(entry: NewEntry): Promise<number>
  readJournal(fromSeq: number): Promise<JournalEntry[]>
  putBlobs(blobs: readonly Uint8Array[]): Promise<Hash[]>
  readBlobs(hashes: readonly Hash[]): Promise<Uint8Array[]>
  rename(name: string): Promise<void>
  /** Finishes what is being written, then lets go of the folder. */
  close(): Promise<void>
}

interface Manifest extends Project {
  readonly codicil: 'project'
  readonly format: number
}

/** Fills an existing, empty folder with a new project whose journal has one entry. */
export async function createProjectFolder(
  folder: string,
  project: Project,
  first: NewEntry,
): Promise<void> {
  await mkdir(join(folder, 'journal'))
  await mkdir(join(folder, 'blobs'))
  await createJournal(join(folder, 'journal'), project.id)
  const journal = await openJournal(join(folder, 'journal'), project.id)
  try {
    await journal.append(first)
  } finally {
    await journal.close()
  }
  // The manifest comes last: a folder without it is not taken for a project.
  await writeManifest(folder, project)
}

/**
 * Reads what a folder says it is. Throws `not-a-project` when it is none, `newer-version`
 * when a later Codicil made it.
 */
export async function readManifest(folder: string): Promise<Project> {
  let value: Partial<Manifest>
  try {
    value = JSON.parse(await readFile(join(folder, 'codicil.json'), 'utf8')) as Partial<Manifest>
  } catch (error) {
    if (error instanceof SyntaxError || codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') {
      throw new HostError('not-a-project')
    }
    throw hostErrorOf(error)
  }
  const { codicil, format, id, name, createdAt } = value ?? {}
  if (codicil !== 'project' || typeof format !== 'number') throw new HostError('not-a-project')
  if (format > PROJECT_FORMAT) throw new HostError('newer-version', { format })
  if (typeof id !== 'string' || typeof name !== 'string' || typeof createdAt !== 'number') {
    throw new HostError('not-a-project')
  }
  return { id: id as ProjectId, name, createdAt }
}

/**
 * Opens a project folder for writing. Throws `locked`, `newer-version`, `not-a-project`,
 * `journal-damaged`, `journal-missing`, `read-only` or another disk error; nothing has been
 * changed then.
 */
export async function openKeeper(folder: string): Promise<Keeper> {
  let project = await readManifest(folder)
  const lock = await takeLock(folder).catch(rethrow)
  try {
    const journal = await openJournal(join(folder, 'journal'), project.id)
    // Should it be gone, the coding is still there to be read; each text says that it is lost.
    await makeFolder(join(folder, 'blobs'))
    const blobs = await openBlobs(join(folder, 'blobs')).catch(async (error: unknown) => {
      await journal.close()
      throw error
    })
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
      get lastSeq() {
        return journal.lastSeq
      },
      tornBytes: journal.tornBytes,
      append: entry =>
        inTurn(async () => {
          await lock.assertHeld()
          return journal.append(entry)
        }),
      readJournal: fromSeq => inTurn(() => journal.read(fromSeq)),
      putBlobs: items =>
        inTurn(async () => {
          await lock.assertHeld()
          return blobs.put(items)
        }),
      readBlobs: hashes => blobs.get(hashes).catch(rethrow),
      rename: name =>
        inTurn(async () => {
          await writeManifest(folder, { ...project, name })
          project = { ...project, name }
        }),
      close: () =>
        inTurn(async () => {
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

async function writeManifest(folder: string, project: Project): Promise<void> {
  const { id, name, createdAt } = project
  const manifest: Manifest = { codicil: 'project', format: PROJECT_FORMAT, id, name, createdAt }
  await writeFileWhole(join(folder, 'codicil.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  await syncFolder(folder)
}

function rethrow(error: unknown): never {
  throw hostErrorOf(error)
}
