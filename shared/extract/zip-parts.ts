import { Inflate, inflateSync } from 'fflate'
import { DOCUMENT_LIMITS, type DocumentProblem, type RefusedDocument, refuse } from './document'

// A zip is believed only where its two accounts of itself agree: the table of contents at its
// end and the header before each part. Nothing is unpacked but what a reader asks for, in small
// steps, and what counts is what really comes out. Parts are found by name; no name is ever a
// path, and a zip within the zip is a part like any other. (Over 400 lines because each check
// stands beside the reading that it guards.)

/** The parts of a zip. */
export interface ZipParts {
  /** In the order of the table of contents, with `/` between folders; folders are left out. */
  readonly names: readonly string[]
  /** Whether there is a part of this name, whatever the case of its letters. */
  has(name: string): boolean
  /**
   * Unpacks a part piece by piece.
   *
   * @throws {DocumentRefusal} where it is missing, damaged, or larger than it may be.
   */
  pieces(name: string): Generator<Uint8Array>
  /** As {@link pieces}, in one piece. */
  read(name: string): Uint8Array
}

/** Ends the reading of a document; readers catch it and answer {@link DocumentRefusal.refused}. */
export class DocumentRefusal extends Error {
  readonly refused: RefusedDocument

  constructor(problem: DocumentProblem, details: RefusedDocument['details'] = {}) {
    super(problem)
    this.name = 'DocumentRefusal'
    this.refused = refuse(problem, details)
  }
}

/**
 * What a reader answers, or what it was refused for.
 *
 * Errors that are no refusal are bugs and pass through.
 */
export function orRefused<T>(read: () => T): T | RefusedDocument {
  try {
    return read()
  } catch (error) {
    if (error instanceof DocumentRefusal) return error.refused
    throw error
  }
}

/**
 * Opens a zip, without unpacking anything.
 *
 * Refuses one that is encrypted, damaged, contradicts itself, has too many parts, or states
 * sizes that no document has.
 *
 * @throws {DocumentRefusal}
 */
