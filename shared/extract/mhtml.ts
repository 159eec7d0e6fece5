import { DOCUMENT_LIMITS, type DocumentFile, refuse } from './document'
import { decodeHtml, encodingNamed, type ReadHtmlOptions, readDecoded } from './html'

// A page that a browser or office program saved as one file is a mail: the page and what belongs
// to it, each with a head of its own. Only the page is read.

/**
 * Reads a page saved as one file (.mht, .mhtml). As {@link readHtml} does, with `url` where the
 * file says where the page is from.
 */
export function readMhtml(bytes: Uint8Array, options: ReadHtmlOptions = {}): DocumentFile {
  const size = bytes.length
  if (size > DOCUMENT_LIMITS.bytes) {
    return refuse('too-large', { size, limit: DOCUMENT_LIMITS.bytes })
  }
  if (size === 0) return refuse('empty')
  // One unit a byte, so that places in it are places in the bytes.
  const mail = new TextDecoder('latin1').decode(bytes)
  const whole = partAt(mail, 0, mail.length, { isEnded: true })
  const page = pageOf(mail, whole)
  if (page === 'too many') return refuse('too-many-parts', { count: LIMIT + 1, limit: LIMIT })
  if (page === 'none') return refuse('damaged', { where: 'text/html' })
  const content = contentOf(bytes.subarray(page.start, page.end), page.coding)
  const named = page.charset === null ? null : encodingNamed(page.charset)
  const decoded = named
    ? decodeHtml(content, options.encoding, named)
    : decodeHtml(content, options.encoding)
  if (!decoded) return refuse('unknown-encoding')
  if (!page.isEnded && !/<\/html>\s*$/i.test(decoded.text.slice(-200))) {
    return refuse('damaged', { where: 'multipart' })
  }
  const document = readDecoded(decoded, { format: 'mhtml', mode: options.mode ?? 'main' })
  const url = whole.fields.get('snapshot-content-location') ?? page.fields.get('content-location')
  if (!document.ok || !url || !/^https?:/i.test(url)) return document
  const { markup } = document
  return { ...document, markup: { ...markup, properties: { url, ...markup.properties } } }
}

/** Whether the first bytes or characters of a file are those of such a mail. */
export function looksLikeMhtml(head: Uint8Array | string): boolean {
  const bytes = typeof head === 'string' ? head : new TextDecoder('latin1').decode(head)
  const start = bytes.slice(0, 8_192).replace(/^[\s\ufeff]+|^\u00ef\u00bb\u00bf/, '')
  if (!/^[A-Za-z][A-Za-z0-9-]{1,60}:/.test(start)) return false
  const { fields } = fieldsAt(start, 0, start.length)
  const type = fields.get('content-type') ?? ''
  return /^multipart\/(?:related|alternative|mixed)\b|^text\/html\b/i.test(type)
}

const LIMIT = DOCUMENT_LIMITS.parts

/** How deep parts may hold parts. */
const MAX_DEPTH = 8

interface MailPart {
  /** By lower-case name, on one line. */
  readonly fields: ReadonlyMap<string, string>
  /** Where its content stands. */
  readonly start: number
  readonly end: number
  /** Whether a boundary follows it, as it must. */
  readonly isEnded: boolean
  readonly type: string
  readonly charset: string | null
  readonly coding: string
}

function partAt(
  mail: string,
  start: number,
  end: number,
  { isEnded }: { readonly isEnded: boolean },
): MailPart {
  const head = fieldsAt(mail, start, end)
  const contentType = head.fields.get('content-type') ?? 'text/plain'
  return {
    fields: head.fields,
    start: head.end,
    end,
    isEnded,
    type: /^[^;\s]*/.exec(contentType)![0].toLowerCase(),
    charset: parameterOf(contentType, 'charset'),
    coding: (head.fields.get('content-transfer-encoding') ?? '').trim().toLowerCase(),
  }
}

/** The fields at the head of a mail or part, and where its content begins. */
function fieldsAt(
  mail: string,
  start: number,
  limit: number,
): { fields: Map<string, string>; end: number } {
  const fields = new Map<string, string>()
  let at = start
  let last: string | null = null
  while (at < limit) {
    const newline = mail.indexOf('\n', at)
    const end = newline < 0 || newline > limit ? limit : newline
    const line = mail.slice(at, end).replace(/\r$/, '')
    at = Math.min(limit, end + 1)
    if (line.trim() === '') {
      if (fields.size > 0 || at >= limit) break
      continue
    }
    const field = /^([\w-]{1,100}):\s*(.*)$/.exec(line)
    if (field) {
      last = field[1]!.toLowerCase()
      if (!fields.has(last)) fields.set(last, field[2]!)
    } else if (/^[ \t]/.test(line) && last !== null && fields.get(last)!.length < 4_000) {
      fields.set(last, `${fields.get(last)!} ${line.trim()}`)
    }
  }
  return { fields, end: at }
}

