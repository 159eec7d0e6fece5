import { describe, expect, it } from 'vitest'
import type { Column } from '../../../../renderer/features/report-table/columns'
import {
  filledDown,
  filledWith,
  pasted,
  type Table,
} from '../../../../renderer/features/report-table/fill'
import { linesOf } from '../../../../renderer/features/report-table/lines'
import type { Box } from '../../../../renderer/features/report-table/range'
import { type ColumnKey, type ReportRow, rowOf } from '../../../../shared/analysis/report-row'
import type { Cell } from '../../../../shared/commands/variables'
import type { ReportId } from '../../../../shared/domain/id'
import type { Value } from '../../../../shared/domain/variable'
import { reportNamed } from '../../../support/project'

const KEYS: readonly ColumnKey[] = ['name', 'place', 'year', 'chars']
const columns = KEYS.map((key): Column => ({ key, width: 100, canEdit: true, own: null }))

/** Four reports, the first two with a year, below one another or in two groups. */
function tableOf({ isGrouped = false } = {}): Table {
  const rows = new Map<ReportId, ReportRow>()
  for (const name of ['a', 'b', 'c', 'd']) {
    const year = { variable: 'year', value: 2020, origin: name === 'a' ? 'read' : 'ask' }
    rows.set(name as ReportId, rowOf(reportNamed(name), [year] as unknown as Value[], 0))
  }
  const ids = [...rows.keys()]
  const groups = isGrouped
    ? [
        { value: 'x', ids: ids.slice(0, 2) },
        { value: 'y', ids: ids.slice(2) },
      ]
    : [{ value: null, ids }]
  return { lines: linesOf(groups, rows, { isGrouped, folded: new Set() }), columns }
}

const box = (top: number, bottom: number, left: number, right: number): Box => ({
  top,
  bottom,
  left,
  right,
})
const short = (cells: readonly Cell[]) =>
  cells.map(({ reportId, variable, value }) => `${reportId}.${variable}=${value}`)

describe('pasting', () => {
  it('fills from the first cell on, rows by columns', () => {
    const { cells, skipped } = pasted(
      box(1, 2, 1, 2),
      [
        ['p', '1'],
        ['q', '2'],
      ],
      tableOf(),
    )
    expect([short(cells), skipped]).toEqual([['b.place=p', 'b.year=1', 'c.place=q', 'c.year=2'], 0])
  })

  it('repeats in a range that is a multiple of it', () => {
    const { cells } = pasted(box(0, 4, 2, 3), [['1'], ['2']], tableOf())
    expect(short(cells)).toEqual(['a.year=1', 'b.year=2', 'c.year=1', 'd.year=2'])
    expect(pasted(box(0, 3, 2, 3), [['1'], ['2']], tableOf()).cells).toHaveLength(2)
  })

  it('leaves out and counts what no column takes and what lies beyond the edge', () => {
    const { cells, skipped } = pasted(box(3, 4, 2, 3), [['1', '9', '8'], ['2']], tableOf())
    expect([short(cells), skipped]).toEqual([['d.year=1'], 3])
  })

  it('takes as many rows as there are on a clipboard', () => {
    const many = Array.from({ length: 200_000 }, () => ['1'])
    expect(pasted(box(0, 1, 2, 3), many, tableOf()).skipped).toBe(199_996)
  })

  it('goes past heads of groups', () => {
    const { cells } = pasted(box(2, 3, 2, 3), [['1'], ['2']], tableOf({ isGrouped: true }))
    expect(short(cells)).toEqual(['b.year=1', 'c.year=2'])
    const all = pasted(box(0, 6, 2, 3), [['7']], tableOf({ isGrouped: true }))
    expect(short(all.cells)).toEqual(['a.year=7', 'b.year=7', 'c.year=7', 'd.year=7'])
  })
})

it('fills down from the first row, and leaves out what only asks', () => {
  expect(short(filledDown(box(0, 3, 1, 3), tableOf()).cells)).toEqual([
    'b.place=null',
    'c.place=null',
    'b.year=2020',
    'c.year=2020',
  ])
  expect(filledDown(box(1, 3, 2, 3), tableOf())).toEqual({ cells: [], skipped: 1 })
})

it('gives all selected cells one value, but for those that cannot have it', () => {
  const { cells, skipped } = filledWith(box(0, 2, 1, 4), 'x', tableOf())
  expect([short(cells), skipped]).toEqual([['a.place=x', 'b.place=x', 'a.year=x', 'b.year=x'], 2])
})
