import { detectEncoding, type EncodingLabel } from '../../shared/extract/encoding'
import { readTextFile } from '../../shared/extract/text-file'
import {
  bytesOf,
  type Details,
  type FileBytes,
  type FileProblem,
  isTooLarge,
  PROGRESS_EVERY_MS,
  tooLarge,
} from './import-job'
import type { WorkerHelp } from './worker-side'

// The step before an import looks at the head of every file, so that doubtful encodings are
// seen before anything is written.

export interface ScanInput {
  readonly files: readonly FileBytes[]
}

/** A scan's input as it is sent: its files have gone before. */
export interface ScanStart {
  readonly kind: 'scan'
}

/** What the head of a file says about it. */
export interface ScannedFile {
  /** Its place among the files of the scan. */
  readonly index: number
  /** Bytes. Asked for here, because asking takes the page a look at the disk. */
  readonly size: number
  readonly encoding: EncodingLabel | null
  /** When false, a person should look at the preview. */
  readonly sure: boolean
  readonly problem: FileProblem | null
  readonly details: Details
}

export interface ScanProgress {
  readonly done: number
  readonly total: number
  /** What has been found since the last progress. */
  readonly found: readonly ScannedFile[]
}

export interface ScanResult {
  /** What has been found since the last progress. */
  readonly found: readonly ScannedFile[]
}

const HEAD_BYTES = 65_536
const SCANNED_AT_ONCE = 64

/** Looks at the head of each file. When cancelled, ends with what it has found. */
export async function scanFiles(
  { files }: ScanInput,
  help: Pick<WorkerHelp<ScanProgress>, 'progress' | 'isCancelled'>,
  now: () => number,
): Promise<ScanResult> {
  let found: ScannedFile[] = []
  let reportedAt = now()
  for (let done = 0; done < files.length && !help.isCancelled(); done += SCANNED_AT_ONCE) {
    const slice = files.slice(done, done + SCANNED_AT_ONCE)
    found.push(...(await Promise.all(slice.map((file, i) => scanFile(file, done + i)))))
    if (now() - reportedAt < PROGRESS_EVERY_MS) continue
    reportedAt = now()
    help.progress({ done: done + slice.length, total: files.length, found })
    found = []
  }
  return { found }
}

async function scanFile(file: FileBytes, index: number): Promise<ScannedFile> {
  const nothing = { index, size: file.size, encoding: null, sure: true, details: {} }
  if (isTooLarge(file)) {
    const { problem, details } = tooLarge(file)
    return { ...nothing, problem, details }
  }
  const head = await bytesOf(file.size > HEAD_BYTES ? file.slice(0, HEAD_BYTES) : file)
  if (!head) return { ...nothing, problem: 'unreadable' }
  const read = readTextFile(head)
  const partial = file.size > head.length
  if (!partial && read.ok) {
    return { ...nothing, encoding: read.encoding, sure: read.sure, problem: null }
  }
  const detected = detectEncoding(head, { partial })
  // What is wrong with a head is wrong with its file only where it does not hang on the cut.
  if (!read.ok && (!partial || read.problem === 'binary' || read.problem === 'nul')) {
    const encoding = read.problem === 'broken-characters' ? (detected?.encoding ?? null) : null
    return { ...nothing, encoding, problem: read.problem, details: read.details }
  }
  return detected
    ? { ...nothing, ...detected, problem: null }
    : { ...nothing, problem: 'unknown-encoding' }
}
