import type { PdfLine, PdfSegment } from './pdf-lines'

// Two columns of prose share baselines, so a line as drawn may be halves of two. They are told from
// a table by being nearly full on both sides, line after line.

/** Lines that follow one another between the same margins. */
export interface PdfBand {
  readonly lines: readonly PdfLine[]
  /** `null` where the whole page's margins hold. */
  readonly margins: { readonly left: number; readonly right: number } | null
}

/** Splits a page's lines where they stand in two columns: first the left one, then the right. */
export function bandsOf(lines: readonly PdfLine[], bodySize: number): PdfBand[] {
  const gutter = gutterOf(lines, bodySize)
  if (gutter === null) return [{ lines, margins: null }]
  const bands: PdfBand[] = []
  let whole: PdfLine[] = []
  let left: PdfLine[] = []
  let right: PdfLine[] = []
  const flush = () => {
    // A line that merely ends before the gutter is no column.
    if (right.length >= FEWEST && left.length >= FEWEST) {
      if (whole.length > 0) bands.push({ lines: whole, margins: null })
      bands.push(columnOf(left), columnOf(right))
      whole = []
    } else {
      whole.push(...[...left, ...right].sort((a, b) => a.y - b.y))
    }
    left = []
    right = []
  }
  for (const line of lines) {
    if (line.segments.some(({ x0, x1 }) => x0 < gutter && x1 > gutter)) {
      flush()
      whole.push(line)
      continue
    }
    const before = part(line, segment => segment.x1 <= gutter)
    const after = part(line, segment => segment.x0 >= gutter)
    if (before) left.push(before)
    if (after) right.push(after)
  }
  flush()
  if (whole.length > 0) bands.push({ lines: whole, margins: null })
  return bands
}

/** Fewer lines side by side make no columns. */
const FEWEST = 6

/** Where the empty stretch between two columns is, or `null`. */
function gutterOf(lines: readonly PdfLine[], bodySize: number): number | null {
  const split = lines.filter(line => line.segments.length === 2)
  if (split.length < FEWEST) return null
  const x0 = Math.min(...lines.map(line => line.x0))
  const x1 = Math.max(...lines.map(line => line.x1))
  const middles = split.map(({ segments: [a, b] }) => (a!.x1 + b!.x0) / 2).sort((a, b) => a - b)
  const gutter = middles[Math.floor(middles.length / 2)]!
  const place = (gutter - x0) / (x1 - x0)
  if (place < 0.3 || place > 0.7) return null
  // Columns of prose begin at their margin or a little in, and most of their lines are full, which
  // the cells of a table are not.
  const near = 4 * bodySize
  const clear = split.filter(({ segments: [a, b] }) => a!.x1 <= gutter && b!.x0 >= gutter)
  const start = Math.min(...clear.map(({ segments: [, b] }) => b!.x0))
  const share = (isSo: (a: PdfSegment, b: PdfSegment) => boolean) =>
    clear.filter(({ segments: [a, b] }) => isSo(a!, b!)).length / split.length
  const isAligned = share((a, b) => a.x0 - x0 < near && b.x0 - start < near) >= 0.75
  const isFull = share(a => gutter - a.x1 < near) >= 0.5 && share((_, b) => x1 - b.x1 < near) >= 0.5
  return isAligned && isFull && start - gutter < near ? gutter : null
}

function part(line: PdfLine, isIn: (segment: PdfSegment) => boolean): PdfLine | null {
  const segments = line.segments.filter(isIn)
  const [first] = segments
  if (!first) return null
  return {
    ...line,
    segments,
    x0: first.x0,
    x1: segments.at(-1)!.x1,
    text: segments.map(segment => segment.text).join(' '),
  }
}

function columnOf(lines: readonly PdfLine[]): PdfBand {
  return {
    lines,
    margins: {
      left: Math.min(...lines.map(line => line.x0)),
      right: Math.max(...lines.map(line => line.x1)),
    },
  }
}
