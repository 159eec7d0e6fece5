import fc from 'fast-check'
import { expect, it } from 'vitest'
import { clipToCharacters, codePointIndex, codePointsIn } from '../../../shared/text/code-points'

const HIGH = '\ud840'
const LOW = '\udc0b'
const PAIR = HIGH + LOW

/** Texts in which halves of pairs stand alone, in the wrong order, and together. */
const broken = fc
  .array(fc.constantFrom('a', '\u4e2d', HIGH, LOW, PAIR), { maxLength: 30 })
  .map(parts => parts.join(''))

it('counts a pair as one code point and a lone half as one', () => {
  expect(codePointsIn('')).toBe(0)
  expect(codePointsIn(`a${PAIR}\u4e2d`)).toBe(3)
  expect(codePointsIn(LOW + HIGH)).toBe(2)
  expect(codePointsIn(HIGH + PAIR + LOW)).toBe(3)
})

it('counts as iterating over the string does', () => {
  fc.assert(fc.property(broken, text => codePointsIn(text) === [...text].length))
})

it('finds the code point at each offset, and takes the inside of a pair for its start', () => {
  const index = codePointIndex(`a${PAIR}b${PAIR}`)
  expect([0, 1, 2, 3, 4, 5, 6].map(index.toCodePoint)).toEqual([0, 1, 1, 2, 3, 3, 4])
  expect([0, 1, 2, 3, 4].map(index.toOffset)).toEqual([0, 1, 3, 4, 6])
})

it('agrees with iterating over the string, at every place', () => {
  fc.assert(
    fc.property(broken, text => {
      const index = codePointIndex(text)
      const starts: number[] = []
      for (let at = 0; at < text.length; at += text.codePointAt(at)! > 0xffff ? 2 : 1) {
        starts.push(at)
      }
      starts.push(text.length)
      expect(starts.map((_, codePoint) => index.toOffset(codePoint))).toEqual(starts)
      for (let offset = 0; offset <= text.length; offset++) {
        const expected = starts.findLastIndex(start => start <= offset)
        expect(index.toCodePoint(offset)).toBe(expected)
      }
    }),
  )
})

it('clamps places outside the text', () => {
  for (const text of ['', 'ab', `a${PAIR}`]) {
    const index = codePointIndex(text)
    expect(index.toCodePoint(-1)).toBe(0)
    expect(index.toOffset(-1)).toBe(0)
    expect(index.toCodePoint(99)).toBe(codePointsIn(text))
    expect(index.toOffset(99)).toBe(text.length)
  }
})

it('converts at a million places of a long text with many pairs in little time', () => {
  const text = `\u4e2d${PAIR}`.repeat(500_000)
  const index = codePointIndex(text)
  const started = performance.now()
  for (let place = 0; place < 1_000_000; place++) {
    if (index.toCodePoint(index.toOffset(place)) !== place) throw new Error(`lost ${place}`)
  }
  expect(performance.now() - started).toBeLessThan(5_000)
})

it('moves a range outward over the halves of pairs', () => {
  const text = `a${PAIR}b${PAIR}c`
  expect(clipToCharacters(text, 2, 5)).toEqual({ start: 1, end: 6 })
  expect(clipToCharacters(text, 1, 6)).toEqual({ start: 1, end: 6 })
  expect(clipToCharacters(text, 0, 7)).toEqual({ start: 0, end: 7 })
})

it('keeps an empty range empty, at the start of the pair it was in', () => {
  expect(clipToCharacters(`a${PAIR}`, 2, 2)).toEqual({ start: 1, end: 1 })
})

it('splits no pair, and moves each end by one unit at most', () => {
  fc.assert(
    fc.property(broken, fc.nat(30), fc.nat(30), (text, a, b) => {
      const start = Math.min(a, b, text.length)
      const end = Math.min(Math.max(a, b), text.length)
      const clipped = clipToCharacters(text, start, end)
      const splits = (at: number) => text.charAt(at - 1) === HIGH && text.charAt(at) === LOW
      expect(splits(clipped.start) || splits(clipped.end)).toBe(false)
      expect([start, start - 1]).toContain(clipped.start)
      if (start < end) expect([end, end + 1]).toContain(clipped.end)
    }),
  )
})
