import type { BatchId, Hash, ReportId } from './id'

/**
 * A text under study, without the text: light enough to list tens of thousands.
 * The text is found by `textHash`; it is fixed at import and never changes.
 */
export interface Report {
  readonly id: ReportId
  readonly batchId: BatchId
  /** What the researcher calls it; at first the file's name without its ending. */
  readonly title: string
  /** The imported file's name, without its folders. */
  readonly fileName: string
  /**
   * Where the file was: the folders and the name as they were chosen, with `/` between them;
   * empty where that is not known.
   */
  readonly path: string
  /** Which row of a table file, counted from 1; `null` where the whole file is the report. */
  readonly row: number | null
  /** What kind of file it is: a `DocumentFormat` of `extract/document.ts`. */
  readonly format: string
  /** Which version of which reader made the text, such as `docx/1`. */
  readonly extractor: string
  /**
   * How the file's bytes were read, as one of the labels in `extract/encoding.ts`; empty for a
   * format that settles this itself.
   */
  readonly encoding: string
  /** The canonical text's hash, which is also the report's fingerprint: no two reports share one. */
  readonly textHash: Hash
  /** The file's own bytes, as they were chosen. */
  readonly originalHash: Hash
  /** The JSON of its markup, as `domain/markup.ts` writes it; `null` where there is none. */
  readonly markupHash: Hash | null
  /** UTF-16 units in the text; offsets run from 0 to this. */
  readonly length: number
  /** Code points in the text: what people call characters, and what exports count. */
  readonly chars: number
  /** Han characters in the text; `null` of a report that an older version brought in. */
  readonly hanChars: number | null
  /** Which version of `text/normalize.ts` made the text. */
  readonly textVersion: number
  /** Milliseconds since the Unix epoch. */
  readonly addedAt: number
}

/** Everything that the project keeps of a report by its content: text, original file, markup. */
export function hashesOf({
  textHash,
  originalHash,
  markupHash,
}: Pick<Report, 'textHash' | 'originalHash' | 'markupHash'>): Hash[] {
  return markupHash === null ? [textHash, originalHash] : [textHash, originalHash, markupHash]
}

/** What one import brought in, and what became of the files it could not read. */
export interface Batch {
  readonly id: BatchId
  /** Milliseconds since the Unix epoch, when the import was finished or cancelled. */
  readonly at: number
  readonly imported: number
  /** Files whose text the project had already. */
  readonly known: number
  readonly refused: number
  /** Whether the researcher stopped it before the last file. */
  readonly cancelled: boolean
}

/**
 * A paragraph, heading, list item or table row of a report: the half-open range
 * `[start, end)` of its text, without the newline that ends it.
 */
export interface Block {
  readonly start: number
  readonly end: number
}

/** A report's text and how it falls into blocks. */
export interface ReportText {
  readonly text: string
  /** In reading order; each ends one before the next begins, and together they cover the text. */
  readonly blocks: readonly Block[]
}
