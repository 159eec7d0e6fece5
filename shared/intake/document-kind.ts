import { type DocumentFormat, type RefusedDocument, refuse } from '../extract/document'
import { type BinaryKind, binaryKindOf } from '../extract/text-file'

// What a file is stands in its bytes. Names lie: a site hands out web pages as .doc, a mail
// program cuts an ending off. Only plain text cannot tell its kinds apart; there the name counts.

/**
 * Files of other kinds, which are recognised so that people can be told what to do.
 *
 * `locked-zip`: a zip of whatever it may be with a password. `cut-zip`: one without its end, or empty.
 */
export const OTHER_KINDS = [
  'old-office',
  'word-xml',
  'slides',
  'spreadsheet',
  'ofd',
  'caj',
  'locked-zip',
  'cut-zip',
] as const

/** What a file is: a format that is read, or something else. */
export type DocumentKind = DocumentFormat | (typeof OTHER_KINDS)[number] | BinaryKind

/** How many bytes of a file's beginning and end {@link kindOf} wants to see. */
export const KIND_BYTES = 65_536

/** The beginning and the end of a file, of at least {@link KIND_BYTES} or the whole of it. */
export interface FileEnds {
  readonly head: Uint8Array
  /** Needed for zips only; they have their list of contents at the end. */
  readonly tail: Uint8Array
}

/** The two ends of a file that is there as a whole. */
export function endsOf(bytes: Uint8Array): FileEnds {
  return {
    head: bytes.subarray(0, KIND_BYTES),
    tail: bytes.subarray(Math.max(0, bytes.length - KIND_BYTES)),
  }
}

/** Says what a file is. What nobody knows comes out as `txt`, whose reader looks closer. */
export function kindOf({ head, tail }: FileEnds, name: string): DocumentKind {
  const ending = endingOf(name)
  const start = latinOf(head, 1024)
  if (start.startsWith('PK\x03\x04') || start.startsWith('PK\x05\x06')) return zipKindOf(head, tail)
  if (start.includes('%PDF-')) return 'pdf'
  if (/^(?:CAJ\0|HN|KDH )/.test(start) && /^(?:caj|nh|kdh)$/.test(ending)) return 'caj'
  const binary = binaryKindOf(head)
  if (binary === 'ole') return 'old-office'
  if (binary !== null) return binary
  return markedUpKindOf(head, start, ending) ?? TEXT_ENDINGS.get(ending) ?? 'txt'
}

/** A file name's ending in small letters, without the dot; empty where it has none. */
export function endingOf(name: string): string {
  return /\.([a-z][a-z0-9]{0,7})$/i.exec(name)?.[1]?.toLowerCase() ?? ''
}

/**
 * Whether a file found in a folder may be a report by its ending: one that is read, or one of a
 * kind that has to be converted first, so that nobody misses it in silence.
 */
export function mayBeReport(name: string): boolean {
  const ending = endingOf(name)
  return READ.test(ending) || TOLD.test(ending)
}

/** Whether a file is of another format than the ending of its name says. */
export function isMisnamed(name: string, format: DocumentFormat): boolean {
  const expected = EXPECTED.get(endingOf(name))
  return expected !== undefined && expected !== format
}

/** The format that a name promises, or `null` where it promises none. */
export function promisedBy(name: string): DocumentFormat | null {
  const expected = EXPECTED.get(endingOf(name))
  return expected === undefined || expected === 'other' ? null : expected
}

/**
 * Says what a refused file is by the side of its name: bytes that mean nothing are a damaged file
 * of the kind that the name says, and a zip of other things is none of it, as `named` then tells.
 */
export function asPromised(refused: RefusedDocument, name: string): RefusedDocument {
  const { problem, details } = refused
  const kind = problem === 'unsupported' ? details.kind : undefined
  if (kind === 'locked-zip') return refuse('encrypted')
  const promised = promisedBy(name)
  const isPacked = promised !== null && PACKED.has(promised)
  const isNothing =
    problem === 'nul' || problem === 'unknown-encoding' || kind === 'unknown' || kind === 'cut-zip'
  if (isNothing && isPacked) return refuse('damaged', { where: '' })
  if (kind === 'cut-zip') return refuse('unsupported', { kind: 'zip' })
  return kind === 'zip' && isPacked ? refuse('unsupported', { kind, named: promised }) : refused
}

