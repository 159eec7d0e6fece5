import type { Markup } from '../domain/markup'
import type { Heading, Line, Span } from '../domain/structure'
import type { Outline } from './structure'
import { foldWidth } from './width'

/** A report's text as the readers of its variables look at it. */
export interface ReportLines {
  readonly text: string
  /** The text, at both ends with its width folded and tabs as spaces: the same length. */
  readonly folded: string
  /** Lines of the report itself, without blank ones. */
  readonly main: readonly Line[]
  /** Lines around it: the page's clock, labels, navigation. */
  readonly asides: readonly Line[]
  /** The lines of the title, a title that stands twice once; empty where it has none. */
  readonly title: readonly Line[]
  /** From the first to the last of these. */
  readonly titleSpan: Span | null
  /** The first paragraphs before any heading, at most three. */
  readonly opening: readonly Line[]
  readonly headings: readonly Heading[]
}

/**
 * How much of a text's beginning is searched for names and years. Reports are shorter by far; of
 * longer texts the end is looked at too, for who signed.
 */
export const SEARCHED = 200_000

const TAIL = 50_000

/** Sorts a report's lines by what its variables are read from. */
export function reportLinesOf(text: string, outline: Outline, markup: Markup): ReportLines {
  const filled = outline.lines.filter(line => line.end > line.start && line.role !== 'blank')
  const main = filled.filter(line => line.role !== 'aside')
  const asides = filled.filter(line => line.role === 'aside')
  const title = titleLinesOf(text, main, markup)
  const last = title.at(-1)
  const titleSpan = last === undefined ? null : { start: title[0]?.start ?? 0, end: last.end }
  const opening = openingOf(main, titleSpan)
  return {
    text,
    folded: foldedEnds(text),
    main,
    asides,
    title,
    titleSpan,
    opening,
    headings: outline.headings,
  }
}

function foldedEnds(text: string): string {
  const fold = (part: string) => foldWidth(part).replaceAll('\t', ' ')
  if (text.length <= SEARCHED + TAIL) return fold(text)
  const between = text.slice(SEARCHED, text.length - TAIL)
  return fold(text.slice(0, SEARCHED)) + between + fold(text.slice(text.length - TAIL))
}

function titleLinesOf(text: string, main: readonly Line[], markup: Markup): Line[] {
  // A line of more than a paragraph's length is no title, whatever its source calls it.
  const short = main.filter(line => line.end - line.start <= 300)
  const titled = short.filter(line => line.role === 'title')
  const marks = markup.marks.filter(mark => mark.kind === 'title').slice(0, 9)
  const lines = titled.length > 0 ? titled : short.slice(0, 30).filter(line => isIn(line, marks))
  const first = lines[0]
  if (first === undefined) return []
  // Lines further down that are called titles too are those of annexes.
  const together: Line[] = [first]
  for (const line of lines.slice(1)) {
    const previous = together.at(-1) ?? first
    if (!follows(main, previous, line) || together.length >= 6) break
    together.push(line)
  }
  return withoutRepeat(text, together).map(line => withoutHashes(text, line))
}

/** The signs of Markdown before a title are not its own. */
function withoutHashes(text: string, line: Line): Line {
  const hashes = /^#{1,6}[ \t]+(?=\S)/.exec(
    text.slice(line.start, Math.min(line.end, line.start + 20)),
  )
  return hashes === null ? line : { ...line, start: line.start + hashes[0].length }
}

function isIn(line: Line, marks: readonly Span[]): boolean {
  return marks.some(mark => mark.start <= line.start && line.end <= mark.end)
}

/** Whether nothing but blank lines and navigation stands between two of the lines. */
function follows(main: readonly Line[], a: Line, b: Line): boolean {
  return main[main.indexOf(a) + 1] === b
}

/** Web pages give the title above the page's labels and again above the text. */
function withoutRepeat(text: string, lines: readonly Line[]): Line[] {
  const words = lines.map(line => text.slice(line.start, line.end).replace(/\s+/g, ''))
  return lines.filter((_, at) => words.indexOf(words[at] ?? '') === at)
}

function openingOf(main: readonly Line[], title: Span | null): Line[] {
  const opening: Line[] = []
  for (const line of main) {
    if (title !== null && line.start < title.end) continue
    if (line.role === 'heading' && opening.length > 0) break
    if (line.role === 'paragraph') opening.push(line)
    if (opening.length === 3) break
  }
  return opening
}
