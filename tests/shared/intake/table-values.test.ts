import { describe, expect, it } from 'vitest'
import type { ReportId, VariableId } from '../../../shared/domain/id'
import { type Value, type Variable, valueIdOf } from '../../../shared/domain/variable'
import { readTable, type Table } from '../../../shared/extract/table'
import { guessMapping } from '../../../shared/extract/table-mapping'
import {
  type ColumnTarget,
  guessTargets,
  type KnownValues,
  planValues,
} from '../../../shared/intake/table-values'

const [R1, R2] = ['1', '2'] as [ReportId, ReportId]
const [STAFF, KIND] = ['staff', 'kind'] as [VariableId, VariableId]

const VARIABLES: readonly Variable[] = [
  { id: STAFF, name: 'Staff', type: 'number', categories: '', rank: 0, createdAt: 0 },
  { id: KIND, name: 'Kind', type: 'category', categories: 'city\ncounty', rank: 1, createdAt: 0 },
]

async function tableOf(...lines: string[]): Promise<Table> {
  const table = await readTable(new TextEncoder().encode(lines.join('\n')), 'a.csv')
  if (!table.ok) throw new Error(table.problem)
  return table
}

function known(...values: readonly Pick<Value, 'reportId' | 'variable' | 'value' | 'origin'>[]) {
  const byReport = new Map<ReportId, Value[]>()
  for (const each of values) {
    const { reportId, variable } = each
    const value = { ...each, id: valueIdOf(reportId, variable), start: null, end: null }
    byReport.set(reportId, [...(byReport.get(reportId) ?? []), value])
  }
  return { variables: VARIABLES, values: byReport } satisfies KnownValues
}

const MATCHES = {
  matches: [
    { row: 2, reportId: R1 },
    { row: 3, reportId: R2 },
  ],
}

function plan(table: Table, targets: readonly ColumnTarget[], present: KnownValues = known()) {
  return planValues(table, MATCHES, { targets, known: present, most: { cells: 9, lines: 9 } })
}

const NONE = { count: 0, lines: [] }
const NOTHING = { filled: 0, same: 0, unfit: NONE, replaced: NONE, kept: NONE }
const list = <L>(...lines: L[]) => ({ count: lines.length, lines })

