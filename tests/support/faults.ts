import promises, { type FileHandle } from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { onTestFinished } from 'vitest'

// Failing disks. Every call that the program makes of node:fs/promises, and of the file handles
// it gets from there, passes through here and is counted; the Nth of them can be made to fail.
// This is the platform's seam: none of our own modules is replaced.

/** What a failing call does. `short` writes half of what it should and says so. */
export type Fault = 'ENOSPC' | 'EIO' | 'EPERM' | 'EACCES' | 'EROFS' | 'short' | 'half'

/** Calls that are counted and can be made to fail. */
export interface Faults {
  /** Calls made since the last {@link arm}. */
  readonly calls: number
  /** Which calls have failed, such as `write`, in order. */
  readonly failed: readonly string[]
  /** Makes the Nth call from now fail; with `isLasting`, all that follow too. */
  arm(n: number, fault: Fault, options?: { isLasting: boolean }): void
  /** Lets everything succeed again. */
  heal(): void
}

type Method = (...args: unknown[]) => Promise<unknown>
type Methods = Record<string, Method>

const FILE_CALLS = [
  'access',
  'link',
  'mkdir',
  'open',
  'readFile',
  'readdir',
  'realpath',
  'rename',
  'rm',
  'rmdir',
  'stat',
  'statfs',
  'utimes',
  'writeFile',
] as const
const HANDLE_CALLS = ['datasync', 'read', 'stat', 'sync', 'truncate', 'write'] as const
/** What cannot fail for want of room. */
const NEEDS_NO_ROOM = new Set([
  'access',
  'read',
  'readFile',
  'readdir',
  'realpath',
  'rm',
  'rmdir',
  'stat',
  'statfs',
])

/** Puts itself between the program and the disk until the test is over. */
export async function failingDisk(): Promise<Faults> {
  let calls = 0
  let at = Number.POSITIVE_INFINITY
  let fault: Fault = 'EIO'
  let isLasting = false
  const failed: string[] = []
  const wrap = (name: string, real: Method): Method =>
    async function (this: unknown, ...args: unknown[]) {
      calls++
      const isDue = calls === at || (isLasting && calls > at)
      if (!isDue || (fault === 'ENOSPC' && isLasting && NEEDS_NO_ROOM.has(name))) {
        return real.apply(this, args)
      }
      const isWrite = name === 'write'
      if ((fault === 'short' || fault === 'half') && !isWrite) return real.apply(this, args)
      failed.push(name)
      if (isWrite) {
        const [bytes, start = 0, length = 0] = args as [Uint8Array, number, number]
        const half = Math.max(1, Math.floor(length / 2))
        const written = await real.call(this, bytes, start, half)
        if (fault === 'short') return written
      }
      const code = fault === 'half' ? 'ENOSPC' : fault
      throw Object.assign(new Error(`${code}: injected into ${name}`), { code })
    }
  const restore: (() => void)[] = []
  const replace = (target: Methods, names: readonly string[]) => {
    for (const name of names) {
      const real = target[name]!
      target[name] = wrap(name, real)
      restore.push(() => {
        target[name] = real
      })
    }
  }
  const probe = await promises.open('/', 'r')
  const handles = Object.getPrototypeOf(probe) as FileHandle
  await probe.close()
  replace(promises as unknown as Methods, FILE_CALLS)
  replace(handles as unknown as Methods, HANDLE_CALLS)
  syncBuiltinESMExports()
  onTestFinished(() => {
    for (const undo of restore) undo()
    syncBuiltinESMExports()
  })
  return {
    get calls() {
      return calls
    },
    get failed() {
      return failed
    },
    arm(n, what, options = { isLasting: false }) {
      calls = 0
      at = n
      fault = what
      isLasting = options.isLasting
      failed.length = 0
    },
    heal() {
      at = Number.POSITIVE_INFINITY
      isLasting = false
    },
  }
}
