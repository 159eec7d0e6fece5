import { mkdir, readdir, readFile, rename, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Host, OpenedProject, Place, TaskResults } from '../../shared/host'
import { browserDoor } from '../support/doors'
import { adding } from '../support/entries'
import { failingDisk } from '../support/faults'
import { freshFolder } from '../support/folder'

it('copies a project, goes on in the copy under the same session, and leaves the old as it was', async () => {
  const { host, opened, place, old, target } = await freshWorld()
  await host.append(opened.session, adding('one'))
  const [hash] = await host.putBlobs(opened.session, [bytesOf('a text')])
  const before = await contentsOf(old)
  const { folder } = await relocate(host, opened, place)
  expect(folder).toBe(join(target, 'Study'))
  expect(await host.append(opened.session, adding('two'))).toEqual({ seq: 3 })
  expect(await host.readBlobs(opened.session, [hash!])).toEqual([bytesOf('a text')])
  expect(await namesOf(host, opened)).toEqual(['Ann', 'one', 'two'])
  expect(await contentsOf(old)).toEqual(before)
  expect((await host.listProjects()).map(({ folder }) => folder)).toEqual([folder])
  expect(await readdir(target)).toEqual(['Study'])
  await host.closeProject(opened.session)

  const again = await host.openProject(opened.id, { clientId: 'c', takeOver: false })
  expect(again.folder).toBe(folder)
  expect(await namesOf(host, again)).toEqual(['Ann', 'one', 'two'])
})

it('takes along what was acknowledged, and not what was refused', async () => {
  const { host, opened, place } = await freshWorld()
  const faults = await failingDisk()
  await host.append(opened.session, adding('kept'))
  // Of an append’s calls the flush fails: the whole frame stands in the file, unacknowledged.
  let flush = 1
  for (; ; flush++) {
    faults.arm(flush, 'EIO')
    const error = await host.append(opened.session, adding(`n${flush}`)).catch(() => null)
    if (!error && faults.failed[0] === 'datasync') break
    faults.heal()
  }
  faults.heal()
  const names = await namesOf(host, opened)
  const { folder } = await relocate(host, opened, place)
  expect(folder).not.toBeNull()
  expect(await namesOf(host, opened)).toEqual(names)
  expect(names).not.toContain(`n${flush}`)
  await host.append(opened.session, adding('last'))
  await host.closeProject(opened.session)
  const again = await host.openProject(opened.id, { clientId: 'c', takeOver: false })
  expect(await namesOf(host, again)).toEqual([...names, 'last'])
})

it('leaves nothing at the new place, and the session as it was, whichever call fails there', async () => {
  const { host, opened, old, target, door } = await freshWorld()
  await host.append(opened.session, adding('one'))
  await host.putBlobs(opened.session, [bytesOf('a text')])
  let folder = old
  const faults = await failingDisk()
  let points = 0
  for (let n = 1; ; n++) {
    const parent = join(target, String(n))
    await mkdir(parent)
    const place = await door(parent)
    faults.arm(n, (['ENOSPC', 'EIO', 'EACCES'] as const)[n % 3]!)
    const outcome = await relocate(host, opened, place).catch(() => null)
    const hasFailed = faults.failed.length > 0
    faults.heal()
    if (outcome?.folder) folder = outcome.folder
    else expect(await readdir(parent)).toEqual([])
    expect((await host.listProjects()).map(each => each.folder)).toEqual([folder])
    expect(await namesOf(host, opened)).toEqual(['Ann', 'one'])
    if (!hasFailed) break
    points++
  }
  console.log(`moving a project: ${points} fault points`)
  expect(points).toBeGreaterThan(30)
  expect(await host.append(opened.session, adding('two'))).toEqual({ seq: 3 })
})

it('can be cancelled, and leaves nothing then', async () => {
  const { host, opened, place, target } = await freshWorld()
  for (let i = 0; i < 8; i++) {
    await host.putBlobs(opened.session, [new Uint8Array(3_000_000).fill(i)])
  }
  const wish = { kind: 'relocate', project: opened.id, place: place.token } as const
  const task = await host.startTask(wish)
  await host.cancelTask(task)
  expect(await host.taskState(task)).toEqual({ is: 'cancelled' })
  expect(await readdir(target)).toEqual([])
  expect(await host.append(opened.session, adding('on'))).toEqual({ seq: 2 })
})

