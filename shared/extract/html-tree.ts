import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2'
import { DOCUMENT_LIMITS } from './document'

// Old pages leave most end tags out and misplace the rest, so the tree follows the rules by
// which browsers repair them: what a tag closes, and which boundaries an end tag does not cross.
// As in Chromium, no element lies deeper than MAX_DEPTH, so whoever walks a tree may recurse.

/** An element of a page. */
export interface HtmlElement {
  /** In lower case, with its prefix, such as `o:p`. */
  readonly tag: string
  /** Those that readers ask for, by lower-case name; long values are cut. */
  readonly attributes: ReadonlyMap<string, string>
  readonly parent: HtmlElement | null
  /** Elements and runs of text, with character references decoded. */
  readonly children: HtmlNode[]
}

export type HtmlNode = HtmlElement | string

export interface HtmlPage {
  readonly root: HtmlElement
  /** Where a browser says that it saved the page from, or `null`. */
  readonly savedFrom: string | null
}

export interface ParseHtmlOptions {
  /**
   * `xml`: the page is well-formed XHTML, where `<p/>` is closed. In `html`, the default, the
   * slash means nothing.
   */
  readonly syntax?: 'html' | 'xml'
}

/**
 * A page as a tree: linear in its length, whatever it holds. `null` if it has more elements
 * and runs of text than {@link DOCUMENT_LIMITS} allows.
 */
export function parseHtml(html: string, options: ParseHtmlOptions = {}): HtmlPage | null {
  const builder = new TreeBuilder(html, options.syntax ?? 'html')
  return builder.build()
}

/** The elements of a tree with a given tag, in order. */
export function elementsOf(root: HtmlElement, tag: string): HtmlElement[] {
  const found: HtmlElement[] = []
  const visit = (element: HtmlElement) => {
    if (element.tag === tag) found.push(element)
    for (const child of element.children) if (typeof child !== 'string') visit(child)
  }
  visit(root)
  return found
}

/** All text below an element, as it stands. */
export function rawTextOf(element: HtmlElement): string {
  const parts: string[] = []
  const visit = (node: HtmlNode) => {
    if (typeof node === 'string') parts.push(node)
    else node.children.forEach(visit)
  }
  visit(element)
  return parts.join('')
}

/** Of open elements; Chromium's bound is about the same. */
const MAX_DEPTH = 500

const MAX_VALUE_LENGTH = 4_096

const NO_ATTRIBUTES: ReadonlyMap<string, string> = new Map()

const KEPT_ATTRIBUTES = new Set([
  'align',
  'aria-hidden',
  'border',
  'charset',
  'class',
  'colspan',
  'content',
  'epub:type',
  'height',
  'hidden',
  'href',
  'http-equiv',
  'id',
  'name',
  'open',
  'property',
  'reversed',
  'role',
  'rowspan',
  'span',
  'src',
  'start',
  'style',
  'type',
  'value',
  'width',
])

const VOID = words(
  'area base basefont bgsound br col command embed frame hr img input keygen link meta param ' +
    'source track wbr',
)

/** Elements that end tags of text-level elements do not reach across. */
const SPECIAL = words(
  'address article aside blockquote body button caption center col colgroup dd details dialog ' +
    'dir div dl dt fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 head header ' +
    'hgroup html legend li listing main marquee menu nav noscript object ol p plaintext pre ' +
    'search section select summary table tbody td template tfoot th thead tr ul xmp',
)

/** Start tags that end an open paragraph. */
const ENDS_PARAGRAPH = words(
  'address article aside blockquote center details dialog dir div dl dd dt fieldset figcaption ' +
    'figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr li listing main menu nav ol p ' +
    'plaintext pre search section summary table ul xmp',
)

/** What bounds the search for an open element: a table's cell is a page of its own. */
const SCOPE = words('applet button caption html marquee object table td template th')
const LIST_SCOPE = new Set([...SCOPE, 'ol', 'ul'])
const TABLE_SCOPE = words('html table template')
const HEADINGS = words('h1 h2 h3 h4 h5 h6')
const TABLE_PARTS = words('caption tbody td tfoot th thead tr')
const ROW_GROUPS = words('tbody tfoot thead')
const CELLS = words('td th')
const ROWS = words('tr')
const HEAD = words('head')
const ITEM = words('li')
const PARAGRAPH = words('p')
/** A form control has no blocks in it, so that one begins where the control's end was forgotten. */
const PARAGRAPH_OR_CONTROL = words('p select')
const OPTION = words('option')
const OPTION_SCOPE = words('optgroup select table')
const RUBY = words('rp rt')
const TABLE = words('table')
const PAGE = words('html template')
const DESCRIPTIONS = words('dd dt')
/** What an item may be left open in, so that the next item still ends it. */
const LOOSE = words('address div p')
const FOREIGN = words('math svg')

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(' '))
}