describe('a table to be taken in', () => {
  it('fills what is empty, and its empty cells say nothing', async () => {
    const table = await tableOf('file,n', 'a,"1,200人"', 'b,', 'c,5')
    expect(
      plan(await tableOf('file,n', 'a,"1,200"', 'b,'), [{ column: 1, variable: STAFF }]),
    ).toEqual({
      ...NOTHING,
      categories: new Map(),
      filled: 1,
      cells: list({ reportId: R1, variable: STAFF, value: 1200 }),
    })
    expect(plan(table, [{ column: 1, variable: STAFF }]).unfit).toEqual(
      list({ row: 2, column: 1, reportId: R1, cell: '1,200人', reason: 'number' }),
    )
  })

  it('names what it would change, and leaves what was decided by hand', async () => {
    const table = await tableOf('file,year,place', 'a,2023,East', 'b,2022,North')
    const present = known(
      { reportId: R1, variable: 'year', value: 2022, origin: 'read' },
      { reportId: R2, variable: 'year', value: 2022, origin: 'read' },
      { reportId: R1, variable: 'place', value: 'West', origin: 'by-hand' },
      { reportId: R2, variable: 'place', value: 'North', origin: 'ask' },
    )
    const targets: ColumnTarget[] = [
      { column: 1, variable: 'year' },
      { column: 2, variable: 'place' },
    ]
    expect(plan(table, targets, present)).toEqual({
      categories: new Map(),
      cells: list<unknown>(
        { reportId: R1, variable: 'year', value: 2023 },
        { reportId: R2, variable: 'place', value: 'North' },
      ),
      filled: 1,
      same: 1,
      unfit: NONE,
      replaced: list({ row: 2, column: 1, reportId: R1, cell: '2023', was: 2022 }),
      kept: list({ row: 2, column: 2, reportId: R1, cell: 'East', was: 'West' }),
    })
  })

  it.each([
    ['year', 'c,99999', 'year'],
    ['year', 'c,1e3', 'year'],
    [STAFF, 'c,10%', 'number'],
    [STAFF, 'c,1e-400', 'number'],
    [STAFF, 'c,131022198001011231', 'number'],
    ['date', 'c,soon', 'date'],
    [KIND, 'c,village', 'category'],
    ['title', `c,${'x'.repeat(2001)}`, 'too-long'],
    [{ id: 'n' as VariableId, name: 'N', type: 'yesno' }, 'c,perhaps', 'yesno'],
  ] as const)('says why a cell is no value of %s', async (variable, line, reason) => {
    const found = plan(await tableOf('file,x', line), [{ column: 1, variable }])
    expect(found.unfit.lines).toMatchObject([{ row: 2, column: 1, reason }])
    expect(found.cells).toEqual(NONE)
  })

  it('gives a new category the values that come for it', async () => {
    const variable = { id: 'new' as VariableId, name: 'Level', type: 'category' } as const
    const table = await tableOf('file,level', 'a,low', 'b,high', 'c,none')
    const { categories, cells } = plan(table, [{ column: 1, variable }])
    expect(categories).toEqual(new Map([[variable.id, ['high', 'low']]]))
    expect(cells.count).toBe(2)
  })

  it('reads years in words and ticks as tables have them', async () => {
    const table = await tableOf('file,a,b,c', 'a,12.5,2023年,√', 'b,3,2022年度,1')
    const yes = { id: 'y' as VariableId, name: 'Y', type: 'yesno' } as const
    const targets: ColumnTarget[] = [
      { column: 1, variable: STAFF },
      { column: 2, variable: 'year' },
      { column: 3, variable: yes },
    ]
    expect(plan(table, targets).cells.lines.map(({ value }) => value)).toEqual([
      12.5,
      2023,
      true,
      3,
      2022,
      true,
    ])
  })
})

it('counts what is more than was asked for', async () => {
  const table = await tableOf('file,a', 'a,1', 'b,2')
  const wish = { targets: [{ column: 1, variable: STAFF }], known: known() }
  const { cells } = planValues(table, MATCHES, { ...wish, most: { cells: 1, lines: 0 } })
  expect(cells).toEqual({ count: 2, lines: [{ reportId: R1, variable: STAFF, value: 1 }] })
})

describe('what is offered for a column', () => {
  const newId = () => 'new' as VariableId
  const offered = (table: Table) =>
    guessTargets(table.columns, VARIABLES, { guessed: guessMapping(table), skip: [0], newId })

  it('is an own variable of its name, one that every project has, or a new one', async () => {
    const table = await tableOf('file,STAFF,年度,Budget,Empty', 'a,1,2023,7,', 'b,2,2022,8,')
    expect(offered(table)).toEqual([
      { column: 1, variable: STAFF },
      { column: 2, variable: 'year' },
      { column: 3, variable: { id: 'new', name: 'Budget', type: 'number' } },
    ])
  })

  it('gives each variable one column at most', async () => {
    const table = await tableOf('file,Staff,staff ', 'a,1,2', 'b,2,3')
    expect(offered(table)).toHaveLength(1)
  })

  it('is a new variable for each of hundreds of columns', async () => {
    const names = Array.from({ length: 498 }, (_, i) => `c${i}`)
    const table = await tableOf(`file,Staff,${names}`, `a,1,${names}`, `b,2,${names}`)
    const targets = offered(table)
    expect(targets[0]).toEqual({ column: 1, variable: STAFF })
    expect(targets.map(({ column }) => column)).toEqual(names.map((_, i) => i + 1).concat(499))
  })
})
