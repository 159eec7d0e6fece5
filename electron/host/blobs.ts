import { createHash } from 'node:crypto'
import { type FileHandle, open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Hash } from '../../shared/domain/id'
import { HostError } from '../../shared/host'
import { FRAME_HEADER_BYTES, frameOf, lengthAt, payloadAt } from '../../shared/journal/frame'
import { assertInPlace, codeOf, openFlushed, syncFolder, writeAll } from './disk'

// Report texts and original files, by the hash of their content. They stand in a few large
// files of frames rather than in one file each: five thousand small files would cost five
// thousand flushes. Nothing here is ever changed or removed.

const HASH_BYTES = 32
/** A pack longer than this is followed by a new one. */
const PACK_BYTES = 256 * 1024 * 1024

/** A project's stored bytes. */
export interface Blobs {
  /** Stores what is not stored yet; resolves with the hashes, in order, once all is on disk. */
  put(blobs: readonly Uint8Array[]): Promise<Hash[]>
  /** Throws `blob-missing` or `blob-damaged`, naming the hash. */
  get(hashes: readonly Hash[]): Promise<Uint8Array[]>
  close(): Promise<void>
}

/** A project's stored bytes, beside whoever writes. */
export interface BlobsToRead extends Pick<Blobs, 'get'> {
  /** How many bytes each has, in order; `null` for one that is not stored. */
  sizes(hashes: readonly Hash[]): Promise<(number | null)[]>
}

/** Where the frame of a blob stands. */
export interface Located {
  readonly pack: string
  /** Where the frame starts. */
  readonly start: number
  readonly end: number
}

/**
 * The blobs in `folder`, for reading beside whoever writes: needs no lock and changes nothing.
 * What was stored since is found when it is asked for. A folder that is not there has no blobs.
 */
export function blobsToRead(folder: string): BlobsToRead {
  let index: Promise<Map<Hash, Located>> | null = null
  const indexWith = async (hashes: readonly Hash[]) => {
    index ??= indexOf(folder)
    const known = await index.catch((error: unknown) => {
      index = null
      throw error
    })
    if (hashes.some(hash => !known.has(hash))) index = indexOf(folder)
    return index
  }
  return {
    get: async hashes => readAll(folder, await indexWith(hashes), hashes),
    async sizes(hashes) {
      const known = await indexWith(hashes)
      return hashes.map(hash => {
        const place = known.get(hash)
        return place ? place.end - place.start - FRAME_HEADER_BYTES - HASH_BYTES : null
      })
    },
  }
}

/** Opens the blobs in `folder`, which must exist. Reads the frames' headers only. */
export async function openBlobs(folder: string): Promise<Blobs> {
  const index = new Map<Hash, Located>()
  const names = await packsIn(folder)
  let nextNumber = Number.parseInt(names.at(-1) ?? '0', 10) + 1
  let writing: { name: string; handle: FileHandle; end: number } | null = null
  for (const name of names) {
    const path = join(folder, name)
    const { end, isWhole } = await readIndex(path, (hash, start, end) => {
      // The later one counts: what is stored twice was stored again because the first was damaged.
      index.set(hash, { pack: name, start, end })
    })
    // As with the journal, a file that ends in an unfinished write is never appended to.
    if (name === names.at(-1) && isWhole && end < PACK_BYTES) {
      writing = { name, handle: await openFlushed(path), end }
    }
  }

  return {
    async put(blobs) {
      const hashes = blobs.map(blob => createHash('sha256').update(blob).digest('hex') as Hash)
      const fresh = new Map<Hash, Uint8Array>()
      const stored = await soundAmong(hashes)
      for (const [i, hash] of hashes.entries()) if (!stored.has(hash)) fresh.set(hash, blobs[i]!)
      if (fresh.size === 0) return hashes
      const pack = await packToWrite()
      const located = new Map<Hash, Located>()
      const frames: Uint8Array[] = []
      let end = pack.end
      for (const [hash, blob] of fresh) {
        const frame = frameOf(Buffer.concat([Buffer.from(hash, 'hex'), blob]))
        frames.push(frame)
        located.set(hash, { pack: pack.name, start: end, end: end + frame.length })
        end += frame.length
      }
      try {
        await writeAll(pack.handle, Buffer.concat(frames))
        await pack.handle.datasync()
        await assertInPlace(pack.handle, join(folder, pack.name))
        pack.end = end
      } catch (error) {
        writing = null
        // Nothing of this has been acknowledged; on a full disk its room is needed.
        await pack.handle.truncate(pack.end).catch(() => {})
        await pack.handle.close().catch(() => {})
        throw error
      }
      for (const [hash, place] of located) index.set(hash, place)
      return hashes
    },

    get: hashes => readAll(folder, index, hashes),

    async close() {
      await writing?.handle.close()
      writing = null
    },
  }

  /** Which of these are stored and undamaged: what is not may be stored again. */
  async function soundAmong(hashes: readonly Hash[]): Promise<Set<Hash>> {
    const sound = new Set<Hash>()
    for await (const [hash, read] of stored(folder, index, [...new Set(hashes)])) {
      if (read && (await read().catch(damagedAsNull))) sound.add(hash)
    }
    return sound
  }

  async function packToWrite(): Promise<NonNullable<typeof writing>> {
    if (writing && writing.end < PACK_BYTES) return writing
    await writing?.handle.close()
    writing = null
    const name = `${String(nextNumber++).padStart(6, '0')}.pack`
    const handle = await open(join(folder, name), 'ax', 0o600)
    try {
      await syncFolder(folder)
    } catch (error) {
      await handle.close().catch(() => {})
      throw error
    }
    writing = { name, handle, end: 0 }
    return writing
  }
}

