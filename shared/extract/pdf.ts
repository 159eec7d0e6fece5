import { DOCUMENT_LIMITS, type DocumentFile, type DocumentNote, refuse } from './document'
import { assemble } from './pdf-assemble'
import { UNKNOWN } from './pdf-characters'
import type { PdfDrawing, PdfGlyph } from './pdf-glyphs'
import { type PdfSheet, sheetOf } from './pdf-sheets'

// A PDF says where each character stands and nothing else: lines, paragraphs, headings and tables
// are read from places and sizes, by the modules beside this one. Here its pages are fetched one
// after the other, and it is decided whether what came out is a text.

/** Whatever can open PDF files; each platform brings its own. Loaded when the first one is read. */
export interface PdfLibrary {
  /**
   * Opens a document, which then belongs to the caller until it is closed. The bytes stay as they
   * are. Where the library works in a thread of its own, promises reject when the `seconds` are
   * over; where it shares the caller's, only whoever can end that thread keeps to a time.
   */
  open(
    bytes: Uint8Array,
    limits: { readonly seconds: number },
  ): Promise<PdfDocument | 'encrypted' | 'damaged' | 'too-slow'>
}

export interface PdfDocument {
  readonly pageCount: number
  /** What the file says of itself, by the names of `Markup.properties`. */
  properties(): Promise<Readonly<Record<string, string>>>
  /** Whether it has scripts. They are never run. */
  hasScript(): Promise<boolean>
  /** A page, counted from 1; rejects where the file has none in its place. */
  page(number: number): Promise<PdfPage>
  close(): Promise<void>
}

/** What is drawn on a page as it is shown, turned upright. Points. */
export interface PdfPage extends PdfDrawing {
  readonly width: number
  readonly height: number
}

const EXTRACTOR = 'pdf/1'

/**
 * Reads the text of a PDF. Paragraphs that run over a page's end stay whole; what stood between
 * their halves (notes, page numbers, running heads) follows them. Says `scan` when there is
 * nothing but pictures, or nothing on them but what an app stamped on every page.
 */
export async function readPdf(bytes: Uint8Array, library: PdfLibrary): Promise<DocumentFile> {
  const facts = factsOf(bytes)
  if (facts.endsEarly) return refuse('damaged', { where: 'trailer' })
  const { seconds } = DOCUMENT_LIMITS
  const document = await library.open(bytes, { seconds })
  if (document === 'encrypted') return refuse('encrypted')
  if (document === 'damaged') return refuse('damaged', { where: 'xref' })
  if (document === 'too-slow') return refuse('too-slow', { seconds })
  try {
    return await readOpened(document, facts)
  } catch (error) {
    if (isNamed(error, 'TooSlowError')) return refuse('too-slow', { seconds })
    throw error
  } finally {
    await document.close()
  }
}

async function readOpened(document: PdfDocument, facts: FileFacts): Promise<DocumentFile> {
  const { pageCount } = document
  if (pageCount > DOCUMENT_LIMITS.pages) {
    return refuse('too-many-pages', { count: pageCount, limit: DOCUMENT_LIMITS.pages })
  }
  if (pageCount === 0) return refuse('damaged', { where: 'pages' })
  const unreadable = new UnreadableFonts()
  const sheets: PdfSheet[] = []
  let length = 0
  let ahead = pageAt(document, 1)
  for (let number = 1; number <= pageCount; number++) {
    const page = await ahead
    if (number < pageCount) {
      // Where the library has a thread of its own, it draws one page while this one is read.
      ahead = pageAt(document, number + 1)
      ahead.catch(() => {})
    }
    if (!page) return refuse('damaged', { where: `p. ${number}` })
    const sheet = sheetOf(number, { ...page, glyphs: unreadable.withUnknown(page.glyphs) })
    sheets.push(sheet)
    for (const line of sheet.lines) length += line.text.length
    if (length > DOCUMENT_LIMITS.length) {
      return refuse('too-long', { length, limit: DOCUMENT_LIMITS.length })
    }
  }
  const { text, marks, pages, hasBody, hasMergedCells } = assemble(sheets)
  if (!hasBody) {
    return facts.hasPictures ? refuse('scan', { pages: pageCount }) : refuse('no-text')
  }
  const replaced = text.split(UNKNOWN).length - 1
  const visible = text.replace(/\s/g, '').length
  // Where the file hides what most of its characters are, there is no text that could be coded.
  if (replaced > 0.5 * visible) return refuse('no-text')
  const isEmpty = (sheet: PdfSheet) => sheet.lines.length === 0 && sheet.tables.length === 0
  const notes: DocumentNote[] = []
  if (sheets.some(isEmpty)) notes.push('pages-without-text')
  if (facts.hasPictures) notes.push('pictures')
  if (hasMergedCells) notes.push('merged-cells')
  if (replaced > 0) notes.push('unknown-characters')
  if (facts.hasScript || (await document.hasScript())) notes.push('script')
  const properties = await document.properties()
  return {
    ...{ ok: true, format: 'pdf', extractor: EXTRACTOR, encoding: null, sure: true },
    ...{ text, markup: { marks, pages, properties }, replaced, notes },
  }
}

