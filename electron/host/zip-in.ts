import { type FileHandle, mkdir, open, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { type Entry, openPromise, type ZipFile } from 'yauzl'
import { tidyName } from '../../shared/domain/project'
import { HostError } from '../../shared/host'
import { scanBlobs } from './blob-scan'
import { type CopyContents, createCopyCheck, type Damage, damagedCopy } from './copy-check'
import { codeOf, syncFolder, writeAll } from './disk'
import { readJournalFiles } from './journal-files'
import { manifestIn, type StoredProject } from './keeper'
import type { WorkHelp } from './works'

// A `.codicil` file is a zip that a stranger may have made. Nothing in it is believed: names
// are compared with those that can occur and never become paths, sizes are what has been counted,
// and every byte goes through the same checks as a project folder before it counts for anything.

/** A copy that has been read whole. */
export interface ReadCopy extends CopyContents {
  readonly project: StoredProject
}

/** What {@link unpackCopy} is asked for. */
export interface UnpackWish {
  readonly file: string
  /** An existing, empty folder. */
  readonly folder: string
}

/**
 * Makes the inside of a project folder from a `.codicil` file: its journal and its packs, on
 * disk and checked once more as they stand there. The manifest is left to whoever asks, who knows
 * what else there is, and who removes the folder should this fail.
 */
export async function unpackCopy({ file, folder }: UnpackWish, help: WorkHelp): Promise<ReadCopy> {
  const copy = await readCopy(file, folder, help)
  const { lastSeq } = await readJournalFiles(join(folder, 'journal'), copy.project.study)
  const { damaged } = await scanBlobs(join(folder, 'blobs'), {
    signal: help.signal,
    progress: (_phase, done, total) => help.progress('checking', done, total),
  })
  if (lastSeq !== copy.entries || damaged.size > 0) throw damagedCopy('data')
  return copy
}

/**
 * Reads a whole copy and checks all of it; writes journal and packs into the folder `into`,
 * where one is named. Throws `copy-damaged` with what is wrong and where, `newer-version` before
 * anything else is looked at, `too-large` or `disk-full`.
 */
export async function readCopy(
  path: string,
  into: string | null,
  help: WorkHelp,
): Promise<ReadCopy> {
  const { size } = await stat(path)
  const zip = await openZip(path)
  try {
    const entries = await entriesOf(zip)
    const project = await manifestOf(zip, entries)
    const { journal, packs } = sortedOut(entries)
    await assertLayout(zip, entries)
    const total = [...journal, ...packs].reduce((sum, { bytes }) => sum + bytes, 0)
    if (total > Math.max(MAX_BYTES, MAX_RATIO * size))
      throw new HostError('too-large', { bytes: total })
    if (into) await prepare(into, total)

    const check = createCopyCheck(project.study)
    let done = 0
    const read = async (item: Item, checked: ReturnType<typeof check.pack>) => {
      const handle = into ? await open(join(into, item.name), 'wx', 0o600) : null
      try {
        for await (const chunk of contentOf(zip, item)) {
          help.signal.throwIfAborted()
          checked.take(chunk)
          if (handle) await writeAll(handle, chunk)
          done += chunk.length
          help.progress(into ? 'unpacking' : 'checking', done, total)
        }
        checked.end()
        await handle?.sync()
      } finally {
        await handle?.close()
      }
    }
    for (const item of journal) await read(item, check.journal(baseOf(item)))
    for (const item of packs) await read(item, check.pack(baseOf(item)))
    if (into) for (const name of ['journal', 'blobs']) await syncFolder(join(into, name))
    return { project, ...check.end() }
  } finally {
    zip.close()
  }
}

/** A project has as many files at most; a hundred of them would be many already. */
const MAX_ENTRIES = 10_000
const MAX_MANIFEST_BYTES = 64 * 1024
/** An honest copy shrinks to a third or so: beyond this size it may not grow more than that. */
const MAX_BYTES = 1024 ** 3
const MAX_RATIO = 200
/** What must stay free on a disk that a copy is unpacked to. */
const SPARE_BYTES = 64 * 1024 * 1024

const ENCRYPTED_FLAGS = 0x1 | 0x40 | 0x2000
const SIZES_FOLLOW_FLAG = 0x8
const STORED = 0
const DEFLATED = 8
const TYPE_BITS = 0o170000
const REGULAR_FILE = 0o100000
/** Stands in a header where the true number is in its extra field. */
const ELSEWHERE = 0xffffffff

interface Item {
  /** One of the names that are known, or some other for the error to show. */
  readonly name: string
  readonly entry: Entry
  readonly bytes: number
}

async function openZip(path: string): Promise<ZipFile> {
  try {
    return await openPromise(path, { autoClose: false, decodeStrings: false })
  } catch (error) {
    if (codeOf(error) !== '') throw error
    throw damagedCopy((await beginsAsZip(path)) ? 'short' : 'not-zip')
  }
}

async function beginsAsZip(path: string): Promise<boolean> {
  const handle: FileHandle = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0)
    return bytesRead === 4 && buffer.toString('latin1') === 'PK\u0003\u0004'
  } finally {
    await handle.close()
  }
}

