import type { Mark } from '../domain/markup'
import {
  DOCUMENT_LIMITS,
  DOCUMENT_NOTES,
  type DocumentFile,
  type DocumentFormat,
  type DocumentNote,
  refuse,
} from './document'
import { textNotesOf } from './html-notes'

/** What a reader of an office format found. */
export interface OfficeText {
  readonly format: DocumentFormat
  readonly extractor: string
  readonly text: string
  readonly marks: readonly Mark[]
  readonly properties: Readonly<Record<string, string>>
  readonly met: ReadonlySet<DocumentNote>
  readonly replaced: number
}

/** The answer of a reader, or why a text is none: empty, only pictures, or too long. */
export function finishDocument(read: OfficeText): DocumentFile {
  const { format, extractor, text, marks, properties, met, replaced } = read
  const { length } = text
  const limit = DOCUMENT_LIMITS.length
  if (length > limit) return refuse('too-long', { length, limit })
  if (text.trim() === '') return refuse(met.has('pictures') ? 'no-text' : 'empty')
  // What these formats cannot name is said as unknown characters, not as bytes that do not fit.
  const own = textNotesOf(text, replaced).filter(note => note !== 'replaced')
  return {
    ok: true,
    format,
    extractor,
    text,
    markup: { marks, pages: [], properties },
    encoding: null,
    sure: true,
    replaced,
    notes: [...own, ...DOCUMENT_NOTES.filter(note => met.has(note))],
  }
}
