import type { MarkKind } from '../domain/markup'
import { gapAfter } from './docx-counters'
import { hasOwnNumber, type Numbering, numberingOf, wholeNumber } from './html-numbering'
import { type HtmlStyle, isSkipped, type Sheet, styleOf } from './html-style'
import { tableOf } from './html-table'
import { type HtmlElement, type HtmlNode, rawTextOf } from './html-tree'

// What a browser shows of a page, line by line. Blocks and <br> break lines, other white space
// collapses, and a line break in the source between two Chinese characters is none. Every line
// knows the element it stands in, from which the main text is found later. Over 400 lines in one
// file, because all that writes a line shares what is known of it.

/** Bold or slanted text within a line: `[start, end)`, in UTF-16 units of the line. */
export interface InlineMark {
  readonly kind: 'strong' | 'emphasis'
  readonly start: number
  readonly end: number
}

/** What a whole line is. */
export interface LineKind {
  readonly kind: Exclude<MarkKind, 'strong' | 'emphasis' | 'aside'>
  readonly level: number
}

export interface HtmlLine {
  /** Without `\n`; empty where the page shows an empty line. */
  readonly text: string
  /** The innermost element that holds the line's first character. */
  readonly element: HtmlElement
  readonly is: LineKind | null
  /** How many units of it belong to links to other pages. */
  readonly linked: number
  readonly inline: readonly InlineMark[]
}

/** Something of note about the page, and the number of the line at which it stands. */
export interface HtmlFinding {
  readonly note:
    | 'pictures'
    | 'merged-cells'
    | 'auto-numbering'
    | 'hidden-text'
    | 'comments'
    | 'tracked-changes'
  /** The line that it is in or before. */
  readonly line: number
  readonly element: HtmlElement
}

export interface HtmlLines {
  readonly lines: readonly HtmlLine[]
  /** In order of `line`. */
  readonly findings: readonly HtmlFinding[]
}

/** The lines that a tree shows, given what its style sheets hide. */
export function linesOf(root: HtmlElement, sheet: Sheet): HtmlLines {
  const writer = new LineWriter(sheet)
  writer.children(root)
  writer.endLine(root)
  return { lines: writer.lines, findings: writer.findings }
}

const BLOCKS = new Set(
  (
    'address article aside blockquote body caption center dd details dialog dir div dl dt ' +
    'fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li ' +
    'listing main marquee menu nav noframes ol optgroup option p plaintext pre search section ' +
    'summary table tbody td tfoot th thead tr ul xmp'
  ).split(' '),
)

const PREFORMATTED = new Set(['listing', 'plaintext', 'pre', 'xmp'])

const TAB = 9

const LISTS = new Set(['dir', 'menu', 'ol', 'ul'])

/** A list whose items are being written. */
interface OpenList {
  readonly depth: number
  /** What counts its items; `null` where it shows no numbers. */
  readonly numbering: Numbering | null
  readonly step: number
  next: number
}

/** One line as it is being written. */
interface OpenLine {
  parts: string[]
  length: number
  last: number
  element: HtmlElement | null
  linked: number
  inline: { kind: 'strong' | 'emphasis'; start: number; end: number }[]
}

class LineWriter {
  readonly lines: HtmlLine[] = []
  readonly findings: HtmlFinding[] = []
  private readonly sheet: Sheet
  private line: OpenLine = emptyLine()
  /** White space that becomes a space, or nothing, once more text follows. */
  private pending: 'none' | 'newline' | 'space' | 'gap' = 'none'
  private strong = 0
  private emphasis = 0
  private links = 0
  private preformatted = 0
  /** Within a font of symbols. */
  private symbols = 0
  /** Within a table's cell, where nothing breaks the line. */
  private cells = 0
  private is: LineKind | null = null
  private list: OpenList | null = null
  private depth = 0
  /** The number of the item whose first line is still to come, with its separator. */
  private marker: string | null = null

  constructor(sheet: Sheet) {
    this.sheet = sheet
  }

  children(element: HtmlElement): void {
    for (const child of element.children) this.node(child, element)
  }

