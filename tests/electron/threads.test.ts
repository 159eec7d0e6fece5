import { createHash } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { openKeeper } from '../../electron/host/keeper'
import type { Host, TaskToken, TaskWish } from '../../shared/host'
import { bundled } from '../support/bundle'
import { adding } from '../support/entries'
import { freshFolder } from '../support/folder'
import { programIn, startProject } from '../support/program'

// Long work as the program does it: in threads of the built file. Other tests run it inline.

const THREAD = 'electron/host/thread.ts'

it('takes snapshots and saves copies', async () => {
  const { host } = await programIn(await freshFolder(), await bundled(THREAD))
  const { id, session, folder } = await startProject(host)
  await host.append(session, adding('a'))
  expect(await host.takeSnapshot(session)).toMatchObject({ seq: 2, reason: 'by-hand' })
  expect(await host.readSnapshot(id, '00000002', 0)).toMatchObject({ rows: { length: 2 } })
  const task = await host.startTask(copying(id))
  await becomes(host, task, 'done')
  const state = (await host.taskState(task)) as { result?: { sha256: string } }
  const bytes = await readFile(join(folder, 'exports/copy.codicil'))
  expect(state.result?.sha256).toBe(createHash('sha256').update(bytes).digest('hex'))
})

it('is cut off when it is cancelled, and leaves nothing', async () => {
  const { host } = await programIn(await freshFolder(), await bundled(THREAD))
  const { id, session, folder } = await startProject(host)
  for (let i = 0; i < 8; i++) await host.putBlobs(session, [noise(4_000_000, i)])
  const task = await host.startTask(copying(id))
  // The thread has spoken.
  await eventually(async () => {
    expect(await host.taskState(task)).not.toMatchObject({ phase: 'starting' })
  })
  expect((await host.taskState(task)).is).toBe('running')
  await host.cancelTask(task)
  expect(await host.taskState(task)).toEqual({ is: 'cancelled' })
  expect(await readdir(join(folder, 'exports'))).toEqual([])
  expect(await host.append(session, adding('on'))).toEqual({ seq: 2 })
})

it.each([
  ['ends without a word', 'process.exit(3)'],
  ['throws', "throw new Error('crash')"],
])('fails, with nothing left behind, when a thread %s', async (_how, program) => {
  const folder = await freshFolder()
  const file = join(folder, 'crash.mjs')
  await writeFile(file, program)
  const { host } = await programIn(folder, file)
  const { id, session, folder: project } = await startProject(host)
  await host.append(session, adding('a'))
  await expect(host.takeSnapshot(session)).rejects.toMatchObject({ reason: 'disk-error' })
  const task = await host.startTask(copying(id))
  await becomes(host, task, 'failed')
  expect(await host.taskState(task)).toMatchObject({ reason: 'disk-error' })
  expect(await readdir(join(project, 'exports'))).toEqual([])
  expect(await host.append(session, adding('on'))).toEqual({ seq: 3 })
})

it('does not write to a second copy that this very process has open', async () => {
  const folder = await freshFolder()
  const { host } = await programIn(folder, await bundled(THREAD))
  const { id, session } = await startProject(host)
  await host.append(session, adding('a'))
  const place = (await host.choosePlace(folder))!.token
  await host.setSecondPlace(id, place)
  const second = async () => (await host.listSnapshots(id)).secondPlace
  await eventually(async () => expect((await second())?.syncedAt).not.toBeNull())
  const keeper = await openKeeper((await second())!.label)
  await host.append(session, adding('b'))
  await host.takeSnapshot(session)
  await eventually(async () => expect((await second())?.failure).toBe('locked'))
  expect(keeper.lastSeq).toBe(2)
  await keeper.append(adding('there'))
  await keeper.close()
})

function copying(project: Awaited<ReturnType<typeof startProject>>['id']): TaskWish {
  return { kind: 'save-copy', project, place: null, fileName: 'copy' }
}

/** Waits for a task to end so. */
function becomes(host: Host, task: TaskToken, is: 'done' | 'failed'): Promise<void> {
  return eventually(async () => {
    const state = await host.taskState(task)
    expect(state.is, JSON.stringify(state)).toBe(is)
  })
}

/** Waits until something holds, however slow the machine is. */
function eventually(holds: () => Promise<void>): Promise<void> {
  return vi.waitFor(holds, { timeout: 20_000, interval: 5 })
}

/** Bytes that do not pack well. */
function noise(length: number, seed: number): Uint8Array {
  let at = seed + 1
  return Uint8Array.from({ length }, () => {
    at = (Math.imul(at, 1_664_525) + 1_013_904_223) >>> 0
    return at >>> 24
  })
}
