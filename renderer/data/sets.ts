import type { ReportSet } from '../../shared/domain/variable'
import type { ProjectDb } from './database'

/** The saved sets of reports, in order of their making. */
export function allSets(db: ProjectDb): Promise<ReportSet[]> {
  return db.sets.toCollection().sortBy('id')
}
