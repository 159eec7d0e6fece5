import fc from 'fast-check'
import { expect, it } from 'vitest'
import { conditionOfTicks, ticksOf } from '../../../renderer/sets/value-choice'
import type { Condition } from '../../../shared/analysis/report-filter'

const VALUES = ['a', 'b', 'c', '']
const oneOf = (...values: string[]): Condition => ({ column: 'level', is: 'one-of', values })
const noneOf = (...values: string[]): Condition => ({ column: 'level', is: 'none-of', values })
const after = (before: Condition | null, isTicked: (text: string) => boolean) =>
  conditionOfTicks(before, { column: 'level', values: VALUES, isTicked })

it('has everything ticked where there is no condition on values', () => {
  expect(VALUES.every(ticksOf(null))).toBe(true)
  expect(VALUES.every(ticksOf({ column: 'level', is: 'filled' }))).toBe(true)
})

it('leaves out what was taken away from all, so that values to come are in', () => {
  expect(after(null, text => text !== 'b')).toEqual(noneOf('b'))
  expect(after(noneOf('b'), text => text !== 'b' && text !== '')).toEqual(noneOf('b', ''))
})

it('names what was picked after none, so that values to come are not in', () => {
  expect(after(null, () => false)).toEqual(oneOf())
  expect(after(oneOf(), text => text === 'c')).toEqual(oneOf('c'))
})

it('is no condition once all are ticked again', () => {
  expect(after(oneOf('a'), () => true)).toBeNull()
  expect(after(noneOf('a'), () => true)).toBeNull()
})

it('keeps what a condition says of values that are not listed', () => {
  expect(after(oneOf('gone', 'a'), text => text === 'b')).toEqual(oneOf('gone', 'b'))
  expect(after(noneOf('gone'), text => text !== 'b')).toEqual(noneOf('gone', 'b'))
})

it('shows the boxes as they were ticked', () => {
  const condition = fc.oneof(
    fc.constant(null),
    fc.subarray(VALUES).map(values => oneOf(...values)),
    fc.subarray(VALUES).map(values => noneOf(...values)),
  )
  fc.assert(
    fc.property(condition, fc.subarray(VALUES), (before, wanted) => {
      const shown = ticksOf(after(before, text => wanted.includes(text)))
      expect(VALUES.filter(shown)).toEqual(wanted)
    }),
  )
})
