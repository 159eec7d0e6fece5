import type { Mark } from '../domain/markup'
import {
  DOCUMENT_LIMITS,
  DOCUMENT_NOTES,
  type DocumentFile,
  type DocumentNote,
  refuse,
} from './document'
import { gapAfter } from './docx-counters'
import { isSymbolFont, symbolOf } from './docx-symbols'
import { textNotesOf } from './html-notes'
import { type Draft, emptyDraft, emptyPage, type LineMark, type Page, write } from './line-writer'
import { type CodePage, decodeMixed, decodePage, unfinishedAt } from './rtf-codepage'
import { meaningOf, newFont, newStyle, type RtfFont, type RtfStyle, setCharset } from './rtf-tables'
import { CHARACTERS, FIELDS, KEPT, LEFT_OUT, SYMBOLS } from './rtf-words'
import {
  type Cell,
  collectingSink,
  type Line,
  type Row,
  type Sink,
  writeNote,
  writeTable,
} from './table-lines'

// RTF is read in one pass over its bytes: groups, control words, text. A group's first word says
// where its content goes; most places are not the text. This file is over 400 lines because all of
// it shares the state of that one pass.

/**
 * Reads a Rich Text document: paragraphs, headings by outline level or style, list items with the
 * numbers that stand in the file, tables a line a row, footnotes at the end. Properties are
 * `title`, `author`, `subject`, `company`, `created`, `generator`.
 */
export function readRtf(bytes: Uint8Array): DocumentFile {
  const size = bytes.length
  if (size > DOCUMENT_LIMITS.bytes) {
    return refuse('too-large', { size, limit: DOCUMENT_LIMITS.bytes })
  }
  if (size === 0) return refuse('empty')
  if (!looksLikeRtf(bytes)) return refuse('damaged', { where: 'rtf' })
  const reader = new RtfReader(bytes)
  const end = reader.read()
  if (end === 'too deep') return refuse('too-deep', { limit: MAX_GROUPS })
  if (end === 'damaged') return refuse('damaged', { where: 'rtf' })
  const { text, marks } = reader.finish()
  if (text.trim() === '') {
    return reader.notes.has('pictures') ? refuse('no-text', {}) : refuse('empty')
  }
  const { length } = text
  if (length > DOCUMENT_LIMITS.length) {
    return refuse('too-long', { length, limit: DOCUMENT_LIMITS.length })
  }
  const notes = DOCUMENT_NOTES.filter(note => reader.notes.has(note))
  return {
    ok: true,
    format: 'rtf',
    extractor: 'rtf/1',
    text,
    markup: { marks, pages: [], properties: reader.properties },
    encoding: null,
    sure: true,
    replaced: reader.replaced,
    notes: [...textNotesOf(text, reader.replaced), ...notes],
  }
}

