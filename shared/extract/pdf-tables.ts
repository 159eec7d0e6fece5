import type { PdfGlyph, PdfRule } from './pdf-glyphs'
import { linesOf, type PdfLine, seamBetween } from './pdf-lines'

// A table is drawn as lines, and characters that happen to stand between them. The lines make a
// grid; where one is missing between two fields, these are one merged cell.

/** A table on a page. */
export interface PdfTable {
  /** Its upper and left border. */
  readonly y: number
  readonly x: number
  readonly rows: readonly PdfRow[]
  readonly hasMergedCells: boolean
}

export interface PdfRow {
  /** As many as the table has columns; a merged cell's text stands in its first field. */
  readonly cells: readonly string[]
  readonly isBold: boolean
}

/** The tables that lines draw on a page, and the glyphs that stand in none. */
export function tablesOf(
  rules: readonly PdfRule[],
  glyphs: readonly PdfGlyph[],
): { readonly tables: readonly PdfTable[]; readonly rest: readonly PdfGlyph[] } {
  const tables: PdfTable[] = []
  let rest = glyphs
  for (const grid of gridsOf(rules)) {
    const inside: PdfGlyph[] = []
    const outside: PdfGlyph[] = []
    for (const glyph of rest) (isWithin(grid, glyph) ? inside : outside).push(glyph)
    const table = tableOf(grid, inside)
    if (!table) continue
    tables.push(table)
    rest = outside
  }
  return { tables, rest }
}

/** Where lines count as meeting, and as being one. Points. */
const NEAR = 3
/** Shorter lines are ticks or underlines. */
const SHORTEST = 6
/** More lines than this make a drawing. */
const MAX_LINES = 800
/** A cell that holds more characters is a page's layout, not a table's field. */
const LONGEST_CELL = 800

interface Grid {
  /** The borders of columns, from the left, and of rows, from the top. */
  readonly xs: readonly number[]
  readonly ys: readonly number[]
  readonly level: readonly PdfRule[]
  readonly upright: readonly PdfRule[]
}

function gridsOf(rules: readonly PdfRule[]): Grid[] {
  const level = merged(
    rules.filter(rule => rule.y1 - rule.y0 < NEAR && rule.x1 - rule.x0 >= 1),
    'y',
  )
  const upright = merged(
    rules.filter(rule => rule.x1 - rule.x0 < NEAR && rule.y1 - rule.y0 >= 1),
    'x',
  )
  if (level.length + upright.length > MAX_LINES) return []
  const grids: Grid[] = []
  for (const group of groupsOf([...level, ...upright])) {
    const across = group.filter(rule => level.includes(rule))
    const down = group.filter(rule => upright.includes(rule))
    if (across.length < 2 || down.length < 1) continue
    const xs = bordersOf([...down.map(middleX), ...across.flatMap(rule => [rule.x0, rule.x1])])
    const ys = bordersOf([...across.map(middleY), ...down.flatMap(rule => [rule.y0, rule.y1])])
    if (xs.length >= 3 && ys.length >= 2) grids.push({ xs, ys, level: across, upright: down })
  }
  return grids
}

/** Joins lines that run on in one another; programs draw a border cell by cell. */
function merged(rules: readonly PdfRule[], fixed: 'x' | 'y'): PdfRule[] {
  const at = fixed === 'x' ? middleX : middleY
  const start = (rule: PdfRule) => (fixed === 'x' ? rule.y0 : rule.x0)
  const end = (rule: PdfRule) => (fixed === 'x' ? rule.y1 : rule.x1)
  // Into bands first, or two lines a hair apart would be sorted between one another's parts.
  const sorted = [...rules].sort((a, b) => at(a) - at(b))
  const bands: PdfRule[][] = []
  for (const rule of sorted) {
    const band = bands.at(-1)
    if (band && at(rule) - at(band[0]!) <= NEAR) band.push(rule)
    else bands.push([rule])
  }
  const joined: PdfRule[] = []
  for (const band of bands) {
    let current: PdfRule | null = null
    for (const rule of band.sort((a, b) => start(a) - start(b))) {
      if (current && start(rule) <= end(current) + NEAR) {
        current = {
          ...{ x0: Math.min(current.x0, rule.x0), x1: Math.max(current.x1, rule.x1) },
          ...{ y0: Math.min(current.y0, rule.y0), y1: Math.max(current.y1, rule.y1) },
        }
      } else {
        if (current) joined.push(current)
        current = rule
      }
    }
    if (current) joined.push(current)
  }
  return joined.filter(rule => end(rule) - start(rule) >= SHORTEST)
}