export function openZip(bytes: Uint8Array): ZipParts {
  const size = bytes.length
  if (size > DOCUMENT_LIMITS.bytes) {
    throw new DocumentRefusal('too-large', { size, limit: DOCUMENT_LIMITS.bytes })
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const entries = entriesOf(bytes, view)
  checkApart(entries)
  checkSizes(entries)

  const byName = new Map<string, ZipEntry>()
  for (const entry of entries) {
    if (byName.has(entry.name)) throw damaged(entry.name)
    byName.set(entry.name, entry)
  }
  // Names of Office parts mean the same in any case; an exact match goes first.
  const byFolded = new Map(entries.map(entry => [entry.name.toLowerCase(), entry]))
  const find = (name: string) => byName.get(name) ?? byFolded.get(name.toLowerCase())
  const budget = { left: DOCUMENT_LIMITS.unpackedBytes }

  function* pieces(name: string): Generator<Uint8Array> {
    const entry = find(name)
    if (!entry) throw damaged(name)
    yield* unpack(bytes, entry, budget)
  }
  return {
    names: entries.map(entry => entry.name).filter(name => !name.endsWith('/')),
    has: name => find(name) !== undefined,
    pieces,
    read: name => joinPieces(pieces(name)),
  }
}

interface ZipEntry {
  readonly name: string
  readonly method: number
  readonly checksum: number
  readonly packedSize: number
  readonly unpackedSize: number
  /** Where its local header begins, its packed bytes begin, and they end. */
  readonly start: number
  readonly dataStart: number
  readonly dataEnd: number
}

const LOCAL_HEADER = 0x04034b50
const CENTRAL_HEADER = 0x02014b50
const END_RECORD = 0x06054b50
const END_RECORD_64 = 0x06064b50
const END_LOCATOR_64 = 0x07064b50
const IS_ENCRYPTED = 1
const HAS_DATA_DESCRIPTOR = 8
const IS_UTF8 = 0x800
/** What a 32-bit field says when the number stands in a 64-bit one. */
const ELSEWHERE = 0xffffffff
const LONGEST_NAME = 1024
const MIB = 1024 * 1024
/** One push of this many bytes unpacks to 4 MiB at most. */
const STEP = 4096

function damaged(where: string): DocumentRefusal {
  return new DocumentRefusal('damaged', { where: where.slice(0, 100) })
}

function bomb(): DocumentRefusal {
  const { unpackedBytes: limit, ratio } = DOCUMENT_LIMITS
  return new DocumentRefusal('bomb', { limit, ratio })
}

/** The table of contents, each entry checked against its local header. */
function entriesOf(bytes: Uint8Array, view: DataView): ZipEntry[] {
  const { count, start, size, shift } = tableOf(view)
  const entries: ZipEntry[] = []
  const end = start + size
  let at = start
  for (let seen = 1; at < end; seen++) {
    if (seen > DOCUMENT_LIMITS.parts) throw tooManyParts(Math.max(seen, count))
    if (at + 46 > end || view.getUint32(at, true) !== CENTRAL_HEADER) throw damaged('zip')
    const nameEnd = at + 46 + view.getUint16(at + 28, true)
    const extraEnd = nameEnd + view.getUint16(at + 30, true)
    if (extraEnd > end) throw damaged('zip')
    entries.push(entryAt({ bytes, view, at, nameEnd, extraEnd, shift, tableStart: start }))
    at = extraEnd + view.getUint16(at + 32, true)
  }
  if (entries.length !== count) throw damaged('zip')
  return entries
}

function tooManyParts(count: number): DocumentRefusal {
  return new DocumentRefusal('too-many-parts', { count, limit: DOCUMENT_LIMITS.parts })
}

interface Table {
  readonly count: number
  readonly start: number
  readonly size: number
  /** How many bytes stand before the zip, such as what a mail gateway put there. */
  readonly shift: number
}

/** Where the table of contents is, from the record at the end of the file. */
function tableOf(view: DataView): Table {
  const record = endRecordOf(view)
  let count = view.getUint16(record + 10, true)
  let size = view.getUint32(record + 12, true)
  let start = view.getUint32(record + 16, true)
  let end = record
  const locator = record - 20
  if (locator >= 0 && view.getUint32(locator, true) === END_LOCATOR_64) {
    // Whatever stands before the zip moves the record that the locator points to.
    const wide = [number64(view, locator + 8), locator - 56].find(
      at => at >= 0 && at + 56 <= locator && view.getUint32(at, true) === END_RECORD_64,
    )
    if (wide === undefined) throw damaged('zip')
    count = number64(view, wide + 32)
    size = number64(view, wide + 40)
    start = number64(view, wide + 48)
    end = wide
  }
  const shift = end - size - start
  if (shift < 0) throw damaged('zip')
  if (count > DOCUMENT_LIMITS.parts) throw tooManyParts(count)
  return { count, size, start: start + shift, shift }
}

function endRecordOf(view: DataView): number {
  const last = view.byteLength - 22
  for (let at = last; at >= Math.max(0, last - 0xffff); at--) {
    if (view.getUint32(at, true) !== END_RECORD) continue
    if (at + 22 + view.getUint16(at + 20, true) <= view.byteLength) return at
  }
  throw damaged('zip')
}

/** A 64-bit number; one over 2^53 is no size that a file has, and then only has to be large. */
function number64(view: DataView, at: number): number {
  return view.getUint32(at, true) + view.getUint32(at + 4, true) * 2 ** 32
}

interface CentralHeader {
  readonly bytes: Uint8Array
  readonly view: DataView
  readonly at: number
  readonly nameEnd: number
  readonly extraEnd: number
  readonly shift: number
  readonly tableStart: number
}

function entryAt(header: CentralHeader): ZipEntry {
  const { bytes, view, at, nameEnd, shift, tableStart } = header
  const flags = view.getUint16(at + 8, true)
  if (flags & IS_ENCRYPTED) throw new DocumentRefusal('encrypted')
  const rawName = bytes.subarray(at + 46, nameEnd)
  const name = nameOf(rawName, flags)
  const method = view.getUint16(at + 10, true)
  const { unpackedSize, packedSize, offset } = sizesOf(header)
  const start = offset + shift

  if (start + 30 > tableStart || view.getUint32(start, true) !== LOCAL_HEADER) throw damaged(name)
  const localNameEnd = start + 30 + view.getUint16(start + 26, true)
  const dataStart = localNameEnd + view.getUint16(start + 28, true)
  const dataEnd = dataStart + packedSize
  if (dataEnd > tableStart) throw damaged(name)
  const localFlags = view.getUint16(start + 6, true)
  if (localFlags & IS_ENCRYPTED) throw new DocumentRefusal('encrypted')
  const agrees =
    isSame(rawName, bytes.subarray(start + 30, localNameEnd)) &&
    view.getUint16(start + 8, true) === method &&
    (localFlags & HAS_DATA_DESCRIPTOR ||
      (agreesWith(view.getUint32(start + 18, true), packedSize) &&
        agreesWith(view.getUint32(start + 22, true), unpackedSize)))
  if (!agrees) throw damaged(name)
  return {
    name,
    method,
    checksum: view.getUint32(at + 16, true),
    packedSize,
    unpackedSize,
    start,
    dataStart,
    dataEnd,
  }
}

/** Whether a local header's size fits: zero, as streaming writers put, says nothing. */
function agreesWith(local: number, size: number): boolean {
  return local === size || local === 0 || local === ELSEWHERE
}

/** Sizes and offset, from the 64-bit field where the 32-bit ones say so. */
function sizesOf({ view, at, nameEnd, extraEnd }: CentralHeader) {
  const narrow = [20, 24, 42].map(field => view.getUint32(at + field, true))
  let [packedSize = 0, unpackedSize = 0, offset = 0] = narrow
  for (let extra = nameEnd; extra + 4 <= extraEnd; ) {
    const id = view.getUint16(extra, true)
    const end = extra + 4 + view.getUint16(extra + 2, true)
    if (id === 1 && end <= extraEnd) {
      let field = extra + 4
      const wide = () => {
        if (field + 8 > end) throw damaged('zip')
        field += 8
        return number64(view, field - 8)
      }
      if (unpackedSize === ELSEWHERE) unpackedSize = wide()
      if (packedSize === ELSEWHERE) packedSize = wide()
      if (offset === ELSEWHERE) offset = wide()
      break
    }
    extra = end
  }
  return { unpackedSize, packedSize, offset }
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index])
}

