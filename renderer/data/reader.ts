import type { ProjectReader } from '../../shared/commands/command'
import type { TableRow } from '../../shared/journal/rows'
import { annotationsIn, annotationsWith } from './annotations'
import { allCodes } from './codebook'
import { correctionsOf } from './corrections'
import type { ProjectDb } from './database'
import { pagesOf } from './packs'
import { areCoded, reportOf, reportsIn, reportsOf } from './reports'
import { allSets } from './sets'
import { valuesFor, valuesOf } from './values'
import { allVariables } from './variables'

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
    reportsOf: ids => reportsOf(db, ids),
    valuesOf: reportIds => valuesOf(db, reportIds),
    valuesFor: variable => valuesFor(db, variable),
    variables: () => allVariables(db),
    correctionsOf: reportIds => correctionsOf(db, reportIds),
    sets: () => allSets(db),
    everyRow: () => everyRow(db),
  }
}

const REPORTS_A_PAGE = 1000

/** Every row of the working copy; between two pages, others get their turn. */
async function* everyRow(db: ProjectDb): AsyncGenerator<readonly TableRow[]> {
  yield (await db.coders.toArray()).map(row => ({ table: 'coders', row }))
  yield (await db.codes.toArray()).map(row => ({ table: 'codes', row }))
  yield (await db.batches.toArray()).map(row => ({ table: 'batches', row }))
  yield (await db.variables.toArray()).map(row => ({ table: 'variables', row }))
  yield (await db.sets.toArray()).map(row => ({ table: 'sets', row }))
  for (let last = ''; ; ) {
    const reports = await db.reports.where('id').above(last).limit(REPORTS_A_PAGE).toArray()
    if (reports.length === 0) break
    yield reports.map(row => ({ table: 'reports', row }))
    last = reports.at(-1)?.id ?? ''
  }
  for await (const packs of pagesOf(db.annotations)) {
    yield packs.flatMap(({ items }) => items.map(row => ({ table: 'annotations', row }) as const))
  }
  for await (const packs of pagesOf(db.values)) {
    yield packs.flatMap(({ items }) => items.map(row => ({ table: 'values', row }) as const))
  }
  for await (const packs of pagesOf(db.corrections)) {
    yield packs.flatMap(({ items }) => items.map(row => ({ table: 'corrections', row }) as const))
  }
}
