import fc from 'fast-check'
import { expect, it } from 'vitest'
import { columnValues } from '../../../shared/analysis/column-values'
import { cellText } from '../../../shared/analysis/report-filter'
import { type ReportRow, rowOf } from '../../../shared/analysis/report-row'
import type { Value } from '../../../shared/domain/variable'
import { reportNamed } from '../../support/project'

it('counts each value once, numbers by size, the missing last', () => {
  const rows = [2023, 2021, null, 2023, 998].map(year => rowWith(year))
  expect(columnValues(rows, 'year')).toEqual([
    { text: '998', cell: 998, count: 1 },
    { text: '2021', cell: 2021, count: 1 },
    { text: '2023', cell: 2023, count: 2 },
    { text: '', cell: null, count: 1 },
  ])
})

it('lists text in the order that it is told, then as a dictionary has it', () => {
  // Bei-jing before shang-hai before tian-jin, as pinyin has them and code points do not.
  const [beijing, shanghai, tianjin] = ['\u5317\u4EAC', '\u4E0A\u6D77', '\u5929\u6D25']
  const rows = [tianjin, shanghai, beijing].map(place => rowWith(place ?? null))
  expect(textsOf(rows)).toEqual([beijing, shanghai, tianjin])
  expect(textsOf(rows, [tianjin ?? ''])).toEqual([tianjin, beijing, shanghai])
})

it('counts every row once, whatever stands in it', () => {
  const cell = fc.oneof(fc.integer(), fc.string(), fc.boolean(), fc.constant(null))
  fc.assert(
    fc.property(fc.array(cell), cells => {
      const rows = cells.map(rowWith)
      const values = columnValues(rows, 'year')
      expect(values.reduce((sum, { count }) => sum + count, 0)).toBe(rows.length)
      const kinds = values.map(({ cell }) => cell)
      expect(new Set(kinds).size).toBe(kinds.length)
      expect(rows.every(row => values.some(({ text }) => text === cellText(row, 'year')))).toBe(
        true,
      )
    }),
  )
})

function textsOf(rows: readonly ReportRow[], order: readonly string[] = []): string[] {
  return columnValues(rows, 'year', order).map(({ text }) => text)
}

function rowWith(value: Value['value'] | null): ReportRow {
  const kept = value === null ? [] : [{ variable: 'year', value, origin: 'read' } as Value]
  return rowOf(reportNamed('r'), kept, 0)
}
