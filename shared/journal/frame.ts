// A frame is one record of an append-only file: sixteen bytes of header, then the payload.
// The header names the payload's length and checksum and carries a checksum of its own, so
// that a damaged length cannot send a reader astray. All numbers are little-endian.
//
//   0  4  "CDCL"        8  4  CRC-32 of the payload
//   4  4  length       12  4  CRC-32 of bytes 0 to 11

/** Bytes before the payload. */
export const FRAME_HEADER_BYTES = 16

/** No payload is longer than this; a header that claims so is damaged. */
export const MAX_PAYLOAD_BYTES = 256 * 1024 * 1024

const MAGIC = 0x4c434443

/** Where a frame stands in its file, in bytes: the half-open range `[start, end)`. */
export interface FrameSpan {
  readonly start: number
  readonly end: number
}

/** What a file of frames holds. */
export interface FrameScan {
  /** The whole frames from the file's beginning, without a gap. */
  readonly frames: readonly FrameSpan[]
  /** Where the last of them ends. */
  readonly end: number
  /**
   * What follows: nothing; the remains of a write that was cut short, with no whole frame
   * after it; or damage with whole frames behind it, which must not be passed over.
   */
  readonly rest: 'nothing' | 'torn' | 'damaged'
}

/** A frame around `payload`. Throws a `RangeError` when it is over {@link MAX_PAYLOAD_BYTES}. */
export function frameOf(payload: Uint8Array): Uint8Array<ArrayBuffer> {
  if (payload.length > MAX_PAYLOAD_BYTES) throw new RangeError('frame too long')
  const frame = new Uint8Array(FRAME_HEADER_BYTES + payload.length)
  const view = new DataView(frame.buffer)
  view.setUint32(0, MAGIC, true)
  view.setUint32(4, payload.length, true)
  view.setUint32(8, crc32(payload), true)
  view.setUint32(12, crc32(frame.subarray(0, 12)), true)
  frame.set(payload, FRAME_HEADER_BYTES)
  return frame
}

/** The payload length that a header states, or `null` where no sound header stands. */
export function lengthAt(bytes: Uint8Array, at: number): number | null {
  if (at + FRAME_HEADER_BYTES > bytes.length) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, FRAME_HEADER_BYTES)
  if (view.getUint32(0, true) !== MAGIC) return null
  if (view.getUint32(12, true) !== crc32(bytes.subarray(at, at + 12))) return null
  const length = view.getUint32(4, true)
  return length <= MAX_PAYLOAD_BYTES ? length : null
}

/** The payload of the frame that starts at `at`, or `null` when no whole, sound frame does. */
export function payloadAt(bytes: Uint8Array, at: number): Uint8Array | null {
  const length = lengthAt(bytes, at)
  if (length === null) return null
  const start = at + FRAME_HEADER_BYTES
  if (start + length > bytes.length) return null
  const payload = bytes.subarray(start, start + length)
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, FRAME_HEADER_BYTES)
  return view.getUint32(8, true) === crc32(payload) ? payload : null
}

/** Finds the frames in a file's bytes, and what stands after the last sound one. */
export function scanFrames(bytes: Uint8Array): FrameScan {
  const frames: FrameSpan[] = []
  let end = 0
  for (let payload = payloadAt(bytes, 0); payload; payload = payloadAt(bytes, end)) {
    const start = end
    end = start + FRAME_HEADER_BYTES + payload.length
    frames.push({ start, end })
  }
  if (end === bytes.length) return { frames, end, rest: 'nothing' }
  return { frames, end, rest: hasFrameAfter(bytes, end) ? 'damaged' : 'torn' }
}

/** CRC-32 as zip and PNG use it (polynomial 0xEDB88320), unsigned. */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff
  let i = 0
  for (const fast = bytes.length - 3; i < fast; i += 4) {
    crc ^= bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24)
    crc =
      CRC_TABLE[768 + (crc & 0xff)]! ^
      CRC_TABLE[512 + ((crc >>> 8) & 0xff)]! ^
      CRC_TABLE[256 + ((crc >>> 16) & 0xff)]! ^
      CRC_TABLE[crc >>> 24]!
  }
  for (; i < bytes.length; i++) crc = (crc >>> 8) ^ CRC_TABLE[(crc ^ bytes[i]!) & 0xff]!
  return (crc ^ 0xffffffff) >>> 0
}

/** Four tables of 256, so that four bytes are taken in one step. */
const CRC_TABLE = crcTable()

function crcTable(): Int32Array {
  const table = new Int32Array(1024)
  for (let n = 0; n < 256; n++) {
    let crc = n
    for (let k = 0; k < 8; k++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
    table[n] = crc
  }
  for (let n = 0; n < 768; n++) table[n + 256] = (table[n]! >>> 8) ^ table[table[n]! & 0xff]!
  return table
}

function hasFrameAfter(bytes: Uint8Array, from: number): boolean {
  for (let at = bytes.indexOf(0x43, from + 1); at >= 0; at = bytes.indexOf(0x43, at + 1)) {
    if (payloadAt(bytes, at)) return true
  }
  return false
}
