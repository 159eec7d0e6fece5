import type { ReportId } from '../../shared/domain/id'
import { addWeight, sumOf } from '../../shared/journal/row-sum'
import type { ProjectDb } from './database'
import { PACKED_TABLES, type Pack, pagesOf } from './packs'

/** The sum over every row that the working copy has; see row-sum.ts. */
export async function sumIn(db: ProjectDb): Promise<number> {
  let sum = 0
  for (const table of [db.reports, db.batches, db.codes, db.coders, db.variables, db.sets]) {
    sum = addWeight(sum, sumOf((await table.toArray()) as object[]))
  }
  for (const table of PACKED_TABLES) {
    for await (const packs of pagesOf(db.table<Pack<object>, ReportId>(table))) {
      for (const { items } of packs) sum = addWeight(sum, sumOf(items))
    }
  }
  return sum
}
