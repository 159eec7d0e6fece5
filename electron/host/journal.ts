import { type FileHandle, open, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { HostError } from '../../shared/host'
import { frameOf } from '../../shared/journal/frame'
import type { NewEntry } from '../../shared/journal/history'
import { JOURNAL_FORMAT, type StoredEntry } from '../../shared/journal/upcast'
import { assertInPlace, hostErrorOf, openFlushed, syncFolder, writeAll } from './disk'
import {
  checkFiles,
  type FileHead,
  hashAt,
  hashOf,
  type JournalReading,
  readEntries,
} from './journal-files'

// The journal is a row of files of frames. Files are only ever appended to, and never after a
// frame that a crash cut short: then a new file begins, whose first frame says how many bytes
// of the file before it count. So nothing is deleted, and what was set aside stays to be seen.
// Each frame names the hash of the one before it, across files.

/** A file longer than this is followed by a new one. */
const FILE_BYTES = 64 * 1024 * 1024

/** A project's journal, open for reading and appending. */
export interface Journal extends Pick<JournalReading, 'lastSeq' | 'files' | 'hashAt' | 'read'> {
  /** Bytes at the end that were unreadable when the journal was opened. */
  readonly tornBytes: number
  /** Whether an older version wrote the file that comes last: the next entry begins a new one. */
  readonly isOlder: boolean
  /** Resolves with the entry's `seq` once it is on disk. After a failure the next try begins a new file. */
  append(entry: NewEntry): Promise<number>
  close(): Promise<void>
  /** Lets go without writing anything more, for a disk that refuses. */
  abandon(): Promise<void>
}

/** Makes the journal of a new project, with nothing in it. `app` is this program's version. */
export async function createJournal(folder: string, projectId: string, app = ''): Promise<void> {
  const head: FileHead = {
    codicil: 'journal',
    format: JOURNAL_FORMAT,
    app,
    project: projectId,
    after: 0,
    prev: '',
    continues: null,
  }
  const { handle } = await beginFile(folder, 1, head)
  await handle.close()
}

/**
 * Opens a journal and checks every frame of it. Throws `journal-missing` when no file has a
 * sound beginning, `journal-damaged` when damage has sound frames behind it or the chain of
 * hashes is broken, `newer-version` when a later Codicil wrote it. In each case nothing on
 * disk has been changed.
 */
export async function openJournal(folder: string, projectId: string, app = ''): Promise<Journal> {
  const { files, places, tornBytes, names, ...checked } = await checkFiles(folder, projectId)
  let { prev } = checked
  let nextNumber = Number.parseInt(names.at(-1) ?? '0', 10) + 1
  const last = files.at(-1)!
  let end = last.bytes
  // An unfinished write may stand after the last sound frame: only a clean end is appended to.
  let handle: FileHandle | null = null
  let hasRefuse = false
  if (tornBytes === 0 && last.format === JOURNAL_FORMAT) {
    handle = await openFlushed(join(folder, last.name))
  }

  return {
    get lastSeq() {
      return places.length
    },
    get isOlder() {
      return files.at(-1)!.format < JOURNAL_FORMAT
    },
    tornBytes,
    files,

    async append(entry) {
      const seq = places.length + 1
      if (handle && end > FILE_BYTES) {
        await handle.close()
        handle = null
      }
      const current = handle ?? (await beginNext())
      handle = current
      const stored: StoredEntry = { ...entry, seq, prev }
      const frame = frameOf(new TextEncoder().encode(JSON.stringify(stored)))
      try {
        await writeAll(current, frame)
        await current.datasync()
        await assertInPlace(current, join(folder, files.at(-1)!.name))
      } catch (error) {
        // Part of the frame may be on disk, or all of it. It is never appended to, and does not
        // count: see `beginNext`.
        handle = null
        hasRefuse = true
        // On a full disk the room that it takes is needed.
        if (hostErrorOf(error).reason === 'disk-full') await current.truncate(end).catch(() => {})
        await current.close().catch(() => {})
        throw error
      }
      places.push({ file: files.length - 1, span: { start: end, end: end + frame.length } })
      end += frame.length
      files[files.length - 1] = { ...files.at(-1)!, bytes: end }
      prev = hashOf(frame)
      return seq
    },

    hashAt: seq => hashAt(folder, { files, places }, seq),
    read: fromSeq => readEntries(folder, { files, places }, fromSeq),

    async close() {
      // A frame that was given up must not be found whole when the journal is opened again.
      if (hasRefuse) handle = await beginNext().catch(() => null)
      await handle?.close()
      handle = null
    },

    async abandon() {
      await handle?.close().catch(() => {})
      handle = null
    },
  }

  /** Begins the next file, which says how much of the present one counts. */
  async function beginNext(): Promise<FileHandle> {
    const present = files.at(-1)!
    const { size } = await stat(join(folder, present.name))
    if (size < present.bytes) throw new HostError('vanished', { file: present.name })
    const head: FileHead = {
      codicil: 'journal',
      format: JOURNAL_FORMAT,
      app,
      project: projectId,
      after: places.length,
      prev,
      continues: { file: present.name, bytes: present.bytes },
    }
    const begun = await beginFile(folder, nextNumber++, head)
    files.push({ name: begun.name, bytes: begun.frame.length, format: JOURNAL_FORMAT })
    end = begun.frame.length
    prev = hashOf(begun.frame)
    hasRefuse = false
    return begun.handle
  }
}

async function beginFile(
  folder: string,
  number: number,
  head: FileHead,
): Promise<{ name: string; handle: FileHandle; frame: Uint8Array }> {
  const name = `${String(number).padStart(6, '0')}.log`
  const handle = await open(join(folder, name), 'ax', 0o600)
  try {
    const frame = frameOf(new TextEncoder().encode(JSON.stringify(head)))
    await writeAll(handle, frame)
    await handle.datasync()
    await syncFolder(folder)
    return { name, handle, frame }
  } catch (error) {
    await handle.close().catch(() => {})
    // It holds no entry, and every further try would leave another one.
    await rm(join(folder, name), { force: true }).catch(() => {})
    throw error
  }
}
