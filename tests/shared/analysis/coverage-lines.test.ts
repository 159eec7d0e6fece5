import { expect, it } from 'vitest'
import { coverageOf } from '../../../shared/analysis/coverage'
import {
  type CoverageWish,
  choicesIn,
  linesOf,
  wantedRows,
} from '../../../shared/analysis/coverage-lines'
import { reportRow } from '../../support/report-rows'

// Places by code: 130000 Hebei, 131000 Langfang, 131022 Gu'an, 131082 Sanhe, 370100 Jinan.
const { rows } = coverageOf(
  [
    ['131082', 2021],
    ['131082', 2022],
    ['131022', 2021],
    ['131000', 2021],
    ['130000', 2022],
    ['370100', 2021],
  ].map(([code, year], at) => reportRow(`r${at}`, { place_code: code!, year: year! })),
  [],
)

const ALL: CoverageWish = {
  text: '',
  level: null,
  province: null,
  sort: 'code',
  group: 'none',
  folded: [],
}
const codes = (wish: Partial<CoverageWish>) =>
  wantedRows(rows, { ...ALL, ...wish }).map(({ place }) => place.code)
const lines = (wish: Partial<CoverageWish>) => {
  const whole = { ...ALL, ...wish }
  return linesOf(wantedRows(rows, whole), whole).map(line =>
    line.kind === 'place'
      ? line.row.place.code
      : `${line.label} ${line.totals.present}/${line.totals.cells}`,
  )
}

it('sorts by code, by pinyin, and by what is missing', () => {
  expect(codes({ sort: 'code' })).toEqual(['130000', '131000', '131022', '131082', '370100'])
  // Gu'an, Hebei, Jinan, Langfang, Sanhe.
  expect(codes({ sort: 'name' })).toEqual(['131022', '130000', '370100', '131000', '131082'])
  expect(codes({ sort: 'missing' }).at(-1)).toBe('131082')
})

it('filters by level, by province, and by words of the name or what it lies in', () => {
  expect(codes({ level: '\u53bf' })).toEqual(['131022'])
  expect(codes({ province: '\u5c71\u4e1c\u7701' })).toEqual(['370100'])
  expect(codes({ text: '\u5eca\u574a' })).toEqual(['131000', '131022', '131082'])
  expect(codes({ text: ' 1310 \uff12\uff12' })).toEqual(['131022'])
  expect(codes({ text: 'nowhere' })).toEqual([])
})

it('groups by province, with what each group comes to', () => {
  expect(lines({ group: 'province' })).toEqual([
    '\u6cb3\u5317\u7701 5/8',
    '130000',
    '131000',
    '131022',
    '131082',
    '\u5c71\u4e1c\u7701 1/2',
    '370100',
  ])
})

it('puts a prefecture at the head of what lies in it', () => {
  expect(lines({ group: 'parent' }).slice(2, 6)).toEqual([
    '\u5eca\u574a\u5e02 4/6',
    '131000',
    '131022',
    '131082',
  ])
})

it('orders groups as it orders places', () => {
  const groups = (sort: CoverageWish['sort']) =>
    lines({ group: 'province', sort }).filter(line => line?.includes('/'))
  expect(groups('name')[0]).toContain('\u6cb3\u5317')
  expect(groups('missing')).toEqual(['\u6cb3\u5317\u7701 5/8', '\u5c71\u4e1c\u7701 1/2'])
})

it('hides the places of a folded group and keeps its totals', () => {
  const [head] = linesOf(rows, { ...ALL, group: 'province' })
  expect(lines({ group: 'province', folded: [head!.key] })).toEqual([
    '\u6cb3\u5317\u7701 5/8',
    '\u5c71\u4e1c\u7701 1/2',
    '370100',
  ])
})

it('offers the levels and provinces that there are, the highest first', () => {
  expect(choicesIn(rows)).toEqual({
    levels: [
      '\u7701',
      '\u5e02(\u5730\u7ea7,\u7701\u4f1a)',
      '\u5e02(\u5730\u7ea7)',
      '\u5e02(\u53bf\u7ea7)',
      '\u53bf',
    ],
    provinces: ['\u6cb3\u5317\u7701', '\u5c71\u4e1c\u7701'],
  })
})
