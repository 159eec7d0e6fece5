import { createHash } from 'node:crypto'
import { ProjectDb } from '../../renderer/data/database'
import type { Extractor } from '../../renderer/jobs/extractor'
import type { FileBytes } from '../../renderer/jobs/file-bytes'
import type { Hash } from '../../shared/domain/id'
import { NO_MARKUP } from '../../shared/domain/markup'
import { readDocument } from '../../shared/intake/read-document'
import { studyOf } from '../../shared/intake/study'
import { lookAtTable, readTableReports } from '../../shared/intake/table-reports'
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
    readBlobs: async (_session: string, hashes: readonly Hash[]) =>
      hashes.map(hash => blobs.get(hash)!),
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

/** Reads documents at once and in place, with no worker to be ended. PDFs are not read. */
export function inPlace(): Extractor {
  const pdf = () => Promise.reject(new Error('no PDF in this test'))
  let hasEnded = false
  return {
    async read(source, reportId) {
      if (hasEnded) return null
      const document = await readDocument(source, { pdf })
      const study = document.ok
        ? studyOf(reportId, document.text, document.markup)
        : { values: [], sketch: null }
      return { document, study }
    },
    async readTable(source, choice) {
      return hasEnded ? null : readTableReports(source, choice)
    },
    async lookAt(source, sheet) {
      return hasEnded ? null : lookAtTable(source, sheet)
    },
    async study(texts) {
      if (hasEnded) return null
      return texts.map(({ reportId, text }) => studyOf(reportId, text, NO_MARKUP))
    },
    end() {
      hasEnded = true
    },
  }
}
