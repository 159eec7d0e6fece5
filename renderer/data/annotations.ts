import { type Annotation, inReadingOrder } from '../../shared/domain/annotation'
import type { CodeId, ReportId } from '../../shared/domain/id'
import type { ProjectDb } from './database'

/** A report's annotations in reading order. */
export async function annotationsIn(db: ProjectDb, reportId: ReportId): Promise<Annotation[]> {
  const pack = await db.annotations.get(reportId)
  return pack ? [...pack.items].sort(inReadingOrder) : []
}

/** Every use of any of these codes, report by report, in reading order. */
export async function annotationsWith(
  db: ProjectDb,
  codeIds: ReadonlySet<CodeId>,
): Promise<Annotation[]> {
  const found: Annotation[] = []
  await db.annotations.each(({ items }) => {
    const mine = items.filter(({ codeId }) => codeIds.has(codeId)).sort(inReadingOrder)
    for (const item of mine) found.push(item)
  })
  return found
}

/**
 * How many annotations a code or a report has.
 *
 * Reads the tally, not `count()`: a live `count()` wakes whenever any row of its table
 * changes, which with a codebook of hundreds is hundreds of queries a keypress. A `get`
 * by key wakes only for its own row.
 */
export async function usesOf(db: ProjectDb, id: CodeId | ReportId): Promise<number> {
  return (await db.tallies.get(id))?.uses ?? 0
}
