import { DOCUMENT_LIMITS, type DocumentNote } from './document'
import {
  append,
  type Draft,
  emptyDraft,
  type Face,
  type LineMark,
  PLAIN,
  write,
} from './line-writer'
import type { OdtLists, OpenList } from './odt-lists'
import type { OdtStyle, OdtStyles } from './odt-styles'
import { type Cell, collectingSink, type Row, type Sink, writeTable } from './table-lines'
import { childrenOf, textOf, type XmlElement } from './xml'
import { DocumentRefusal } from './zip-parts'

/** A footnote or endnote, to be written when the text has ended. */
export interface OdtNote {
  readonly isEndnote: boolean
  readonly label: string
  readonly body: XmlElement
}

export interface OdtParts {
  readonly styles: OdtStyles
  readonly lists: OdtLists
  /** What was met that a researcher should know. */
  readonly met: Set<DocumentNote>
  /** The notes, in the order of their references; added to. */
  readonly notes: OdtNote[]
}

/** A heading this long is a paragraph that somebody gave a heading's style for its looks. */
const LONGEST_HEADING = 200
const MOST_SPACES = 1_000

/** Writes the blocks of an OpenDocument text; hand them over one at a time, in reading order. */
export function odtWalker(parts: OdtParts): (element: XmlElement, sink: Sink) => void {
  const { styles, lists, met, notes } = parts
  /** How many tables of contents or indexes are open. */
  let contents = 0

  function block(element: XmlElement, sink: Sink): void {
    const { name, attributes } = element
    if (name === 'text:p' || name === 'text:h') paragraph(element, sink, null)
    else if (name === 'text:list' || name === 'text:numbered-paragraph') list(element, sink, null)
    else if (name === 'table:table') table(element, sink)
    else if (name === 'text:section') {
      if (childrenOf(element, 'text:section-source').length > 0) met.add('links-outside')
      const isHidden =
        attributes['text:display'] === 'none' ||
        styles.style('section', attributes['text:style-name']).isHidden
      if (isHidden) met.add('hidden-text')
      else blocks(element, sink)
    } else if (INDEXES.has(name)) {
      contents++
      for (const body of childrenOf(element, 'text:index-body')) blocks(body, sink)
      contents--
    } else if (name === 'text:index-title') blocks(element, sink)
    else if (name === 'text:tracked-changes') {
      if (childrenOf(element, 'text:changed-region').length > 0) met.add('tracked-changes')
    } else if (name.startsWith('draw:')) {
      const boxes: XmlElement[] = []
      drawing(element, boxes)
      for (const box of boxes) blocks(box, sink)
    } else if (name === 'office:annotation') met.add('comments')
  }

  function blocks(element: XmlElement, sink: Sink): void {
    for (const child of childrenOf(element)) block(child, sink)
  }

  function paragraph(element: XmlElement, sink: Sink, item: ListItem | null): void {
    const { attributes } = element
    const style = styles.style('paragraph', attributes['text:style-name'])
    const isTitle = style.role === 'title'
    const level =
      element.name === 'text:h' && !isTitle
        ? Math.min(whole(attributes['text:outline-level'], 1), 9)
        : 0
    const state: LineState = {
      draft: emptyDraft(),
      boxes: [],
      // Headings are bold by their style, which the mark on the line says already.
      base: isTitle || level > 0 ? { ...style, isBold: false, isItalic: false } : style,
      isGap: true,
      hides: false,
    }
    inline(element, state, state.base)
    const isGone = state.draft.text === '' && state.hides
    if (!isGone) {
      const label = labelOf(element, level, item)
      const line = emptyDraft()
      write(line, label)
      append(line, state.draft)
      if (label !== '') met.add('auto-numbering')
      const isShort = line.text.length <= LONGEST_HEADING
      sink.add(line, marksOf({ style, level: isShort ? level : 0, isShort, item }))
    }
    for (const box of state.boxes) blocks(box, sink)
  }

  function labelOf(element: XmlElement, level: number, item: ListItem | null): string {
    if (item) return item.isFirst ? lists.label(item.list, item.start) : ''
    if (level === 0 || element.attributes['text:is-list-header'] === 'true') return ''
    return lists.heading(level - 1)
  }

  function marksOf({ style, level, isShort, item }: LineFacts): LineMark[] {
    if (contents > 0) return [{ kind: 'aside', level: 0 }]
    if (isShort && style.role === 'title') return [{ kind: 'title', level: 0 }]
    if (level > 0) return [{ kind: 'heading', level }]
    if (style.role === 'caption' || style.role === 'quote') return [{ kind: style.role, level: 0 }]
    return item?.isFirst ? [{ kind: 'item', level: item.list.level + 1 }] : []
  }

  function list(element: XmlElement, sink: Sink, around: OpenList | null): void {
    const open = lists.enter(element, around)
    if (element.name === 'text:numbered-paragraph') {
      const level = whole(element.attributes['text:level'], 1) - 1
      listItem(element, sink, { ...open, level: Math.min(Math.max(level, 0), 9) })
      return
    }
    for (const child of childrenOf(element)) {
      if (child.name === 'text:list-item') listItem(child, sink, open)
      else if (child.name === 'text:list-header') blocksOfItem(child, sink, open)
    }
  }

  function listItem(element: XmlElement, sink: Sink, open: OpenList): void {
    const start = element.attributes['text:start-value']
    const first = {
      list: open,
      isFirst: true,
      start: start === undefined ? undefined : whole(start, 1),
    }
    let item: ListItem = first
    let inner = 0
    for (const child of childrenOf(element)) {
      if (child.name === 'text:p' || child.name === 'text:h') {
        paragraph(child, sink, item)
        item = { ...first, isFirst: false }
      } else if (child.name === 'text:list') {
        const continues = child.attributes['text:continue-numbering'] === 'true'
        if (inner > 0 && !continues) lists.restartWithin(open)
        list(child, sink, open)
        inner++
      } else block(child, sink)
    }
  }

  function blocksOfItem(element: XmlElement, sink: Sink, open: OpenList): void {
    for (const child of childrenOf(element)) {
      if (child.name === 'text:list') list(child, sink, open)
      else if (child.name === 'text:p' || child.name === 'text:h') {
        paragraph(child, sink, { list: open, isFirst: false, start: undefined })
      } else block(child, sink)
    }
  }

  function inline(element: XmlElement, state: LineState, style: Look): void {
    for (const child of element.children) {
      if (typeof child === 'string') putText(state, child, style)
      else inlineElement(child, state, style)
    }
  }

  function inlineElement(element: XmlElement, state: LineState, style: Look): void {
    const { name, attributes } = element
    switch (name) {
      case 'text:span':
        inline(element, state, lookWithin(style, attributes['text:style-name']))
        break
      case 'text:s':
        put(state, ' '.repeat(Math.min(whole(attributes['text:c'], 1), MOST_SPACES)), style)
        break
      case 'text:tab':
        put(state, '\t', style)
        break
      case 'text:line-break':
        put(state, '\n', style)
        break
      case 'text:note':
        note(element, state)
        break
      case 'text:ruby':
        for (const base of childrenOf(element, 'text:ruby-base')) inline(base, state, style)
        break
      case 'office:annotation':
        met.add('comments')
        break
      case 'text:hidden-text':
      case 'text:hidden-paragraph':
        met.add('hidden-text')
        break
      case 'text:script':
        met.add('script')
        break
      case 'text:tracked-changes':
        break
      case 'text:page-number':
      case 'text:page-count':
        break
      default:
        if (name.startsWith('draw:')) drawing(element, state.boxes)
        else if (name.startsWith('text:')) inline(element, state, style)
    }
  }

  function lookWithin(style: Look, name: string | undefined): Look {
    const own = styles.style('text', name)
    return {
      isBold: style.isBold || own.isBold,
      isItalic: style.isItalic || own.isItalic,
      isHidden: style.isHidden || own.isHidden,
    }
  }

  function note(element: XmlElement, state: LineState): void {
    const [citation] = childrenOf(element, 'text:note-citation')
    const [body] = childrenOf(element, 'text:note-body')
    if (!body) return
    const number = citation ? textOf(citation).trim() : ''
    // Small and raised on the page; plain text would run it into the number before it.
    const label = /^[0-9A-Za-z]+$/.test(number) ? `[${number}]` : number
    notes.push({ isEndnote: element.attributes['text:note-class'] === 'endnote', label, body })
    if (label !== '') met.add('auto-numbering')
    put(state, label, PLAIN_LOOK)
  }

  /** Finds text in drawings, whose paragraphs follow the one they are anchored in, and pictures. */
  function drawing(element: XmlElement, boxes: XmlElement[]): void {
    const { name, attributes } = element
    if (name === 'draw:image' || name === 'draw:object' || name === 'draw:object-ole') {
      met.add('pictures')
      const target = attributes['xlink:href'] ?? ''
      if (/^(?:[a-z][a-z0-9+.-]*:|\/|\.\.\/)/i.test(target)) met.add('links-outside')
      return
    }
    const children = childrenOf(element)
    if (children.some(child => BLOCKS.has(child.name))) boxes.push(element)
    for (const child of children) if (child.name.startsWith('draw:')) drawing(child, boxes)
  }

  function put(state: LineState, characters: string, style: Look): void {
    if (characters === '') return
    if (style.isHidden) {
      met.add('hidden-text')
      state.hides = true
      return
    }
    write(state.draft, characters, faceOf(style))
    state.isGap = false
  }

  /** White space in the file is one space, and none at the start of a paragraph. */
  function putText(state: LineState, text: string, style: Look): void {
    const single = text.replace(/[ \t\r\n]+/g, ' ')
    const characters = state.isGap && single.startsWith(' ') ? single.slice(1) : single
    if (characters === '') return
    put(state, characters, style)
    if (!style.isHidden) state.isGap = characters.endsWith(' ')
  }

  function table(element: XmlElement, sink: Sink): void {
    const rows: Row[] = []
    addRows(element, rows, { isHeader: false })
    writeTable(rows, sink)
  }

  function addRows(element: XmlElement, rows: Row[], within: { isHeader: boolean }): void {
    for (const child of childrenOf(element)) {
      if (child.name === 'table:table-row') {
        const row = { cells: cellsOf(child), lead: 0, ...within }
        const isEmpty = row.cells.every(cell => cell.lines.length === 0)
        const repeated = whole(child.attributes['table:number-rows-repeated'], 1)
        const count = rows.length + repeated
        const limit = DOCUMENT_LIMITS.rows
        if (!isEmpty && count > limit) throw new DocumentRefusal('too-many-rows', { count, limit })
        for (let left = isEmpty ? 1 : repeated; left > 0; left--) rows.push(row)
      } else if (child.name === 'table:table-header-rows') addRows(child, rows, { isHeader: true })
      else if (ROW_GROUPS.has(child.name)) addRows(child, rows, within)
    }
  }

  function cellsOf(row: XmlElement): Cell[] {
    const cells: Cell[] = []
    for (const element of childrenOf(row)) {
      const { name, attributes } = element
      if (name !== 'table:table-cell' && name !== 'table:covered-table-cell') continue
      if (name === 'table:covered-table-cell') met.add('merged-cells')
      const inside = collectingSink()
      if (name === 'table:table-cell') blocks(element, inside)
      const repeated = whole(attributes['table:number-columns-repeated'], 1)
      const count = cells.length + repeated
      const limit = DOCUMENT_LIMITS.columns
      if (count > limit) throw new DocumentRefusal('too-many-columns', { count, limit })
      for (let left = repeated; left > 0; left--) cells.push({ columns: 1, lines: inside.lines })
    }
    return cells
  }

  return block
}