async function packsIn(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter(name => /^\d{6}\.pack$/.test(name)).sort()
}

/** Where each blob stands, by its hash. */
async function indexOf(folder: string): Promise<Map<Hash, Located>> {
  const index = new Map<Hash, Located>()
  const names = await packsIn(folder).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return []
    throw error
  })
  for (const pack of names) {
    await readIndex(join(folder, pack), (hash, start, end) => index.set(hash, { pack, start, end }))
  }
  return index
}

async function readAll(
  folder: string,
  index: ReadonlyMap<Hash, Located>,
  hashes: readonly Hash[],
): Promise<Uint8Array[]> {
  const blobs: Uint8Array[] = []
  for await (const [hash, read] of stored(folder, index, hashes)) {
    if (!read) throw new HostError('blob-missing', { hash })
    blobs.push(await read())
  }
  return blobs
}

/** Each hash with a way to read its bytes, or `null` for one that is not stored. Opens each pack once. */
async function* stored(
  folder: string,
  index: ReadonlyMap<Hash, Located>,
  hashes: readonly Hash[],
): AsyncGenerator<[Hash, (() => Promise<Uint8Array>) | null]> {
  const handles = new Map<string, FileHandle>()
  try {
    for (const hash of hashes) {
      const place = index.get(hash)
      if (!place) {
        yield [hash, null]
        continue
      }
      const handle = handles.get(place.pack) ?? (await open(join(folder, place.pack), 'r'))
      handles.set(place.pack, handle)
      yield [hash, () => readBlob(handle, place, hash)]
    }
  } finally {
    for (const handle of handles.values()) await handle.close()
  }
}

/**
 * Reads the hash of each whole frame of a pack; answers where the last of them ends, and
 * whether nothing else is in the file. Damage costs the frames it has hit, not those behind.
 */
export async function readIndex(
  path: string,
  found: (hash: Hash, start: number, end: number) => void,
): Promise<{ end: number; isWhole: boolean }> {
  const handle = await open(path, 'r')
  try {
    const { size } = await handle.stat()
    const head = new Uint8Array(FRAME_HEADER_BYTES + HASH_BYTES)
    let last = 0
    let isWhole = true
    for (let at: number | null = 0; at !== null && at < size; ) {
      const { bytesRead } = await handle.read(head, 0, head.length, at)
      const length = lengthAt(head.subarray(0, bytesRead), 0)
      const end: number = length === null ? size + 1 : at + FRAME_HEADER_BYTES + length
      if (end > size) {
        isWhole = false
        at = await nextHeader(handle, at + 1, size)
        continue
      }
      found(Buffer.from(head.subarray(FRAME_HEADER_BYTES)).toString('hex') as Hash, at, end)
      at = last = end
    }
    return { end: last, isWhole }
  } finally {
    await handle.close()
  }
}

/** Where the next sound header stands at or after `from`, or `null` where none does. */
async function nextHeader(handle: FileHandle, from: number, size: number): Promise<number | null> {
  const bytes = Buffer.alloc(size - from)
  const { bytesRead } = await handle.read(bytes, 0, bytes.length, from)
  const read = bytes.subarray(0, bytesRead)
  for (let at = read.indexOf('CDCL'); at >= 0; at = read.indexOf('CDCL', at + 1)) {
    if (lengthAt(read, at) !== null) return from + at
  }
  return null
}

function damagedAsNull(error: unknown): null {
  if (error instanceof HostError && error.reason === 'blob-damaged') return null
  throw error
}

/** Reads one blob and compares it with its hash. Throws `blob-damaged`. */
export async function readBlob(
  handle: FileHandle,
  place: Located,
  hash: Hash,
): Promise<Uint8Array> {
  const frame = new Uint8Array(place.end - place.start)
  for (let done = 0; done < frame.length; ) {
    const { bytesRead } = await handle.read(frame, done, frame.length - done, place.start + done)
    if (bytesRead === 0) throw new HostError('blob-damaged', { hash })
    done += bytesRead
  }
  const blob = payloadAt(frame, 0)?.subarray(HASH_BYTES)
  if (!blob || createHash('sha256').update(blob).digest('hex') !== hash) {
    throw new HostError('blob-damaged', { hash })
  }
  return blob
}
