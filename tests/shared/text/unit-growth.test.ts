import fc from 'fast-check'
import { expect, it } from 'vitest'
import { structureOf } from '../../../shared/text/structure'
import { grownUnit, shrunkUnit } from '../../../shared/text/unit-growth'

const TEXT = [
  '岚县2023年度法治政府建设情况报告',
  '一、主要工作',
  '（一）推进执法。一是培训12次；二是检查3次。持续改进，成效明显。',
  '（二）完善制度。',
  '二、存在问题',
  '人少。',
].join('\n')
const structure = structureOf(TEXT)
const words = (span: { start: number; end: number } | null) =>
  span && TEXT.slice(span.start, span.end)

function grownFrom(at: number): (string | null)[] {
  const seen: (string | null)[] = []
  let span: { start: number; end: number } | null = { start: at, end: at }
  while (span) {
    span = grownUnit(structure, span, TEXT.length)
    if (span) seen.push(words(span))
  }
  return seen
}

it('grows from the clause to the whole text, a unit at a time', () => {
  const paragraph = '（一）推进执法。一是培训12次；二是检查3次。持续改进，成效明显。'
  expect(grownFrom(TEXT.indexOf('培训'))).toEqual([
    '一是培训12次；',
    '一是培训12次；二是检查3次。',
    paragraph,
    `${paragraph}\n`,
    `一、主要工作\n${paragraph}\n（二）完善制度。\n`,
    TEXT,
  ])
})

it('grows and shrinks by the same units', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: TEXT.length - 1 }), at => {
      let span = { start: at, end: at }
      const path = [span]
      for (let next = grownUnit(structure, span, TEXT.length); next; ) {
        expect(next.start <= span.start && span.end <= next.end).toBe(true)
        expect(next.end - next.start).toBeGreaterThan(span.end - span.start)
        path.push(next)
        span = next
        next = grownUnit(structure, span, TEXT.length)
      }
      for (const smaller of path.slice(1, -1).toReversed()) {
        const shrunk = shrunkUnit(structure, span, { length: TEXT.length, anchor: at })
        expect(shrunk).toEqual(smaller)
        span = smaller
      }
    }),
  )
})

it('leaves a place without units to the whole text', () => {
  expect(grownUnit(structureOf(''), { start: 0, end: 0 }, 0)).toBeNull()
  expect(grownUnit(structureOf(' \n '), { start: 1, end: 1 }, 3)).toEqual({ start: 0, end: 3 })
})
