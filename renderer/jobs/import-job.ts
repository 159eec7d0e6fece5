import {
  type BatchId,
  type CoderId,
  type Hash,
  makeId,
  type ProjectId,
  type ReportId,
} from '../../shared/domain/id'
import type { Report } from '../../shared/domain/report'
import type { Value } from '../../shared/domain/variable'
import type { DocumentNote, DocumentProblem, ReadDocument } from '../../shared/extract/document'
import type { EncodingLabel } from '../../shared/extract/encoding'
import type { Host, SessionToken } from '../../shared/host'
import { endsOf, kindOf } from '../../shared/intake/document-kind'
import { type NearDuplicate, nearDuplicateFinder } from '../../shared/intake/near-duplicates'
import { readPlainText } from '../../shared/intake/plain-text'
import type { HtmlMode } from '../../shared/intake/read-document'
import { markupBytes, reportFrom, titleInTable } from '../../shared/intake/report-from'
import type { Study } from '../../shared/intake/study'
import type { TableChoice, TableRows } from '../../shared/intake/table-reports'
import { importParts } from '../../shared/journal/import-parts'
import { CopyFailed } from '../data/commit'
import type { ProjectDb } from '../data/database'
import {
  type CanonicalText,
  canonicalOf,
  hashOf,
  ingestBatch,
  ingestTexts,
  knownContent,
  openIntake,
} from '../data/ingest'
import { allVariables } from '../data/variables'
import type { Extractor } from './extractor'
import { bytesOfAll, type FileBytes, limitFor, tooLarge } from './file-bytes'
import { NO_PACE, type Pace, paceMeter } from './pace'
import { type SimilarReport, similarTo } from './similar-reports'
import { type RowOrigin, rowTexts, valuesOfRows } from './table-rows'
import type { WorkerHelp } from './worker-side'

// The import takes the files in slices: while one is being saved, the next is studied, and the one
// after it read. One bad file is a line in the result and stops nothing. It is long because it is
// one story, from bytes to the journal.

/** Why a file does not come in. `unreadable`: it vanished, changed or is locked. */
export type FileProblem = DocumentProblem | 'unreadable'

/**
 * What to know about a file that came in. `unsure`: its encoding is a guess. `unfit-cells`: cells
 * of a table that do not fit their variable were left out.
 */
export type FileNote = DocumentNote | 'unsure' | 'unfit-cells'

/** What a sentence about a problem needs: a size, a limit, a count. */
export type Details = Readonly<Record<string, string | number>>

/** What was chosen about a file, and what is known of it. */
export interface ImportChoice {
  /** Its name with the folders it was found in. */
  readonly path: string
  /** Bytes, where somebody has asked already; asking takes a look at the disk. */
  readonly size: number | null
  /** The researcher's choice; `null` to detect it. */
  readonly encoding: EncodingLabel | null
  /** For web pages; `null` for what is usual. */
  readonly mode: HtmlMode | null
  /** For tables: which sheet and columns. */
  readonly table: TableChoice
}

/** A file to import, and how to read it. */
export interface ImportFile extends ImportChoice {
  readonly file: FileBytes
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
  readonly choices: readonly ImportChoice[]
  /** Where extract.worker.ts is in the build. */
  readonly extractorUrl: string
}

export interface ImportProgress extends Pace {
  /** `comparing`: all is saved, and texts are compared with those that were there before. */
  readonly phase: 'reading' | 'comparing'
  readonly done: number
  readonly total: number
  readonly bytes: number
  readonly bytesTotal: number
}

/** A file that did not come in. */
export interface ProblemLine {
  /** Its place among the files of the import. */
  readonly index: number
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
  /** Reports that came in and are nearly the same as another one. */
  readonly similar: readonly SimilarReport[]
  /** Whether it was stopped before the last file. */
  readonly cancelled: boolean
  /** Whether all is saved but the working copy must be built anew. */
  readonly copyFailed: boolean
}

