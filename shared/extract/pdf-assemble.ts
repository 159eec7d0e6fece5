import type { Mark, MarkKind, PageStart } from '../domain/markup'
import { type FlowItem, type FlowLine, flowOf } from './pdf-flow'
import { type PdfLine, seamBetween } from './pdf-lines'
import { type Habits, habitsOf, isCentred, markerRankOf, startsParagraph } from './pdf-paragraphs'
import type { PdfSheet } from './pdf-sheets'
import { bodySizeOf, type ParsedSheet, startsNote, surroundingsOf } from './pdf-surround'

// The text of the whole document. A paragraph that runs over a page's end stays whole: the
// footnotes, running feet and heads between its halves follow it as lines of their own, in the
// order of the pages.

export interface AssembledPdf {
  readonly text: string
  readonly marks: readonly Mark[]
  readonly pages: readonly PageStart[]
  readonly hasMergedCells: boolean
  /** Whether anything stands there that is not part of what surrounds a report. */
  readonly hasBody: boolean
}

/** Writes out the pages of a document. */
export function assemble(sheets: readonly PdfSheet[]): AssembledPdf {
  const bodySize = bodySizeOf(sheets)
  const { sheets: parsed, watermarks } = surroundingsOf(sheets, bodySize)
  const flow = flowOf(parsed, bodySize)
  const lines = flow.flat().filter(item => item.kind === 'line')
  const habits = habitsOf(lines, bodySize)
  const isWord = wordsOf(lines)
  const pieces: Piece[] = []
  let current: FlowLine[] = []
  let waiting: Piece[] = []
  const endParagraph = () => {
    if (current.length > 0) pieces.push(paragraphOf(current, isWord))
    current = []
  }
  const release = () => {
    pieces.push(...waiting)
    waiting = []
  }

  parsed.forEach((sheet, i) => {
    const { number } = sheet.sheet
    for (const text of sheet.heads) waiting.push(plain('aside', text, number))
    for (const item of flow[i]!) {
      if (item.kind === 'line' && current.length > 0 && !startsParagraph(current, item, habits)) {
        current.push(item)
        continue
      }
      endParagraph()
      release()
      if (item.kind === 'line') current = [item]
      else pieces.push(rowPiece(item))
    }
    waiting.push(...notesOf(sheet, isWord))
    for (const text of sheet.feet) waiting.push(plain('aside', text, number))
    if (i === 0) for (const text of watermarks) waiting.push(plain('aside', text, number))
  })
  endParagraph()
  release()
  const hasMergedCells = sheets.some(sheet => sheet.tables.some(table => table.hasMergedCells))
  const hasBody = pieces.some(piece => piece.kind !== 'aside')
  return { ...written(named(pieces, habits), sheets.length), hasMergedCells, hasBody }
}

/** A line of the text. */
interface Piece {
  readonly kind: MarkKind | 'text'
  readonly level: number
  readonly text: string
  /** Where in it a page begins that was not there before. */
  readonly starts: readonly PageStart[]
  readonly page: number
  /** How it looks; `null` for what is told by its place. */
  readonly look: Look | null
}

interface Look {
  readonly size: number
  readonly isBold: boolean
  readonly isCentred: boolean
  readonly font: string
  readonly lines: number
}

function plain(kind: MarkKind, text: string, page: number): Piece {
  return { kind, level: 0, text, starts: [{ start: 0, page }], page, look: null }
}

function rowPiece(item: Extract<FlowItem, { kind: 'row' }>): Piece {
  // Empty fields at the end say nothing; those before keep the columns in line.
  const text = item.row.cells
    .map(cell => cell.replace(/\s+/g, ' '))
    .join('\t')
    .replace(/\t+$/, '')
  return { ...plain('row', text, item.page), level: item.isFirst && item.row.isBold ? 1 : 0 }
}

function paragraphOf(lines: readonly FlowLine[], isWord: (word: string) => boolean): Piece {
  const [first] = lines
  let text = ''
  let isBlank = false
  const starts: PageStart[] = []
  for (const { line, page } of lines) {
    const { cut, seam } = text === '' ? NO_SEAM : seamBetween(text, line.text, { isBlank, isWord })
    isBlank = line.endsBlank
    text = text.slice(0, text.length - cut) + seam
    if (starts.at(-1)?.page !== page) starts.push({ start: text.length, page })
    text += line.text
  }
  return {
    ...{ kind: 'text', level: 0, text, starts, page: first!.page },
    look: {
      size: first!.line.size,
      isBold: lines.every(({ line }) => line.isBold),
      isCentred: lines.every(isCentred),
      font: first!.line.font,
      lines: lines.length,
    },
  }
}

const NO_SEAM = { cut: 0, seam: '' }

function notesOf({ notes, sheet }: ParsedSheet, isWord: (word: string) => boolean): Piece[] {
  const pieces: Piece[] = []
  let text = ''
  const end = () => {
    if (text !== '') pieces.push(plain('note', text, sheet.number))
    text = ''
  }
  for (const line of notes) {
    if (startsNote(line)) end()
    const { cut, seam } = text === '' ? NO_SEAM : seamBetween(text, line.text, { isWord })
    text = text.slice(0, text.length - cut) + seam + line.text
  }
  end()
  return pieces
}

