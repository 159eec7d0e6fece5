import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { hostErrorOf } from '../../electron/host/disk'
import { createLocalHost, type LocalHost } from '../../electron/host/host'
import type { Hash, ProjectId } from '../../shared/domain/id'
import { HOST_REASONS, HostError, type SessionToken } from '../../shared/host'
import { invert } from '../../shared/journal/edit'
import type { NewEntry } from '../../shared/journal/history'
import { adding } from '../support/entries'
import { type Fault, type Faults, failingDisk } from '../support/faults'
import { BATCH, reportNamed } from '../support/project'

// A whole piece of work, in which the Nth call to the disk fails: for N = 1, 2, 3 … until there
// is no Nth call. Whatever failed is tried again, as a person would. In the end, and after
// opening anew, exactly what was acknowledged is there.

/** Every Nth call with every fault takes minutes; the usual run takes each with one, in turn. */
const IS_THOROUGH = process.env.CODICIL_FAULTS === 'all'
const FAULTS: readonly Fault[] = ['ENOSPC', 'EIO', 'EPERM', 'EACCES', 'EROFS', 'half', 'short']
const MINUTES = 60_000

it('loses and doubles nothing, whichever one call to the disk fails', {
  timeout: 20 * MINUTES,
}, async () => {
  const faults = await failingDisk()
  let points = 0
  for (let n = 1; ; n++) {
    let hasFailed = false
    for (const fault of IS_THOROUGH ? FAULTS : [FAULTS[n % FAULTS.length]!]) {
      const world = await freshWorld(faults)
      await world.within(async () => {
        faults.arm(n, fault)
        await world.work()
        hasFailed ||= faults.calls >= n
        points += faults.failed.length
        faults.heal()
        await world.judge(`${fault} at call ${n}`)
      })
    }
    if (!hasFailed) break
  }
  console.log(`one failing call: ${points} fault points`)
  expect(points).toBeGreaterThan(100)
})

it('keeps what it acknowledged when the disk fails and stays failed, whenever that is', {
  timeout: 20 * MINUTES,
}, async () => {
  const faults = await failingDisk()
  let points = 0
  for (let n = 1; ; n += IS_THOROUGH ? 1 : 3) {
    const fault = (['ENOSPC', 'EIO', 'EACCES'] as const)[n % 3]!
    const world = await freshWorld(faults)
    let hasFailed = false
    await world.within(async () => {
      faults.arm(n, fault, { isLasting: true })
      await world.work({ attempts: 1 })
      hasFailed = faults.calls >= n
      points += hasFailed ? 1 : 0
      faults.heal()
      await world.judge(`${fault} from call ${n} on`, { mayHaveMore: true })
    })
    if (!hasFailed) break
  }
  console.log(`a disk that stays failed: ${points} fault points`)
  expect(points).toBeGreaterThan(50)
})

interface World {
  /** Runs `action`, and clears up after it. */
  within(action: () => Promise<void>): Promise<void>
  /** The scenario; each step is tried up to so many times. */
  work(options?: { attempts: number }): Promise<void>
  /** Opens anew and compares with what was acknowledged. */
  judge(what: string, options?: { mayHaveMore: boolean }): Promise<void>
}

