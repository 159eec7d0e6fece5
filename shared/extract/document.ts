import type { Markup } from '../domain/markup'
import type { EncodingLabel } from './encoding'
import type { TextNote, TextProblem } from './text-file'

// Every reader of a format answers in the same words: a canonical text with what the source says
// of it, or why there is none. A reader fetches nothing, follows no link, runs nothing that
// stands in the file, and never answers half a text as if it were whole.

/** The formats that reports are read from. `xlsx` and `csv` hold one report a row. */
export const DOCUMENT_FORMATS = [
  'txt',
  'md',
  'html',
  'mhtml',
  'docx',
  'odt',
  'rtf',
  'epub',
  'pdf',
  'xlsx',
  'csv',
] as const

export type DocumentFormat = (typeof DOCUMENT_FORMATS)[number]

/**
 * Why a document is refused, beyond the problems of plain text, and the details that come with it.
 *
 * - `old-office`: a .doc, .wps, .xls or .ppt of before 2007; `kind` says which.
 * - `encrypted`: it opens with a password only.
 * - `scan`: `pages` pages, and no text behind their pictures.
 * - `no-text`: it holds pictures or drawings, and nothing that could be coded.
 * - `damaged`: it ends early or does not keep to its format; `where` names the part.
 * - `bomb`: unpacked it would take more than `limit` bytes, or over `ratio` times its size.
 * - `too-many-parts`: `count` files within it, over the `limit`.
 * - `doctype`: its XML declares entities or a document type, which these formats never need.
 * - `too-deep`: nested deeper than the `limit`. `too-many-nodes`: over `limit` elements.
 * - `too-many-pages`, `too-many-columns`, `too-many-rows`: `count`, over the `limit`.
 * - `too-slow`: not read within `seconds`. `too-much-memory`: its reading took more than there is.
 * - `unsupported`: a document of a kind that is not read; `kind` says which, as for `binary`.
 * - `table`: a table, which is imported by choosing its columns.
 */
export const DOCUMENT_PROBLEMS = [
  'old-office',
  'encrypted',
  'scan',
  'no-text',
  'damaged',
  'bomb',
  'too-many-parts',
  'doctype',
  'too-deep',
  'too-many-nodes',
  'too-many-pages',
  'too-many-columns',
  'too-many-rows',
  'too-slow',
  'too-much-memory',
  'unsupported',
  'table',
] as const

export type DocumentProblem = TextProblem | (typeof DOCUMENT_PROBLEMS)[number]

/**
 * What a researcher should know about a document that was read, beyond the notes on plain text.
 *
 * - `misnamed`: it is of another format than its name says.
 * - `pages-without-text`: some pages are pictures. `pictures`: it has pictures, which are left out.
 * - `tracked-changes`: it has changes that nobody accepted; they are read as accepted.
 * - `comments`: it has comments, which are left out. `hidden-text`: hidden text was left out.
 * - `merged-cells`: a table has merged cells; their text stands once.
 * - `auto-numbering`: numbers that the program would show were written into the text.
 * - `unknown-characters`: a font hides what some characters are; U+FFFD stands for them.
 * - `script`: the file has scripts or macros, which were not run.
 * - `links-outside`: it wants to load something from elsewhere, which was not done.
 */
export const DOCUMENT_NOTES = [
  'misnamed',
  'pages-without-text',
  'pictures',
  'tracked-changes',
  'comments',
  'hidden-text',
  'merged-cells',
  'auto-numbering',
  'unknown-characters',
  'script',
  'links-outside',
] as const

export type DocumentNote = TextNote | (typeof DOCUMENT_NOTES)[number]

/** A document that was read. */
export interface ReadDocument {
  readonly ok: true
  readonly format: DocumentFormat
  /** Which version of which reader made the text, such as `docx/1`. */
  readonly extractor: string
  /** Canonical: lines end in `\n`, there is no lone surrogate and no byte order mark. */
  readonly text: string
  readonly markup: Markup
  /** How bytes became characters; `null` for formats that settle this themselves. */
  readonly encoding: EncodingLabel | null
  /** Whether the encoding was chosen, or detected beyond doubt. */
  readonly sure: boolean
  /** How many U+FFFD the reader put in. */
  readonly replaced: number
  readonly notes: readonly DocumentNote[]
}

/** A document that was refused. */
export interface RefusedDocument {
  readonly ok: false
  readonly problem: DocumentProblem
  readonly details: Readonly<Record<string, string | number>>
}

export type DocumentFile = ReadDocument | RefusedDocument

/** Says that a document is refused. */
export function refuse(
  problem: DocumentProblem,
  details: RefusedDocument['details'] = {},
): RefusedDocument {
  return { ok: false, problem, details }
}

/** The bounds within which any document is read. */
export const DOCUMENT_LIMITS = {
  /** Of the file: what can be handed to a project folder in one piece. */
  bytes: 150 * 1024 * 1024,
  /** Within a zip. */
  parts: 10_000,
  /** Of all parts together and of one, unpacked. */
  unpackedBytes: 512 * 1024 * 1024,
  partBytes: 256 * 1024 * 1024,
  /** Times that a part over 1 MiB may grow when it is unpacked. */
  ratio: 200,
  xmlDepth: 256,
  nodes: 2_000_000,
  pages: 5_000,
  columns: 1_000,
  rows: 200_000,
  /** UTF-16 units of a report's text. */
  length: 3_000_000,
  seconds: 60,
} as const
