import { decodeText, type EncodingLabel } from './encoding'

// An RTF file is ASCII, and what is not is written as bytes of the code page that its font is
// for. One character may be spread over two groups, so bytes are gathered and decoded late.

/** A code page, by Windows' number. */
export type CodePage = number

/** The code page of a font's `\fcharset`, or `null` where it is the document's. 2 is symbols. */
export function codePageOf(charset: number): CodePage | null {
  return CHARSETS.get(charset) ?? null
}

/** How many bytes at the end of a run begin a character that is not complete. */
export function unfinishedAt(bytes: readonly number[], page: CodePage): number {
  if (!LEADS[page]) return 0
  let at = 0
  while (at < bytes.length) {
    const length = lengthAt(bytes, at, page)
    if (at + length > bytes.length) return bytes.length - at
    at += length
  }
  return 0
}

/** Text of bytes in a code page, and how many U+FFFD stand for what does not fit. */
export function decodePage(
  bytes: readonly number[],
  page: CodePage,
): { readonly text: string; readonly replaced: number } {
  const label = OURS[page]
  if (label) return decodeText(Uint8Array.from(bytes), label)
  const text = new TextDecoder(LABELS[page] ?? 'windows-1252').decode(Uint8Array.from(bytes))
  return { text, replaced: text.split('\ufffd').length - 1 }
}

/**
 * Text of bytes in a font for Western letters, in a document in Chinese: programs name such fonts
 * for Chinese text too. Pairs of high bytes are Chinese; a lone one is a Western letter.
 */
export function decodeMixed(
  bytes: readonly number[],
  document: CodePage,
): { readonly text: string; readonly replaced: number } {
  if (!LEADS[document]) return decodePage(bytes, 1252)
  let text = ''
  let at = 0
  while (at < bytes.length) {
    const start = at
    const isHigh = bytes[at]! >= 0x80
    while (at < bytes.length && bytes[at]! >= 0x80 === isHigh) at++
    const run = bytes.slice(start, at)
    const asPairs = isHigh && run.length % 2 === 0 ? decodePage(run, document) : null
    text += asPairs?.replaced === 0 ? asPairs.text : decodePage(run, 1252).text
  }
  return { text, replaced: 0 }
}

const CHARSETS: ReadonlyMap<number, CodePage> = new Map([
  [0, 1252],
  [77, 10000],
  [78, 932],
  [79, 949],
  [80, 936],
  [81, 950],
  [128, 932],
  [129, 949],
  [130, 1361],
  [134, 936],
  [136, 950],
  [161, 1253],
  [162, 1254],
  [163, 1258],
  [177, 1255],
  [178, 1256],
  [186, 1257],
  [204, 1251],
  [222, 874],
  [238, 1250],
])

const OURS: Readonly<Record<CodePage, EncodingLabel>> = {
  936: 'gb18030',
  950: 'big5',
  10008: 'gb18030',
  54936: 'gb18030',
  65001: 'utf-8',
}

const LABELS: Readonly<Record<CodePage, string>> = {
  874: 'windows-874',
  932: 'shift_jis',
  949: 'euc-kr',
  1250: 'windows-1250',
  1251: 'windows-1251',
  1253: 'windows-1253',
  1254: 'windows-1254',
  1255: 'windows-1255',
  1256: 'windows-1256',
  1257: 'windows-1257',
  1258: 'windows-1258',
  10000: 'macintosh',
}

/** Whether a byte begins a character of several, by code page. */
const LEADS: Readonly<Record<CodePage, (byte: number) => boolean>> = {
  932: byte => (byte >= 0x81 && byte <= 0x9f) || (byte >= 0xe0 && byte <= 0xfc),
  936: byte => byte >= 0x81 && byte <= 0xfe,
  949: byte => byte >= 0x81 && byte <= 0xfe,
  950: byte => byte >= 0x81 && byte <= 0xfe,
  10008: byte => byte >= 0x81 && byte <= 0xfe,
  54936: byte => byte >= 0x81 && byte <= 0xfe,
  65001: byte => byte >= 0xc2 && byte <= 0xf4,
}

function lengthAt(bytes: readonly number[], at: number, page: CodePage): number {
  const byte = bytes[at]!
  if (!LEADS[page]?.(byte)) return 1
  if (page === 65001) return byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4
  const next = bytes[at + 1]
  const isFour = OURS[page] === 'gb18030' && next !== undefined && next >= 0x30 && next <= 0x39
  return isFour ? 4 : 2
}
