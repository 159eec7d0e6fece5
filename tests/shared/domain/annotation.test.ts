import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Annotation, inReadingOrder, isIntact } from '../../../shared/domain/annotation'
import type { AnnotationId, CodeId, CoderId } from '../../../shared/domain/id'
import { marked } from '../../support/marked'

const { text, passage } = marked('Wind [investment fell], and grid costs rose.')

function annotation(id: string, start: number, end: number): Annotation {
  return {
    ...passage,
    start,
    end,
    id: id as AnnotationId,
    codeId: 'a' as CodeId,
    coderId: 'me' as CoderId,
    memo: '',
    createdAt: 0,
  }
}

it('holds a passage for intact while the text still says what it quotes', () => {
  expect(isIntact(passage, text)).toBe(true)
  expect(isIntact(passage, text.replace('fell', 'rose'))).toBe(false)
  expect(isIntact(passage, `x${text}`)).toBe(false)
})

it('never holds an empty passage for intact', () => {
  expect(isIntact({ ...passage, end: passage.start, quote: '' }, text)).toBe(false)
})

it('reads by start, the longer first, and settles the rest by id', () => {
  const [inner, outer, twin, later] = [
    annotation('b', 2, 4),
    annotation('d', 2, 9),
    annotation('a', 2, 4),
    annotation('c', 5, 6),
  ]
  expect([inner, outer, twin, later].sort(inReadingOrder)).toEqual([outer, twin, inner, later])
})

it('orders any annotations the same way, whatever order they come in', () => {
  const any = fc.uniqueArray(
    fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 6, max: 9 }), fc.string()),
    { selector: ([, , id]) => id },
  )
  fc.assert(
    fc.property(any, rows => {
      const items = rows.map(([start, end, id]) => annotation(id, start, end))
      expect([...items].reverse().sort(inReadingOrder)).toEqual([...items].sort(inReadingOrder))
    }),
  )
})
