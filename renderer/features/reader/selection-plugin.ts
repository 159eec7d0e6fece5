import { Plugin, PluginKey } from 'prosemirror-state'
import { Decoration, DecorationSet, type EditorView } from 'prosemirror-view'

const key = new PluginKey<boolean>('selection')

/** A selection as text positions, `null` when nothing is selected. */
export type OnSelect = (range: { from: number; to: number } | null) => void

/**
 * Tells what is selected, and keeps the selection visible while the focus is elsewhere, as
 * in the field in which a code is searched for.
 */
export function selectionPlugin(onSelect: OnSelect): Plugin<boolean> {
  return new Plugin<boolean>({
    key,
    state: {
      init: () => false,
      apply: (tr, isAway) => tr.getMeta(key) ?? isAway,
    },
    props: {
      decorations(state) {
        const { empty, from, to } = state.selection
        if (empty || !key.getState(state)) return null
        return DecorationSet.create(state.doc, [Decoration.inline(from, to, { class: 'selected' })])
      },
      handleDOMEvents: {
        focus: view => note(view, false),
        blur: view => note(view, true),
      },
    },
    view: () => ({
      update(view, previous) {
        if (view.state.selection.eq(previous.selection)) return
        const { empty, from, to } = view.state.selection
        onSelect(empty ? null : { from, to })
      },
    }),
  })
}

function note(view: EditorView, isAway: boolean): boolean {
  if (key.getState(view.state) !== isAway) view.dispatch(view.state.tr.setMeta(key, isAway))
  return false
}
