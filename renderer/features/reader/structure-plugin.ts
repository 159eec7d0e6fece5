import type { Node } from 'prosemirror-model'
import { type EditorState, Plugin, PluginKey, type Transaction } from 'prosemirror-state'
import { Decoration, DecorationSet } from 'prosemirror-view'
import type { Span, Structure } from '../../../shared/domain/structure'
import type { Offsets } from './offsets'
import type { ReportStructure } from './use-structure'

/** The units whose boundaries can be shown. */
export const SHOWN_UNITS = ['none', 'paragraph', 'item', 'sentence', 'clause'] as const

export type ShownUnit = (typeof SHOWN_UNITS)[number]

/** What is drawn of a report's structure. */
export interface DrawnStructure {
  readonly read: ReportStructure
  readonly unit: ShownUnit
}

const key = new PluginKey<DecorationSet>('structure')

/**
 * Draws headings, what surrounds the report, what the source shows bold, and the boundaries of
 * one kind of unit. What is drawn is always the whole of what was last passed to
 * {@link showStructure}.
 */
export function structurePlugin(offsets: Offsets): Plugin<DecorationSet> {
  return new Plugin<DecorationSet>({
    key,
    state: {
      init: () => DecorationSet.empty,
      apply(tr, drawn) {
        const shown: DrawnStructure | undefined = tr.getMeta(key)
        return shown ? paint(tr.doc, shown, offsets) : drawn
      },
    },
    props: { decorations: state => key.getState(state) },
  })
}

/** The transaction that makes the view draw exactly this structure. */
export function showStructure(state: EditorState, shown: DrawnStructure): Transaction {
  return state.tr.setMeta(key, shown)
}

function paint(doc: Node, { read, unit }: DrawnStructure, offsets: Offsets): DecorationSet {
  const { structure, markup } = read
  const inline = ({ start, end }: Span, name: string) =>
    Decoration.inline(offsets.toPos(start), offsets.toPos(end), { class: name })
  const drawn: Decoration[] = []
  for (const line of structure.lines) {
    if (line.role === 'aside') drawn.push(inline(line, 'text-aside'))
    if (line.role === 'title') drawn.push(inline(line, 'text-title'))
  }
  for (const heading of structure.headings) {
    drawn.push(inline(heading, `text-heading text-heading-${Math.min(heading.level, 4)}`))
  }
  for (const mark of markup.marks) {
    if (mark.kind === 'strong') drawn.push(inline(mark, 'text-strong'))
    if (mark.kind === 'emphasis') drawn.push(inline(mark, 'text-emphasis'))
  }
  for (const [i, span] of unitsIn(structure, unit).entries()) {
    drawn.push(inline(span, i % 2 === 0 ? 'unit' : 'unit unit-odd'))
  }
  return DecorationSet.create(doc, drawn)
}

function unitsIn(structure: Structure, unit: ShownUnit): readonly Span[] {
  switch (unit) {
    case 'none':
      return []
    case 'paragraph':
      return structure.paragraphs
    case 'item':
      return structure.enumerations.flatMap(({ items }) => items)
    case 'sentence':
      return structure.sentences
    case 'clause':
      return structure.clauses
  }
}