async function freshWorld(faults: Faults): Promise<World> {
  faults.heal()
  // Memory is as good as a disk here, and hundreds of times faster to flush.
  const root = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()
  const folder = await mkdtemp(join(root, 'codicil-faults-'))
  let local: LocalHost | null = null
  const hostNow = async () => {
    local ??= await createLocalHost({
      version: '0.0.0',
      door: 'desktop',
      dataFolder: join(folder, 'data'),
      home: join(folder, 'home'),
      askForFolder: async () => null,
      threadFile: null,
      urlOfWritten: () => null,
      now: () => 1,
    })
    return local.host
  }
  let name = 'Study'
  let id: ProjectId | null = null
  let session: SessionToken | null = null
  const entries: NewEntry[] = []
  const blobs = new Map<Hash, Uint8Array>()
  const reasons = new Set<string>()

  return {
    async within(action) {
      try {
        await action()
      } finally {
        faults.heal()
        await local?.shutDown().catch(() => {})
        await rm(folder, { recursive: true, force: true })
      }
    },

    async work({ attempts } = { attempts: 3 }) {
      const step = async (action: () => Promise<void>) => {
        for (let attempt = 1; attempt <= attempts; attempt++) {
          try {
            await action()
            return
          } catch (error) {
            told(error)
            // Whoever loses the project opens it again, as the page does.
            const isLost = error instanceof HostError && error.reason === 'session-ended'
            if (isLost && id) session = null
          }
        }
      }
      const opened = async () => {
        const host = await hostNow()
        if (!id) throw new HostError('not-found')
        session ??= (await host.openProject(id, { clientId: 'c', takeOver: false })).session
        return { host, session }
      }
      const append = (entry: NewEntry) =>
        step(async () => {
          const { host, session } = await opened()
          await host.append(session, entry)
          entries.push(entry)
        })
      const put = (bytes: string) =>
        step(async () => {
          const { host, session } = await opened()
          const blob = new TextEncoder().encode(bytes)
          const [hash] = await host.putBlobs(session, [blob])
          blobs.set(hash!, blob)
        })

      await step(async () => {
        const host = await hostNow()
        const place = (await host.about()).home.token
        id = (await host.createProject({ name, coderName: 'Ann', place })).id
      })
      if (!id) return
      await put('a text')
      await put('another text')
      await append({
        kind: 'import',
        batch: BATCH,
        reports: [reportNamed('r1')],
        variables: [],
        values: [],
        at: 1,
        coderId: ME,
      })
      await append(adding('one'))
      await append(adding('two'))
      const two = adding('two')
      if (two.kind !== 'import') {
        await append({ ...two, kind: 'undo', of: 4, changes: invert(two.changes) })
      }
      await step(async () => {
        const { host, session } = await opened()
        await host.takeSnapshot(session)
      })
      await append(adding('three'))
      await step(async () => {
        await (await hostNow()).renameProject(id!, 'Other')
        name = 'Other'
      })
      await step(async () => {
        const { host, session: token } = await opened()
        session = null
        await host.closeProject(token)
      })
      await append(adding('four'))
      await put('a late text')
      await append(adding('five'))
    },

    async judge(what, { mayHaveMore } = { mayHaveMore: false }) {
      for (const reason of reasons) expect(HOST_REASONS, what).toContain(reason)
      expect([...reasons], what).not.toContain('invalid-call')
      await local?.shutDown().catch(() => {})
      local = null
      const host = await hostNow()
      if (!id) {
        const listed = await host.listProjects()
        if (!mayHaveMore) expect(listed, what).toEqual([])
        return
      }
      for (let round = 0; round < 2; round++) {
        const { session, lastSeq } = await host.openProject(id, { clientId: 'c', takeOver: true })
        const read = await host.readJournal(session, 2)
        const found = read.map(({ seq: _, ...entry }) => entry)
        // Trying again has worked for everything.
        if (!mayHaveMore && round === 0) expect([entries.length, blobs.size], what).toEqual([7, 3])
        if (mayHaveMore) expect(found.slice(0, entries.length), what).toEqual(entries)
        else expect(found, what).toEqual(entries)
        expect(lastSeq, what).toBe(found.length + 1)
        expect(await host.readBlobs(session, [...blobs.keys()]), what).toEqual([...blobs.values()])
        const entry = adding(`after ${round}`)
        await host.append(session, entry)
        entries.splice(0, entries.length, ...found, entry)
        await host.closeProject(session)
      }
      const [listed, ...others] = await host.listProjects()
      expect(others, what).toEqual([])
      if (!mayHaveMore) expect(listed?.name, what).toBe(name)
      const strays = (await readdir(listed!.folder)).filter(each => /\.new$|^lock$/.test(each))
      if (!mayHaveMore) expect(strays, what).toEqual([])
    },
  }

  function told(error: unknown): void {
    const { reason } = error instanceof HostError ? error : hostErrorOf(error)
    reasons.add(reason)
  }
}

const ME = adding('').coderId
