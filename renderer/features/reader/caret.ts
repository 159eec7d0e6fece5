import type { EditorView } from 'prosemirror-view'

// The text cannot be edited, so the browser gives it no caret. These keys move one all the
// same, by the browser's own rules for characters, words and lines.

type Granularity = 'character' | 'word' | 'line' | 'lineboundary' | 'documentboundary'

/**
 * Moves the caret or, with Shift, the end of the selection. Answers whether the key was one
 * of its own. Does nothing before a first click has put the caret somewhere.
 */
export function moveCaret(view: EditorView, event: KeyboardEvent): boolean {
  const selection = view.dom.ownerDocument.getSelection()
  if (!selection?.focusNode || !view.dom.contains(selection.focusNode)) return false
  const move = moveOf(event)
  if (!move) return false
  selection.modify(event.shiftKey ? 'extend' : 'move', move.direction, move.granularity)
  const range = view.dom.ownerDocument.createRange()
  if (selection.focusNode) {
    range.setStart(selection.focusNode, selection.focusOffset)
    const box = range.getBoundingClientRect()
    const room = view.dom.closest('.reader')?.getBoundingClientRect()
    if (room && box.height > 0 && (box.top < room.top + 24 || box.bottom > room.bottom - 24)) {
      const element =
        selection.focusNode instanceof Element
          ? selection.focusNode
          : selection.focusNode.parentElement
      const scroller = view.dom.closest('.reader')
      if (element && scroller) {
        scroller.scrollTop +=
          box.top < room.top + 24 ? box.top - room.top - 60 : box.bottom - room.bottom + 60
      }
    }
  }
  return true
}

function moveOf(
  event: KeyboardEvent,
): { direction: 'forward' | 'backward'; granularity: Granularity } | null {
  const byWord = event.ctrlKey || event.altKey
  if (event.metaKey) return null
  switch (event.key) {
    case 'ArrowLeft':
      return { direction: 'backward', granularity: byWord ? 'word' : 'character' }
    case 'ArrowRight':
      return { direction: 'forward', granularity: byWord ? 'word' : 'character' }
    case 'ArrowUp':
      return byWord ? null : { direction: 'backward', granularity: 'line' }
    case 'ArrowDown':
      return byWord ? null : { direction: 'forward', granularity: 'line' }
    case 'Home':
      return {
        direction: 'backward',
        granularity: event.ctrlKey ? 'documentboundary' : 'lineboundary',
      }
    case 'End':
      return {
        direction: 'forward',
        granularity: event.ctrlKey ? 'documentboundary' : 'lineboundary',
      }
    default:
      return null
  }
}