/** Finds the page among the parts of a mail, and of parts that hold parts. */
function pageOf(mail: string, part: MailPart, depth = 0): MailPart | 'none' | 'too many' {
  if (isPage(part)) return part
  const boundary = parameterOf(part.fields.get('content-type') ?? '', 'boundary')
  if (!boundary || depth > MAX_DEPTH || !part.type.startsWith('multipart/')) return 'none'
  const parts = partsOf(mail, part, boundary)
  if (parts === 'too many') return parts
  const start = parameterOf(part.fields.get('content-type') ?? '', 'start')
  const root = start === null ? undefined : parts.find(inner => bare(inner, 'content-id') === start)
  for (const inner of root ? [root, ...parts] : parts) {
    const page = pageOf(mail, inner, depth + 1)
    if (page !== 'none') return page
  }
  return 'none'
}

function isPage(part: MailPart): boolean {
  return part.type === 'text/html' || part.type === 'application/xhtml+xml'
}

/** A field such as `<a@b>`, with its brackets, as `start` names it. */
function bare(part: MailPart, name: string): string {
  return (part.fields.get(name) ?? '').trim()
}

function partsOf(mail: string, whole: MailPart, boundary: string): MailPart[] | 'too many' {
  const parts: MailPart[] = []
  const line = `--${boundary}`
  let from = -1
  let at = mail.startsWith(line, whole.start) ? whole.start : mail.indexOf(`\n${line}`, whole.start)
  while (at >= 0 && at < whole.end) {
    const mark = mail[at] === '\n' ? at + 1 : at
    if (from >= 0) {
      const end = mail[at - 1] === '\r' ? at - 1 : at
      parts.push(partAt(mail, from, end, { isEnded: true }))
      if (parts.length > LIMIT) return 'too many'
    }
    from = mark + line.length
    if (mail.startsWith('--', from)) return parts
    const newline = mail.indexOf('\n', from)
    if (newline < 0) return parts
    from = newline + 1
    at = mail.indexOf(`\n${line}`, newline)
  }
  // The file stops within this part.
  if (from >= 0 && from < whole.end) {
    parts.push(partAt(mail, from, whole.end, { isEnded: false }))
  }
  return parts
}

function parameterOf(field: string, name: string): string | null {
  const found = new RegExp(`;\\s*${name}\\s*=\\s*(?:"([^"]*)"|([^\\s;]+))`, 'i').exec(field)
  return found ? (found[1] ?? found[2] ?? null) : null
}

function contentOf(bytes: Uint8Array, coding: string): Uint8Array {
  if (coding === 'quoted-printable') return fromQuotedPrintable(bytes)
  return coding === 'base64' ? fromBase64(bytes) : bytes
}

const EQUALS = 0x3d

/** What is no code stays as it is: the file was changed by hand, and the text is still there. */
function fromQuotedPrintable(bytes: Uint8Array): Uint8Array {
  const result = new Uint8Array(bytes.length)
  let length = 0
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]!
    if (byte !== EQUALS) {
      result[length++] = byte
      continue
    }
    const high = digitOf(bytes[at + 1])
    const low = digitOf(bytes[at + 2])
    if (high >= 0 && low >= 0) {
      result[length++] = high * 16 + low
      at += 2
      continue
    }
    let end = at + 1
    while (bytes[end] === 0x20 || bytes[end] === 9) end++
    if (bytes[end] === 13) end++
    if (bytes[end] === 10 || (end > at + 1 && bytes[end - 1] === 13)) {
      at = bytes[end] === 10 ? end : end - 1
    } else if (end >= bytes.length) break
    else result[length++] = byte
  }
  return result.subarray(0, length)
}

function digitOf(byte: number | undefined): number {
  if (byte === undefined) return -1
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30
  const letter = byte | 0x20
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

function fromBase64(bytes: Uint8Array): Uint8Array {
  const values = new Int8Array(256).fill(-1)
  for (let i = 0; i < ALPHABET.length; i++) values[ALPHABET.charCodeAt(i)] = i
  const result = new Uint8Array(Math.ceil((bytes.length * 3) / 4))
  let length = 0
  let bits = 0
  let held = 0
  for (const byte of bytes) {
    const value = values[byte]!
    if (value < 0) continue
    held = ((held << 6) | value) & 0xffffff
    bits += 6
    if (bits < 8) continue
    bits -= 8
    result[length++] = (held >> bits) & 0xff
  }
  return result.subarray(0, length)
}
