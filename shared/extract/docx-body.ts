import { DOCUMENT_LIMITS, type DocumentNote } from './document'
import { fieldKindOf, fieldText, type OpenField } from './docx-fields'
import type { Notes } from './docx-notes'
import type { Numbering } from './docx-numbering'
import {
  isOn,
  numberRefOf,
  outlineOf,
  type ParagraphStyle,
  runFormatOf,
  type Styles,
  settingOf,
  wholeNumberOf,
} from './docx-styles'
import { isSymbolFont, symbolOf } from './docx-symbols'
import {
  append,
  type Draft,
  emptyDraft,
  type Face,
  type LineMark,
  PLAIN,
  write,
} from './line-writer'
import { type Cell, collectingSink, type Row, type Sink, writeTable } from './table-lines'
import { childOf, childrenOf, textOf, within, type XmlElement } from './xml'
import { DocumentRefusal } from './zip-parts'

// The one walk over a Word text, in one file because paragraphs, tables, text boxes and notes
// hold one another. What it knows beyond the element at hand is short: which fields are open,
// and what a deleted paragraph mark glues to the next paragraph.

export interface BodyParts {
  readonly styles: Styles
  readonly numbering: Numbering
  readonly notes: Notes
  /** What was met that a researcher should know. */
  readonly met: Set<DocumentNote>
  /** How many characters had to be replaced by U+FFFD; counted on. */
  readonly replaced: { count: number }
}

/** A heading this long is a paragraph that somebody gave a heading's style for its looks. */
const LONGEST_HEADING = 200

