import { randomBytes, randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { access, mkdir, realpath, rm, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { basename, dirname, isAbsolute, join, resolve } from 'node:path'
import { type CoderId, makeId, type ProjectId } from '../../shared/domain/id'
import { type Coder, MAX_NAME_LENGTH, tidyName } from '../../shared/domain/project'
import {
  type About,
  type Host,
  HostError,
  type OpenedProject,
  type Place,
  type PlaceToken,
  type SessionToken,
} from '../../shared/host'
import { createBackups } from './backups'
import { type CatalogEntry, NEVER_OPENED, openCatalog, TRASH_FOLDER } from './catalog'
import type { HostContext, HostOptions, Session } from './context'
import { openCopies } from './copies'
import { createDamageTasks } from './damage'
import {
  exists,
  freeName,
  hostErrorOf,
  makeFolder,
  renameInsistently,
  safeFileName,
  syncFolder,
} from './disk'
import { createProjectFolder, type Keeper, openKeeper, readManifest, renameClosed } from './keeper'
import { isLocked } from './lock'
import { createPortable } from './portable'
import { createRelocating } from './relocate'
import { createSinks } from './sinks'
import { createTasks } from './tasks'
import { createViewers } from './viewers'
import { createWork } from './works'

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
  const places = new Map<PlaceToken, string>()
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
  const tasks = createTasks({
    ...portable.tasks,
    ...createRelocating(context).tasks,
    ...createDamageTasks(context).tasks,
  })

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

    async createProject({ name, coderName, place }) {
      const title = nameOf(name)
      const coder = nameOf(coderName)
      const parent = pathOf(place)
      const isProject = await readManifest(parent).then(
        () => true,
        () => false,
      )
      if (isProject) throw new HostError('place-invalid', { path: parent })
      await makeFolder(parent)
      const folder = await freeName(parent, safeFileName(title) || 'Codicil')
      const id = newId() as ProjectId
      const coderId = newId() as CoderId
      const createdAt = now()
      const row: Coder = { id: coderId, name: coder, createdAt }
      await mkdir(folder)
      try {
        await createProjectFolder(
          folder,
          { id, name: title, createdAt },
          {
            kind: 'do',
            of: null,
            label: 'addCoder',
            about: coder,
            changes: [{ table: 'coders', id: coderId, before: null, after: row }],
            at: createdAt,
            coderId,
          },
        )
      } catch (error) {
        await rm(folder, { recursive: true, force: true }).catch(() => {})
        throw error
      }
      await syncFolder(parent)
      await catalog.put({ id, name: title, createdAt, folder, ...NEVER_OPENED, coderId })
      return { id, coderId }
    },

    async addProject(place) {
      const folder = pathOf(place)
      const project = await readManifest(folder)
      const known = await catalog.find(project.id)
      if (known && known.folder !== folder && (await exists(known.folder))) {
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
        await catalog.put({ ...entry, name: title })
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
          await catalog.put({ ...entry, folder, trash: { at: now(), from: entry.folder } })
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
        await catalog.put({ ...entry, folder, trash: null })
      }),

    async forgetProject(id) {
      const entry = await listed(id)
      if (await exists(join(entry.folder, 'codicil.json'))) return
      await catalog.remove(id)
    },

    openProject: (id, { clientId, takeOver }) =>
      inTurn(async (): Promise<OpenedProject> => {
        const entry = await listed(id)
        if (entry.trash) throw new HostError('not-found')
        const running = sessions.get(id)
        if (running && running.clientId !== clientId && !takeOver) {
          throw new HostError('open-elsewhere')
        }
        if (running) await end(running)
        if (!(await exists(entry.folder))) throw new HostError('vanished', { folder: entry.folder })
        const keeper = await openKeeper(entry.folder)
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
        await catalog.put({
          ...entry,
          ...keeper.project,
          openedAt: now(),
        })
        return {
          ...keeper.project,
          session: token,
          folder: entry.folder,
          isReadOnly: false,
          snapshot: null,
          syncedBy: null,
          lastSeq: keeper.lastSeq,
          coderId: entry.coderId,
          wasSettled,
          tornBytes: keeper.tornBytes,
        }
      }),

    async chooseCoder(session, coderId) {
      const entry = await listed(sessionOf(session).keeper.project.id)
      await catalog.put({ ...entry, coderId })
    },

    readJournal: async (session, fromSeq) => readerOf(session).readJournal(fromSeq),
    async append(token, entry) {
      const session = sessionOf(token)
      await backups.beforeAppend(session, entry)
      const seq = await writing(session, () => session.keeper.append(entry))
      backups.afterAppend(session)
      return { seq }
    },
    async putBlobs(token, blobs) {
      const session = sessionOf(token)
      return writing(session, () => session.keeper.putBlobs(blobs))
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
    ...portable.calls,
    ...tasks.calls,
  }

  return {
    host,
    pathOfWritten: sinks.pathOf,
    shutDown: () =>
      inTurn(async () => {
        await tasks.endAll()
        await sinks.abortAll()
        await portable.close()
        await viewers.closeAll()
        for (const session of [...sessions.values()]) await end(session)
        await backups.settled()
      }),
  }

  /** Lets go of a session's folder; what was acknowledged is on disk. */
  async function end(session: Session): Promise<void> {
    sessions.delete(session.keeper.project.id)
    await session.keeper.close()
    backups.afterClose(session)
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
    for (const session of sessions.values()) if (session.token === token) return session
    throw new HostError(viewers.find(token) ? 'viewing-only' : 'session-ended')
  }

  /** Whatever can be read under that token, be it for writing too or not. */
  function readerOf(token: SessionToken): Pick<Keeper, 'readJournal' | 'readBlobs'> {
    return viewers.find(token) ?? sessionOf(token).keeper
  }

  /** Writes to the project after the mark of the page's working copy is gone. */
  async function writing<T>(session: Session, write: () => Promise<T>): Promise<T> {
    session.writes++
    try {
      await marking(session, async () => {
        if (!session.isSettled) return
        await copies.unsettle(session.keeper.project.id, session.clientId)
        session.isSettled = false
      })
      return await write()
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

  function placeOf(path: string): Place {
    for (const [token, known] of places) if (known === path) return { token, label: path }
    const token = randomUUID() as PlaceToken
    places.set(token, path)
    return { token, label: path }
  }

  function pathOf(token: PlaceToken): string {
    const path = places.get(token)
    if (path === undefined) throw new HostError('place-invalid', { path: '' })
    return path
  }
}

const PLATFORMS: Readonly<Record<string, About['platform']>> = { darwin: 'mac', win32: 'windows' }

function nameOf(typed: string): string {
  const name = tidyName(typed)
  if (name === '' || name.length > MAX_NAME_LENGTH) throw new HostError('name-invalid', { name })
  return name
}

/** An existing folder that may be written to, by its true path. Throws `place-invalid` or `read-only`. */
async function checkedFolder(typed: string): Promise<string> {
  const path = typed.trim().replace(/^~(?=$|[/\\])/, homedir())
  if (!isAbsolute(path)) throw new HostError('place-invalid', { path: typed })
  let folder: string
  try {
    folder = await realpath(resolve(path))
    if (!(await stat(folder)).isDirectory()) throw new HostError('place-invalid', { path })
  } catch (error) {
    if (error instanceof HostError) throw error
    throw new HostError('place-invalid', { path })
  }
  await access(folder, constants.W_OK).catch((error: unknown) => {
    throw hostErrorOf(error)
  })
  return folder
}