interface OpenElement extends HtmlElement {
  readonly parent: OpenElement | null
}

class TreeBuilder implements TokenizerCallbacks {
  private readonly html: string
  private readonly syntax: 'html' | 'xml'
  private readonly tokenizer: Tokenizer
  private readonly root: OpenElement = {
    tag: '#page',
    attributes: NO_ATTRIBUTES,
    parent: null,
    children: [],
  }
  private readonly stack: OpenElement[] = [this.root]
  private nodes = 0
  private foreign = 0
  private savedFrom: string | null = null
  private text = ''
  private tag = ''
  private attributes: Map<string, string> | null = null
  private attribute: string | null = null
  private value = ''

  constructor(html: string, syntax: 'html' | 'xml') {
    this.html = html
    this.syntax = syntax
    this.tokenizer = new Tokenizer({ recognizeSelfClosing: syntax === 'xml' }, this)
  }

  build(): HtmlPage | null {
    this.tokenizer.write(this.html)
    if (this.tokenizer.running) this.tokenizer.end()
    this.flush()
    if (this.nodes > DOCUMENT_LIMITS.nodes) return null
    return { root: this.root, savedFrom: this.savedFrom }
  }

  ontext(start: number, end: number): void {
    this.text += this.html.slice(start, end)
  }

  ontextentity(codePoint: number): void {
    this.text += String.fromCodePoint(codePoint)
  }

  onopentagname(start: number, end: number): void {
    const tag = this.html.slice(start, end).toLowerCase()
    this.tag = tag === 'image' ? 'img' : tag
    this.attributes = null
  }

  onattribname(start: number, end: number): void {
    const name = end - start > 16 ? '' : this.html.slice(start, end).toLowerCase()
    this.attribute = KEPT_ATTRIBUTES.has(name) ? name : null
    this.value = ''
  }

  onattribdata(start: number, end: number): void {
    if (this.attribute === null || this.value.length >= MAX_VALUE_LENGTH) return
    this.value += this.html.slice(start, Math.min(end, start + MAX_VALUE_LENGTH))
  }

  onattribentity(codePoint: number): void {
    if (this.attribute === null || this.value.length >= MAX_VALUE_LENGTH) return
    this.value += String.fromCodePoint(codePoint)
  }

  onattribend(): void {
    if (this.attribute === null) return
    this.attributes ??= new Map()
    if (!this.attributes.has(this.attribute)) this.attributes.set(this.attribute, this.value)
    this.attribute = null
  }

  onopentagend(): void {
    this.open(this.tag, 'start')
  }

  onselfclosingtag(): void {
    // Office writes elements of its own in XML's way even where the page is not XML.
    const isClosed = this.syntax === 'xml' || this.foreign > 0 || this.tag.includes(':')
    this.open(this.tag, isClosed ? 'closed' : 'start')
  }

  onclosetag(start: number, end: number): void {
    this.flush()
    this.close(this.html.slice(start, end).trim().toLowerCase())
  }

  oncomment(start: number, end: number): void {
    if (this.savedFrom !== null) return
    const comment = this.html.slice(start, Math.min(end, start + MAX_VALUE_LENGTH))
    this.savedFrom = /^\s*saved from url=\(\d+\)(\S+)/.exec(comment)?.[1] ?? null
  }

  oncdata(start: number, end: number): void {
    if (this.syntax === 'xml' || this.foreign > 0) this.text += this.html.slice(start, end)
  }

  ondeclaration(): void {}

  onprocessinginstruction(): void {}

  onend(): void {}

  isInForeignContext(): boolean {
    return this.foreign > 0
  }

  private open(tag: string, how: 'start' | 'closed'): void {
    this.flush()
    if ((tag === 'html' || tag === 'body') && this.has(tag)) return
    if (tag === 'body') this.endWithin(HEAD, TABLE_SCOPE)
    this.endWhatItEnds(tag)
    const isOpen = !VOID.has(tag) && how === 'start'
    if (isOpen && this.stack.length >= MAX_DEPTH) this.pop()
    const element = this.append(tag, this.attributes ?? NO_ATTRIBUTES)
    this.attributes = null
    if (!isOpen) return
    this.stack.push(element)
    if (FOREIGN.has(tag)) this.foreign++
  }

