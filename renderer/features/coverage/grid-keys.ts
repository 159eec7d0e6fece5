/** A cell of the grid: a line, and a column of which the first is the lines' heads. */
export interface GridPlace {
  readonly line: number
  readonly column: number
}

/** How large a grid is: its columns with the heads', and how many lines a page has. */
export interface GridSize {
  readonly lines: number
  readonly columns: number
  readonly page: number
}

/** A key with what is held down beside it. */
export interface GridKey {
  readonly key: string
  /** Control or Command. */
  readonly isMod: boolean
}

/** Where a key leads from a cell of a grid that has some; `null` for a key that leads nowhere. */
export function nextPlace(
  { key, isMod }: GridKey,
  { line, column }: GridPlace,
  { lines, columns, page }: GridSize,
): GridPlace | null {
  const to = (nextLine: number, nextColumn: number): GridPlace => ({
    line: within(nextLine, lines),
    column: within(nextColumn, columns),
  })
  switch (key) {
    case 'ArrowUp':
      return to(isMod ? 0 : line - 1, column)
    case 'ArrowDown':
      return to(isMod ? lines : line + 1, column)
    case 'ArrowLeft':
      return to(line, isMod ? 0 : column - 1)
    case 'ArrowRight':
      return to(line, isMod ? columns : column + 1)
    case 'PageUp':
      return to(line - page, column)
    case 'PageDown':
      return to(line + page, column)
    case 'Home':
      return to(isMod ? 0 : line, 0)
    case 'End':
      return to(isMod ? lines : line, columns)
    default:
      return null
  }
}

function within(value: number, count: number): number {
  return Math.max(0, Math.min(count - 1, value))
}
