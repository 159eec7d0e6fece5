import { randomBytes } from 'node:crypto'
import { rm, stat, statfs, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

// Room put by for the day the disk is full. A file of real bytes stands on the disk doing
// nothing; when a write finds no room, the file is removed and the write is tried again. So
// what someone has just done is saved all the same, and they can be warned while it is.

/** So many times the reserve's size must be free before it is made. */
const ROOM_FACTOR = 4
/** While it could not be made, only every so many chances are taken. */
const CHANCES = 8

/** Some room that is held back. */
export interface Reserve {
  /** Whether the room is there to be given away. If not, the disk is nearly full. */
  readonly isHeld: boolean
  /** Gives the room away; answers whether there was any. */
  release(): Promise<boolean>
  /** Holds the room again if there is enough of it. Cheap, and never an error: call it often. */
  refill(): Promise<void>
}

/** The reserve kept in the file `path`; made now if there is room. Never an error. */
export async function openReserve(path: string, bytes: number): Promise<Reserve> {
  let isHeld = await stat(path).then(
    ({ size }) => size >= bytes,
    () => false,
  )
  let missed = 0
  const make = async () => {
    if (isHeld || !(await hasRoom(path, bytes * ROOM_FACTOR))) return
    try {
      // Random, since a disk that compresses would keep no room for zeros.
      await writeFile(path, randomBytes(bytes), { flush: true, mode: 0o600 })
      isHeld = true
    } catch {
      await rm(path, { force: true }).catch(() => {})
    }
  }
  await make()
  return {
    get isHeld() {
      return isHeld
    },
    async release() {
      if (!isHeld) return false
      isHeld = false
      missed = 0
      return rm(path).then(
        () => true,
        () => false,
      )
    },
    async refill() {
      if (isHeld || ++missed % CHANCES !== 0) return
      await make()
    },
  }
}

/** Removes a reserve that nobody has opened; answers whether there was one. */
export function giveAway(path: string): Promise<boolean> {
  return rm(path).then(
    () => true,
    () => false,
  )
}

async function hasRoom(path: string, bytes: number): Promise<boolean> {
  try {
    const { bavail, bsize, blocks } = await statfs(dirname(path))
    // Some network disks tell nothing; then trying will show.
    return blocks === 0 || bavail * bsize >= bytes
  } catch {
    return false
  }
}
