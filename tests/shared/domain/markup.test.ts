import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  isBlank,
  MARK_KINDS,
  type Markup,
  markupFrom,
  markupJson,
  NO_MARKUP,
} from '../../../shared/domain/markup'

const MARKUP: Markup = {
  marks: [
    { start: 0, end: 4, kind: 'title', level: 0 },
    { start: 5, end: 9, kind: 'heading', level: 2 },
  ],
  pages: [{ start: 0, page: 1 }],
  properties: { title: '\u7532', author: 'A' },
}

it('is written in one form, whatever order its fields stand in', () => {
  const [title, heading] = MARKUP.marks
  const other: Markup = {
    properties: { author: 'A', title: '\u7532' },
    pages: [{ page: 1, start: 0 }],
    marks: [
      { level: 0, kind: 'title', end: 4, start: 0 },
      { ...heading!, ...{ note: 'x' } },
    ],
  }
  expect(markupJson(other)).toBe(markupJson(MARKUP))
  expect(markupJson({ ...MARKUP, marks: [title!] })).not.toBe(markupJson(MARKUP))
})

it('is read as it was written', () => {
  const marks = fc.record({
    start: fc.nat(50),
    end: fc.integer({ min: 50, max: 100 }),
    kind: fc.constantFrom(...MARK_KINDS),
    level: fc.nat(9),
  })
  const pages = fc.record({ start: fc.nat(100), page: fc.nat(3000) })
  const all = fc.record({
    marks: fc.array(marks),
    pages: fc.array(pages),
    properties: fc.dictionary(fc.string(), fc.string()),
  })
  fc.assert(
    fc.property(all, markup => {
      expect(markupFrom(markupJson(markup), 100)).toEqual({
        ...markup,
        properties: { ...markup.properties },
      })
    }),
  )
})

it('leaves out what lies outside the text, and kinds that it does not know', () => {
  const json = JSON.stringify({
    marks: [
      ...MARKUP.marks,
      { start: 5, end: 10, kind: 'heading', level: 1 },
      { start: 6, end: 5, kind: 'heading', level: 1 },
      { start: -1, end: 5, kind: 'heading', level: 1 },
      { start: 0.5, end: 5, kind: 'heading', level: 1 },
      { start: 0, end: 5, kind: 'hologram', level: 1 },
      'a mark',
    ],
    pages: [...MARKUP.pages, { start: 10, page: 2 }, null],
    properties: { ...MARKUP.properties, size: 4 },
  })
  expect(markupFrom(json, 9)).toEqual(MARKUP)
})

it.each(['', 'null', '[]', '7', '{"marks":', '"text"'])('says of %j that it is none', json => {
  expect(markupFrom(json, 9)).toBeNull()
})

it('takes an object without fields for one that says nothing', () => {
  expect(markupFrom('{}', 9)).toEqual(NO_MARKUP)
  expect(isBlank(NO_MARKUP)).toBe(true)
  expect(isBlank(MARKUP)).toBe(false)
  expect(isBlank({ ...NO_MARKUP, properties: { title: 'x' } })).toBe(false)
})
