import type { ReportId } from '../domain/id'
import { byId } from '../domain/id'
import { portions } from '../portions'
import { eachInSlices } from '../slices'
import { type Change, sameRow, type TableName, type Tables } from './edit'
import type { JournalEntry } from './history'
import type { ProjectState } from './state'

// A project without its past: just the rows that it has at one moment. Snapshots keep them,
// and going back to one is an edit like any other: the difference between two such lists.

/** One row, and the table that it stands in. */
export type TableRow = {
  [T in TableName]: { readonly table: T; readonly row: Tables[T] }
}[TableName]

/** Every row of a folded project, table by table and by id, so that equal projects give equal lists. */
export function* rowsIn(state: ProjectState): Generator<TableRow> {
  for (const row of byId(state.coders.values())) yield { table: 'coders', row }
  for (const row of byId(state.codes.values())) yield { table: 'codes', row }
  for (const row of byId(state.batches.values())) yield { table: 'batches', row }
  for (const row of byId(state.reports.values())) yield { table: 'reports', row }
  for (const row of byId(allIn(state.annotations))) yield { table: 'annotations', row }
  for (const row of byId(state.variables.values())) yield { table: 'variables', row }
  for (const row of byId(allIn(state.values))) yield { table: 'values', row }
  for (const row of byId(allIn(state.corrections))) yield { table: 'corrections', row }
  for (const row of byId(state.sets.values())) yield { table: 'sets', row }
}

/** Every row of a table that is kept report by report. */
export function* allIn<R>(
  table: ReadonlyMap<ReportId, ReadonlyMap<string, R>>,
): Generator<R, undefined> {
  for (const items of table.values()) yield* items.values()
}

/** What an entry does to rows: an import, too, adds some. */
export function changesOf(entry: JournalEntry): readonly Change[] {
  if (entry.kind !== 'import') return entry.changes
  const { batch, reports, variables, values } = entry
  return [
    added({ table: 'batches', row: batch }),
    ...reports.map(row => added({ table: 'reports', row })),
    ...variables.map(row => added({ table: 'variables', row })),
    ...values.map(row => added({ table: 'values', row })),
  ]
}

/** What takes a project that has the rows `from` to one that has the rows `to`. */
export function changesBetween(from: Iterable<TableRow>, to: Iterable<TableRow>): Change[] {
  const left = new Map<string, TableRow>()
  for (const each of from) left.set(keyOf(each), each)
  const changes: Change[] = []
  for (const each of to) {
    const key = keyOf(each)
    const before = left.get(key)?.row ?? null
    left.delete(key)
    if (!sameRow(before, each.row)) changes.push(changeOf(each, before, each.row))
  }
  for (const each of left.values()) changes.push(changeOf(each, each.row, null))
  return changes
}

/**
 * What takes a project to the rows `to`, where the rows that it has come page by page: whoever
 * reads them from a store can let others have a turn in between.
 */
export async function changesToward(
  pages: AsyncIterable<readonly TableRow[]>,
  to: Iterable<TableRow>,
): Promise<Change[]> {
  const wanted = new Map<string, TableRow>()
  await eachInSlices(to, each => {
    wanted.set(keyOf(each), each)
  })
  const changes: Change[] = []
  for await (const page of pages) {
    await eachInSlices(page, each => {
      const key = keyOf(each)
      const after = wanted.get(key)?.row ?? null
      wanted.delete(key)
      if (!sameRow(each.row, after)) changes.push(changeOf(each, each.row, after))
    })
  }
  await eachInSlices(wanted.values(), each => {
    changes.push(changeOf(each, null, each.row))
  })
  return changes
}

/**
 * The changes that bring rows in, cut into slices of about `bytes` of JSON, so that none makes
 * an entry too long for a frame, whatever stands in the rows.
 */
export function slicesOf(rows: Iterable<TableRow>, bytes: number): Generator<Change[]> {
  return portions(changesFor(rows), change => utf8Length(JSON.stringify(change)), { weight: bytes })
}

function* changesFor(rows: Iterable<TableRow>): Generator<Change> {
  for (const each of rows) yield added(each)
}

/** How many bytes a well-formed string takes in UTF-8. */
function utf8Length(text: string): number {
  let bytes = text.length
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 0x80) continue
    // Each half of a pair stands for two of its four bytes.
    bytes += unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 1 : 2
  }
  return bytes
}

function added(each: TableRow): Change {
  return changeOf(each, null, each.row)
}

function changeOf({ table, row }: TableRow, before: object | null, after: object | null): Change {
  return { table, id: row.id, before, after } as Change
}

function keyOf({ table, row }: TableRow): string {
  return `${table}/${row.id}`
}