const PACKED: ReadonlySet<DocumentFormat> = new Set(['docx', 'odt', 'epub', 'pdf', 'xlsx'])

const TEXT_ENDINGS: ReadonlyMap<string, DocumentFormat> = new Map([
  ['md', 'md'],
  ['markdown', 'md'],
  ['csv', 'csv'],
  ['tsv', 'csv'],
])

const WEB_ENDINGS = /^(?:html?|xhtml|shtml|jhtml|jsp|aspx?|php)$/

const EXPECTED: ReadonlyMap<string, DocumentFormat | 'other'> = new Map([
  ['txt', 'txt'],
  ['text', 'txt'],
  ['md', 'md'],
  ['markdown', 'md'],
  ['html', 'html'],
  ['htm', 'html'],
  ['xhtml', 'html'],
  ['shtml', 'html'],
  ['mht', 'mhtml'],
  ['mhtml', 'mhtml'],
  ['docx', 'docx'],
  ['docm', 'docx'],
  ['dotx', 'docx'],
  ['odt', 'odt'],
  ['ott', 'odt'],
  ['rtf', 'rtf'],
  ['epub', 'epub'],
  ['pdf', 'pdf'],
  ['xlsx', 'xlsx'],
  ['xlsm', 'xlsx'],
  ['csv', 'csv'],
  ['tsv', 'csv'],
  ['doc', 'other'],
  ['wps', 'other'],
  ['xls', 'other'],
  ['et', 'other'],
])

/** The first bytes, each as the character of its number. */
function latinOf(bytes: Uint8Array, length: number): string {
  return Reflect.apply(String.fromCharCode, null, bytes.subarray(0, length))
}

