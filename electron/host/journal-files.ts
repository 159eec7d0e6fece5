import { createHash } from 'node:crypto'
import { open, readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { HostError } from '../../shared/host'
import { FRAME_HEADER_BYTES, type FrameSpan, scanFrames } from '../../shared/journal/frame'
import type { JournalEntry } from '../../shared/journal/history'
import { JOURNAL_FORMAT, type StoredEntry, upcast } from '../../shared/journal/upcast'
import { codeOf } from './disk'

// The journal's files, read and checked. Whoever writes and whoever only looks go through the
// same checks; looking needs no lock and changes nothing, and may happen while another process
// appends: what is not there as a whole frame yet is passed over like any torn end.

/** Roughly how many bytes of entries one read answers. */
const READ_BYTES = 4 * 1024 * 1024

const UTF8 = new TextDecoder('utf-8', { fatal: true })

/** The first frame of every file. */
export interface FileHead {
  readonly codicil: 'journal'
  readonly format: number
  readonly project: string
  /** `seq` of the last entry in the files before this one. */
  readonly after: number
  /** Hash of the frame before this one; empty for the very first. */
  readonly prev: string
  /** The version of Codicil that began the file. Absent in format 1, empty when not known. */
  readonly app?: string
  /** The file that this one continues, and how many of its bytes count. */
  readonly continues: { readonly file: string; readonly bytes: number } | null
}

/** One file of the journal's chain. */
export interface JournalFile {
  readonly name: string
  /** Bytes that count. */
  readonly bytes: number
  readonly format: number
}

/** Where an entry stands. */
export interface EntryPlace {
  /** Index of its file. */
  readonly file: number
  readonly span: FrameSpan
}

/** A journal as it stood on disk at one moment, every frame and the whole chain checked. */
export interface JournalReading {
  /** `seq` of the last entry; 0 for none. */
  readonly lastSeq: number
  /** Unreadable bytes at the end. Beside a writer they may be an entry on its way. */
  readonly tornBytes: number
  /** The files of the chain, oldest first. */
  readonly files: readonly JournalFile[]
  /** SHA-256 of the whole frame of entry `seq`, read from disk. Empty for 0. */
  hashAt(seq: number): Promise<string>
  /** Entries from `fromSeq` on, as many as fit {@link READ_BYTES}, at least one if there is one. */
  read(fromSeq: number): Promise<JournalEntry[]>
  /**
   * Takes in what was appended since, reading no more than that. Throws `session-ended` when
   * an entry that was read before does not stand there any more.
   */
  refresh(): Promise<void>
}

/**
 * Reads a journal without a lock and without writing, and checks every frame of it. `folder` is
 * the project's `journal` folder. `visit` is shown every entry, in order, while they are being
 * checked; what it was shown counts only if this resolves. Throws `journal-missing`,
 * `journal-damaged` or `newer-version` as `openJournal` does, which uses the same checks.
 */
export async function readJournalFiles(
  folder: string,
  projectId: string,
  visit: (entry: JournalEntry) => void = () => {},
): Promise<JournalReading> {
  let checked = await checkFiles(folder, projectId, visit)
  return {
    get lastSeq() {
      return checked.places.length
    },
    get tornBytes() {
      return checked.tornBytes
    },
    get files() {
      return checked.files
    },
    hashAt: seq => hashAt(folder, checked, seq),
    read: fromSeq => readEntries(folder, checked, fromSeq),
    async refresh() {
      checked = await checkAgain(folder, projectId, checked)
    },
  }
}

/** What {@link checkFiles} found on disk. */
export interface Checked {
  readonly files: JournalFile[]
  /** Where entry `seq` stands, at index `seq - 1`. */
  readonly places: EntryPlace[]
  /** Hash of the last frame. */
  readonly prev: string
  readonly tornBytes: number
  /** Every file there was, of the chain or not. */
  readonly names: readonly string[]
}

/** Reads and checks all files of a journal. Throws as {@link readJournalFiles} says. */
export async function checkFiles(
  folder: string,
  projectId: string,
  visit: (entry: JournalEntry) => void = () => {},
): Promise<Checked> {
  const names = await namesIn(folder)
  const { chain, strays } = await chainOf(folder, names)
  const files: JournalFile[] = []
  const places: EntryPlace[] = []
  let prev = ''
  let tornBytes = strays
  for (const [i, { name, bytes, head }] of chain.entries()) {
    const next = chain[i + 1]?.head.continues ?? null
    if (head.project !== projectId) throw damaged(name, 'project')
    if (head.prev !== prev || head.after !== places.length) throw damaged(name, 'chain')
    const counting = next ? bytes.subarray(0, next.bytes) : bytes
    const scan = scanFrames(counting)
    if (scan.rest === 'damaged' || (next && scan.end !== next.bytes)) throw damaged(name, 'frame')
    if (!next) tornBytes += bytes.length - scan.end
    for (const [k, span] of scan.frames.entries()) {
      if (k > 0) {
        const stored = entryIn(counting, span)
        if (stored.prev !== prev || stored.seq !== places.length + 1) throw damaged(name, 'chain')
        places.push({ file: i, span })
        visit(upcast(stored, head.format))
      }
      prev = hashOf(counting.subarray(span.start, span.end))
    }
    files.push({ name, bytes: scan.end, format: head.format })
  }
  return { files, places, prev, tornBytes, names }
}

/** Entries from `fromSeq` on, as many as fit {@link READ_BYTES}, at least one if there is one. */
export async function readEntries(
  folder: string,
  { files, places }: Pick<Checked, 'files' | 'places'>,
  fromSeq: number,
): Promise<JournalEntry[]> {
  const entries: JournalEntry[] = []
  let bytes = 0
  for (let i = fromSeq - 1; i < places.length && bytes < READ_BYTES; ) {
    const run = runOf(places, i)
    const file = files[run.file]!
    const chunk = await readRange(join(folder, file.name), run.start, run.end)
    for (; i < run.next; i++) {
      const { start, end } = places[i]!.span
      const stored = entryIn(chunk, { start: start - run.start, end: end - run.start })
      entries.push(upcast(stored, file.format))
    }
    bytes += chunk.length
  }
  return entries
}

/** SHA-256 of the whole frame of entry `seq`, read from disk; empty for 0. */
export async function hashAt(
  folder: string,
  { files, places }: Pick<Checked, 'files' | 'places'>,
  seq: number,
): Promise<string> {
  const place = places[seq - 1]
  if (!place) return ''
  const path = join(folder, files[place.file]!.name)
  return hashOf(await readRange(path, place.span.start, place.span.end))
}

/** SHA-256 in hexadecimal, as the journal chains its frames. */
export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** The entry in a whole frame, as some version wrote it. */
function entryIn(bytes: Uint8Array, span: FrameSpan): StoredEntry {
  const payload = bytes.subarray(span.start + FRAME_HEADER_BYTES, span.end)
  return JSON.parse(UTF8.decode(payload)) as StoredEntry
}

/**
 * What was checked, and what stands behind it by now. Where only the last file has grown, only
 * its new part is read; in every other case all of it.
 */
async function checkAgain(folder: string, projectId: string, before: Checked): Promise<Checked> {
  const last = before.files.at(-1)!
  const names = await namesIn(folder)
  const { size } = await stat(join(folder, last.name))
  const isSameChain = names.join() === before.names.join() && names.at(-1) === last.name
  if (!isSameChain || size < last.bytes) {
    const seen = await hashAt(folder, before, before.places.length).catch(() => null)
    const now = await checkFiles(folder, projectId)
    if (seen !== (await hashAt(folder, now, before.places.length))) {
      throw new HostError('session-ended')
    }
    return now
  }
  if (size === last.bytes) return before
  const bytes = await readRange(join(folder, last.name), last.bytes, size)
  const scan = scanFrames(bytes)
  if (scan.rest === 'damaged') throw damaged(last.name, 'frame')
  const files = [...before.files.slice(0, -1), { ...last, bytes: last.bytes + scan.end }]
  const places = [...before.places]
  let { prev } = before
  for (const { start, end } of scan.frames) {
    const stored = entryIn(bytes, { start, end })
    if (stored.prev !== prev || stored.seq !== places.length + 1) throw damaged(last.name, 'chain')
    const span = { start: last.bytes + start, end: last.bytes + end }
    places.push({ file: files.length - 1, span })
    prev = hashOf(bytes.subarray(start, end))
  }
  return { files, places, prev, tornBytes: bytes.length - scan.end, names }
}

async function namesIn(folder: string): Promise<string[]> {
  const listed = await readdir(folder).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') throw new HostError('journal-missing')
    throw error
  })
  return listed.filter(name => /^\d{6}\.log$/.test(name)).sort()
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
  const head = entryIn(bytes, first) as unknown as FileHead
  if (head.codicil !== 'journal') throw damaged(name, 'frame')
  if (head.format > JOURNAL_FORMAT) throw new HostError('newer-version', { format: head.format })
  return head
}

/** The entries from index `i` that stand together in one file and fit one read. */
function runOf(
  places: readonly EntryPlace[],
  i: number,
): { file: number; start: number; end: number; next: number } {
  const { file, span } = places[i]!
  let next = i + 1
  while (
    next < places.length &&
    places[next]!.file === file &&
    places[next]!.span.end - span.start <= READ_BYTES
  ) {
    next++
  }
  return { file, start: span.start, end: places[next - 1]!.span.end, next }
}

function damaged(file: string, what: string): HostError {
  return new HostError('journal-damaged', { file, what })
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
