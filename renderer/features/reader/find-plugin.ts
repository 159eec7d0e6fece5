import { type EditorState, Plugin, PluginKey, type Transaction } from 'prosemirror-state'
import { Decoration, DecorationSet } from 'prosemirror-view'
import type { Span } from '../../../shared/domain/structure'
import type { Offsets } from './offsets'

/** What is drawn of a search: the places near the screen, and the one that one is at. */
export interface DrawnFinds {
  readonly spans: readonly Span[]
  readonly current: Span | null
}

const key = new PluginKey<DecorationSet>('finds')

/** Draws what was found. What is drawn is always the whole of what {@link showFinds} was last given. */
export function findPlugin(offsets: Offsets): Plugin<DecorationSet> {
  return new Plugin<DecorationSet>({
    key,
    state: {
      init: () => DecorationSet.empty,
      apply(tr, drawn) {
        const shown: DrawnFinds | undefined = tr.getMeta(key)
        if (!shown) return drawn
        const { spans, current } = shown
        return DecorationSet.create(
          tr.doc,
          spans.map(span =>
            Decoration.inline(offsets.toPos(span.start), offsets.toPos(span.end), {
              class: span === current ? 'find-hit find-current' : 'find-hit',
            }),
          ),
        )
      },
    },
    props: { decorations: state => key.getState(state) },
  })
}

/** The transaction that makes the view draw exactly these. */
export function showFinds(state: EditorState, shown: DrawnFinds): Transaction {
  return state.tr.setMeta(key, shown)
}
