import type { EditorView } from 'prosemirror-view'

// The text cannot be edited, so the browser gives it no caret. These keys move one all the
// same, by the browser's own rules for characters, words and lines.

interface Move {
  readonly direction: 'forward' | 'backward'
  readonly granularity: 'character' | 'word' | 'line' | 'lineboundary' | 'documentboundary'
}

/** How much room the caret keeps from the upper and lower edge, in pixels. */
const ROOM = 48

/**
 * Moves the caret or, with Shift, the end of the selection, and scrolls after it. Answers
 * whether the key was one of its own. The first such key puts the caret where the text on
 * screen begins.
 */
export function moveCaret(view: EditorView, scroller: HTMLElement, event: KeyboardEvent): boolean {
  const move = moveOf(event)
  const selection = view.dom.ownerDocument.getSelection()
  if (!move || !selection) return false
  if (!selection.focusNode || !view.dom.contains(selection.focusNode)) {
    const room = scroller.getBoundingClientRect()
    const text = view.dom.getBoundingClientRect()
    const top = Math.max(room.top, text.top) + ROOM / 2
    const found = view.posAtCoords({ left: text.left + 1, top })
    const { node, offset } = view.domAtPos(found?.pos ?? 2)
    selection.collapse(node, offset)
    if (!event.shiftKey) return true
  }
  selection.modify(event.shiftKey ? 'extend' : 'move', move.direction, move.granularity)
  followCaret(selection, scroller)
  return true
}

function followCaret(selection: Selection, scroller: HTMLElement): void {
  if (!selection.focusNode) return
  const range = document.createRange()
  range.setStart(selection.focusNode, selection.focusOffset)
  const box = range.getClientRects()[0]
  if (!box) return
  const room = scroller.getBoundingClientRect()
  if (box.top < room.top + ROOM) scroller.scrollTop += box.top - room.top - ROOM
  if (box.bottom > room.bottom - ROOM) scroller.scrollTop += box.bottom - room.bottom + ROOM
}

function moveOf({ key, ctrlKey, altKey, metaKey }: KeyboardEvent): Move | null {
  const isByWord = ctrlKey || altKey
  if (metaKey) return null
  switch (key) {
    case 'ArrowLeft':
      return { direction: 'backward', granularity: isByWord ? 'word' : 'character' }
    case 'ArrowRight':
      return { direction: 'forward', granularity: isByWord ? 'word' : 'character' }
    case 'ArrowUp':
      return isByWord ? null : { direction: 'backward', granularity: 'line' }
    case 'ArrowDown':
      return isByWord ? null : { direction: 'forward', granularity: 'line' }
    case 'Home':
      return { direction: 'backward', granularity: ctrlKey ? 'documentboundary' : 'lineboundary' }
    case 'End':
      return { direction: 'forward', granularity: ctrlKey ? 'documentboundary' : 'lineboundary' }
    default:
      return null
  }
}
