import { normalizeText } from '../text/normalize'
import { decodeHead, decodeText, detectEncoding, type EncodingLabel, obviousUtf8 } from './encoding'

// A text file is refused rather than read wrongly: whoever codes a report cannot see what a
// decoder swallowed. A researcher who chooses the encoding has looked at a preview, and gets
// the text with the damage counted. Nothing here alters the text.

/** The largest file that is read, in bytes. */
export const MAX_FILE_BYTES = 32 * 1024 * 1024

/** The longest report, in UTF-16 units of its canonical text. */
export const MAX_REPORT_LENGTH = 3_000_000

/**
 * Why a file is refused, and the details that come with it.
 *
 * - `empty`: no bytes, or nothing but white space.
 * - `binary`: another kind of file, `kind` being one of {@link BINARY_KINDS}.
 * - `nul`: a NUL character where text has none, at the byte `offset`.
 * - `unknown-encoding`: none of the encodings gives a text.
 * - `broken-characters`: `count` places do not fit the `encoding` that the rest is in.
 * - `too-large`: a file of `size` bytes, over the `limit`.
 * - `too-long`: a text of `length` UTF-16 units, over the `limit`.
 */
export const TEXT_PROBLEMS = [
  'empty',
  'binary',
  'nul',
  'unknown-encoding',
  'broken-characters',
  'too-large',
  'too-long',
] as const

export type TextProblem = (typeof TEXT_PROBLEMS)[number]

/** What a binary file can be recognised as. Word and Excel files are `zip`, older ones `ole`. */
export const BINARY_KINDS = [
  'zip',
  'pdf',
  'ole',
  'rtf',
  'image',
  'media',
  'archive',
  'executable',
  'database',
  'unknown',
] as const

export type BinaryKind = (typeof BINARY_KINDS)[number]

/**
 * What a researcher should know about a text that was read.
 *
 * - `control-characters`: it has controls other than tab, line feed, form feed and CR.
 * - `bidi-controls`: it has invisible marks that change the order in which it is displayed.
 * - `private-use`: it has characters that only some fonts define.
 * - `replaced`: U+FFFD stands where bytes did not fit the chosen encoding.
 * - `replacement-characters`: the file itself has U+FFFD, so it was damaged before.
 */
export const TEXT_NOTES = [
  'control-characters',
  'bidi-controls',
  'private-use',
  'replaced',
  'replacement-characters',
] as const

export type TextNote = (typeof TEXT_NOTES)[number]

/** A file that was read: its raw text, with newlines as the file has them. */
export interface ReadText {
  readonly ok: true
  readonly text: string
  readonly encoding: EncodingLabel
  /** Whether the encoding was chosen, or detected beyond doubt. */
  readonly sure: boolean
  /** How many U+FFFD the decoder put in; 0 unless the encoding was chosen. */
  readonly replaced: number
  /** In the order of {@link TEXT_NOTES}. */
  readonly notes: readonly TextNote[]
}

/** A file that was refused. */
export interface RefusedText {
  readonly ok: false
  readonly problem: TextProblem
  readonly details: Readonly<Record<string, string | number>>
}

export type TextFile = ReadText | RefusedText

export interface ReadTextOptions {
  /** The researcher's choice. Without one, the encoding is detected. */
  readonly encoding?: EncodingLabel
}

/**
 * Reads a plain text file, or says why it cannot be read.
 *
 * A chosen encoding settles doubts about characters only: a picture is still a picture.
 */
export function readTextFile(bytes: Uint8Array, options: ReadTextOptions = {}): TextFile {
  const size = bytes.length
  if (size > MAX_FILE_BYTES) return refused('too-large', { size, limit: MAX_FILE_BYTES })
  if (size === 0) return refused('empty')
  const kind = binaryKindOf(bytes)
  if (kind) return refused('binary', { kind })

  const chosen = options.encoding
  const obvious = chosen ? null : obviousUtf8(bytes)
  const detected = chosen ? { encoding: chosen, sure: true } : (obvious ?? detectEncoding(bytes))
  if (!detected) return refuseUnknown(bytes)
  const { encoding, sure } = detected
  const { text, replaced } = obvious ?? decodeText(bytes, encoding)
  const found = findingsOf(text)
  if (found.controls * MOSTLY > text.length) return refused('binary', { kind: 'unknown' })
  if (found.hasNul && !isWide(encoding)) return refused('nul', { offset: bytes.indexOf(0) })
  if (replaced > 0 && !chosen) return refused('broken-characters', { count: replaced, encoding })
  if (text.trim() === '') return refused('empty')
  const length = text.length > MAX_REPORT_LENGTH ? normalizeText(text).length : text.length
  if (length > MAX_REPORT_LENGTH) return refused('too-long', { length, limit: MAX_REPORT_LENGTH })
  return { ok: true, text, encoding, sure, replaced, notes: notesOf(found, replaced) }
}

/**
 * The beginning of a file's text in an encoding, for a preview: at most `maxChars` code
 * points. What does not fit shows as U+FFFD.
 */
export function previewText(bytes: Uint8Array, encoding: EncodingLabel, maxChars: number): string {
  // No character takes more than four bytes, and neither does the mark before them.
  const text = decodeHead(bytes.subarray(0, 4 * maxChars + 4), encoding)
  return Array.from(text).slice(0, maxChars).join('')
}

/** A text with more than one control character in this many is not one. */
const MOSTLY = 4

function refused(problem: TextProblem, details: RefusedText['details'] = {}): RefusedText {
  return { ok: false, problem, details }
}

