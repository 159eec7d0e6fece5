import type { Block } from '../../../shared/domain/report'

// What a report's blocks are drawn as. Usually each is one paragraph on the page. A text of a
// hundred thousand lines would be as many elements, and a line of a million characters would
// be laid out as one; so many short lines share an element, and a very long one gets several.
// The page looks the same, and offsets do not notice: `offsets.ts` is given the drawn blocks.

/** No more elements than about this many, as long as no line is very long. */
const MANY_BLOCKS = 8_000
/** UTF-16 units in one element, beyond which it becomes two. */
const LONG_BLOCK = 16_000
/** How far back a good place for a cut is looked for. */
const CUT_REACH = 200

/** How many blocks stand in a section, at most, and how many UTF-16 units unless a block has more. */
const BLOCKS_A_SECTION = 40
const LENGTH_A_SECTION = 24_000

/** The blocks as they are drawn: in order, covering the same text. */
export function drawnBlocks(text: string, blocks: readonly Block[]): readonly Block[] {
  const lines = Math.ceil(blocks.length / MANY_BLOCKS)
  if (lines === 1 && !blocks.some(isLong)) return blocks
  const drawn: Block[] = []
  for (let first = 0; first < blocks.length; ) {
    const { start } = blocks[first]!
    let { end } = blocks[first]!
    let next = first + 1
    while (
      next < blocks.length &&
      next - first < lines &&
      blocks[next]!.end - start <= LONG_BLOCK
    ) {
      end = blocks[next]!.end
      next++
    }
    for (let from = start; ; ) {
      const to = end - from > LONG_BLOCK ? cutBefore(text, from + LONG_BLOCK) : end
      drawn.push({ start: from, end: to })
      if (to === end) break
      from = to
    }
    first = next
  }
  return drawn
}

/** The index of each section's first block. A section is what the browser draws or skips at once. */
export function sectionStarts(blocks: readonly Block[]): number[] {
  const starts: number[] = []
  let first = 0
  for (const [i, { end }] of blocks.entries()) {
    const isFull = i - first === BLOCKS_A_SECTION || end - blocks[first]!.start > LENGTH_A_SECTION
    if (i > 0 && !isFull) continue
    starts.push(i)
    first = i
  }
  return starts
}

function isLong({ start, end }: Block): boolean {
  return end - start > LONG_BLOCK
}

/** The last good place for a cut at or before `at`: behind punctuation or space, else not inside a character. */
function cutBefore(text: string, at: number): number {
  for (let cut = at; cut > at - CUT_REACH; cut--) {
    if (/[\s\p{P}]/u.test(text[cut - 1]!) && !/[\s\p{P}\p{M}]/u.test(text[cut]!)) return cut
  }
  let cut = at
  while (cut > at - CUT_REACH && /\p{M}|\u200d|[\udc00-\udfff]/u.test(text[cut]!)) cut--
  return cut
}
