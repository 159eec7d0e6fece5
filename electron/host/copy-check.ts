import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import type { Hash, ProjectId } from '../../shared/domain/id'
import { hashesOf, type Report } from '../../shared/domain/report'
import { HostError } from '../../shared/host'
import { FRAME_HEADER_BYTES, lengthAt } from '../../shared/journal/frame'
import type { JournalEntry } from '../../shared/journal/history'
import { JOURNAL_FORMAT, type StoredEntry, upcast } from '../../shared/journal/upcast'
import { isNewEntry } from './contract'
import type { FileHead } from './journal-files'

// What a copy holds is checked while it streams by, in pieces of any size: whoever made it may
// be a stranger. A copy is stricter than a folder. Its journal files are those of the chain, cut
// to the bytes that count, and its packs are whole frames, so nothing in it may be torn.

/** How a file of a copy is checked: its bytes in order, then its end. Both throw `copy-damaged`. */
export interface FileCheck {
  take(bytes: Uint8Array): void
  end(): void
}

/** What a copy turned out to hold. */
export interface CopyContents {
  /** `seq` of the journal's last entry. */
  readonly entries: number
  /** Texts and original files that the journal names and no pack has. */
  readonly missingBlobs: number
}

/** The check of one copy, file by file. */
export interface CopyCheck {
  /** Journal files must come in the order of their names. */
  journal(name: string): FileCheck
  pack(name: string): FileCheck
  end(): CopyContents
}

/** Why a copy is refused; the interface has words for each. */
export type Damage =
  | 'chain'
  | 'crc'
  | 'directory'
  | 'data'
  | 'duplicate'
  | 'encrypted'
  | 'entries'
  | 'entry'
  | 'frame'
  | 'hash'
  | 'header'
  | 'kind'
  | 'manifest'
  | 'missing'
  | 'name'
  | 'not-zip'
  | 'short'
  | 'size'
  | 'study'

/** The error for a copy that is not what it should be. */
export function damagedCopy(what: Damage, file = ''): HostError {
  return new HostError('copy-damaged', file === '' ? { what } : { file, what })
}

/** Checks a copy whose journal was begun as `study`. */
export function createCopyCheck(study: ProjectId): CopyCheck {
  let seq = 0
  let prev = ''
  let last: FileHead['continues'] = null
  const named = new Set<Hash>()
  const stored = new Set<string>()

  return {
    journal(name) {
      let head: FileHead | null = null
      let parts: Uint8Array[] = []
      let hash = createHash('sha256')
      let bytes = 0
      return frames(name, {
        begin(header, length) {
          parts = []
          hash = createHash('sha256').update(header)
          bytes += header.length + length
        },
        part(piece, at) {
          // Every payload is JSON of an object: what is none is not gathered first.
          if (at === 0 && piece[0] !== BRACE) throw damagedCopy('frame', name)
          parts.push(piece)
          hash.update(piece)
        },
        end() {
          const value = parsed(Buffer.concat(parts), name)
          if (head === null) head = begin(value as FileHead, name)
          else take(value as StoredEntry, head, name)
          prev = hash.digest('hex')
        },
        over() {
          if (head === null) throw damagedCopy('frame', name)
          last = { file: name, bytes }
        },
      })
    },

    pack(name) {
      let claimed = Buffer.alloc(0)
      let hash = createHash('sha256')
      return frames(name, {
        begin(_header, length) {
          if (length < HASH_BYTES) throw damagedCopy('frame', name)
          claimed = Buffer.alloc(0)
          hash = createHash('sha256')
        },
        part(piece, at) {
          const missing = Math.max(0, HASH_BYTES - at)
          if (missing > 0) claimed = Buffer.concat([claimed, piece.subarray(0, missing)])
          hash.update(piece.subarray(missing))
        },
        end() {
          const found = hash.digest('hex')
          if (found !== claimed.toString('hex')) throw damagedCopy('hash', name)
          stored.add(found)
        },
        over() {},
      })
    },

    end: () => ({
      entries: seq,
      missingBlobs: [...named].filter(hash => !stored.has(hash)).length,
    }),
  }

  function begin(head: FileHead, name: string): FileHead {
    if (head.codicil !== 'journal') throw damagedCopy('frame', name)
    if (head.format > JOURNAL_FORMAT) throw new HostError('newer-version', { format: head.format })
    if (!Number.isInteger(head.format) || head.format < 1) throw damagedCopy('frame', name)
    if (head.project !== study) throw damagedCopy('study', name)
    const isNext =
      head.prev === prev &&
      head.after === seq &&
      (head.continues?.file ?? null) === (last?.file ?? null) &&
      (head.continues?.bytes ?? null) === (last?.bytes ?? null)
    if (!isNext) throw damagedCopy('chain', name)
    return head
  }

  function take(value: StoredEntry, { format }: FileHead, name: string): void {
    if (value.prev !== prev || value.seq !== seq + 1) throw damagedCopy('chain', name)
    const entry = upcasted(value, format, name)
    const { seq: _, ...rest } = entry
    if (!isNewEntry(rest)) throw damagedCopy('entry', name)
    for (const report of reportsIn(entry)) {
      for (const hash of hashesOf(report)) named.add(hash)
    }
    seq++
  }
}

const BRACE = '{'.charCodeAt(0)
const HASH_BYTES = 32

interface FrameListener {
  begin(header: Uint8Array, length: number): void
  /** Some of the payload, which starts `at` bytes into it. Not empty. */
  part(piece: Uint8Array, at: number): void
  /** The payload is complete, and its checksum agrees. */
  end(): void
  over(): void
}

/** Cuts a file that must be whole frames and nothing else into those. */
function frames(name: string, listener: FrameListener): FileCheck {
  let header = Buffer.alloc(0)
  let length = -1
  let at = 0
  let sum = 0
  const finish = () => {
    if (sum !== header.readUInt32LE(8)) throw damagedCopy('frame', name)
    listener.end()
    header = Buffer.alloc(0)
    length = -1
  }
  return {
    take(bytes) {
      for (let from = 0; from < bytes.length; ) {
        if (length < 0) {
          const piece = bytes.subarray(from, from + FRAME_HEADER_BYTES - header.length)
          header = Buffer.concat([header, piece])
          from += piece.length
          if (header.length < FRAME_HEADER_BYTES) return
          const stated = lengthAt(header, 0)
          if (stated === null) throw damagedCopy('frame', name)
          length = stated
          at = 0
          sum = 0
          listener.begin(header, length)
        } else {
          const piece = bytes.subarray(from, from + length - at)
          sum = crc32(piece, sum)
          listener.part(piece, at)
          at += piece.length
          from += piece.length
        }
        if (length >= 0 && at === length) finish()
      }
    },
    end() {
      if (header.length > 0) throw damagedCopy('frame', name)
      listener.over()
    },
  }
}

function parsed(payload: Uint8Array, name: string): unknown {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload))
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  } catch (error) {
    if (!(error instanceof SyntaxError) && !(error instanceof TypeError)) throw error
  }
  throw damagedCopy('entry', name)
}

/** An entry in today's shape; one that never had an older shape is no entry. */
function upcasted(value: StoredEntry, format: number, name: string): JournalEntry {
  try {
    return upcast(value, format)
  } catch {
    throw damagedCopy('entry', name)
  }
}

/** The reports that an entry brings in or puts back. */
function reportsIn(entry: JournalEntry): readonly Report[] {
  if (entry.kind === 'import') return entry.reports
  return entry.changes.flatMap(change =>
    change.table === 'reports' && change.after ? [change.after] : [],
  )
}
