import type { ReportId } from '../../shared/domain/id'
import { type Correction, inPlaceOrder } from '../../shared/domain/structure'
import type { ProjectDb } from './database'

/** A report's corrections of its structure, by place. */
export async function correctionsIn(db: ProjectDb, reportId: ReportId): Promise<Correction[]> {
  return inPlaceOrder((await db.corrections.get(reportId))?.items ?? [])
}

/** The corrections of some reports, report by report as they were asked for. */
export async function correctionsOf(
  db: ProjectDb,
  reportIds: readonly ReportId[],
): Promise<Correction[]> {
  const packs = await db.corrections.bulkGet([...reportIds])
  return packs.flatMap(pack => inPlaceOrder(pack?.items ?? []))
}
