import { lstat, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { isLocked } from './lock'

// What a program that was killed has left half done: folders under names that only this program
// gives, and that nobody takes for a project. They are removed when their place is next used,
// but only once they are so old that no program can still be at work in them.

/** How the name of a folder begins in which something is made that is not whole yet. */
export const PARTIAL = '.codicil-partial-'
/** The same for what is saved of a damaged project. */
export const RECOVERING = '.codicil-recovering-'

const STALE_MS = 24 * 60 * 60 * 1000
const LEAVING =
  /^\.codicil-(partial-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|recovering-[0-9a-z]+)$/

/** Removes what is left in a place. What cannot be removed stays for the next time. */
export async function sweepLeavings(place: string): Promise<void> {
  const names = await readdir(place).catch(() => [])
  for (const name of names.filter(each => LEAVING.test(each))) {
    const folder = join(place, name)
    const isOver = await isStale(folder).catch(() => false)
    if (isOver) await rm(folder, { recursive: true, force: true, maxRetries: 5 }).catch(() => {})
  }
}

/** Whether nothing has happened in a folder for long, nor to what stands in it. */
async function isStale(folder: string): Promise<boolean> {
  if (!(await lstat(folder)).isDirectory() || (await isLocked(folder))) return false
  const names = await readdir(folder)
  for (const path of [folder, ...names.map(name => join(folder, name))]) {
    if (Date.now() - (await lstat(path)).mtimeMs < STALE_MS) return false
  }
  return true
}
