import { hostOver } from '../../shared/carrier'
import { databaseName, ProjectDb } from '../data/database'
import { openExtractor } from './extractor'
import { type FileBytes, heldFile } from './file-bytes'
import { importFiles } from './import-job'
import type { FilesMessage, ImportProgress, ImportResult, ImportStart } from './import-messages'
import { type ScanProgress, type ScanResult, type ScanStart, scanFiles } from './scan-job'
import { workerAt } from './worker-at'
import { runJob } from './worker-side'

const now = () => Date.now()
const random = randomInLots()

/** They read while this worker writes; the page and the disk want a share, too. */
const EXTRACTORS = Math.max(1, Math.min(4, navigator.hardwareConcurrency - 1))

const sent: FileBytes[] = []
self.addEventListener('message', ({ data }: MessageEvent<FilesMessage | { kind: unknown }>) => {
  if (data.kind === 'files' && 'files' in data) sent.push(...data.files)
})

runJob<ScanStart | ImportStart, ScanProgress | ImportProgress, ScanResult | ImportResult>(
  self,
  async (input, help) => {
    if (input.kind === 'scan')
      return scanFiles({ files: [...sent], keep: keeperIn(sent) }, help, now)
    const { choices, extractorUrl, ...rest } = input
    const files = choices.map((choice, i) => ({ ...choice, file: sent[i]! }))
    const db = new ProjectDb(databaseName(input.projectId))
    const extractor = openExtractor(() => workerAt(extractorUrl), { count: EXTRACTORS })
    try {
      const host = hostOver(help.carrier)
      return await importFiles({ ...rest, files }, { db, host, extractor, now, random }, help)
    } finally {
      extractor.end()
      db.close()
    }
  },
)

/** Numbers in `[0, 1)`: asking for each by itself took as long as reading the texts' bytes. */
function randomInLots(): () => number {
  const lot = new Uint32Array(1024)
  let next = lot.length
  return () => {
    if (next === lot.length) {
      crypto.getRandomValues(lot)
      next = 0
    }
    return (lot[next++] ?? 0) / 2 ** 32
  }
}

/**
 * How much is kept of what a scan has read, in bytes. Reading a file through the browser costs
 * more than anything that is done with a plain text of the usual length.
 */
const MOST_KEPT = 128 * 1024 * 1024

/** Puts what has been read in the place of its file, as far as there is room. */
function keeperIn(files: FileBytes[]): (index: number, bytes: Uint8Array<ArrayBuffer>) => void {
  let room = MOST_KEPT
  return (index, bytes) => {
    const file = files[index]
    if (!file || bytes.length > room) return
    room -= bytes.length
    files[index] = heldFile(file.name, bytes)
  }
}
