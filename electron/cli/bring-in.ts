import { createHash } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { MAX_CATEGORIES } from '../../shared/commands/variables'
import type { BatchId, Hash, ReportId } from '../../shared/domain/id'
import { isBlank, markupJson } from '../../shared/domain/markup'
import type { Report } from '../../shared/domain/report'
import { type Value, type VariableKey, valueIdOf } from '../../shared/domain/variable'
import type { MappedColumn } from '../../shared/extract/table-mapping'
import { openVariables } from '../../shared/intake/own-variables'
import { reportFrom, titleInTable } from '../../shared/intake/report-from'
import { importParts } from '../../shared/journal/import-parts'
import { writeSnapshot } from '../host/snapshots'
import type { ImportSurroundings } from './import'
import { leftOutWords, noteWords, openLikenesses, sameTextWords, unfitWords } from './look-at'
import type { ImportWish } from './options'
import { createProgress } from './progress'
import { newId, type OpenProject } from './project'
import { createReaders, type Readers } from './readers'
import type { ReadFile, ReadItem, Reading } from './reading'
import type { SourceFile, Sources } from './sources'
import { isMisasked, type Refusal, refusalWords, say, visibly, type Words } from './words'

// Files are read in threads, texts stored in slices, and one entry of the journal at the end
// makes all of it part of the project, so that an import that breaks off leaves nothing to be
// seen; of one too large for an entry, the first parts at most. What is in already is left out.

/** What is to be brought where. */
export interface Incoming {
  readonly sources: Sources
  readonly project: OpenProject
  readonly wish: ImportWish
  readonly around: ImportSurroundings
  readonly interrupt: Interrupt
}

/** Whether whoever started the import wants it to end early. */
export interface Interrupt {
  readonly isWanted: boolean
  /** Resolves when that is so, if ever. */
  readonly wanted: Promise<void>
}

/** What has become of an import's files; of a table, of its rows. */
export interface Outcome {
  /** Files in folders that are no reports, by ending. */
  readonly skipped: Sources['skipped']
  imported: number
  known: number
  refused: number
  /** Whether a table has no column or sheet of the name that was asked for. */
  isMisasked: boolean
  /** Whether it was stopped before the last file. */
  isCancelled: boolean
}

/** What an import came to. */
export interface BroughtIn extends Outcome {
  /** What should be looked at, a line each. */
  readonly lookAt: readonly Words[]
}

/**
 * Brings files into a project, in their order, as one batch, and names those that are refused.
 * When interrupted, keeps what is in. Throws what the project's folder throws; what is in then
 * is left out the next time.
 */
