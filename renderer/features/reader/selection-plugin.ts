import { Plugin, PluginKey } from 'prosemirror-state'
import { Decoration, DecorationSet, type EditorView } from 'prosemirror-view'

const key = new PluginKey<boolean>('selection')

/** A selection as text positions, `null` when nothing is selected. */
export type OnSelect = (range: { from: number; to: number } | null) => void

/**
 * Tells what is selected, keeps the selection visible while the focus is elsewhere, as in the
 * field in which a code is searched for, and draws the caret that the browser does not give a
 * text that cannot be edited.
 */
export function selectionPlugin(onSelect: OnSelect): Plugin<boolean> {
  return new Plugin<boolean>({
    key,
    state: {
      init: () => true,
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
    view(view) {
      const caret = view.dom.ownerDocument.createElement('div')
      caret.className = 'caret'
      caret.ariaHidden = 'true'
      caret.hidden = true
      view.dom.after(caret)
      const place = () => placeCaret(view, caret)
      const observer = new ResizeObserver(place)
      observer.observe(view.dom)
      return {
        update(view, previous) {
          const isMoved = !view.state.selection.eq(previous.selection)
          if (isMoved || key.getState(view.state) !== key.getState(previous)) place()
          if (!isMoved) return
          const { empty, from, to } = view.state.selection
          onSelect(empty ? null : { from, to })
        },
        destroy() {
          observer.disconnect()
          caret.remove()
        },
      }
    },
  })
}

function note(view: EditorView, isAway: boolean): boolean {
  if (key.getState(view.state) !== isAway) view.dispatch(view.state.tr.setMeta(key, isAway))
  return false
}

/** Shows the caret where the selection is empty, once a click or a key has put it somewhere. */
function placeCaret(view: EditorView, caret: HTMLElement): void {
  const { empty, head } = view.state.selection
  const selection = view.dom.ownerDocument.getSelection()
  const isHere = selection?.focusNode != null && view.dom.contains(selection.focusNode)
  caret.hidden = !empty || !isHere || key.getState(view.state) === true
  if (caret.hidden) return
  const origin = view.dom.getBoundingClientRect()
  const { left, top, bottom } = view.coordsAtPos(head)
  caret.style.insetInlineStart = `${left - origin.left}px`
  caret.style.insetBlockStart = `${top - origin.top}px`
  caret.style.blockSize = `${bottom - top}px`
  // The blinking starts anew, so that a caret on the move is always seen.
  caret.getAnimations().forEach(animation => {
    animation.currentTime = 0
  })
}
