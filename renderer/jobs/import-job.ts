import { type BatchId, type Hash, makeId, type ReportId } from '../../shared/domain/id'
import type { Report } from '../../shared/domain/report'
import type { Value } from '../../shared/domain/variable'
import type { ReadDocument } from '../../shared/extract/document'
import type { Host } from '../../shared/host'
import { type NearDuplicate, nearDuplicateFinder } from '../../shared/intake/near-duplicates'
import { markupBytes, reportFrom, titleInTable } from '../../shared/intake/report-from'
import type { Study } from '../../shared/intake/study'
import { importParts } from '../../shared/journal/import-parts'
import { type Append, CopyFailed } from '../data/commit'
import type { ProjectDb } from '../data/database'
import {
  type CanonicalText,
  ingestBatch,
  ingestTexts,
  type KnownReport,
  knownContent,
  type PutBlobs,
} from '../data/ingest'
import { allVariables } from '../data/variables'
import type { Extractor } from './extractor'
import type {
  ImportInput,
  ImportProgress,
  ImportResult,
  KnownFile,
  NoteLine,
  ProblemLine,
} from './import-messages'
import {
  bytesOfSlice,
  inNameOrder,
  type ReadFile,
  readFile,
  type SizedFile,
  sized,
  slicesOf,
} from './import-reading'
import { NO_PACE, paceMeter } from './pace'
import { similarTo } from './similar-reports'
import { type RowOrigin, rowTexts, valuesOfRows } from './table-rows'
import type { WorkerHelp } from './worker-side'

// The import takes the files in slices: while one is being saved, the next is studied, and the one
// after it read. One bad file is a line in the result and stops nothing. How one file is read is in
// import-reading.ts, what is told in import-messages.ts.

/** What an import works on and with. */
export interface ImportParts {
  readonly db: ProjectDb
  readonly host: Pick<Host, 'putBlobs' | 'append' | 'readBlobs'>
  readonly extractor: Extractor
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number
  /** Numbers in `[0, 1)`. */
  readonly random: () => number
  /** The most that one journal entry should take up; as `importParts` has it unless said. */
  readonly entryBytes?: number
}

type Help = Pick<WorkerHelp<ImportProgress>, 'progress' | 'isCancelled' | 'onCancel' | 'alone'>

