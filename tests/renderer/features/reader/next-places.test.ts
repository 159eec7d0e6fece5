import fc from 'fast-check'
import { expect, it } from 'vitest'
import { nearest, uncodedAmong } from '../../../../renderer/features/reader/next-places'
import type { Annotation } from '../../../../shared/domain/annotation'

const span = (start: number, end: number) => ({ start, end })
const coded = (start: number, end: number) => ({ start, end }) as Annotation

it('finds the next and the previous place, never the one that one is at', () => {
  const spans = [span(0, 3), span(5, 9), span(5, 7), span(12, 13)]
  expect(nearest(spans, 5, 'next')).toEqual(span(12, 13))
  expect(nearest(spans, 5, 'previous')).toEqual(span(0, 3))
  expect(nearest(spans, 12, 'next')).toBeNull()
  expect(nearest(spans, 0, 'previous')).toBeNull()
})

it('lists the paragraphs that no annotation touches', () => {
  const paragraphs = fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 12 }).map(lengths => {
    let at = 0
    return lengths.map(length => {
      const start = at
      at += length + 1
      return span(start, start + length)
    })
  })
  const annotations = fc
    .array(fc.tuple(fc.nat(60), fc.integer({ min: 1, max: 20 })), { maxLength: 8 })
    .map(all =>
      all.map(([start, length]) => coded(start, start + length)).sort((a, b) => a.start - b.start),
    )
  fc.assert(
    fc.property(paragraphs, annotations, (some, all) => {
      const touched = (each: { start: number; end: number }) =>
        all.some(({ start, end }) => start < each.end && end > each.start)
      expect(uncodedAmong(some, all)).toEqual(some.filter(each => !touched(each)))
    }),
  )
})
