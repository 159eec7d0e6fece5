import type { BatchId, Hash, ReportId } from '../../shared/domain/id'
import type { Batch, Report } from '../../shared/domain/report'
import type { ProjectDb } from './database'

/** Every report, in order of import; those of one import by file name, numbers by their value. */
export async function allReports(db: ProjectDb): Promise<Report[]> {
  const reports = await db.reports.toArray()
  return reports.sort(
    (a, b) =>
      (a.batchId < b.batchId ? -1 : a.batchId > b.batchId ? 1 : 0) ||
      byName.compare(a.fileName, b.fileName) ||
      (a.id < b.id ? -1 : 1),
  )
}

const byName = new Intl.Collator('zh-u-co-pinyin', { numeric: true })

export async function reportOf(db: ProjectDb, id: ReportId): Promise<Report | null> {
  return (await db.reports.get(id)) ?? null
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

/** A text by its hash, or `null` when the working copy does not hold it. */
export async function textOf(db: ProjectDb, hash: Hash): Promise<string | null> {
  const pack = await db.texts.where('hashes').equals(hash).first()
  return pack?.texts[pack.hashes.indexOf(hash)] ?? null
}

/** The fingerprints of all reports: what an import skips. */
export async function knownHashes(db: ProjectDb): Promise<Set<Hash>> {
  const hashes = new Set<Hash>()
  await db.reports.each(report => hashes.add(report.textHash))
  return hashes
}
