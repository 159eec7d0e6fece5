import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Hash } from '../../shared/domain/id'
import { hashesOf, type Report } from '../../shared/domain/report'
import { type FolderReport, HostError } from '../../shared/host'
import type { JournalEntry } from '../../shared/journal/history'
import { scanBlobs } from './blob-scan'
import { codeOf } from './disk'
import { readJournalFiles } from './journal-files'
import { openSnapshot, SNAPSHOT_FOLDER } from './snapshots'
import type { WorkHelp } from './works'

/** What {@link checkFolder} is asked for. */
export interface CheckWish {
  readonly folder: string
  readonly projectId: string
  /** The last entry that is known to have been on disk; 0 when that is not known. */
  readonly lastSeq: number
}

/**
 * Reads every byte of a project folder from the disk, whatever a process may remember of it:
 * the journal's frames and chain, each blob and its hash, each snapshot. Changes nothing, needs
 * no lock, and may run while someone goes on working in the project.
 */
export async function checkFolder(wish: CheckWish, help: WorkHelp): Promise<FolderReport> {
  const { folder } = wish
  help.progress('journal', 0, 0)
  const journal = await checkJournal(wish, help)
  const blobs = await scanBlobs(join(folder, 'blobs'), help)
  const snapshots = await checkSnapshots(wish, help)
  const isNamed = (hash: Hash) => journal.damage !== null || journal.named.has(hash)
  // A snapshot knows that there were later entries even where the journal ends without a trace.
  const isShort = journal.damage === null && snapshots.lastSeq > journal.entries
  return {
    journalFiles: journal.files,
    entries: journal.entries,
    packs: blobs.packs.length,
    blobs: blobs.sound.size + blobs.damaged.size,
    bytes: journal.bytes + blobs.bytes + snapshots.bytes,
    tornBytes: journal.tornBytes,
    journal: isShort ? { file: journal.lastFile, what: 'short' } : journal.damage,
    damagedBlobs: [...blobs.damaged].filter(isNamed),
    missingBlobs: [...journal.named].filter(
      hash => !blobs.sound.has(hash) && !blobs.damaged.has(hash),
    ),
    snapshots: snapshots.sound,
    damagedSnapshots: snapshots.damaged,
  }
}

interface JournalCheck {
  readonly files: number
  readonly entries: number
  readonly bytes: number
  readonly tornBytes: number
  readonly lastFile: string
  readonly damage: FolderReport['journal']
  /** The hashes of every text and original that some entry brings in. */
  readonly named: ReadonlySet<Hash>
}

async function checkJournal(
  { folder, projectId, lastSeq }: CheckWish,
  { signal }: WorkHelp,
): Promise<JournalCheck> {
  const path = join(folder, 'journal')
  const named = new Set<Hash>()
  const nothing = { files: 0, entries: 0, bytes: 0, tornBytes: 0, lastFile: '' }
  try {
    const { files, ...read } = await readJournalFiles(path, projectId, entry => {
      signal.throwIfAborted()
      for (const report of reportsIn(entry)) {
        for (const hash of hashesOf(report)) named.add(hash)
      }
    })
    const entries = read.lastSeq
    const lastFile = files.at(-1)?.name ?? ''
    return {
      files: files.length,
      entries,
      bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
      tornBytes: read.tornBytes,
      lastFile,
      damage: entries < lastSeq ? { file: lastFile, what: 'short' } : null,
      named,
    }
  } catch (error) {
    signal.throwIfAborted()
    // A frame whose checksums agree and that is no JSON was never written by any Codicil.
    if (error instanceof SyntaxError) {
      return { ...nothing, damage: { file: '', what: 'entry' }, named: new Set() }
    }
    if (!(error instanceof HostError)) throw error
    const { file = '', what = '' } = error.details
    switch (error.reason) {
      case 'journal-damaged':
        return {
          ...nothing,
          damage: { file: String(file), what: String(what) },
          named: new Set(),
        }
      case 'journal-missing':
        return { ...nothing, damage: { file: '', what: 'missing' }, named: new Set() }
      default:
        throw error
    }
  }
}

function reportsIn(entry: JournalEntry): readonly Report[] {
  if (entry.kind === 'import') return entry.reports
  return entry.changes.flatMap(({ table, before, after }) =>
    table === 'reports' ? [before, after].filter(row => row !== null) : [],
  )
}

interface SnapshotCheck {
  readonly sound: number
  readonly damaged: readonly string[]
  readonly bytes: number
  /** The last entry that a sound snapshot has taken in. */
  readonly lastSeq: number
}

async function checkSnapshots(
  { folder, projectId }: CheckWish,
  { progress, signal }: WorkHelp,
): Promise<SnapshotCheck> {
  const files = await snapshotFilesIn(folder)
  const damaged: string[] = []
  let sound = 0
  let bytes = 0
  let lastSeq = 0
  for (const [i, file] of files.entries()) {
    signal.throwIfAborted()
    progress('snapshots', i, files.length)
    try {
      // Its checksum covers the rows, so none of them need be parsed.
      const { head } = await openSnapshot(folder, file.slice(0, 8))
      bytes += (await stat(join(folder, SNAPSHOT_FOLDER, file))).size
      if (head.project !== projectId) throw new HostError('snapshot-damaged', { file })
      sound++
      lastSeq = Math.max(lastSeq, head.seq)
    } catch (error) {
      // Thinning may take one away meanwhile, and pinning gives it another name.
      if (codeOf(error) === 'ENOENT') continue
      if (!(error instanceof HostError)) throw error
      if (error.reason === 'snapshot-damaged') damaged.push(file)
      else if (error.reason !== 'snapshot-missing') throw error
    }
  }
  return { sound, damaged, bytes, lastSeq }
}

/** The file names of a project's snapshots, oldest first; each begins with the snapshot's name. */
export async function snapshotFilesIn(folder: string): Promise<string[]> {
  const listed = await readdir(join(folder, SNAPSHOT_FOLDER)).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return []
    throw error
  })
  return listed.filter(name => /^\d{8}(\.pinned)?\.json\.gz$/.test(name)).sort()
}
