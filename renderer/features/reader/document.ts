import type { Node } from 'prosemirror-model'
import type { ReportText } from '../../../shared/domain/report'
import { sectionStarts } from './drawn-blocks'
import { schema } from './schema'

/** So many empty lines and more, drawn as one block, are shown as one. */
const BLANK_LINES = 50

/** About how many characters fit a line, for guessing at heights. */
const CHARS_A_LINE = 34

/** A report's text as a ProseMirror document: a node for each block, some forty to a section. */
export function documentOf({ text, blocks }: ReportText): Node {
  const starts = sectionStarts(blocks)
  const sections = starts.map((first, i) => {
    let lines = 0
    const nodes = blocks.slice(first, starts[i + 1]).map(({ start, end }) => {
      const inside = text.slice(start, end)
      const isBlank = inside.length >= BLANK_LINES && /^\n+$/.test(inside)
      if (isBlank) lines++
      for (const line of isBlank ? [] : inside.split('\n')) {
        lines += Math.max(1, Math.ceil(line.length / CHARS_A_LINE))
      }
      return schema.node('block', { isBlank }, start < end ? [schema.text(inside)] : [])
    })
    return schema.node('section', { lines }, nodes)
  })
  return schema.node('doc', null, sections)
}
