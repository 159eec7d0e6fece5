import { execFileSync } from 'node:child_process'
import { closeSync, openSync, writeSync } from 'node:fs'
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { createLocalHost, type LocalHost } from '../../electron/host/host'
import type { OpenedProject } from '../../shared/host'
import { adding } from '../support/entries'
import { freshFolder } from '../support/folder'

// A small disk that really fills up, below the host. The same through the browser is in
// tests/e2e/not-saved.spec.ts.

const canMount = process.platform === 'linux' && process.getuid?.() === 0
if (!canMount) console.warn('THE FULL DISK WAS NOT TESTED: only root on Linux can mount one here.')

it.skipIf(!canMount)('codes until the disk is full, over and over, and loses nothing', async () => {
  const disk = await smallDisk(16)
  let { local, opened } = await freshProject(disk)
  const acknowledged: string[] = []
  let warnings = 0
  for (let round = 0; round < 4; round++) {
    fill(join(disk, 'filler'))
    let refused = 0
    let savedWhileLow = 0
    // Each step is 4 kB, so that the reserve takes some hundreds of them.
    for (let i = 0; refused < 3; i++) {
      const name = `${round}.${i} ${'x'.repeat(4000)}`
      try {
        const { isDiskLow } = await local.host.append(opened.session, adding(name))
        acknowledged.push(name)
        if (isDiskLow) savedWhileLow++
      } catch (error) {
        expect(error).toMatchObject({ reason: 'disk-full' })
        refused++
      }
    }
    warnings += savedWhileLow
    expect(savedWhileLow).toBeGreaterThan(50)
    expect(await namesOf(local, opened)).toEqual(acknowledged)
    const isEnding = round % 2 === 1
    if (isEnding) {
      // The program ends on the full disk, and starts on it again: it says why it cannot write.
      await local.shutDown()
      fill(join(disk, 'filler'))
      local = await hostOn(disk)
      const opening = local.host.openProject(opened.id, { clientId: 'c', takeOver: false })
      await expect(opening).rejects.toMatchObject({ reason: 'disk-full' })
    }
    await rm(join(disk, 'filler'))
    if (isEnding) {
      opened = await local.host.openProject(opened.id, { clientId: 'c', takeOver: false })
      expect(await namesOf(local, opened)).toEqual(acknowledged)
    }
    const pending = `${round} after Retry`
    await local.host.append(opened.session, adding(pending))
    acknowledged.push(pending)
    // With room again, the reserve comes back, and the warning goes.
    let isLow = true
    for (let i = 0; isLow && i < 40; i++) {
      const name = `${round}.${i} roomy`
      isLow = (await local.host.append(opened.session, adding(name))).isDiskLow === true
      acknowledged.push(name)
    }
    expect(isLow).toBe(false)
    expect((await stat(join(opened.folder, 'reserve'))).size).toBe(1024 * 1024)
  }
  await local.shutDown()
  local = await hostOn(disk)
  opened = await local.host.openProject(opened.id, { clientId: 'c', takeOver: false })
  expect(await namesOf(local, opened)).toEqual(acknowledged)
  await local.shutDown()
  console.log(
    `full disk: ${acknowledged.length} acknowledged, ${warnings} of them from the reserve, 0 lost`,
  )
})

it.skipIf(!canMount)('moves from a full disk that also holds the list of projects', async () => {
  const disk = await smallDisk(6)
  const { local, opened } = await freshProject(disk)
  await local.host.append(opened.session, adding('one'))
  fill(join(disk, 'filler'))
  await expect(
    local.host.append(opened.session, adding('x'.repeat(3_000_000))),
  ).rejects.toMatchObject({ reason: 'disk-full' })
  fill(join(disk, 'filler-2'))
  const other = await freshFolder()
  const place = (await local.host.choosePlace(other))!
  const task = await local.host.startTask({
    kind: 'relocate',
    project: opened.id,
    place: place.token,
  })
  for (;;) {
    const state = await local.host.taskState(task)
    if (state.is === 'running') await new Promise(resolve => setImmediate(resolve))
    else {
      expect(state).toMatchObject({ is: 'done', result: { folder: join(other, 'Study') } })
      break
    }
  }
  await local.host.append(opened.session, adding('two'))
  await local.shutDown()
  // The list was written too, so that the next start finds the project where it went.
  const again = await hostOn(disk)
  expect((await again.host.listProjects()).map(({ folder }) => folder)).toEqual([
    join(other, 'Study'),
  ])
  const reopened = await again.host.openProject(opened.id, { clientId: 'c', takeOver: false })
  expect(await namesOf(again, reopened)).toEqual(['one', 'two'])
  await again.shutDown()
})

it.skipIf(!canMount)('leaves nothing in a place that is too small to move to', async () => {
  const disk = await smallDisk(2)
  const home = await freshFolder()
  const { local, opened } = await freshProject(home)
  await local.host.putBlobs(opened.session, [new Uint8Array(3_000_000).fill(7)])
  const place = (await local.host.choosePlace(disk))!
  const task = await local.host.startTask({
    kind: 'relocate',
    project: opened.id,
    place: place.token,
  })
  for (;;) {
    const state = await local.host.taskState(task)
    if (state.is === 'running') await new Promise(resolve => setImmediate(resolve))
    else {
      expect(state).toMatchObject({ is: 'failed', reason: 'disk-full' })
      break
    }
  }
  expect(await readdir(disk)).toEqual([])
  await local.host.append(opened.session, adding('on'))
  await local.shutDown()
})

async function freshProject(home: string): Promise<{ local: LocalHost; opened: OpenedProject }> {
  const local = await hostOn(home)
  const place = (await local.host.about()).home.token
  const { id } = await local.host.createProject({ name: 'Study', coderName: 'Ann', place })
  return { local, opened: await local.host.openProject(id, { clientId: 'c', takeOver: false }) }
}

function hostOn(home: string): Promise<LocalHost> {
  return createLocalHost({
    version: '0.0.0',
    door: 'browser',
    dataFolder: join(home, '.codicil'),
    home,
    askForFolder: null,
    threadFile: null,
    urlOfWritten: () => null,
    now: () => Date.now(),
  })
}

/** What was added since the project was made. */
async function namesOf({ host }: LocalHost, { session }: OpenedProject): Promise<string[]> {
  const names: string[] = []
  for (let from = 2; ; ) {
    const entries = await host.readJournal(session, from)
    if (entries.length === 0) return names
    for (const entry of entries) if (entry.kind !== 'import') names.push(entry.about)
    from = entries.at(-1)!.seq + 1
  }
}

/** A disk of so many megabytes, gone when the test is. */
async function smallDisk(megabytes: number): Promise<string> {
  const disk = join(await freshFolder(), 'disk')
  await mkdir(disk)
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'codicil', disk])
  onTestFinished(() => {
    execFileSync('umount', ['--lazy', disk])
  })
  return disk
}

/** Writes until there is no room left. */
function fill(path: string): void {
  const file = openSync(path, 'a')
  try {
    for (const size of [65_536, 4096, 1]) {
      try {
        for (;;) writeSync(file, Buffer.alloc(size))
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
      }
    }
  } finally {
    closeSync(file)
  }
}
