import { createHash } from 'node:crypto'
import { ProjectDb } from '../../renderer/data/database'
import type { FileBytes } from '../../renderer/jobs/import-job'
import type { Hash } from '../../shared/domain/id'
import type { NewEntry } from '../../shared/journal/history'

let databases = 0

/** A working copy of its own, empty. */
export async function freshDb(): Promise<ProjectDb> {
  const db = new ProjectDb(`test-${++databases}`)
  await db.delete()
  await db.open()
  return db
}

/** A project folder in memory: what an import asks of the host. */
export function folder() {
  const blobs = new Map<Hash, Uint8Array>()
  const entries: NewEntry[] = []
  const put = async (some: readonly Uint8Array[]): Promise<Hash[]> =>
    some.map(blob => {
      const hash = createHash('sha256').update(blob).digest('hex') as Hash
      blobs.set(hash, blob)
      return hash
    })
  const host = {
    putBlobs: (_session: string, some: readonly Uint8Array[]) => put(some),
    append: async (_session: string, entry: NewEntry) => ({ seq: entries.push(entry) }),
  }
  return { blobs, entries, put, host }
}

/** A file in memory; text is written as UTF-8. */
export function file(name: string, content: string | Uint8Array): File {
  return new File([typeof content === 'string' ? content : content.slice()], name)
}

/** A file that was moved after it had been chosen. */
export function vanished(name: string): FileBytes {
  const gone = () => Promise.reject(new DOMException('gone', 'NotReadableError'))
  const slice = () => Object.assign(new Blob(), { arrayBuffer: gone })
  return { name, size: 10, slice, arrayBuffer: gone }
}
