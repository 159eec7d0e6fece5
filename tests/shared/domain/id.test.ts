import fc from 'fast-check'
import { expect, it } from 'vitest'
import { makeId } from '../../../shared/domain/id'

const CLOCK = fc.integer({ min: 0, max: 32 ** 10 - 1 })

it('makes ids of 20 digits that are safe in a file name', () => {
  fc.assert(
    fc.property(CLOCK, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (ms, r) => {
      expect(makeId(ms, () => r)).toMatch(/^[0-9a-hjkmnp-tv-z]{20}$/)
    }),
  )
})

it('sorts ids in the order of their creation, whatever is random in them', () => {
  fc.assert(
    fc.property(CLOCK, CLOCK, (a, b) => {
      fc.pre(a < b)
      expect(makeId(a, () => 0.999_999) < makeId(b, () => 0)).toBe(true)
    }),
  )
})

it('tells two ids of the same millisecond apart by what is random', () => {
  expect(makeId(5, () => 0)).not.toBe(makeId(5, () => 0.5))
})
