import { describe, expect, it } from 'vitest'
import type { Annotation } from '../../../shared/domain/annotation'
import type { Code } from '../../../shared/domain/code'
import type { AnnotationId, CodeId, ReportId } from '../../../shared/domain/id'
import type { Value } from '../../../shared/domain/variable'
import { type Comparison, compare, isSame } from '../../../shared/journal/comparison'
import { changesBetween, type TableRow } from '../../../shared/journal/rows'
import { annotationAt } from '../../support/annotations'
import { codeOf } from '../../support/codes'
import { reportNamed } from '../../support/project'

const A = codeOf('a')
const B = codeOf('b', { parentId: 'a' as CodeId })
const code = (row: Code): TableRow => ({ table: 'codes', row })
const coding = (row: Annotation): TableRow => ({ table: 'annotations', row })
const [FIRST, SECOND] = [
  annotationAt('Wind fell.', 0, 4, { code: 'a' }),
  annotationAt('Wind fell.', 5, 9, { code: 'b' }),
]

const REPORT = 'r' as ReportId
const VARIABLE: TableRow = {
  table: 'variables',
  row: { id: 'v' as never, name: 'v', type: 'text', categories: '', rank: 0, createdAt: 0 },
}
const PLACE = { start: 0, end: 4, reportId: REPORT }
const VALUE: TableRow = {
  table: 'values',
  row: { id: 'r.place' as never, variable: 'place', value: 'x', origin: 'read', ...PLACE },
}
const CORRECTION: TableRow = {
  table: 'corrections',
  row: { id: 'k' as never, kind: 'aside', level: 0, createdAt: 0, ...PLACE },
}
const SET: TableRow = {
  table: 'sets',
  row: { id: 's' as never, name: 's', members: '', rule: null, createdAt: 0 },
}

function valueRow(what: Partial<Value>): TableRow {
  return { table: 'values', row: { ...(VALUE.row as Value), ...what } }
}

function variableRow(what: { id?: string; name: string; type?: 'date' }): TableRow {
  return { ...VARIABLE, row: { ...VARIABLE.row, ...what } } as TableRow
}

function between(before: TableRow[], after: TableRow[], limit = 10): Comparison {
  const codesIn = (rows: TableRow[]) =>
    new Map(rows.flatMap(({ table, row }) => (table === 'codes' ? [[row.id, row] as const] : [])))
  return compare(
    changesBetween(before, after),
    {
      before: codesIn(before),
      after: codesIn(after),
      reports: new Map([['r' as ReportId, { title: 'Report' }]]),
      coders: new Map([['me' as never, { name: 'Ann' }]]),
      variables: new Map([['v' as never, { name: 'Staff' }]]),
    },
    limit,
  )
}

