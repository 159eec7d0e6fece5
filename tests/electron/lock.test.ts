import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { cp, mkdir, readdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import type { Writable } from 'node:stream'
import { afterEach, expect, it, onTestFinished, vi } from 'vitest'
import { isLocked, takeLock } from '../../electron/host/lock'
import { bundled } from '../support/bundle'
import { freshFolder } from '../support/folder'

afterEach(() => {
  vi.useRealTimers()
})

it('is held by one, named by process and time, and free again afterwards', async () => {
  const folder = await freshFolder()
  const lock = await takeLock(folder)
  await lock.assertHeld()
  expect(await isLocked(folder)).toBe(true)
  await expect(takeLock(folder)).rejects.toMatchObject({
    reason: 'locked',
    details: { pid: process.pid, since: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d$/) },
  })
  await lock.release()
  expect(await readdir(folder)).toEqual([])
  await expect(lock.assertHeld()).rejects.toMatchObject({ reason: 'session-ended' })
  await (await takeLock(folder)).release()
})

it('names the machine when the holder is on another one', async () => {
  const folder = await freshFolder()
  await leaveLock(folder, { machine: 'LI-LAPTOP' })
  await expect(takeLock(folder)).rejects.toMatchObject({
    reason: 'locked',
    details: { machine: 'LI-LAPTOP', since: expect.any(String) },
  })
})

it.each<[string, Partial<Left>]>([
  ['whose process has ended', { pid: 2 ** 22 - 1 }],
  ['of another boot of this machine', { boot: 'another boot' }],
  ['whose process number went to another process', { pid: process.ppid, started: '1' }],
  ['of this process, copied along with a folder', { pid: process.pid }],
  ['of another machine that has been silent', { machine: 'LI-LAPTOP', age: 121_000 }],
])('takes over a lock %s', async (_what, left) => {
  const folder = await freshFolder()
  await leaveLock(folder, left)
  expect(await isLocked(folder)).toBe(false)
  const lock = await takeLock(folder)
  await lock.assertHeld()
  expect(await readdir(folder)).toEqual(['lock'])
  await lock.release()
})

it.runIf(process.platform === 'linux')(
  'takes over a lock whose process has ended but was never collected',
  async () => {
    const folder = await freshFolder()
    // The child ends when it is told to, after the shell has become `sleep`, which collects nobody.
    const stdio = ['ignore', 'pipe', 'ignore', 'pipe'] as const
    const shell = spawn('sh', ['-c', 'sh -c "read end <&3" & echo $!; exec sleep 60'], {
      stdio: [...stdio],
    })
    onTestFinished(() => void shell.kill())
    const pid = await new Promise<number>(resolve =>
      shell.stdout!.once('data', (text: Buffer) => resolve(Number(text))),
    )
    const told = (of: number | undefined, what: string) => readFile(`/proc/${of}/${what}`, 'utf8')
    await vi.waitUntil(async () => (await told(shell.pid, 'comm')) === 'sleep\n')
    ;(shell.stdio[3] as Writable).end('\n')
    const statOf = () => told(pid, 'stat')
    await vi.waitUntil(async () => (await statOf()).includes(') Z '), { timeout: 10_000 })
    const started = (await statOf()).replace(/^.*\) /s, '').split(' ')[19]!
    await leaveLock(folder, { pid, started })
    await (await takeLock(folder)).assertHeld()
  },
)

it.each([
  ['empty', ''],
  ['cut short', '{"nonce":"a","mach'],
  ['no object', 'null'],
  ['of a stranger', '{"pid":1}'],
])('takes over a lock file that is %s', async (_what, content) => {
  const folder = await freshFolder()
  await writeFile(join(folder, 'lock'), content)
  const lock = await takeLock(folder)
  await lock.assertHeld()
  expect(await readdir(folder)).toEqual(['lock'])
})

it('passes over a folder that has the name of the lock, and keeps what is in it', async () => {
  const empty = await freshFolder()
  await mkdir(join(empty, 'lock'))
  await (await takeLock(empty)).assertHeld()
  expect(await readdir(empty)).toEqual(['lock'])

  const full = await freshFolder()
  await mkdir(join(full, 'lock'))
  await writeFile(join(full, 'lock', 'note.txt'), 'mine')
  await (await takeLock(full)).assertHeld()
  const kept = (await readdir(full)).filter(name => name !== 'lock')
  expect(kept).toHaveLength(1)
  expect(await readFile(join(full, kept[0]!, 'note.txt'), 'utf8')).toBe('mine')
})

it('goes on with a removal that another process began and never ended', async () => {
  const folder = await freshFolder()
  await leaveLock(folder, { pid: 2 ** 22 - 1, nonce: 'dead' })
  await writeFile(join(folder, 'lock.dead.dead'), '')
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout'], now: Date.now() + 11_000 })
  const lock = await takeLock(folder)
  expect(await readdir(folder)).toEqual(['lock'])
  await lock.release()
})

