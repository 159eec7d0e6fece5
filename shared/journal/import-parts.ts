import type { BatchId, ReportId } from '../domain/id'
import type { Value } from '../domain/variable'
import type { ImportEntry } from './history'

// One entry makes an import part of the project, all of it or nothing. Only where it would be too
// large to be read back at once, as with tens of thousands of reports or hundreds of columns, are
// there several, each whole in itself: a batch with its reports and their values.

/** The most that one entry should take up in the journal, in bytes. */
export const IMPORT_PART_BYTES = 64 * 1024 * 1024

/**
 * The entries that an import is written as: itself, or parts of it in their order, each its own
 * batch. The first one has the new variables and what did not come in, the last one says whether
 * the import was stopped. A report is never parted from its values.
 */
export function importParts(
  entry: ImportEntry,
  newBatchId: () => BatchId,
  limit = IMPORT_PART_BYTES,
): ImportEntry[] {
  const { batch, reports, variables, values } = entry
  if (mostBytesOf(entry) <= limit) return [entry]
  const valuesOf = new Map<ReportId, Value[]>()
  for (const value of values) {
    const same = valuesOf.get(value.reportId)
    if (same) same.push(value)
    else valuesOf.set(value.reportId, [value])
  }
  const ends: number[] = []
  let bytes = 0
  for (const [at, report] of reports.entries()) {
    const own = bytesOf([report, ...(valuesOf.get(report.id) ?? [])])
    if (bytes > 0 && bytes + own > limit) {
      ends.push(at)
      bytes = 0
    }
    bytes += own
  }
  ends.push(reports.length)
  return ends.map((end, part): ImportEntry => {
    const isFirst = part === 0
    const id = isFirst ? batch.id : newBatchId()
    const mine = reports.slice(ends[part - 1] ?? 0, end)
    return {
      kind: 'import',
      batch: {
        ...batch,
        id,
        imported: mine.length,
        known: isFirst ? batch.known : 0,
        refused: isFirst ? batch.refused : 0,
        cancelled: end === reports.length && batch.cancelled,
      },
      reports: mine.map(report => ({ ...report, batchId: id })),
      variables: isFirst ? variables : [],
      values: mine.flatMap(({ id }) => valuesOf.get(id) ?? []),
    }
  })
}

/** More than the rows can take up: what is surely small need not be measured. */
function mostBytesOf({ reports, values }: ImportEntry): number {
  let most = 0
  for (const rows of [reports, values]) {
    for (const row of rows) {
      for (const field of Object.values(row)) {
        // A unit takes six bytes at most, as an escape.
        most += 40 + (typeof field === 'string' ? 6 * field.length : 0)
      }
    }
  }
  return most
}

function bytesOf(rows: readonly object[]): number {
  return new TextEncoder().encode(JSON.stringify(rows)).length
}