  endLine(element: HtmlElement, how: 'block' | 'break' = 'block'): void {
    if (this.cells > 0) {
      if (!this.isAtStart) this.pending = 'gap'
      return
    }
    const { line } = this
    if (line.length === 0 && how === 'block') return
    const text = line.parts.join('')
    const prefix = line.length > 0 ? this.prefixOf(text) : ''
    this.lines.push({
      text: prefix + text,
      element: line.element ?? element,
      is: this.is,
      linked: line.linked,
      inline: line.inline.map(mark => ({
        kind: mark.kind,
        start: mark.start + prefix.length,
        end: mark.end + prefix.length,
      })),
    })
    // What follows an item's first line is a paragraph within the item.
    if (this.is?.kind === 'item' && line.length > 0) this.is = null
    this.line = emptyLine()
    this.pending = 'none'
  }

  private prefixOf(text: string): string {
    const { marker } = this
    this.marker = null
    if (marker === null || hasOwnNumber(text)) return ''
    const { element } = this.line
    if (element) this.note('auto-numbering', element)
    return marker
  }

  private note(note: HtmlFinding['note'], element: HtmlElement): void {
    this.findings.push({ note, line: this.lines.length, element })
  }

  private node(node: HtmlNode, parent: HtmlElement): void {
    if (typeof node === 'string') {
      if (this.preformatted > 0) this.preformattedText(node, parent)
      else this.text(node, parent)
    } else this.element(node)
  }

  private text(text: string, element: HtmlElement): void {
    let at = 0
    while (at < text.length) {
      const start = at
      while (at < text.length && !isSpace(text.charCodeAt(at))) at++
      if (at > start)
        this.append(start === 0 && at === text.length ? text : text.slice(start, at), element)
      let hasNewline = false
      const gap = at
      for (; at < text.length && isSpace(text.charCodeAt(at)); at++) {
        if (text.charCodeAt(at) !== 0x20 && text.charCodeAt(at) !== TAB) hasNewline = true
      }
      if (at === gap || this.isAtStart || this.pending === 'gap') continue
      if (!hasNewline) this.pending = 'space'
      else if (this.pending === 'none') this.pending = 'newline'
    }
  }

  private preformattedText(text: string, element: HtmlElement): void {
    const isFirst = element.children[0] === text && PREFORMATTED.has(element.tag)
    // The line break right after the tag is not shown.
    const lines = (isFirst ? text.replace(/^(?:\r\n?|\n)/, '') : text).split(/\r\n?|\n/)
    for (const [i, line] of lines.entries()) {
      if (i > 0) this.endLine(element, 'break')
      if (line !== '') this.append(this.cells > 0 ? line.replaceAll('\t', ' ') : line, element)
    }
  }

  private append(run: string, element: HtmlElement): void {
    // Browsers drop NUL from text, and a byte order mark within a page shows as nothing.
    const text = run.includes('\0') ? run.replaceAll('\0', '') : run
    if (text === '') return
    const { line } = this
    if (this.isAtStart && /^\ufeff+$/.test(text)) return
    if (this.pending !== 'none') {
      const isJoined = this.pending === 'newline' && isWide(line.last) && isWide(text.charCodeAt(0))
      this.pending = 'none'
      if (!isJoined) this.add(' ')
    }
    line.element ??= element
    this.add(text)
  }

  /** Whether white space would stand at the beginning of a line or cell, where none is shown. */
  private get isAtStart(): boolean {
    return this.line.length === 0 || (this.cells > 0 && this.line.last === TAB)
  }

  private add(text: string): void {
    const { line } = this
    const start = line.length
    const end = start + text.length
    line.parts.push(text)
    line.length = end
    line.last = text.charCodeAt(text.length - 1)
    if (this.links > 0) line.linked += text.length
    if (this.strong > 0) extend(line, 'strong', start, end)
    if (this.emphasis > 0) extend(line, 'emphasis', start, end)
  }

  private element(element: HtmlElement): void {
    const { tag } = element
    const style = styleOf(element)
    if (isSkipped(element, style, this.sheet)) {
      const note = leftOutIn(element, style)
      if (note) this.note(note, element)
      return
    }
    if (tag === 'br') this.endLine(element, 'break')
    else if (tag === 'img') this.note('pictures', element)
    else this.content(element, style)
  }

