import { addWeight, sumOf } from '../../shared/journal/row-sum'
import type { ProjectDb } from './database'

/** The sum over every row that the working copy has; see row-sum.ts. */
export async function sumIn(db: ProjectDb): Promise<number> {
  let sum = 0
  for (const table of [db.reports, db.batches, db.codes, db.coders]) {
    sum = addWeight(sum, sumOf((await table.toArray()) as object[]))
  }
  await db.annotations.each(({ items }) => {
    sum = addWeight(sum, sumOf(items))
  })
  return sum
}
