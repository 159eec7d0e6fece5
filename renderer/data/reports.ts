import type { BatchId, Hash, ReportId } from '../../shared/domain/id'
import type { Batch, Report } from '../../shared/domain/report'
import type { ProjectDb } from './database'

/** Every report, in order of import; those of one import in the order of their ids. */
export async function allReports(db: ProjectDb): Promise<Report[]> {
  return (await db.reports.toArray()).sort(inImportOrder)
}

/** Orders reports as they came: by import, those of one by their ids. */
export function inImportOrder(a: Report, b: Report): number {
  return (a.batchId < b.batchId ? -1 : a.batchId > b.batchId ? 1 : 0) || (a.id < b.id ? -1 : 1)
}

/** Every report once, page by page in order of their ids. */
export async function* reportPages(db: ProjectDb): AsyncGenerator<readonly Report[], undefined> {
  for (let last = ''; ; ) {
    const page = await db.reports.where('id').above(last).limit(REPORTS_AT_ONCE).toArray()
    if (page.length === 0) return
    yield page
    last = page.at(-1)?.id ?? ''
  }
}

export async function reportOf(db: ProjectDb, id: ReportId): Promise<Report | null> {
  return (await db.reports.get(id)) ?? null
}

/** As many are copied from the store at once as nobody feels. */
const REPORTS_AT_ONCE = 500

/** Those of these reports that are there, in the order in which they were asked for. */
export async function reportsOf(db: ProjectDb, ids: readonly ReportId[]): Promise<Report[]> {
  const found: Report[] = []
  for (let at = 0; at < ids.length; at += REPORTS_AT_ONCE) {
    const some = await db.reports.bulkGet(ids.slice(at, at + REPORTS_AT_ONCE))
    for (const report of some) if (report) found.push(report)
  }
  return found
}

/** Every import, the latest first. */
export async function allBatches(db: ProjectDb): Promise<Batch[]> {
  const batches = await db.batches.toArray()
  return batches.sort((a, b) => b.at - a.at)
}

/** The reports that one import brought in and that are still there. */
export async function reportsIn(db: ProjectDb, batchId: BatchId): Promise<Report[]> {
  return db.reports.where('batchId').equals(batchId).toArray()
}

/** Whether any of these reports has an annotation. */
export async function areCoded(db: ProjectDb, ids: readonly ReportId[]): Promise<boolean> {
  const tallies = await db.tallies.bulkGet([...ids])
  return tallies.some(tally => tally !== undefined && tally.uses > 0)
}

/** A text by its hash, or `null` when the working copy does not hold it. */
export async function textOf(db: ProjectDb, hash: Hash): Promise<string | null> {
  return (await db.texts.get(hash))?.text ?? null
}

/** The fingerprints of all reports: what an import skips. */
export async function knownHashes(db: ProjectDb): Promise<Set<Hash>> {
  const hashes = new Set<Hash>()
  await db.reports.each(report => hashes.add(report.textHash))
  return hashes
}
