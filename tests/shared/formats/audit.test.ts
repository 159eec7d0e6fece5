import { expect, it } from 'vitest'
import type { CodeId, CoderId, ReportId } from '../../../shared/domain/id'
import type { Correction } from '../../../shared/domain/structure'
import { type Value, valueIdOf } from '../../../shared/domain/variable'
import { AUDIT_COLUMNS, auditHead, auditJson, auditLines } from '../../../shared/formats/audit'
import { parseCsv } from '../../../shared/formats/csv'
import type { JournalEntry } from '../../../shared/journal/history'
import { createTrail } from '../../../shared/journal/trail'
import { annotationAt } from '../../support/annotations'
import { codeOf } from '../../support/codes'
import { BATCH, reportNamed } from '../../support/project'

const TEXT = '\u{20bb7}野 =1+1 end'
const stamp = { coderId: 'me' as CoderId, at: Date.UTC(2026, 0, 2, 3, 4, 5, 678) }
const before = annotationAt(TEXT, 4, 8)
const after = { ...before, memo: 'why\nnot', codeId: 'd' as CodeId }

const entry = {
  kind: 'do',
  of: null,
  label: 'repair',
  about: '@about',
  changes: [{ table: 'annotations', id: before.id, before, after }],
  seq: 2,
  ...stamp,
} satisfies JournalEntry

/** Tells the entry after one that made its codes and report. */
function told(protectForSpreadsheets = false) {
  const trail = createTrail()
  const codes = [codeOf('c'), codeOf('d', { parentId: 'c' as CodeId, name: '-d' })]
  trail.add({
    ...entry,
    seq: 1,
    changes: [
      ...codes.map(after => ({ table: 'codes' as const, id: after.id, before: null, after })),
      { table: 'reports', id: 'r' as ReportId, before: null, after: reportNamed('r') },
    ],
  })
  trail.add(entry)
  // The text begins with a character of two units.
  const toCodePoint = (_: ReportId, offset: number) => offset - 1
  const lines = auditLines(entry, trail.names, { toCodePoint, protectForSpreadsheets })
  const [head, row] = parseCsv(auditHead() + lines)
  return Object.fromEntries(head!.cells.map((name, i) => [name, row!.cells[i]]))
}

it('writes a change as one line, with offsets in code points', () => {
  expect(told()).toMatchObject({
    seq: '2',
    time: '2026-01-02T03:04:05.678Z',
    coder_id: 'me',
    kind: 'do',
    of: '',
    action: 'repair',
    about: '@about',
    table: 'annotations',
    id: '4-8',
    change: 'changed',
    report: 'r',
    code_id: 'd',
    code_path: 'c / -d',
    start: '3',
    end: '7',
    quote: '=1+1',
    fields: 'codeId: "c" → "c / -d"; memo: "" → "why\\nnot"',
    memo: 'why\nnot',
  })
})

it('puts an apostrophe before what a spreadsheet could take for a formula, when asked', () => {
  expect(told(true)).toMatchObject({ about: "'@about", quote: "'=1+1", code_path: 'c / -d' })
})

it('keeps an entry whole as JSON, with names that say what the offsets count', () => {
  const line = auditJson(entry, (_, offset) => offset - 1)
  expect(line.endsWith('}\n')).toBe(true)
  expect(JSON.parse(line)).toEqual({
    seq: 2,
    at: '2026-01-02T03:04:05.678Z',
    coderId: 'me',
    kind: 'do',
    of: null,
    label: 'repair',
    about: '@about',
    changes: [
      {
        table: 'annotations',
        id: '4-8',
        before: { ...without(before), start_cp: 3, end_cp: 7 },
        after: { ...without(after), start_cp: 3, end_cp: 7 },
      },
    ],
  })
})

it('says null, or nothing, where a text is lost', () => {
  const line = JSON.parse(auditJson(entry, () => null)) as { changes: { after: object }[] }
  expect(line.changes[0]!.after).toMatchObject({ start_cp: null, end_cp: null })
})

it('counts the evidence of values and the places of corrections in code points, too', () => {
  const reportId = 'r' as ReportId
  const id = valueIdOf(reportId, 'place')
  const value: Value = {
    id,
    reportId,
    variable: 'place',
    value: 'x',
    origin: 'read',
    start: 4,
    end: 8,
  }
  const gone = { ...value, start: null, end: null }
  const correction: Correction = {
    id: 'k' as Correction['id'],
    reportId,
    kind: 'split',
    level: 0,
    start: 5,
    end: 5,
    createdAt: 0,
  }
  const changed = {
    ...entry,
    changes: [
      { table: 'values', id, before: value, after: gone },
      { table: 'corrections', id: correction.id, before: null, after: correction },
    ],
  } satisfies JournalEntry
  const toCodePoint = (_: ReportId, offset: number) => offset - 1
  expect(JSON.parse(auditJson(changed, toCodePoint))).toMatchObject({
    changes: [
      { before: { start_cp: 3, end_cp: 7 }, after: { start_cp: null, end_cp: null } },
      { after: { start_cp: 4, end_cp: 4 } },
    ],
  })
  const trail = createTrail()
  trail.add(changed)
  const lines = auditLines(changed, trail.names, { toCodePoint, protectForSpreadsheets: false })
  const [head, ...rows] = parseCsv(auditHead() + lines)
  const cells = (name: string) => rows.map(row => row.cells[head!.cells.indexOf(name)])
  expect([cells('start'), cells('end')]).toEqual([
    ['', '4'],
    ['', '4'],
  ])
  // No offset in other units stands among the fields.
  expect(cells('fields').join()).not.toMatch(/start|end/)
})

it('tells the variables and values that an import brings', () => {
  const reportId = 'r' as ReportId
  const id = valueIdOf(reportId, 'place')
  const value: Value = {
    id,
    reportId,
    variable: 'place',
    value: 'x',
    origin: 'read',
    start: 4,
    end: 8,
  }
  const rows = { batch: BATCH, reports: [], variables: [], values: [value] }
  const imported: JournalEntry = { kind: 'import', ...rows, seq: 1, ...stamp }
  const line = JSON.parse(auditJson(imported, (_, offset) => offset - 1)) as object
  expect(line).toMatchObject({ variables: [], values: [{ value: 'x', start_cp: 3, end_cp: 7 }] })
})

it('explains every column in both languages', () => {
  expect(AUDIT_COLUMNS.filter(({ en, zh }) => en === '' || zh === '')).toEqual([])
  expect(new Set(AUDIT_COLUMNS.map(({ name }) => name)).size).toBe(AUDIT_COLUMNS.length)
})

function without({ start: _, end: __, ...row }: typeof before): object {
  return row
}
