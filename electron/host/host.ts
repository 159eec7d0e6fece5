import { randomBytes, randomUUID } from 'node:crypto'
import { basename, dirname, join } from 'node:path'
import { makeId, type ProjectId } from '../../shared/domain/id'
import {
  type About,
  type Host,
  HostError,
  type OpenedProject,
  type SessionToken,
} from '../../shared/host'
import { createBackups } from './backups'
import { type CatalogEntry, NEVER_OPENED, openCatalog, TRASH_FOLDER } from './catalog'
import type { HostContext, HostOptions, Session } from './context'
import { openCopies } from './copies'
import { createDamageTasks } from './damage'
import { exists, freeName, hostErrorOf, makeFolder, renameInsistently } from './disk'
import { type Keeper, openKeeper, readManifest, renameClosed } from './keeper'
import { sweepLeavings } from './leavings'
import { isLocked } from './lock'
import { makeProject, nameOf } from './new-project'
import { checkedFolder, createPlaces } from './places'
import { createPortable } from './portable'
import { createRelocating } from './relocate'
import { isSecondCopy } from './second-place'
import { createSinks } from './sinks'
import { assertNotCutShort } from './snapshots'
import { syncedBy } from './synced'
import { createTasks } from './tasks'
import { createViewers } from './viewers'
import { createWork } from './works'

// The host, put together from its parts. What has no part of its own, the list of projects and
// who may write to one, is answered here, in one file, since each call needs the same few maps.

/** The host and what only its own door may ask of it. */
export interface LocalHost {
  readonly host: Host
  /** The path of a finished export file, or `null`. */
  pathOfWritten(sink: string, fileName: string): string | null
  /** Finishes what is being written and lets go of every project. */
  shutDown(): Promise<void>
}