/** What the table of contents lists; each entry as such is fit to be read. */
async function entriesOf(zip: ZipFile): Promise<Item[]> {
  if (zip.entryCount > MAX_ENTRIES) throw damagedCopy('entries')
  const items: Item[] = []
  try {
    for await (const entry of zip.eachEntry()) {
      const name = entry.fileNameRaw.toString('utf8')
      items.push({ name, entry, bytes: entry.uncompressedSize })
    }
  } catch (error) {
    if (codeOf(error) !== '') throw error
    const words = error instanceof Error ? error.message : ''
    if (words.includes('encryption')) throw damagedCopy('encrypted')
    throw damagedCopy(words.includes('size mismatch') ? 'size' : 'directory')
  }
  return items
}

/** Reads the manifest, before anything else in the file is judged: a later version may have more. */
async function manifestOf(zip: ZipFile, items: readonly Item[]): Promise<StoredProject> {
  const [item, second] = items.filter(({ name }) => name === 'codicil.json')
  if (!item) throw damagedCopy('missing', 'codicil.json')
  if (second) throw damagedCopy('duplicate', 'codicil.json')
  assertReadable(item)
  if (item.bytes > MAX_MANIFEST_BYTES) throw damagedCopy('manifest', 'codicil.json')
  const chunks: Buffer[] = []
  for await (const chunk of contentOf(zip, item)) chunks.push(chunk)
  let project: StoredProject
  try {
    project = manifestIn(Buffer.concat(chunks).toString('utf8'))
  } catch (error) {
    if (error instanceof HostError && error.reason === 'newer-version') throw error
    throw damagedCopy('manifest', 'codicil.json')
  }
  const { id, study, createdAt } = project
  if (!isId(id) || !isId(study) || !Number.isSafeInteger(createdAt) || createdAt < 0) {
    throw damagedCopy('manifest', 'codicil.json')
  }
  return project
}

function isId(id: string): boolean {
  return /^[0-9a-z]{1,64}$/.test(id)
}

/** The files that a copy has, by kind and in the order of their names. Any other is refused. */
function sortedOut(items: readonly Item[]): { journal: Item[]; packs: Item[] } {
  const seen = new Set<string>()
  const journal: Item[] = []
  const packs: Item[] = []
  for (const item of items) {
    const { name } = item
    if (name === 'codicil.json') continue
    if (/^journal\/\d{6}\.log$/.test(name)) journal.push(item)
    else if (/^blobs\/\d{6}\.pack$/.test(name)) packs.push(item)
    else throw damagedCopy('name', shown(name))
    if (seen.has(name)) throw damagedCopy('duplicate', name)
    seen.add(name)
    assertReadable(item)
  }
  if (journal.length === 0) throw damagedCopy('missing', 'journal')
  const byName = (a: Item, b: Item) => (a.name < b.name ? -1 : 1)
  return { journal: journal.sort(byName), packs: packs.sort(byName) }
}

