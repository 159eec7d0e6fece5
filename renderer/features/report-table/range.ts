// A range of cells, as in a spreadsheet: from where it was begun to where the cursor is. Lines and
// columns are counted from 0, in the order on screen.

/** A cell by its place. */
export interface Spot {
  readonly line: number
  readonly column: number
}

/**
 * A range by its corners; `head` is where the cursor is, `anchor` where the range was begun. Where
 * the cursor stays within, as when all is selected, the other corner is `corner`.
 */
export interface Range {
  readonly anchor: Spot
  readonly head: Spot
  readonly corner?: Spot
}

/** A range's edges: half-open, in lines and columns. */
export interface Box {
  readonly top: number
  readonly bottom: number
  readonly left: number
  readonly right: number
}

/** How large the table is. */
export interface Extent {
  readonly lines: number
  readonly columns: number
  /** Lines that a page has. */
  readonly page: number
}

export type Move =
  | 'up'
  | 'down'
  | 'left'
  | 'right'
  | 'page-up'
  | 'page-down'
  | 'row-start'
  | 'row-end'
  | 'first'
  | 'last'
  | 'top'
  | 'bottom'

export function boxOf({ anchor, head, corner = head }: Range): Box {
  return {
    top: Math.min(anchor.line, corner.line),
    bottom: Math.max(anchor.line, corner.line) + 1,
    left: Math.min(anchor.column, corner.column),
    right: Math.max(anchor.column, corner.column) + 1,
  }
}

/** Whether a box has more than one cell. */
export function isMany({ top, bottom, left, right }: Box): boolean {
  return bottom - top > 1 || right - left > 1
}

/** How many cells a box has. */
export function cellsIn({ top, bottom, left, right }: Box): number {
  return (bottom - top) * (right - left)
}

/** Where a move leads; never out of the table. */
export function moved({ line, column }: Spot, move: Move, { lines, columns, page }: Extent): Spot {
  const to: Readonly<Record<Move, Spot>> = {
    up: { line: line - 1, column },
    down: { line: line + 1, column },
    left: { line, column: column - 1 },
    right: { line, column: column + 1 },
    'page-up': { line: line - page, column },
    'page-down': { line: line + page, column },
    'row-start': { line, column: 0 },
    'row-end': { line, column: columns - 1 },
    first: { line: 0, column: 0 },
    last: { line: lines - 1, column: columns - 1 },
    top: { line: 0, column },
    bottom: { line: lines - 1, column },
  }
  const { line: l, column: c } = to[move]
  return { line: within(l, lines), column: within(c, columns) }
}

/** Which move a key asks for; `null` for other keys. */
export function moveOf(event: {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
}): Move | null {
  const isMod = event.ctrlKey || event.metaKey
  return (isMod ? WITH_MOD : ALONE)[event.key] ?? null
}

const ALONE: Readonly<Record<string, Move>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
  PageUp: 'page-up',
  PageDown: 'page-down',
  Home: 'row-start',
  End: 'row-end',
}

const WITH_MOD: Readonly<Record<string, Move>> = {
  Home: 'first',
  End: 'last',
  ArrowUp: 'top',
  ArrowDown: 'bottom',
  ArrowLeft: 'row-start',
  ArrowRight: 'row-end',
}

function within(place: number, count: number): number {
  return Math.min(Math.max(place, 0), Math.max(0, count - 1))
}
