import type { ProjectReader } from '../../shared/commands/command'
import { annotationsIn, annotationsWith } from './annotations'
import { allCodes } from './codebook'
import type { ProjectDb } from './database'
import { areCoded, reportOf, reportsIn } from './reports'

/** Answers what commands ask, from the working copy. */
export function projectReader(db: ProjectDb): ProjectReader {
  return {
    report: id => reportOf(db, id),
    batch: async id => (await db.batches.get(id)) ?? null,
    reportsIn: batchId => reportsIn(db, batchId),
    areCoded: ids => areCoded(db, ids),
    code: async id => (await db.codes.get(id)) ?? null,
    codes: () => allCodes(db),
    coder: async id => (await db.coders.get(id)) ?? null,
    annotation: async (reportId, id) =>
      (await db.annotations.get(reportId))?.items.find(item => item.id === id) ?? null,
    annotationsIn: reportId => annotationsIn(db, reportId),
    usesOf: async codeIds => {
      const tallies = await db.tallies.bulkGet([...codeIds])
      if (tallies.every(tally => !tally?.uses)) return []
      return annotationsWith(db, new Set(codeIds))
    },
  }
}
