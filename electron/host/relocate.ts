import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, readdir, rm } from 'node:fs/promises'
import { basename, join, relative } from 'node:path'
import type { ProjectId } from '../../shared/domain/id'
import { type Host, HostError, type SessionToken } from '../../shared/host'
import type { HostContext, Session } from './context'
import { freeName, hostErrorOf, makeFolder, renameInsistently, syncFolder, writeAll } from './disk'
import {
  createProjectFolder,
  type JournalPart,
  type Keeper,
  openKeeper,
  readManifest,
} from './keeper'
import { PARTIAL, sweepLeavings } from './leavings'
import { isLocked, type Lock, takeLock } from './lock'
import type { TaskRunners } from './tasks'
import type { WorkHelp } from './works'

// Going on in another place when the disk refuses. There are two roads. While the old folder
// can be read, it is copied and the session goes on in the copy. When it cannot, the page,
// whose working copy has everything, fills a refuge: a folder that becomes the project's own
// once all is in it. Until then nothing has changed, and nothing is to be seen at the new place.

/** The calls and the task that move a project, and their end. */
export interface Relocating {
  readonly tasks: Pick<TaskRunners, 'relocate'>
  readonly calls: Pick<Host, 'openRefuge' | 'closeRefuge' | 'abortRefuge'>
  /** What writes to the refuge of that token, if it is one. */
  find(token: SessionToken): Keeper | null
  /** Gives up every refuge. */
  close(): Promise<void>
}

/** Who was coding when a move began, and since when: nobody else's work may be left behind. */
interface Coding {
  readonly session: Session | null
  readonly openedAt: number
}

interface Refuge extends Coding {
  readonly keeper: Keeper
  readonly partial: string
  readonly parent: string
  readonly old: string
}

/** Moves projects. `unsettleAll` takes the marks of all working copies away. */
export function createRelocating(
  context: HostContext,
  unsettleAll: () => Promise<void>,
): Relocating {
  const { catalog, inTurn, listed, options, pathOf, sessionFor, work } = context
  const refuges = new Map<SessionToken, Refuge>()

  return {
    tasks: {
      async relocate({ project: id, place }, help) {
        const session = sessionFor(id)
        const { folder, openedAt } = await listed(id)
        const parent = await parentFor(pathOf(place), folder)
        const lock = session ? null : await holdClosed(folder)
        const partial = join(parent, partialName())
        const move = async (journal: readonly JournalPart[] | null) => {
          const isCopied = await work('copyFolder', { from: folder, to: partial, journal }, help)
          if (!isCopied) return { folder: null }
          help.signal.throwIfAborted()
          return { folder: await moveTo(partial, parent, folder, { session, openedAt }) }
        }
        try {
          return await (session ? session.keeper.alone(move) : move(null))
        } finally {
          await remove(partial)
          await lock?.release().catch(() => {})
        }
      },
    },

    calls: {
      async openRefuge(id, place) {
        const session = sessionFor(id)
        const { folder, name, createdAt, openedAt } = await listed(id)
        const parent = await parentFor(pathOf(place), folder)
        const partial = join(parent, partialName())
        try {
          await mkdir(partial)
          await createProjectFolder(partial, { id, name, createdAt, app: options.version }, null)
          const keeper = await openKeeper(partial, options.version)
          const token = randomUUID() as SessionToken
          refuges.set(token, { keeper, partial, parent, old: folder, session, openedAt })
          return token
        } catch (error) {
          await remove(partial)
          throw error
        }
      },
      // In turn, so that nobody opens the old folder while another takes its place.
      closeRefuge: token =>
        inTurn(async () => {
          const refuge = refuges.get(token)
          if (!refuge) throw new HostError('session-ended')
          const { keeper, partial, parent, old, session, openedAt } = refuge
          const { id } = keeper.project
          // A journal without an entry would be an empty project in the place of a full one.
          if (keeper.lastSeq === 0) throw new HostError('invalid-call')
          await assertSame(id, { session, openedAt })
          refuges.delete(token)
          let folder = partial
          try {
            await unsettleAll()
            await keeper.close()
            folder = await settle(partial, parent, old)
            await putFolder(id, folder)
          } catch (error) {
            await giveUp({ keeper, partial: folder })
            throw error
          }
          await session?.keeper.abandon()
          // What the page had still to say about its working copy was about the old journal.
          await session?.marked
          await unsettleAll().catch(() => {})
          return { folder }
        }),
      async abortRefuge(token) {
        const refuge = refuges.get(token)
        refuges.delete(token)
        if (refuge) await giveUp(refuge)
      },
    },

    find: token => refuges.get(token)?.keeper ?? null,

    async close() {
      for (const refuge of refuges.values()) await giveUp(refuge)
      refuges.clear()
    },
  }

  /** Makes a whole copy the project's folder, and lets the session go on there. */
  async function moveTo(
    partial: string,
    parent: string,
    old: string,
    coding: Coding,
  ): Promise<string> {
    const { session } = coding
    const folder = await settle(partial, parent, old)
    let keeper: Keeper | null = null
    try {
      keeper = await openKeeper(folder, options.version)
      const { id } = keeper.project
      if (session && keeper.lastSeq !== session.keeper.lastSeq) throw new HostError('disk-error')
      const adopt = async () => {
        await assertSame(id, coding)
        await putFolder(id, folder)
      }
      // Nobody opens the project in the middle of it: who takes over a session waits for it to end.
      await (session ? adopt() : inTurn(adopt))
      if (!session || sessionFor(id) !== session) {
        await keeper.close()
        return folder
      }
    } catch (error) {
      await keeper?.close().catch(() => {})
      await remove(folder)
      throw error
    }
    const before = session.keeper
    session.keeper = keeper
    session.folder = folder
    await before.abandon()
    return folder
  }

  /** Throws once anyone else has opened the project: they may have written what was not copied. */
  async function assertSame(id: ProjectId, { session, openedAt }: Coding): Promise<void> {
    const hasOpened = (await listed(id)).openedAt !== openedAt
    const present = sessionFor(id)
    if (hasOpened || (present && present !== session)) throw new HostError('open-elsewhere')
    if (present !== session) throw new HostError('session-ended')
  }

  async function putFolder(id: ProjectId, folder: string): Promise<void> {
    const before = (await listed(id)).folder
    try {
      await catalog.update(id, { folder })
    } catch (error) {
      await catalog.update(id, { folder: before }).catch(() => {})
      throw error
    }
  }
}

