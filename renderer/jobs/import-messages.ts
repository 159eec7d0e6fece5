import type { CoderId, ProjectId } from '../../shared/domain/id'
import type { DocumentNote, DocumentProblem } from '../../shared/extract/document'
import type { EncodingLabel } from '../../shared/extract/encoding'
import type { SessionToken } from '../../shared/host'
import type { HtmlMode } from '../../shared/intake/read-document'
import type { TableChoice } from '../../shared/intake/table-reports'
import type { FileBytes } from './file-bytes'
import type { Pace } from './pace'
import type { SimilarReport } from './similar-reports'

// What goes to an import, what it tells on the way, and what it ends with.

/** Why a file does not come in. `unreadable`: it vanished, changed or is locked. */
export type FileProblem = DocumentProblem | 'unreadable'

/**
 * What to know about a file that came in. `unsure`: its encoding is a guess. `unfit-cells`: cells
 * of a table that do not fit their variable were left out. `columns-left-out`: whole columns were.
 * `same-text`: a row did not come in, since its text is in under the title that is told.
 */
export type FileNote = DocumentNote | 'unsure' | 'unfit-cells' | 'columns-left-out' | 'same-text'

/** What a sentence about a problem needs: a size, a limit, a count. */
export type Details = Readonly<Record<string, string | number>>

/** What was chosen about a file, and what is known of it. */
export interface ImportChoice {
  /** Its name with the folders it was found in. */
  readonly path: string
  /** Bytes, where somebody has asked already; asking takes a look at the disk. */
  readonly size: number | null
  /** The researcher's choice; `null` to detect it. */
  readonly encoding: EncodingLabel | null
  /** For web pages; `null` for what is usual. */
  readonly mode: HtmlMode | null
  /** For tables: which sheet and columns. */
  readonly table: TableChoice
}

/** A file to import, and how to read it. */
export interface ImportFile extends ImportChoice {
  readonly file: FileBytes
}

export interface ImportInput {
  readonly kind: 'import'
  readonly projectId: ProjectId
  readonly session: SessionToken
  readonly coderId: CoderId
  readonly files: readonly ImportFile[]
}

/**
 * Files on their way to the worker, before its job starts. They are sent a few at a time:
 * handing one over makes the browser look it up on the disk, and the page must not wait for
 * thousands of them.
 */
export interface FilesMessage {
  readonly kind: 'files'
  readonly files: readonly FileBytes[]
}

/** An import's input as it is sent: its files have gone before, in the same order. */
export type ImportStart = Omit<ImportInput, 'files'> & {
  readonly choices: readonly ImportChoice[]
  /** Where extract.worker.ts is in the build. */
  readonly extractorUrl: string
}

export interface ImportProgress extends Pace {
  /**
   * `saving`: nothing is read any more, and what is in is being saved. `listing`: it is saved,
   * and comes into the working copy. `comparing`: it is compared with what was there before.
   */
  readonly phase: 'reading' | 'saving' | 'listing' | 'comparing'
  readonly done: number
  readonly total: number
  readonly bytes: number
  readonly bytesTotal: number
}

/** A file that did not come in. */
export interface ProblemLine {
  /** Its place among the files of the import. */
  readonly index: number
  readonly path: string
  readonly problem: FileProblem
  readonly details: Details
}

/** A file that came in, but should be looked at. */
export interface NoteLine {
  readonly path: string
  readonly note: FileNote
  readonly details?: Details
}

/** A file that is in already. */
export interface KnownFile {
  readonly path: string
  readonly title: string
}

export interface ImportResult {
  readonly imported: number
  /** Files whose text the project had already, or an earlier file of this import. */
  readonly known: number
  /** Which those were, each with the title of the report that it is; empty where nobody knows yet. */
  readonly knownFiles: readonly KnownFile[]
  readonly problems: readonly ProblemLine[]
  readonly notes: readonly NoteLine[]
  /** Reports that came in and are nearly the same as another one. */
  readonly similar: readonly SimilarReport[]
  /** Whether they could not all be compared with the reports that were there before. */
  readonly comparingFailed: boolean
  /** Whether it was stopped before the last file. */
  readonly cancelled: boolean
  /** Whether all is saved but the working copy must be built anew. */
  readonly copyFailed: boolean
}
