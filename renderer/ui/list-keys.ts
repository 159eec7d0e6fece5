/** Where a key takes the current row of a list. */
export type ListMove = 'up' | 'down' | 'page-up' | 'page-down' | 'first' | 'last'

/**
 * The row that a move leads to. `current` is -1 while there is none: then every move begins
 * at an end. Stops at the ends; -1 for an empty list.
 */
export function moveTo(
  move: ListMove,
  current: number,
  { count, page }: { count: number; page: number },
): number {
  const last = count - 1
  if (move === 'first' || move === 'last') return move === 'first' ? Math.min(0, last) : last
  if (current < 0) return move === 'up' || move === 'page-up' ? last : Math.min(0, last)
  const step = { up: -1, down: 1, 'page-up': -page, 'page-down': page }[move]
  return Math.min(last, Math.max(0, current + step))
}

interface Pick {
  readonly selected: ReadonlySet<string>
  /** Where the range begins; `index` itself when it is a row and no range. */
  readonly anchor: number
  readonly index: number
  /** Whether to add or take away the row, rather than select it alone. */
  readonly isToggle: boolean
  readonly keyAt: (index: number) => string | null
}

/** What is selected once a row, or the range from an anchor to it, has been picked. */
export function pick({ selected, anchor, index, isToggle, keyAt }: Pick): ReadonlySet<string> {
  if (isToggle) {
    const key = keyAt(index)
    const next = new Set(selected)
    if (key !== null && !next.delete(key)) next.add(key)
    return next
  }
  const next = new Set<string>()
  for (let i = Math.min(anchor, index); i <= Math.max(anchor, index); i++) {
    const key = keyAt(i)
    if (key !== null) next.add(key)
  }
  return next
}