/** What to copy where. */
export interface CopyWish {
  readonly from: string
  /** Must not exist yet. */
  readonly to: string
  /** How much of which journal files counts; `null` takes them as they are on disk. */
  readonly journal: readonly JournalPart[] | null
}

/**
 * Copies what counts of a project folder and reads it back. Answers `false`, with nothing left
 * behind, when the old folder cannot be read; failures of the new one are thrown.
 */
export async function copyFolder(wish: CopyWish, help: WorkHelp): Promise<boolean> {
  const { from, to } = wish
  try {
    await mkdir(to)
    const files = await reading(() => filesOf(wish))
    const total = files.reduce((sum, { bytes }) => sum + bytes, 0)
    let done = 0
    for (const folder of FOLDERS) await mkdir(join(to, folder))
    for (const { name, bytes, isNeeded } of files) {
      await copyFile(join(from, name), join(to, name), bytes, help, part => {
        done += part
        help.progress('copying', done, total)
      }).catch(async (error: unknown) => {
        if (isNeeded || !(error instanceof Unreadable)) throw error
        await rm(join(to, name), { force: true })
      })
    }
    for (const folder of FOLDERS) await syncFolder(join(to, folder))
    await syncFolder(to)
    await readManifest(to)
    return true
  } catch (error) {
    await remove(to)
    if (error instanceof Unreadable) return false
    throw error
  }
}

/** The old folder could not be read. */
class Unreadable extends Error {
  override readonly name = 'Unreadable'
}

const FOLDERS = ['journal', 'blobs', 'snapshots'] as const
const CHUNK_BYTES = 1024 * 1024

interface Copied {
  readonly name: string
  readonly bytes: number
  /** Whether nothing is copied without it. A snapshot can be lost, or thinned out meanwhile. */
  readonly isNeeded: boolean
}

