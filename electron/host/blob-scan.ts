import { open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Hash } from '../../shared/domain/id'
import { HostError } from '../../shared/host'
import { readBlob, readIndex } from './blobs'
import { codeOf } from './disk'
import type { WorkHelp } from './works'

/** What reading every blob of a project has found. */
export interface BlobScan {
  readonly packs: readonly string[]
  /** Bytes in all packs. */
  readonly bytes: number
  /** Hashes whose content is whole. */
  readonly sound: ReadonlySet<Hash>
  /** Hashes that are there, but whose content is not what they say. */
  readonly damaged: ReadonlySet<Hash>
}

/**
 * Reads every blob in `folder`, a project's `blobs` folder, and compares it with its hash. Of
 * a hash that stands twice the later one counts. Needs no lock. A folder that is not there has none.
 */
export async function scanBlobs(folder: string, { progress, signal }: WorkHelp): Promise<BlobScan> {
  const listed = await readdir(folder).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return []
    throw error
  })
  const packs = listed.filter(name => /^\d{6}\.pack$/.test(name)).sort()
  const sizes = await Promise.all(packs.map(name => sizeOf(join(folder, name))))
  const bytes = sizes.reduce((sum, size) => sum + size, 0)
  const sound = new Set<Hash>()
  const damaged = new Set<Hash>()
  let done = 0
  for (const [i, pack] of packs.entries()) {
    const places: { hash: Hash; start: number; end: number }[] = []
    await readIndex(join(folder, pack), (hash, start, end) => places.push({ hash, start, end }))
    const handle = await open(join(folder, pack), 'r')
    try {
      for (const { hash, start, end } of places) {
        signal.throwIfAborted()
        const isSound = await readBlob(handle, { pack, start, end }, hash).then(
          () => true,
          (error: unknown) => {
            if (error instanceof HostError && error.reason === 'blob-damaged') return false
            throw error
          },
        )
        sound.delete(hash)
        damaged.delete(hash)
        if (isSound) sound.add(hash)
        else damaged.add(hash)
        progress('blobs', done + end, bytes)
      }
    } finally {
      await handle.close()
    }
    done += sizes[i]!
  }
  return { packs, bytes, sound, damaged }
}

async function sizeOf(path: string): Promise<number> {
  const handle = await open(path, 'r')
  try {
    return (await handle.stat()).size
  } finally {
    await handle.close()
  }
}