/** Says what is wrong with bytes that fit no encoding: noise, a text with NUL, or a text. */
function refuseUnknown(bytes: Uint8Array): RefusedText {
  let controls = 0
  for (const byte of bytes) if (isOddControl(byte) && byte < 0x80) controls++
  if (controls * 12 > bytes.length) return refused('binary', { kind: 'unknown' })
  const offset = bytes.indexOf(0)
  return offset < 0 ? refused('unknown-encoding') : refused('nul', { offset })
}

function isWide(encoding: EncodingLabel): boolean {
  return encoding === 'utf-16le' || encoding === 'utf-16be'
}

interface Findings {
  /** How many control characters, tab, line feed, form feed and CR not counted. */
  controls: number
  hasNul: boolean
  hasBidi: boolean
  hasPrivate: boolean
  replacements: number
}

function findingsOf(text: string): Findings {
  const found = {
    controls: 0,
    hasNul: false,
    hasBidi: false,
    hasPrivate: false,
    replacements: 0,
  }
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit < 0xa0) {
      if (!isOddControl(unit)) continue
      found.controls++
      if (unit === 0) found.hasNul = true
    } else if (isBidiControl(unit)) found.hasBidi = true
    else if (isPrivateUse(unit)) found.hasPrivate = true
    else if (unit === 0xfffd) found.replacements++
  }
  return found
}

function notesOf(found: Findings, replaced: number): TextNote[] {
  const holds: Readonly<Record<TextNote, boolean>> = {
    'control-characters': found.controls > 0,
    'bidi-controls': found.hasBidi,
    'private-use': found.hasPrivate,
    replaced: replaced > 0,
    'replacement-characters': found.replacements > replaced,
  }
  return TEXT_NOTES.filter(note => holds[note])
}

/** C0 and C1 controls and DEL, without tab, line feed, form feed and carriage return. */
function isOddControl(unit: number): boolean {
  if (unit >= 0x20) return unit >= 0x7f && unit <= 0x9f
  return unit !== 9 && unit !== 10 && unit !== 12 && unit !== 13
}

function isBidiControl(unit: number): boolean {
  return (
    unit === 0x061c ||
    unit === 0x200e ||
    unit === 0x200f ||
    (unit >= 0x202a && unit <= 0x202e) ||
    (unit >= 0x2066 && unit <= 0x2069)
  )
}

/** Also true for the first half of a pair that stands for one of the two private planes. */
function isPrivateUse(unit: number): boolean {
  return (unit >= 0xe000 && unit <= 0xf8ff) || (unit >= 0xdb80 && unit <= 0xdbff)
}

/** Where a kind of file has which bytes: `offset`, then the bytes as Latin-1. */
const MAGIC: readonly (readonly [BinaryKind, number, string])[] = [
  ['zip', 0, 'PK\x03\x04'],
  ['zip', 0, 'PK\x05\x06'],
  ['zip', 0, 'PK\x07\x08'],
  ['pdf', 0, '%PDF-'],
  ['ole', 0, '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'],
  ['rtf', 0, '{\\rtf'],
  ['image', 0, '\x89PNG\r\n\x1a\n'],
  ['image', 0, '\xff\xd8\xff'],
  ['image', 0, 'GIF87a'],
  ['image', 0, 'GIF89a'],
  ['image', 0, 'II*\0'],
  ['image', 0, 'MM\0*'],
  ['image', 8, 'WEBPVP8'],
  ['media', 8, 'WAVEfmt '],
  ['media', 8, 'AVI LIST'],
  ['media', 4, 'ftypisom'],
  ['media', 4, 'ftypmp4'],
  ['media', 4, 'ftypM4A'],
  ['media', 4, 'ftypqt'],
  ['media', 0, 'OggS\0'],
  ['media', 0, 'fLaC\0'],
  ['media', 0, 'ID3\x02'],
  ['media', 0, 'ID3\x03'],
  ['media', 0, 'ID3\x04'],
  ['media', 0, '\x1aE\xdf\xa3'],
  ['archive', 0, 'Rar!\x1a\x07'],
  ['archive', 0, "7z\xbc\xaf'\x1c"],
  ['archive', 0, '\x1f\x8b\x08'],
  ['archive', 0, '\xfd7zXZ\0'],
  ['archive', 4, '1AY&SY'],
  ['archive', 0, '(\xb5/\xfd'],
  ['archive', 257, 'ustar\0'],
  ['archive', 257, 'ustar  \0'],
  ['executable', 0, '\x7fELF'],
  ['executable', 0, '\xcf\xfa\xed\xfe'],
  ['executable', 0, '\xfe\xed\xfa\xcf'],
  ['executable', 0, '\xca\xfe\xba\xbe'],
  ['database', 0, 'SQLite format 3\0'],
]

/** What the first bytes say a file is, or `null` if nothing but text is likely. */
export function binaryKindOf(bytes: Uint8Array): BinaryKind | null {
  const known = MAGIC.find(([, offset, magic]) => hasAt(bytes, offset, magic))
  if (known) return known[0]
  // Two letters are too little; these files also say their size, or have NUL in their header.
  const length = bytes[2]! + bytes[3]! * 0x100 + bytes[4]! * 0x10000 + bytes[5]! * 0x1000000
  if (hasAt(bytes, 0, 'BM') && length === bytes.length) return 'image'
  if (hasAt(bytes, 0, 'MZ') && bytes.subarray(2, 64).includes(0)) return 'executable'
  return null
}

function hasAt(bytes: Uint8Array, offset: number, magic: string): boolean {
  if (bytes.length < offset + magic.length) return false
  for (let i = 0; i < magic.length; i++) {
    if (bytes[offset + i] !== magic.charCodeAt(i)) return false
  }
  return true
}
