import type { CodeId } from '../../../shared/domain/id'

/**
 * Runs `action` once a menu or dialog that is being taken off the page has given the focus
 * back. React Aria does so in the frame after; the frame after that is safe.
 */
export function onceFocusIsBack(action: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(action))
}

/**
 * Puts the focus on a code's row, or on the first row when that is gone. Does nothing while
 * something else has the focus.
 */
export function focusRow(panel: Element | null, id: CodeId | null): void {
  if (!panel || document.activeElement !== document.body) return
  const rows = [...panel.querySelectorAll<HTMLElement>('[role="row"][data-key]')]
  const row = rows.find(({ dataset }) => dataset.key === id) ?? rows[0]
  row?.focus()
}
