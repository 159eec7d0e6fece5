import { expect, it } from 'vitest'
import { draftsOf } from '../../../../renderer/features/report-table/category-drafts'

const variable = { categories: 'a\nb\nc' }
const was = (names: readonly string[]) => draftsOf(variable, names).map(draft => draft.was)

it('knows a category by its name, wherever its line went', () => {
  expect(was(['c', 'a', 'b'])).toEqual(['c', 'a', 'b'])
  expect(was(['a', 'x', 'b', 'c'])).toEqual(['a', null, 'b', 'c'])
})

it('takes a new name in the place of one that is gone for that one renamed', () => {
  expect(was(['a', 'x', 'c'])).toEqual(['a', 'b', 'c'])
})

it('takes a new name elsewhere for a new category, so that nothing is renamed by guess', () => {
  expect(was(['x', 'a', 'b'])).toEqual([null, 'a', 'b'])
  expect(was(['a', 'x'])).toEqual(['a', null])
})
