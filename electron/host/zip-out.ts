import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type PassThrough, Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import type { Hash } from '../../shared/domain/id'
import { HostError, type TaskResults } from '../../shared/host'
import { frameOf } from '../../shared/journal/frame'
import { readBlob, readIndex } from './blobs'
import { damagedCopy } from './copy-check'
import { codeOf, writeAll } from './disk'
import { readJournalFiles } from './journal-files'
import { type JournalPart, manifestText, type StoredProject } from './keeper'
import type { WorkHelp } from './works'
import { readCopy } from './zip-in'

/** A project folder as it counts at one moment. */
export interface FolderPart {
  /** `seq` of the last entry. */
  readonly lastSeq: number
  /** The files of the journal's chain, oldest first, with the bytes of each that count. */
  readonly journal: readonly JournalPart[]
  readonly packs: readonly JournalPart[]
}

/** What {@link packCopy} is asked for. */
export interface PackWish {
  readonly folder: string
  readonly project: StoredProject
  /** What whoever has it open for writing says that counts; `null` when it is not open here. */
  readonly part: FolderPart | null
  /** The file to write, which must not exist. */
  readonly file: string
}

/**
 * Writes what counts of a project folder into one `.codicil` file, flushes it, and reads it back
 * with the checks that opening it makes. Damaged texts are left out, and counted as missing.
 * Needs no lock; someone may go on working in the project. Whoever asks removes the file should
 * this fail.
 */
export async function packCopy(
  { folder, project, part, file }: PackWish,
  help: WorkHelp,
): Promise<Pick<TaskResults['save-copy'], 'bytes' | 'sha256' | 'missingBlobs'>> {
  const { lastSeq, journal, packs } = part ?? (await partOnDisk(folder, project))
  const total = [...journal, ...packs].reduce((sum, { bytes }) => sum + bytes, 0)
  let done = 0
  const counted = async function* (pieces: AsyncIterable<Uint8Array>) {
    for await (const piece of pieces) {
      help.signal.throwIfAborted()
      yield piece
      done += piece.length
      help.progress('packing', Math.min(done, total), total)
    }
  }

  const zip = new ZipFile()
  const output = zip.outputStream as PassThrough
  // Its types leave out that it tells of errors; none of them must pass for a finished file.
  zip.on('error', (error: Error) => output.destroy(error))
  const add = (name: string, pieces: () => AsyncIterable<Uint8Array>) =>
    zip.addReadStreamLazy(name, { mode: 0o100644 }, callback => {
      const source = Readable.from(counted(pieces()), { objectMode: false })
      source.on('error', error => output.destroy(error))
      callback(null, source)
    })
  zip.addBuffer(Buffer.from(manifestText(project)), 'codicil.json', { mode: 0o100644 })
  for (const { name, bytes } of journal) {
    add(`journal/${name}`, () => bytesOf(join(folder, 'journal', name), bytes))
  }
  for (const { name, bytes } of packs) {
    add(`blobs/${name}`, () => soundFramesOf(join(folder, 'blobs', name), name, bytes))
  }
  zip.end()

  const handle = await open(file, 'wx', 0o600)
  const hash = createHash('sha256')
  let bytes = 0
  try {
    for await (const chunk of output as AsyncIterable<Buffer>) {
      help.signal.throwIfAborted()
      hash.update(chunk)
      bytes += chunk.length
      await writeAll(handle, chunk)
    }
    await handle.sync()
  } finally {
    output.destroy()
    await handle.close()
  }

  const sha256 = hash.digest('hex') as Hash
  const { entries, missingBlobs } = await readCopy(file, null, help)
  if (entries !== lastSeq || (await hashOfFile(file, help)) !== sha256) throw damagedCopy('data')
  return { bytes, sha256, missingBlobs }
}

/** Names and sizes of the packs in a `blobs` folder; none where it is missing. */
export async function packsIn(folder: string): Promise<JournalPart[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return []
    throw error
  })
  const packs = names.filter(name => /^\d{6}\.pack$/.test(name)).sort()
  return Promise.all(
    packs.map(async name => ({ name, bytes: (await stat(join(folder, name))).size })),
  )
}

/** What stands in a folder now. Texts are there before the entries that name them, so are read after. */
async function partOnDisk(folder: string, { study }: StoredProject): Promise<FolderPart> {
  const { lastSeq, files } = await readJournalFiles(join(folder, 'journal'), study)
  return { lastSeq, journal: files, packs: await packsIn(join(folder, 'blobs')) }
}

/** The first `bytes` of a file. */
async function* bytesOf(path: string, bytes: number): AsyncGenerator<Uint8Array> {
  let done = 0
  const stream = createReadStream(path, { end: bytes - 1, highWaterMark: 256 * 1024 })
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    done += chunk.length
    yield chunk
  }
  if (done !== bytes) throw new HostError('vanished', { file: path })
}

/** The whole, undamaged frames of a pack that stand in its first `bytes`. */
async function* soundFramesOf(
  path: string,
  pack: string,
  bytes: number,
): AsyncGenerator<Uint8Array> {
  const places: { hash: Hash; start: number; end: number }[] = []
  await readIndex(path, (hash, start, end) => {
    if (end <= bytes) places.push({ hash, start, end })
  })
  const handle = await open(path, 'r')
  try {
    for (const { hash, start, end } of places) {
      const blob = await readBlob(handle, { pack, start, end }, hash).catch((error: unknown) => {
        if (error instanceof HostError && error.reason === 'blob-damaged') return null
        throw error
      })
      if (blob) yield frameOf(Buffer.concat([Buffer.from(hash, 'hex'), blob]))
    }
  } finally {
    await handle.close()
  }
}

async function hashOfFile(path: string, { signal }: WorkHelp): Promise<Hash> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    signal.throwIfAborted()
    hash.update(chunk)
  }
  return hash.digest('hex') as Hash
}