/** Answers the page's calls with this machine's files. Knows no Electron. */
export async function createLocalHost(options: HostOptions): Promise<LocalHost> {
  const { home, now } = options
  const catalog = await openCatalog(options.dataFolder, home, now)
  const { placeOf, pathOf } = createPlaces()
  const sessions = new Map<ProjectId, Session>()
  const sinks = createSinks(options.urlOfWritten)
  const copies = openCopies(options.dataFolder)
  let opening: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(action: () => Promise<T>): Promise<T> => {
    const mine = opening.then(action, action)
    opening = mine.catch(() => {})
    return mine
  }
  const context: HostContext = {
    options,
    catalog,
    work: createWork(options.threadFile),
    listed,
    sessionOf,
    sessionFor: id => sessions.get(id) ?? null,
    inTurn,
    newId,
    placeOf,
    pathOf,
  }
  const backups = createBackups(context)
  const viewers = createViewers(context)
  const portable = createPortable(context)
  const relocating = createRelocating(context, copies.unsettleAll)
  const tasks = createTasks({
    ...portable.tasks,
    ...relocating.tasks,
    ...createDamageTasks(context).tasks,
  })
  await sweepLeavings(home)
  await portable.sweep()

  const host: Host = {
    async about() {
      return {
        version: options.version,
        door: options.door,
        platform: PLATFORMS[process.platform] ?? 'linux',
        home: placeOf(home),
      }
    },

    listProjects: () => catalog.list(),

    createProject: wish => makeProject(context, wish),

    async addProject(place) {
      const folder = pathOf(place)
      const project = await readManifest(folder)
      const known = await catalog.find(project.id)
      const isElsewhere = known && known.folder !== folder && (await exists(known.folder))
      // Back from the second copy to the folder that it was a copy of.
      if (isElsewhere && (sessions.has(project.id) || !(await isSecondCopy(known.folder)))) {
        throw new HostError('already-listed', { folder: known.folder })
      }
      await catalog.put({ ...NEVER_OPENED, ...known, ...project, folder, trash: null })
      return { id: project.id }
    },

    renameProject: (id, name) =>
      inTurn(async () => {
        const entry = await listed(id)
        const title = nameOf(name)
        const session = sessions.get(id)
        if (session) await session.keeper.rename(title)
        else await renameClosed(entry.folder, title)
        await catalog.update(id, { name: title })
      }),

    trashProject: id =>
      inTurn(async () => {
        const entry = await listed(id)
        if (sessions.has(id)) throw new HostError('open-elsewhere')
        await backups.settled(entry.folder)
        if (await isLocked(entry.folder)) throw new HostError('locked', { pid: 0 })
        const trash = join(dirname(entry.folder), TRASH_FOLDER)
        await makeFolder(trash)
        const folder = await freeName(trash, basename(entry.folder))
        await renameInsistently(entry.folder, folder)
        try {
          await catalog.update(id, { folder, trash: { at: now(), from: entry.folder } })
        } catch (error) {
          await renameInsistently(folder, entry.folder)
          throw error
        }
      }),

    restoreProject: id =>
      inTurn(async () => {
        const entry = await listed(id)
        if (!entry.trash) return
        const parent = dirname(entry.trash.from)
        await makeFolder(parent)
        const folder = await freeName(parent, basename(entry.trash.from))
        await renameInsistently(entry.folder, folder)
        await catalog.update(id, { folder, trash: null })
      }),

    async forgetProject(id) {
      const entry = await listed(id)
      if (await exists(join(entry.folder, 'codicil.json'))) return
      await catalog.remove(id)
    },

    openProject: (id, { clientId, takeOver }) =>
      inTurn(async (): Promise<OpenedProject> => {
        let entry = await listed(id)
        if (entry.trash) throw new HostError('not-found')
        const running = sessions.get(id)
        if (running && running.clientId !== clientId && !takeOver) {
          throw new HostError('open-elsewhere')
        }
        if (running) {
          await end(running)
          // It may have been on its way to another folder.
          entry = await listed(id)
        }
        if (!(await exists(entry.folder))) throw new HostError('vanished', { folder: entry.folder })
        const keeper = await openKeeper(entry.folder, options.version)
        try {
          // The folder of another project may have been put in its place by hand.
          if (keeper.project.id !== id) throw new HostError('not-a-project')
          await assertNotCutShort(entry.folder, keeper)
        } catch (error) {
          await keeper.close()
          throw error
        }
        const token = randomUUID() as SessionToken
        sessions.set(id, {
          token,
          clientId,
          keeper,
          folder: entry.folder,
          isSettled: false,
          writes: 0,
          marked: Promise.resolve(),
        })
        const wasSettled = await copies.isSettled(id, clientId)
        await copies.unsettle(id, clientId)
        await catalog.update(id, { ...keeper.project, openedAt: now() })
        return {
          ...keeper.project,
          session: token,
          folder: entry.folder,
          isReadOnly: false,
          snapshot: null,
          syncedBy: await syncedBy(entry.folder),
          isSecondCopy: await isSecondCopy(entry.folder),
          lastSeq: keeper.lastSeq,
          coderId: entry.coderId,
          wasSettled,
          tornBytes: keeper.tornBytes,
        }
      }),

    async chooseCoder(session, coderId) {
      await catalog.update(sessionOf(session).keeper.project.id, { coderId })
    },

    readJournal: async (session, fromSeq) => readerOf(session).readJournal(fromSeq),
    hashOfEntry: async (session, seq) => readerOf(session).hashAt(seq),
    async append(token, entry) {
      const refuge = relocating.find(token)
      if (refuge) return { seq: await refuge.append(entry) }
      const session = sessionOf(token)
      await backups.beforeAppend(session, entry)
      const seq = await writing(session, keeper => keeper.append(entry))
      backups.afterAppend(session)
      return session.keeper.isDiskLow ? { seq, isDiskLow: true } : { seq }
    },
    async putBlobs(token, blobs) {
      const refuge = relocating.find(token)
      if (refuge) return refuge.putBlobs(blobs)
      const session = sessionOf(token)
      return writing(session, keeper => keeper.putBlobs(blobs))
    },
    readBlobs: async (session, hashes) => readerOf(session).readBlobs(hashes),

    async settleCopy(token, seq) {
      const session = sessionOf(token)
      await marking(session, async () => {
        if (session.isSettled || session.writes > 0 || session.keeper.lastSeq !== seq) return
        await copies.settle(session.keeper.project.id, session.clientId)
        session.isSettled = true
      })
    },

    closeProject: token =>
      inTurn(async () => {
        if (await viewers.close(token)) return
        const session = [...sessions.values()].find(each => each.token === token)
        if (session) await end(session)
      }),

    async choosePlace(typedPath) {
      if (options.askForFolder) {
        const path = await options.askForFolder()
        return path === null ? null : placeOf(await checkedFolder(path))
      }
      return placeOf(await checkedFolder(typedPath ?? ''))
    },

    async exportPlace(session) {
      const { folder } = viewers.find(session) ?? sessionOf(session)
      return placeOf(join(folder, 'exports'))
    },
    openSink: async (place, folderName) => ({ sink: await sinks.open(pathOf(place), folderName) }),
    writeSink: (sink, fileName, bytes) => sinks.write(sink, fileName, bytes),
    closeSink: sink => sinks.close(sink),
    abortSink: sink => sinks.abort(sink),

    ...backups.calls,
    ...viewers.calls,
    ...relocating.calls,
    ...portable.calls,
    ...tasks.calls,
  }

  return {
    host,
    pathOfWritten: (sink, file) => sinks.pathOf(sink, file) ?? portable.pathOf(sink, file),
    async shutDown() {
      // A task may be waiting for its turn.
      await tasks.endAll()
      await inTurn(async () => {
        // What is acknowledged is on disk: one bad disk keeps nobody else's project from its end.
        const ended = await Promise.allSettled([
          sinks.abortAll(),
          relocating.close(),
          portable.close(),
          viewers.closeAll(),
          ...[...sessions.values()].map(end),
        ])
        await backups.settled()
        for (const each of ended) {
          if (each.status === 'rejected') console.error('shutting down:', each.reason)
        }
      })
    },
  }

  /** Lets go of a session's folder; what was acknowledged is on disk. */
  async function end(session: Session): Promise<void> {
    sessions.delete(session.keeper.project.id)
    try {
      await session.keeper.close()
    } finally {
      backups.afterClose(session)
    }
  }

  function newId(): string {
    return makeId(now(), () => randomBytes(4).readUInt32LE() / 2 ** 32)
  }

  async function listed(id: ProjectId): Promise<CatalogEntry> {
    const entry = await catalog.find(id)
    if (!entry) throw new HostError('not-found')
    return entry
  }

  function sessionOf(token: SessionToken): Session {
    for (const session of sessions.values()) {
      if (session.token === token && !session.keeper.isOver) return session
    }
    throw new HostError(viewers.find(token) ? 'viewing-only' : 'session-ended')
  }

  /** Whatever can be read under that token, be it for writing too or not. */
  function readerOf(token: SessionToken): Pick<Keeper, 'readJournal' | 'hashAt' | 'readBlobs'> {
    return viewers.find(token) ?? sessionOf(token).keeper
  }

  /** Writes to the project after the mark of the page's working copy is gone. */
  async function writing<T>(session: Session, write: (keeper: Keeper) => Promise<T>): Promise<T> {
    session.writes++
    try {
      await marking(session, async () => {
        if (!session.isSettled) return
        await copies.unsettle(session.keeper.project.id, session.clientId)
        session.isSettled = false
      })
      const { keeper } = session
      return await write(keeper).catch((error: unknown) => {
        // The project has moved to another folder meanwhile; the old one took nothing of this.
        const hasMoved =
          session.keeper !== keeper && sessions.get(session.keeper.project.id) === session
        if (!hasMoved || hostErrorOf(error).reason !== 'session-ended') throw error
        return write(session.keeper)
      })
    } finally {
      session.writes--
    }
  }

  /** One change of a session's mark at a time. */
  function marking(session: Session, change: () => Promise<void>): Promise<void> {
    const mine = session.marked.then(change)
    session.marked = mine.catch(() => {})
    return mine
  }
}

const PLATFORMS: Readonly<Record<string, About['platform']>> = { darwin: 'mac', win32: 'windows' }