/** Walks over the blocks of a body in reading order; hand them over one at a time. */
export function bodyWalker(parts: BodyParts): {
  block(element: XmlElement, sink: Sink): void
  /** Ends the text: what a deleted last paragraph mark left over becomes a paragraph. */
  end(sink: Sink): void
} {
  const { styles, numbering, notes, met, replaced } = parts
  const fields: OpenField[] = []
  /** How many tables of contents are open around the place, beside those in `fields`. */
  let contents = 0
  /** What stands before the next paragraph, where the mark between them was deleted. */
  let glued: { readonly draft: Draft; readonly boxes: XmlElement[] } | null = null

  function block(element: XmlElement, sink: Sink): void {
    switch (element.name) {
      case 'w:p':
        paragraph(element, sink)
        break
      case 'w:tbl':
        table(element, sink)
        break
      case 'w:sdt':
        withContents(isContentsBox(element), () => blocks(childOf(element, 'w:sdtContent'), sink))
        break
      case 'w:ins':
      case 'w:moveTo':
        met.add('tracked-changes')
        blocks(element, sink)
        break
      case 'w:del':
      case 'w:moveFrom':
        met.add('tracked-changes')
        break
      case 'w:customXml':
      case 'w:smartTag':
        blocks(element, sink)
        break
      case 'mc:AlternateContent':
        blocks(alternativeOf(element), sink)
        break
      case 'w:altChunk':
        // Another file stands here in place of text, and leaving it out would look like all.
        throw new DocumentRefusal('unsupported', { kind: 'altChunk' })
      case 'w:subDoc':
        met.add('links-outside')
    }
  }

  function blocks(element: XmlElement | undefined, sink: Sink): void {
    for (const child of childrenOf(element)) block(child, sink)
  }

  function withContents(isContents: boolean, walk: () => void): void {
    if (isContents) contents++
    walk()
    if (isContents) contents--
  }

  function isInContents(): boolean {
    return contents > 0 || fields.some(field => field.kind === 'contents')
  }

  function paragraph(element: XmlElement, sink: Sink): void {
    const properties = childOf(element, 'w:pPr')
    const markFormat = childOf(properties, 'w:rPr')
    const style = styles.paragraph(settingOf(properties, 'w:pStyle'))
    const level = style.role === 'title' ? 0 : (outlineOf(properties) ?? style.headingLevel)
    if (level > 0 || style.role === 'title') giveUpContents()
    const isContents = isInContents() || style.role === 'contents'
    const state: LineState = {
      draft: glued?.draft ?? emptyDraft(),
      boxes: glued?.boxes ?? [],
      style,
      isHeading: level > 0 || style.role === 'title' || style.role === 'caption',
      breaks: false,
      hides: false,
    }
    glued = null
    inline(element, state)

    const { draft, boxes } = state
    if (childOf(markFormat, 'w:del') || childOf(markFormat, 'w:moveFrom')) {
      met.add('tracked-changes')
      glued = { draft, boxes }
      return
    }
    if (childOf(markFormat, 'w:ins')) met.add('tracked-changes')
    giveUpCodes(draft)
    const isGone = draft.text === '' && (state.hides || runFormatOf(markFormat).isHidden === true)
    if (!isGone) {
      const number = numbering.next(numberRefOf(properties), style.number, style.numberedBy)
      const line = numbered(draft, number?.label ?? '')
      const marks = marksOf({ line, style, level, number })
      if (line.text.length > LONGEST_HEADING) giveUpContents()
      const isAside =
        style.role === 'contents' ||
        ((isContents || isInContents()) && line.text.length <= LONGEST_HEADING)
      sink.add(line, isAside ? [{ kind: 'aside', level: 0 }] : marks)
    }
    for (const box of boxes) blocks(box, sink)
  }

  function numbered(draft: Draft, label: string): Draft {
    if (label === '') return draft
    met.add('auto-numbering')
    const line = emptyDraft()
    write(line, label)
    append(line, draft)
    return line
  }

  /** Writes what stands in a paragraph, or in something that only wraps a part of one. */
  function inline(element: XmlElement | undefined, state: LineState): void {
    for (const child of childrenOf(element)) {
      switch (child.name) {
        case 'w:r':
          run(child, state)
          break
        case 'w:ins':
        case 'w:moveTo':
          met.add('tracked-changes')
          inline(child, state)
          break
        case 'w:del':
        case 'w:moveFrom':
          met.add('tracked-changes')
          break
        case 'w:hyperlink':
        case 'w:smartTag':
        case 'w:customXml':
        case 'w:dir':
        case 'w:bdo':
          inline(child, state)
          break
        case 'w:fldSimple':
          withContents(fieldKindOf(child.attributes['w:instr'] ?? '') === 'contents', () =>
            inline(child, state),
          )
          break
        case 'w:sdt':
          inline(childOf(child, 'w:sdtContent'), state)
          break
        case 'mc:AlternateContent':
          inline(alternativeOf(child), state)
          break
        case 'm:oMath':
        case 'm:oMathPara':
          put(shownOrHeld(state), mathText(child), PLAIN)
          break
        case 'w:subDoc':
          met.add('links-outside')
      }
    }
  }

  function run(element: XmlElement, state: LineState): void {
    const properties = childOf(element, 'w:rPr')
    const own = runFormatOf(properties)
    const ofStyle = styles.character(settingOf(properties, 'w:rStyle'))
    const ofLine = state.style.run
    const isHidden = own.isHidden ?? (ofStyle.isHidden ?? false) !== (ofLine.isHidden ?? false)
    // Headings are bold by their style, which the mark on the line says already.
    const lineBold = !state.isHeading && (ofLine.isBold ?? false)
    const lineItalic = !state.isHeading && (ofLine.isItalic ?? false)
    const face = {
      isStrong: own.isBold ?? (ofStyle.isBold ?? false) !== lineBold,
      isEmphasis: own.isItalic ?? (ofStyle.isItalic ?? false) !== lineItalic,
    }
    const font = own.font ?? ofStyle.font ?? ofLine.font
    runParts(element, { state, face, isHidden, font })
  }

  function runParts(element: XmlElement | undefined, at: RunState): void {
    for (const child of childrenOf(element)) {
      if (child.name === 'w:fldChar') fieldCharacter(child, at)
      else if (child.name === 'w:instrText') {
        const field = fields.at(-1)
        if (field && !field.hasResult) field.code += textOf(child)
      } else runPart(child, { ...at, state: shownOrHeld(at.state) })
    }
  }

  /** Where characters go: to the line, or aside while they stand among a field's code. */
  function shownOrHeld(state: LineState): LineState {
    const field = fields.find(open => !open.hasResult)
    return field ? { ...state, draft: field.held, boxes: [] } : state
  }

  /** Gives up fields whose code has no end in the paragraph, as Word does with broken ones. */
  function giveUpCodes(draft: Draft): void {
    const first = fields.findIndex(field => !field.hasResult)
    if (first < 0) return
    for (const { held } of fields.splice(first)) append(draft, held)
  }

  /** Gives up tables of contents that go on into what can be none. */
  function giveUpContents(): void {
    for (const field of fields) if (field.kind === 'contents') field.kind = 'other'
  }

  /** Whether the place is none of the code that stands before a field's result. */
  function isShown(): boolean {
    return fields.every(field => field.hasResult)
  }

  function fieldCharacter(element: XmlElement, { state, face, isHidden }: RunState): void {
    switch (element.attributes['w:fldCharType']) {
      case 'begin':
        fields.push({ code: '', kind: 'other', hasResult: false, held: emptyDraft() })
        break
      case 'separate': {
        const field = fields.at(-1)
        if (!field) break
        field.hasResult = true
        field.kind = fieldKindOf(field.code)
        break
      }
      case 'end': {
        const field = fields.pop()
        if (field && !field.hasResult && isShown() && !isHidden) {
          put(state, fieldText(field.code), face)
        }
      }
    }
  }

  function runPart(element: XmlElement, at: RunState): void {
    const { state, face, isHidden, font } = at
    const characters = charactersOf(element, font)
    if (characters !== null) {
      if (isHidden) hide(state)
      else put(state, characters, face)
      return
    }
    switch (element.name) {
      case 'w:br':
        if (isHidden) break
        if (isPageBreak(element)) state.breaks = state.draft.text !== ''
        else put(state, '\n', face)
        break
      case 'w:footnoteReference':
      case 'w:endnoteReference': {
        const kind = element.name === 'w:footnoteReference' ? 'footnote' : 'endnote'
        if (isHidden) break
        const hasOwnMark = isOn(element.attributes['w:customMarkFollows'] ?? 'off')
        const label = notes.refer(kind, element.attributes['w:id'] ?? '', hasOwnMark)
        if (label === '') break
        met.add('auto-numbering')
        put(state, label, PLAIN)
        break
      }
      case 'w:commentReference':
        met.add('comments')
        break
      case 'w:ruby':
        // The reading above the characters is no part of the sentence.
        inline(childOf(element, 'w:rubyBase'), state)
        break
      case 'mc:AlternateContent':
        runParts(alternativeOf(element), at)
        break
      case 'w:drawing':
      case 'w:pict':
      case 'w:object':
        if (!isHidden) graphic(element, state)
    }
  }

  /** The characters that an element stands for, or `null` where it stands for none. */
  function charactersOf(element: XmlElement, font: string | undefined): string | null {
    switch (element.name) {
      case 'w:t':
        return isSymbolFont(font) ? fromSymbols(textOf(element), font) : plainText(element)
      case 'w:tab':
      case 'w:ptab':
        return '\t'
      case 'w:cr':
        return '\n'
      case 'w:noBreakHyphen':
        return '\u2011'
      case 'w:softHyphen':
        return '\u00ad'
      case 'w:sym': {
        const code = Number.parseInt(element.attributes['w:char'] ?? '', 16)
        return symbolOf(code, element.attributes['w:font'] ?? '') ?? unknown()
      }
      default:
        return null
    }
  }

  /** Text set in a symbol font; its private characters are symbols, the others are themselves. */
  function fromSymbols(text: string, font: string): string {
    return text.replace(/[\uf020-\uf0ff]/g, character => {
      return symbolOf(character.charCodeAt(0), font) ?? unknown()
    })
  }

  function unknown(): string {
    met.add('unknown-characters')
    replaced.count++
    return '\ufffd'
  }

  function hide(state: LineState): void {
    met.add('hidden-text')
    state.hides = true
  }

  /** Finds text boxes, whose paragraphs follow the one that they are anchored in, and pictures. */
  function graphic(element: XmlElement, state: LineState): void {
    for (const child of childrenOf(element)) {
      if (child.name === 'w:txbxContent') state.boxes.push(child)
      else if (child.name === 'mc:AlternateContent') graphic(alternativeOf(child), state)
      else {
        if (PICTURES.has(child.name)) met.add('pictures')
        graphic(child, state)
      }
    }
  }

  function table(element: XmlElement, sink: Sink): void {
    const rows = wrapped(element, 'w:tr').map(row => rowOf(row))
    writeTable(
      rows.filter(row => row !== null),
      sink,
    )
  }

  /** The direct children of a name, also those in content boxes and in accepted insertions. */
  function wrapped(element: XmlElement | undefined, name: string): XmlElement[] {
    return childrenOf(element).flatMap(child => {
      if (child.name === name) return [child]
      if (child.name === 'w:sdt') return wrapped(childOf(child, 'w:sdtContent'), name)
      if (child.name === 'w:ins' || child.name === 'w:moveTo') met.add('tracked-changes')
      else if (child.name !== 'w:customXml') return []
      return wrapped(child, name)
    })
  }

  /** Reads a row; `null` for one that is deleted. */
  function rowOf(element: XmlElement): Row | null {
    const properties = childOf(element, 'w:trPr')
    if (childOf(properties, 'w:ins')) met.add('tracked-changes')
    if (childOf(properties, 'w:del')) {
      met.add('tracked-changes')
      return null
    }
    const header = childOf(properties, 'w:tblHeader')
    const cells = wrapped(element, 'w:tc').map(cell => cellOf(cell))
    const lead = columnsOf(settingOf(properties, 'w:gridBefore'), 0)
    const count = cells.reduce((sum, cell) => sum + cell.columns, lead)
    const limit = DOCUMENT_LIMITS.columns
    if (count > limit) throw new DocumentRefusal('too-many-columns', { count, limit })
    return { cells, lead, isHeader: header !== undefined && isOn(header.attributes['w:val']) }
  }

  function cellOf(element: XmlElement): Cell {
    const properties = childOf(element, 'w:tcPr')
    const columns = columnsOf(settingOf(properties, 'w:gridSpan'), 1)
    const merges = ['w:vMerge', 'w:hMerge'].map(name => childOf(properties, name))
    if (columns > 1 || merges.some(merge => merge !== undefined)) met.add('merged-cells')
    const isDeleted = childOf(properties, 'w:cellDel') !== undefined
    if (isDeleted) met.add('tracked-changes')
    const isContinued = merges.some(merge => merge && merge.attributes['w:val'] !== 'restart')
    const inside = collectingSink()
    if (!isContinued && !isDeleted) blocks(element, inside)
    return { columns, lines: inside.lines }
  }

  return {
    block,
    end(sink) {
      if (!glued) return
      const { draft, boxes } = glued
      glued = null
      if (draft.text !== '') sink.add(draft, [])
      for (const box of boxes) blocks(box, sink)
    },
  }
}