it('writes what came in meanwhile to the new folder, once', async () => {
  const { host, opened, place } = await freshWorld()
  await host.putBlobs(opened.session, [new Uint8Array(3_000_000)])
  const moving = relocate(host, opened, place)
  const written = await Promise.all([
    host.append(opened.session, adding('a')),
    moving.then(() => host.append(opened.session, adding('b'))),
    host.putBlobs(opened.session, [bytesOf('late')]),
  ])
  expect(written.slice(0, 2)).toEqual([{ seq: 2 }, { seq: 3 }])
  expect(await namesOf(host, opened)).toEqual(['Ann', 'a', 'b'])
  expect(await host.readBlobs(opened.session, written[2] as never)).toEqual([bytesOf('late')])
})

it('goes by the folder alone when nobody has the project open, and refuses one within the old', async () => {
  const { host, opened, place, door, old } = await freshWorld()
  await host.append(opened.session, adding('one'))
  await host.closeProject(opened.session)
  const within = await door(join(old, 'blobs'))
  await expect(relocate(host, opened, within)).rejects.toMatchObject({ reason: 'place-invalid' })
  const { folder } = await relocate(host, opened, place)
  const again = await host.openProject(opened.id, { clientId: 'c', takeOver: false })
  expect(again.folder).toBe(folder)
  expect(await namesOf(host, again)).toEqual(['Ann', 'one'])
})

it('loses nothing that a window writes while a project that nobody has open is moved', async () => {
  const { host, opened, place } = await freshWorld()
  await host.putBlobs(opened.session, [new Uint8Array(9_000_000)])
  await host.closeProject(opened.session)
  const moved = relocate(host, opened, place).catch(() => null)
  expect(await writtenDuring(host, opened, moved)).toEqual(await namesLater(host, opened))
})

it('gives a move up when somebody has opened the project after all, where no lock could hold them off', async () => {
  const { host, opened, place, target } = await freshWorld()
  await host.putBlobs(opened.session, [new Uint8Array(9_000_000)])
  await host.closeProject(opened.session)
  const faults = await failingDisk()
  // The first file that is written is the lock.
  for (let n = 1; ; n++) {
    const before = [await foldersOf(host), await readdir(target)]
    faults.arm(n, 'EROFS')
    const moved = relocate(host, opened, place).catch((error: unknown) => error)
    while (faults.failed.length === 0) await new Promise(resolve => setImmediate(resolve))
    if (faults.failed[0] !== 'writeFile') {
      await moved
      continue
    }
    const written = await writtenDuring(host, opened, moved)
    expect(await moved).toMatchObject({ reason: 'open-elsewhere' })
    expect(written).toEqual(['Ann', 'mine'])
    expect(await namesLater(host, opened)).toEqual(written)
    expect([await foldersOf(host), await readdir(target)]).toEqual(before)
    break
  }
})

it('leaves out snapshots that cannot be read, and nothing else', async () => {
  const { host, opened, place, old } = await freshWorld()
  await host.append(opened.session, adding('one'))
  await host.takeSnapshot(opened.session)
  await mkdir(join(old, 'snapshots/00000001.json.gz'))
  await symlink('gone', join(old, 'snapshots/00000003.json.gz'))
  const { folder } = await relocate(host, opened, place)
  expect(await readdir(join(folder!, 'snapshots'))).toEqual(['00000002.json.gz'])
  expect(await namesOf(host, opened)).toEqual(['Ann', 'one'])
})

it('does not put a refuge in the place of what another window has written meanwhile', async () => {
  const { host, opened, place, old, target } = await freshWorld()
  const refuge = await host.openRefuge(opened.id, place.token)
  await host.append(refuge, adding('mine'))
  const other = await host.openProject(opened.id, { clientId: 'd', takeOver: true })
  await host.append(other.session, adding('theirs'))
  await expect(host.closeRefuge(refuge)).rejects.toMatchObject({ reason: 'open-elsewhere' })
  await host.abortRefuge(refuge)
  expect(await host.append(other.session, adding('more'))).toEqual({ seq: 3 })
  expect((await host.listProjects()).map(({ folder }) => folder)).toEqual([old])
  expect(await readdir(target)).toEqual([])
})

