import type { ProjectReader } from '../../shared/commands/command'
import type { TableRow } from '../../shared/journal/rows'
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
    everyRow: () => everyRow(db),
  }
}

const REPORTS_A_PAGE = 1000
/** Records of all annotations of one report each. */
const PACKS_A_PAGE = 100

/** Every row of the working copy; between two pages, others get their turn. */
async function* everyRow(db: ProjectDb): AsyncGenerator<readonly TableRow[]> {
  yield (await db.coders.toArray()).map(row => ({ table: 'coders', row }))
  yield (await db.codes.toArray()).map(row => ({ table: 'codes', row }))
  yield (await db.batches.toArray()).map(row => ({ table: 'batches', row }))
  for (let last = ''; ; ) {
    const reports = await db.reports.where('id').above(last).limit(REPORTS_A_PAGE).toArray()
    if (reports.length === 0) break
    yield reports.map(row => ({ table: 'reports', row }))
    last = reports.at(-1)?.id ?? ''
  }
  for (let last = ''; ; ) {
    const packs = await db.annotations.where('reportId').above(last).limit(PACKS_A_PAGE).toArray()
    if (packs.length === 0) break
    yield packs.flatMap(({ items }) => items.map(row => ({ table: 'annotations' as const, row })))
    last = packs.at(-1)?.reportId ?? ''
  }
}
