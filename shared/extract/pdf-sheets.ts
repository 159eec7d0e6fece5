import type { PdfDrawing, PdfGlyph, PdfRule } from './pdf-glyphs'
import { isWide, linesOf, type PdfLine, withoutDoubles } from './pdf-lines'
import { type PdfTable, separatorsOf, tablesOf } from './pdf-tables'

// A page turned so that most of its text runs level, with the text of other directions, of
// tables and of faint print laid out apart, because it shares heights with the rest by chance.

/** A page as lines and tables. */
export interface PdfSheet {
  /** Counted from 1. */
  readonly number: number
  readonly width: number
  readonly height: number
  /** From the top down, without what stands in tables. */
  readonly lines: readonly PdfLine[]
  readonly tables: readonly PdfTable[]
  /** Heights of short level lines, such as stand above footnotes. */
  readonly separators: readonly number[]
  /** Lines that run in another direction than most, down a margin for example. */
  readonly sideways: readonly PdfLine[]
  /** Lines that run askew, as only stamps and watermarks do. */
  readonly askew: readonly PdfLine[]
  /** Lines in very light print. */
  readonly faint: readonly PdfLine[]
}

/** Lays a page out as lines. */
export function sheetOf(
  number: number,
  page: PdfDrawing & { readonly width: number; readonly height: number },
): PdfSheet {
  const groups = new Map<Direction, PdfGlyph[]>()
  const askew = new Map<number, PdfGlyph[]>()
  const drawn = withoutDoubles(page.glyphs)
  const isStacked = runsDown(drawn)
  for (const one of drawn) {
    const glyph = isStacked ? stacked(one) : one
    const direction = directionOf(glyph)
    if (direction === null) push(askew, Math.round(glyph.angle / 5), glyph)
    else push(groups, direction, glyph)
  }
  const [main = 'level', ...others] = [...groups.keys()].sort(
    (a, b) => groups.get(b)!.length - groups.get(a)!.length,
  )
  const size = { width: page.width, height: page.height }
  const turned = (groups.get(main) ?? []).map(glyph => turnedGlyph(glyph, main, size))
  const rules = page.rules.map(rule => turnedRule(rule, main, size))
  const dark = turned.filter(glyph => !glyph.isFaint)
  const { tables, rest } = tablesOf(rules, dark)
  const isLevel = main === 'level' || main === 'reversed'
  return {
    number,
    width: isLevel ? page.width : page.height,
    height: isLevel ? page.height : page.width,
    lines: linesOf(rest),
    tables,
    separators: tables.length > 3 ? [] : separatorsOf(rules, isLevel ? page.width : page.height),
    sideways: others.flatMap(direction =>
      linesOf(groups.get(direction)!.map(glyph => turnedGlyph(glyph, direction, size))),
    ),
    askew: [...askew.values()].flatMap(glyphs => linesOf(glyphs.map(straightened))),
    faint: linesOf(turned.filter(glyph => glyph.isFaint)),
  }
}

/**
 * Whether a page is written from the top down with characters that are placed one by one: each
 * stands below the one before.
 */
function runsDown(glyphs: readonly PdfGlyph[]): boolean {
  let down = 0
  let across = 0
  for (let i = 1; i < glyphs.length; i++) {
    const [a, b] = [glyphs[i - 1]!, glyphs[i]!]
    if (a.angle !== 0 || b.angle !== 0 || !isWide(a.text) || !isWide(b.text)) continue
    const [dx, dy] = [(b.x - a.x) / b.size, (b.y - a.y) / b.size]
    if (Math.abs(dx) < 0.3 && dy > 0.7 && dy < 1.6) down++
    else if (Math.abs(dy) < 0.2 && dx > 0.4) across++
  }
  return down > 20 && down > 4 * across
}

/** A glyph of such a page as fonts for vertical writing place theirs: from its upper middle. */
function stacked(glyph: PdfGlyph): PdfGlyph {
  if (glyph.angle !== 0 || glyph.isVertical) return glyph
  const { x, y, width, size } = glyph
  return { ...glyph, x: x + width / 2, y: y - 0.88 * size, width: size, isVertical: true }
}

/** Which way a text runs: to the right, down, upside down, up. */
type Direction = 'level' | 'down' | 'reversed' | 'up'

function directionOf(glyph: PdfGlyph): Direction | null {
  // Upright characters one below the other, and words among them that lie on their side.
  if (glyph.isVertical) return 'down'
  const quarter = Math.round(glyph.angle / 90) % 4
  const off = Math.abs(glyph.angle - Math.round(glyph.angle / 90) * 90)
  if (off > 4) return null
  return (['level', 'down', 'reversed', 'up'] as const)[quarter] ?? 'level'
}

interface Size {
  readonly width: number
  readonly height: number
}

/** Turns the page so that text of this direction runs level. Columns of vertical text become lines. */
function turnedPlace(
  x: number,
  y: number,
  turn: { readonly direction: Direction; readonly size: Size },
): { readonly x: number; readonly y: number } {
  const { width, height } = turn.size
  switch (turn.direction) {
    case 'level':
      return { x, y }
    case 'down':
      return { x: y, y: width - x }
    case 'reversed':
      return { x: width - x, y: height - y }
    case 'up':
      return { x: height - y, y: x }
  }
}

function turnedGlyph(glyph: PdfGlyph, direction: Direction, size: Size): PdfGlyph {
  if (direction === 'level') return glyph
  // The middle of an upright character is as high above a baseline as a third of its size.
  const x = glyph.isVertical ? glyph.x - 0.36 * glyph.size : glyph.x
  return { ...glyph, ...turnedPlace(x, glyph.y, { direction, size }), angle: 0 }
}

function turnedRule(rule: PdfRule, direction: Direction, size: Size): PdfRule {
  if (direction === 'level') return rule
  const a = turnedPlace(rule.x0, rule.y0, { direction, size })
  const b = turnedPlace(rule.x1, rule.y1, { direction, size })
  return {
    ...{ x0: Math.min(a.x, b.x), x1: Math.max(a.x, b.x) },
    ...{ y0: Math.min(a.y, b.y), y1: Math.max(a.y, b.y) },
  }
}

function straightened(glyph: PdfGlyph): PdfGlyph {
  const turn = (-glyph.angle * Math.PI) / 180
  return {
    ...glyph,
    x: glyph.x * Math.cos(turn) - glyph.y * Math.sin(turn),
    y: glyph.x * Math.sin(turn) + glyph.y * Math.cos(turn),
    angle: 0,
  }
}

function push<K>(groups: Map<K, PdfGlyph[]>, key: K, glyph: PdfGlyph): void {
  const group = groups.get(key)
  if (group) group.push(glyph)
  else groups.set(key, [glyph])
}