async function pageAt(document: PdfDocument, number: number): Promise<PdfPage | null> {
  try {
    return await document.page(number)
  } catch (error) {
    if (isNamed(error, 'TooSlowError')) throw error
    return null
  }
}

function isNamed(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name
}

interface FileFacts {
  /** Whether objects follow the last table of contents, as where a download broke off. */
  readonly endsEarly: boolean
  readonly hasPictures: boolean
  readonly hasScript: boolean
}

/** What a file's bytes say before anybody has opened it. */
function factsOf(bytes: Uint8Array): FileFacts {
  const lastObject = lastOf(bytes, 'endobj')
  const lastTable = Math.max(lastOf(bytes, 'startxref'), lastOf(bytes, 'trailer'))
  return {
    endsEarly: lastObject > lastTable,
    // A picture is always an object of its own, in plain sight.
    hasPictures: firstOf(bytes, '/Subtype/Image') >= 0 || firstOf(bytes, '/Subtype /Image') >= 0,
    hasScript: firstOf(bytes, '/JavaScript') >= 0,
  }
}

function firstOf(bytes: Uint8Array, words: string): number {
  const wanted = [...words].map(character => character.charCodeAt(0))
  const [first = 0] = wanted
  for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1)) {
    if (wanted.every((unit, i) => bytes[at + i] === unit)) return at
  }
  return -1
}

function lastOf(bytes: Uint8Array, words: string): number {
  const wanted = [...words].map(character => character.charCodeAt(0))
  const [first = 0] = wanted
  for (let at = bytes.lastIndexOf(first); at >= 0; at = bytes.lastIndexOf(first, at - 1)) {
    if (wanted.every((unit, i) => bytes[at + i] === unit)) return at
    if (at === 0) break
  }
  return -1
}

/** Enough characters of a font to judge it by. */
const ENOUGH = 40

/**
 * Fonts whose codes say nothing of the characters. Without a table, a code is all that is known of
 * a glyph, and taken for a character it gives letters of every script in a jumble. Judged page by
 * page, because texts may be long.
 */
class UnreadableFonts {
  readonly #seen = new Map<string, { all: number; likely: number }>()

  withUnknown(glyphs: readonly PdfGlyph[]): readonly PdfGlyph[] {
    for (const { font, text } of glyphs) {
      if (text.trim() === '') continue
      const seen = this.#seen.get(font) ?? { all: 0, likely: 0 }
      seen.all++
      if (isLikely(text)) seen.likely++
      this.#seen.set(font, seen)
    }
    const isUnreadable = (font: string) => {
      const seen = this.#seen.get(font)
      return seen !== undefined && seen.all >= ENOUGH && seen.likely < 0.5 * seen.all
    }
    if (![...this.#seen.keys()].some(isUnreadable)) return glyphs
    return glyphs.map(glyph =>
      isUnreadable(glyph.font) && glyph.text.trim() !== '' ? { ...glyph, text: UNKNOWN } : glyph,
    )
  }
}

/** Letters and marks of Chinese and European texts. */
function isLikely(text: string): boolean {
  return /^[\u0020-\u007e\u00a0-\u017f\u0370-\u045f\u2010-\u2027\u2030-\u205e\u2100-\u22ff\u2460-\u25ff\u3000-\u30ff\u3200-\u33ff\u4e00-\u9fff\uac00-\ud7a3\uff01-\uffee]/.test(
    text,
  )
}