/** The words of letters that stand undivided somewhere in the document. */
function wordsOf(lines: readonly { readonly line: PdfLine }[]): (word: string) => boolean {
  const words = new Set<string>()
  for (const { line } of lines) {
    for (const [word] of line.text.matchAll(/[A-Za-z]{4,}(?![-\u2010A-Za-z])/g)) {
      words.add(word.toLowerCase())
    }
  }
  return word => words.has(word.toLowerCase())
}

/** A heading has at most so many characters. */
const LONGEST_HEADING = 80

/** Says which paragraphs are the title and headings, by their look. */
function named(pieces: readonly Piece[], habits: Habits): Piece[] {
  const texts = pieces.filter(piece => piece.look !== null)
  const characters = texts.reduce((sum, piece) => sum + piece.text.length, 0)
  const bold = texts.filter(piece => piece.look!.isBold)
  const isBoldUsual = bold.reduce((sum, piece) => sum + piece.text.length, 0) > 0.4 * characters
  const bodyFont = commonest(texts)
  const stands = (piece: Piece) => {
    const { look, text } = piece
    if (!look || text.length > LONGEST_HEADING || look.lines > 4) return false
    if (/[\u3002\uff1b;\uff0c,\uff1a:\u3001]$/.test(text) || !/\p{L}/u.test(text)) return false
    if (look.size > 1.12 * habits.bodySize) return true
    if (look.size < 0.95 * habits.bodySize) return false
    if (look.isBold && !isBoldUsual) return true
    // Second headings are set in Kai, which is no heavier than the text.
    return look.font !== bodyFont && (markerRankOf(text) > 0 || isChapter(piece))
  }
  const headings = texts.filter(stands)
  const title = titleOf(headings, habits)
  // What stands large above the title is the name of the office that issues it.
  const below = headings.slice(title ? headings.indexOf(title) + 1 : 0)
  const ranks = ranksOf(below)
  return pieces.map(piece => {
    if (piece === title) return { ...piece, kind: 'title' }
    const level = below.includes(piece) ? ranks(piece) : 0
    return level > 0 ? { ...piece, kind: 'heading', level } : piece
  })
}

/** Chapters stand in the middle, in a font of their own. */
function isChapter({ look, text }: Piece): boolean {
  return look?.isCentred === true && text.length <= 30 && !/\d/.test(text)
}

/** The largest heading of the first page with headings; the red name over a document is none. */
function titleOf(headings: readonly Piece[], habits: Habits): Piece | null {
  const first = headings[0]?.page
  if (first === undefined || first > 3) return null
  const isNumbered = (piece: Piece) => markerRankOf(piece.text) > 0
  const onFirst = headings.filter(piece => piece.page === first && !isNumbered(piece))
  const large = onFirst.filter(
    ({ look }) => look!.size > 1.12 * habits.bodySize || (look!.isBold && look!.isCentred),
  )
  const candidates = large.filter(({ text }) => !/\u6587\s*\u4ef6$/.test(text))
  const sized = (candidates.length > 0 ? candidates : large).sort(
    (a, b) => b.look!.size - a.look!.size,
  )
  return sized[0] ?? null
}

/**
 * Levels by size, and by kind of number among headings of one size. One without a number is as high
 * as the highest of its size that has one.
 */
function ranksOf(headings: readonly Piece[]): (piece: Piece) => number {
  const sizeOf = ({ look }: Piece) => Math.round(look!.size * 2) / 2
  const highest = new Map<number, number>()
  for (const piece of headings) {
    const rank = markerRankOf(piece.text)
    const size = sizeOf(piece)
    if (rank > 0) highest.set(size, Math.min(rank, highest.get(size) ?? rank))
  }
  const orderOf = (piece: Piece) =>
    (1000 - sizeOf(piece)) * 10 + (markerRankOf(piece.text) || (highest.get(sizeOf(piece)) ?? 0))
  const orders = [...new Set(headings.map(orderOf))].sort((a, b) => a - b)
  return piece => Math.min(9, orders.indexOf(orderOf(piece)) + 1)
}

function commonest(pieces: readonly Piece[]): string {
  const counts = new Map<string, number>()
  for (const { look, text } of pieces) {
    if (look) counts.set(look.font, (counts.get(look.font) ?? 0) + text.length)
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? ''
}

/** Joins the pieces to a text; a page begins where the first of what is on it stands. */
function written(
  pieces: readonly Piece[],
  pageCount: number,
): Pick<AssembledPdf, 'text' | 'marks' | 'pages'> {
  let text = ''
  const marks: Mark[] = []
  const firsts = new Map<number, number>()
  pieces.forEach((piece, i) => {
    if (i > 0) text += '\n'
    const start = text.length
    for (const begin of piece.starts) {
      if (!firsts.has(begin.page)) firsts.set(begin.page, start + begin.start)
    }
    text += piece.text
    const { kind, level } = piece
    if (kind !== 'text') marks.push({ start, end: text.length, kind, level })
  })
  const pages: PageStart[] = []
  let next = text.length
  for (let page = pageCount; page >= 1; page--) {
    // A page without text begins where the next one does.
    next = Math.min(firsts.get(page) ?? next, next)
    pages.unshift({ start: next, page })
  }
  return { text, marks, pages }
}
