import type { Mark, Markup } from '../domain/markup'
import type { Correction, LineRole } from '../domain/structure'
import { isAside } from './asides'
import { inPieces } from './pieces'
import { foldUnit, skipSpaces, trimEnd } from './width'

/** A line that is not blank, or a piece of one, while it is found out what it is. */
export interface ReadLine {
  /** Counted from 0, blank lines included. Pieces of one line share it. */
  readonly line: number
  /** The whole line, without its newline. */
  readonly from: number
  readonly to: number
  /** Without white space at its ends. */
  readonly start: number
  readonly end: number
  role: LineRole
  /** The level that the source gives it as a heading, 0 where it is none there. */
  readonly markedLevel: number
  readonly isMarkedTitle: boolean
  /** Whether the researcher says that it is the report's own, whatever it looks like. */
  isKept: boolean
  /** Whether its line was written in one with what stands before or behind it. */
  readonly isPiece: boolean
}

/**
 * The lines of a text that are not blank. What surrounds the report is told by the source's
 * marks, then by the look of the line, and in the end by the researcher's corrections.
 */
export function readLines(
  text: string,
  markup: Markup,
  corrections: readonly Correction[],
): ReadLine[] {
  const lines: ReadLine[] = []
  const sweep = sweepOver(markup.marks)
  let from = 0
  for (let line = 0; from <= text.length; line++) {
    const newline = text.indexOf('\n', from)
    const to = newline < 0 ? text.length : newline
    const start = skipSpaces(text, from, to)
    if (start < to) {
      const end = trimEnd(text, start, to)
      const { title, heading, aside, row } = sweep(start, end)
      const role = aside ? 'aside' : row ? 'row' : roleOf(text, start, end)
      const marked = { markedLevel: heading, isMarkedTitle: title }
      lines.push({ line, from, to, start, end, role, ...marked, isKept: false, isPiece: false })
    }
    from = to + 1
  }
  return corrected(inPieces(text, lines), corrections)
}

/** Lines as the researcher says that they are, in place; pieces as far as a correction reaches. */
function corrected(lines: ReadLine[], corrections: readonly Correction[]): ReadLine[] {
  for (const { kind, start, end } of corrections) {
    if (kind !== 'aside' && kind !== 'not-aside') continue
    const first = lineAt(lines, start)
    if (!first) continue
    const pieces = first.isPiece ? lines.filter(({ line }) => line === first.line) : [first]
    for (const line of pieces) {
      if (line !== first && (line.start < start || line.start >= end)) continue
      line.isKept = kind === 'not-aside'
      if (kind === 'aside') line.role = 'aside'
      else if (line.role === 'aside') line.role = 'paragraph'
    }
  }
  return lines
}

/** The line or piece on which an offset stands, its newline included; `null` for a blank one. */
export function lineAt<L extends { readonly from: number; readonly to: number }>(
  lines: readonly L[],
  offset: number,
): L | null {
  let low = 0
  let high = lines.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (lines[middle]!.to < offset) low = middle + 1
    else high = middle
  }
  // Where one piece of a line ends the next one begins.
  const line = lines[low + 1]?.from === offset ? lines[low + 1] : lines[low]
  return line && line.from <= offset ? line : null
}

/**
 * A row of a plain-text table has three cells at least, since a tab behind a number makes none;
 * between bars at both its ends it has two.
 */
function roleOf(text: string, start: number, end: number): LineRole {
  const line = text.slice(start, Math.min(end, start + 200))
  if (line.includes('\t') && line.split(/\t\s*/).length > 2) return 'row'
  if (isAside(line)) return 'aside'
  const isBarred = isBar(text.charCodeAt(start)) && isBar(text.charCodeAt(end - 1))
  return isBarred && line.split(/[|\uFF5C]/).length > (end > start + 200 ? 2 : 3)
    ? 'row'
    : 'paragraph'
}

function isBar(unit: number): boolean {
  return foldUnit(unit) === 0x7c
}

interface Marked {
  readonly title: boolean
  readonly heading: number
  readonly aside: boolean
  readonly row: boolean
}

/** Answers what a source says of each line; wants them asked in order. */
function sweepOver(marks: readonly Mark[]): (start: number, end: number) => Marked {
  let next = 0
  let level = 0
  const until = { title: 0, heading: 0, aside: 0, row: 0 }
  return (start, end) => {
    for (; next < marks.length && marks[next]!.start < end; next++) {
      const mark = marks[next]!
      if (mark.kind === 'heading' && mark.end > start) level = Math.max(1, mark.level)
      if (
        mark.kind === 'title' ||
        mark.kind === 'heading' ||
        mark.kind === 'aside' ||
        mark.kind === 'row'
      ) {
        until[mark.kind] = Math.max(until[mark.kind], mark.end)
      }
    }
    return {
      title: until.title > start,
      heading: until.heading > start ? level : 0,
      aside: until.aside > start,
      row: until.row > start,
    }
  }
}
