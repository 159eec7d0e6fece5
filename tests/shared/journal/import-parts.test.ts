import { expect, it } from 'vitest'
import type { BatchId, CoderId, Hash, ReportId } from '../../../shared/domain/id'
import type { Report } from '../../../shared/domain/report'
import { type Value, valueIdOf } from '../../../shared/domain/variable'
import type { ImportEntry } from '../../../shared/journal/history'
import { importParts } from '../../../shared/journal/import-parts'
import { emptyState, fold } from '../../../shared/journal/state'

const ONE: Report = {
  id: 'r' as ReportId,
  batchId: 'b0' as BatchId,
  title: '报告',
  fileName: 'a.txt',
  path: 'a.txt',
  row: null,
  format: 'txt',
  extractor: 'txt/1',
  encoding: 'utf-8',
  textHash: 'h' as Hash,
  originalHash: 'h' as Hash,
  markupHash: null,
  length: 2,
  chars: 2,
  hanChars: 2,
  textVersion: 1,
  addedAt: 0,
}

function entryOf(count: number): ImportEntry {
  const reports = Array.from({ length: count }, (_, i) => ({ ...ONE, id: `r${i}` as ReportId }))
  const values = reports.map(
    ({ id }): Value => ({
      id: valueIdOf(id, 'title'),
      reportId: id,
      variable: 'title',
      value: '题'.repeat(100),
      origin: 'read',
      start: 0,
      end: 2,
    }),
  )
  const counts = { imported: count, known: 3, refused: 2, cancelled: true }
  return {
    kind: 'import',
    batch: { id: 'b0' as BatchId, at: 1, ...counts },
    reports,
    variables: [],
    values,
  }
}

function partsOf(entry: ImportEntry, limit: number): ImportEntry[] {
  let last = 0
  return importParts(entry, () => `b${++last}` as BatchId, limit)
}

it('leaves an import whole that one entry can take', () => {
  const entry = entryOf(10)
  expect(partsOf(entry, 64 * 1024 * 1024)).toEqual([entry])
})

it('parts one that is too large into entries that each fit, none of which is empty', () => {
  const parts = partsOf(entryOf(50), 8192)
  expect(parts.length).toBeGreaterThan(3)
  for (const part of parts) {
    const rows = JSON.stringify([...part.reports, ...part.values])
    expect(new TextEncoder().encode(rows).length).toBeLessThan(9000)
    expect(part.reports.length).toBeGreaterThan(0)
    expect(part.batch.imported).toBe(part.reports.length)
  }
})

it('brings in the same reports and values in parts as at once', () => {
  const entry = entryOf(50)
  const stateOf = (entries: readonly ImportEntry[]) => {
    const state = emptyState()
    for (const [i, each] of entries.entries()) {
      fold(state, { ...each, seq: i + 1, at: 0, coderId: 'c' as CoderId })
    }
    return {
      reports: [...state.reports.values()].map(({ batchId: _, ...report }) => report),
      values: [...state.values.values()].flatMap(items => [...items.values()]),
    }
  }
  const parts = partsOf(entry, 8192)
  expect(stateOf(parts)).toEqual(stateOf([entry]))
  for (const { batch, reports } of parts) {
    expect(new Set(reports.map(({ batchId }) => batchId))).toEqual(new Set([batch.id]))
  }
})

it('counts what did not come in once, and says at the end that it was stopped', () => {
  const batches = partsOf(entryOf(50), 8192).map(({ batch }) => batch)
  const sum = (key: 'imported' | 'known' | 'refused') =>
    batches.reduce((all, batch) => all + batch[key], 0)
  expect([sum('imported'), sum('known'), sum('refused')]).toEqual([50, 3, 2])
  expect(batches.map(({ cancelled }) => cancelled).lastIndexOf(false)).toBe(batches.length - 2)
})
