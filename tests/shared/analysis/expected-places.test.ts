import { expect, it } from 'vitest'
import {
  type Expectation,
  expectationId,
  expectationsBeside,
  expectationsIn,
  expectedPlaces,
  toExpectations,
} from '../../../shared/analysis/expected-places'
import { placeOf } from '../../../shared/text/places'

const HEBEI = '130000'
const LANGFANG = '131000'
const SANHE = '131082'
const BEIJING = '110000'

const codes = (...expectations: Expectation[]) =>
  expectedPlaces(expectations).map(({ code }) => code)

it('expects all counties of a prefecture, and not the prefecture', () => {
  const found = codes({ within: LANGFANG, rank: 'county' })
  expect(found).toContain(SANHE)
  expect(found).toHaveLength(10)
  expect(found.every(code => code?.startsWith('1310') && code !== LANGFANG)).toBe(true)
})

it('expects prefectures and counties of a province, provinces of the country', () => {
  expect(codes({ within: HEBEI, rank: 'prefecture' })).toHaveLength(11)
  expect(codes({ within: HEBEI, rank: 'county' }).length).toBeGreaterThan(160)
  expect(codes({ within: null, rank: 'province' })).toHaveLength(34)
})

it('expects places as the list has them, under none of their former names', () => {
  const all = expectedPlaces([{ within: null, rank: 'county' }])
  expect(all.length).toBeGreaterThan(2800)
  expect(all.filter(place => placeOf(place.code ?? '') !== place)).toEqual([])
})

it('names a place once that is expected twice, and none for a code that is no place', () => {
  const counties = { within: LANGFANG, rank: 'county' } as const
  expect(codes(counties, { within: HEBEI, rank: 'county' }, counties)).toEqual(
    codes({ within: HEBEI, rank: 'county' }),
  )
  expect(codes({ within: 'nowhere', rank: 'county' })).toEqual([])
})

it('offers within a place only the steps that it has', () => {
  const ranks = (code: string) => expectationsIn(placeOf(code)!).map(({ rank }) => rank)
  expect([ranks(HEBEI), ranks(LANGFANG), ranks(BEIJING), ranks(SANHE)]).toEqual([
    ['prefecture', 'county'],
    ['county'],
    ['county'],
    [],
  ])
})

it('suggests what lies beside the places that have reports, the most common first', () => {
  const found = expectationsBeside([LANGFANG, SANHE, '131081', HEBEI, 'nowhere'])
  expect(found.map(expectationId)).toEqual(['131000:county', '130000:prefecture', ':province'])
})

it('reads back what was kept, without what is no expectation', () => {
  const kept: Expectation[] = [
    { within: LANGFANG, rank: 'county' },
    { within: null, rank: 'province' },
  ]
  expect(toExpectations(JSON.parse(JSON.stringify([...kept, kept[0]])))).toEqual(kept)
  const odd = [null, 7, { rank: 'county' }, { within: LANGFANG, rank: 'street' }]
  expect([toExpectations(odd), toExpectations('x')]).toEqual([[], []])
})
