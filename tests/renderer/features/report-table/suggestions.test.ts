import { expect, it } from 'vitest'
import {
  placeSuggestions,
  suggestionsFor,
} from '../../../../renderer/features/report-table/suggestions'

const CHAOYANG = '\u671d\u9633\u533a'

it('offers every place of a name, told apart by what it lies in and its code', () => {
  const offered = placeSuggestions(CHAOYANG)
  expect(offered.slice(0, 2).map(({ value, detail }) => `${value} ${detail}`)).toEqual([
    `${CHAOYANG} \u5317\u4eac\u5e02 110105`,
    `${CHAOYANG} \u5409\u6797\u7701 \u957f\u6625\u5e02 220104`,
  ])
})

it('offers levels as far as they fit what is typed, and nothing in free columns', () => {
  const levels = suggestionsFor({ key: 'level', own: null }, '\u81ea\u6cbb', ['yes', 'no'])
  expect(levels.map(({ value }) => value)).toContain('\u81ea\u6cbb\u53bf')
  expect(suggestionsFor({ key: 'issuers', own: null }, 'x', ['yes', 'no'])).toEqual([])
})