/** How often a job reports at most. */
export const PROGRESS_EVERY_MS = 250

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
  const put: PutBlobs = blobs => host.putBlobs(session, blobs)
  const startedAt = now()
  const batchId = makeId(startedAt, random) as BatchId
  const reports: Report[] = []
  const values: Value[] = []
  const problems: ProblemLine[] = []
  const notes: NoteLine[] = []
  const knownFiles: KnownFile[] = []
  const rows: { readonly id: ReportId; readonly origin: RowOrigin; readonly path: string }[] = []
  /** Rows whose text was in before them. */
  const sames: { readonly path: string; readonly hash: Hash }[] = []
  const finder = nearDuplicateFinder<ReportId>()
  const alike = new Map<ReportId, NearDuplicate<ReportId>>()
  const count = { known: 0, taken: 0, settled: 0, bytes: 0 }
  const isKnown = (original: Hash) => known.originals.has(original)
  const reader = { extractor, isKnown, startedAt, random }
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
  // Nothing is read any more, whether it was stopped or not: what is in now is being saved.
  tell({ phase: 'saving' })
  await storing
  noteSames()

  const { imported, copyFailed, brokeOff } = await bringIn({
    cancelled: count.taken < files.length,
  })
  const cancelled = brokeOff || count.taken < files.length
  problems.sort((a, b) => a.index - b.index)
  const compared = copyFailed
    ? { similar: [], brokeOff: false }
    : await similarTo(
        { db, host, session },
        {
          ...{ reports: reports.slice(0, imported), alike, finder },
          isCancelled: help.isCancelled,
          onProgress: (done, total) => tell({ phase: 'comparing', done, total }),
        },
      )
  return {
    imported,
    known: count.known,
    knownFiles,
    problems,
    notes,
    similar: compared.similar,
    comparingFailed: compared.brokeOff,
    cancelled,
    copyFailed,
  }

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
        noteKnown(path, known.originals.get(outcome.originalHash))
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
        noteKnown(path, known.texts.get(text.hash))
        continue
      }
      const incoming = {
        title: file.name,
        originalHash: outcome.originalHash,
        row: null,
      }
      known.texts.set(text.hash, incoming)
      known.originals.set(outcome.originalHash, incoming)
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
    const { leftOut } = table
    if (leftOut.length > 0) {
      notes.push({ path, note: 'columns-left-out', details: { columns: leftOut.join(', ') } })
    }
    if (first && !first.sure) notes.push({ path, note: 'unsure' })
    const wish = { table, originalHash, startMs: startedAt + order, random }
    let isKept = false
    for await (const some of rowTexts(wish)) {
      const fresh: FreshText[] = []
      for (const each of some) {
        const same = known.texts.get(each.hash)
        if (same !== undefined) {
          count.known++
          // Unless it is this very row, which came in another time.
          const { row } = each.origin
          const isItself = same?.originalHash === originalHash && same.row === row
          if (!isItself) sames.push({ path: rowPath(path, row), hash: each.hash })
        } else {
          known.texts.set(each.hash, null)
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

  function noteKnown(path: string, as: KnownReport | null | undefined): void {
    count.known++
    knownFiles.push({ path, title: as?.title ?? '' })
  }

  function noteSames(): void {
    const titles = new Map(reports.map(({ textHash, title }) => [textHash, title]))
    for (const { path, hash } of sames) {
      const title = known.texts.get(hash)?.title ?? titles.get(hash) ?? ''
      notes.push({ path, note: 'same-text', details: { title } })
    }
  }

  function noteUnfit(unfit: ReadonlySet<ReportId>): void {
    for (const { id, path } of rows) if (unfit.has(id)) notes.push({ path, note: 'unfit-cells' })
  }

  async function readOne(
    each: SizedFile,
    bytes: Uint8Array<ArrayBuffer> | null,
  ): Promise<ReadFile> {
    const outcome = await readFile(each, bytes, reader)
    // What is still being read when an import is stopped must not be told of after its end.
    if (outcome.is !== 'ended' && !help.isCancelled()) {
      count.settled++
      count.bytes += each.bytes
      tell({ phase: 'reading' })
    }
    return outcome
  }

  async function store(fresh: readonly FreshText[]): Promise<void> {
    const beside = await ingestTexts(
      put,
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
      const written = importParts(entry, nextId, entryBytes)
      let appendsLeft = written.length
      const append: Append = async each => {
        const appended = await host.append(session, each)
        // With the last of them on disk, all of it is saved.
        if (appendsLeft-- === 1) tell({ phase: 'listing' })
        return appended
      }
      for (const part of written) {
        try {
          await ingestBatch(db, append, { ...part, at, coderId })
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
    let told: ImportProgress['phase'] | null = null
    return (telling: Telling) => {
      const at = now()
      const { phase } = telling
      if (phase === told && at - toldAt < PROGRESS_EVERY_MS) return
      toldAt = at
      told = phase
      if (phase === 'comparing') {
        const { done, total } = telling
        help.progress({ phase, done, total, bytes: bytesTotal, bytesTotal, ...NO_PACE })
        return
      }
      const { settled: done, bytes } = count
      const going = phase === 'reading' ? pace.at({ files: done, bytes }, at) : NO_PACE
      help.progress({ phase, done, total, bytes, bytesTotal, ...going })
    }
  }
}

/** What there is to tell of an import's progress. The first of a phase is always told. */
type Telling =
  | { readonly phase: 'reading' | 'saving' | 'listing' }
  /** With how many of the reports that were there before have been compared. */
  | { readonly phase: 'comparing'; readonly done: number; readonly total: number }

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

/** How a row of a table is named among files. */
function rowPath(path: string, row: number): string {
  return `${path} [${row}]`
}
