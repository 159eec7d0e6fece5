import { cp, mkdir, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { openKeeper } from '../../electron/host/keeper'
import type { Hash, ProjectId } from '../../shared/domain/id'
import type { Host } from '../../shared/host'
import type { EditLabel } from '../../shared/journal/edit'
import type { NewEntry } from '../../shared/journal/history'
import type { TableRow } from '../../shared/journal/rows'
import { annotationAt } from '../support/annotations'
import { codeOf } from '../support/codes'
import { adding } from '../support/entries'
import { freshFolder } from '../support/folder'
import { importing } from '../support/keeping'
import { programIn, startProject } from '../support/program'

const TEN_MINUTES = 600_000

it('takes a snapshot ten minutes after the first change, and none without change', async () => {
  const { host, ring } = await programIn(await freshFolder())
  const { id, session } = await startProject(host)
  expect(ring(TEN_MINUTES)).toBe(0)
  await host.append(session, adding('a'))
  await host.append(session, adding('b'))
  expect(ring(TEN_MINUTES)).toBe(1)
  await expectTaken(host, id, ['interval 3'])
  expect(ring(TEN_MINUTES)).toBe(0)
  await host.append(session, adding('c'))
  expect(ring(TEN_MINUTES)).toBe(1)
  await expectTaken(host, id, ['interval 4', 'interval 3'])
})

it('takes one when a session with changes ends, in the background, and it is there at the end', async () => {
  const folder = await freshFolder()
  const { host, local, ring } = await programIn(folder)
  const { id, session } = await startProject(host)
  await host.append(session, adding('a'))
  await host.closeProject(session)
  expect(ring(TEN_MINUTES)).toBe(0)
  const again = await host.openProject(id, { clientId: 'c1', takeOver: false })
  await host.append(again.session, adding('b'))
  await local.shutDown()
  expect(await taken(host, id)).toEqual(['exit 3', 'exit 2'])
  const next = await programIn(folder)
  await next.host.openProject(id, { clientId: 'c1', takeOver: false })
  await next.local.shutDown()
  expect(await taken(host, id)).toEqual(['exit 3', 'exit 2'])
})

it('does not open a journal that has lost entries which a snapshot knows of', async () => {
  const folder = await freshFolder()
  const { host, local } = await programIn(folder)
  const { id, session, folder: project } = await startProject(host)
  await host.append(session, adding('a'))
  const log = join(project, 'journal', '000001.log')
  const before = await readFile(log)
  await host.append(session, adding('b'))
  await local.shutDown()
  const whole = await readFile(log)
  await writeFile(log, before)
  const next = await programIn(folder)
  const opening = () => next.host.openProject(id, { clientId: 'c1', takeOver: false })
  await expect(opening()).rejects.toMatchObject({ reason: 'journal-damaged' })
  expect(await readFile(log)).toEqual(before)
  await writeFile(log, whole)
  expect(await opening()).toMatchObject({ lastSeq: 3 })
})

it('takes none of a project in which nothing was done', async () => {
  const { host, local } = await programIn(await freshFolder())
  const { id } = await startProject(host)
  await local.shutDown()
  expect(await taken(host, id)).toEqual([])
})

const many = (n: number) =>
  Array.from({ length: n }, (_, i) => {
    const after = codeOf(`m${i}`)
    return { table: 'codes', id: after.id, before: null, after } as const
  })
const labelled = (label: EditLabel): NewEntry => ({ ...adding(label), label }) as NewEntry
const deletingUsed = (): NewEntry => {
  const before = annotationAt('some text', 0, 4)
  const use = { table: 'annotations', id: before.id, before, after: null } as const
  return { ...adding('x'), label: 'deleteCode', changes: [use] } as NewEntry
}

it.each<[string, NewEntry, string | null]>([
  ['an import', importing('r', '0'.repeat(64) as Hash), 'before-import'],
  ['a restore', labelled('restoreSnapshot'), 'before-restore'],
  [
    'undoing a restore',
    { ...labelled('restoreSnapshot'), kind: 'undo', of: 2 } as NewEntry,
    'before-bulk',
  ],
  ['deleting a code that is used', deletingUsed(), 'before-bulk'],
  ['deleting a code that is not', labelled('deleteCode'), null],
  ['taking an import back', labelled('removeImport'), 'before-bulk'],
  ['201 changes', { ...adding('x'), changes: many(201) } as NewEntry, 'before-bulk'],
  ['200 changes', { ...adding('x'), changes: many(200) } as NewEntry, null],
  ['a new code', adding('x'), null],
])('before %s is on disk, a snapshot is there if one is due', async (_, entry, reason) => {
  const { host } = await programIn(await freshFolder())
  const { id, session } = await startProject(host)
  await host.append(session, adding('a'))
  await host.append(session, entry)
  expect(await taken(host, id)).toEqual(reason ? [`${reason} 2`] : [])
})

it('takes one before the first entry that raises the format of the journal', async () => {
  const folder = await freshFolder()
  const old = join(folder, 'old')
  await cp(join(import.meta.dirname, '../fixtures/folder-1/project'), old, { recursive: true })
  const { host } = await programIn(folder)
  const { id } = await host.addProject((await host.choosePlace(old))!.token)
  const { session, lastSeq } = await host.openProject(id, { clientId: 'c1', takeOver: false })
  await host.append(session, adding('a'))
  await host.append(session, adding('b'))
  expect(await taken(host, id)).toEqual([`before-upgrade ${lastSeq}`])
})

it('takes one by hand, but no second one of the same state', async () => {
  const { host, clock } = await programIn(await freshFolder())
  const { id, session } = await startProject(host)
  clock.now += 5
  expect(await host.takeSnapshot(session)).toMatchObject({
    seq: 1,
    reason: 'by-hand',
    at: clock.now,
  })
  expect(await host.takeSnapshot(session)).toBeNull()
  await host.append(session, adding('a'))
  const both = await Promise.all([host.takeSnapshot(session), host.takeSnapshot(session)])
  expect(both.filter(Boolean)).toHaveLength(1)
  expect(await taken(host, id)).toEqual(['by-hand 2', 'by-hand 1'])
})

it('lets the work go on when a snapshot cannot be taken, says why, and tries again', async () => {
  const { host, ring, clock } = await programIn(await freshFolder())
  const { id, session, folder } = await startProject(host)
  await writeFile(join(folder, 'snapshots'), 'a file in the way')
  await host.append(session, adding('a'))
  expect(await host.append(session, labelled('removeImport'))).toEqual({ seq: 3 })
  expect((await host.listSnapshots(id)).failure).toEqual({ reason: 'vanished', at: clock.now })
  await expect(host.takeSnapshot(session)).rejects.toMatchObject({ reason: 'vanished' })
  expect(ring(TEN_MINUTES)).toBe(1)
  await vi.waitUntil(() => ring(TEN_MINUTES) === 1)
  await rm(join(folder, 'snapshots'))
  await vi.waitUntil(async () => {
    ring(TEN_MINUTES)
    return (await taken(host, id)).length > 0
  })
  expect(await taken(host, id)).toEqual(['interval 3'])
  expect((await host.listSnapshots(id)).failure).toBeNull()
})

it('thins old ones out, but none that is pinned', async () => {
  const { host, clock } = await programIn(await freshFolder())
  const { id, session } = await startProject(host)
  for (let day = 0; day < 3; day++) {
    for (let minute = 0; minute < 40; minute += 10) {
      await host.append(session, adding(`${day} ${minute}`))
      await host.takeSnapshot(session)
      clock.now += 10 * 60_000
    }
    if (day === 0) await host.pinSnapshot(id, '00000002', true)
    clock.now += 86_400_000
  }
  await host.append(session, adding('last'))
  await host.takeSnapshot(session)
  const { snapshots } = await host.listSnapshots(id)
  expect(snapshots.map(({ seq, isPinned }) => `${seq}${isPinned ? ' pinned' : ''}`)).toEqual([
    '14',
    ...(snapshots.length === 5 ? ['13', '9'] : []),
    '5',
    '2 pinned',
  ])
})

it('pins five at most, under the same name, and lets go of them', async () => {
  const { host } = await programIn(await freshFolder())
  const { id, session, folder } = await startProject(host)
  const names: string[] = []
  for (let i = 0; i < 6; i++) {
    await host.append(session, adding(`n${i}`))
    names.push((await host.takeSnapshot(session))!.name)
  }
  for (const name of names.slice(0, 5)) await host.pinSnapshot(id, name, true)
  await expect(host.pinSnapshot(id, names[5]!, true)).rejects.toMatchObject({
    reason: 'too-many-pinned',
  })
  expect(await readdir(join(folder, 'snapshots'))).toContain('00000002.pinned.json.gz')
  expect((await host.readSnapshot(id, names[0]!, 0)).rows).toHaveLength(2)
  await host.pinSnapshot(id, names[0]!, false)
  await host.pinSnapshot(id, names[0]!, false)
  await host.pinSnapshot(id, names[5]!, true)
  const { snapshots } = await host.listSnapshots(id)
  expect(snapshots.map(({ isPinned }) => isPinned)).toEqual([true, true, true, true, true, false])
  await expect(host.pinSnapshot(id, '00000099', true)).rejects.toMatchObject({
    reason: 'snapshot-missing',
  })
})

it('says which file is damaged once that was found, and takes another in its place', async () => {
  const { host } = await programIn(await freshFolder())
  const { id, session, folder } = await startProject(host)
  await host.append(session, adding('a'))
  await host.takeSnapshot(session)
  const path = join(folder, 'snapshots/00000002.json.gz')
  const bytes = await readFile(path)
  bytes[bytes.length - 10]! ^= 0xff
  await writeFile(path, bytes)
  for (let time = 0; time < 2; time++) {
    await expect(host.readSnapshot(id, '00000002', 0)).rejects.toMatchObject({
      reason: 'snapshot-damaged',
    })
  }
  expect(await host.listSnapshots(id)).toMatchObject({
    snapshots: [],
    damaged: ['00000002.json.gz'],
  })
  expect(await host.takeSnapshot(session)).toMatchObject({ seq: 2 })
  expect(await taken(host, id)).toEqual(['by-hand 2'])
  expect(await rowsOf(host, id, '00000002')).toHaveLength(2)
  await expect(host.readSnapshot(id, '00000001', 0)).rejects.toMatchObject({
    reason: 'snapshot-missing',
  })
})

it('knows a snapshot of another history by its chain, and replaces it', async () => {
  const { host, local } = await programIn(await freshFolder())
  const { id, session, folder } = await startProject(host)
  await host.append(session, adding('a'))
  const earlier = join(await freshFolder(), 'journal')
  await cp(join(folder, 'journal'), earlier, { recursive: true })
  await host.append(session, adding('b'))
  await host.closeProject(session)
  await local.shutDown()
  await rm(join(folder, 'journal'), { recursive: true })
  await cp(earlier, join(folder, 'journal'), { recursive: true })
  const keeper = await openKeeper(folder)
  await keeper.append(adding('otherwise'))
  await keeper.close()
  const again = await host.openProject(id, { clientId: 'c1', takeOver: false })
  expect(await host.takeSnapshot(again.session)).toMatchObject({ seq: 3 })
  const names = (await rowsOf(host, id, '00000003')).map(({ row }) => row.id)
  expect(names).toContain('otherwise')
  expect(names).not.toContain('b')
})

it('takes no pinned snapshot of another history for one of this, and keeps it', async () => {
  const { host, local } = await programIn(await freshFolder())
  const { id, session, folder } = await startProject(host)
  await host.append(session, adding('a'))
  const earlier = join(await freshFolder(), 'journal')
  await cp(join(folder, 'journal'), earlier, { recursive: true })
  await host.append(session, adding('b'))
  await host.takeSnapshot(session)
  await host.pinSnapshot(id, '00000003', true)
  const pinned = await readFile(join(folder, 'snapshots/00000003.pinned.json.gz'))
  await host.closeProject(session)
  await local.shutDown()
  await rm(join(folder, 'journal'), { recursive: true })
  await cp(earlier, join(folder, 'journal'), { recursive: true })
  const keeper = await openKeeper(folder)
  await keeper.append(adding('otherwise'))
  await keeper.close()
  const again = await host.openProject(id, { clientId: 'c1', takeOver: false })
  expect(await host.takeSnapshot(again.session)).toMatchObject({ seq: 3 })
  expect(await taken(host, id)).toEqual(['by-hand 3'])
  expect((await rowsOf(host, id, '00000003')).map(({ row }) => row.id)).toContain('otherwise')
  const files = await readdir(join(folder, 'snapshots'))
  const aside = files.find(name => /^00000003\.other-[0-9a-f]{8}\.json\.gz$/.test(name))
  expect(await readFile(join(folder, 'snapshots', aside!))).toEqual(pinned)
})

it('takes one of every other project when the disk of one fails at the end', async () => {
  const { host, local } = await programIn(await freshFolder())
  const bad = await startProject(host, 'Bad')
  const good = await startProject(host, 'Good')
  await host.append(bad.session, adding('a'))
  await host.append(good.session, adding('a'))
  // A file that cannot be read, whoever asks.
  await rm(join(bad.folder, 'lock'))
  await symlink('lock', join(bad.folder, 'lock'))
  await local.shutDown()
  expect(await taken(host, good.id)).toEqual(['exit 2'])
  expect(await readdir(good.folder)).not.toContain('lock')
})

it('takes none of a folder that was left behind, and does not complain of it', async () => {
  const folder = await freshFolder()
  const { host, local } = await programIn(folder)
  const { id, session, folder: old } = await startProject(host)
  await host.append(session, adding('a'))
  await rename(old, `${old} away`)
  const place = (await host.choosePlace(folder))!.token
  const refuge = await host.openRefuge(id, place)
  await host.append(refuge, adding('all'))
  await host.closeRefuge(refuge)
  await host.openProject(id, { clientId: 'c1', takeOver: false })
  await local.shutDown()
  expect((await host.listSnapshots(id)).failure).toBeNull()
})

it('is safe with trashing and opening again at once', async () => {
  const { host, local } = await programIn(await freshFolder())
  const { id, session } = await startProject(host)
  await host.append(session, adding('a'))
  await host.closeProject(session)
  const again = await host.openProject(id, { clientId: 'c1', takeOver: false })
  await host.append(again.session, adding('b'))
  await host.closeProject(again.session)
  await host.trashProject(id)
  await host.restoreProject(id)
  await local.shutDown()
  expect(await taken(host, id)).toEqual(['exit 3', 'exit 2'])
  expect((await host.listSnapshots(id)).failure).toBeNull()
})

it('keeps the second place up to date, shows when it could not, and goes on when it is back', async () => {
  const folder = await freshFolder()
  const { host, local, clock } = await programIn(folder)
  const { id, session } = await startProject(host)
  await host.append(session, adding('a'))
  const stick = join(folder, 'stick')
  await mkdir(stick)
  expect((await host.listSnapshots(id)).secondPlace).toBeNull()
  await host.setSecondPlace(id, (await host.choosePlace(stick))!.token)
  const label = join(stick, 'Study (Codicil backup)')
  await expectPlace(host, id, { label, syncedAt: clock.now, failure: null })

  const syncedAt = clock.now
  await rename(stick, `${stick}-away`)
  await host.append(session, adding('b'))
  clock.now += 1000
  await host.takeSnapshot(session)
  await expectPlace(host, id, { label, syncedAt, failure: 'vanished' })
  await rename(`${stick}-away`, stick)
  expect(await host.takeSnapshot(session)).toBeNull()
  await expectPlace(host, id, { label, syncedAt: clock.now, failure: null })

  await host.append(session, adding('c'))
  await host.closeProject(session)
  await local.shutDown()
  const other = await programIn(await freshFolder())
  const added = await other.host.addProject((await other.host.choosePlace(label))!.token)
  expect(added).toEqual({ id })
  const copy = await other.host.openProject(id, { clientId: 'x', takeOver: false })
  const original = await host.readProject(id, null)
  expect(await other.host.readJournal(copy.session, 1)).toEqual(
    await host.readJournal(original.session, 1),
  )
  expect(await taken(other.host, id)).toEqual(await taken(host, id))
})

it('remembers the second place over restarts, and forgets it when told', async () => {
  const folder = await freshFolder()
  const first = await programIn(folder)
  const { id } = await startProject(first.host)
  const stick = join(folder, 'stick')
  await mkdir(stick)
  await first.host.setSecondPlace(id, (await first.host.choosePlace(stick))!.token)
  await first.local.shutDown()
  const { host, local } = await programIn(folder)
  const { session } = await host.openProject(id, { clientId: 'c1', takeOver: false })
  expect((await host.listSnapshots(id)).secondPlace).toMatchObject({ failure: null })
  await host.setSecondPlace(id, null)
  expect((await host.listSnapshots(id)).secondPlace).toBeNull()
  await host.append(session, adding('a'))
  await local.shutDown()
  const log = 'Study (Codicil backup)/journal/000001.log'
  expect(await readFile(join(stick, log), 'utf8')).not.toContain('addCode"')
})

it('does not copy a copy onto itself when that is the project now', async () => {
  const folder = await freshFolder()
  const { host, local, home } = await programIn(folder)
  const { id, session } = await startProject(host)
  const stick = join(folder, 'stick')
  await mkdir(stick)
  await host.setSecondPlace(id, (await host.choosePlace(stick))!.token)
  await host.append(session, adding('a'))
  await host.closeProject(session)
  await local.shutDown()
  await rm(join(home, 'Study'), { recursive: true })
  const place = await host.choosePlace(join(stick, 'Study (Codicil backup)'))
  await host.addProject(place!.token)
  const again = await host.openProject(id, { clientId: 'c1', takeOver: false })
  expect(again.lastSeq).toBe(2)
  await host.append(again.session, adding('b'))
  expect(await host.takeSnapshot(again.session)).not.toBeNull()
  await host.closeProject(again.session)
  await local.shutDown()
  expect((await host.listSnapshots(id)).secondPlace).toBeNull()
  expect(await readdir(stick)).toEqual(['Study (Codicil backup)'])
})

it('refuses a second place inside the project', async () => {
  const { host } = await programIn(await freshFolder())
  const { id, folder } = await startProject(host)
  for (const path of [folder, join(folder, 'blobs')]) {
    const place = await host.choosePlace(path)
    await expect(host.setSecondPlace(id, place!.token)).rejects.toMatchObject({
      reason: 'place-invalid',
    })
  }
})

async function taken(host: Host, id: ProjectId): Promise<string[]> {
  return (await host.listSnapshots(id)).snapshots.map(({ reason, seq }) => `${reason} ${seq}`)
}

async function expectTaken(host: Host, id: ProjectId, expected: string[]): Promise<void> {
  await expect.poll(() => taken(host, id)).toEqual(expected)
}

async function expectPlace(host: Host, id: ProjectId, expected: object): Promise<void> {
  await expect.poll(async () => (await host.listSnapshots(id)).secondPlace).toEqual(expected)
}

async function rowsOf(host: Host, id: ProjectId, name: string): Promise<TableRow[]> {
  const rows: TableRow[] = []
  for (let from: number | null = 0; from !== null; ) {
    const part = await host.readSnapshot(id, name, from)
    rows.push(...part.rows)
    from = part.next
  }
  return rows
}