/** What characters look like, as the styles around them say. */
type Look = Pick<OdtStyle, 'isBold' | 'isItalic' | 'isHidden'>

const PLAIN_LOOK: Look = { isBold: false, isItalic: false, isHidden: false }

interface LineState {
  readonly draft: Draft
  /** Drawings with text that are anchored in the paragraph. */
  readonly boxes: XmlElement[]
  readonly base: Look
  /** Whether white space that follows adds nothing. */
  isGap: boolean
  hides: boolean
}

interface ListItem {
  readonly list: OpenList
  /** Whether the item's number stands before the paragraph. */
  readonly isFirst: boolean
  readonly start: number | undefined
}

interface LineFacts {
  readonly style: OdtStyle
  readonly level: number
  readonly isShort: boolean
  readonly item: ListItem | null
}

const INDEXES: ReadonlySet<string> = new Set([
  'text:table-of-content',
  'text:illustration-index',
  'text:table-index',
  'text:object-index',
  'text:user-index',
  'text:alphabetical-index',
])

const BLOCKS: ReadonlySet<string> = new Set(['text:p', 'text:h', 'text:list', 'table:table'])

const ROW_GROUPS: ReadonlySet<string> = new Set(['table:table-rows', 'table:table-row-group'])

function faceOf({ isBold, isItalic }: Look): Face {
  return isBold || isItalic ? { isStrong: isBold, isEmphasis: isItalic } : PLAIN
}

/** A whole number from 0 on, or `otherwise` for none. */
function whole(value: string | undefined, otherwise: number): number {
  return value !== undefined && /^\d{1,9}$/.test(value) ? Number(value) : otherwise
}