it('says that the old folder is unreadable; a refuge then takes its place once it is whole', async () => {
  const { host, opened, place, old, target } = await freshWorld()
  await host.append(opened.session, adding('one'))
  await host.settleCopy(opened.session, 2)
  await rename(old, `${old} away`)
  await expect(host.append(opened.session, adding('two'))).rejects.toMatchObject({
    reason: 'vanished',
  })
  expect(await relocate(host, opened, place)).toEqual({ folder: null })
  expect(await readdir(target)).toEqual([])

  const given = await host.openRefuge(opened.id, place.token)
  await host.append(given, adding('lost with it'))
  await host.abortRefuge(given)
  expect(await readdir(target)).toEqual([])

  const empty = await host.openRefuge(opened.id, place.token)
  await expect(host.closeRefuge(empty)).rejects.toMatchObject({ reason: 'invalid-call' })
  await host.abortRefuge(empty)

  const refuge = await host.openRefuge(opened.id, place.token)
  const [hash] = await host.putBlobs(refuge, [bytesOf('a text')])
  await host.append(refuge, { ...adding('one'), label: 'rescue' } as never)
  await host.append(refuge, adding('two'))
  // Until it is closed, the project is where it was.
  expect((await host.listProjects()).map(each => each.folder)).toEqual([old])
  const { folder } = await host.closeRefuge(refuge)
  expect(folder).toBe(join(target, 'Study'))
  await expect(host.append(opened.session, adding('three'))).rejects.toMatchObject({
    reason: 'session-ended',
  })
  await expect(host.settleCopy(opened.session, 2)).rejects.toMatchObject({
    reason: 'session-ended',
  })
  const again = await host.openProject(opened.id, { clientId: 'c', takeOver: false })
  expect(again).toMatchObject({ folder, lastSeq: 2, wasSettled: false, id: opened.id })
  expect(await namesOf(host, again)).toEqual(['one', 'two'])
  expect(await host.readBlobs(again.session, [hash!])).toEqual([bytesOf('a text')])
})

it('finds the old folder unreadable when a file of the chain is cut short', async () => {
  const { host, opened, place, old, target } = await freshWorld()
  await host.append(opened.session, adding('one'))
  const log = join(old, 'journal/000001.log')
  await writeFile(log, (await readFile(log)).subarray(0, -10))
  expect(await relocate(host, opened, place)).toEqual({ folder: null })
  expect(await readdir(target)).toEqual([])
})

interface World {
  readonly host: Host
  readonly opened: OpenedProject
  readonly old: string
  readonly target: string
  readonly place: Place
  door(path: string): Promise<Place>
}

async function freshWorld(): Promise<World> {
  const folder = await freshFolder()
  const target = join(folder, 'target')
  await mkdir(target)
  const { host, home } = await browserDoor(folder)
  const place = (await host.about()).home.token
  const { id } = await host.createProject({ name: 'Study', coderName: 'Ann', place })
  const opened = await host.openProject(id, { clientId: 'c', takeOver: false })
  const door = async (path: string) => (await host.choosePlace(path))!
  return { host, opened, old: join(home, 'Study'), target, place: await door(target), door }
}

/** Runs the task to its end. */
async function relocate(
  host: Host,
  { id }: OpenedProject,
  place: Place,
): Promise<TaskResults['relocate']> {
  const task = await host.startTask({ kind: 'relocate', project: id, place: place.token })
  for (;;) {
    const state = await host.taskState(task)
    if (state.is === 'done') return state.result as TaskResults['relocate']
    if (state.is === 'failed') throw Object.assign(new Error(state.reason), state)
    await new Promise(resolve => setImmediate(resolve))
  }
}

async function foldersOf(host: Host): Promise<string[]> {
  return (await host.listProjects()).map(({ folder }) => folder)
}

/** Opens the project as soon as that goes while it is moved, and writes; what it then has. */
async function writtenDuring(
  host: Host,
  { id }: OpenedProject,
  moved: Promise<unknown>,
): Promise<string[]> {
  let isOver = false
  void moved.then(() => {
    isOver = true
  })
  for (;;) {
    const wasOver = isOver
    const mine = await host.openProject(id, { clientId: 'd', takeOver: false }).catch(() => null)
    if (!mine) {
      expect(wasOver).toBe(false)
      continue
    }
    await host.append(mine.session, adding('mine'))
    const names = await namesOf(host, mine)
    await moved
    return names
  }
}

/** What a window that opens the project later finds. */
async function namesLater(host: Host, { id }: OpenedProject): Promise<string[]> {
  return namesOf(host, await host.openProject(id, { clientId: 'e', takeOver: true }))
}

async function namesOf(host: Host, { session }: OpenedProject): Promise<string[]> {
  return (await host.readJournal(session, 1)).map(entry =>
    entry.kind === 'import' ? '' : entry.about,
  )
}

/** Every file of a folder but the lock, and what is in it. */
async function contentsOf(folder: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {}
  for (const each of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!each.isFile() || each.name === 'lock') continue
    const path = join(each.parentPath, each.name)
    found[path.slice(folder.length)] = (await readFile(path)).toString('base64')
  }
  return found
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}
