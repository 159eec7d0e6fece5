import fc from 'fast-check'
import { expect, it } from 'vitest'
import { likenessOf, nearDuplicateFinder, sketchOf } from '../../../shared/intake/near-duplicates'
import { randomFrom } from '../../support/random'

/** A text of sentences that no other seed has. */
function textOf(seed: number, sentences: number): string {
  const random = randomFrom(seed)
  const sentence = () =>
    Array.from({ length: 12 + Math.floor(random() * 20) }, () =>
      String.fromCharCode(0x4e00 + Math.floor(random() * 3000)),
    ).join('')
  return Array.from({ length: sentences }, () => `${sentence()}\u3002`).join('')
}

const same = (a: string, b: string) => likenessOf(sketchOf(a)!, sketchOf(b)!)

const REPORT = `2023\u5e74\u5ea6(A)\uff0c${textOf(1, 120)}`

it('sees through widths, white space, punctuation and case', () => {
  const random = randomFrom(9)
  const narrow = Array.from({ length: 400 }, () => Math.floor(random() * 36).toString(36)).join('')
  const wide = Array.from(narrow, each => String.fromCharCode(each.charCodeAt(0) + 0xfee0)).join('')
  expect(same(narrow, wide)).toBe(1)
  expect(same(narrow, narrow.toUpperCase())).toBe(1)
  expect(same(REPORT, REPORT.replaceAll('\u3002', '.\r\n\u3000\u3000'))).toBe(1)
  expect(same(REPORT, REPORT.replaceAll('\u3002', ' \uff0c\u2014\u2014 '))).toBe(1)
})

it('finds a report again on another site, with other things around it', () => {
  const finder = nearDuplicateFinder<string>()
  expect(finder.add('a', sketchOf(REPORT)!)).toBeNull()
  expect(finder.add('b', sketchOf(textOf(2, 120))!)).toBeNull()
  const elsewhere = `${textOf(3, 5)}\n${REPORT}\n${textOf(4, 5)}`
  const found = finder.add('c', sketchOf(elsewhere)!)
  expect(found?.of).toBe('a')
  expect(found!.similarity).toBeGreaterThan(0.85)
})

it('leaves out what a source sets aside', () => {
  const before = textOf(5, 80)
  const page = `${before}\n${REPORT}`
  const alone = sketchOf(page, [{ start: 0, end: before.length }])!
  expect(likenessOf(alone, sketchOf(REPORT)!)).toBe(1)
  expect(same(page, REPORT)).toBeLessThan(0.8)
})

it('does not mistake two years of one office for the same report', () => {
  const shared = textOf(6, 60)
  const [earlier, later] = [shared + textOf(7, 60), shared + textOf(8, 60)]
  const finder = nearDuplicateFinder<string>()
  finder.add('2022', sketchOf(earlier)!)
  expect(finder.add('2023', sketchOf(later)!)).toBeNull()
})

it('matches without adding', () => {
  const finder = nearDuplicateFinder<string>()
  expect(finder.match(sketchOf(REPORT)!)).toBeNull()
  expect(finder.match(sketchOf(REPORT)!)).toBeNull()
  finder.add('a', sketchOf(REPORT)!)
  expect(finder.match(sketchOf(REPORT)!)).toEqual({ of: 'a', similarity: 1 })
})

it('says nothing of texts that are too short', () => {
  expect(sketchOf('')).toBeNull()
  expect(sketchOf('\u4f9d\u6cd5\u884c\u653f')).toBeNull()
  expect(sketchOf('\u3002'.repeat(5000))).toBeNull()
})

it('names one earlier text for each of a thousand equals', () => {
  const finder = nearDuplicateFinder<number>()
  const sketch = sketchOf(REPORT)!
  const found = Array.from({ length: 1000 }, (_, i) => finder.add(i, sketch))
  expect(found.filter(each => each?.similarity === 1)).toHaveLength(999)
})

it('estimates the share that two texts have in common', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 0, max: 80 }), (seed, own) => {
      const common = textOf(seed, 100)
      const [a, b] = [common + textOf(seed + 1e6, own), common + textOf(seed + 2e6, own)]
      // 256 bins: the estimate is off by more than 0.15 once in a million.
      expect(Math.abs(same(a, b) - 100 / (100 + 2 * own))).toBeLessThan(0.17)
    }),
    { numRuns: 30 },
  )
})
