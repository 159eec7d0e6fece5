import { DOCUMENT_LIMITS, type DocumentFile, type ReadDocument, refuse } from '../extract/document'
import type { EncodingLabel } from '../extract/encoding'
import type { PdfLibrary } from '../extract/pdf'
import { asPromised, type DocumentKind, endsOf, isMisnamed, kindOf } from './document-kind'
import { readPlainText } from './plain-text'

// Every way in meets here. Each reader is loaded when a file needs it, so that a start is quick
// and a reader that fails takes nobody with it.

/** A file to read. */
export interface DocumentSource {
  readonly name: string
  readonly bytes: Uint8Array
  /** The researcher's choice; `null` to detect it. Only text and web pages ask. */
  readonly encoding: EncodingLabel | null
  /** Of a web page: its main text, what surrounds it set aside, or all of it. `main` unless said. */
  readonly mode?: HtmlMode
}

export type HtmlMode = 'main' | 'raw'

/** What reading needs of the platform. */
export interface ReadingTools {
  readonly pdf: PdfLibrary | (() => Promise<PdfLibrary>)
}

/**
 * Reads a file of any format, or says why not. Tables answer `table`: their columns have to be
 * chosen. Never throws over what is in a file, and keeps to no time: whoever calls watches that.
 */
export async function readDocument(
  source: DocumentSource,
  tools: ReadingTools,
): Promise<DocumentFile> {
  const { name, bytes } = source
  if (bytes.length > DOCUMENT_LIMITS.bytes) {
    return refuse('too-large', { size: bytes.length, limit: DOCUMENT_LIMITS.bytes })
  }
  const kind = kindOf(endsOf(bytes), name)
  try {
    const document = await readKind(kind, source, tools)
    return document.ok ? checked(document, name) : asPromised(document, name)
  } catch (error) {
    // Readers refuse what they know; what escapes them is still only one file's trouble.
    return isMemory(error) ? refuse('too-much-memory') : refuse('damaged', { where: '' })
  }
}

async function readKind(
  kind: DocumentKind,
  source: DocumentSource,
  tools: ReadingTools,
): Promise<DocumentFile> {
  const { bytes } = source
  const options = {
    ...(source.encoding ? { encoding: source.encoding } : {}),
    ...(source.mode ? { mode: source.mode } : {}),
  }
  switch (kind) {
    case 'txt':
      return readPlainText(source)
    case 'md':
      return (await import('../extract/markdown')).readMarkdown(bytes, options)
    case 'html':
      return (await import('../extract/html')).readHtml(bytes, options)
    case 'mhtml':
      return (await import('../extract/mhtml')).readMhtml(bytes, options)
    case 'rtf':
      return (await import('../extract/rtf')).readRtf(bytes)
    case 'docx':
      return (await import('../extract/docx')).readDocx(bytes)
    case 'odt':
      return (await import('../extract/odt')).readOdt(bytes)
    case 'epub':
      return (await import('../extract/epub')).readEpub(bytes)
    case 'pdf': {
      const library = typeof tools.pdf === 'function' ? await tools.pdf() : tools.pdf
      return (await import('../extract/pdf')).readPdf(bytes, library)
    }
    case 'old-office':
      return (await import('../extract/ole')).oleProblemOf(bytes)
    case 'word-xml':
      return refuse('old-office', { kind: 'xml' })
    case 'xlsx':
    case 'csv':
      return refuse('table')
    default:
      return refuse('unsupported', { kind })
  }
}

/** Holds a reader to what it promises, and adds what only the name tells. */
function checked(document: ReadDocument, name: string): DocumentFile {
  const { text, format, notes } = document
  if (text.trim() === '') return refuse('no-text')
  const { length } = text
  const limit = DOCUMENT_LIMITS.length
  if (length > limit) return refuse('too-long', { length, limit })
  // UTF-8 cannot keep half a pair, and no text has one in earnest.
  if (/\p{Cs}/u.test(text) || text.includes('\r')) return refuse('damaged', { where: '' })
  return isMisnamed(name, format) ? { ...document, notes: [...notes, 'misnamed'] } : document
}

function isMemory(error: unknown): boolean {
  return error instanceof RangeError && /allocation|array length|string length/i.test(error.message)
}