/** A part's name. One that could lead out of a folder is refused, though none is ever a path. */
function nameOf(raw: Uint8Array, flags: number): string {
  if (raw.length === 0 || raw.length > LONGEST_NAME) throw damaged('zip')
  const name = decodeName(raw, flags).replaceAll('\\', '/')
  const leadsOut = name.startsWith('/') || /^[A-Za-z]:/.test(name) || name.includes('\0')
  if (leadsOut || name.split('/').includes('..')) throw damaged(name)
  return name
}

/** Chinese programs of old write names in GBK and do not say so. */
function decodeName(raw: Uint8Array, flags: number): string {
  const labels = flags & IS_UTF8 ? ['utf-8'] : ['utf-8', 'gb18030']
  for (const label of labels) {
    try {
      return new TextDecoder(label, { fatal: true, ignoreBOM: true }).decode(raw)
    } catch {
      // The next one.
    }
  }
  throw damaged('zip')
}

/** Refuses parts that share bytes: one packed stretch of zeros could stand for a thousand. */
function checkApart(entries: readonly ZipEntry[]): void {
  const sorted = [...entries].sort((a, b) => a.start - b.start)
  let end = 0
  for (const entry of sorted) {
    if (entry.start < end) throw damaged(entry.name)
    end = entry.dataEnd
  }
}