/** A paragraph while it is read. */
interface LineState {
  readonly draft: Draft
  /** Text boxes anchored in it. */
  readonly boxes: XmlElement[]
  readonly style: ParagraphStyle
  readonly isHeading: boolean
  /** Whether a page ended within it: a new line, if anything follows. */
  breaks: boolean
  /** Whether text of it is hidden. */
  hides: boolean
}

interface RunState {
  readonly state: LineState
  readonly face: Face
  readonly isHidden: boolean
  readonly font: string | undefined
}

const PICTURES: ReadonlySet<string> = new Set(['pic:pic', 'v:imagedata', 'o:OLEObject', 'a:blip'])

function put(state: LineState, characters: string, face: Face): void {
  if (characters === '') return
  if (state.breaks) write(state.draft, '\n')
  state.breaks = false
  write(state.draft, characters, face)
}

/** Text as Word takes it: white space at its ends counts only where the file says so. */
function plainText(element: XmlElement): string {
  const text = textOf(element).replace(/\r\n?|\n/g, ' ')
  return element.attributes['xml:space'] === 'preserve'
    ? text
    : text.replace(/^[ \t]+|[ \t]+$/g, '')
}

function isPageBreak({ attributes }: XmlElement): boolean {
  return attributes['w:type'] === 'page' || attributes['w:type'] === 'column'
}

