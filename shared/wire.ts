// How a call's values cross HTTP: JSON, with byte arrays taken out and put behind it, since
// JSON has no bytes and texts come by the hundred. Layout: the JSON's length (four bytes,
// little-endian), the JSON, then the arrays one after another. In the JSON an array stands
// as {"$bytes": length}; no other object may have that key.

/** UTF-16 units of JSON that are turned into bytes at once. */
const PIECE_LENGTH = 64 * 1024
/** Arrays of more items than this are encoded item by item. */
const LONG = 100

/** A value of plain objects, arrays, strings, numbers and byte arrays, as bytes. */
export function encodeWire(value: unknown): Uint8Array<ArrayBuffer> {
  const steps = encodingOf(value)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/** What {@link encodeWire} does, in many small steps. */
export function* encodingOf(value: unknown): Generator<undefined, Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder()
  const arrays: Uint8Array[] = []
  const pieces: Uint8Array[] = []
  let text = ''
  const flush = () => {
    pieces.push(encoder.encode(text))
    text = ''
  }
  for (const piece of jsonOf(value, arrays)) {
    text += piece
    if (text.length < PIECE_LENGTH) continue
    flush()
    yield
  }
  flush()
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0)
  const parts = [...pieces, ...arrays]
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 4))
  new DataView(bytes.buffer).setUint32(0, length, true)
  let at = 4
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
    yield
  }
  return bytes
}

/**
 * The JSON of a value, piece by piece; byte arrays are put into `arrays`. Only what leads to a
 * long array is taken apart, since the browser is faster at everything else.
 */
function* jsonOf(value: unknown, arrays: Uint8Array[]): Generator<string> {
  if (!isLong(value)) {
    yield stringified(value, arrays)
  } else if (Array.isArray(value)) {
    let before = '['
    for (const item of value) {
      yield before
      yield* jsonOf(item ?? null, arrays)
      before = ','
    }
    yield ']'
  } else {
    let before = '{'
    for (const [key, item] of Object.entries(value)) {
      if (item === undefined) continue
      yield `${before}${JSON.stringify(key)}:`
      yield* jsonOf(item, arrays)
      before = ','
    }
    yield before === '{' ? '{}' : '}'
  }
}

/** Whether a value is a long array, or has one below it. */
function isLong(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return false
  if (Array.isArray(value)) return value.length > LONG || value.some(isLong)
  return Object.values(value).some(isLong)
}

/** A function that looks at each value costs more than the rest, so it is there only for bytes. */
function stringified(value: unknown, arrays: Uint8Array[]): string {
  if (!hasBytes(value)) return JSON.stringify(value)
  return JSON.stringify(value, (_key, item: unknown) => {
    if (!(item instanceof Uint8Array)) return item
    arrays.push(item)
    return { $bytes: item.length }
  })
}

function hasBytes(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  return value instanceof Uint8Array || Object.values(value).some(hasBytes)
}

/** The value that {@link encodeWire} was given. Throws on anything else. */
export function decodeWire(bytes: Uint8Array): unknown {
  if (bytes.length < 4) throw new SyntaxError('message too short')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  let at = 4 + view.getUint32(0, true)
  if (at > bytes.length) throw new SyntaxError('message cut short')
  const json = new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(4, at))
  // A key is written so by whoever encodes, and looking at each value takes far longer.
  if (at === bytes.length && !json.includes('"$bytes"')) return JSON.parse(json)
  const value: unknown = JSON.parse(json, (_key, item: unknown) => {
    if (typeof item !== 'object' || item === null || !('$bytes' in item)) return item
    const length = item.$bytes
    if (!isCount(length) || at + length > bytes.length) {
      throw new SyntaxError('message cut short')
    }
    at += length
    return bytes.subarray(at - length, at)
  })
  if (at !== bytes.length) throw new SyntaxError('message too long')
  return value
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}
