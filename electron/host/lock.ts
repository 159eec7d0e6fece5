import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { link, readFile, rename, rm, rmdir, stat, utimes, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { HostError } from '../../shared/host'
import { codeOf, exists } from './disk'

// One process writes a project at a time. The lock is a file that names its holder well
// enough to tell a living holder from one that crashed: machine, boot, process and the
// process's own starting time, since process numbers are used again.

/** Proof of being a project's only writer. */
export interface Lock {
  /**
   * Throws `session-ended` when the lock was released or has been lost to someone else,
   * `vanished` when the whole folder is gone.
   */
  assertHeld(): Promise<void>
  release(): Promise<void>
}

interface Holder {
  readonly nonce: string
  readonly machine: string
  readonly boot: string
  readonly pid: number
  readonly started: string
  /** When the lock was taken, in milliseconds since the Unix epoch. */
  readonly since: number
}

/** The nonces of the locks that this very process holds. */
const held = new Set<string>()

/** A holder on another machine counts as gone after this long without a sign of life. */
const SILENCE_MS = 120_000
const HEARTBEAT_MS = 20_000
/** How long a heartbeat that is in the future is watched, and how often. */
const WATCH_MS = HEARTBEAT_MS + 5000
const WATCH_EVERY_MS = 1000
/** So long at most a dead holder's lock is being removed by someone who lives. */
const REMOVAL_MS = 10_000
const PAUSE_MS = 20
const ATTEMPTS = 50

/** Takes the lock of a project folder. Throws `locked` when a living process holds it. */
export async function takeLock(folder: string): Promise<Lock> {
  const path = join(folder, 'lock')
  const mine: Holder = {
    nonce: randomUUID(),
    ...thisProcess(),
    pid: process.pid,
    since: Date.now(),
  }
  const draft = join(folder, `lock.${mine.nonce}`)
  // Before it is claimed: who finds it must find its holder alive.
  held.add(mine.nonce)
  try {
    await writeFile(draft, JSON.stringify(mine), { mode: 0o600 })
    await claim(path, draft, mine.nonce)
  } catch (error) {
    held.delete(mine.nonce)
    throw error
  } finally {
    await rm(draft, { force: true }).catch(() => {})
  }
  const heartbeat = setInterval(() => {
    const now = new Date()
    utimes(path, now, now).catch(() => {})
  }, HEARTBEAT_MS)
  heartbeat.unref()

  return {
    async assertHeld() {
      const isHere = held.has(mine.nonce)
      if (isHere && (await holderOf(path))?.nonce === mine.nonce) return
      if (isHere && !(await exists(folder))) throw new HostError('vanished', { folder })
      throw new HostError('session-ended')
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
async function claim(path: string, draft: string, nonce: string): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    try {
      await link(draft, path)
      return
    } catch (error) {
      if (isWithoutLinks(error)) return claimWithoutLinks(path, draft, nonce)
      if (codeOf(error) !== 'EEXIST') throw error
    }
    await removeDead(path)
  }
  throw new HostError('locked', { pid: 0 })
}

/**
 * Removes a lock whose holder is dead; throws `locked` when it lives. Of several processes that
 * find the same one dead, only who makes the second link to it may remove it: else the second
 * of them would remove the lock that the first has just taken.
 */
async function removeDead(path: string): Promise<void> {
  const dead = await holderOf(path)
  if (await isAlive(dead, path)) throw lockedBy(dead)
  if (await isFolder(path)) return setAside(path)
  const proof = `${path}.dead.${dead?.nonce ?? 'unreadable'}`
  try {
    await link(path, proof)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return
    if (codeOf(error) !== 'EEXIST') throw error
    // Another process is at it, or has crashed in the middle of it.
    const { ctimeMs } = await stat(proof).catch(() => ({ ctimeMs: Date.now() }))
    if (Math.abs(Date.now() - ctimeMs) > REMOVAL_MS) await rm(proof, { force: true })
    else await new Promise(resolve => setTimeout(resolve, PAUSE_MS))
    return
  }
  try {
    if ((await holderOf(proof))?.nonce === dead?.nonce) await rm(path, { force: true })
  } finally {
    await rm(proof, { force: true })
  }
}

/** For file systems without hard links: creating a file exclusively does the same. */
async function claimWithoutLinks(path: string, draft: string, nonce: string): Promise<void> {
  const content = await readFile(draft, 'utf8')
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    try {
      await writeFile(path, content, { flag: 'wx', mode: 0o600 })
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error
      const dead = await holderOf(path)
      if (await isAlive(dead, path)) throw lockedBy(dead)
      await setAside(path, dead)
      continue
    }
    // Whoever read it while it was still empty may have set it aside.
    const holder = await holderOf(path)
    if (holder?.nonce === nonce) return
    if (holder) throw lockedBy(holder)
  }
  throw new HostError('locked', { pid: 0 })
}

/** Moves a dead holder's lock away. Should a quicker claimant's lock be caught, it is put back. */
async function setAside(path: string, dead: Holder | null = null): Promise<void> {
  const aside = `${path}.dead.${randomUUID()}`
  try {
    await rename(path, aside)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return
    throw error
  }
  if (await isFolder(aside)) {
    // A folder with something in it stays beside the lock: it is not ours to remove.
    await rmdir(aside).catch(() => {})
    return
  }
  const caught = await holderOf(aside)
  if (caught && caught.nonce !== dead?.nonce && !(await exists(path))) await rename(aside, path)
  await rm(aside, { force: true })
}

function lockedBy(holder: Holder | null): HostError {
  const { pid = 0, machine = '', since } = holder ?? {}
  const isHere = machine === hostname()
  return new HostError('locked', {
    ...(isHere ? { pid } : { machine }),
    ...(typeof since === 'number' ? { since: localTime(since) } : {}),
  })
}

/** As `2026-01-31 09:05`, by this machine's clock: the same in every language. */
function localTime(ms: number): string {
  const at = new Date(ms)
  const two = (value: number) => String(value).padStart(2, '0')
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}`
}

function isWithoutLinks(error: unknown): boolean {
  return ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(codeOf(error))
}

function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    found => found.isDirectory(),
    () => false,
  )
}

async function holderOf(path: string): Promise<Holder | null> {
  try {
    const value: unknown = JSON.parse(await readFile(path, 'utf8'))
    return isHolder(value) ? value : null
  } catch (error) {
    const isNone = ['ENOENT', 'ENOTDIR', 'EISDIR'].includes(codeOf(error))
    if (isNone || error instanceof SyntaxError) return null
    throw error
  }
}

function isHolder(value: unknown): value is Holder {
  if (typeof value !== 'object' || value === null) return false
  const { nonce, pid, machine } = value as Partial<Holder>
  return typeof nonce === 'string' && typeof pid === 'number' && typeof machine === 'string'
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

/** Whether the holder has given a sign of life of late. */
async function isFresh(path: string): Promise<boolean> {
  const first = await beatOf(path)
  if (first === null || Date.now() - first > SILENCE_MS) return false
  if (first - Date.now() < SILENCE_MS) return true
  // A heartbeat in the future: some clock is wrong or was put back. Only watching tells.
  for (let waited = 0; waited < WATCH_MS; waited += WATCH_EVERY_MS) {
    await new Promise(resolve => setTimeout(resolve, WATCH_EVERY_MS))
    const now = await beatOf(path)
    if (now !== first) return now !== null
  }
  return false
}

function beatOf(path: string): Promise<number | null> {
  return stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => null,
  )
}

function thisProcess(): Pick<Holder, 'machine' | 'boot' | 'started'> {
  return { machine: hostname(), boot: bootId(), started: startOf(process.pid) }
}

function bootId(): string {
  return process.platform === 'linux' ? read('/proc/sys/kernel/random/boot_id') : ''
}

/** When a process started, in the system's own ticks; empty where the system does not tell, or where it has ended. */
function startOf(pid: number): string {
  if (process.platform !== 'linux') return ''
  const [state, ...fields] = read(`/proc/${pid}/stat`)
    .replace(/^.*\) /s, '')
    .split(' ')
  // A process that has ended and was not collected yet keeps its number, and holds nothing.
  return state === 'Z' || state === 'X' ? '' : (fields[18] ?? '')
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    return ''
  }
}
