import type { Annotation } from '../../shared/domain/annotation'
import type { Code } from '../../shared/domain/code'
import type { ReportId } from '../../shared/domain/id'
import type { Coder, Project } from '../../shared/domain/project'
import type { Report } from '../../shared/domain/report'
import {
  beginDataset,
  DATASET_FILES,
  type DatasetCounts,
  type DatasetOptions,
  type WrittenTable,
} from '../../shared/formats/dataset'
import { sha256 } from '../../shared/formats/sha256'
import {
  type Host,
  HostError,
  type PlaceToken,
  type SessionToken,
  type SinkToken,
  type WrittenFile,
} from '../../shared/host'
import { allCoders, allCodes } from '../data/codebook'
import { metaOf } from '../data/commit'
import type { ProjectDb } from '../data/database'
import { allReports } from '../data/reports'
import { readText } from '../data/texts'

// Writes the coded dataset. Annotations, codes and reports are read in one transaction, so
// the files agree with one moment of the journal however long they take and whatever is coded
// meanwhile; the texts come one at a time, since a text never changes.

/** What to export, and where to. */
export interface ExportWish extends DatasetOptions {
  readonly session: SessionToken
  readonly project: Pick<Project, 'id' | 'name'>
  /** The working copy to read, by its name. */
  readonly database: string
  readonly place: PlaceToken
  readonly folderName: string
}

/** Reports written so far. */
export interface ExportProgress {
  readonly done: number
  readonly total: number
}

/** A file of a finished export. */
export interface ExportedFile extends WrittenFile {
  /** Records in a table, without its first line; `null` for a file that is no table. */
  readonly rows: number | null
}

/** How an export ended. A cancelled one has left nothing. */
export type ExportOutcome =
  | { readonly kind: 'cancelled' }
  | {
      readonly kind: 'written'
      /** The new folder's full path, for reading only. */
      readonly folder: string
      readonly files: readonly ExportedFile[]
      readonly counts: DatasetCounts
    }

/** What an export works with. */
export interface ExportParts {
  readonly db: ProjectDb
  readonly host: Host
  progress(progress: ExportProgress): void
  isCancelled(): boolean
}

/** Writes a project's coded dataset into a new folder, whole or not at all. */
export async function exportDataset(
  wish: Omit<ExportWish, 'database'>,
  parts: ExportParts,
): Promise<ExportOutcome> {
  const { host, db, isCancelled } = parts
  const { version } = await host.about()
  const state = await readState(db)
  const dataset = beginDataset({
    programVersion: version,
    project: wish.project,
    seq: state.seq,
    codes: state.codes,
    coders: state.coders,
    options: { protectForSpreadsheets: wish.protectForSpreadsheets },
  })
  const { sink } = await host.openSink(wish.place, wish.folderName)
  try {
    const segments = tableWriter(host, sink, DATASET_FILES.segments)
    const reportCode = tableWriter(host, sink, DATASET_FILES.reportCode)
    const codebook = tableWriter(host, sink, DATASET_FILES.codebook)
    await segments.add(dataset.head.segments)
    await reportCode.add(dataset.head.reportCode)

    const texts = { db, host, session: wish.session }
    const total = state.reports.length
    const step = Math.max(1, Math.floor(total / PROGRESS_STEPS))
    parts.progress({ done: 0, total })
    for (const [at, report] of state.reports.entries()) {
      if (isCancelled()) return await giveUp()
      const annotations = state.annotations.get(report.id) ?? []
      state.annotations.delete(report.id)
      const text = annotations.length === 0 ? null : await readText(texts, report.textHash)
      const lines = dataset.addReport(report, annotations, text)
      await segments.add(lines.segments)
      await reportCode.add(lines.reportCode)
      const done = at + 1
      if (done % step === 0 || done === total) parts.progress({ done, total })
    }
    await segments.add(dataset.addStrays([...state.annotations.values()].flat()))
    await codebook.add(dataset.codebook())

    const tables: WrittenTable[] = []
    for (const table of [segments, reportCode, codebook]) tables.push(await table.end())
    if (isCancelled()) return await giveUp()
    const manifest = tableWriter(host, sink, DATASET_FILES.manifest)
    await manifest.add(dataset.manifest(tables))
    const meant = [...tables, await manifest.end()]
    if (isCancelled()) return await giveUp()

    const { folder, files } = await host.closeSink(sink)
    return {
      kind: 'written',
      folder,
      files: meant.map(({ name, sha256 }) => {
        const file = files.find(each => each.name === name)
        if (file?.sha256 !== sha256) throw new HostError('disk-error', { file: name })
        return { ...file, rows: name === DATASET_FILES.manifest ? null : dataset.rowsIn(name) }
      }),
      counts: dataset.counts(),
    }
  } catch (error) {
    // The first failure is the one to tell of; the host discards what is unfinished anyway.
    await host.abortSink(sink).catch(() => {})
    throw error
  }

  async function giveUp(): Promise<ExportOutcome> {
    await host.abortSink(sink)
    return { kind: 'cancelled' }
  }
}

/** How many times, at most about, an export says how far it has come. */
const PROGRESS_STEPS = 200

/** UTF-16 units after which lines are sent on: in Chinese about 256 KB. */
const UNITS_A_CHUNK = 90_000
const BYTES_A_CHUNK = 256 * 1024

/** Everything but the texts, as it was at one moment. */
interface ProjectAtOnce {
  readonly seq: number
  readonly codes: readonly Code[]
  readonly coders: readonly Coder[]
  readonly reports: readonly Report[]
  readonly annotations: Map<ReportId, readonly Annotation[]>
}

function readState(db: ProjectDb): Promise<ProjectAtOnce> {
  return db.transaction(
    'r',
    [db.meta, db.codes, db.coders, db.reports, db.annotations],
    async () => {
      const { seq } = await metaOf(db)
      const annotations = new Map<ReportId, readonly Annotation[]>()
      await db.annotations.each(({ reportId, items }) => {
        annotations.set(reportId, items)
      })
      return {
        seq,
        codes: await allCodes(db),
        coders: await allCoders(db),
        reports: await allReports(db),
        annotations,
      }
    },
  )
}

/** Writes one file of an export. */
export interface TableWriter {
  /** Takes lines; resolves when there is room for more. */
  add(lines: string): Promise<void>
  end(): Promise<WrittenTable>
}

/** Gathers lines, and sends them on in chunks, each when the one before is written. */
export function tableWriter(host: Host, sink: SinkToken, name: string): TableWriter {
  const encoder = new TextEncoder()
  const hash = sha256()
  let waiting: string[] = []
  let units = 0
  let bytes = 0

  return {
    async add(lines) {
      if (lines === '') return
      waiting.push(lines)
      units += lines.length
      if (units >= UNITS_A_CHUNK) await send()
    },
    async end() {
      await send()
      return { name, bytes, sha256: hash.digest() }
    },
  }

  async function send(): Promise<void> {
    const encoded = encoder.encode(waiting.join(''))
    waiting = []
    units = 0
    hash.update(encoded)
    bytes += encoded.length
    for (let at = 0; at < encoded.length; at += BYTES_A_CHUNK) {
      await host.writeSink(sink, name, encoded.slice(at, at + BYTES_A_CHUNK))
    }
  }
}
