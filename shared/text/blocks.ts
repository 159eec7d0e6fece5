import type { Block } from '../domain/report'

/**
 * The blocks of a canonical text: one a line, without the `\n` that ends it.
 *
 * An empty line is an empty block. A text that ends in `\n` has an empty block at its end,
 * and the empty text is one empty block.
 */
export function blocksOf(text: string): Block[] {
  const blocks: Block[] = []
  let start = 0
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
    blocks.push({ start, end })
    start = end + 1
  }
  blocks.push({ start, end: text.length })
  return blocks
}
