import { expect, it } from 'vitest'
import {
  cellsOfPlace,
  placeMeant,
  placeSuggestions,
  suggestionsFor,
  withPlaces,
} from '../../../../renderer/features/report-table/suggestions'
import type { Cell } from '../../../../shared/commands/variables'
import type { ReportId } from '../../../../shared/domain/id'

const CHAOYANG = '\u671d\u9633\u533a'

it('offers every place of a name, told apart by what it lies in and its code', () => {
  const offered = placeSuggestions(CHAOYANG)
  expect(offered.slice(0, 2).map(({ value, detail }) => `${value} ${detail}`)).toEqual([
    `${CHAOYANG} \u5317\u4eac\u5e02 110105`,
    `${CHAOYANG} \u5409\u6797\u7701 \u957f\u6625\u5e02 220104`,
  ])
})

it('takes a typed name for a place only where it is in full and one', () => {
  expect(placeMeant('\u56fa\u5b89\u53bf')?.code).toBe('131022')
  expect(placeMeant('\u56fa\u5b89')).toBeNull()
  expect(placeMeant(CHAOYANG)).toBeNull()
})

it('fills everything that follows from a place', () => {
  const place = placeMeant('\u56fa\u5b89\u53bf')!
  const cells = cellsOfPlace('r' as ReportId, place)
  expect(Object.fromEntries(cells.map(({ variable, value }) => [variable, value]))).toEqual({
    place: '\u56fa\u5b89\u53bf',
    place_code: '131022',
    level: '\u53bf',
    province: '\u6cb3\u5317\u7701',
    parent: '\u5eca\u574a\u5e02',
  })
})

it('lets code and level follow the place in every way of filling, unless they are given', () => {
  const place = (value: string | null): Cell => ({
    reportId: 'r' as ReportId,
    variable: 'place',
    value,
  })
  const said = (cells: readonly Cell[]) =>
    Object.fromEntries(withPlaces(cells).map(({ variable, value }) => [variable, value]))
  expect(said([place('\u56fa\u5b89\u53bf')])).toMatchObject({
    place_code: '131022',
    level: '\u53bf',
  })
  const none = { place_code: null, level: null, province: null, parent: null }
  expect(said([place(CHAOYANG)])).toEqual({ place: CHAOYANG, ...none })
  expect(said([place(null)])).toEqual({ place: null, ...none })
  const code: Cell = { reportId: 'r' as ReportId, variable: 'place_code', value: '220104' }
  expect(said([place(CHAOYANG), code])).toMatchObject({ place_code: '220104', level: null })
})

it('offers levels as far as they fit what is typed, and nothing in free columns', () => {
  const levels = suggestionsFor({ key: 'level', own: null }, '\u81ea\u6cbb', ['yes', 'no'])
  expect(levels.map(({ value }) => value)).toContain('\u81ea\u6cbb\u53bf')
  expect(suggestionsFor({ key: 'issuers', own: null }, 'x', ['yes', 'no'])).toEqual([])
})
