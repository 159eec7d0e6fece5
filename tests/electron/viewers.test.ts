import { chmod, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { openKeeper } from '../../electron/host/keeper'
import type { CoderId } from '../../shared/domain/id'
import type { Host, SessionToken } from '../../shared/host'
import { adding } from '../support/entries'
import { freshFolder } from '../support/folder'
import { everythingIn, importing } from '../support/keeping'
import { programIn, startProject } from '../support/program'

const LOG = 'journal/000001.log'

it('reads a project that a page of the same program writes to, and follows it', async () => {
  const { host } = await programIn(await freshFolder())
  const { id, session } = await startProject(host)
  await host.append(session, adding('a'))
  const view = await host.readProject(id, null)
  expect(view).toMatchObject({ isReadOnly: true, snapshot: null, lastSeq: 2, wasSettled: false })
  expect(await host.readJournal(view.session, 1)).toEqual(await host.readJournal(session, 1))
  expect(await host.readJournal(view.session, 3)).toEqual([])
  await host.append(session, adding('b'))
  expect(await host.readJournal(view.session, 3)).toEqual(await host.readJournal(session, 3))
})

it('follows another process over torn ends, new files and new texts', async () => {
  const folder = await freshFolder()
  const other = await programIn(folder)
  const { id, folder: project, session } = await startProject(other.host)
  await other.host.append(session, adding('a'))
  await other.local.shutDown()
  const { host } = await programIn(folder)
  const view = await host.readProject(id, null)
  const seen = async (from: number) =>
    (await host.readJournal(view.session, from)).map(entry =>
      entry.kind === 'import' ? 'import' : entry.about,
    )
  const keeper = await openKeeper(project)
  const [hash] = await keeper.putBlobs([new TextEncoder().encode('文本')])
  await keeper.append(importing('r', hash!))
  expect(await seen(3)).toEqual(['import'])
  expect(await host.readBlobs(view.session, [hash!])).toEqual([new TextEncoder().encode('文本')])
  await keeper.append(adding('torn'))
  await keeper.close()
  const log = join(project, LOG)
  const whole = await readFile(log)
  await writeFile(log, whole.subarray(0, -5))
  expect(await seen(4)).toEqual([])
  const second = await openKeeper(project)
  const [later] = await second.putBlobs([new TextEncoder().encode('two')])
  await second.append(adding('b'))
  await second.append(adding('c'))
  expect(await seen(4)).toEqual(['b', 'c'])
  expect(await seen(1)).toEqual(['Ann', 'a', 'import', 'b', 'c'])
  expect(await host.readBlobs(view.session, [later!, hash!])).toHaveLength(2)
  await second.close()
  const absent = 'f'.repeat(64) as typeof later
  await expect(host.readBlobs(view.session, [absent!])).rejects.toMatchObject({
    reason: 'blob-missing',
  })
})

it('ends rather than mix two histories, when what it has shown was never part of the project', async () => {
  const { host, local } = await programIn(await freshFolder())
  const { id, session, folder } = await startProject(host)
  await host.append(session, adding('a'))
  await host.append(session, adding('refused'))
  await local.shutDown()
  const view = await host.readProject(id, null)
  expect(view.lastSeq).toBe(3)
  const log = join(folder, LOG)
  await writeFile(log, (await readFile(log)).subarray(0, -1))
  const keeper = await openKeeper(folder)
  await keeper.append(adding('instead'))
  await keeper.append(adding('next'))
  await keeper.close()
  await expect(host.readJournal(view.session, 4)).rejects.toMatchObject({
    reason: 'session-ended',
  })
})

it('ends when the project goes on in another folder', async () => {
  const folder = await freshFolder()
  const { host } = await programIn(folder)
  const { id, session } = await startProject(host)
  const view = await host.readProject(id, null)
  const place = (await host.choosePlace(folder))!.token
  const task = await host.startTask({ kind: 'relocate', project: id, place })
  await vi.waitFor(async () => expect((await host.taskState(task)).is).toBe('done'))
  await host.append(session, adding('there'))
  await expect(host.readJournal(view.session, 1)).rejects.toMatchObject({
    reason: 'session-ended',
  })
  const again = await host.readProject(id, null)
  expect(await host.readJournal(again.session, 2)).toMatchObject([{ about: 'there' }])
})

it('never writes a byte, and leaves no trace in the folder', async () => {
  const { host, local } = await programIn(await freshFolder())
  const { id, session, folder } = await startProject(host)
  const [hash] = await host.putBlobs(session, [new TextEncoder().encode('x')])
  await host.append(session, adding('a'))
  const { name } = (await host.takeSnapshot(session))!
  await host.append(session, adding('b'))
  await local.shutDown()
  await writeFile(join(folder, LOG), (await readFile(join(folder, LOG))).subarray(0, -3))
  const before = await everythingIn(folder)
  for (const snapshot of [null, name]) {
    const view = await host.readProject(id, snapshot)
    await host.readJournal(view.session, 1)
    await host.readJournal(view.session, 9)
    await host.readBlobs(view.session, [hash!])
    await host.readSnapshot(id, name, 0)
    await host.listSnapshots(id)
    await expectNoWriting(host, view.session)
    await host.closeProject(view.session)
  }
  expect(await everythingIn(folder)).toEqual(before)
})

const isRoot = process.getuid?.() === 0
if (isRoot) console.warn('A FOLDER NOBODY MAY WRITE TO WAS NOT READ: root may write to all.')

it.skipIf(isRoot)('reads a folder that may not be written to', async () => {
  const { host, local } = await programIn(await freshFolder())
  const { id, session, folder } = await startProject(host)
  await host.append(session, adding('a'))
  const { name } = (await host.takeSnapshot(session))!
  await local.shutDown()
  const parts = ['.', 'journal', 'blobs', 'snapshots'].map(part => join(folder, part))
  for (const part of parts) await chmod(part, 0o500)
  try {
    const view = await host.readProject(id, null)
    expect(await host.readJournal(view.session, 1)).toHaveLength(2)
    expect((await host.readProject(id, name)).lastSeq).toBe(2)
  } finally {
    for (const part of parts) await chmod(part, 0o700)
  }
})

it('shows a snapshot with the journal up to it, and no further', async () => {
  const { host } = await programIn(await freshFolder())
  const { id, session } = await startProject(host, '旧名')
  await host.append(session, adding('a'))
  const { name } = (await host.takeSnapshot(session))!
  await host.append(session, adding('b'))
  await host.renameProject(id, 'New name')
  const view = await host.readProject(id, name)
  expect(view).toMatchObject({ isReadOnly: true, snapshot: name, lastSeq: 2, name: '旧名' })
  expect((await host.readJournal(view.session, 1)).map(({ seq }) => seq)).toEqual([1, 2])
  expect(await host.readJournal(view.session, 3)).toEqual([])
})

it('shows a snapshot when the journal is damaged or gone, and says so of the journal only', async () => {
  const { host, local } = await programIn(await freshFolder())
  const { id, session, folder } = await startProject(host)
  const [hash] = await host.putBlobs(session, [new TextEncoder().encode('x')])
  await host.append(session, adding('a'))
  const { name } = (await host.takeSnapshot(session))!
  await local.shutDown()
  const log = join(folder, LOG)
  const bytes = await readFile(log)
  bytes[60]! ^= 1
  await writeFile(log, bytes)
  const broken = async (reason: string) => {
    await expect(host.readProject(id, null)).rejects.toMatchObject({ reason })
    const view = await host.readProject(id, name)
    expect((await host.readSnapshot(id, name, 0)).rows).toHaveLength(2)
    expect(await host.readBlobs(view.session, [hash!])).toHaveLength(1)
    await expect(host.readJournal(view.session, 1)).rejects.toMatchObject({ reason })
  }
  await broken('journal-damaged')
  await rm(join(folder, 'journal'), { recursive: true })
  await broken('journal-missing')
  await expect(host.readProject(id, '00000077')).rejects.toMatchObject({
    reason: 'snapshot-missing',
  })
})

it('is of no use once it was closed, and was never of use for writing', async () => {
  const { host } = await programIn(await freshFolder())
  const { id } = await startProject(host)
  const view = await host.readProject(id, null)
  await expectNoWriting(host, view.session)
  expect((await host.exportPlace(view.session)).label).toBe(join(view.folder, 'exports'))
  await host.closeProject(view.session)
  await expect(host.readJournal(view.session, 1)).rejects.toMatchObject({
    reason: 'session-ended',
  })
})

async function expectNoWriting(host: Host, session: SessionToken): Promise<void> {
  const attempts = [
    () => host.append(session, adding('x')),
    () => host.putBlobs(session, [new Uint8Array(1)]),
    () => host.settleCopy(session, 1),
    () => host.chooseCoder(session, 'me' as CoderId),
    () => host.takeSnapshot(session),
  ]
  for (const attempt of attempts) {
    await expect(attempt()).rejects.toMatchObject({ reason: 'viewing-only' })
  }
}
