import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readTable, type Table } from '../../../shared/extract/table'
import {
  columnNamed,
  columnsLeftOut,
  guessMapping,
  readValueAs,
  reportsFromTable,
  valueAs,
} from '../../../shared/extract/table-mapping'

const FIXTURES = join(import.meta.dirname, '../../fixtures/documents')
const LONG = '\u6cd5\u6cbb\u653f\u5e9c\u5efa\u8bbe\u3002'.repeat(40)

async function tableOf(...lines: string[][]): Promise<Table> {
  const quoted = lines.map(cells => cells.map(cell => `"${cell.replaceAll('"', '""')}"`).join(','))
  const table = await readTable(new TextEncoder().encode(quoted.join('\n')), 'a.csv')
  if (!table.ok) throw new Error(table.problem)
  return table
}

async function named(...lines: string[][]): Promise<Record<string, unknown>> {
  const table = await tableOf(...lines)
  const { text, title, variables } = guessMapping(table)
  const name = (column: number | null) => (column === null ? null : table.columns[column])
  const entries = variables.map(({ column, variable }) => [table.columns[column], variable])
  return { text: name(text), title: name(title), variables: Object.fromEntries(entries) }
}

describe('the guess', () => {
  it('takes a workbook as its headings call it', async () => {
    const bytes = new Uint8Array(await readFile(join(FIXTURES, 'xlsx/openpyxl.xlsx')))
    const table = await readTable(bytes, 'x.xlsx')
    if (!table.ok) throw new Error(table.problem)
    expect(guessMapping(table)).toEqual({
      text: 7,
      title: 6,
      variables: [
        { column: 0, variable: { name: '\u5e8f\u53f7', type: 'number' } },
        { column: 1, variable: 'province' },
        { column: 2, variable: 'parent' },
        { column: 3, variable: 'place' },
        { column: 4, variable: 'year' },
        { column: 5, variable: 'date' },
        { column: 8, variable: { name: '\u662f\u5426\u6309\u671f', type: 'yesno' } },
        { column: 9, variable: { name: '\u516c\u5f00\u7387', type: 'number' } },
      ],
    })
  })

  it('finds the text by its length where nothing is called so', async () => {
    expect(await named(['id', 'x'], ['1', LONG], ['2', LONG])).toMatchObject({ text: 'x' })
  })

  it('takes a column that can be called nothing else, however little is in it', async () => {
    const [title, text] = ['\u6807\u9898', '\u6b63\u6587']
    expect(await named([title, text], ['a', 'b'])).toMatchObject({ title, text })
    const other = '\u5168\u6587'
    expect(await named([text, other], ['a', 'b'])).toMatchObject({ text: null })
  })

  it('does not decide between two long columns', async () => {
    expect(await named(['x', 'y'], [LONG, LONG], [LONG, LONG])).toMatchObject({ text: null })
  })

  it('does not take short remarks for reports', async () => {
    expect(await named(['id', 'remark'], ['1', 'late'], ['2', 'ok'])).toMatchObject({ text: null })
  })

  it('takes a column that is filled far below only', async () => {
    const rows = Array.from({ length: 600 }, (_, i) => [LONG, i === 599 ? '7' : ''])
    const { variables } = await named(['text', 'n'], ...rows)
    expect(variables).toEqual({ n: { name: 'n', type: 'number' } })
  })

  it('takes the smallest place that there is a column for', async () => {
    const city = await named(
      ['\u7701', '\u5e02', 'text'],
      ['\u6cb3\u5317\u7701', '\u4fdd\u5b9a\u5e02', LONG],
    )
    expect(city.variables).toEqual({ '\u7701': 'province', '\u5e02': 'place' })
  })

  it('believes what a column says more than what it is called', async () => {
    const table = await named(['\u5e74\u5ea6', 'text'], ['\u7532', LONG], ['\u4e59', LONG])
    expect(table.variables).toEqual({ '\u5e74\u5ea6': { name: '\u5e74\u5ea6', type: 'text' } })
  })

  it.each([
    ['yesno', ['\u662f', '\u5426', '\u662f']],
    ['number', ['1,234', '56', '7.5', '-0.25', '0']],
    ['text', ['001', '002', '001', '002']],
    ['text', ['7', '065501', '8', '9']],
    ['text', ['131022198001011231', '5']],
    ['text', ['100000000000000000', '5']],
    ['text', ['10%', '20%', '10%', '20%']],
    ['text', ['\uff10\uff11', '2']],
    ['text', ['1e-400', '1']],
    ['text', ['+8613800000000', '1']],
    ['text', ['138 0000 0000', '1']],
    ['date', ['2024-01-29', '2024\u5e742\u6708', '2024/3/1']],
    ['category', ['high', 'low', 'high', 'low']],
    ['text', ['a', 'b', 'c', 'd']],
  ])('sees that values are of type %s', async (type, cells) => {
    const table = await named(['x', 'text'], ...cells.map(cell => [cell, LONG]))
    expect(table.variables).toEqual({ x: { name: 'x', type } })
  })
})

