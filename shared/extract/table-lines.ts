import { append, type Draft, emptyDraft, flatten, type LineMark, write } from './line-writer'

// What office formats share above the paragraph. Their files lay out pages with tables, too: a
// frame around a notice, a form whose one cell holds the whole report. Paragraphs in those must stay paragraphs, or there is nothing to code.

/** Where finished paragraphs go: the page, or a table's cell. */
export interface Sink {
  add(draft: Draft, marks: readonly LineMark[]): void
}

/** A finished paragraph. */
export interface Line {
  readonly draft: Draft
  readonly marks: readonly LineMark[]
}

/** A cell; one that a merged cell covers has no lines. */
export interface Cell {
  /** How many columns it takes, at least 1. */
  readonly columns: number
  readonly lines: readonly Line[]
}

export interface Row {
  readonly cells: readonly Cell[]
  /** How many columns it leaves out at its start. */
  readonly lead: number
  readonly isHeader: boolean
}

/**
 * Writes a table, a line a row, with a tab between columns and a space between the paragraphs of
 * a cell. What a merged cell covers is empty, so that columns stay where they are.
 *
 * A table of one column, and a row with a cell of several long paragraphs or of many, is a frame:
 * its paragraphs are written as if they stood outside.
 */
export function writeTable(rows: readonly Row[], sink: Sink): void {
  const isFrame = rows.every(row => row.cells.length <= 1)
  for (const { cells, lead, isHeader } of rows) {
    if (isFrame || cells.some(isLong)) {
      for (const cell of cells) for (const { draft, marks } of cell.lines) sink.add(draft, marks)
    } else sink.add(rowLine(cells, lead), [{ kind: 'row', level: isHeader ? 1 : 0 }])
  }
}

/** Keeps paragraphs for later. */
export function collectingSink(): Sink & { readonly lines: Line[] } {
  const lines: Line[] = []
  return { lines, add: (draft, marks) => lines.push({ draft, marks }) }
}

/** Writes a note after the text: its label, a space, and its paragraphs, each a line. */
export function writeNote(label: string, lines: readonly Line[], sink: Sink): void {
  for (const [index, { draft }] of lines.entries()) {
    const line = emptyDraft()
    if (index === 0 && label !== '') write(line, `${label} `)
    append(line, index === 0 ? withoutIndent(draft) : draft)
    sink.add(line, [{ kind: 'note', level: 0 }])
  }
}

/** A draft without the white space that set it off from its label. */
function withoutIndent({ text, faces }: Draft): Draft {
  const indent = text.length - text.trimStart().length
  if (indent === 0) return { text, faces }
  const moved = faces.map(face => ({
    ...face,
    start: Math.max(face.start - indent, 0),
    end: face.end - indent,
  }))
  return { text: text.slice(indent), faces: moved.filter(face => face.start < face.end) }
}

/** A cell with several paragraphs is a frame around them from this much text on, */
const LONG_TEXT = 400
/** or, if it has so many paragraphs, from this much. */
const MANY_PARAGRAPHS = 5
const SOME_TEXT = 100

function isLong({ lines }: Cell): boolean {
  const filled = lines.filter(line => line.draft.text.trim() !== '')
  const length = filled.reduce((sum, line) => sum + line.draft.text.length, 0)
  if (filled.length < 2) return false
  return length > LONG_TEXT || (filled.length >= MANY_PARAGRAPHS && length > SOME_TEXT)
}

function rowLine(cells: readonly Cell[], lead: number): Draft {
  const line = emptyDraft()
  write(line, '\t'.repeat(lead))
  for (const [index, cell] of cells.entries()) {
    if (index > 0) write(line, '\t')
    append(line, cellText(cell))
    write(line, '\t'.repeat(cell.columns - 1))
  }
  return line
}

function cellText({ lines }: Cell): Draft {
  const text = emptyDraft()
  for (const { draft } of lines) {
    if (draft.text.trim() === '') continue
    if (text.text !== '') write(text, ' ')
    append(text, flatten(draft))
  }
  return text
}