/** Whether the first bytes or characters of a file are those of an RTF document. */
export function looksLikeRtf(head: Uint8Array | string): boolean {
  const start =
    typeof head === 'string' ? head.slice(0, 99) : String.fromCharCode(...head.subarray(0, 99))
  return /^(?:\u00ef\u00bb\u00bf|\ufeff)?\s*\{\s*\\rtf/.test(start)
}

/** Of open groups. Word nests some thirty. */
const MAX_GROUPS = 1_000

/** Where the content of a group goes. */
type Destination =
  | 'text'
  | 'nothing'
  | 'fonts'
  | 'styles'
  | 'info'
  | 'property'
  | 'created'
  | 'twice'

/** What a group hands down to the groups in it. */
interface Group {
  destination: Destination
  /** Of a `property`. */
  field: string
  font: number
  /** The font for Chinese that goes with a Western one; -1 for none. */
  wideFont: number
  /** How many characters stand in for a Unicode one. */
  fallback: number
  isStrong: boolean
  isEmphasis: boolean
  isHidden: boolean
  isDeleted: boolean
  style: number
  /** A paragraph's own outline level, 0 to 8; 9 for text, -1 where the style decides. */
  outline: number
  /** 1 at the outside; 0 in no list. */
  list: number
  isInTable: boolean
  /** What begins with this group and ends with it. */
  frame: 'note' | 'box' | 'number' | null
}

/** A place where paragraphs are being written. */
interface Frame {
  draft: Draft
  readonly sink: Sink
  /** What a note's sink has; empty elsewhere. */
  readonly lines: readonly Line[]
  cell: ReturnType<typeof collectingSink>
  cells: Cell[]
  rows: Row[]
  isHeaderRow: boolean
  /** Whether the paragraph has begun with a number or bullet. */
  isItem: boolean
}

/** UTF-16 units of one of the document's properties. */
const MAX_PROPERTY = 1_000

const BACKSLASH = 0x5c
const OPEN = 0x7b
const CLOSE = 0x7d

class RtfReader {
  readonly notes = new Set<DocumentNote>()
  readonly properties: Record<string, string> = {}
  replaced = 0
  private readonly bytes: Uint8Array
  private readonly page: Page = emptyPage()
  private readonly fonts = new Map<number, RtfFont>()
  private readonly styles = new Map<number, RtfStyle>()
  private readonly footnotes: { label: string; lines: readonly Line[] }[] = []
  private readonly groups: Group[] = []
  private readonly frames: Frame[] = []
  private frame: Frame
  private group: Group = newGroup()
  private at = 0
  /** The document's code page, as its head says. */
  private codePage: CodePage = 1252
  private defaultFont = 0
  private entry = 0
  /** Bytes that are not decoded yet, and the font that they are in. */
  private held: number[] = []
  private heldFont = ''
  private toSkip = 0
  private isFirstWord = false
  private isStarred = false
  private noteCount = 0
  private noteLabel = ''
  private field = ''
  private readonly created = new Map<string, number>()

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
    this.frame = newFrame(this.page)
  }

  read(): 'done' | 'too deep' | 'damaged' {
    const { bytes } = this
    while (this.at < bytes.length) {
      const byte = bytes[this.at]!
      if (byte === OPEN) {
        this.at++
        if (this.groups.length >= MAX_GROUPS) return 'too deep'
        this.openGroup()
      } else if (byte === CLOSE) {
        this.at++
        this.closeGroup()
        if (this.groups.length === 0) return 'done'
      } else if (byte === BACKSLASH) {
        this.at++
        if (!this.control()) return 'damaged'
      } else {
        this.at++
        if (byte === 10 || byte === 13 || byte === 0) continue
        this.isFirstWord = false
        if (byte === 9) this.character('\t')
        else this.byte(byte)
      }
    }
    // Braces that close are missing: no harm, if the file stops between two paragraphs.
    this.flush()
    const isBetween = this.frames.length === 0 && this.frame.draft.text === ''
    const isText = [this.group, ...this.groups].every(
      ({ destination }, i) => destination === 'text' || i > this.groups.length,
    )
    return isBetween && isText && this.groups.length > 0 ? 'done' : 'damaged'
  }

  finish(): { readonly text: string; readonly marks: Mark[] } {
    this.flush()
    while (this.frames.length > 0) this.endFrame(null)
    if (this.frame.draft.text !== '') this.endParagraph()
    this.endTable()
    for (const { label, lines } of this.footnotes) writeNote(label, lines, this.page)
    const created = dateOf(this.created)
    if (created) this.properties.created = created
    const { text, marks } = this.page.finish()
    // Half a pair is no character; \ufffd is as long.
    const lone = [...text.matchAll(/\p{Cs}/gu)].length
    this.replaced += lone
    return { text: lone > 0 ? text.replace(/\p{Cs}/gu, '\ufffd') : text, marks }
  }

  private openGroup(): void {
    this.settle()
    this.groups.push(this.group)
    const destination = this.group.destination === 'twice' ? 'nothing' : this.group.destination
    this.group = { ...this.group, destination, frame: null }
    this.isFirstWord = true
    this.isStarred = false
    this.toSkip = 0
  }

  private closeGroup(): void {
    this.settle()
    this.toSkip = 0
    const { destination, frame, field } = this.group
    if (frame) this.flush()
    if (frame) this.endFrame(frame)
    if (destination === 'property') {
      this.flush()
      if (this.groups.at(-1)?.destination !== 'property') this.endProperty(field)
    }
    if (destination === 'fonts' || destination === 'styles') this.flush()
    this.group = this.groups.pop() ?? newGroup()
    this.isFirstWord = false
  }

  private endProperty(name: string): void {
    const value = this.field.slice(0, MAX_PROPERTY).replace(/\s+/g, ' ').trim().replace(/;$/, '')
    if (value !== '' && !(name in this.properties)) this.properties[name] = value
    this.field = ''
  }

  /** Reads a control word or symbol; false where the file stops within it. */
  private control(): boolean {
    const { bytes } = this
    if (this.at >= bytes.length) return false
    const first = bytes[this.at]!
    if (!isLetter(first)) return this.symbol(first)
    let end = this.at
    while (end < bytes.length && isLetter(bytes[end]!) && end - this.at < 40) end++
    const word = String.fromCharCode(...bytes.subarray(this.at, end))
    let sign = 1
    if (bytes[end] === 0x2d) {
      sign = -1
      end++
    }
    let value = 0
    const digits = end
    while (end < bytes.length && bytes[end]! >= 0x30 && bytes[end]! <= 0x39 && end - digits < 10) {
      value = value * 10 + bytes[end]! - 0x30
      end++
    }
    const parameter = end > digits ? sign * value : null
    if (bytes[end] === 0x20) end++
    this.at = end
    if (word === 'bin') {
      this.at += Math.max(0, parameter ?? 0)
      return this.at <= bytes.length
    }
    const isFirst = this.isFirstWord
    this.isFirstWord = false
    if (this.toSkip > 0 && !isFirst) this.toSkip--
    else if (!isFirst || !this.begin(word, parameter)) this.word(word, parameter)
    return true
  }

  private symbol(first: number): boolean {
    const { bytes } = this
    this.at++
    const sign = String.fromCharCode(first)
    if (sign === '*') {
      this.isStarred = true
      return true
    }
    this.isFirstWord = false
    if (sign === "'") {
      const code = Number.parseInt(String.fromCharCode(...bytes.subarray(this.at, this.at + 2)), 16)
      if (this.at + 2 > bytes.length) return false
      if (Number.isNaN(code)) return true
      this.at += 2
      this.byte(code)
      return true
    }
    if (first === 10 || first === 13) {
      this.word('par', null)
      return true
    }
    if (sign === '\\' || sign === '{' || sign === '}') this.byte(first)
    else {
      const character = SYMBOLS.get(sign)
      if (character !== undefined) this.character(character)
    }
    return true
  }

  /** Handles a group's first word if that says where the content goes. */
  private begin(word: string, parameter: number | null): boolean {
    const { group } = this
    const isStarred = this.isStarred
    this.isStarred = false
    if (group.destination === 'nothing') {
      // Of a shape and of a text in two encodings, one part is the text.
      if (word === 'shptxt' && this.groups.at(-1)?.field === 'shape') {
        this.beginFrame('box')
        return true
      }
      if (word === 'ud' && this.groups.at(-1)?.destination === 'twice') {
        group.destination = this.groups.at(-2)?.destination ?? 'text'
        return true
      }
      if (word === 'shpinst') group.field = 'shape'
      return true
    }
    if (group.destination === 'fonts' || group.destination === 'styles') return false
    if (group.destination === 'info') return this.beginProperty(word)
    switch (word) {
      case 'fonttbl':
        group.destination = 'fonts'
        return true
      case 'stylesheet':
        group.destination = 'styles'
        return true
      case 'info':
        group.destination = 'info'
        return true
      case 'generator':
        group.destination = 'property'
        group.field = 'generator'
        return true
      case 'upr':
        group.destination = 'twice'
        return true
      case 'shpinst':
        group.destination = 'nothing'
        group.field = 'shape'
        return true
      case 'footnote':
        this.beginFrame('note')
        return true
      case 'listtext':
      case 'pntext':
        this.beginFrame('number')
        return true
      default:
    }
    if (word === 'pict') this.notes.add('pictures')
    if (word === 'annotation') this.notes.add('comments')
    if (LEFT_OUT.has(word) || (isStarred && !KEPT.has(word))) {
      group.destination = 'nothing'
      return true
    }
    if (KEPT.has(word)) return true
    this.word(word, parameter)
    return true
  }

  private beginProperty(word: string): boolean {
    const { group } = this
    const field = FIELDS.get(word)
    if (field !== undefined) {
      group.destination = 'property'
      group.field = field
      this.field = ''
    } else if (word === 'upr') group.destination = 'twice'
    else group.destination = word === 'creatim' ? 'created' : 'nothing'
    return true
  }

  private word(word: string, parameter: number | null): void {
    const { destination } = this.group
    if (destination === 'nothing' || destination === 'twice' || destination === 'info') return
    if (destination === 'created') {
      if (parameter !== null) this.created.set(word, parameter)
    } else if (destination === 'fonts') this.fontWord(word, parameter)
    else if (destination === 'styles' && this.styleWord(word, parameter)) return
    else if (word === 'u') this.unicode(parameter ?? 0)
    else if (word === 'uc') this.group.fallback = Math.max(0, Math.min(8, parameter ?? 1))
    else if (destination === 'property') {
      if (word === 'f') this.setFont(parameter ?? 0)
    } else this.textWord(word, parameter)
  }

  private fontWord(word: string, parameter: number | null): void {
    if (word === 'f') {
      this.flush()
      this.entry = parameter ?? 0
      this.fonts.set(this.entry, newFont())
    }
    const font = this.fonts.get(this.entry)
    if (!font) return
    if (word === 'fcharset') setCharset(font, parameter ?? 0)
    else if (word === 'cpg' && parameter) font.page = parameter
    else if (word === 'u') this.unicode(parameter ?? 0)
    else if (word === 'uc') this.group.fallback = parameter ?? 1
  }

  private styleWord(word: string, parameter: number | null): boolean {
    if (word === 's' || word === 'cs' || word === 'ds' || word === 'ts') {
      this.flush()
      // Styles of characters, sections and tables have numbers of their own.
      this.entry = word === 's' ? (parameter ?? 0) : -1
      if (word === 's') this.styles.set(this.entry, newStyle())
      return true
    }
    const style = this.styles.get(this.entry)
    if (!style) return word !== 'u' && word !== 'uc'
    if (word === 'outlinelevel') style.outline = parameter
    else if (word === 'sbasedon') style.basedOn = parameter === this.entry ? null : parameter
    else return word !== 'u' && word !== 'uc' && word !== 'f'
    return true
  }

  private textWord(word: string, parameter: number | null): void {
    const character = CHARACTERS.get(word)
    if (character !== undefined) {
      this.character(character)
      return
    }
    const { group } = this
    const isOn = parameter !== 0
    switch (word) {
      case 'par':
        this.flush()
        this.endParagraph()
        break
      case 'sect':
      case 'page':
      case 'column':
        this.flush()
        if (this.frame.draft.text !== '') this.endParagraph()
        break
      case 'cell':
      case 'nestcell':
        this.flush()
        this.endCell(word)
        break
      case 'row':
        this.flush()
        this.endRow()
        break
      case 'trowd':
        this.frame.isHeaderRow = false
        break
      case 'trhdr':
        this.frame.isHeaderRow = true
        break
      case 'clmgf':
      case 'clvmgf':
        this.notes.add('merged-cells')
        break
      case 'pard':
        this.settle()
        Object.assign(group, { style: 0, outline: -1, list: 0, isInTable: false })
        break
      case 'plain':
        this.settle()
        Object.assign(group, { isStrong: false, isEmphasis: false, isHidden: false })
        Object.assign(group, { font: this.defaultFont, wideFont: -1, isDeleted: false })
        break
      case 'b':
        this.settle()
        group.isStrong = isOn
        break
      case 'i':
        this.settle()
        group.isEmphasis = isOn
        break
      case 'v':
        this.settle()
        group.isHidden = isOn
        break
      case 'deleted':
        this.settle()
        group.isDeleted = isOn
        this.notes.add('tracked-changes')
        break
      case 'revised':
        this.notes.add('tracked-changes')
        break
      case 'f':
        this.setFont(parameter ?? 0)
        break
      case 'dbch':
        group.wideFont = -2
        break
      case 'af':
        if (group.wideFont === -2) group.wideFont = parameter ?? -1
        break
      case 's':
        group.style = parameter ?? 0
        break
      case 'outlinelevel':
        group.outline = parameter ?? 9
        break
      case 'ls':
        group.list = parameter ? Math.max(1, group.list) : 0
        break
      case 'ilvl':
        group.list = Math.min(9, Math.max(0, parameter ?? 0) + 1)
        break
      case 'intbl':
        group.isInTable = isOn
        break
      case 'chftn':
        this.noteReference()
        break
      case 'ansicpg':
        if (parameter) this.codePage = parameter
        break
      case 'mac':
        this.codePage = 10000
        break
      case 'deff':
        this.defaultFont = parameter ?? 0
        group.font = this.defaultFont
        break
      case 'deflang':
      case 'deflangfe':
        // Some programs name the language and no code page.
        if (this.codePage === 1252) this.codePage = LANGUAGES.get(parameter ?? 0) ?? 1252
        break
      default:
    }
  }

  private setFont(font: number): void {
    const { group } = this
    this.settle()
    if (group.wideFont === -2) group.wideFont = font
    group.font = font
  }

  /** In the text, a note's number; in the note, nothing: it is written before its text. */
  private noteReference(): void {
    if (this.frames.length > 0) return
    this.noteLabel = `[${++this.noteCount}]`
    this.character(this.noteLabel)
  }

  private unicode(value: number): void {
    this.toSkip = this.group.fallback
    const code = value < 0 ? value + 0x10000 : value
    if (code < 0 || code > 0x10ffff) return
    this.flush()
    const font = this.fonts.get(this.group.font)
    const isPrivate = code >= 0xf000 && code <= 0xf0ff
    if (isPrivate && font && isSymbolFont(font.name.replace(/;$/, '')))
      this.put(this.symbolText(code, font))
    else if (code >= 0x20) this.put(String.fromCodePoint(code))
    else if (code === 9 || code === 10 || code === 11 || code === 13)
      this.put(code === 9 ? '\t' : '\n')
  }

  private byte(byte: number): void {
    if (this.toSkip > 0) {
      this.toSkip--
      return
    }
    const { destination, font } = this.group
    if (destination === 'nothing' || destination === 'info' || destination === 'created') return
    const key = destination === 'text' || destination === 'property' ? this.fontKey(font) : 'head'
    if (key !== this.heldFont) this.flush()
    this.heldFont = key
    this.held.push(byte)
    // Long texts are not held as single bytes for long.
    if (this.held.length > 4_096) this.settle()
  }

  private character(text: string): void {
    if (this.toSkip > 0) {
      this.toSkip--
      return
    }
    this.flush()
    this.put(text)
  }

  /** Fonts whose bytes mean the same have one key. */
  private fontKey(id: number): string {
    const font = this.fonts.get(id)
    if (font?.isSymbol) return `symbol ${id}`
    if (font && font.page !== null && font.page !== 1252) return String(font.page)
    if (!font || font.page === null) return this.codePage === 1252 ? 'mixed' : String(this.codePage)
    return 'mixed'
  }

  /** Decodes what is held, but for a character that is not complete yet. */
  private settle(): void {
    const { held } = this
    if (held.length === 0 || this.heldFont.startsWith('symbol')) {
      this.flush()
      return
    }
    const isMixed = this.heldFont === 'mixed' || this.heldFont === 'head'
    const left = isMixed ? oddAtEnd(held) : unfinishedAt(held, Number(this.heldFont))
    if (left === held.length) return
    this.held = held.slice(0, held.length - left)
    const key = this.heldFont
    this.flush()
    this.held = held.slice(held.length - left)
    this.heldFont = key
  }

  private flush(): void {
    const { held, heldFont } = this
    if (held.length === 0) return
    this.held = []
    if (heldFont.startsWith('symbol')) {
      const font = this.fonts.get(Number(heldFont.slice(7)))!
      this.put(held.map(byte => this.symbolText(byte, font)).join(''))
      return
    }
    const isMixed = heldFont === 'mixed' || heldFont === 'head'
    const { text, replaced } = isMixed
      ? decodeMixed(held, this.wideCodePage())
      : decodePage(held, Number(heldFont))
    if (this.group.destination === 'text') this.replaced += replaced
    this.put(text)
  }

  /** The code page of Chinese text in a font for Western letters. */
  private wideCodePage(): CodePage {
    const wide = this.fonts.get(this.group.wideFont)?.page
    return wide && wide !== 1252 ? wide : this.codePage
  }

  private symbolText(code: number, font: RtfFont): string {
    const known = symbolOf(code, font.name.replace(/;.*$/, ''))
    if (known !== null) return known
    this.replaced++
    this.notes.add('unknown-characters')
    return '\ufffd'
  }

  /** Puts decoded text where the group's content goes. */
  private put(text: string): void {
    const { group } = this
    switch (group.destination) {
      case 'text':
        if (group.isDeleted) return
        if (group.isHidden) {
          if (text.trim() !== '') this.notes.add('hidden-text')
          return
        }
        write(this.frame.draft, withoutControls(text), group)
        return
      case 'property':
        if (this.field.length < MAX_PROPERTY) this.field += text
        return
      case 'fonts': {
        const font = this.fonts.get(this.entry)
        if (font && isOpen(font.name)) font.name = nameOf(font.name + text)
        return
      }
      case 'styles': {
        const style = this.styles.get(this.entry)
        if (style && isOpen(style.name)) style.name = nameOf(style.name + text)
        return
      }
      default:
    }
  }

  private beginFrame(frame: 'note' | 'box' | 'number'): void {
    this.flush()
    const { group } = this
    group.destination = 'text'
    group.frame = frame
    this.frames.push(this.frame)
    const apart = collectingSink()
    // A box stands on the page beside the paragraph that it hangs on: its text comes before that.
    this.frame = frame === 'box' ? newFrame(this.frame.sink) : newFrame(apart, apart.lines)
    if (frame !== 'number')
      Object.assign(group, { style: 0, outline: -1, list: 0, isInTable: false })
  }

  private endFrame(kind: Group['frame']): void {
    const { frame } = this
    if (kind === 'number') {
      this.frame = this.frames.pop()!
      const sign = frame.draft.text.trim()
      this.frame.isItem = true
      if (/[\p{L}\p{N}]/u.test(sign) && sign !== 'o') {
        this.notes.add('auto-numbering')
        write(this.frame.draft, sign + gapAfter(sign, 'tab'), this.group)
      }
      return
    }
    if (frame.draft.text !== '') this.endParagraph()
    this.endTable()
    this.frame = this.frames.pop()!
    if (kind !== 'note') return
    this.footnotes.push({ label: this.noteLabel, lines: frame.lines })
    this.noteLabel = ''
  }

  private endParagraph(): void {
    const { frame } = this
    const marks = this.marksOf(frame)
    if (this.group.isInTable) frame.cell.add(frame.draft, marks)
    else {
      this.endTable()
      frame.sink.add(frame.draft, marks)
    }
    frame.draft = emptyDraft()
    frame.isItem = false
  }

  private marksOf(frame: Frame): LineMark[] {
    const { style, outline, list } = this.group
    const meaning = meaningOf(this.styles, style)
    if (meaning.isTitle) return [{ kind: 'title', level: 0 }]
    if (meaning.isContents) return [{ kind: 'aside', level: 0 }]
    const heading =
      outline >= 0 && outline <= 8 ? outline + 1 : outline === 9 ? null : meaning.heading
    if (heading !== null) return [{ kind: 'heading', level: heading }]
    if (meaning.isCaption) return [{ kind: 'caption', level: 0 }]
    return frame.isItem || list > 0 ? [{ kind: 'item', level: Math.max(1, list) }] : []
  }

  private endCell(word: 'cell' | 'nestcell'): void {
    const { frame } = this
    if (frame.draft.text !== '' || frame.cell.lines.length === 0) {
      frame.cell.add(frame.draft, this.marksOf(frame))
    }
    frame.draft = emptyDraft()
    frame.isItem = false
    // A table within a cell is read as paragraphs of the cell.
    if (word === 'nestcell') return
    frame.cells.push({ columns: 1, lines: frame.cell.lines })
    frame.cell = collectingSink()
  }

  private endRow(): void {
    const { frame } = this
    if (frame.draft.text !== '' || frame.cell.lines.length > 0) this.endCell('cell')
    if (frame.cells.length > 0) {
      frame.rows.push({ cells: frame.cells, lead: 0, isHeader: frame.isHeaderRow })
    }
    frame.cells = []
    frame.isHeaderRow = false
  }

  private endTable(): void {
    const { frame } = this
    if (frame.cells.length > 0 || frame.cell.lines.length > 0) this.endRow()
    if (frame.rows.length === 0) return
    writeTable(frame.rows, frame.sink)
    frame.rows = []
  }
}