  private content(element: HtmlElement, style: HtmlStyle): void {
    const { tag } = element
    if (tag === 'a' && isNoteReference(element)) {
      this.noteReference(element)
      return
    }
    if (style.isListSign) {
      this.listSign(element, style)
      return
    }
    const isBlock = style.isBlock ?? BLOCKS.has(tag)
    if (isBlock) this.endLine(element.parent ?? element)
    if (tag === 'table') this.table(element)
    else this.within(element, style)
    if (isBlock) this.endLine(element)
  }

  /** Small and raised on the page, a note's number would run into the text before it. */
  private noteReference(element: HtmlElement): void {
    const number = rawTextOf(element).trim()
    if (/^\d{1,4}$/.test(number)) this.append(`[${number}]`, element)
    else this.children(element)
  }

  /** What Word writes before an item: its number with spaces for a tab, or a bullet. */
  private listSign(element: HtmlElement, style: HtmlStyle): void {
    const sign = rawTextOf(element).replace(/[\s\u00a0]+/g, '')
    if (style.isSymbol || this.symbols > 0 || !/[\p{L}\p{N}]/u.test(sign)) return
    if (sign === 'o' || sign === 'l') return
    this.note('auto-numbering', element)
    this.append(sign + gapAfter(sign, 'tab'), element)
  }

