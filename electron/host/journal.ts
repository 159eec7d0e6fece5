import { createHash } from 'node:crypto'
import { type FileHandle, open, readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { HostError } from '../../shared/host'
import { FRAME_HEADER_BYTES, type FrameSpan, frameOf, scanFrames } from '../../shared/journal/frame'
import type { JournalEntry, NewEntry } from '../../shared/journal/history'
import { JOURNAL_FORMAT, type StoredEntry, upcast } from '../../shared/journal/upcast'
import { assertInPlace, codeOf, syncFolder, writeAll } from './disk'

// The journal is a row of files of frames. Files are only ever appended to, and never after a
// frame that a crash cut short: then a new file begins, whose first frame says how many bytes
// of the file before it count. So nothing is deleted, and what was set aside stays to be seen.
// Each frame names the hash of the one before it, across files.

/** Roughly how many bytes of entries one read answers. */
const READ_BYTES = 4 * 1024 * 1024
/** A file longer than this is followed by a new one. */
const FILE_BYTES = 64 * 1024 * 1024

/** A project's journal, open for reading and appending. */
export interface Journal {
  /** `seq` of the last entry; 0 for none. */
  readonly lastSeq: number
  /** Bytes at the end that were unreadable when the journal was opened. */
  readonly tornBytes: number
  /** Resolves with the entry's `seq` once it is on disk. After a failure the next try begins a new file. */
  append(entry: NewEntry): Promise<number>
  /** Entries from `fromSeq` on, as many as fit {@link READ_BYTES}, at least one if there is one. */
  read(fromSeq: number): Promise<JournalEntry[]>
  close(): Promise<void>
}

/** The first frame of every file. */
interface FileHead {
  readonly codicil: 'journal'
  readonly format: number
  readonly project: string
  /** `seq` of the last entry in the files before this one. */
  readonly after: number
  /** Hash of the frame before this one; empty for the very first. */
  readonly prev: string
  /** The file that this one continues, and how many of its bytes count. */
  readonly continues: { readonly file: string; readonly bytes: number } | null
}

interface JournalFile {
  readonly name: string
  /** Bytes that count. */
  readonly bytes: number
  readonly format: number
}

/** Makes the journal of a new project, with nothing in it. */
export async function createJournal(folder: string, projectId: string): Promise<void> {
  const head: FileHead = {
    codicil: 'journal',
    format: JOURNAL_FORMAT,
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
export async function openJournal(folder: string, projectId: string): Promise<Journal> {
  const { files, spans, tornBytes, ...checked } = await checkFiles(folder, projectId)
  let { prev, nextNumber } = checked
  const last = files.at(-1)!
  let end = last.bytes
  // An unfinished write may stand after the last sound frame: only a clean end is appended to.
  let handle: FileHandle | null = null
  let hasRefuse = false
  if (tornBytes === 0 && last.format === JOURNAL_FORMAT) {
    handle = await open(join(folder, last.name), 'a')
    await handle.datasync()
  }

  return {
    get lastSeq() {
      return spans.length
    },
    tornBytes,

    async append(entry) {
      const seq = spans.length + 1
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
        await current.close().catch(() => {})
        throw error
      }
      spans.push({ file: files.length - 1, span: { start: end, end: end + frame.length } })
      end += frame.length
      files[files.length - 1] = { ...files.at(-1)!, bytes: end }
      prev = hashOf(frame)
      return seq
    },

    async read(fromSeq) {
      const entries: JournalEntry[] = []
      let bytes = 0
      for (let i = fromSeq - 1; i < spans.length && bytes < READ_BYTES; ) {
        const run = runOf(i)
        const chunk = await readRange(join(folder, files[run.file]!.name), run.start, run.end)
        for (; i < run.next; i++) {
          const { start, end } = spans[i]!.span
          const span = { start: start - run.start, end: end - run.start }
          entries.push(upcast(parse(chunk, span), files[run.file]!.format))
        }
        bytes += chunk.length
      }
      return entries
    },

    async close() {
      // A frame that was given up must not be found whole when the journal is opened again.
      if (hasRefuse) handle = await beginNext().catch(() => null)
      await handle?.close()
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
      project: projectId,
      after: spans.length,
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

  /** The entries from index `i` that stand together in one file and fit one read. */
  function runOf(i: number): { file: number; start: number; end: number; next: number } {
    const { file, span } = spans[i]!
    let next = i + 1
    while (
      next < spans.length &&
      spans[next]!.file === file &&
      spans[next]!.span.end - span.start <= READ_BYTES
    ) {
      next++
    }
    return { file, start: span.start, end: spans[next - 1]!.span.end, next }
  }
}

/** What {@link openJournal} found on disk, every frame checked. */
interface Checked {
  readonly files: JournalFile[]
  /** Where entry `seq` stands, at index `seq - 1`. */
  readonly spans: { file: number; span: FrameSpan }[]
  /** Hash of the last frame. */
  readonly prev: string
  readonly tornBytes: number
  readonly nextNumber: number
}

async function checkFiles(folder: string, projectId: string): Promise<Checked> {
  const listed = await readdir(folder).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') throw new HostError('journal-missing')
    throw error
  })
  const names = listed.filter(name => /^\d{6}\.log$/.test(name)).sort()
  const nextNumber = Number.parseInt(names.at(-1) ?? '0', 10) + 1
  const { chain, strays } = await chainOf(folder, names)
  const files: JournalFile[] = []
  const spans: Checked['spans'] = []
  let prev = ''
  let tornBytes = strays
  for (const [i, { name, bytes, head }] of chain.entries()) {
    const next = chain[i + 1]?.head.continues ?? null
    if (head.project !== projectId) throw damaged(name, 'project')
    if (head.prev !== prev || head.after !== spans.length) throw damaged(name, 'chain')
    const counting = next ? bytes.subarray(0, next.bytes) : bytes
    const scan = scanFrames(counting)
    if (scan.rest === 'damaged' || (next && scan.end !== next.bytes)) throw damaged(name, 'frame')
    if (!next) tornBytes += bytes.length - scan.end
    for (const [k, span] of scan.frames.entries()) {
      if (k > 0) {
        const stored = parse(counting, span)
        if (stored.prev !== prev || stored.seq !== spans.length + 1) throw damaged(name, 'chain')
        spans.push({ file: i, span })
      }
      prev = hashOf(counting.subarray(span.start, span.end))
    }
    files.push({ name, bytes: scan.end, format: head.format })
  }
  return { files, spans, prev, tornBytes, nextNumber }
}

interface FoundFile {
  readonly name: string
  readonly bytes: Buffer
  readonly head: FileHead
}

/**
 * The files that make up the journal, oldest first, found by going back from the last one
 * along `continues`. A file beside that chain is one whose beginning failed; it must hold no
 * entry. `strays` counts the bytes of such files after the last of the chain.
 */
async function chainOf(
  folder: string,
  names: readonly string[],
): Promise<{ chain: FoundFile[]; strays: number }> {
  const found = new Map<string, FoundFile>()
  let strays = 0
  for (const name of names) {
    const bytes = await readFile(join(folder, name))
    const head = headOf(bytes, name)
    if (head) {
      found.set(name, { name, bytes, head })
      strays = 0
    } else strays += bytes.length
  }
  const chain: FoundFile[] = []
  for (let file = [...found.values()].at(-1); file; ) {
    chain.unshift(file)
    found.delete(file.name)
    const { continues } = file.head
    const before: FoundFile | undefined = continues ? found.get(continues.file) : undefined
    if (continues && !before) throw damaged(continues.file, 'order')
    file = before
  }
  if (chain.length === 0) throw new HostError('journal-missing')
  for (const { name, bytes } of found.values()) {
    if (scanFrames(bytes).frames.length > 1) throw damaged(name, 'order')
  }
  return { chain, strays }
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
    throw error
  }
}

/**
 * A file's first frame; `null` when the file was cut short while it was being begun, so that
 * it never held an entry.
 */
function headOf(bytes: Buffer, name: string): FileHead | null {
  const scan = scanFrames(bytes)
  const first = scan.frames[0]
  if (!first) {
    if (scan.rest === 'damaged') throw damaged(name, 'frame')
    return null
  }
  const head = parse(bytes, first) as unknown as FileHead
  if (head.codicil !== 'journal') throw damaged(name, 'frame')
  if (head.format > JOURNAL_FORMAT) throw new HostError('newer-version', { format: head.format })
  return head
}

function parse(bytes: Uint8Array, span: FrameSpan): StoredEntry {
  const payload = bytes.subarray(span.start + FRAME_HEADER_BYTES, span.end)
  return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload)) as StoredEntry
}

function damaged(file: string, what: string): HostError {
  return new HostError('journal-damaged', { file, what })
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

async function readRange(path: string, start: number, end: number): Promise<Uint8Array> {
  const handle = await open(path, 'r')
  try {
    const bytes = new Uint8Array(end - start)
    for (let done = 0; done < bytes.length; ) {
      const { bytesRead } = await handle.read(bytes, done, bytes.length - done, start + done)
      if (bytesRead === 0) throw new HostError('vanished')
      done += bytesRead
    }
    return bytes
  } finally {
    await handle.close()
  }
}
