import { Dexie, type ObservabilitySet, RangeSet } from 'dexie'
import { type ReportRow, rowOf, rowsOf } from '../../shared/analysis/report-row'
import type { ReportId } from '../../shared/domain/id'
import type { Value } from '../../shared/domain/variable'
import type { ProjectDb } from './database'
import { usesByReport } from './library'
import { inImportOrder, reportPages, reportsOf } from './reports'
import { allValues, valuesOf } from './values'

// The table of reports sorts, filters and counts over all values, so it holds them. A live query
// over so many would read them all again at every key press; here the store says which reports a
// write has touched, and only these are asked for again.

/** Hears of the rows of all reports, in order of import, at first and whenever some have changed. */
export interface RowsListener {
  /** Rows that have not changed are the same objects as before. */
  onRows(rows: readonly ReportRow[]): void
  onError(error: unknown): void
}

/**
 * Hears of the rows for as long as it likes; answers what ends it. However many listen to one
 * working copy, its rows are read and held once, and whoever comes later hears of them at once.
 */
export function watchReportRows(db: ProjectDb, listener: RowsListener): () => void {
  const watch = db.rowsWatch ?? begun(db)
  watch.listeners.add(listener)
  if (watch.rows) listener.onRows(watch.rows)
  return () => {
    watch.listeners.delete(listener)
    if (watch.listeners.size === 0) watch.end()
  }
}

/** What follows the rows of one working copy. */
export interface RowsWatch {
  readonly listeners: Set<RowsListener>
  /** As last read; `null` before the first time. */
  rows: readonly ReportRow[] | null
  end(): void
}

function begun(db: ProjectDb): RowsWatch {
  let touched: Set<ReportId> | 'all' = 'all'
  let isReading = false
  let isOver = false
  const read = async () => {
    if (isReading || isOver) return
    isReading = true
    try {
      while (!isOver && (touched === 'all' || touched.size > 0)) {
        const now = touched
        touched = new Set()
        const rows =
          now === 'all' || watch.rows === null
            ? await allRows(db)
            : await withNew(db, watch.rows, now)
        if (isOver) return
        watch.rows = rows
        for (const { onRows } of [...watch.listeners]) onRows(rows)
        // An import touches reports without pause; nobody needs each of its steps.
        if (now === 'all') await aWhile()
      }
    } catch (error) {
      if (isOver) return
      // Who asks again begins anew.
      watch.end()
      for (const { onError } of [...watch.listeners]) onError(error)
    } finally {
      isReading = false
    }
  }
  const onMutated = (parts: ObservabilitySet) => {
    const ids = touchedReports(db.name, parts)
    if (ids === 'all' || touched === 'all') touched = 'all'
    else for (const id of ids) touched.add(id)
    void read()
  }
  const watch: RowsWatch = {
    listeners: new Set(),
    rows: null,
    end() {
      isOver = true
      if (db.rowsWatch === watch) db.rowsWatch = null
      Dexie.on.storagemutated.unsubscribe(onMutated)
    },
  }
  db.rowsWatch = watch
  Dexie.on.storagemutated.subscribe(onMutated)
  void read()
  return watch
}

/** Read and made in pages, so that others have their turn in between. */
async function allRows(db: ProjectDb): Promise<ReportRow[]> {
  const values = await allValues(db)
  const uses = await usesByReport(db)
  const rows: ReportRow[] = []
  for await (const reports of reportPages(db)) rows.push(...rowsOf(reports, values, uses))
  return rows.sort((a, b) => inImportOrder(a.report, b.report))
}

/** The rows with those of some reports read anew. A report that is new makes all be read. */
async function withNew(
  db: ProjectDb,
  rows: readonly ReportRow[],
  ids: ReadonlySet<ReportId>,
): Promise<readonly ReportRow[]> {
  const wanted = [...ids]
  const reports = new Map((await reportsOf(db, wanted)).map(report => [report.id, report]))
  const known = new Set(rows.map(({ report }) => report.id))
  if ([...reports.keys()].some(id => !known.has(id))) return allRows(db)
  const values = new Map<ReportId, Value[]>(wanted.map(id => [id, []]))
  for (const value of await valuesOf(db, wanted)) values.get(value.reportId)?.push(value)
  const tallies = await db.tallies.bulkGet(wanted)
  const uses = new Map(wanted.map((id, i) => [id, tallies[i]?.uses ?? 0]))
  if (!wanted.some(id => known.has(id))) return rows
  return rows.flatMap(row => {
    const { id } = row.report
    if (!ids.has(id)) return [row]
    const report = reports.get(id)
    return report ? [rowOf(report, values.get(id) ?? [], uses.get(id) ?? 0)] : []
  })
}

/** Tables whose rows are kept under a report's id. */
const TABLES = ['reports', 'values', 'tallies'] as const

/** Which reports a write may have touched; `all` where the store names no single ones. */
function touchedReports(name: string, parts: ObservabilitySet): ReadonlySet<ReportId> | 'all' {
  const ids = new Set<ReportId>()
  for (const table of TABLES) {
    const part = parts[`idb://${name}/${table}/`]
    if (!part) continue
    for (const { from, to } of RangeSet(part)) {
      if (typeof from !== 'string' || from !== to) return 'all'
      ids.add(from as ReportId)
    }
  }
  return ids
}

function aWhile(): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, 300))
}