/** Lines that touch, directly or through others. */
function groupsOf(rules: readonly PdfRule[]): PdfRule[][] {
  const left = new Set(rules)
  const groups: PdfRule[][] = []
  for (const first of rules) {
    if (!left.delete(first)) continue
    const group = [first]
    for (const rule of group) {
      for (const other of left) {
        if (!isTouching(rule, other)) continue
        left.delete(other)
        group.push(other)
      }
    }
    groups.push(group)
  }
  return groups
}

function isTouching(a: PdfRule, b: PdfRule): boolean {
  return a.x0 <= b.x1 + NEAR && b.x0 <= a.x1 + NEAR && a.y0 <= b.y1 + NEAR && b.y0 <= a.y1 + NEAR
}

function bordersOf(places: readonly number[]): number[] {
  const borders: number[] = []
  for (const place of [...places].sort((a, b) => a - b)) {
    if (borders.length === 0 || place - borders.at(-1)! > 2 * NEAR) borders.push(place)
  }
  return borders
}

function isWithin(grid: Grid, glyph: PdfGlyph): boolean {
  return fieldOf(grid, glyph) !== null
}

/** Which field a glyph's middle stands in. */
function fieldOf(
  { xs, ys }: Grid,
  glyph: PdfGlyph,
): { readonly row: number; readonly column: number } | null {
  const row = bandOf(ys, glyph.y - 0.3 * glyph.size)
  const column = bandOf(xs, glyph.x + glyph.width / 2)
  return row === null || column === null ? null : { row, column }
}

function bandOf(borders: readonly number[], place: number): number | null {
  if (place < borders[0]! || place > borders.at(-1)!) return null
  const next = borders.findIndex(border => place < border)
  return next < 0 ? borders.length - 2 : Math.max(0, next - 1)
}

function tableOf(grid: Grid, glyphs: readonly PdfGlyph[]): PdfTable | null {
  const columns = grid.xs.length - 1
  const rows = grid.ys.length - 1
  const rootOf = mergedFields(grid)
  const contents = new Map<number, PdfGlyph[]>()
  for (const glyph of glyphs) {
    const field = fieldOf(grid, glyph)!
    const root = rootOf(field.row * columns + field.column)
    const content = contents.get(root)
    if (content) content.push(glyph)
    else contents.set(root, [glyph])
  }
  const cells = new Map<number, { readonly text: string; readonly isBold: boolean }>()
  for (const [root, content] of contents) {
    if (content.length > LONGEST_CELL) return null
    const text = cellTextOf(linesOf(content), rightOf(grid, root, rootOf))
    const visible = content.filter(glyph => glyph.text.trim() !== '')
    if (text !== '') cells.set(root, { text, isBold: visible.every(glyph => glyph.isBold) })
  }
  const filled = new Set([...cells.keys()].map(root => root % columns))
  if (cells.size < 2 || filled.size < 2) return null
  let hasMergedCells = false
  const lines: PdfRow[] = []
  for (let row = 0; row < rows; row++) {
    const texts: string[] = []
    let isBold = true
    for (let column = 0; column < columns; column++) {
      const field = row * columns + column
      const cell = rootOf(field) === field ? cells.get(field) : undefined
      if (rootOf(field) !== field && cells.has(rootOf(field))) hasMergedCells = true
      if (cell && !cell.isBold) isBold = false
      texts.push(cell?.text ?? '')
    }
    if (texts.some(text => text !== '')) lines.push({ cells: texts, isBold })
  }
  return { x: grid.xs[0]!, y: grid.ys[0]!, rows: lines, hasMergedCells }
}

