import {
  type BatchId,
  type CoderId,
  type Hash,
  makeId,
  type ProjectId,
  type ReportId,
} from '../../shared/domain/id'
import { tidyName } from '../../shared/domain/project'
import type { Report } from '../../shared/domain/report'
import type { EncodingLabel } from '../../shared/extract/encoding'
import {
  MAX_FILE_BYTES,
  type ReadText,
  readTextFile,
  type TextNote,
  type TextProblem,
} from '../../shared/extract/text-file'
import type { Host, SessionToken } from '../../shared/host'
import { codePointsIn } from '../../shared/text/code-points'
import { normalizeText, TEXT_VERSION } from '../../shared/text/normalize'
import { CopyFailed } from '../data/commit'
import type { ProjectDb } from '../data/database'
import {
  type CanonicalText,
  canonicalOf,
  type IncomingText,
  ingestBatch,
  ingestTexts,
  openIntake,
} from '../data/ingest'
import { knownHashes } from '../data/reports'
import type { WorkerHelp } from './worker-side'

// The import takes the files in slices: while one is being saved, the next is read. One bad
// file is a line in the result and stops nothing.

/** As much of a file as an import uses. */
export type FileBytes = Pick<File, 'name' | 'size' | 'slice' | 'arrayBuffer'>

/** Why a file does not come in. `unreadable`: it vanished, changed or is locked. */
export type FileProblem = TextProblem | 'unreadable'

/** What to know about a file that came in. `unsure`: its encoding is a guess. */
export type FileNote = TextNote | 'unsure'

/** What a sentence about a problem needs: a size, a limit, a count. */
export type Details = Readonly<Record<string, string | number>>

/** A file to import, and how to read it. */
export interface ImportFile {
  readonly file: FileBytes
  /** Its name with the folders it was found in, for reading only. */
  readonly path: string
  /** The researcher's choice; `null` to detect it. */
  readonly encoding: EncodingLabel | null
}

export interface ImportInput {
  readonly kind: 'import'
  readonly projectId: ProjectId
  readonly session: SessionToken
  readonly coderId: CoderId
  readonly files: readonly ImportFile[]
}

/**
 * Files on their way to the worker, before its job starts. They are sent a few at a time:
 * handing one over makes the browser look it up on the disk, and the page must not wait for
 * thousands of them.
 */
export interface FilesMessage {
  readonly kind: 'files'
  readonly files: readonly FileBytes[]
}

/** An import's input as it is sent: its files have gone before, in the same order. */
export type ImportStart = Omit<ImportInput, 'files'> & {
  readonly marks: readonly Omit<ImportFile, 'file'>[]
}

export interface ImportProgress {
  readonly done: number
  readonly total: number
  readonly bytes: number
  readonly bytesTotal: number
  readonly elapsedMs: number
}

/** A file that did not come in. */
export interface ProblemLine {
  readonly path: string
  readonly problem: FileProblem
  readonly details: Details
}

/** A file that came in, but should be looked at. */
export interface NoteLine {
  readonly path: string
  readonly note: FileNote
}

export interface ImportResult {
  readonly imported: number
  /** Files whose text the project had already, or an earlier file of this import. */
  readonly known: number
  readonly problems: readonly ProblemLine[]
  readonly notes: readonly NoteLine[]
  /** Whether it was stopped before the last file. */
  readonly cancelled: boolean
  /** Whether all is saved but the working copy must be built anew. */
  readonly copyFailed: boolean
}

/** What an import works on and with. */
export interface ImportParts {
  readonly db: ProjectDb
  readonly host: Pick<Host, 'putBlobs' | 'append'>
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number
  /** Numbers in `[0, 1)`. */
  readonly random: () => number
}

type Help = Pick<WorkerHelp<ImportProgress>, 'progress' | 'isCancelled' | 'alone'>

const SLICE_FILES = 100
const SLICE_BYTES = 8 * 1024 * 1024
/** How often a job reports at most. */
export const PROGRESS_EVERY_MS = 100

/**
 * Brings files into the project, in the order of their names, as one batch. When cancelled,
 * keeps what is in. Rejects with the host's error when that cannot save; then nothing came in.
 */