  /** Writes what is in an element, with its meaning and look in force. */
  private within(element: HtmlElement, style: HtmlStyle): void {
    const { tag } = element
    const before = { is: this.is, list: this.list, depth: this.depth }
    const isStrong = style.isStrong ?? (tag === 'b' || tag === 'strong')
    const isSlanted = style.isSlanted ?? (tag === 'i' || tag === 'em')
    const isLink = tag === 'a' && /^(?!#|$)/.test(element.attributes.get('href') ?? '')
    const isPreformatted = style.isPreformatted ?? PREFORMATTED.has(tag)
    if (isStrong) this.strong++
    if (isSlanted) this.emphasis++
    if (isLink) this.links++
    if (isPreformatted) this.preformatted++
    const own = kindOf(element, style)
    if (own?.kind === 'note') this.is = own
    if (LISTS.has(tag)) this.beginList(element)
    else if (tag === 'li') this.beginItem(element)
    else this.is = own ?? this.is
    if (style.isSymbol) this.symbols++
    this.children(element)
    if (style.isSymbol) this.symbols--
    if (isStrong) this.strong--
    if (isSlanted) this.emphasis--
    if (isLink) this.links--
    if (isPreformatted) this.preformatted--
    if (BLOCKS.has(tag)) {
      this.endLine(element)
      const isSpent = before.is?.kind === 'item' && this.is === null
      this.is = isSpent ? null : before.is
    }
    if (tag === 'li') this.marker = null
    this.list = before.list
    this.depth = before.depth
  }

  private beginList(element: HtmlElement): void {
    this.depth++
    const numbering = element.tag === 'ol' ? numberingOf(element, this.sheet) : null
    const isReversed = element.attributes.has('reversed')
    const items = isReversed ? element.children.filter(isItem).length : 1
    const first = wholeNumber(element.attributes.get('start')) ?? items
    this.list = { depth: this.depth, numbering, step: isReversed ? -1 : 1, next: first }
    this.is = this.is?.kind === 'item' ? null : this.is
  }

  private beginItem(element: HtmlElement): void {
    const { list } = this
    if (this.is === null || this.is.kind === 'item') {
      this.is = { kind: 'item', level: Math.min(9, Math.max(1, this.depth)) }
    }
    if (!list?.numbering) return
    const value = wholeNumber(element.attributes.get('value')) ?? list.next
    list.next = value + list.step
    this.marker = list.numbering(value)
  }

  private table(element: HtmlElement): void {
    const table = tableOf(element, this.sheet)
    for (const outside of table.outside) {
      if (typeof outside === 'string') this.node(outside, element)
      else if (outside.tag === 'caption') {
        this.block(outside, { kind: 'caption', level: 0 })
      } else this.element(outside)
    }
    if (table.rows === null) {
      for (const part of table.parts) this.element(part)
      return
    }
    this.endLine(element)
    if (table.isMerged) this.note('merged-cells', element)
    for (const row of table.rows) {
      this.cells++
      let cells = 0
      for (const cell of row.cells) {
        if (cells++ > 0) this.tab()
        if (cell) this.within(cell, styleOf(cell))
        this.pending = 'none'
      }
      this.cells--
      const isEmpty = this.line.parts.every(part => part === '\t')
      if (isEmpty) this.line = emptyLine()
      else this.block(row.element, { kind: 'row', level: row.isHeading ? 1 : 0 }, 'written')
    }
  }

  private tab(): void {
    this.line.parts.push('\t')
    this.line.length++
    this.line.last = TAB
  }

  private block(
    element: HtmlElement,
    is: LineKind,
    how: 'to write' | 'written' = 'to write',
  ): void {
    const before = this.is
    this.is = is
    if (how === 'to write') this.children(element)
    else this.line.element = element
    this.endLine(element)
    this.is = before
  }
}

function emptyLine(): OpenLine {
  return { parts: [], length: 0, last: 0, element: null, linked: 0, inline: [] }
}

function extend(line: OpenLine, kind: InlineMark['kind'], start: number, end: number): void {
  const last = line.inline.findLast(mark => mark.kind === kind)
  if (last && last.end === start) last.end = end
  else line.inline.push({ kind, start, end })
}

/** White space that collapses: that of ASCII, and no other. */
function isSpace(unit: number): boolean {
  return unit === 0x20 || unit === 9 || unit === 10 || unit === 12 || unit === 13
}

/**
 * Whether a character fills a square, so that Chinese text broken beside it is joined without a
 * space. Quotation marks, dashes and dots count: in Chinese text they do.
 */
function isWide(unit: number): boolean {
  return (
    (unit >= 0x2e80 && unit <= 0x9fff) ||
    (unit >= 0xf900 && unit <= 0xfaff) ||
    (unit >= 0xfe30 && unit <= 0xfe4f) ||
    (unit >= 0xff01 && unit <= 0xff60) ||
    (unit >= 0xd840 && unit <= 0xd8ff) ||
    (unit >= 0xdc00 && unit <= 0xdfff) ||
    (unit >= 0x2014 && unit <= 0x201d) ||
    unit === 0x2026 ||
    unit === 0xb7
  )
}

function isItem(node: HtmlNode): boolean {
  return typeof node !== 'string' && node.tag === 'li'
}

function isNoteReference({ attributes }: HtmlElement): boolean {
  const name = attributes.get('class') ?? ''
  const role = attributes.get('role') ?? attributes.get('epub:type') ?? ''
  return /footnote-?ref|(?:foot|end)note(?:anc|sym)|noteref/i.test(`${name} ${role}`)
}

/** Whether an element holds a note, or all notes. */
function isNote({ attributes }: HtmlElement): boolean {
  const role = attributes.get('role') ?? attributes.get('epub:type') ?? ''
  if (/^(?:doc-)?(?:foot|end|rear)notes?$/.test(role)) return true
  if (/^sd(?:foot|end)note\d+$/.test(attributes.get('id') ?? '')) return true
  return /^footnotes?(?:$|\s)/.test(attributes.get('class') ?? '')
}

/** What an element makes of the lines in it. */
function kindOf(element: HtmlElement, style: HtmlStyle): LineKind | null {
  const heading = /^h([1-6])$/.exec(element.tag)
  if (heading) return { kind: 'heading', level: Number(heading[1]) }
  if (style.listLevel !== null) return { kind: 'item', level: style.listLevel }
  if (element.tag === 'blockquote') return { kind: 'quote', level: 0 }
  if (element.tag === 'figcaption') return { kind: 'caption', level: 0 }
  if (style.isNote || isNote(element)) return { kind: 'note', level: 0 }
  const name = element.tag === 'p' ? element.attributes.get('class') : undefined
  if (name === undefined) return null
  if (/^MsoTitle/i.test(name)) return { kind: 'title', level: 0 }
  if (/^MsoCaption/i.test(name)) return { kind: 'caption', level: 0 }
  return null
}

/** Of an element that is not shown: what a reader should hear of it. */
function leftOutIn(element: HtmlElement, style: HtmlStyle): HtmlFinding['note'] | null {
  if (style.isComment) return 'comments'
  if (/^msodel$/i.test(element.attributes.get('class') ?? '')) return 'tracked-changes'
  if (!style.isHidden || style.isFiller) return null
  const hasText = (node: HtmlNode): boolean =>
    typeof node === 'string' ? /[^\s\u00a0]/.test(node) : node.children.some(hasText)
  return hasText(element) ? 'hidden-text' : null
}
