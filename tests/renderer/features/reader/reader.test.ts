import fc from 'fast-check'
import { EditorState } from 'prosemirror-state'
import { describe, expect, it } from 'vitest'
import {
  annotationsPlugin,
  drawnIn,
  showAnnotations,
} from '../../../../renderer/features/reader/annotations-plugin'
import { documentOf } from '../../../../renderer/features/reader/document'
import { packLanes } from '../../../../renderer/features/reader/lanes'
import { offsetsOf } from '../../../../renderer/features/reader/offsets'
import { passageOf } from '../../../../renderer/features/reader/passage'
import { segmentsOf } from '../../../../renderer/features/reader/segments'
import { inReadingOrder } from '../../../../shared/domain/annotation'
import type { ReportId } from '../../../../shared/domain/id'
import { blocksOf } from '../../../../shared/text/blocks'
import { annotationAt } from '../../../support/annotations'

const texts = fc
  .array(fc.constantFrom('法', '治', 'a', ' ', '\u3000', '\n', '\n', '\u{20BB7}'), {
    maxLength: 400,
  })
  .map(parts => parts.join(''))

describe('offsets', () => {
  it('lead to a position and back, for any text', () => {
    fc.assert(
      fc.property(texts, text => {
        const offsets = offsetsOf(blocksOf(text))
        for (let offset = 0; offset <= text.length; offset++) {
          expect(offsets.toOffset(offsets.toPos(offset))).toBe(offset)
        }
      }),
    )
  })

  it('name the character that the document has there, over many sections', () => {
    const text = Array.from({ length: 130 }, (_, i) => (i % 7 === 0 ? '' : `第${i}段`)).join('\n')
    const doc = documentOf({ text, blocks: blocksOf(text) })
    const offsets = offsetsOf(blocksOf(text))
    for (let offset = 0; offset < text.length; offset++) {
      if (text[offset] === '\n') continue
      const pos = offsets.toPos(offset)
      expect(doc.textBetween(pos, pos + 1)).toBe(text[offset])
    }
  })

  it('take every position of the document to an offset inside the text', () => {
    fc.assert(
      fc.property(texts, text => {
        const doc = documentOf({ text, blocks: blocksOf(text) })
        const offsets = offsetsOf(blocksOf(text))
        let before = 0
        for (let pos = 0; pos <= doc.content.size; pos++) {
          const offset = offsets.toOffset(pos)
          expect(offset).toBeGreaterThanOrEqual(before)
          expect(offset).toBeLessThanOrEqual(text.length)
          before = offset
        }
        expect(before).toBe(text.length)
      }),
    )
  })
})

const spans = fc.array(
  fc.tuple(fc.nat(60), fc.integer({ min: 1, max: 30 }), fc.constantFrom('a', 'b', 'c')),
  { maxLength: 40 },
)

describe('segments', () => {
  it('cover exactly what the annotations cover, never overlap, and know who lies where', () => {
    fc.assert(
      fc.property(spans, spans => {
        const text = 'x'.repeat(100)
        const annotations = spans
          .map(([start, length, code], i) =>
            annotationAt(text, start, start + length, { id: `n${i}`, code }),
          )
          .sort(inReadingOrder)
        const segments = segmentsOf(annotations)
        for (const [i, segment] of segments.entries()) {
          expect(segment.start).toBeLessThan(segment.end)
          if (i > 0) expect(segment.start).toBeGreaterThanOrEqual(segments[i - 1]!.end)
        }
        for (let at = 0; at < text.length; at++) {
          const over = annotations.filter(({ start, end }) => start <= at && at < end)
          const segment = segments.find(({ start, end }) => start <= at && at < end)
          expect([...(segment?.ids ?? [])].sort()).toEqual(over.map(({ id }) => id).sort())
          expect(new Set(segment?.codeIds ?? [])).toEqual(new Set(over.map(({ codeId }) => codeId)))
        }
      }),
    )
  })
})