/** What an import works on and with. */
export interface ImportParts {
  readonly db: ProjectDb
  readonly host: Pick<Host, 'putBlobs' | 'append'>
  readonly extractor: Extractor
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number
  /** Numbers in `[0, 1)`. */
  readonly random: () => number
  /** The most that one journal entry should take up; as `importParts` has it unless said. */
  readonly entryBytes?: number
}

type Help = Pick<WorkerHelp<ImportProgress>, 'progress' | 'isCancelled' | 'onCancel' | 'alone'>

const SLICE_FILES = 100
const SLICE_BYTES = 8 * 1024 * 1024
/** How often a job reports at most. */
export const PROGRESS_EVERY_MS = 100

/**
 * Brings files into the project, in the order of their names, as one batch. When cancelled,
 * keeps what is in. Rejects with the host's error when that cannot save; then nothing came in. An
 * import too large for one entry that breaks off between two counts as cancelled.
 */
export async function importFiles(
  { session, coderId, files }: ImportInput,
  { db, host, extractor, now, random, entryBytes }: ImportParts,
  help: Help,
): Promise<ImportResult> {
  const ordered = files.map((each, index) => sized(each, index)).sort(inNameOrder)
  const slices = slicesOf(ordered)
  const known = await knownContent(db)
  const intake = await openIntake(db, host, session)
  const startedAt = now()
  const batchId = makeId(startedAt, random) as BatchId
  const reports: Report[] = []
  const values: Value[] = []
  const problems: ProblemLine[] = []
  const notes: NoteLine[] = []
  const rows: { readonly id: ReportId; readonly origin: RowOrigin; readonly path: string }[] = []
  const finder = nearDuplicateFinder<ReportId>()
  const alike = new Map<ReportId, NearDuplicate<ReportId>>()
  const count = { known: 0, taken: 0, settled: 0, bytes: 0 }
  const tell = progressOf()
  help.onCancel(() => extractor.end())

  let reading = readAll(slices[0] ?? [])
  let storing: Promise<void> = Promise.resolve()
  for (let next = 0; next < slices.length && !help.isCancelled(); next++) {
    const slice = slices[next]!
    const read = await reading
    // This slice is given to be studied, and the next is read, before either is waited for.
    const taking = take(slice, read)
    reading = readAll(slices[next + 1] ?? [])
    reading.catch(() => {})
    const { fresh, tables } = await taking
    await startStoring(fresh)
    for (const table of tables) await takeTable(table)
  }
  await storing
  tell({ isLast: true })

  const { imported, copyFailed, brokeOff } = await bringIn({
    cancelled: count.taken < files.length,
  })
  const cancelled = brokeOff || count.taken < files.length
  problems.sort((a, b) => a.index - b.index)
  const similar = copyFailed
    ? []
    : await similarTo(db, {
        ...{ reports: reports.slice(0, imported), alike, finder },
        isCancelled: help.isCancelled,
        onProgress: (done, total) => tell({ isLast: done === total, comparing: { done, total } }),
      })
  return { imported, known: count.known, problems, notes, similar, cancelled, copyFailed }

  /** Reads the files of a slice. Nothing counts as taken yet: a slice read ahead may be dropped. */
  async function readAll(slice: readonly SizedFile[]): Promise<ReadFile[]> {
    const contents = await bytesOfSlice(slice)
    return Promise.all(slice.map((each, i) => readOne(each, contents[i] ?? null)))
  }

  /** Takes a slice that was read, but for what is known or cannot be read, and studies it. */
  async function take(
    slice: readonly SizedFile[],
    read: readonly ReadFile[],
  ): Promise<{ fresh: FreshText[]; tables: FreshTable[] }> {
    const fresh: FreshText[] = []
    const unstudied: FreshText[] = []
    const tables: FreshTable[] = []
    for (const [i, outcome] of read.entries()) {
      const { index, path, file } = slice[i]!
      if (outcome.is === 'ended') continue
      count.taken++
      if (outcome.is === 'known') {
        count.known++
        continue
      }
      if (outcome.is === 'refused') {
        const { problem, details } = outcome
        problems.push({ index, path, problem, details })
        continue
      }
      if (outcome.is === 'table') {
        tables.push({ ...outcome, file: slice[i]! })
        continue
      }
      const { document, text } = outcome
      if (known.texts.has(text.hash)) {
        count.known++
        continue
      }
      known.texts.add(text.hash)
      known.originals.add(outcome.originalHash)
      const { id, original, study } = outcome
      const place = { path, name: file.name, origin: null }
      const one: FreshText = { ...text, ...place, id, document, original, study }
      fresh.push(one)
      if (!study) unstudied.push(one)
    }
    // Cancelled: what nobody has looked at stays out, and comes in the next time.
    const isStudied = await studyAll(unstudied)
    if (!isStudied) count.taken -= unstudied.length
    return { fresh: isStudied ? fresh : fresh.filter(({ study }) => study), tables }
  }

  /** Studies texts where they are; answers false when it was ended before. */
  async function studyAll(texts: readonly FreshText[]): Promise<boolean> {
    const studies = await extractor.study(texts.map(({ id, text }) => ({ reportId: id, text })))
    for (const [i, one] of texts.entries()) one.study = studies?.[i] ?? null
    return studies !== null
  }

  /** Takes a table's rows as it takes files: what is known is left out, the rest is studied. */
  async function takeTable({ file, table, original, originalHash }: FreshTable): Promise<void> {
    const { index, path, order } = file
    for (const { row, problem, details } of table.refused) {
      problems.push({ index, path: rowPath(path, row), problem, details: { ...details, row } })
    }
    const first = table.reports[0]?.document
    if (first && !first.sure) notes.push({ path, note: 'unsure' })
    const wish = { table, originalHash, startMs: startedAt + order, random }
    let isKept = false
    for await (const some of rowTexts(wish)) {
      const fresh: FreshText[] = []
      for (const each of some) {
        if (known.texts.has(each.hash)) count.known++
        else {
          known.texts.add(each.hash)
          // The first that is kept brings the table along.
          const beside = { original: isKept ? null : original, study: null }
          isKept = true
          fresh.push({ ...each, ...beside, path, name: file.file.name })
        }
      }
      if (help.isCancelled() || !(await studyAll(fresh))) {
        count.taken--
        return
      }
      await startStoring(fresh)
      for (const { id, origin } of fresh) {
        if (origin) rows.push({ id, origin, path: rowPath(path, origin.row) })
      }
    }
  }

  /** Saves a slice once the one before it is saved. */
  async function startStoring(fresh: readonly FreshText[]): Promise<void> {
    await storing
    storing = store(fresh)
    // Awaited a slice later; until then a failure is nobody's surprise.
    storing.catch(() => {})
  }

  function noteUnfit(unfit: ReadonlySet<ReportId>): void {
    for (const { id, path } of rows) if (unfit.has(id)) notes.push({ path, note: 'unfit-cells' })
  }

  async function readOne(
    each: SizedFile,
    bytes: Uint8Array<ArrayBuffer> | null,
  ): Promise<ReadFile> {
    const outcome = await outcomeOf(each, bytes)
    // What is still being read when an import is stopped must not be told of after its end.
    if (outcome.is !== 'ended' && !help.isCancelled()) {
      count.settled++
      count.bytes += each.bytes
      tell({ isLast: false })
    }
    return outcome
  }

  async function outcomeOf(
    { file, bytes: size, encoding, mode, table: choice, order }: SizedFile,
    bytes: Uint8Array<ArrayBuffer> | null,
  ): Promise<ReadFile> {
    if (size > limitFor(file.name)) return { is: 'refused', ...tooLarge(file.name, size) }
    if (!bytes) return { is: 'refused', problem: 'unreadable', details: {} }
    const originalHash = await hashOf(bytes)
    const kind = kindOf(endsOf(bytes), file.name)
    if (kind === 'xlsx' || kind === 'csv') {
      const table = await extractor.readTable({ name: file.name, bytes, encoding }, choice)
      if (!table) return { is: 'ended' }
      if (!table.ok) return { ...table, is: 'refused' }
      return { is: 'table', table, original: bytes, originalHash }
    }
    // Chosen anew, the same bytes may give another text.
    if (!encoding && !mode && known.originals.has(originalHash)) return { is: 'known' }
    // Counted up from the start rather than read off the clock, so that ids sort as files do.
    const id = makeId(startedAt + order, random) as ReportId
    const source = { name: file.name, bytes, encoding, ...(mode ? { mode } : {}) }
    if (kind === 'txt') {
      const document = readPlainText(source)
      if (!document.ok) return { ...document, is: 'refused' }
      const text = await canonicalFrom(document, { bytes, hash: originalHash })
      const original = text.utf8 === bytes ? null : bytes
      return { is: 'read', document, text, id, original, originalHash, study: null }
    }
    const extracted = await extractor.read(source, id)
    if (!extracted) return { is: 'ended' }
    const { document, study } = extracted
    if (!document.ok) return { ...document, is: 'refused' }
    const text = await canonicalOf(document.text)
    return { is: 'read', document, text, id, original: bytes, originalHash, study }
  }

  async function store(fresh: readonly FreshText[]): Promise<void> {
    const beside = await ingestTexts(
      intake,
      fresh.map(each => ({ ...each, markup: markupBytes(each.document.markup) })),
    )
    for (const [i, { id, path, name, hash, document, study, origin }] of fresh.entries()) {
      const row = origin?.row ?? null
      const place = { id, batchId, path, row, fileName: name, textHash: hash, addedAt: now() }
      const read = study?.values ?? []
      const kept = { ...beside[i]!, ...(origin ? { originalHash: origin.originalHash } : {}) }
      const title = origin ? titleInTable(origin.title) : {}
      reports.push({ ...reportFrom(document, { ...place, ...kept }, read), ...title })
      if (!document.sure && !origin) notes.push({ path, note: 'unsure' })
      for (const note of document.notes) notes.push({ path, note })
      for (const value of read) values.push(value)
      const near = study?.sketch ? finder.add(id, study.sketch) : null
      if (near) alike.set(id, near)
    }
  }

  /** Makes what was read part of the project, and says how many reports of it came in. */
  async function bringIn({ cancelled }: { readonly cancelled: boolean }) {
    const done = { imported: 0, copyFailed: false, brokeOff: false }
    if (reports.length === 0) return done
    const at = now()
    const counts = { imported: reports.length, known: count.known, refused: problems.length }
    const batch = { id: batchId, at, ...counts, cancelled }
    let parts = 0
    const nextId = () => makeId(startedAt + ++parts, random) as BatchId
    await help.alone(async () => {
      // Variables are those of this moment: somebody may have changed them since the start.
      const wish = { read: values, present: await allVariables(db), nowMs: at, random }
      const said = valuesOfRows(rows, wish)
      noteUnfit(said.unfit)
      const { variables } = said
      const entry = { kind: 'import', batch, reports, variables, values: said.values } as const
      for (const part of importParts(entry, nextId, entryBytes)) {
        try {
          const written = { ...part, at, coderId }
          await ingestBatch(db, each => host.append(session, each), written)
        } catch (error) {
          if (error instanceof CopyFailed) done.copyFailed = true
          else if (done.imported === 0) throw error
          else {
            // The parts before are saved; importing again brings in the rest.
            done.brokeOff = true
            return
          }
        }
        done.imported += part.reports.length
      }
    })
    return done
  }

  function progressOf() {
    const bytesTotal = ordered.reduce((sum, { bytes }) => sum + bytes, 0)
    const total = files.length
    const pace = paceMeter({ files: total, bytes: bytesTotal }, startedAt)
    let toldAt = Number.NEGATIVE_INFINITY
    return ({ isLast, comparing }: Telling) => {
      const at = now()
      if (at - toldAt < PROGRESS_EVERY_MS && !isLast) return
      toldAt = at
      if (comparing) {
        const amount = { ...comparing, bytes: bytesTotal, bytesTotal }
        help.progress({ phase: 'comparing', ...amount, ...NO_PACE })
        return
      }
      const { settled: done, bytes } = count
      const going = pace.at({ files: done, bytes }, at)
      help.progress({ phase: 'reading', done, total, bytes, bytesTotal, ...going })
    }
  }
}

