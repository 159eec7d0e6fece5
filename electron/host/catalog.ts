import { readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { CoderId, ProjectId } from '../../shared/domain/id'
import type { HostReason, ListedProject } from '../../shared/host'
import { codeOf, exists, hostErrorOf, makeFolder, writeFileWhole } from './disk'
import { readManifest } from './keeper'
import { openReserve } from './reserve'

// What this machine remembers about projects: where their folders are, who codes here, which
// of them lie in the trash. Nothing in it is research data; when it is lost, the projects in
// the usual folder are found again by looking.

/** How long the trash keeps a project. */
const TRASH_DAYS = 30

const RESERVE_BYTES = 256 * 1024

/** What is remembered about one project. */
export interface CatalogEntry {
  readonly id: ProjectId
  readonly folder: string
  /** The name it had when it was last seen, for when its folder is gone. */
  readonly name: string
  readonly createdAt: number
  readonly openedAt: number
  readonly coderId: CoderId | null
  readonly trash: { readonly at: number; readonly from: string } | null
  /** Where this machine keeps a second copy of the folder; absent or `null` for nowhere. */
  readonly secondPlace?: KnownSecondPlace | null
}

/** What is remembered about a project's second copy. */
export interface KnownSecondPlace {
  /** The copy itself. */
  readonly folder: string
  /** `seq` of the last entry that it is known to hold; 0 for none. */
  readonly seq: number
  readonly syncedAt: number | null
  readonly failure: HostReason | null
}

export interface Catalog {
  list(): Promise<ListedProject[]>
  find(id: ProjectId): Promise<CatalogEntry | null>
  put(entry: CatalogEntry): Promise<void>
  /** Changes these fields of a known project, whatever has become of the others meanwhile. */
  update(id: ProjectId, fields: Partial<Omit<CatalogEntry, 'id'>>): Promise<void>
  remove(id: ProjectId): Promise<void>
}

/**
 * Opens the catalogue kept in `dataFolder`. Projects in `home` that it does not know are
 * added. A damaged catalogue is put aside, not overwritten. Projects that have been in the
 * trash for {@link TRASH_DAYS} are removed for good.
 */
export async function openCatalog(
  dataFolder: string,
  home: string,
  now: () => number,
): Promise<Catalog> {
  const path = join(dataFolder, 'catalog.json')
  await makeFolder(dataFolder)
  const entries = new Map((await readEntries(path)).map(entry => [entry.id, entry]))
  // A project that moves away from a full disk must be found where it went.
  const reserve = await openReserve(join(dataFolder, 'reserve'), RESERVE_BYTES)
  let saving: Promise<unknown> = Promise.resolve()
  const write = () =>
    writeFileWhole(
      path,
      `${JSON.stringify({ format: 1, projects: [...entries.values()] }, null, 2)}\n`,
    )
  const save = (): Promise<void> => {
    const mine = saving.then(async () => {
      await write().catch(async (error: unknown) => {
        const isFull = hostErrorOf(error).reason === 'disk-full'
        if (!isFull || !(await reserve.release())) throw error
        await write()
      })
      await reserve.refill()
    })
    saving = mine.catch(() => {})
    return mine
  }
  await emptyOldTrash()

  return {
    async list() {
      await addFrom(home)
      const listed = await Promise.all([...entries.values()].map(asListed))
      return listed.sort(byUse)
    },
    async find(id) {
      if (!entries.has(id)) await addFrom(home)
      return entries.get(id) ?? null
    },
    put(entry) {
      entries.set(entry.id, entry)
      return save()
    },
    update(id, fields) {
      const entry = entries.get(id)
      if (!entry) return Promise.resolve()
      entries.set(id, { ...entry, ...fields })
      return save()
    },
    remove(id) {
      entries.delete(id)
      return save()
    },
  }

  async function addFrom(place: string): Promise<void> {
    const known = new Set([...entries.values()].map(entry => entry.folder))
    const names = await readdir(place).catch(() => [])
    let found = 0
    // In order, so that a folder comes before its backup, whose name is longer.
    for (const name of names.sort()) {
      const folder = join(place, name)
      if (name.startsWith('.') || known.has(folder)) continue
      const project = await readManifest(folder).catch(() => null)
      if (!project || entries.has(project.id)) continue
      entries.set(project.id, { ...project, folder, ...NEVER_OPENED })
      found++
    }
    if (found > 0) await save()
  }

  async function emptyOldTrash(): Promise<void> {
    const limit = now() - TRASH_DAYS * 86_400_000
    for (const { id, folder, trash } of [...entries.values()]) {
      if (!trash || trash.at > limit || !folder.includes(TRASH_FOLDER)) continue
      // What cannot be removed now stays listed, and is tried again the next time.
      const isGone = await rm(folder, { recursive: true, force: true }).then(
        () => true,
        () => false,
      )
      if (!isGone) continue
      entries.delete(id)
      await save()
    }
  }
}

/** Where the trash of a disk's folder is. In the same folder, so that moving is one rename. */
export const TRASH_FOLDER = '.codicil-trash'

export const NEVER_OPENED = { openedAt: 0, coderId: null, trash: null } as const

async function asListed(entry: CatalogEntry): Promise<ListedProject> {
  const { id, folder, openedAt, trash } = entry
  const isThere = await exists(join(folder, 'codicil.json')).catch(() => false)
  const project = isThere ? await readManifest(folder).catch(() => null) : null
  return {
    id,
    name: project?.name ?? entry.name,
    createdAt: entry.createdAt,
    folder: trash?.from ?? folder,
    openedAt,
    state: !isThere ? 'missing' : trash ? 'trashed' : 'ready',
    trashedAt: trash?.at ?? null,
  }
}

function byUse(a: ListedProject, b: ListedProject): number {
  return (
    Number(a.state === 'trashed') - Number(b.state === 'trashed') ||
    Math.max(b.openedAt, b.createdAt) - Math.max(a.openedAt, a.createdAt) ||
    (a.id < b.id ? -1 : 1)
  )
}

async function readEntries(path: string): Promise<CatalogEntry[]> {
  try {
    const value = JSON.parse(await readFile(path, 'utf8')) as { projects?: CatalogEntry[] }
    if (Array.isArray(value.projects)) return value.projects.filter(isEntry)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return []
    if (!(error instanceof SyntaxError)) throw error
  }
  await rename(path, `${path}.damaged-${Date.now()}`)
  return []
}

function isEntry(entry: Partial<CatalogEntry> | null): entry is CatalogEntry {
  return typeof entry?.id === 'string' && typeof entry.folder === 'string'
}
