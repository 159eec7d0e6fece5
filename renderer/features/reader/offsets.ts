import type { Block } from '../../../shared/domain/report'
import { sectionStarts } from './drawn-blocks'
import { firstIndex } from './first-index'

// Two ways of counting meet here and nowhere else. The domain counts *offsets* in a report's
// text. ProseMirror counts *positions*, where going into and out of each block and section
// takes one, and a newline between blocks takes none. `start`, `end` and `offset` are text;
// `from`, `to` and `pos` are ProseMirror.

/** Maps between a report's text and the positions of its document. */
export interface Offsets {
  toPos(offset: number): number
  /** A position between blocks counts as the end of the block before it. */
  toOffset(pos: number): number
}

/**
 * The mapping for a document of these blocks; see {@link documentOf} for how they nest. Between
 * two blocks there is a newline or nothing.
 */
export function offsetsOf(blocks: readonly Block[]): Offsets {
  const starts = blocks.map(block => block.start)
  const insides = insidesOf(blocks)
  return {
    toPos: offset => {
      const i = lastAtOrBefore(starts, offset)
      const { start, end } = blocks[i] ?? { start: 0, end: 0 }
      return (insides[i] ?? 0) + Math.min(end, offset) - start
    },
    toOffset: pos => {
      const i = lastAtOrBefore(insides, pos)
      const { start, end } = blocks[i] ?? { start: 0, end: 0 }
      return Math.min(end, start + Math.max(0, pos - (insides[i] ?? 0)))
    },
  }
}

/** The position of each block's first character: two tokens lead from block to block, four over a section's end. */
function insidesOf(blocks: readonly Block[]): number[] {
  const firsts = new Set(sectionStarts(blocks))
  const insides: number[] = []
  let pos = 0
  for (const [i, { start, end }] of blocks.entries()) {
    if (i === 0) pos = 2
    else pos += firsts.has(i) ? 4 : 2
    insides.push(pos)
    pos += end - start
  }
  return insides
}

/** Index of the last number in ascending `numbers` that does not exceed `value`; 0 for none. */
function lastAtOrBefore(numbers: readonly number[], value: number): number {
  return Math.max(0, firstIndex(numbers.length, i => numbers[i]! > value) - 1)
}
