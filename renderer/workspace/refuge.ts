import type { CoderId, Hash, ProjectId } from '../../shared/domain/id'
import type { Report } from '../../shared/domain/report'
import { type Host, HostError, type PlaceToken, type SessionToken } from '../../shared/host'
import type { NewEntry } from '../../shared/journal/history'
import { slicesOf, type TableRow } from '../../shared/journal/rows'
import type { ProjectDb } from '../data/database'
import { projectReader } from '../data/reader'
import { textOf } from '../data/reports'
import type { TaskOptions } from './task'

// When a project's folder cannot even be read any more, everything is still in the working
// copy, but for texts that came in just before. This writes it all into a new folder, which takes the old one's place once it is whole.

/** What is to be saved. */
export interface RefugeWish {
  readonly id: ProjectId
  readonly name: string
  readonly db: ProjectDb
  /** The right to read the old folder, should some of it still be readable. */
  readonly session: SessionToken
  readonly place: PlaceToken
  /** The step that waits for the disk. */
  readonly pending: NewEntry
  readonly by: { readonly at: number; readonly coderId: CoderId }
}

/** What a refuge could not get hold of. */
export interface RefugeReport {
  readonly folder: string
  /** Reports whose text is nowhere to be found. */
  readonly lostTexts: number
  /** Reports whose imported file is gone; their text stands in for it. */
  readonly lostOriginals: number
}

type Writer = Pick<
  Host,
  'openRefuge' | 'closeRefuge' | 'abortRefuge' | 'append' | 'putBlobs' | 'readBlobs'
>

/** Roughly how many bytes of texts one call brings, and of JSON one entry: that is encoded at once. */
const SLICE_BYTES = 16 * 1024 * 1024
const ENTRY_BYTES = 2 * 1024 * 1024

/**
 * Writes a whole project from its working copy into a new folder inside `place`, with the
 * pending step. Rejects, with nothing left behind, when that cannot be done or is cancelled.
 * After it the project must be opened again.
 */
export async function saveInRefuge(
  host: Writer,
  wish: RefugeWish,
  { onProgress, signal }: TaskOptions = {},
): Promise<RefugeReport> {
  const refuge = await host.openRefuge(wish.id, wish.place)
  let isOldGone = false
  try {
    const { rows, last } = await rowsOf(wish)
    const reports = rows.flatMap(each => (each.table === 'reports' ? [each.row] : []))
    const coming = last?.kind === 'import' ? last.reports : []
    const blobs = await writeBlobs([...reports, ...coming])
    const saved = rows.map(each =>
      each.table === 'reports' ? { table: each.table, row: blobs.fit(each.row) } : each,
    )
    for (const changes of slicesOf(saved, ENTRY_BYTES)) {
      signal?.throwIfAborted()
      const about = wish.name
      const entry = { kind: 'do', of: null, label: 'rescue', about, changes, ...wish.by } as const
      await host.append(refuge, entry)
    }
    if (last?.kind === 'import') {
      await host.append(refuge, { ...last, reports: last.reports.map(blobs.fit) })
    } else if (last) await host.append(refuge, last)
    signal?.throwIfAborted()
    const { folder } = await host.closeRefuge(refuge)
    return { folder, lostTexts: blobs.lostTexts, lostOriginals: blobs.lostOriginals }
  } catch (error) {
    await host.abortRefuge(refuge).catch(() => {})
    throw error
  }

  /** Stores the texts, and the originals that can still be read. */
  async function writeBlobs(reports: readonly Report[]) {
    const withText = new Set<Hash>()
    const withOriginal = new Set<Hash>()
    const withMarkup = new Set<Hash>()
    let slice: Uint8Array[] = []
    let bytes = 0
    const flush = async () => {
      signal?.throwIfAborted()
      if (slice.length > 0) await host.putBlobs(refuge, slice)
      slice = []
      bytes = 0
    }
    for (const [i, { textHash, originalHash, markupHash }] of reports.entries()) {
      onProgress?.({ phase: 'copying', done: i, total: reports.length })
      const blob = await blobOf(textHash)
      const original = originalHash === textHash ? null : await oldBlob(originalHash)
      const markup = markupHash === null ? null : await blobOf(markupHash)
      if (blob) withText.add(textHash)
      if (markupHash !== null && markup) withMarkup.add(markupHash)
      if (original) withOriginal.add(originalHash)
      for (const each of [blob, original, markup]) {
        if (!each) continue
        slice.push(each)
        bytes += each.length
      }
      if (bytes > SLICE_BYTES || slice.length > 500) await flush()
    }
    await flush()
    const isWhole = ({ originalHash, textHash }: Report) =>
      originalHash === textHash || withOriginal.has(originalHash)
    return {
      lostTexts: reports.filter(({ textHash }) => !withText.has(textHash)).length,
      lostOriginals: reports.filter(report => !isWhole(report)).length,
      fit: (report: Report): Report => {
        const { originalHash, markupHash, textHash } = report
        return {
          ...report,
          originalHash: isWhole(report) ? originalHash : textHash,
          markupHash: markupHash !== null && withMarkup.has(markupHash) ? markupHash : null,
        }
      },
    }
  }

  /** A text or markup: from the working copy, else from the old folder. */
  async function blobOf(hash: Hash): Promise<Uint8Array | null> {
    const text = await textOf(wish.db, hash)
    return text === null ? oldBlob(hash) : new TextEncoder().encode(text)
  }

  /** Once the old folder has refused, asking it for every further file could take for ever. */
  async function oldBlob(hash: Hash): Promise<Uint8Array | null> {
    if (isOldGone) return null
    const found = await host.readBlobs(wish.session, [hash]).catch((error: unknown) => {
      isOldGone = !isAboutOne(error)
      return []
    })
    return found[0] ?? null
  }
}

/**
 * The rows to write, and the step to write after them. An undo or redo names an entry of the
 * old journal, so its changes go into the rows, and no step follows.
 */
async function rowsOf({
  db,
  pending,
}: RefugeWish): Promise<{ rows: TableRow[]; last: NewEntry | null }> {
  const rows = new Map<string, TableRow>()
  for await (const page of projectReader(db).everyRow()) {
    for (const each of page) rows.set(`${each.table}/${each.row.id}`, each)
  }
  if (pending.kind === 'import' || pending.kind === 'do') {
    return { rows: [...rows.values()], last: pending }
  }
  for (const { table, id, after } of pending.changes) {
    if (after) rows.set(`${table}/${id}`, { table, row: after } as TableRow)
    else rows.delete(`${table}/${id}`)
  }
  return { rows: [...rows.values()], last: null }
}

/** Whether a failure to read is about one blob, so that others may be readable. */
function isAboutOne(error: unknown): boolean {
  return error instanceof HostError && ['blob-missing', 'blob-damaged'].includes(error.reason)
}
