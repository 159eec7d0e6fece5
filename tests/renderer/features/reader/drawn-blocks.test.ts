import fc from 'fast-check'
import { expect, it } from 'vitest'
import { documentOf } from '../../../../renderer/features/reader/document'
import { drawnBlocks, sectionStarts } from '../../../../renderer/features/reader/drawn-blocks'
import { offsetsOf } from '../../../../renderer/features/reader/offsets'
import { blocksOf } from '../../../../shared/text/blocks'

const LONG = '\u6cd5'.repeat(7_000)
const texts = fc
  .array(
    fc.constantFrom('a', '\n', '\uff0c', LONG, `${LONG}\u{20bb7}${LONG}`, '\n'.repeat(9_000)),
    { maxLength: 9 },
  )
  .map(parts => parts.join(''))

it('draws an ordinary text block by block', () => {
  const text = Array.from({ length: 200 }, (_, i) => `line ${i}`).join('\n')
  const blocks = blocksOf(text)
  expect(drawnBlocks(text, blocks)).toBe(blocks)
})

it('covers every text once, in order, in not too many and not too long pieces', () => {
  fc.assert(
    fc.property(texts, text => {
      const drawn = drawnBlocks(text, blocksOf(text))
      expect(drawn[0]!.start).toBe(0)
      expect(drawn.at(-1)!.end).toBe(text.length)
      for (const [i, { start, end }] of drawn.entries()) {
        expect(end - start).toBeLessThanOrEqual(16_000)
        if (i === 0) continue
        const between = text.slice(drawn[i - 1]!.end, start)
        expect(['', '\n']).toContain(between)
      }
      expect(drawn.length).toBeLessThan(8_000 + text.length / 7_000)
    }),
    { numRuns: 25 },
  )
})

it('lets offsets lead to positions and back, whatever is drawn together or apart', () => {
  fc.assert(
    fc.property(texts, fc.nat(), (text, seed) => {
      const blocks = drawnBlocks(text, blocksOf(text))
      const offsets = offsetsOf(blocks)
      const doc = documentOf({ text, blocks })
      for (let k = 0; k < 40 && text.length > 0; k++) {
        const offset = (seed + k * 7919) % text.length
        const pos = offsets.toPos(offset)
        expect(offsets.toOffset(pos)).toBe(offset)
        const drawn = doc.textBetween(pos, Math.min(doc.content.size, pos + 1))
        expect(drawn === '' ? '\n' : drawn).toBe(text[offset])
      }
    }),
    { numRuns: 25 },
  )
})

it('never cuts a long line inside a character, and prefers punctuation', () => {
  const astral = '\u{20bb7}'.repeat(20_000)
  for (const { start, end } of drawnBlocks(astral, blocksOf(astral))) {
    expect(astral.slice(start, end).isWellFormed()).toBe(true)
  }
  const sentences = '\u4f9d\u6cd5\u884c\u653f\u3002'.repeat(9_000)
  const drawn = drawnBlocks(sentences, blocksOf(sentences))
  expect(drawn.slice(0, -1).every(({ end }) => sentences[end - 1] === '\u3002')).toBe(true)
})

it('puts no more into a section than the browser lays out at once', () => {
  const text = `${'x'.repeat(100_000)}\n${'y\n'.repeat(500)}`
  const blocks = drawnBlocks(text, blocksOf(text))
  const starts = sectionStarts(blocks)
  for (const [i, first] of starts.entries()) {
    const last = (starts[i + 1] ?? blocks.length) - 1
    expect(last - first).toBeLessThan(40)
    if (last > first) {
      expect(blocks[last]!.end - blocks[first]!.start).toBeLessThanOrEqual(24_000)
    }
  }
})
