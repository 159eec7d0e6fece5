import type { EncodingLabel } from '../../shared/extract/encoding'

// Node encodes nothing but UTF-8 and UTF-16, so the tables of the other encodings are their
// decoders turned round: every byte sequence is decoded once, and the result points back.

/**
 * A text as the bytes of an encoding. `utf-8-bom` begins with its mark, UTF-16 has none.
 * Throws where the encoding lacks a character. Lone surrogates are written in UTF-16 only.
 */
export function encodeAs(text: string, encoding: EncodingLabel): Uint8Array {
  switch (encoding) {
    case 'utf-8':
      return new TextEncoder().encode(text)
    case 'utf-8-bom':
      return new TextEncoder().encode(`\ufeff${text}`)
    case 'utf-16le':
    case 'utf-16be':
      return utf16(text, encoding === 'utf-16le')
    case 'gb18030':
      gb18030Table ??= buildGb18030()
      return byTable(text, gb18030Table)
    case 'big5':
      big5Table ??= doubleBytes('big5')
      return byTable(text, big5Table)
  }
}

/** The same for encodings that Codicil does not read. */
export function encodeForeign(text: string, label: 'shift_jis' | 'euc-kr' | 'euc-jp'): Uint8Array {
  return byTable(text, doubleBytes(label))
}

/** Windows-1252, for texts whose characters are below U+0100. */
export function encodeLatin(text: string): Uint8Array {
  return Uint8Array.from(text, character => character.charCodeAt(0))
}

/** Bytes one after the other. */
export function joined(...parts: (Uint8Array | readonly number[])[]): Uint8Array {
  return Uint8Array.from(parts.flatMap(part => [...part]))
}

type Table = Map<number, readonly number[]>

let gb18030Table: Table | undefined
let big5Table: Table | undefined

function byTable(text: string, table: Table): Uint8Array {
  const bytes: number[] = []
  for (const character of text) {
    const codePoint = character.codePointAt(0)!
    const code = codePoint < 0x80 ? [codePoint] : (table.get(codePoint) ?? gb18030Astral(codePoint))
    if (!code || (codePoint > 0xffff && table !== gb18030Table)) {
      throw new Error(`No code for U+${codePoint.toString(16)}`)
    }
    bytes.push(...code)
  }
  return Uint8Array.from(bytes)
}

function doubleBytes(label: string): Table {
  const table: Table = new Map()
  const decoder = new TextDecoder(label, { fatal: true })
  const add = (...code: number[]) => {
    const text = tryDecode(decoder, code)
    const codePoint = text?.codePointAt(0) ?? 0
    if (text?.length !== 1 || codePoint < 0xa0 || codePoint === 0xfffd) return
    if (label !== 'gb18030' && codePoint >= 0xe000 && codePoint <= 0xf8ff) return
    if (!table.has(codePoint)) table.set(codePoint, code)
  }
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    add(lead)
    for (let trail = 0x40; trail <= 0xfe; trail++) if (trail !== 0x7f) add(lead, trail)
  }
  return table
}

function tryDecode(decoder: TextDecoder, code: readonly number[]): string | null {
  try {
    return decoder.decode(Uint8Array.from(code))
  } catch {
    return null
  }
}

function buildGb18030(): Table {
  const table = doubleBytes('gb18030')
  const decoder = new TextDecoder('gb18030', { fatal: true })
  // 0x8431A439 is the last four-byte code of the basic plane.
  for (let linear = 0; linear < 39_420; linear++) {
    const code = fourBytes(linear)
    const text = tryDecode(decoder, code)
    if (text?.length === 1 && !table.has(text.charCodeAt(0))) table.set(text.charCodeAt(0), code)
  }
  return table
}

function gb18030Astral(codePoint: number): readonly number[] | undefined {
  return codePoint > 0xffff ? fourBytes(codePoint - 0x10000 + 189_000) : undefined
}

function fourBytes(linear: number): readonly number[] {
  return [
    0x81 + Math.floor(linear / 12_600),
    0x30 + (Math.floor(linear / 1260) % 10),
    0x81 + (Math.floor(linear / 10) % 126),
    0x30 + (linear % 10),
  ]
}

function utf16(text: string, isLittle: boolean): Uint8Array {
  const bytes = new Uint8Array(text.length * 2)
  const view = new DataView(bytes.buffer)
  for (let at = 0; at < text.length; at++) view.setUint16(at * 2, text.charCodeAt(at), isLittle)
  return bytes
}