/** What there is to tell of an import's progress, and whether it must not be left untold. */
interface Telling {
  readonly isLast: boolean
  /** How many of the reports that were there before have been compared. */
  readonly comparing?: { readonly done: number; readonly total: number }
}

/** A file with its size and its places: among the files as given, and in the order of names. */
interface SizedFile extends ImportFile {
  readonly index: number
  readonly bytes: number
  order: number
}

/** A text that the project does not have yet. */
interface FreshText extends CanonicalText {
  readonly id: ReportId
  readonly path: string
  readonly name: string
  readonly document: ReadDocument
  readonly original: Uint8Array | null
  /** Of a row of a table; `null` where the whole file is the report. */
  readonly origin: RowOrigin | null
  study: Study | null
}

/** A table that was read, of which no row has been taken yet. */
interface FreshTable extends Extract<ReadFile, { is: 'table' }> {
  readonly file: SizedFile
}

/** What became of a file when it was read. */
type ReadFile =
  | { readonly is: 'ended' }
  | { readonly is: 'known' }
  | { readonly is: 'refused'; readonly problem: FileProblem; readonly details: Details }
  | {
      readonly is: 'table'
      readonly table: TableRows
      readonly original: Uint8Array
      readonly originalHash: Hash
    }
  | {
      readonly is: 'read'
      readonly document: ReadDocument
      readonly text: CanonicalText
      readonly id: ReportId
      readonly original: Uint8Array | null
      readonly originalHash: Hash
      /** `null` until it has been studied, as plain texts are, a slice at a time. */
      readonly study: Study | null
    }

