import type { Annotation } from '../../shared/domain/annotation'
import { sameRow, type TableName } from '../../shared/journal/edit'
import { addWeight, sumOf } from '../../shared/journal/row-sum'
import { changesBetween, rowsIn, type TableRow } from '../../shared/journal/rows'
import type { ProjectState } from '../../shared/journal/state'
import { metaOf } from './commit'
import type { Meta, ProjectDb, Tally } from './database'
import type { Pack } from './packs'
import { countTallies } from './rebuild'

/** All that a working copy says at one moment, but the texts. */
export interface CopyContent {
  readonly meta: Meta
  readonly rows: readonly TableRow[]
  readonly packs: readonly Pack<Annotation>[]
  readonly tallies: readonly Tally[]
  /** The entries that it keeps for Undo and Redo, by `seq`. */
  readonly undoable: readonly number[]
}

/** In what a working copy differs from the folder that it was made from. */
export interface CopyDifferences {
  /** Rows that differ, by table; tables that agree are left out. */
  readonly rows: Readonly<Partial<Record<TableName, number>>>
  /** Wrong counts of annotations. */
  readonly tallies: number
  /** Whether Undo and Redo would not do what the journal says. */
  readonly history: boolean
  /** Whether the sum that it carries along is not the sum of its rows. */
  readonly sum: boolean
}

/**
 * Reads a working copy as it stands at one moment, however long that takes. Texts are left
 * alone, so that an import goes on bringing them in meanwhile.
 */
export function contentOf(db: ProjectDb): Promise<CopyContent> {
  const tables = db.tables.filter(({ name }) => name !== db.texts.name)
  return db.transaction('r', tables, async () => {
    const [meta, coders, codes, batches, variables, sets] = await Promise.all([
      metaOf(db),
      db.coders.toArray(),
      db.codes.toArray(),
      db.batches.toArray(),
      db.variables.toArray(),
      db.sets.toArray(),
    ])
    const [reports, packs, values, corrections, tallies, undoable] = await Promise.all([
      db.reports.toArray(),
      db.annotations.toArray(),
      db.values.toArray(),
      db.corrections.toArray(),
      db.tallies.toArray(),
      db.undoable.toCollection().primaryKeys(),
    ])
    const rows: TableRow[] = [
      ...coders.map(row => ({ table: 'coders', row }) as const),
      ...codes.map(row => ({ table: 'codes', row }) as const),
      ...batches.map(row => ({ table: 'batches', row }) as const),
      ...variables.map(row => ({ table: 'variables', row }) as const),
      ...sets.map(row => ({ table: 'sets', row }) as const),
      ...reports.map(row => ({ table: 'reports', row }) as const),
      ...packs.flatMap(({ items }) => items.map(row => ({ table: 'annotations', row }) as const)),
      ...values.flatMap(({ items }) => items.map(row => ({ table: 'values', row }) as const)),
      ...corrections.flatMap(({ items }) =>
        items.map(row => ({ table: 'corrections', row }) as const),
      ),
    ]
    return { meta, rows, packs, tallies, undoable }
  })
}

/** Compares a working copy with the project folded from the journal; `null` when they agree. */
export function differences(copy: CopyContent, state: ProjectState): CopyDifferences | null {
  const folded = [...rowsIn(state)]
  const sum = sumOfRows(copy.rows)
  const rows: Partial<Record<TableName, number>> = {}
  if (sum !== sumOfRows(folded) || copy.rows.length !== folded.length) {
    for (const { table } of changesBetween(copy.rows, folded)) rows[table] = (rows[table] ?? 0) + 1
  }
  const found = {
    rows,
    tallies: wrongTallies(copy),
    history: !isSameHistory(copy, state),
    sum: sum !== copy.meta.sum,
  }
  const isSame =
    Object.keys(rows).length === 0 && found.tallies === 0 && !found.history && !found.sum
  return isSame ? null : found
}

/** Makes sure that the working copy is thrown away and built anew when it is opened next. */
export function distrust(db: ProjectDb): Promise<void> {
  return db.meta.delete('state')
}

function sumOfRows(rows: readonly TableRow[]): number {
  return rows.reduce((sum, { row }) => addWeight(sum, sumOf([row])), 0)
}

/** How many tallies are not what counting the copy's own annotations gives. */
function wrongTallies({ packs, tallies }: CopyContent): number {
  const counted = new Map(countTallies(packs.map(({ items }) => items)).map(row => [row.id, row]))
  let wrong = 0
  for (const tally of tallies) {
    if (!sameRow(tally, counted.get(tally.id) ?? null)) wrong++
    counted.delete(tally.id)
  }
  return wrong + counted.size
}

function isSameHistory({ meta, undoable }: CopyContent, { history }: ProjectState): boolean {
  const kept = [...undoable].sort((a, b) => a - b)
  const named = [...history.done, ...history.undone].sort((a, b) => a - b)
  return JSON.stringify([meta.history, kept]) === JSON.stringify([history, named])
}
