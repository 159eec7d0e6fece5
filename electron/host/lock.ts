import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { link, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { HostError } from '../../shared/host'
import { codeOf } from './disk'

// One process writes a project at a time. The lock is a file that names its holder well
// enough to tell a living holder from one that crashed: machine, boot, process and the
// process's own starting time, since process numbers are used again.

/** Proof of being a project's only writer. */
export interface Lock {
  /** Throws `session-ended` when the lock has been lost to someone else. */
  assertHeld(): Promise<void>
  release(): Promise<void>
}

interface Holder {
  readonly nonce: string
  readonly machine: string
  readonly boot: string
  readonly pid: number
  readonly started: string
}

/** The nonces of the locks that this very process holds. */
const held = new Set<string>()

/** A holder on another machine counts as gone after this long without a sign of life. */
const SILENCE_MS = 120_000
const HEARTBEAT_MS = 20_000

/** Takes the lock of a project folder. Throws `locked` when a living process holds it. */
export async function takeLock(folder: string): Promise<Lock> {
  const path = join(folder, 'lock')
  const mine: Holder = { nonce: randomUUID(), ...thisProcess(), pid: process.pid }
  const draft = join(folder, `lock.${mine.nonce}`)
  await writeFile(draft, JSON.stringify(mine), { mode: 0o600 })
  try {
    await claim(path, draft)
  } finally {
    await rm(draft, { force: true })
  }
  held.add(mine.nonce)
  const heartbeat = setInterval(() => {
    const now = new Date()
    utimes(path, now, now).catch(() => {})
  }, HEARTBEAT_MS)
  heartbeat.unref()

  return {
    async assertHeld() {
      if ((await holderOf(path))?.nonce !== mine.nonce) throw new HostError('session-ended')
    },
    async release() {
      clearInterval(heartbeat)
      held.delete(mine.nonce)
      if ((await holderOf(path))?.nonce === mine.nonce) await rm(path, { force: true })
    },
  }
}

/** Whether a living process, this one included, holds the lock of a project folder. */
export async function isLocked(folder: string): Promise<boolean> {
  return isAlive(await holderOf(join(folder, 'lock')), join(folder, 'lock'))
}

/** Makes `draft` the lock. A link is made only where no file stands, so one claimant wins. */
async function claim(path: string, draft: string): Promise<void> {
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      await link(draft, path)
      return
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') {
        if (codeOf(error) !== 'EPERM' && codeOf(error) !== 'ENOTSUP') throw error
        await claimWithoutLinks(path, draft)
        return
      }
    }
    const holder = await holderOf(path)
    if (await isAlive(holder, path)) throw new HostError('locked', { pid: holder?.pid ?? 0 })
    await setAside(path, holder)
  }
  throw new HostError('locked', { pid: 0 })
}

/** For file systems without hard links: creating a file exclusively does the same. */
async function claimWithoutLinks(path: string, draft: string): Promise<void> {
  const content = await readFile(draft, 'utf8')
  try {
    await writeFile(path, content, { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
    const holder = await holderOf(path)
    if (await isAlive(holder, path)) throw new HostError('locked', { pid: holder?.pid ?? 0 })
    await setAside(path, holder)
    await writeFile(path, content, { flag: 'wx', mode: 0o600 })
  }
}

/** Moves a dead holder's lock away. Should a quicker claimant's lock be caught, it is put back. */
async function setAside(path: string, dead: Holder | null): Promise<void> {
  const aside = `${path}.dead.${randomUUID()}`
  try {
    await rename(path, aside)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return
    throw error
  }
  if ((await holderOf(aside))?.nonce !== dead?.nonce) await link(aside, path).catch(() => {})
  await rm(aside, { force: true })
}

async function holderOf(path: string): Promise<Holder | null> {
  try {
    const value: unknown = JSON.parse(await readFile(path, 'utf8'))
    return isHolder(value) ? value : null
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || error instanceof SyntaxError) return null
    throw error
  }
}

function isHolder(value: unknown): value is Holder {
  return typeof value === 'object' && value !== null && 'nonce' in value && 'pid' in value
}

/** An unreadable lock belongs to nobody: locks appear whole or not at all. */
async function isAlive(holder: Holder | null, path: string): Promise<boolean> {
  if (!holder) return false
  const here = thisProcess()
  if (holder.machine !== here.machine) return isFresh(path)
  if (holder.boot !== here.boot) return false
  // This process knows what it holds: a lock of its own that came back with a folder is none.
  if (holder.pid === process.pid && holder.started === here.started) return held.has(holder.nonce)
  try {
    process.kill(holder.pid, 0)
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
  // Where the system does not tell when a process started, its number may have passed to
  // another; then only the heartbeat says that the holder lives.
  if (holder.started === '') return isFresh(path)
  return startOf(holder.pid) === holder.started
}

async function isFresh(path: string): Promise<boolean> {
  const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: 0 }))
  return Math.abs(Date.now() - mtimeMs) < SILENCE_MS
}

function thisProcess(): Pick<Holder, 'machine' | 'boot' | 'started'> {
  return { machine: hostname(), boot: bootId(), started: startOf(process.pid) }
}

function bootId(): string {
  return process.platform === 'linux' ? read('/proc/sys/kernel/random/boot_id') : ''
}

/** When a process started, in the system's own ticks; empty where the system does not tell. */
function startOf(pid: number): string {
  if (process.platform !== 'linux') return ''
  return (
    read(`/proc/${pid}/stat`)
      .replace(/^.*\) /s, '')
      .split(' ')[19] ?? ''
  )
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    return ''
  }
}