function isContentsBox(element: XmlElement): boolean {
  const part = childOf(childOf(element, 'w:sdtPr'), 'w:docPartObj')
  return settingOf(part, 'w:docPartGallery') === 'Table of Contents'
}

/** Of what is written several times for programs of several ages, the newest that has text. */
function alternativeOf(element: XmlElement): XmlElement {
  const all = childrenOf(element).filter(
    child => child.name === 'mc:Choice' || child.name === 'mc:Fallback',
  )
  return all.find(child => within(child, 'w:t').length > 0) ?? all[0] ?? element
}

interface LineFacts {
  readonly line: Draft
  readonly style: ParagraphStyle
  readonly level: number
  readonly number: { readonly level: number } | null
}

function marksOf({ line, style, level, number }: LineFacts): LineMark[] {
  const isShort = line.text.length <= LONGEST_HEADING
  if (isShort && style.role === 'title') return [{ kind: 'title', level: 0 }]
  if (isShort && level > 0) return [{ kind: 'heading', level }]
  if (style.role === 'caption' || style.role === 'quote') return [{ kind: style.role, level: 0 }]
  return number ? [{ kind: 'item', level: number.level + 1 }] : []
}

/** Formulas in one line: what their letters say, with a stroke for each fraction. */
function mathText(element: XmlElement): string {
  return childrenOf(element)
    .map(child => {
      if (child.name === 'm:t') return textOf(child)
      if (child.name === 'm:den') return `/${mathText(child)}`
      return mathText(child)
    })
    .join('')
}

function columnsOf(value: string | undefined, least: number): number {
  return Math.max(least, wholeNumberOf(value) ?? least)
}
