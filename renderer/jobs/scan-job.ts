import { DOCUMENT_FORMATS, type DocumentFormat, refuse } from '../../shared/extract/document'
import { detectEncoding, type EncodingLabel } from '../../shared/extract/encoding'
import { readTextFile } from '../../shared/extract/text-file'
import {
  asPromised,
  type DocumentKind,
  KIND_BYTES,
  kindOf,
} from '../../shared/intake/document-kind'
import { bytesOf, bytesOfAll, type FileBytes, limitFor, tooLarge } from './file-bytes'
import type { Details, FileProblem } from './import-messages'
import type { WorkerHelp } from './worker-side'

// The step before an import looks at the ends of every file, so that what each is, doubtful
// encodings and files that cannot come in are seen before anything is written.

export interface ScanInput {
  readonly files: readonly FileBytes[]
  /** Takes what was read of whole files, so that an import need not read them again. */
  readonly keep?: (index: number, bytes: Uint8Array<ArrayBuffer>) => void
}

/** A scan's input as it is sent: its files have gone before. */
export interface ScanStart {
  readonly kind: 'scan'
}

/** What a look at a file says about it. */
export interface ScannedFile {
  /** Its place among the files of the scan. */
  readonly index: number
  /** Bytes. Asked for here, because asking takes the page a look at the disk. */
  readonly size: number
  /** `null` for what cannot be read. */
  readonly format: DocumentFormat | null
  /** Of a plain text; `null` where the format settles it, or nothing fits. */
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

const SCANNED_AT_ONCE = 64
/** How often it reports at most: each time the page draws its list anew. */
const PROGRESS_EVERY_MS = 250

/** Looks at each file. When cancelled, ends with what it has found. */
export async function scanFiles(
  { files, keep = () => {} }: ScanInput,
  help: Pick<WorkerHelp<ScanProgress>, 'progress' | 'isCancelled'>,
  now: () => number,
): Promise<ScanResult> {
  let found: ScannedFile[] = []
  let reportedAt = now()
  for (let done = 0; done < files.length && !help.isCancelled(); done += SCANNED_AT_ONCE) {
    found.push(...(await scanSlice(files.slice(done, done + SCANNED_AT_ONCE), done, keep)))
    if (now() - reportedAt < PROGRESS_EVERY_MS) continue
    reportedAt = now()
    help.progress({
      done: Math.min(files.length, done + SCANNED_AT_ONCE),
      total: files.length,
      found,
    })
    found = []
  }
  return { found }
}

async function scanSlice(
  files: readonly FileBytes[],
  from: number,
  keep: NonNullable<ScanInput['keep']>,
): Promise<ScannedFile[]> {
  const sizes = files.map(({ size }) => size)
  const heads = await bytesOfAll(
    files.map((file, i) => {
      const isWhole = sizes[i]! <= KIND_BYTES
      return {
        blob: isWhole ? file : file.slice(0, KIND_BYTES),
        size: Math.min(sizes[i]!, KIND_BYTES),
      }
    }),
  )
  for (const [i, head] of heads.entries()) {
    if (head && sizes[i] === head.length) keep(from + i, head)
  }
  return Promise.all(
    files.map((file, i) => scanFile({ file, size: sizes[i]!, head: heads[i]!, index: from + i })),
  )
}

interface FileHead {
  readonly file: FileBytes
  readonly size: number
  readonly index: number
  readonly head: Uint8Array<ArrayBuffer> | null
}

async function scanFile({ file, size, index, head }: FileHead): Promise<ScannedFile> {
  const nothing = { index, size, format: null, encoding: null, sure: true, details: {} }
  if (size > limitFor(file.name)) {
    const { problem, details } = tooLarge(file.name, size)
    return { ...nothing, problem, details }
  }
  if (!head) return { ...nothing, problem: 'unreadable' }
  const kind = kindOf({ head, tail: await tailOf({ file, size, head }) }, file.name)
  if (kind === 'xlsx' || kind === 'csv') return { ...nothing, format: kind, problem: null }
  if (kind === 'txt' || kind === 'md') return scanText({ file, size, index, head }, kind)
  if (isFormat(kind)) return { ...nothing, format: kind, problem: null }
  return { ...nothing, ...(await problemOf(kind, { file, size })) }
}

/** A zip lists what it holds at its end. */
async function tailOf({
  file,
  size,
  head,
}: Omit<FileHead, 'index' | 'head'> & { head: Uint8Array }) {
  const isZip = head[0] === 0x50 && head[1] === 0x4b
  if (!isZip || size <= head.length) return head
  return (await bytesOf(file.slice(Math.max(0, size - KIND_BYTES)))) ?? head
}

function scanText(
  { file, size, index, head }: FileHead & { readonly head: Uint8Array },
  format: 'txt' | 'md',
): ScannedFile {
  const nothing = { index, size, format, encoding: null, sure: true, details: {} }
  const read = readTextFile(head)
  const partial = size > head.length
  if (!partial && read.ok) {
    return { ...nothing, encoding: read.encoding, sure: read.sure, problem: null }
  }
  const detected = detectEncoding(head, { partial })
  // What is wrong with a head is wrong with its file only where it does not hang on the cut.
  if (!read.ok && (!partial || read.problem === 'binary' || read.problem === 'nul')) {
    const encoding = read.problem === 'broken-characters' ? (detected?.encoding ?? null) : null
    const isBinary = read.problem === 'binary'
    const refused = refuse(isBinary ? 'unsupported' : read.problem, read.details)
    const { problem, details } = asPromised(refused, file.name)
    return { ...nothing, format: isBinary ? null : format, encoding, problem, details }
  }
  return detected
    ? { ...nothing, ...detected, problem: null }
    : { ...nothing, problem: 'unknown-encoding' }
}

/** Why a file of a kind that is not read stays out. That of an old Office file is in its depths. */
async function problemOf(
  kind: Exclude<DocumentKind, DocumentFormat>,
  { file, size }: Pick<FileHead, 'file' | 'size'>,
): Promise<{ problem: FileProblem; details: Details }> {
  const isDeep = kind === 'old-office' && size <= DEEP_BYTES
  const bytes = isDeep ? await bytesOf(file) : null
  if (bytes) return (await import('../../shared/extract/ole')).oleProblemOf(bytes)
  if (kind === 'old-office') return { problem: 'old-office', details: { kind: 'doc' } }
  if (kind === 'word-xml') return { problem: 'old-office', details: { kind: 'xml' } }
  return asPromised(refuse('unsupported', { kind }), file.name)
}

const DEEP_BYTES = 8 * 1024 * 1024

function isFormat(kind: DocumentKind): kind is DocumentFormat {
  return DOCUMENT_FORMATS.some(format => format === kind)
}
