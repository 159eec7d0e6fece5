import type { BatchId, CodeId, ReportId } from '../../shared/domain/id'
import type { ProjectDb } from './database'

/**
 * How many annotations each report has that has any; codes are in it too, under their ids.
 * To be asked once and not live: it would wake at every coding.
 */
export async function usesByReport(db: ProjectDb): Promise<ReadonlyMap<CodeId | ReportId, number>> {
  const tallies = await db.tallies.toArray()
  return new Map(tallies.map(({ id, uses }) => [id, uses]))
}

/** How many reports of one import are still there, and how many of them are coded. */
export async function standingOf(
  db: ProjectDb,
  batchId: BatchId,
): Promise<{ reports: number; coded: number }> {
  const ids = await db.reports.where('batchId').equals(batchId).primaryKeys()
  const tallies = await db.tallies.bulkGet(ids)
  return { reports: ids.length, coded: tallies.filter(tally => tally?.uses).length }
}