/** How a row of a table is named among files. */
function rowPath(path: string, row: number): string {
  return `${path} [${row}]`
}

const byName = new Intl.Collator('zh-u-co-pinyin', { numeric: true })

function inNameOrder(a: SizedFile, b: SizedFile): number {
  return byName.compare(a.file.name, b.file.name)
}

function sized(file: ImportFile, index: number): SizedFile {
  return { ...file, index, order: index, bytes: file.size ?? file.file.size }
}

async function bytesOfSlice(
  slice: readonly SizedFile[],
): Promise<(Uint8Array<ArrayBuffer> | null)[]> {
  const wanted = slice.filter(({ file, bytes }) => bytes <= limitFor(file.name))
  const read = await bytesOfAll(wanted.map(({ file, bytes }) => ({ blob: file, size: bytes })))
  return slice.map(each => read[wanted.indexOf(each)] ?? null)
}

/** A plain text with its UTF-8, which is the file's own bytes where nothing was changed. */
async function canonicalFrom(
  { text, encoding, replaced }: ReadDocument,
  { bytes, hash }: { bytes: Uint8Array<ArrayBuffer>; hash: Hash },
): Promise<CanonicalText> {
  const isAsRead = encoding === 'utf-8' && replaced === 0 && !bytes.includes(CARRIAGE_RETURN)
  return isAsRead ? { text, utf8: bytes, hash } : canonicalOf(text)
}

const CARRIAGE_RETURN = 13

function slicesOf(files: SizedFile[]): SizedFile[][] {
  const slices: SizedFile[][] = []
  let bytes = 0
  for (const [order, each] of files.entries()) {
    each.order = order
    const last = slices.at(-1)
    bytes += each.bytes
    if (last && last.length < SLICE_FILES && bytes <= SLICE_BYTES) last.push(each)
    else {
      slices.push([each])
      bytes = each.bytes
    }
  }
  return slices
}