async function filesOf({ from, journal }: CopyWish): Promise<Copied[]> {
  const files: Copied[] = []
  const add = async (folder: string, pattern: RegExp, isNeeded = true) => {
    const names = (await readdir(join(from, folder))).filter(each => pattern.test(each)).sort()
    for (const each of names) {
      const name = join(folder, each)
      const bytes = await sizeOf(join(from, name)).catch((error: unknown) => {
        if (isNeeded) throw error
        return null
      })
      if (bytes !== null) files.push({ name, bytes, isNeeded })
    }
  }
  if (journal) {
    for (const { name, bytes } of journal) {
      files.push({ name: join('journal', name), bytes, isNeeded: true })
    }
  } else await add('journal', /^\d{6}\.log$/)
  await add('blobs', /^\d{6}\.pack$/).catch((error: unknown) => {
    if (hostErrorOf(error).reason !== 'vanished') throw error
  })
  await add('snapshots', /^\d{8}(\.pinned)?\.json\.gz$/, false).catch(() => {})
  // It comes last here too: a folder without it is no project.
  const bytes = await sizeOf(join(from, 'codicil.json'))
  files.push({ name: 'codicil.json', bytes, isNeeded: true })
  return files
}

/** Copies the first bytes of a file, flushes them, and reads them back. */
async function copyFile(
  from: string,
  to: string,
  bytes: number,
  help: WorkHelp,
  copied: (bytes: number) => void,
): Promise<void> {
  const source = await reading(() => open(from, 'r'))
  const written = createHash('sha256')
  try {
    const target = await open(to, 'wx', 0o600)
    try {
      for (let at = 0; at < bytes; ) {
        help.signal.throwIfAborted()
        const chunk = new Uint8Array(Math.min(CHUNK_BYTES, bytes - at))
        const { bytesRead } = await reading(() => source.read(chunk, 0, chunk.length, at))
        if (bytesRead === 0) throw new Unreadable()
        const part = chunk.subarray(0, bytesRead)
        written.update(part)
        await writeAll(target, part)
        at += bytesRead
        copied(bytesRead)
      }
      await target.datasync()
    } finally {
      await target.close()
    }
  } finally {
    await source.close().catch(() => {})
  }
  if ((await hashOfFile(to, help)) !== written.digest('hex')) throw new HostError('disk-error')
}

async function hashOfFile(path: string, { signal }: WorkHelp): Promise<string> {
  const hash = createHash('sha256')
  const handle = await open(path, 'r')
  try {
    const chunk = new Uint8Array(CHUNK_BYTES)
    for (;;) {
      signal.throwIfAborted()
      const { bytesRead } = await handle.read(chunk, 0, chunk.length, null)
      if (bytesRead === 0) return hash.digest('hex')
      hash.update(chunk.subarray(0, bytesRead))
    }
  } finally {
    await handle.close()
  }
}

async function sizeOf(path: string): Promise<number> {
  const handle = await open(path, 'r')
  try {
    return (await handle.stat()).size
  } finally {
    await handle.close()
  }
}

/** Reads from the old folder: whatever goes wrong there makes it unreadable. */
async function reading<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch {
    throw new Unreadable()
  }
}

/**
 * Holds a project that nobody has open while it is copied. `null` where the disk takes no lock,
 * as a full one. Throws `locked` when someone has it open after all.
 */
async function holdClosed(folder: string): Promise<Lock | null> {
  return takeLock(folder).catch(async (error: unknown) => {
    const isHeld = error instanceof HostError && error.reason === 'locked'
    if (isHeld || (await isLocked(folder).catch(() => false))) throw new HostError('locked')
    return null
  })
}

/** The folder to make the new one in. Throws `place-invalid` inside the old one. */
async function parentFor(parent: string, old: string): Promise<string> {
  const way = relative(old, parent)
  if (way === '' || !/^(\.\.([/\\]|$)|[A-Za-z]:|[/\\])/.test(way)) {
    throw new HostError('place-invalid', { folder: parent })
  }
  await makeFolder(parent)
  await sweepLeavings(parent)
  return parent
}

function partialName(): string {
  return `${PARTIAL}${randomUUID()}`
}

/** Gives a finished folder its name, as near to the old folder's as is free. */
async function settle(partial: string, parent: string, old: string): Promise<string> {
  const folder = await freeName(parent, basename(old))
  await renameInsistently(partial, folder)
  try {
    await syncFolder(parent)
  } catch (error) {
    await remove(folder)
    throw error
  }
  return folder
}

async function giveUp({ keeper, partial }: Pick<Refuge, 'keeper' | 'partial'>): Promise<void> {
  await keeper.abandon()
  await remove(partial)
}

async function remove(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 5 }).catch(() => {})
}