function newGroup(): Group {
  return {
    destination: 'text',
    field: '',
    font: 0,
    wideFont: -1,
    fallback: 1,
    isStrong: false,
    isEmphasis: false,
    isHidden: false,
    isDeleted: false,
    style: 0,
    outline: -1,
    list: 0,
    isInTable: false,
    frame: null,
  }
}

function newFrame(sink: Sink, lines: readonly Line[] = []): Frame {
  return {
    draft: emptyDraft(),
    sink,
    lines,
    cell: collectingSink(),
    cells: [],
    rows: [],
    isHeaderRow: false,
    isItem: false,
  }
}

/** The code page that goes with a language: Chinese of the mainland, Taiwan and Hong Kong. */
const LANGUAGES: ReadonlyMap<number, CodePage> = new Map([
  [2052, 936],
  [4100, 936],
  [1028, 950],
  [3076, 950],
])

function isLetter(byte: number): boolean {
  return (byte >= 0x61 && byte <= 0x7a) || (byte >= 0x41 && byte <= 0x5a)
}

/** 1 if the bytes end in an odd number of high ones, which may be half a character. */
function oddAtEnd(bytes: readonly number[]): number {
  let high = 0
  while (high < bytes.length && bytes[bytes.length - 1 - high]! >= 0x80) high++
  return high % 2
}

/** Whether an entry's name may still go on. */
function isOpen(name: string): boolean {
  return name.length < MAX_NAME && !name.endsWith(';')
}

const MAX_NAME = 200

/** An entry's name, up to the semicolon that ends it. */
function nameOf(text: string): string {
  return text.slice(0, MAX_NAME).replace(/;.*$/s, ';').trim()
}

function withoutControls(text: string): string {
  return text.replace(/(?![\t\n\u007f-\u009f])\p{Cc}/gu, '')
}

function dateOf(fields: ReadonlyMap<string, number>): string | null {
  const [year, month, day] = ['yr', 'mo', 'dy'].map(name => fields.get(name) ?? 0)
  if (!year || !month || !day) return null
  const two = (value: number) => String(value).padStart(2, '0')
  const date = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`
  const hour = fields.get('hr')
  return hour === undefined ? date : `${date}T${two(hour)}:${two(fields.get('min') ?? 0)}`
}