/** Finds for each field the first one of the cell that it is part of. */
function mergedFields(grid: Grid): (field: number) => number {
  const columns = grid.xs.length - 1
  const rows = grid.ys.length - 1
  const parents = Array.from({ length: columns * rows }, (_, i) => i)
  const rootOf = (field: number): number => {
    let root = field
    while (parents[root] !== root) root = parents[root]!
    parents[field] = root
    return root
  }
  const join = (a: number, b: number) => {
    const [first, second] = [rootOf(a), rootOf(b)]
    parents[Math.max(first, second)] = Math.min(first, second)
  }
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const field = row * columns + column
      const [top, bottom] = [grid.ys[row]!, grid.ys[row + 1]!]
      const [left, right] = [grid.xs[column]!, grid.xs[column + 1]!]
      const isClosedRight = grid.upright.some(
        rule =>
          Math.abs(middleX(rule) - right) <= 2 * NEAR && covers(rule.y0, rule.y1, top, bottom),
      )
      const isClosedBelow = grid.level.some(
        rule =>
          Math.abs(middleY(rule) - bottom) <= 2 * NEAR && covers(rule.x0, rule.x1, left, right),
      )
      if (column + 1 < columns && !isClosedRight) join(field, field + 1)
      if (row + 1 < rows && !isClosedBelow) join(field, field + columns)
    }
  }
  return rootOf
}

function covers(from: number, to: number, start: number, end: number): boolean {
  return Math.min(to, end) - Math.max(from, start) >= 0.6 * (end - start)
}

/** Where the cell ends on the right that begins in a field. */
function rightOf(grid: Grid, root: number, rootOf: (field: number) => number): number {
  const columns = grid.xs.length - 1
  let column = root % columns
  let field = root
  while (column + 1 < columns && rootOf(field + 1) === root) {
    column++
    field++
  }
  return grid.xs[column + 1]!
}

/** A cell's lines as one: what the border wrapped is joined, what ended early gets a space. */
function cellTextOf(lines: readonly PdfLine[], right: number): string {
  let text = ''
  let last: PdfLine | null = null
  for (const line of lines) {
    if (last) {
      const { seam, cut } = seamBetween(text, line.text, { isWord: () => false })
      const isFull = right - last.x1 < 2.2 * last.size
      const isApart = !isFull && !isCentred(lines)
      text = text.slice(0, text.length - cut) + (seam === '' && isApart ? ' ' : seam)
    }
    text += line.text
    last = line
  }
  return text
}

/** Cells of centred short lines are names broken by hand, as in a narrow heading. */
function isCentred(lines: readonly PdfLine[]): boolean {
  const middles = lines.map(line => (line.x0 + line.x1) / 2)
  return Math.max(...middles) - Math.min(...middles) < lines[0]!.size * 0.6
}

/**
 * The heights of level lines that stand alone and are about as long as the one above footnotes:
 * much shorter than the text is wide.
 */
export function separatorsOf(rules: readonly PdfRule[], width: number): number[] {
  return merged(
    rules.filter(rule => rule.y1 - rule.y0 < NEAR && rule.x1 - rule.x0 >= 1),
    'y',
  )
    .filter(({ x0, x1 }) => x1 - x0 > 0.08 * width && x1 - x0 < 0.45 * width)
    .map(middleY)
}

function middleX(rule: PdfRule): number {
  return (rule.x0 + rule.x1) / 2
}

function middleY(rule: PdfRule): number {
  return (rule.y0 + rule.y1) / 2
}
