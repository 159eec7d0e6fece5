import { expect, it } from 'vitest'
import {
  type Coverage,
  coverageOf,
  coverageSteps,
  totalsOf,
} from '../../../shared/analysis/coverage'
import { inSlices } from '../../../shared/slices'
import { placeOf } from '../../../shared/text/places'
import { reportRow } from '../../support/report-rows'

const LANGFANG = '131000'
const SANHE = '131082'
const CHAOYANG = '\u671d\u9633\u533a'

/** The grid in words: each place with the names of the reports of each year. */
function shown({ rows }: Coverage) {
  return rows.map(({ place, cells }) => [
    place.code ?? place.name,
    ...cells.map(cell => cell.map(({ report }) => report.title).join('+')),
  ])
}

const titles = (rows: Coverage['asking']) => rows.map(({ report }) => report.title)

it('puts each report under its place and year, with the years between', () => {
  const coverage = coverageOf(
    [
      reportRow('a', { place_code: SANHE, year: 2023 }),
      reportRow('b', { place_code: LANGFANG, year: 2020 }),
      reportRow('c', { place_code: SANHE, year: 2020 }),
      reportRow('d', { place_code: SANHE, year: 2020 }),
    ],
    [],
  )
  expect(coverage.years).toEqual([2020, 2021, 2022, 2023])
  expect(shown(coverage)).toEqual([
    [LANGFANG, 'b', '', '', ''],
    [SANHE, 'c+d', '', '', 'a'],
  ])
})

it('counts cells with reports, with several, and places by year', () => {
  const { rows, years } = coverageOf(
    [
      reportRow('a', { place_code: SANHE, year: 2021 }),
      reportRow('b', { place_code: SANHE, year: 2021 }),
      reportRow('c', { place_code: LANGFANG, year: 2022 }),
    ],
    [],
  )
  expect(totalsOf(rows, years.length)).toEqual({
    cells: 4,
    present: 2,
    several: 1,
    byYear: [1, 1],
  })
  expect(rows.map(({ present }) => present)).toEqual([1, 1])
})

it('leaves out the years of a gap too long to be one', () => {
  const { years } = coverageOf(
    [2021, 2023, 2203].map(year => reportRow(String(year), { place_code: SANHE, year })),
    [],
  )
  expect(years).toEqual([2021, 2022, 2023, 2203])
})

it('takes a report without code for the only place of its full name', () => {
  const coverage = coverageOf(
    [
      reportRow('a', { place_code: SANHE, year: 2022 }),
      reportRow('b', { place: '\u4e09\u6cb3\u5e02', year: 2022 }),
      reportRow('c', { place: '\u4e09\u6cb3\u5e02', province: '\u6cb3\u5357\u7701', year: 2022 }),
    ],
    [],
  )
  expect(shown(coverage)).toEqual([
    [SANHE, 'a+b'],
    ['\u4e09\u6cb3\u5e02', 'c'],
  ])
})

it('keeps places of one name apart by what they lie in', () => {
  const coverage = coverageOf(
    [
      reportRow('a', { place: CHAOYANG, province: '\u5317\u4eac\u5e02', year: 2022 }),
      reportRow('b', { place: CHAOYANG, province: '\u5409\u6797\u7701', year: 2022 }),
      reportRow('c', { place: CHAOYANG, province: '\u5409\u6797\u7701', year: 2022 }),
    ],
    [],
  )
  expect(shown(coverage)).toEqual([
    [CHAOYANG, 'a'],
    [CHAOYANG, 'b+c'],
  ])
})

it('names a place as the list does, and tells what else reports call it', () => {
  const [row] = coverageOf(
    [
      reportRow('a', { place_code: SANHE, place: '\u4e09\u6cb3\u53bf', year: 2022 }),
      reportRow('b', { place_code: SANHE, place: '\u4e09\u6cb3\u5e02', year: 2023 }),
    ],
    [],
  ).rows
  expect(row?.place).toEqual({
    key: SANHE,
    code: SANHE,
    name: '\u4e09\u6cb3\u5e02',
    otherNames: ['\u4e09\u6cb3\u53bf'],
    level: '\u5e02(\u53bf\u7ea7)',
    province: '\u6cb3\u5317\u7701',
    parent: '\u5eca\u574a\u5e02',
  })
})

it('lists what has no place, no year, or only a question, and puts no question into a cell', () => {
  const coverage = coverageOf(
    [
      reportRow('no place', { year: 2022 }),
      reportRow('no year', { place_code: SANHE }),
      reportRow('neither', {}),
      reportRow('which place', { place: { ask: CHAOYANG }, year: 2022 }),
      reportRow('which year', { place_code: SANHE, year: { ask: 2022 } }),
    ],
    [],
  )
  expect(coverage.rows).toEqual([])
  expect(coverage.years).toEqual([])
  expect(titles(coverage.withoutPlace)).toEqual(['no place', 'neither', 'which place'])
  expect(titles(coverage.withoutYear)).toEqual(['no year', 'neither', 'which year'])
  expect(titles(coverage.asking)).toEqual(['which place', 'which year'])
})

it('shows an expected place with no report as an empty row, and one with reports once', () => {
  const coverage = coverageOf(
    [reportRow('a', { place_code: SANHE, year: 2022 })],
    [placeOf(SANHE)!, placeOf(LANGFANG)!],
  )
  expect(shown(coverage)).toEqual([
    [LANGFANG, ''],
    [SANHE, 'a'],
  ])
  expect(coverage.rows[0]?.place.name).toBe('\u5eca\u574a\u5e02')
})

it('keeps a code that the list does not have, under the name that its report gives', () => {
  const [row] = coverageOf(
    [reportRow('a', { place_code: '999999', place: 'X', level: 'Y', year: 2022 })],
    [],
  ).rows
  expect(row?.place).toMatchObject({ code: '999999', name: 'X', level: 'Y', province: null })
})

it('makes the same grid in slices as at once', async () => {
  const reports = Array.from({ length: 3000 }, (_, i) =>
    reportRow(`r${i}`, {
      ...(i % 7 === 0 ? {} : { year: 2018 + (i % 6) }),
      ...(i % 5 === 0 ? { place: `p${i % 900}` } : {}),
      ...(i % 5 === 1 ? { place_code: [SANHE, LANGFANG][i % 2]! } : {}),
    }),
  )
  const expected = [placeOf('131081')!]
  expect([...coverageSteps(reports, expected)].length).toBeGreaterThan(reports.length)
  expect(await inSlices(coverageSteps(reports, expected))).toEqual(coverageOf(reports, expected))
})
