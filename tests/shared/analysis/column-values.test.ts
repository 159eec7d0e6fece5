import fc from 'fast-check'
import { expect, it } from 'vitest'
import { columnValues as valuesOfColumn } from '../../../shared/analysis/column-values'
import { cellText } from '../../../shared/analysis/report-filter'
import { type ReportRow, rowOf } from '../../../shared/analysis/report-row'
import type { Value } from '../../../shared/domain/variable'
import { reportNamed } from '../../support/project'

it('counts each value once, numbers by size, the missing last', async () => {
  const rows = [2023, 2021, null, 2023, 998].map(year => rowWith(year))
  expect(await columnValues(rows)).toEqual([
    { text: '998', cell: 998, count: 1 },
    { text: '2021', cell: 2021, count: 1 },
    { text: '2023', cell: 2023, count: 2 },
    { text: '', cell: null, count: 1 },
  ])
})

it('lists text in the order that it is told, then as a dictionary has it', async () => {
  // Bei-jing before shang-hai before tian-jin, as pinyin has them and code points do not.
  const [beijing, shanghai, tianjin] = ['\u5317\u4EAC', '\u4E0A\u6D77', '\u5929\u6D25']
  const rows = [tianjin, shanghai, beijing].map(place => rowWith(place ?? null))
  expect(await textsOf(rows)).toEqual([beijing, shanghai, tianjin])
  expect(await textsOf(rows, [tianjin ?? ''])).toEqual([tianjin, beijing, shanghai])
})

it('counts every row once, whatever stands in it', async () => {
  const cell = fc.oneof(fc.integer(), fc.string(), fc.boolean(), fc.constant(null))
  await fc.assert(
    fc.asyncProperty(fc.array(cell), async cells => {
      const rows = cells.map(rowWith)
      const values = await columnValues(rows)
      expect(values.reduce((sum, { count }) => sum + count, 0)).toBe(rows.length)
      const kinds = values.map(({ cell }) => cell)
      expect(new Set(kinds).size).toBe(kinds.length)
      expect(rows.every(row => values.some(({ text }) => text === cellText(row, 'year')))).toBe(
        true,
      )
    }),
  )
})

function columnValues(rows: readonly ReportRow[], order: readonly string[] = []) {
  return valuesOfColumn(rows, 'year', order)
}

async function textsOf(rows: readonly ReportRow[], order: readonly string[] = []) {
  return (await columnValues(rows, order)).map(({ text }) => text)
}

function rowWith(value: Value['value'] | null): ReportRow {
  const kept = value === null ? [] : [{ variable: 'year', value, origin: 'read' } as Value]
  return rowOf(reportNamed('r'), kept, 0)
}