export async function importFiles(
  { session, coderId, files }: ImportInput,
  { db, host, now, random }: ImportParts,
  help: Help,
): Promise<ImportResult> {
  const ordered = [...files].sort((a, b) => byName.compare(a.file.name, b.file.name))
  const slices = slicesOf(ordered)
  const seen = await knownHashes(db)
  const intake = await openIntake(db, host, session)
  const startedAt = now()
  const batchId = makeId(startedAt, random) as BatchId
  const reports: Report[] = []
  const problems: ProblemLine[] = []
  const notes: NoteLine[] = []
  let known = 0
  const report = progressOf(files, startedAt)

  let reading = readAll(slices[0])
  let storing: Promise<void> = Promise.resolve()
  let taken = 0
  while (taken < slices.length && !help.isCancelled()) {
    const slice = slices[taken++]!
    const contents = await reading
    reading = readAll(slices[taken])
    const fresh = await take(slice, contents)
    await storing
    storing = store(fresh).then(() => report(slice))
    // Awaited a slice later; until then a failure is nobody's surprise.
    storing.catch(() => {})
  }
  await storing

  const imported = reports.length
  const cancelled = taken < slices.length
  let copyFailed = false
  if (imported > 0) {
    const at = now()
    const counts = { imported, known, refused: problems.length, cancelled }
    const entry = { kind: 'import', batch: { id: batchId, at, ...counts }, reports } as const
    await help.alone(() =>
      ingestBatch(db, written => host.append(session, written), { ...entry, at, coderId }).catch(
        (error: unknown) => {
          if (!(error instanceof CopyFailed)) throw error
          copyFailed = true
        },
      ),
    )
  }
  return { imported, known, problems, notes, cancelled, copyFailed }

  /** Reads the texts of a slice and leaves out what is known or cannot be read. */
  async function take(
    slice: readonly ImportFile[],
    contents: readonly (Uint8Array | null)[],
  ): Promise<FreshText[]> {
    const files = slice.map((from, i) => fileIn(from, contents[i] ?? null))
    const texts = await Promise.all(files.map(file => (file.ok ? canonicalOf(file.text) : null)))
    const fresh: FreshText[] = []
    for (const [i, file] of files.entries()) {
      const { path } = slice[i]!
      const text = texts[i]
      if (!file.ok) {
        problems.push({ path, problem: file.problem, details: file.details })
      } else if (text && seen.has(text.hash)) {
        known++
      } else if (text) {
        seen.add(text.hash)
        const original = isOriginal(file, text) ? null : file.bytes
        fresh.push({ ...text, original, name: slice[i]!.file.name, encoding: file.read.encoding })
        if (!file.read.sure) notes.push({ path, note: 'unsure' })
        for (const note of file.read.notes) notes.push({ path, note })
      }
    }
    return fresh
  }

  async function store(fresh: readonly FreshText[]): Promise<void> {
    const originals = await ingestTexts(intake, fresh)
    for (const [i, each] of fresh.entries()) reports.push(reportOf(each, originals[i]!))
  }

  function reportOf({ name, encoding, text, hash }: FreshText, originalHash: Hash): Report {
    return {
      // Counted up from the start rather than read off the clock, so that ids sort as files do.
      id: makeId(startedAt + reports.length, random) as ReportId,
      batchId,
      title: titleOf(name),
      fileName: name,
      encoding,
      textHash: hash,
      originalHash,
      length: text.length,
      chars: codePointsIn(text),
      textVersion: TEXT_VERSION,
      addedAt: now(),
    }
  }

  function progressOf(all: readonly ImportFile[], since: number) {
    const total = all.length
    const bytesTotal = bytesIn(all)
    let done = 0
    let bytes = 0
    let reportedAt = Number.NEGATIVE_INFINITY
    return (slice: readonly ImportFile[]) => {
      done += slice.length
      bytes += bytesIn(slice)
      if (now() - reportedAt < PROGRESS_EVERY_MS && done < total) return
      reportedAt = now()
      help.progress({ done, total, bytes, bytesTotal, elapsedMs: reportedAt - since })
    }
  }
}

/** A file's name without its ending, as a report's first title. */
export function titleOf(fileName: string): string {
  const title = tidyName(fileName.replace(/\.[a-z][a-z0-9]{0,7}$/i, ''))
  return title === '' ? tidyName(fileName) || '?' : title
}

/** A text that the project does not have yet. */
interface FreshText extends IncomingText {
  /** The file's. */
  readonly name: string
  readonly encoding: EncodingLabel
}

/** A file as it was read: its canonical text, or why there is none. */
type FileIn =
  | {
      readonly ok: true
      readonly bytes: Uint8Array
      readonly read: ReadText
      readonly text: string
    }
  | { readonly ok: false; readonly problem: FileProblem; readonly details: Details }

const byName = new Intl.Collator('zh-u-co-pinyin', { numeric: true })

function readAll(slice: readonly ImportFile[] | undefined): Promise<(Uint8Array | null)[]> {
  return Promise.all((slice ?? []).map(({ file }) => (isTooLarge(file) ? null : bytesOf(file))))
}

/** Whether a file is over the limit, and not even read. */
export function isTooLarge({ size }: FileBytes): boolean {
  return size > MAX_FILE_BYTES
}

/** Says that it is. */
export function tooLarge({ size }: FileBytes) {
  return { ok: false, problem: 'too-large', details: { size, limit: MAX_FILE_BYTES } } as const
}

/** A file's bytes, or `null` when it is gone, has changed or cannot be opened. */
export async function bytesOf(file: Pick<Blob, 'arrayBuffer'>): Promise<Uint8Array | null> {
  try {
    return new Uint8Array(await file.arrayBuffer())
  } catch {
    // Browsers tell no more than that it cannot be read.
    return null
  }
}

function fileIn({ file, encoding }: ImportFile, bytes: Uint8Array | null): FileIn {
  if (isTooLarge(file)) return tooLarge(file)
  if (!bytes || bytes.length !== file.size) return { ok: false, problem: 'unreadable', details: {} }
  const read = readTextFile(bytes, encoding ? { encoding } : {})
  return read.ok ? { ok: true, bytes, read, text: normalizeText(read.text) } : read
}

/** Whether a file's bytes are those of its canonical text: UTF-8, and nothing was changed. */
function isOriginal(
  { read, text, bytes }: Extract<FileIn, { ok: true }>,
  { utf8 }: CanonicalText,
): boolean {
  const isAsRead = read.encoding === 'utf-8' && read.replaced === 0 && read.text === text
  return isAsRead && utf8.length === bytes.length
}

function slicesOf(files: readonly ImportFile[]): ImportFile[][] {
  const slices: ImportFile[][] = []
  let bytes = 0
  for (const each of files) {
    const last = slices.at(-1)
    bytes += each.file.size
    if (last && last.length < SLICE_FILES && bytes <= SLICE_BYTES) last.push(each)
    else {
      slices.push([each])
      bytes = each.file.size
    }
  }
  return slices
}

function bytesIn(files: readonly ImportFile[]): number {
  return files.reduce((sum, { file }) => sum + file.size, 0)
}
