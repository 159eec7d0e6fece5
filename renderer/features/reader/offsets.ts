import type { Block } from '../../../shared/domain/report'
import { BLOCKS_A_SECTION } from './document'

// Two ways of counting meet here and nowhere else. The domain counts *offsets* in a report's
// text, where one newline stands between blocks. ProseMirror counts *positions*, where going
// into and out of each block and section takes one. `start`, `end` and `offset` are text;
// `from`, `to` and `pos` are ProseMirror.

/** Maps between a report's text and the positions of its document. */
export interface Offsets {
  toPos(offset: number): number
  /** A position between blocks counts as the end of the block before it. */
  toOffset(pos: number): number
}

/** The mapping for a report with these blocks; see {@link documentOf} for how they nest. */
export function offsetsOf(blocks: readonly Block[]): Offsets {
  const starts = blocks.map(block => block.start)
  const insides = starts.map((start, i) => start + entered(i))
  return {
    toPos: offset => offset + entered(lastAtOrBefore(starts, offset)),
    toOffset: pos => {
      const i = lastAtOrBefore(insides, pos)
      const { start, end } = blocks[i] ?? { start: 0, end: 0 }
      return Math.min(end, start + Math.max(0, pos - (insides[i] ?? 0)))
    },
  }
}

/**
 * By how much positions inside block `i` are ahead of offsets. Each block before it put two
 * tokens where the text has one newline; each section before it put two; and one token each
 * leads into its own section and itself.
 */
function entered(i: number): number {
  return i + 2 * Math.floor(i / BLOCKS_A_SECTION) + 2
}

/** Index of the last number in ascending `numbers` that does not exceed `value`; 0 for none. */
function lastAtOrBefore(numbers: readonly number[], value: number): number {
  let low = 0
  let high = numbers.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (numbers[middle]! <= value) low = middle
    else high = middle - 1
  }
  return Math.max(0, low)
}