  private endWhatItEnds(tag: string): void {
    if (ENDS_PARAGRAPH.has(tag)) {
      if (tag === 'li') this.endItem(ITEM)
      else if (DESCRIPTIONS.has(tag)) this.endItem(DESCRIPTIONS)
      this.endWithin(PARAGRAPH_OR_CONTROL, SCOPE)
      if (HEADINGS.has(tag) && HEADINGS.has(this.top.tag)) this.pop()
    } else if (CELLS.has(tag)) this.endWithin(CELLS, TABLE_SCOPE)
    else if (tag === 'tr') this.endWithin(ROWS, TABLE_SCOPE)
    else if (ROW_GROUPS.has(tag)) this.endWithin(ROW_GROUPS, TABLE_SCOPE)
    else if (tag === 'a') this.endLink()
    else if (tag === 'option') this.endWithin(OPTION, OPTION_SCOPE)
    else if (tag === 'rt' || tag === 'rp') this.endWithin(RUBY, SPECIAL)
  }

  /** Ends the innermost open element of these tags, with all in it, unless a boundary is nearer. */
  private endWithin(tags: ReadonlySet<string>, boundary: ReadonlySet<string>): boolean {
    for (let at = this.stack.length - 1; at > 0; at--) {
      const { tag } = this.stack[at]!
      if (tags.has(tag)) {
        while (this.stack.length > at) this.pop()
        return true
      }
      if (boundary.has(tag)) return false
    }
    return false
  }

  private endItem(tags: ReadonlySet<string>): void {
    for (let at = this.stack.length - 1; at > 0; at--) {
      const { tag } = this.stack[at]!
      if (tags.has(tag)) {
        while (this.stack.length > at) this.pop()
        return
      }
      if (SPECIAL.has(tag) && !LOOSE.has(tag)) return
    }
  }

  /** A link holds no link: the earlier one was never ended. */
  private endLink(): void {
    for (let at = this.stack.length - 1; at > 0; at--) {
      const { tag } = this.stack[at]!
      if (tag === 'a') {
        this.stack.splice(at, 1)
        return
      }
      if (SCOPE.has(tag)) return
    }
  }

  private close(tag: string): void {
    if (tag === 'p' && !this.endWithin(PARAGRAPH, SCOPE)) {
      // Browsers make an empty paragraph of it, which breaks the line.
      this.append('p', NO_ATTRIBUTES)
    } else if (tag === 'br') this.append('br', NO_ATTRIBUTES)
    else if (tag === 'html' || tag === 'body' || tag === 'p' || VOID.has(tag)) return
    else if (HEADINGS.has(tag)) this.endWithin(HEADINGS, SCOPE)
    else if (tag === 'table') this.endWithin(TABLE, PAGE)
    else if (TABLE_PARTS.has(tag)) this.endWithin(new Set([tag]), TABLE_SCOPE)
    else if (tag === 'li') this.endWithin(ITEM, LIST_SCOPE)
    else if (SPECIAL.has(tag)) this.endWithin(new Set([tag]), SCOPE)
    else this.closeTextLevel(tag)
  }

  /**
   * Ends bold and the like. Blocks that began within it stay open, and stay in it: what follows
   * them does not.
   */
  private closeTextLevel(tag: string): void {
    for (let at = this.stack.length - 1; at > 0; at--) {
      const open = this.stack[at]!.tag
      if (open === tag) {
        const isCrossed = this.stack.slice(at + 1).some(inner => SPECIAL.has(inner.tag))
        if (FOREIGN.has(tag)) this.foreign--
        if (isCrossed) this.stack.splice(at, 1)
        else {
          while (this.stack.length > at + 1) this.pop()
          this.stack.pop()
        }
        return
      }
      if (SCOPE.has(open)) return
    }
  }

  private append(tag: string, attributes: ReadonlyMap<string, string>): OpenElement {
    const element: OpenElement = { tag, attributes, parent: this.top, children: [] }
    this.top.children.push(element)
    this.count()
    return element
  }

  private flush(): void {
    if (this.text === '') return
    this.top.children.push(this.text)
    this.text = ''
    this.count()
  }

  private count(): void {
    if (++this.nodes > DOCUMENT_LIMITS.nodes) this.tokenizer.pause()
  }

  private pop(): void {
    const element = this.stack.pop()
    if (element && FOREIGN.has(element.tag)) this.foreign--
  }

  private has(tag: string): boolean {
    return this.stack.some(element => element.tag === tag)
  }

  private get top(): OpenElement {
    return this.stack[this.stack.length - 1]!
  }
}
