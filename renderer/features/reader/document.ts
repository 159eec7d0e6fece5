import type { Node } from 'prosemirror-model'
import type { ReportText } from '../../../shared/domain/report'
import { schema } from './schema'

/** How many blocks stand in a section. `offsets.ts` counts on it. */
export const BLOCKS_A_SECTION = 40

/** About how many characters fit a line, for guessing at heights. */
const CHARS_A_LINE = 34

/** A report's text as a ProseMirror document: a node for each block, forty to a section. */
export function documentOf({ text, blocks }: ReportText): Node {
  const sections: Node[] = []
  for (let first = 0; first < blocks.length; first += BLOCKS_A_SECTION) {
    let lines = 0
    const nodes = blocks.slice(first, first + BLOCKS_A_SECTION).map(({ start, end }) => {
      lines += Math.max(1, Math.ceil((end - start) / CHARS_A_LINE))
      const inside = start < end ? [schema.text(text.slice(start, end))] : []
      return schema.node('block', null, inside)
    })
    sections.push(schema.node('section', { lines }, nodes))
  }
  return schema.node('doc', null, sections)
}
