// How a call's values cross HTTP: JSON, with byte arrays taken out and put behind it, since
// JSON has no bytes and texts come by the hundred. Layout: the JSON's length (four bytes,
// little-endian), the JSON, then the arrays one after another. In the JSON an array stands
// as {"$bytes": length}; no other object may have that key.

/** A value of plain objects, arrays, strings, numbers and byte arrays, as bytes. */
export function encodeWire(value: unknown): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = []
  const json = new TextEncoder().encode(
    JSON.stringify(value, (_key, item: unknown) => {
      if (!(item instanceof Uint8Array)) return item
      parts.push(item)
      return { $bytes: item.length }
    }),
  )
  const size = parts.reduce((sum, part) => sum + part.length, 4 + json.length)
  const bytes = new Uint8Array(size)
  new DataView(bytes.buffer).setUint32(0, json.length, true)
  bytes.set(json, 4)
  let at = 4 + json.length
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

/** The value that {@link encodeWire} was given. Throws on anything else. */
export function decodeWire(bytes: Uint8Array): unknown {
  if (bytes.length < 4) throw new SyntaxError('message too short')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  let at = 4 + view.getUint32(0, true)
  if (at > bytes.length) throw new SyntaxError('message cut short')
  const json = new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(4, at))
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
