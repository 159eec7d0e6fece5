import type { ReportId } from '../domain/id'
import type { Change, TableName } from '../journal/edit'
import { changesToward, type TableRow } from '../journal/rows'
import type { Command } from './command'
import { withoutMembers } from './sets'

/** A snapshot's rows, and the tables that there were when it was taken. */
export interface RestoredRows {
  readonly rows: Iterable<TableRow>
  readonly tables: readonly TableName[]
}

/**
 * Takes the project back to the rows of a snapshot, as one edit that Undo takes back. `about`
 * says which snapshot, as a researcher knows it. Coders who have joined since then stay: what
 * they do from now on needs their name. So does what stands in tables of which a snapshot of an
 * earlier version says nothing.
 */
export function restoreSnapshot(about: string, { rows, tables }: RestoredRows): Command {
  return async project => {
    const changes = await changesToward(project.everyRow(), rows)
    return { label: 'restoreSnapshot', about, changes: restoredBy(changes, tables) }
  }
}

/** Of the changes toward a snapshot's rows those that a restore makes; see {@link restoreSnapshot}. */
export function restoredBy(changes: readonly Change[], tables: readonly TableName[]): Change[] {
  const known = new Set(tables)
  const removed = new Set<ReportId>()
  for (const { table, id, after } of changes) if (table === 'reports' && !after) removed.add(id)
  const kept = changes.filter(change => {
    if (change.after !== null) return true
    if (change.table === 'coders') return false
    if (known.has(change.table)) return true
    // What belongs to a report goes with it.
    return (
      (change.table === 'values' || change.table === 'corrections') &&
      change.before !== null &&
      removed.has(change.before.reportId)
    )
  })
  if (known.has('sets')) return kept
  const sets = changes.flatMap(({ table, before }) => (table === 'sets' && before ? [before] : []))
  return [...kept, ...withoutMembers(sets, id => removed.has(id))]
}
