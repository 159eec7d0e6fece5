import { randomUUID } from 'node:crypto'
import { mkdir, open, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { ProjectId } from '../../shared/domain/id'
import { MAX_NAME_LENGTH, tidyName } from '../../shared/domain/project'
import { HostError } from '../../shared/host'
import { NEVER_OPENED } from './catalog'
import type { HostContext } from './context'
import {
  codeOf,
  exists,
  freeName,
  makeFolder,
  renameInsistently,
  safeFileName,
  syncFolder,
} from './disk'
import { readManifest, writeManifest } from './keeper'
import { PARTIAL, sweepLeavings } from './leavings'
import type { TaskRunners } from './tasks'
import { createUploads, type Uploads } from './uploads'
import type { ReadCopy } from './zip-in'
import { type FolderPart, packsIn } from './zip-out'

// A whole project as one `.codicil` file. Both ways work in a hidden folder inside the place
// where the result will stand; only what has been read back and found whole gets a name there.

/** The calls and tasks about `.codicil` files. */
export interface Portable {
  readonly calls: Uploads['calls']
  readonly tasks: Pick<TaskRunners, 'save-copy' | 'open-copy'>
  /** The path of a copy that was saved, for the browser door's downloads. `null` for an unknown one. */
  pathOf(token: string, fileName: string): string | null
  /** Removes uploads that were left long ago. */
  sweep(): Promise<void>
  /** Removes what was being uploaded. */
  close(): Promise<void>
}

const EXTENSION = '.codicil'

/** Saves and opens copies. */
export function createPortable(context: HostContext): Portable {
  const { catalog, options, work } = context
  const uploads = createUploads(options.dataFolder, options.now)
  const written = new Map<string, string>()

  return {
    calls: uploads.calls,
    pathOf: (token, fileName) => written.get(`${token}/${fileName}`) ?? null,
    sweep: uploads.sweep,
    close: uploads.close,

    tasks: {
      async 'save-copy'({ project: id, place, fileName }, help) {
        const entry = await context.listed(id)
        if (entry.trash) throw new HostError('not-found')
        const name = safeFileName(withoutExtension(fileName))
        if (!name) throw new HostError('name-invalid', { name: fileName })
        const folder = context.sessionFor(id)?.folder ?? entry.folder
        if (!(await exists(folder))) throw new HostError('vanished', { folder })
        const project = await readManifest(folder)
        const parent = place === null ? join(folder, 'exports') : context.pathOf(place)
        return inHiddenFolder(parent, async hidden => {
          const file = join(hidden, 'copy')
          const part = await openPart(id)
          const { bytes, sha256, missingBlobs } = await work(
            'packCopy',
            { folder, project, part, file },
            help,
          ).catch((error: unknown) => {
            // It is the project's own folder that was found damaged, not a file someone sent.
            if (!(error instanceof HostError) || error.reason !== 'copy-damaged') throw error
            throw new HostError('journal-damaged', error.details)
          })
          help.signal.throwIfAborted()
          const path = await nameFile(file, parent, name)
          const token = randomUUID()
          written.set(`${token}/${basename(path)}`, path)
          const url = options.urlOfWritten(token, basename(path))
          return { name: basename(path), bytes, sha256, url, folder: parent, missingBlobs }
        })
      },

      async 'open-copy'({ upload, place, suffix }, help) {
        const file = await uploads.take(upload)
        try {
          const parent = context.pathOf(place)
          return await inHiddenFolder(parent, async hidden => {
            const folder = join(hidden, 'project')
            await mkdir(folder)
            const copy = await work('unpackCopy', { file, folder }, help)
            help.signal.throwIfAborted()
            return context.inTurn(() => addCopy(copy, { folder, parent, suffix }))
          })
        } finally {
          await rm(file, { force: true }).catch(() => {})
        }
      },
    },
  }

  /** What counts of a project that is open for writing here; `null` for one that is not. */
  async function openPart(id: ProjectId): Promise<FolderPart | null> {
    const session = context.sessionFor(id)
    if (!session) return null
    // Nothing is written meanwhile, so that these packs hold every text that these entries name.
    return session.keeper.alone(async journal => ({
      lastSeq: session.keeper.lastSeq,
      journal,
      packs: await packsIn(join(session.folder, 'blobs')),
    }))
  }

  /** Lists an unpacked project: beside the one that it is a copy of, where that is listed. */
  async function addCopy(
    { project, missingBlobs }: ReadCopy,
    { folder, parent, suffix }: { folder: string; parent: string; suffix: string },
  ) {
    const { createdAt, study } = project
    const given = tidyName(project.name).slice(0, MAX_NAME_LENGTH) || 'Codicil'
    const isListed = (await catalog.find(project.id)) !== null
    const listed = await catalog.list()
    const id = isListed ? (context.newId() as ProjectId) : project.id
    const taken = new Set(listed.map(({ name }) => name))
    const name = isListed ? nameBeside(given, suffix, taken) : given
    await writeManifest(folder, { id, name, createdAt, study })
    const path = await freeName(parent, safeFileName(name) || 'Codicil')
    await renameInsistently(folder, path)
    try {
      await syncFolder(parent)
      await catalog.put({ id, name, createdAt, folder: path, ...NEVER_OPENED })
    } catch (error) {
      await rm(path, { recursive: true, force: true }).catch(() => {})
      throw error
    }
    const original = listed.find(each => each.id === project.id)
    return { project: id, name, copyOf: isListed ? (original?.name ?? given) : null, missingBlobs }
  }
}

/** Works in a new folder inside `parent` that is gone afterwards, with whatever is left in it. */
async function inHiddenFolder<T>(
  parent: string,
  action: (hidden: string) => Promise<T>,
): Promise<T> {
  await makeFolder(parent)
  await sweepLeavings(parent)
  const hidden = join(parent, `${PARTIAL}${randomUUID()}`)
  await mkdir(hidden)
  try {
    return await action(hidden)
  } finally {
    // A thread that was cut off may be writing its last bytes.
    const again = { recursive: true, force: true, maxRetries: 10, retryDelay: 50 } as const
    await rm(hidden, again).catch(() => {})
  }
}

/** Gives a finished file its name in `parent`, or the next one that is free. */
async function nameFile(file: string, parent: string, name: string): Promise<string> {
  for (let n = 1; ; n++) {
    const path = join(parent, `${name}${n === 1 ? '' : ` (${n})`}${EXTENSION}`)
    try {
      // Renaming would replace what has the name: only who made the empty file may do so.
      await (await open(path, 'wx', 0o600)).close()
    } catch (error) {
      if (codeOf(error) === 'EEXIST') continue
      throw error
    }
    try {
      await renameInsistently(file, path)
      await syncFolder(parent)
      return path
    } catch (error) {
      await rm(path, { force: true }).catch(() => {})
      throw error
    }
  }
}

function withoutExtension(fileName: string): string {
  const name = fileName.trim()
  return name.toLowerCase().endsWith(EXTENSION) ? name.slice(0, -EXTENSION.length) : name
}

/** `name` with `suffix` behind it, and a number where that is taken; never longer than a name may be. */
function nameBeside(name: string, suffix: string, taken: ReadonlySet<string>): string {
  for (let n = 1; ; n++) {
    const end = tidyName(`x${suffix}`).slice(1, 100) + (n === 1 ? '' : ` (${n})`)
    const beside = `${cut(name, MAX_NAME_LENGTH - end.length)}${end}`
    if (!taken.has(beside)) return beside
  }
}

/** The first units of a text, without half a character at the end. */
export function cut(text: string, length: number): string {
  return text.slice(0, length).replace(/[\ud800-\udbff]$/, '')
}
