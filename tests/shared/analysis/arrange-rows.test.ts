import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Arrangement, arrangedRows, nextSort } from '../../../shared/analysis/arrange-rows'
import { NO_FILTER } from '../../../shared/analysis/report-filter'
import { type ColumnKey, rowOf } from '../../../shared/analysis/report-row'
import type { Value } from '../../../shared/domain/variable'
import { reportNamed } from '../../support/project'

const help = {
  typeOf: (column: ColumnKey) => (column === 'year' ? 'number' : 'text') as 'number' | 'text',
  orderOf: (column: ColumnKey) => (column === 'level' ? ['\u7701', '\u5e02', '\u53bf'] : []),
}
const plain: Arrangement = { filter: NO_FILTER, sort: [], groupBy: null }
const up = (column: ColumnKey) => ({ column, direction: 'up' }) as const
const down = (column: ColumnKey) => ({ column, direction: 'down' }) as const

function row(name: string, values: Readonly<Record<string, string | number>>) {
  const entries = Object.entries(values)
  const kept = entries.map(([variable, value]) => ({ variable, value, origin: 'read' }))
  return rowOf(reportNamed(name), kept as unknown as Value[], 0)
}

const ROWS = [
  row('a', { year: 2022, level: '\u53bf' }),
  row('b', { level: '\u7701' }),
  row('c', { year: 2020, level: '\u5e02' }),
  row('d', { year: 2022, level: '\u7701' }),
]

async function order(how: Partial<Arrangement>) {
  const groups = await arrangedRows(ROWS, { ...plain, ...how }, help)
  return groups.map(({ ids }) => ids.join('')).join('|')
}

it('keeps the order of import where none is asked for', async () => {
  expect(await order({})).toBe('abcd')
})

it('puts what is missing last in either direction and leaves equals in order', async () => {
  expect(await order({ sort: [up('year')] })).toBe('cadb')
  expect(await order({ sort: [down('year')] })).toBe('adcb')
})

it('sorts categories in their own order, and by several columns', async () => {
  expect(await order({ sort: [up('level')] })).toBe('bdca')
  expect(await order({ sort: [down('year'), up('level')] })).toBe('dacb')
})

it('groups by a column, sorted within', async () => {
  expect(await order({ groupBy: 'level' })).toBe('bd|c|a')
  expect(await order({ groupBy: 'level', sort: [down('name')] })).toBe('db|c|a')
  expect(await order({ groupBy: 'year', sort: [down('year')] })).toBe('ad|c|b')
  const groups = await arrangedRows(ROWS, { ...plain, groupBy: 'year' }, help)
  expect(groups.map(({ value }) => value)).toEqual([2020, 2022, null])
})

it('orders names by pinyin and numbers in them by value', async () => {
  const rows = ['\u4e91\u5cad 10', '\u4e39\u576a', '\u4e91\u5cad 9'].map(name => row(name, {}))
  const [group] = await arrangedRows(rows, { ...plain, sort: [up('name')] }, help)
  expect(group?.ids).toEqual(['\u4e39\u576a', '\u4e91\u5cad 9', '\u4e91\u5cad 10'])
})

it('loses and doubles no row, in whatever order', async () => {
  const rows = fc.array(fc.record({ year: fc.integer({ min: 0, max: 3 }), level: fc.string() }))
  const key = fc.constantFrom(up('year'), down('year'), up('level'), down('name'))
  await fc.assert(
    fc.asyncProperty(
      rows,
      fc.array(key),
      fc.constantFrom('year', 'level', null),
      async (all, sort, groupBy) => {
        const made = all.map((values, i) => row(`r${i}`, values))
        const groups = await arrangedRows(made, { ...plain, sort, groupBy }, help)
        const ids = groups.flatMap(group => group.ids)
        expect([...ids].sort()).toEqual(made.map(({ report }) => report.id).sort())
      },
    ),
  )
})

it('turns a column up, down and off with each press', () => {
  const once = nextSort([], 'year', { keepOthers: false })
  const twice = nextSort(once, 'year', { keepOthers: false })
  expect([once, twice, nextSort(twice, 'year', { keepOthers: false })]).toEqual([
    [up('year')],
    [down('year')],
    [],
  ])
  expect(nextSort(once, 'level', { keepOthers: true })).toEqual([up('year'), up('level')])
  expect(nextSort(once, 'level', { keepOthers: false })).toEqual([up('level')])
})