export async function bringIn(incoming: Incoming): Promise<BroughtIn> {
  const { sources, project, wish, around, interrupt } = incoming
  const { state } = project
  const { now, stderr, tongue } = around
  const { skipped } = sources
  const outcome: Outcome = {
    ...{ imported: 0, known: 0, refused: 0 },
    ...{ isMisasked: false, isCancelled: false, skipped },
  }
  const startedAt = now()
  const batchId = newId(startedAt) as BatchId
  const reportsBefore = [...state.reports.values()]
  const byText = new Map(reportsBefore.map(each => [each.textHash, each]))
  const originals = new Set(wholeFiles(reportsBefore).map(({ originalHash }) => originalHash))
  const variables = openVariables([...state.variables.values()], {
    nowMs: startedAt,
    newId,
    maxCategories: MAX_CATEGORIES,
  })
  const reports: Report[] = []
  const values: Value[] = []
  const queued = new Set<Hash>()
  const slice: Uint8Array[] = []
  let sliceBytes = 0
  const likenesses = openLikenesses()
  const lookAt: Words[] = []
  /** How many cells of tables do not fit their variable, by its name. */
  const unfit = new Map<string, number>()
  const progress = createProgress({
    files: sources.files,
    stderr: wish.isQuiet ? null : stderr,
    tongue,
    now,
  })

  for (const { path, ...refusal } of sources.refused) refuse(path, refusal)
  const threads = Math.ceil(sources.files.length / FILES_PER_THREAD)
  const readers = createReaders({
    threadFile: around.threadFile,
    count: Math.max(1, Math.min(threads, MAX_THREADS, availableParallelism())),
    known: originals,
  })
  try {
    let done = 0
    for await (const [source, reading] of readAll(incoming, readers)) {
      await take(source, reading)
      done++
      progress.took(source)
    }
    outcome.isCancelled = interrupt.isWanted && done < sources.files.length
  } finally {
    progress.clear()
    await readers.close()
  }
  await store()
  if (reports.length > 0) await conclude()
  const readBlobs = async (hashes: readonly Hash[]) =>
    (await project.write()).keeper.readBlobs(hashes)
  lookAt.push(...unfitWords(unfit), ...(await likenesses.found(reportsBefore, readBlobs)))
  return { ...outcome, lookAt }

  async function take(source: SourceFile, reading: Reading): Promise<void> {
    switch (reading.is) {
      case 'known':
        outcome.known++
        return
      case 'refused':
        refuse(source.path, reading)
        return
      case 'read':
        for (const { row, ...refusal } of reading.refusedRows) {
          refuse(`${source.path} [${row}]`, refusal)
        }
        lookAt.push(...leftOutWords(source.path, reading.leftOut))
        for (const item of reading.items) await takeItem(source, reading, item)
    }
  }

  async function takeItem(source: SourceFile, file: ReadFile, item: ReadItem): Promise<void> {
    const { document, row } = item
    const utf8 = new TextEncoder().encode(document.text)
    const textHash = hashOf(utf8)
    const label = row === null ? source.path : `${source.path} [${row}]`
    const same = byText.get(textHash)
    if (same) {
      outcome.known++
      // Unless it is this very row, which came in another time.
      const isItself = same.originalHash === file.hash && same.row === row
      if (row !== null && !isItself) complain(sameTextWords(label, same.title))
      return
    }
    const markup = isBlank(document.markup)
      ? null
      : new TextEncoder().encode(markupJson(document.markup))
    // Counted up from the start rather than read off the clock, so that ids sort as files do.
    const id = newId(startedAt + reports.length) as ReportId
    const own = valuesOf(item, file.columns, id)
    const place = {
      id,
      batchId,
      fileName: source.name,
      path: source.path,
      row,
      textHash,
      originalHash: file.hash,
      markupHash: markup && hashOf(markup),
      addedAt: now(),
    }
    const report = { ...reportFrom(document, place, own), ...titleInTable(item.title) }
    reports.push(report)
    byText.set(textHash, report)
    for (const value of own) values.push(value)
    likenesses.add({ id, path: label }, item.study.sketch)
    lookAt.push(...noteWords(label, document))
    outcome.imported++
    await queue(textHash, utf8)
    await queue(file.hash, file.bytes)
    if (markup) await queue(hashOf(markup), markup)
  }

  async function queue(hash: Hash, blob: Uint8Array): Promise<void> {
    // The rows of a table all name the same file, and a text may be its own.
    if (queued.has(hash)) return
    queued.add(hash)
    slice.push(blob)
    sliceBytes += blob.length
    if (slice.length >= SLICE_BLOBS || sliceBytes >= SLICE_BYTES) await store()
  }

  async function store(): Promise<void> {
    if (slice.length === 0) return
    sliceBytes = 0
    const { keeper } = await project.write()
    await keeper.putBlobs(slice.splice(0))
  }

  /** What was read from the text, and what the table says, which knows better. */
  function valuesOf(item: ReadItem, columns: readonly MappedColumn[], id: ReportId): Value[] {
    const byKey = new Map<VariableKey, Value>()
    for (const value of item.study.values) {
      const { variable } = value
      byKey.set(variable, { ...value, reportId: id, id: valueIdOf(id, variable) })
    }
    const mappedAt = new Map(columns.map(each => [each.column, each]))
    for (const { column, value } of item.cells) {
      const mapped = mappedAt.get(column)
      if (!mapped) continue
      const found = variables.valueIn(mapped, value)
      if (!found) {
        const name = typeof mapped.variable === 'string' ? mapped.variable : mapped.variable.name
        unfit.set(name, (unfit.get(name) ?? 0) + 1)
        continue
      }
      byKey.set(found.variable, {
        id: valueIdOf(id, found.variable),
        reportId: id,
        variable: found.variable,
        value: found.value,
        origin: 'table',
        start: null,
        end: null,
      })
    }
    return [...byKey.values()]
  }

  /** Makes all of it part of the project. */
  async function conclude(): Promise<void> {
    const at = now()
    const { keeper, coderId } = await project.write()
    if (!project.isNew && keeper.lastSeq > 1) {
      const folder = resolve(wish.project)
      const snapshot = { folder, seq: keeper.lastSeq, at, reason: 'before-import' } as const
      // One that fails holds nothing up: an import changes nothing of what is there.
      await writeSnapshot(snapshot, QUIET).catch(() => {})
    }
    const { imported, known, refused, isCancelled: cancelled } = outcome
    const batch = { id: batchId, at, imported, known, refused, cancelled }
    const entry = { kind: 'import', batch, reports, variables: variables.added(), values } as const
    let parts = 0
    for (const part of importParts(entry, () => newId(startedAt + ++parts) as BatchId)) {
      await keeper.append({ ...part, at, coderId })
    }
  }

  function refuse(path: string, refusal: Refusal): void {
    outcome.refused++
    outcome.isMisasked ||= isMisasked(refusal)
    progress.clear()
    stderr.write(`${visibly(`${path}: ${say(refusalWords(refusal), tongue)}`)}\n`)
  }

  function complain(words: Words): void {
    progress.clear()
    stderr.write(`${say(words, tongue)}\n`)
  }
}

/** Blobs that are stored at once, and their bytes, roughly. */
const SLICE_BLOBS = 300
const SLICE_BYTES = 8 * 1024 * 1024
/** Files for which one more thread is worth its start. */
const FILES_PER_THREAD = 16
const MAX_THREADS = 4
/** What is read before it is the turn, so that no thread waits for the slowest file. */
const FILES_AHEAD = 64
const BYTES_AHEAD = 64 * 1024 * 1024
const QUIET = { progress: () => {}, signal: new AbortController().signal }

/** Reads files several at a time and answers them in their order, until interrupted. */
async function* readAll(
  { sources: { files }, wish: { reading: wish }, interrupt }: Incoming,
  readers: Readers,
): AsyncGenerator<[SourceFile, Reading]> {
  const stopped = interrupt.wanted.then(() => null)
  const ahead: [SourceFile, Promise<Reading>][] = []
  let bytesAhead = 0
  let next = 0
  while (next < files.length || ahead.length > 0) {
    while (next < files.length && ahead.length < FILES_AHEAD && bytesAhead < BYTES_AHEAD) {
      const source = files[next++]!
      const { file, name, bytes } = source
      bytesAhead += bytes
      ahead.push([source, readers.read({ file, name, wish })])
    }
    const [source, reading] = ahead.shift()!
    const read = await Promise.race([reading, stopped])
    if (read === null || interrupt.isWanted) return
    bytesAhead -= source.bytes
    yield [source, read]
  }
}

/** Tables are looked at again: another of their rows or columns may be wanted this time. */
function wholeFiles(reports: readonly Report[]): Report[] {
  return reports.filter(({ row }) => row === null)
}

function hashOf(bytes: Uint8Array): Hash {
  return createHash('sha256').update(bytes).digest('hex') as Hash
}
