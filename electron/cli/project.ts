import { randomBytes } from 'node:crypto'
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { type CoderId, makeId, type ProjectId } from '../../shared/domain/id'
import { type Coder, MAX_NAME_LENGTH, tidyName } from '../../shared/domain/project'
import { HostError } from '../../shared/host'
import type { NewEntry } from '../../shared/journal/history'
import { emptyState, foldRows, type ProjectState } from '../../shared/journal/state'
import { codeOf, exists, makeFolder, syncFolder } from '../host/disk'
import { createProjectFolder, type Keeper, openKeeper } from '../host/keeper'
import { assertOutsideProjects } from '../host/places'
import { isSecondCopy } from '../host/second-place'
import { assertNotCutShort } from '../host/snapshots'

// A project folder, opened by its path. Nothing outside it is touched: the list of projects that
// the program with windows keeps is its own affair; there, "Open a project folder" finds this one.

/** A project to write into, and what is in it. */
export interface OpenProject {
  /** Empty where the project is {@link isNew}. */
  readonly state: ProjectState
  /** Whether there was none, so that the first {@link write} makes it. */
  readonly isNew: boolean
  /** Whom and what to write with. An import that brings nothing in never asks, and makes nothing. */
  write(): Promise<Writing>
  close(): Promise<void>
}

/** An open project folder, and who writes into it. */
export interface Writing {
  readonly keeper: Keeper
  readonly coderId: CoderId
}

export interface ProjectWish {
  readonly folder: string
  readonly name: string | null
  readonly coder: string | null
  /** Of this program. */
  readonly version: string
  readonly now: () => number
}

/**
 * Opens the project in a folder for writing, or gets ready to make one where there is none. Throws
 * what {@link openKeeper} throws; `place-invalid` where none can be made, `not-a-project` for a
 * folder of other things, and {@link CoderUnclear}.
 */
export async function openProject(wish: ProjectWish): Promise<OpenProject> {
  const folder = resolve(wish.folder)
  const isNew = !(await exists(join(folder, 'codicil.json')))
  if (!isNew && (await isSecondCopy(folder))) throw new HostError('place-invalid', { folder })
  let state = emptyState()
  let writing: Writing | null = null
  const open = async () => {
    const keeper = await openKeeper(folder, wish.version)
    try {
      await assertNotCutShort(folder, keeper)
      const found = await stateOf(keeper)
      const coderId = await coderIn(keeper, found, wish)
      if (!isNew) state = found
      return { keeper, coderId }
    } catch (error) {
      await keeper.close()
      throw error
    }
  }
  const make = isNew ? await projectMaker(folder, wish) : async () => {}
  if (!isNew) writing = await open()
  return {
    state,
    isNew,
    async write() {
      if (writing) return writing
      await make()
      writing = await open()
      return writing
    },
    async close() {
      await writing?.keeper.close()
    },
  }
}

/** Thrown where several people code and nobody said who imports. */
export class CoderUnclear extends Error {
  override readonly name = 'CoderUnclear'
  readonly coders: readonly string[]

  constructor(coders: readonly string[]) {
    super(coders.join(', '))
    this.coders = coders
  }
}

/** Everything that a journal says, folded. */
export async function stateOf({
  lastSeq,
  readJournal,
}: Pick<Keeper, 'lastSeq' | 'readJournal'>): Promise<ProjectState> {
  const state = emptyState()
  while (state.seq < lastSeq) {
    for (const entry of await readJournal(state.seq + 1)) foldRows(state, entry)
  }
  return state
}

/** A new id, as everything in a project has one. */
export function newId(nowMs: number): string {
  return makeId(nowMs, random)
}

function random(): number {
  return randomBytes(4).readUInt32LE() / 2 ** 32
}

/**
 * How to make a project in a folder that is empty or not there; writes nothing until it is called.
 * Nothing remains of one that fails.
 */
async function projectMaker(folder: string, wish: ProjectWish): Promise<() => Promise<void>> {
  const check = async () => {
    const isThere = await exists(folder)
    const isFolder = isThere && (await stat(folder)).isDirectory()
    if (isThere && (!isFolder || (await readdir(folder)).length > 0)) {
      throw new HostError('not-a-project', { folder })
    }
    await assertOutsideProjects(folder)
    return isThere
  }
  await check()
  const createdAt = wish.now()
  const name = nameOf(wish.name ?? basename(folder))
  const coder = coderRow(nameOf(wish.coder ?? userName()), createdAt)
  const project = { id: newId(createdAt) as ProjectId, name, createdAt, app: wish.version }
  return async () => {
    // Somebody may have put something there meanwhile.
    const isThere = await check()
    await makeFolder(dirname(folder))
    if (!isThere) await mkdir(folder)
    try {
      await createProjectFolder(folder, project, addingCoder(coder))
      await syncFolder(dirname(folder))
    } catch (error) {
      // A folder that somebody else is making a project in is theirs.
      if (codeOf(error) === 'EEXIST') throw new HostError('not-a-project', { folder })
      for (const each of isThere ? await readdir(folder).catch(() => []) : ['']) {
        await rm(join(folder, each), { recursive: true, force: true }).catch(() => {})
      }
      throw error
    }
  }
}

/** Who imports: who is named, the only one there is, or who has the name of this user. */
async function coderIn(keeper: Keeper, state: ProjectState, wish: ProjectWish): Promise<CoderId> {
  const coders = [...state.coders.values()]
  const named = wish.coder === null ? null : nameOf(wish.coder)
  const wanted = coders.find(({ name }) => name === (named ?? userName()))
  if (wanted) return wanted.id
  if (named === null) {
    if (coders.length === 1) return coders[0]!.id
    if (coders.length > 1) throw new CoderUnclear(coders.map(({ name }) => name))
  }
  const coder = coderRow(named ?? nameOf(userName()), wish.now())
  const entry = addingCoder(coder)
  state.seq = await keeper.append(entry)
  return coder.id
}

function coderRow(name: string, createdAt: number): Coder {
  return { id: newId(createdAt) as CoderId, name, createdAt }
}

function addingCoder(coder: Coder): NewEntry {
  return {
    kind: 'do',
    of: null,
    label: 'addCoder',
    about: coder.name,
    changes: [{ table: 'coders', id: coder.id, before: null, after: coder }],
    at: coder.createdAt,
    coderId: coder.id,
  }
}

function nameOf(typed: string): string {
  const name = tidyName(typed)
  if (name === '' || name.length > MAX_NAME_LENGTH) throw new HostError('name-invalid', { name })
  return name
}

/** What the system calls whoever runs this. */
function userName(): string {
  try {
    return tidyName(userInfo().username) || 'Codicil'
  } catch {
    // A user without an entry in the system's list.
    return 'Codicil'
  }
}
