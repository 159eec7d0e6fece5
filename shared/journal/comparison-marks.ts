/** What happened to something between two states. */
export type Mark = 'added' | 'removed' | 'changed'

/** How many of something came, went and became others. */
export type MarkCounts = Readonly<Record<Mark, number>>

/** What became of a row between two states. */
export function markOf(change: {
  readonly before: object | null
  readonly after: object | null
}): Mark {
  if (!change.before) return 'added'
  return change.after ? 'changed' : 'removed'
}

/** Counts that begin at nothing. */
export function none(): Record<Mark, number> {
  return { added: 0, removed: 0, changed: 0 }
}

/** How many there are, whatever happened to them. */
export function countOf({ added, removed, changed }: MarkCounts): number {
  return added + removed + changed
}

/** Rows that are listed one by one, counted; one with another name or place is a changed one. */
export function countsIn(
  listed: readonly { readonly mark: Mark | 'renamed' | 'moved' }[],
): MarkCounts {
  const counts = none()
  for (const { mark } of listed) counts[mark === 'added' || mark === 'removed' ? mark : 'changed']++
  return counts
}

/** The beginning of a text, of `length` UTF-16 units at most, without half a character. */
export function beginningOf(text: string, length: number): string {
  if (text.length <= length) return text
  return `${text.slice(0, length).replace(/[\ud800-\udbff]$/, '')}…`
}
