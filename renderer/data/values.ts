import type { ReportId } from '../../shared/domain/id'
import { inValueOrder, type Value, type VariableKey } from '../../shared/domain/variable'
import type { ProjectDb } from './database'
import { pagesOf } from './packs'

/** A report's values. Wakes only for this report. */
export async function valuesIn(db: ProjectDb, reportId: ReportId): Promise<Value[]> {
  return inValueOrder((await db.values.get(reportId))?.items ?? [])
}

const REPORTS_AT_ONCE = 500

/** The values of some reports, report by report as they were asked for. */
export async function valuesOf(db: ProjectDb, reportIds: readonly ReportId[]): Promise<Value[]> {
  const found: Value[] = []
  for (let at = 0; at < reportIds.length; at += REPORTS_AT_ONCE) {
    const packs = await db.values.bulkGet(reportIds.slice(at, at + REPORTS_AT_ONCE))
    for (const pack of packs) for (const value of inValueOrder(pack?.items ?? [])) found.push(value)
  }
  return found
}

/** Every report's value of one variable, in the order of the reports' ids. */
export async function valuesFor(db: ProjectDb, variable: VariableKey): Promise<Value[]> {
  const found: Value[] = []
  for await (const packs of pagesOf(db.values)) {
    for (const { items } of packs) {
      const value = items.find(each => each.variable === variable)
      if (value) found.push(value)
    }
  }
  return found
}

/**
 * All values of all reports, by report. To be asked once and not live: it would wake at every
 * value that is set anywhere.
 */
export async function allValues(db: ProjectDb): Promise<ReadonlyMap<ReportId, readonly Value[]>> {
  const found = new Map<ReportId, readonly Value[]>()
  for await (const packs of pagesOf(db.values)) {
    for (const { reportId, items } of packs) found.set(reportId, items)
  }
  return found
}