describe('the reports', () => {
  it('have the text of their row as it is, its number, title and values', async () => {
    const table = await tableOf(['\u6807\u9898', 'n', 'text'], ['T', '5', ` ${LONG}\r\nb `])
    const { reports, refused } = reportsFromTable(table, {
      text: 2,
      title: 0,
      variables: [{ column: 1, variable: { name: 'n', type: 'number' } }],
    })
    expect(refused).toEqual([])
    expect(reports).toMatchObject([
      {
        row: 2,
        title: 'T',
        document: { ok: true, format: 'csv', text: ` ${LONG}\nb `, encoding: 'utf-8' },
        cells: [
          { column: 0, value: 'T' },
          { column: 1, value: '5' },
        ],
      },
    ])
  })

  it('have columns left out of them that are too long for a variable, and those are named', async () => {
    const long = 'x'.repeat(2001)
    const table = await tableOf(['text', 'n', 'empty', 'long'], [`${LONG}${LONG}`, '1', '', long])
    const { title, variables } = guessMapping(table)
    expect(columnsLeftOut(table, { text: 0, title, variables })).toEqual(['long'])
  })

  it('leave out rows without text, and say so', async () => {
    const table = await tableOf(['a', 'text'], ['1', LONG], ['2', ''])
    const found = reportsFromTable(table, { text: 1, title: null, variables: [] })
    expect(found.reports.map(({ row }) => row)).toEqual([2])
    expect(found.refused).toEqual([{ row: 3, problem: 'empty', details: {} }])
  })

  it('are of the larger place where their row names none smaller', async () => {
    const table = await tableOf(
      ['\u5e02', '\u53bf', 'text'],
      ['\u4fdd\u5b9a\u5e02', '', LONG],
      ['\u4fdd\u5b9a\u5e02', '\u5b9a\u5174\u53bf', LONG],
    )
    const { reports } = reportsFromTable(table, {
      text: 2,
      title: null,
      variables: [
        { column: 0, variable: 'parent' },
        { column: 1, variable: 'place' },
      ],
    })
    const places = reports.map(({ cells }) => cells.find(({ column }) => column === 1)?.value)
    expect(places).toEqual(['\u4fdd\u5b9a\u5e02', '\u5b9a\u5174\u53bf'])
  })
})

it('finds a column whatever its case, width and spaces', async () => {
  const table = await tableOf(['Full Text', '\u53bf\uff08\u533a\uff09'], ['a', 'b'])
  expect(columnNamed(table, 'fulltext')).toBe(0)
  expect(columnNamed(table, '\u53bf(\u533a)')).toBe(1)
  expect(columnNamed(table, 'text')).toBeNull()
})

it.each([
  ['number', '\uff11\uff0c\uff12\uff13\uff14\uff0e\uff15', 1234.5],
  ['number', '2023\u5e74\u5ea6', 2023],
  ['number', '12\u4ef6', null],
  ['number', '1,23', null],
  ['number', '007', 7],
  ['number', '10%', null],
  ['number', '131022198001011231', null],
  ['number', '9007199254740993', null],
  ['number', 9007199254740992, 9007199254740992],
  ['number', true, null],
  ['date', '2023.3.9', '2023-03-09'],
  ['date', '20230309', '2023-03-09'],
  ['date', '2023\u5e743\u6708', '2023-03'],
  ['date', '2023', '2023'],
  ['date', 2023, '2023'],
  ['date', '2023-02-30', null],
  ['date', '2023-13-01', null],
  ['date', '2024-01-29 09:30', '2024-01-29'],
  ['yesno', '\u5426', false],
  ['yesno', 'Yes', true],
  ['yesno', '1', null],
  ['text', ' a\n b ', 'a b'],
  ['text', 'x'.repeat(2001), null],
  ['text', null, null],
] as const)('reads a %s from %j as %j', (type, cell, value) => {
  expect(valueAs(cell, type)).toBe(value)
})

it.each([
  ['1e3', null],
  ['2,023', null],
  ['-2023', null],
  ['+2023', null],
  ['2023%', null],
  ['02023', null],
  ['2023.5', null],
  [true, null],
  ['2023.0', 2023],
  ['2023\u5e74\u5ea6', 2023],
  [2023, 2023],
] as const)('reads as a year four digits only: %j as %j', (cell, value) => {
  expect(readValueAs(cell, 'year')).toBe(value)
})