/** Refuses sizes that give a bomb away before anything is unpacked. */
function checkSizes(entries: readonly ZipEntry[]): void {
  const { partBytes, unpackedBytes, ratio } = DOCUMENT_LIMITS
  let total = 0
  for (const { packedSize, unpackedSize } of entries) {
    total += unpackedSize
    // Parts that nobody reads may be pictures of one colour, so only the huge are held to it.
    const isSwollen = unpackedSize > 16 * MIB && unpackedSize > ratio * packedSize
    if (unpackedSize > partBytes || total > unpackedBytes || isSwollen) throw bomb()
  }
}

function* unpack(
  bytes: Uint8Array,
  entry: ZipEntry,
  budget: { left: number },
): Generator<Uint8Array> {
  const { name, unpackedSize, packedSize } = entry
  let size = 0
  let checksum = 0
  for (const piece of piecesOf(bytes, entry)) {
    size += piece.length
    budget.left -= piece.length
    const isSwollen = size > MIB && size > DOCUMENT_LIMITS.ratio * packedSize
    if (size > DOCUMENT_LIMITS.partBytes || budget.left < 0 || isSwollen) throw bomb()
    // A large part that says it is smaller lies for a reason.
    if (size > unpackedSize) throw size > MIB ? bomb() : damaged(name)
    checksum = crc32(piece, checksum)
    yield piece
  }
  if (size !== unpackedSize || checksum !== entry.checksum) throw damaged(name)
}

function* piecesOf(bytes: Uint8Array, entry: ZipEntry): Generator<Uint8Array> {
  const { name, method, dataStart, dataEnd } = entry
  if (method !== 0 && method !== 8) throw damaged(name)
  const whole = method === 8 ? smallPart(bytes, entry) : null
  if (whole) {
    yield whole
    return
  }
  const inflate = method === 8 ? inflater(name) : (piece: Uint8Array) => [piece]
  for (let at = dataStart; at < dataEnd || at === dataStart; at += STEP) {
    const to = Math.min(at + STEP, dataEnd)
    yield* inflate(bytes.subarray(at, to), to === dataEnd)
  }
}

/** Parts of at most so many bytes are unpacked at once: each step takes memory of its own. */
const SMALL_PACKED = 64 * 1024
const SMALL_UNPACKED = 4 * MIB

/** A small part that has the size it states; `null` leaves it to the steps to say what is wrong. */
function smallPart(
  bytes: Uint8Array,
  { dataStart, dataEnd, packedSize, unpackedSize }: ZipEntry,
): Uint8Array | null {
  if (packedSize > SMALL_PACKED || unpackedSize > SMALL_UNPACKED || unpackedSize === 0) return null
  try {
    // One more than stated, so that what is longer shows.
    const out = new Uint8Array(unpackedSize + 1)
    const whole = inflateSync(bytes.subarray(dataStart, dataEnd), { out })
    return whole.length === unpackedSize ? whole : null
  } catch {
    return null
  }
}

/** Inflates packed bytes as they come; `isLast` belongs to the last of them. */
function inflater(name: string): (packed: Uint8Array, isLast: boolean) => Uint8Array[] {
  let out: Uint8Array[] = []
  const stream = new Inflate(piece => {
    if (piece.length > 0) out.push(piece)
  })
  return (packed, isLast) => {
    out = []
    try {
      stream.push(packed, isLast)
    } catch {
      // What it throws names an error of its own; to the researcher each means a damaged part.
      throw damaged(name)
    }
    return out
  }
}

function joinPieces(pieces: Iterable<Uint8Array>): Uint8Array {
  const list = [...pieces]
  const [only] = list
  if (list.length === 1 && only) return only
  const joined = new Uint8Array(list.reduce((sum, piece) => sum + piece.length, 0))
  let at = 0
  for (const piece of list) {
    joined.set(piece, at)
    at += piece.length
  }
  return joined
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1
  return value
})

/** The CRC-32 of bytes that follow others whose CRC-32 is `before`. */
function crc32(bytes: Uint8Array, before: number): number {
  let sum = ~before
  // By index: an iterator over millions of bytes takes several times as long.
  for (let at = 0; at < bytes.length; at++) {
    sum = CRC_TABLE[(sum ^ bytes[at]!) & 0xff]! ^ (sum >>> 8)
  }
  return ~sum >>> 0
}
