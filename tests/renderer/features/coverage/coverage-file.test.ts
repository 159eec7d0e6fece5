import { expect, it } from 'vitest'
import { coverageCsv, coverageTsv } from '../../../../renderer/features/coverage/coverage-file'
import { coverageOf } from '../../../../shared/analysis/coverage'
import { CSV_BOM, parseCsv } from '../../../../shared/formats/csv'
import { reportRow } from '../../../support/report-rows'

const { rows, years } = coverageOf(
  [
    reportRow('a', { place_code: '131082', year: 2021 }, 3),
    reportRow('b', { place_code: '131082', year: 2021 }, 4),
    reportRow('c', { place: '=A1,\n"x"', year: 2023 }),
  ],
  [],
)
const sheet = { rows, years, question: { mode: 'present', duty: 'submission' } } as const

const recordsIn = (csv: string) => parseCsv(csv).map(({ cells }) => cells)

it('writes place, code and a column a year, missing years included', () => {
  const csv = coverageCsv(sheet, { protectForSpreadsheets: false })
  expect(csv.startsWith(CSV_BOM)).toBe(true)
  expect(recordsIn(csv)).toEqual([
    ['place', 'place_code', '2021', '2022', '2023'],
    ['\u4e09\u6cb3\u5e02', '131082', '2', '0', '0'],
    ['=A1,\n"x"', '', '0', '0', '1'],
  ])
})

it('writes what the cells say', () => {
  const question = { ...sheet.question, mode: 'codings' } as const
  expect(
    recordsIn(coverageCsv({ ...sheet, question }, { protectForSpreadsheets: false }))[1]?.slice(2),
  ).toEqual(['3; 4', '', ''])
})

it('keeps names from becoming formulas where that is asked for, and always when copied', () => {
  expect(recordsIn(coverageCsv(sheet, { protectForSpreadsheets: true }))[2]?.[0]).toBe(
    '\'=A1,\n"x"',
  )
  expect(coverageTsv(sheet).split('\n')).toEqual([
    'place\tplace_code\t2021\t2022\t2023',
    '\u4e09\u6cb3\u5e02\t131082\t2\t0\t0',
    '\'=A1, "x"\t\t0\t0\t1',
  ])
})
