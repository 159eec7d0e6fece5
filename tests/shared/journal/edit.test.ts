import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Annotation } from '../../../shared/domain/annotation'
import type { AnnotationId, CodeId, CoderId, ReportId } from '../../../shared/domain/id'
import { type Change, invert, sameRow, tallyDelta } from '../../../shared/journal/edit'
import { codeOf } from '../../support/codes'
import { passageOf } from '../../support/project'

function annotation(id: string, codeId: string, reportId = 'r1'): Annotation {
  return {
    ...passageOf(reportId as ReportId, 0, 4),
    id: id as AnnotationId,
    codeId: codeId as CodeId,
    coderId: 'me' as CoderId,
    memo: '',
    createdAt: 0,
  }
}

function change(before: Annotation | null, after: Annotation | null): Change {
  return { table: 'annotations', id: (before ?? after)!.id, before, after }
}

const anyRow = fc.option(
  fc.record({ code: fc.constantFrom('a', 'b'), report: fc.constantFrom('r1', 'r2') }),
)
const anyChanges = fc.array(fc.tuple(anyRow, anyRow), { maxLength: 8 }).map(pairs =>
  pairs.flatMap(([before, after], i) => {
    const row = (said: typeof before) => said && annotation(`n${i}`, said.code, said.report)
    return before || after ? [change(row(before), row(after))] : []
  }),
)

describe('inverting', () => {
  it('swaps before and after', () => {
    const row = annotation('n1', 'a')
    expect(invert([change(null, row)])).toEqual([change(row, null)])
  })

  it('twice is nothing', () => {
    fc.assert(
      fc.property(anyChanges, changes => {
        expect(invert(invert(changes))).toEqual(changes)
      }),
    )
  })

  it('turns gains into losses', () => {
    fc.assert(
      fc.property(anyChanges, changes => {
        const negated = (counts: ReadonlyMap<string, number>) =>
          new Map([...counts].map(([id, n]) => [id, -n]))
        const { codes, reports } = tallyDelta(changes)
        const back = tallyDelta(invert(changes))
        expect([back.codes, back.reports]).toEqual([negated(codes), negated(reports)])
      }),
    )
  })
})

describe('what tallies gain', () => {
  it('counts per code and per report', () => {
    const delta = tallyDelta([
      change(null, annotation('n1', 'a')),
      change(null, annotation('n2', 'a', 'r2')),
      change(annotation('n3', 'b'), null),
    ])
    expect(Object.fromEntries(delta.codes)).toEqual({ a: 2, b: -1 })
    expect(Object.fromEntries(delta.reports)).toEqual({ r2: 1 })
  })

  it('leaves out who breaks even', () => {
    const delta = tallyDelta([change(annotation('n1', 'a'), annotation('n1', 'b'))])
    expect(Object.fromEntries(delta.reports)).toEqual({})
  })

  it('takes no notice of other tables', () => {
    const code = codeOf('a')
    const { codes } = tallyDelta([{ table: 'codes', id: code.id, before: null, after: code }])
    expect(codes.size).toBe(0)
  })
})

describe('comparing rows', () => {
  it('goes by values, whatever order the fields stand in', () => {
    expect(sameRow({ a: 1, b: null }, { b: null, a: 1 })).toBe(true)
    expect(sameRow({ a: 1 }, { a: 2 })).toBe(false)
  })

  it('tells a missing field from an empty one', () => {
    expect(sameRow({ a: 1 }, { a: 1, b: undefined })).toBe(false)
  })

  it('holds no row and no row for the same, and for different from any row', () => {
    expect(sameRow(null, null)).toBe(true)
    expect(sameRow(null, {})).toBe(false)
    expect(sameRow({}, null)).toBe(false)
  })
})
