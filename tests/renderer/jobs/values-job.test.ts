import 'fake-indexeddb/auto'
import { expect, it } from 'vitest'
import { readValuesTable, type ValuesTable } from '../../../renderer/jobs/values-job'
import { addVariable, mergeImportedValues, setValue } from '../../../shared/commands/variables'
import type { ReportId, VariableId } from '../../../shared/domain/id'
import { encodeAs } from '../../support/encode'
import { file, vanished } from '../../support/import'
import { freshProject } from '../../support/project'

const LIMITS = { cells: 100, lines: 10 }
const R1 = 'r1' as ReportId

async function readOf(
  { db }: Awaited<ReturnType<typeof freshProject>>,
  content: string | Uint8Array,
  limits = LIMITS,
): Promise<ValuesTable> {
  const wish = { file: file('t.csv', content), sheet: null, encoding: null }
  const table = await readValuesTable(wish, db, limits)
  if (!('head' in table)) throw new Error(table.problem)
  return table
}

it('says what a table holds, and offers what becomes of it', async () => {
  const project = await freshProject()
  await project.run(addVariable({ name: 'Staff', type: 'number', categories: [] }))
  const [staff] = await project.reader.variables()
  const { head } = await readOf(project, 'file,staff,年度\nr1.txt,12,2023\nr9.txt,3,2022\n')
  expect(head).toMatchObject({
    format: 'csv',
    encoding: 'utf-8',
    rows: 2,
    key: { by: 'fileName', column: 0 },
    targets: [
      { column: 1, variable: staff!.id },
      { column: 2, variable: 'year' },
    ],
    columns: [
      { name: 'file', samples: ['r1.txt', 'r9.txt'] },
      { name: 'staff', samples: ['12', '3'], type: 'number' },
      { name: '年度', samples: ['2023', '2022'], type: 'number' },
    ],
  })
})

it('lists what matches nothing, what clashes and what is left, by name', async () => {
  const project = await freshProject()
  const { head, preview } = await readOf(
    project,
    'file,n\nr1,1\nr2,2\nr2.txt,3\nr2.txt,4\nr9,5\n,6\n',
  )
  const found = preview({ key: head.key, targets: [] })
  expect(found).toMatchObject({
    matched: 1,
    misses: {
      count: 3,
      lines: [
        { row: 3, key: 'r2' },
        { row: 6, key: 'r9' },
        { row: 7, key: '' },
      ],
    },
    clashes: { count: 1, lines: [{ key: 'r2.txt', rows: [4, 5], titles: ['r2'], reports: 1 }] },
    without: { count: 1, lines: [{ title: 'r3', fileName: 'r3.txt' }] },
  })
})

it('promises just what the command then does, and Undo takes it back', async () => {
  const project = await freshProject()
  await project.run(setValue([R1], 'place', 'East'))
  const before = await project.rows()
  const table = 'file,place,year,kind\nr1,West,2023,b\nr2,North,soon,a\nr3,,2021,b\n'
  const { head, preview, planned } = await readOf(project, table)
  const kind = { id: 'kind' as VariableId, name: 'Kind', type: 'category' } as const
  const found = preview({
    key: head.key,
    targets: [
      { column: 1, variable: 'place' },
      { column: 2, variable: 'year' },
      { column: 3, variable: kind },
    ],
  })
  expect(found).toMatchObject({
    cells: 6,
    filled: 6,
    unfit: { lines: [{ row: 3, column: 2, title: 'r2', cell: 'soon', reason: 'year' }] },
    kept: { lines: [{ row: 2, column: 1, title: 'r1', cell: 'West', was: 'East' }] },
    categories: new Map([[kind.id, 2]]),
  })
  const { cells, categories } = planned()
  const variables = [{ ...kind, categories: categories.get(kind.id)! }]
  const entry = await project.run(mergeImportedValues({ cells, variables }))
  expect(entry).toMatchObject({ label: 'importValues' })
  expect(
    entry?.kind === 'do' && entry.changes.filter(({ table }) => table === 'values'),
  ).toHaveLength(found.cells)
  expect((await project.reader.variables())[0]).toMatchObject({ name: 'Kind', categories: 'a\nb' })
  await project.undo()
  expect((await project.rows()).values).toEqual(before.values)
})

it('counts what is over the limits without keeping it', async () => {
  const project = await freshProject()
  const limits = { cells: 1, lines: 1 }
  const { head, preview, planned } = await readOf(project, 'file,year\nr1,2023\nr2,2022\n', limits)
  const found = preview({ key: head.key, targets: [{ column: 1, variable: 'year' }] })
  expect(found.cells).toBe(2)
  expect(planned().cells).toHaveLength(1)
})

it('reads GBK, and says why it does not read what is none', async () => {
  const project = await freshProject()
  const { head } = await readOf(project, encodeAs('文件名,人数\nr1,3\n', 'gb18030'))
  expect(head).toMatchObject({
    encoding: 'gb18030',
    columns: [{ name: '文件名' }, { name: '人数' }],
  })
  const read = (each: Parameters<typeof readValuesTable>[0]['file']) =>
    readValuesTable({ file: each, sheet: null, encoding: null }, project.db, LIMITS)
  expect(await read(file('t.csv', 'a,b\n'))).toMatchObject({ ok: false, problem: 'empty' })
  expect(await read(vanished('t.csv'))).toMatchObject({ ok: false, problem: 'unreadable' })
  const many = `${Array.from({ length: 1001 }, (_, i) => `c${i}`)}\n1\n`
  expect(await read(file('t.csv', many))).toMatchObject({ ok: false, problem: 'too-many-columns' })
})