describe('the annotations plugin', () => {
  it('draws by difference the same as from nothing, whatever was shown before', () => {
    const text = Array.from({ length: 90 }, (_, i) => `第${i}段文字`).join('\n')
    const report = { text, blocks: blocksOf(text) }
    const doc = documentOf(report)
    const plugin = () => annotationsPlugin(offsetsOf(report.blocks))
    const shown = fc.array(
      fc.tuple(fc.nat(500), fc.integer({ min: 1, max: 60 }), fc.constantFrom('a', 'b')),
      {
        maxLength: 60,
      },
    )
    fc.assert(
      fc.property(fc.array(shown, { minLength: 1, maxLength: 5 }), sets => {
        let state = EditorState.create({ doc, plugins: [plugin()] })
        for (const spans of sets) {
          const annotations = spans
            .map(([start, length, code], i) =>
              annotationAt(text, start, start + length, { id: `n${i}`, code }),
            )
            .sort(inReadingOrder)
          state = state.apply(showAnnotations(state, annotations))
          const fresh = EditorState.create({ doc, plugins: [plugin()] })
          const drawn = fresh.apply(showAnnotations(fresh, annotations))
          expect(extents(state)).toEqual(extents(drawn))
          const inText = segmentsOf(annotations).map(({ start, end }) => text.slice(start, end))
          const onPage = drawnIn(state)
            .find()
            .sort((a, b) => a.from - b.from)
            .map(({ from, to }) => doc.textBetween(from, to, '\n'))
          expect(onPage.map(each => each.replaceAll('\n', ''))).toEqual(
            inText.map(each => each.replaceAll('\n', '')),
          )
        }
      }),
      { numRuns: 60 },
    )
  })

  it('refuses to change the text', () => {
    const text = 'Solar grew.\nWind fell.'
    const report = { text, blocks: blocksOf(text) }
    const doc = documentOf(report)
    const state = EditorState.create({
      doc,
      plugins: [annotationsPlugin(offsetsOf(report.blocks))],
    })
    expect(state.apply(state.tr.insertText('!', 3)).doc.eq(doc)).toBe(true)
  })
})

describe('lanes', () => {
  it('never overlap, and are as many as spans overlap at once', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(100), fc.integer({ min: 1, max: 40 }))), pairs => {
        const spans = pairs
          .map(([top, height]) => ({ top, bottom: top + height }))
          .sort((a, b) => a.top - b.top)
        const packed = packLanes(spans)
        const overlap = (a: (typeof packed)[0], b: (typeof packed)[0]) =>
          a.top < b.bottom && b.top < a.bottom
        for (const [i, a] of packed.entries()) {
          for (const b of packed.slice(i + 1))
            if (a.lane === b.lane) expect(overlap(a, b)).toBe(false)
        }
        const depth = Math.max(
          0,
          ...spans.map(a => spans.filter(b => b.top <= a.top && a.top < b.bottom).length),
        )
        expect(Math.max(-1, ...packed.map(({ lane }) => lane)) + 1).toBe(depth)
      }),
    )
  })
})

describe('a selection as a passage', () => {
  const reportId = 'r' as ReportId
  it.each([
    ['前后\n', 0, 3, '前后'],
    ['\u3000\u3000段首。', 0, 5, '段首。'],
    ['甲乙\n\n丙丁', 1, 5, '乙\n\n丙'],
    ['a\u{20BB7}b', 2, 4, '\u{20BB7}b'],
    ['a\u{20BB7}b', 0, 2, 'a\u{20BB7}'],
    ['\t x \n', 0, 5, 'x'],
  ])('of %j from %i to %i quotes %j', (text, start, end, quote) => {
    const passage = passageOf(reportId, text, { start, end })
    expect(passage?.quote).toBe(quote)
    expect(text.slice(passage?.start, passage?.end)).toBe(quote)
  })

  it('is none when only white space is selected', () => {
    expect(passageOf(reportId, 'a \n b', { start: 1, end: 4 })).toBeNull()
    expect(passageOf(reportId, 'ab', { start: 1, end: 1 })).toBeNull()
  })
})

function extents(state: EditorState): string[] {
  return drawnIn(state)
    .find()
    .map(({ from, to, spec }) => `${from} ${to} ${JSON.stringify(spec)}`)
    .sort()
}
