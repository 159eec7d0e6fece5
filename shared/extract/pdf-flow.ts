import { bandsOf } from './pdf-columns'
import type { PdfLine } from './pdf-lines'
import type { ParsedSheet } from './pdf-surround'
import type { PdfRow } from './pdf-tables'

// The pages' lines in the order in which they are read, each with the margins that it stands
// between, because what a line's place says depends on them.

/** A line of the report, with what its place says. */
export interface FlowLine {
  readonly kind: 'line'
  readonly line: PdfLine
  readonly page: number
  /** Lines of one band of one page follow each other downwards. */
  readonly band: number
  readonly left: number
  readonly right: number
}

/** A row of a table; `isFirst` of its table. */
export interface FlowRow {
  readonly kind: 'row'
  readonly row: PdfRow
  readonly isFirst: boolean
  readonly page: number
}

export type FlowItem = FlowLine | FlowRow

/** One page's items in reading order. */
export function flowOf(sheets: readonly ParsedSheet[], bodySize: number): FlowItem[][] {
  const margins = marginsOf(sheets, bodySize)
  let band = 0
  return sheets.map((parsed, i) => {
    const { sheet, body } = parsed
    const items: FlowItem[] = []
    for (const { lines, margins: own } of bandsOf(body, bodySize)) {
      band++
      const { left, right } = own ?? margins[i]!
      for (const line of lines) {
        items.push({ kind: 'line', line, page: sheet.number, band, left, right })
      }
    }
    const placed = withTables(withDrawnRows(items), parsed)
    for (const line of sheet.sideways) {
      band++
      placed.push({
        ...{ kind: 'line', line, page: sheet.number, band },
        ...{ left: line.x0, right: line.x1 },
      })
    }
    return placed
  })
}

interface Margins {
  readonly left: number
  readonly right: number
}

/** Each page's margins, from its own lines where there are enough, else from pages on its side. */
function marginsOf(sheets: readonly ParsedSheet[], bodySize: number): Margins[] {
  const isBody = (line: PdfLine) => Math.abs(line.size - bodySize) < 0.1 * bodySize
  const linesOn = (parsed: ParsedSheet) => {
    const usual = parsed.body.filter(isBody)
    return usual.length > 0 ? usual : parsed.body
  }
  const width = sheets[0]?.sheet.width ?? 0
  const bySide = [0, 1].map(side => {
    const lines = sheets.filter((_, i) => i % 2 === side).flatMap(linesOn)
    const common = marginsFrom(lines.length > 0 ? lines : sheets.flatMap(linesOn), bodySize)
    // Unless lines show where they wrap, the right margin is taken to be like the left one.
    const atEnd = lines.filter(line => Math.abs(line.x1 - common.right) < 1.2 * bodySize).length
    const isShown = atEnd >= Math.max(4, 0.1 * lines.length)
    return isShown ? common : { ...common, right: Math.max(common.right, width - common.left) }
  })
  return sheets.map((parsed, i) => {
    const common = bySide[i % 2]!
    const lines = linesOn(parsed)
    if (lines.length < 8) return common
    const own = marginsFrom(lines, bodySize)
    // A page of short lines has the margins of the others; one that is really narrower shows it
    // by many lines that end together.
    const atOwnEnd = lines.filter(line => Math.abs(line.x1 - own.right) < bodySize).length
    const isNarrow = own.right < common.right - 3 * bodySize && atOwnEnd < 10
    const isIndented =
      own.left > common.left + 0.5 * bodySize && own.left < common.left + 4 * bodySize
    return {
      left: isIndented ? common.left : own.left,
      right: isNarrow ? common.right : own.right,
    }
  })
}

function marginsFrom(lines: readonly PdfLine[], bodySize: number): Margins {
  if (lines.length === 0) return { left: 0, right: 0 }
  const starts = lines.map(line => line.x0).sort((a, b) => a - b)
  const ends = lines.map(line => line.x1).sort((a, b) => a - b)
  // The leftmost place at which more than a stray line begins.
  const few = Math.max(1, Math.floor(lines.length * 0.06))
  const left =
    starts.find(
      start =>
        starts.filter(other => other - start < bodySize * 0.5 && other >= start).length > few,
    ) ?? starts[0]!
  return { left, right: ends[Math.floor((ends.length - 1) * 0.94)]! }
}

/** Puts the tables that lines draw before the first line below their upper border. */
function withTables(items: readonly FlowItem[], { sheet }: ParsedSheet): FlowItem[] {
  const placed = [...items]
  for (const table of [...sheet.tables].sort((a, b) => b.y - a.y || b.x - a.x)) {
    const next = placed.findIndex(item => item.kind === 'line' && item.line.y > table.y)
    const rows = table.rows.map(
      (row, i): FlowRow => ({ kind: 'row', row, isFirst: i === 0, page: sheet.number }),
    )
    placed.splice(next < 0 ? placed.length : next, 0, ...rows)
  }
  return placed
}

/** The least rows that show a table without lines. */
const FEWEST_ROWS = 3

/** Finds tables without upright lines: rows of as many cells, each column in line. */
function withDrawnRows(items: readonly FlowItem[]): FlowItem[] {
  const found: FlowItem[] = []
  for (let at = 0; at < items.length; ) {
    const run = runFrom(items, at)
    if (run.length < FEWEST_ROWS) {
      found.push(items[at]!)
      at++
      continue
    }
    run.forEach(({ line, page }, i) => {
      const cells = line.segments.map(segment => segment.text)
      found.push({ kind: 'row', row: { cells, isBold: line.isBold }, isFirst: i === 0, page })
    })
    at += run.length
  }
  return found
}

function runFrom(items: readonly FlowItem[], start: number): FlowLine[] {
  const run: FlowLine[] = []
  for (let at = start; at < items.length; at++) {
    const item = items[at]!
    if (item.kind !== 'line' || item.line.segments.length < 2 || hasLeader(item.line.text)) break
    const last = run.at(-1)
    if (last && (last.band !== item.band || !isInLine(last.line, item.line))) break
    if (last && item.line.y - last.line.y > 4 * item.line.size) break
    run.push(item)
  }
  return run
}

/** Whether each cell begins, ends or is centred where the one above does. */
function isInLine(above: PdfLine, below: PdfLine): boolean {
  if (above.segments.length !== below.segments.length) return false
  const near = 0.7 * above.size
  return above.segments.every((a, i) => {
    const b = below.segments[i]!
    return (
      Math.abs(a.x0 - b.x0) < near ||
      Math.abs(a.x1 - b.x1) < near ||
      Math.abs(a.x0 + a.x1 - b.x0 - b.x1) < 2 * near
    )
  })
}

/** Whether a line is an entry of a table of contents: dots that lead to a page number. */
export function hasLeader(text: string): boolean {
  return /(?:[.\u2026\u00b7\u2025\uff0e_-] ?){4,}\s*[\divxlIVXL-]+$/.test(text)
}
