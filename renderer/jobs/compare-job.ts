import { restoredBy } from '../../shared/commands/snapshot'
import type { Code } from '../../shared/domain/code'
import type { CodeId, CoderId, ProjectId, ReportId, VariableId } from '../../shared/domain/id'
import type { Coder } from '../../shared/domain/project'
import type { Variable } from '../../shared/domain/variable'
import type { Host } from '../../shared/host'
import { type Comparison, compare } from '../../shared/journal/comparison'
import { invert, type TableName } from '../../shared/journal/edit'
import { changesToward, type TableRow } from '../../shared/journal/rows'
import { allCoders, allCodes } from '../data/codebook'
import type { ProjectDb } from '../data/database'
import { projectReader } from '../data/reader'
import { snapshotRows } from '../data/rebuild'

/** Which snapshot to hold against which working copy. */
export interface CompareWish {
  readonly project: ProjectId
  readonly snapshot: string
  /** The working copy's name. */
  readonly database: string
}

/** Rows of the snapshot read so far. */
export interface CompareProgress {
  readonly done: number
}

/** What a comparison works with. */
export interface CompareParts {
  readonly db: ProjectDb
  readonly host: Pick<Host, 'readSnapshot'>
  progress(progress: CompareProgress): void
}

/** As many reports, annotations, values, corrections and groups as are listed by name; the rest is only counted. */
const LISTED = 1000

/** Says what has become of a project since a snapshot was taken. */
export async function compareSnapshot(
  { project, snapshot }: CompareWish,
  { db, host, progress }: CompareParts,
): Promise<Comparison> {
  const rows: TableRow[] = []
  let tables: readonly TableName[] = []
  for await (const part of snapshotRows(host, project, snapshot)) {
    for (const row of part.rows) rows.push(row)
    tables = part.tables
    progress({ done: rows.length })
  }
  const changes = await changesToward(projectReader(db).everyRow(), rows)
  const restoring = restoredBy(changes, tables)
  return compare(invert(restoring), await knownIn(db, rows), LISTED)
}

async function knownIn(db: ProjectDb, rows: readonly TableRow[]) {
  const before = new Map<CodeId, Code>()
  const reports = new Map<ReportId, { title: string }>()
  const coders = new Map<CoderId, Pick<Coder, 'name'>>()
  const variables = new Map<VariableId, Pick<Variable, 'name'>>()
  for (const { table, row } of rows) {
    if (table === 'codes') before.set(row.id, row)
    if (table === 'reports') reports.set(row.id, { title: row.title })
    if (table === 'coders') coders.set(row.id, row)
    if (table === 'variables') variables.set(row.id, row)
  }
  const after = new Map((await allCodes(db)).map(code => [code.id, code]))
  for (const coder of await allCoders(db)) coders.set(coder.id, coder)
  for (const { id, title } of await db.reports.toArray()) reports.set(id, { title })
  for (const variable of await db.variables.toArray()) variables.set(variable.id, variable)
  return { before, after, reports, coders, variables }
}