describe('a comparison of two states', () => {
  it('finds nothing between equal ones', () => {
    const rows = [code(A), coding(FIRST)]
    expect(isSame(between(rows, structuredClone(rows)))).toBe(true)
  })

  it.each([
    ['code', [code(A)]],
    ['report', [{ table: 'reports', row: reportNamed('r') } as const]],
    ['coding', [coding(FIRST)]],
    ['variable', [VARIABLE]],
    ['value', [VALUE]],
    ['correction', [CORRECTION]],
    ['set', [SET]],
  ])('takes one %s for a difference', (_, rows) => {
    expect(isSame(between([], rows))).toBe(false)
  })

  it('says of each code what became of it, by its path', () => {
    const renamed = { ...A, name: 'z' }
    const { codes } = between(
      [code(A), code(B), code(codeOf('gone'))],
      [code(renamed), code({ ...B, definition: 'said' }), code(codeOf('new', { parentId: A.id }))],
    )
    expect(codes.map(({ path, pathBefore, mark }) => [path, pathBefore, mark])).toEqual([
      ['gone', null, 'removed'],
      ['z', 'a', 'renamed'],
      ['z / b', 'a / b', 'changed'],
      ['z / new', null, 'added'],
    ])
  })

  it('says of a code with another parent that it was moved', () => {
    const { codes } = between([code(A), code(B)], [code(A), code({ ...B, parentId: null })])
    expect(codes).toMatchObject([{ path: 'b', pathBefore: 'a / b', mark: 'moved' }])
  })

  it('counts codings by code and by report, and lists them with quote, code and coder', () => {
    const memo = { ...FIRST, memo: 'why' }
    const before = [code(A), code(B), coding(FIRST), coding(SECOND)]
    const third = { ...SECOND, id: 'third' as AnnotationId, codeId: A.id }
    const { annotations, byCode, byReport } = between(before, [
      code(A),
      code(B),
      coding(memo),
      coding(third),
    ])
    expect(annotations).toMatchObject({ added: 1, removed: 1, changed: 1 })
    expect(annotations.first).toContainEqual({
      id: SECOND.id,
      mark: 'removed',
      quote: 'fell',
      code: 'a / b',
      color: B.color,
      coder: 'Ann',
      report: 'Report',
    })
    expect(byCode).toEqual([
      { id: 'a', name: 'a', added: 1, removed: 0, changed: 1 },
      { id: 'b', name: 'a / b', added: 0, removed: 1, changed: 0 },
    ])
    expect(byReport).toEqual([{ id: 'r', name: 'Report', added: 1, removed: 1, changed: 1 }])
  })

  it('tells a coding that was given another code under both', () => {
    const { byCode } = between([coding(FIRST)], [coding({ ...FIRST, codeId: B.id })])
    expect(byCode.map(({ id, changed }) => [id, changed])).toEqual([
      ['a', 1],
      ['b', 1],
    ])
  })

  it('lists no more than it was asked for, and counts all', () => {
    const many = Array.from({ length: 5 }, (_, i) =>
      coding({ ...FIRST, id: `n${i}` as AnnotationId }),
    )
    const reports = ['r1', 'r2', 'r3'].map(
      name => ({ table: 'reports', row: reportNamed(name) }) as const,
    )
    const { annotations, reports: told } = between([], [...many, ...reports], 2)
    expect([annotations.added, annotations.first.length]).toEqual([5, 2])
    expect([told.added, told.first.length]).toEqual([3, 2])
  })

  it('cuts a long quote without cutting a character', () => {
    const quote = `${'x'.repeat(299)}\u{20BB7}${'y'.repeat(50)}`
    const { annotations } = between([], [coding({ ...FIRST, quote })])
    expect(annotations.first[0]?.quote).toBe(`${'x'.repeat(299)}…`)
  })

  it('says of each variable and set what became of it, and how many reports a set gained', () => {
    const { variables, sets } = between(
      [VARIABLE, SET, variableRow({ id: 'gone', name: 'gone' })],
      [
        variableRow({ name: 'Staff' }),
        variableRow({ id: 'new', name: 'New', type: 'date' }),
        { ...SET, row: { ...SET.row, members: 'r q' } } as TableRow,
      ],
    )
    expect(variables).toEqual([
      { id: 'new', name: 'New', mark: 'added', nameBefore: null },
      { id: 'v', name: 'Staff', mark: 'renamed', nameBefore: 'v' },
      { id: 'gone', name: 'gone', mark: 'removed', nameBefore: null },
    ])
    expect(sets).toEqual([
      { id: 's', name: 's', mark: 'changed', nameBefore: null, gained: 2, lost: 0 },
    ])
  })

  it('tells values with variable, report and what they were, and counts them by variable', () => {
    const own = (value: Value['value']) =>
      valueRow({ id: 'r.v' as never, variable: 'v' as never, value, start: null, end: null })
    const { values, byVariable } = between(
      [own(false), VALUE],
      [own(true), valueRow({ value: 'y'.repeat(200) }), valueRow({ id: 'q.place' as never })],
      2,
    )
    expect(values).toMatchObject({ added: 1, removed: 0, changed: 2 })
    expect(values.first).toEqual([
      {
        id: 'r.v',
        mark: 'changed',
        variable: 'Staff',
        report: 'Report',
        before: false,
        after: true,
      },
      {
        id: 'r.place',
        mark: 'changed',
        variable: 'place',
        report: 'Report',
        before: 'x',
        after: `${'y'.repeat(120)}…`,
      },
    ])
    expect(byVariable).toEqual([
      { key: 'place', variable: 'place', added: 1, removed: 0, changed: 1 },
      { key: 'v', variable: 'Staff', added: 0, removed: 0, changed: 1 },
    ])
  })

  it('tells corrections with what they say and of which report', () => {
    const { corrections } = between([CORRECTION], [])
    expect(corrections).toEqual({
      added: 0,
      removed: 1,
      changed: 0,
      first: [{ id: 'k', mark: 'removed', kind: 'aside', level: 0, report: 'Report' }],
    })
  })

  it('takes coders who joined for no difference that could be restored', () => {
    const ann = { id: 'ann' as never, name: 'Ann', createdAt: 0 }
    const found = between([], [{ table: 'coders', row: ann }])
    expect([found.joined, isSame(found)]).toEqual([['Ann'], true])
  })
})
