import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { ProjectId } from '../../shared/domain/id'
import type { Host } from '../../shared/host'
import { adding } from '../support/entries'
import { freshFolder } from '../support/folder'
import { programIn, startProject } from '../support/program'

// A copy that stands beside its original has an id of its own, and a journal that was begun
// under the original's. Everything that reads its folder must know the difference.

const AS_CLIENT = { clientId: 'c1', takeOver: false }

it('lets a copy beside its original be snapshotted, read, checked and kept in a second place', async () => {
  const folder = await freshFolder()
  const { host, local } = await programIn(folder)
  const original = await startProject(host)
  await host.append(original.session, adding('a'))
  const beside = join(folder, 'beside')
  await cp(original.folder, beside, { recursive: true })
  await rm(join(beside, 'lock'))
  const manifest = JSON.parse(await readFile(join(beside, 'codicil.json'), 'utf8')) as object
  const id = 'another' as ProjectId
  const own = { ...manifest, id, study: original.id }
  await writeFile(join(beside, 'codicil.json'), JSON.stringify(own))
  await host.addProject((await host.choosePlace(beside))!.token)

  const { session } = await host.openProject(id, AS_CLIENT)
  await host.append(session, adding('b'))
  const snapshot = (await host.takeSnapshot(session))!
  expect(snapshot).toMatchObject({ seq: 3 })
  expect((await host.listSnapshots(id)).damaged).toEqual([])
  expect((await host.readSnapshot(id, snapshot.name, 0)).rows).toHaveLength(3)
  expect(await host.readProject(id, null)).toMatchObject({ id, lastSeq: 3 })
  expect(await host.readProject(id, snapshot.name)).toMatchObject({ id, lastSeq: 3 })
  expect(await ended(host, { kind: 'check-folder', session })).toMatchObject({
    is: 'done',
    result: { journal: null, damagedSnapshots: [] },
  })
  const usb = join(folder, 'usb')
  await mkdir(usb)
  await host.setSecondPlace(id, (await host.choosePlace(usb))!.token)
  await local.shutDown()
  expect((await host.listSnapshots(id)).secondPlace).toMatchObject({ failure: null })
})

it('does not open another project that was put in the place of one', async () => {
  const folder = await freshFolder()
  const { host } = await programIn(folder)
  const a = await startProject(host)
  const b = await startProject(host)
  for (const { session } of [a, b]) await host.closeProject(session)
  await rename(a.folder, join(folder, 'away'))
  await rename(b.folder, a.folder)
  await expect(host.openProject(a.id, AS_CLIENT)).rejects.toMatchObject({ reason: 'not-a-project' })
  await rename(a.folder, b.folder)
  await rename(join(folder, 'away'), a.folder)
  expect(await host.openProject(a.id, AS_CLIENT)).toMatchObject({ id: a.id })
  expect(await host.openProject(b.id, AS_CLIENT)).toMatchObject({ id: b.id })
})

async function ended(host: Host, wish: Parameters<Host['startTask']>[0]) {
  const task = await host.startTask(wish)
  for (;;) {
    const state = await host.taskState(task)
    if (state.is !== 'running') return state
    await new Promise(resolve => setImmediate(resolve))
  }
}
