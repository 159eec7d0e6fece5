import type { Change } from '../journal/edit'
import { changesToward, type TableRow } from '../journal/rows'
import type { Command } from './command'

/**
 * Takes the project back to the rows of a snapshot, as one edit that Undo takes back. `about`
 * says which snapshot, as a researcher knows it. Coders who have joined since then stay: what
 * they do from now on needs their name.
 */
export function restoreSnapshot(about: string, rows: Iterable<TableRow>): Command {
  return async project => {
    const changes = await changesToward(project.everyRow(), rows)
    return { label: 'restoreSnapshot', about, changes: changes.filter(isRestored) }
  }
}

function isRestored({ table, after }: Change): boolean {
  return table !== 'coders' || after !== null
}