function assertReadable({ name, entry }: Item): void {
  if (entry.generalPurposeBitFlag & ENCRYPTED_FLAGS) throw damagedCopy('encrypted', name)
  const type = (entry.externalFileAttributes >>> 16) & TYPE_BITS
  if (type !== 0 && type !== REGULAR_FILE) throw damagedCopy('kind', name)
  if (entry.compressionMethod !== STORED && entry.compressionMethod !== DEFLATED) {
    throw damagedCopy('kind', name)
  }
}

/** Compares the table of contents with what stands before each file; no two may share bytes. */
async function assertLayout(zip: ZipFile, items: readonly Item[]): Promise<void> {
  const ranges: { start: number; end: number; name: string }[] = []
  for (const { name, entry } of items) {
    const local = await zip.readLocalFileHeaderPromise(entry).catch((error: unknown) => {
      if (codeOf(error) !== '') throw error
      throw damagedCopy('header', name)
    })
    const isSame =
      entry.fileNameRaw.equals(local.fileName) &&
      entry.compressionMethod === local.compressionMethod &&
      entry.generalPurposeBitFlag === local.generalPurposeBitFlag
    const hasSizes = (local.generalPurposeBitFlag & SIZES_FOLLOW_FLAG) === 0
    const isAsLarge =
      !hasSizes ||
      (entry.crc32 === local.crc32 &&
        [entry.compressedSize, ELSEWHERE].includes(local.compressedSize) &&
        [entry.uncompressedSize, ELSEWHERE].includes(local.uncompressedSize))
    if (!isSame || !isAsLarge) throw damagedCopy('header', name)
    const end = local.fileDataStart + entry.compressedSize
    ranges.push({ start: entry.relativeOffsetOfLocalHeader, end, name })
  }
  ranges.sort((a, b) => a.start - b.start)
  for (const [i, { start, name }] of ranges.entries()) {
    if (i > 0 && start < ranges[i - 1]!.end) throw damagedCopy('header', name)
  }
}

async function prepare(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder)
  if (bytes + SPARE_BYTES > bavail * bsize) throw new HostError('disk-full', { bytes })
  for (const name of ['journal', 'blobs']) await mkdir(join(folder, name))
}

/** A file's content, unpacked; its size and checksum are as the table of contents says. */
async function* contentOf(zip: ZipFile, { name, entry }: Item): AsyncGenerator<Buffer> {
  let sum = 0
  let bytes = 0
  const stream = await zip.openReadStreamPromise(entry).catch(failed)
  const chunks = (stream as AsyncIterable<Buffer>)[Symbol.asyncIterator]()
  try {
    for (;;) {
      const { value, done } = await chunks.next().catch(failed)
      if (done) break
      sum = crc32(value, sum)
      bytes += value.length
      yield value
    }
  } finally {
    stream.destroy()
  }
  if (bytes !== entry.uncompressedSize) throw damagedCopy('size', name)
  if (sum !== entry.crc32) throw damagedCopy('crc', name)

  function failed(error: unknown): never {
    const code = codeOf(error)
    if (code !== '' && !code.startsWith('Z_')) throw error
    const words = error instanceof Error ? error.message : ''
    const what: Damage = words.includes('bytes in the stream') ? 'size' : 'data'
    throw damagedCopy(what, name)
  }
}

function baseOf({ name }: Item): string {
  return name.slice(name.indexOf('/') + 1)
}

/** A stranger's file name, fit to be shown in one line. */
function shown(name: string): string {
  const tidy = tidyName(name)
  return tidy.length > 80 ? `${tidy.slice(0, 79)}…` : tidy
}
