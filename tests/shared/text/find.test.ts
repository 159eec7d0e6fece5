import fc from 'fast-check'
import { expect, it } from 'vitest'
import { findIn, MOST_FOUND } from '../../../shared/text/find'

const found = (text: string, query: string) =>
  findIn(text, query).spans.map(({ start, end }) => text.slice(start, end))

it.each([
  ['市\uFF0C区,县', ',', ['\uFF0C', ',']],
  ['市\uFF0C区,县', '\uFF0C', ['\uFF0C', ',']],
  ['\uFF21B ab', 'AB', ['\uFF21B', 'ab']],
  ['行政\u3000执法', '行政 执法', ['行政\u3000执法']],
  ['啊啊啊', '啊啊', ['啊啊']],
  ['\u{20BB7}野家', '\u{20BB7}', ['\u{20BB7}']],
  ['\u0130stanbul', 'stanbul', ['stanbul']],
  ['法', '', []],
])('finds in %s what reads like %s', (text, query, places) => {
  expect(found(text, query)).toEqual(places)
})

it('finds every part of a text where it stands', () => {
  const letters = fc.string({
    unit: fc.constantFrom(...'法治aA\uFF21,\uFF0C \u3000\u0130'),
    maxLength: 20,
  })
  fc.assert(
    fc.property(letters, fc.nat(20), fc.nat(20), (text, a, b) => {
      const part = text.slice(Math.min(a, b), Math.max(a, b))
      const { spans } = findIn(text, part)
      expect(spans.length > 0).toBe(part !== '')
      for (const { start, end } of spans) {
        expect(findIn(text.slice(start, end), part).spans).toEqual([{ start: 0, end: end - start }])
      }
    }),
  )
})

it('stops counting where nobody would go on', () => {
  const { spans, isCut } = findIn('a'.repeat(MOST_FOUND + 1), 'a')
  expect([spans.length, isCut]).toEqual([MOST_FOUND, true])
})