it('watches a heartbeat that is in the future: one that moves is alive, one that does not is dead', async () => {
  const folder = await freshFolder()
  const path = join(folder, 'lock')
  for (const isAlive of [true, false]) {
    await leaveLock(folder, { machine: 'LI-LAPTOP', age: -3_600_000 })
    vi.useFakeTimers({ toFake: ['setTimeout'] })
    const taking = takeLock(folder).then(
      lock => lock.release().then(() => 'taken'),
      (error: { reason: string }) => error.reason,
    )
    let outcome: string | null = null
    void taking.then(end => {
      outcome = end
    })
    for (let second = 0; outcome === null && second < 10_000; second++) {
      // At every step: how far the taking is by now is for the disk to say.
      if (isAlive) await utimes(path, new Date(), Date.now() / 1000 + 3620 + second)
      await vi.advanceTimersByTimeAsync(1000)
      await new Promise(resolve => setImmediate(resolve))
    }
    vi.useRealTimers()
    expect(await taking).toBe(isAlive ? 'locked' : 'taken')
  }
})

it('says that the folder is gone when it is gone, and that the lock is lost when it is lost', async () => {
  const folder = join(await freshFolder(), 'project')
  await mkdir(folder)
  const lock = await takeLock(folder)
  await rename(folder, `${folder} away`)
  await expect(lock.assertHeld()).rejects.toMatchObject({ reason: 'vanished' })
  await rename(`${folder} away`, folder)
  await lock.assertHeld()
  await rm(join(folder, 'lock'))
  await expect(lock.assertHeld()).rejects.toMatchObject({ reason: 'session-ended' })
})

it('has exactly one winner when many processes race, also for a dead holder’s lock', async () => {
  const program = await bundled('tests/support/lock-racer.ts')
  const rounds = 6
  const racers = 8
  for (let round = 0; round < rounds; round++) {
    const folder = await freshFolder()
    if (round % 3 === 1) await leaveLock(folder, { pid: 2 ** 22 - 1 })
    if (round % 3 === 2) await writeFile(join(folder, 'lock'), '')
    const all = Array.from({ length: racers }, () => racerOf(program, folder))
    try {
      await Promise.all(all.map(({ next }) => next()))
      for (const { process } of all) process.stdin!.write('go\n')
      const outcomes = await Promise.all(all.map(({ next }) => next()))
      expect(outcomes.filter(outcome => outcome === 'won')).toHaveLength(1)
      expect(outcomes.filter(outcome => outcome === 'locked')).toHaveLength(racers - 1)
      expect((await readdir(folder)).filter(name => name !== 'lock')).toEqual([])
    } finally {
      for (const { process } of all) process.kill('SIGKILL')
    }
  }
}, 120_000)

it('is not taken over from a living process, but is at once when that was killed', async () => {
  const program = await bundled('tests/support/lock-racer.ts')
  const folder = await freshFolder()
  const { process: holder, next } = racerOf(program, folder)
  await next()
  holder.stdin!.write('go\n')
  expect(await next()).toBe('won')
  await expect(takeLock(folder)).rejects.toMatchObject({ details: { pid: holder.pid } })
  // The same lock beside a copy of the folder is that process's lock too, for all one can know.
  const copy = await freshFolder()
  await cp(folder, copy, { recursive: true })
  expect(await isLocked(copy)).toBe(true)
  const ended = new Promise(resolve => holder.once('exit', resolve))
  holder.kill('SIGKILL')
  await ended
  await (await takeLock(folder)).release()
})

interface Left {
  readonly nonce: string
  readonly machine: string
  readonly boot: string
  readonly pid: number
  readonly started: string
  /** Milliseconds since its last heartbeat. */
  readonly age: number
}

/** A lock as some process left it behind; by default one of this machine's parent process. */
async function leaveLock(folder: string, { age = 0, ...left }: Partial<Left>): Promise<void> {
  const lock = await takeLock(folder)
  const path = join(folder, 'lock')
  const mine = JSON.parse(await readFile(path, 'utf8')) as Left
  await lock.release()
  await writeFile(
    path,
    JSON.stringify({ ...mine, nonce: randomUUID(), machine: hostname(), ...left }),
  )
  const at = (Date.now() - age) / 1000
  await utimes(path, at, at)
}

function racerOf(
  program: string,
  folder: string,
): { process: ChildProcess; next(): Promise<string> } {
  const child = spawn(process.execPath, [program, folder], { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines: string[] = []
  let wake = () => {}
  let rest = ''
  child.stdout.on('data', (chunk: Buffer) => {
    const parts = (rest + chunk).split('\n')
    rest = parts.pop() ?? ''
    lines.push(...parts)
    wake()
  })
  return {
    process: child,
    async next() {
      while (lines.length === 0) {
        await new Promise<void>(resolve => {
          wake = resolve
        })
      }
      return lines.shift()!
    },
  }
}
