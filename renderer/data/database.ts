import { Dexie, type Table } from 'dexie'
import type { Annotation } from '../../shared/domain/annotation'
import type { Code } from '../../shared/domain/code'
import type {
  BatchId,
  CodeId,
  CoderId,
  Hash,
  ProjectId,
  ReportId,
  ReportSetId,
  VariableId,
} from '../../shared/domain/id'
import type { Coder } from '../../shared/domain/project'
import type { Batch, Report } from '../../shared/domain/report'
import type { Correction } from '../../shared/domain/structure'
import type { ReportSet, Value, Variable } from '../../shared/domain/variable'
import type { Change } from '../../shared/journal/edit'
import type { EditEntry, History, Stamp } from '../../shared/journal/history'
import type { Pack } from './packs'
import type { RowsWatch } from './report-rows'

// The working copy of one project: what every screen queries. It holds everything, texts a while
// after their reports, and is the truth about nothing; the project folder is. It is never
// migrated: a new schema number means a new database, rebuilt from the folder.

/** Raised whenever the tables change. Part of the database's name. */
export const SCHEMA_NUMBER = 2

/** A report's canonical text, or the JSON of its markup, by its hash. */
export interface StoredText {
  readonly hash: Hash
  readonly text: string
}

/** How many annotations a code or report has; no row stands for none. */
export interface Tally {
  readonly id: CodeId | ReportId
  readonly uses: number
}

/** Some changes of a long edit: whole, its record would hold up the page that reads it. */
export interface UndoPart {
  readonly seq: number
  /** Counted from 0. */
  readonly part: number
  readonly changes: readonly Change[]
}

/** What the working copy knows about itself; one row. */
export interface Meta {
  readonly key: 'state'
  /** `seq` of the last journal entry that it holds. */
  readonly seq: number
  readonly history: History
  /** Numbers of rows and of packs, by which a damaged store is noticed. */
  readonly reports: number
  readonly annotations: number
  readonly values: number
  readonly corrections: number
  /** Over all rows; see checksum.ts. */
  readonly sum: number
}

export class ProjectDb extends Dexie {
  readonly reports!: Table<Report, ReportId>
  readonly texts!: Table<StoredText, Hash>
  readonly annotations!: Table<Pack<Annotation>, ReportId>
  readonly values!: Table<Pack<Value>, ReportId>
  readonly corrections!: Table<Pack<Correction>, ReportId>
  readonly codes!: Table<Code, CodeId>
  readonly coders!: Table<Coder, CoderId>
  readonly batches!: Table<Batch, BatchId>
  readonly variables!: Table<Variable, VariableId>
  readonly sets!: Table<ReportSet, ReportSetId>
  readonly tallies!: Table<Tally, CodeId | ReportId>
  /** The `do` entries that Undo and Redo may still act on; a long one without its changes. */
  readonly undoable!: Table<EditEntry & Stamp, number>
  readonly undoParts!: Table<UndoPart, [number, number]>
  readonly meta!: Table<Meta, string>
  /** What follows the rows of the reports while anyone asks; see report-rows.ts. */
  rowsWatch: RowsWatch | null = null

  constructor(name: string) {
    super(name, { chromeTransactionDurability: 'relaxed' })
    this.version(1).stores({
      reports: 'id, batchId',
      texts: 'hash',
      annotations: 'reportId',
      values: 'reportId',
      corrections: 'reportId',
      codes: 'id',
      coders: 'id',
      batches: 'id',
      variables: 'id',
      sets: 'id',
      tallies: 'id',
      undoable: 'seq',
      undoParts: '[seq+part], seq',
      meta: 'key',
    })
  }
}

/** The name of a project's working copy. */
export function databaseName(id: ProjectId): string {
  return `codicil-${id}-${SCHEMA_NUMBER}`
}

/** What earlier versions of the program called a project's working copy. */
export function earlierNames(id: ProjectId): string[] {
  return Array.from({ length: SCHEMA_NUMBER - 1 }, (_, i) => `codicil-${id}-${i + 1}`)
}