/** What a text is that says so in its first line; `null` for most, which begin with other signs. */
function markedUpKindOf(head: Uint8Array, start: string, ending: string): DocumentKind | null {
  const isWide = /^(?:\xff\xfe|\xfe\xff)/.test(start)
  const isUtf8Marked = start.startsWith('\xef\xbb\xbf')
  const first = (isWide ? start.slice(2).replaceAll('\0', '') : start.slice(isUtf8Marked ? 3 : 0))
    .trimStart()
    .charAt(0)
  // Pages of scripts may print anything before their first tag.
  if (!/[<{a-z]/i.test(first) && !WEB_ENDINGS.test(ending)) return null
  const text = textAtStart(head, { isWide, isUtf8Marked })
  if (/^\s{0,99}\{\\rtf/.test(text)) return 'rtf'
  if (isMhtml(text)) return 'mhtml'
  if (/<\?mso-application\s+progid="(?:Word|Excel)\.|<w:wordDocument\b/.test(text)) {
    return 'word-xml'
  }
  return isHtml(text, ending) ? 'html' : null
}

/** The beginning as far as its ASCII goes, whatever the encoding. */
function textAtStart(
  head: Uint8Array,
  { isWide, isUtf8Marked }: { isWide: boolean; isUtf8Marked: boolean },
): string {
  if (isWide) return latinOf(head, 8192).slice(2).replaceAll('\0', '')
  return latinOf(head, 4096).slice(isUtf8Marked ? 3 : 0)
}

/** A saved page as mail programs write it: header lines, then parts. */
function isMhtml(text: string): boolean {
  if (!/^[\r\n]{0,9}[a-z][a-z-]{0,40}:/i.test(text)) return false
  return /^mime-version:/im.test(text) && /^content-type:\s{0,9}multipart\/related/im.test(text)
}

/** Whether a text is a web page: by how it begins, or by its name and the first tag. */
function isHtml(text: string, ending: string): boolean {
  const at = afterPreliminaries(text)
  if (/^<(?:!doctype\s+html|html|head|body|meta|title)\b/i.test(text.slice(at, at + 40))) {
    return true
  }
  return WEB_ENDINGS.test(ending) && /<[a-z!/][a-z-]*/i.test(text)
}

/** Where a page begins behind white space, comments, processing instructions and scripts. */
function afterPreliminaries(text: string): number {
  let at = 0
  for (;;) {
    while (at < text.length && /\s/.test(text[at]!)) at++
    const skipped = [
      ['<!--', '-->'],
      ['<?', '>'],
      ['<script', '</script>'],
    ].find(([open]) => text.startsWith(open!, at))
    if (!skipped) return at
    const end = text.indexOf(skipped[1]!, at)
    if (end < 0) return at
    at = end + skipped[1]!.length
  }
}

function zipKindOf(head: Uint8Array, tail: Uint8Array): DocumentKind {
  const mime = mimetypeIn(head)
  if (mime === 'application/epub+zip') return 'epub'
  if (mime.startsWith('application/vnd.oasis.opendocument.')) {
    if (mime.includes('.text')) return 'odt'
    return mime.includes('.spreadsheet') ? 'spreadsheet' : 'slides'
  }
  const listed = partsIn(tail, CENTRAL)
  const all = listed.length > 0 ? listed : partsIn(head, LOCAL)
  const has = (test: (name: string) => boolean) => all.some(({ name }) => test(name))
  if (has(name => name === 'OFD.xml')) return 'ofd'
  if (has(name => name === 'META-INF/container.xml')) return 'epub'
  if (has(name => name === 'xl/workbook.bin')) return 'spreadsheet'
  if (has(name => /^word\//i.test(name))) return 'docx'
  if (has(name => /^xl\//i.test(name))) return 'xlsx'
  if (has(name => /^ppt\//i.test(name))) return 'slides'
  if (has(name => name === 'content.xml')) return 'odt'
  if (all.some(({ isLocked }) => isLocked)) return 'locked-zip'
  return all.length > 0 && hasEnd(tail) ? 'zip' : 'cut-zip'
}

/** What the first part of an OpenDocument or EPUB says; empty where it says nothing. */
function mimetypeIn(head: Uint8Array): string {
  const start = latinOf(head, 200)
  if (start.slice(30, 38) !== 'mimetype') return ''
  const extra = start.charCodeAt(28) + start.charCodeAt(29) * 256
  // It is stored as it is, so the next part's signature follows.
  return /^[\w.+/-]*/.exec(start.slice(38 + extra).split('PK')[0]!)![0]
}

/** A header of a zip: its sign, and where its flags, its name's length and its name stand. */
const CENTRAL = { sign: '\x01\x02', flagsAt: 8, lengthAt: 28, nameAt: 46 } as const
const LOCAL = { sign: '\x03\x04', flagsAt: 6, lengthAt: 26, nameAt: 30 } as const

/** The parts in a zip's directory, or as they begin, as far as they stand in some bytes. */
function partsIn(
  bytes: Uint8Array,
  { sign, flagsAt, lengthAt, nameAt }: typeof CENTRAL | typeof LOCAL,
) {
  const parts: { readonly name: string; readonly isLocked: boolean }[] = []
  for (let at = 0; at + nameAt < bytes.length; at++) {
    if (bytes[at] !== 0x50 || bytes[at + 1] !== 0x4b) continue
    if (bytes[at + 2] !== sign.charCodeAt(0) || bytes[at + 3] !== sign.charCodeAt(1)) continue
    const length = bytes[at + lengthAt]! + bytes[at + lengthAt + 1]! * 256
    const name = latinOf(bytes.subarray(at + nameAt, at + nameAt + length), 300)
    parts.push({ name, isLocked: (bytes[at + flagsAt]! & 1) === 1 })
    at += nameAt + length - 1
  }
  return parts
}

/** Whether the record is there that ends a zip. */
function hasEnd(tail: Uint8Array): boolean {
  return tail.some((byte, at) => {
    return byte === 0x50 && tail[at + 1] === 0x4b && tail[at + 2] === 5 && tail[at + 3] === 6
  })
}

/** Endings of files that are read. */
const READ =
  /^(?:txt|text|md|markdown|html?|xhtml|shtml|mht|mhtml|docx|docm|dotx|odt|ott|rtf|epub|pdf|xlsx|xlsm|csv|tsv)$/

/** Endings of files that may well be reports, but have to be converted first. */
const TOLD = /^(?:doc|wps|wpt|dot|et|xls|ofd|caj|ods|zip|rar|7z)$/
