import { Dexie, type Table } from 'dexie'
import type { Annotation } from '../../shared/domain/annotation'
import type { Code } from '../../shared/domain/code'
import type { BatchId, CodeId, CoderId, Hash, ProjectId, ReportId } from '../../shared/domain/id'
import type { Coder } from '../../shared/domain/project'
import type { Batch, Report } from '../../shared/domain/report'
import type { EditEntry, History, Stamp } from '../../shared/journal/history'

// The working copy of one project: what every screen queries. It holds everything and is the
// truth about nothing; the project folder is. It is never migrated: a new schema number means
// a new database, rebuilt from the folder.

/** Raised whenever the tables change. Part of the database's name. */
export const SCHEMA_NUMBER = 1

/** All annotations of one report, in no particular order. Read and written as one record. */
export interface AnnotationPack {
  readonly reportId: ReportId
  readonly items: readonly Annotation[]
}

/** A report's canonical text, by its hash. */
export interface StoredText {
  readonly hash: Hash
  readonly text: string
}

/** How many annotations a code or report has; no row stands for none. */
export interface Tally {
  readonly id: CodeId | ReportId
  readonly uses: number
}

/** What the working copy knows about itself; one row. */
export interface Meta {
  readonly key: 'state'
  /** `seq` of the last journal entry that it holds. */
  readonly seq: number
  readonly history: History
  /** Numbers of rows, by which a damaged store is noticed. */
  readonly reports: number
  readonly annotations: number
  /** Over all rows; see checksum.ts. */
  readonly sum: number
}

export class ProjectDb extends Dexie {
  readonly reports!: Table<Report, ReportId>
  readonly texts!: Table<StoredText, Hash>
  readonly annotations!: Table<AnnotationPack, ReportId>
  readonly codes!: Table<Code, CodeId>
  readonly coders!: Table<Coder, CoderId>
  readonly batches!: Table<Batch, BatchId>
  readonly tallies!: Table<Tally, CodeId | ReportId>
  /** The `do` entries that Undo and Redo may still act on. */
  readonly undoable!: Table<EditEntry & Stamp, number>
  readonly meta!: Table<Meta, string>

  constructor(name: string) {
    super(name, { chromeTransactionDurability: 'relaxed' })
    this.version(1).stores({
      reports: 'id, batchId',
      texts: 'hash',
      annotations: 'reportId',
      codes: 'id',
      coders: 'id',
      batches: 'id',
      tallies: 'id',
      undoable: 'seq',
      meta: 'key',
    })
  }
}

/** The name of a project's working copy. */
export function databaseName(id: ProjectId): string {
  return `codicil-${id}-${SCHEMA_NUMBER}`
}
