import type { Mark, Markup } from '../domain/markup'
import { normalizeText } from '../text/normalize'
import {
  DOCUMENT_LIMITS,
  type DocumentFile,
  type DocumentNote,
  type RefusedDocument,
  refuse,
} from './document'
import { type DecodedText, decodeText, detectEncoding, type EncodingLabel } from './encoding'
import { type HtmlFinding, type HtmlLine, linesOf } from './html-lines'
import { mainTextOf, titleLinesAtTop } from './html-main'
import { textNotesOf } from './html-notes'
import { sheetOf } from './html-style'
import { elementsOf, type HtmlElement, type HtmlPage, parseHtml, rawTextOf } from './html-tree'

// A web page as a report: the text that a browser shows, line by line. What stands around the
// article is text too, marked `aside`, so that nothing is lost if the guess is wrong. Nothing is
// fetched and no script runs.

export interface ReadHtmlOptions {
  /** The researcher's choice. Without one, the page's own word is checked against its bytes. */
  readonly encoding?: EncodingLabel
  /** `main` sets navigation aside and is the default; `raw` takes the page as it is. */
  readonly mode?: 'main' | 'raw'
}

export interface HtmlTextOptions {
  readonly mode?: 'main' | 'raw'
  readonly syntax?: 'html' | 'xml'
}

/** What a page holds, before anyone judges whether it is enough. */
export interface HtmlText {
  /** Canonical. */
  readonly text: string
  readonly marks: readonly Mark[]
  /** Those of the page's head that say what it is: {@link readHtml} names them. */
  readonly properties: Readonly<Record<string, string>>
  readonly notes: readonly DocumentNote[]
}

/**
 * Reads a saved page. Properties are `title` and, as Chinese government sites state them,
 * `ArticleTitle`, `PubDate`, `ContentSource`, `SiteName`, `ColumnName`, `Url`; `url` says where a
 * browser saved it from.
 *
 * A page whose report is pictures is refused as `no-text`, and so is one with frames only
 * (`kind` is `frames`), whose text is in other files.
 */
export function readHtml(bytes: Uint8Array, options: ReadHtmlOptions = {}): DocumentFile {
  const size = bytes.length
  if (size > DOCUMENT_LIMITS.bytes) {
    return refuse('too-large', { size, limit: DOCUMENT_LIMITS.bytes })
  }
  if (size === 0) return refuse('empty')
  const decoded = decodeHtml(bytes, options.encoding)
  if (!decoded) return refuse('unknown-encoding')
  return readDecoded(decoded, { format: 'html', mode: options.mode ?? 'main' })
}

/**
 * The text and markup of a page or of a part of a book; a refusal if it has too many elements.
 */
export function htmlText(html: string, options: HtmlTextOptions = {}): HtmlText | RefusedDocument {
  const page = parseHtml(html, { syntax: options.syntax ?? syntaxOf(html) })
  if (!page) return refuse('too-many-nodes', { limit: DOCUMENT_LIMITS.nodes })
  const { text, marks, properties, notes } = layOut(page, options.mode ?? 'main')
  return { text, marks, properties, notes }
}

/** Whether the first bytes or characters of a file are those of a web page. */
export function looksLikeHtml(head: Uint8Array | string): boolean {
  const text = typeof head === 'string' ? head.slice(0, SNIFFED) : headOf(head)
  return PAGE_START.test(text.replace(PREAMBLE, ''))
}

/** A page whose characters are known. */
export interface DecodedHtml extends DecodedText {
  readonly encoding: EncodingLabel
  readonly sure: boolean
}

/** The characters of a page's bytes, or `null` if no encoding gives any. */
export function decodeHtml(
  bytes: Uint8Array,
  chosen: EncodingLabel | undefined,
  declared: EncodingLabel | null = declaredIn(bytes),
): DecodedHtml | null {
  if (chosen) return { ...decodeText(bytes, chosen), encoding: chosen, sure: true }
  const detected = detectEncoding(bytes)
  if (detected?.sure || !declared || declared === detected?.encoding) {
    if (!detected) return null
    return { ...decodeText(bytes, detected.encoding), ...detected }
  }
  // The bytes leave doubt, so the page's own word counts if they keep to it.
  const byWord = decodeText(bytes, declared)
  if (byWord.replaced === 0) return { ...byWord, encoding: declared, sure: true }
  if (detected) {
    const byBytes = decodeText(bytes, detected.encoding)
    if (byBytes.replaced < byWord.replaced) return { ...byBytes, ...detected }
  }
  return { ...byWord, encoding: declared, sure: false }
}

/** Reads a page whose characters are known, as part of whatever file it came in. */
export function readDecoded(
  decoded: DecodedHtml,
  given: { readonly format: 'html' | 'mhtml'; readonly mode: 'main' | 'raw' },
): DocumentFile {
  const page = parseHtml(decoded.text, { syntax: syntaxOf(decoded.text) })
  if (!page) return refuse('too-many-nodes', { limit: DOCUMENT_LIMITS.nodes })
  const laidOut = layOut(page, given.mode)
  const { text, marks, properties } = laidOut
  if (text.length > DOCUMENT_LIMITS.length) {
    return refuse('too-long', { length: text.length, limit: DOCUMENT_LIMITS.length })
  }
  const problem = nothingIn(page, laidOut, given.mode)
  if (problem) return problem
  const replaced = decoded.replaced === 0 ? 0 : countReplaced(text)
  // Broken characters in a menu or script harm nobody; in the report nobody would notice them.
  if (laidOut.brokenInMain > 0 && decoded.replaced > 0 && !decoded.sure) {
    return refuse('broken-characters', { count: laidOut.brokenInMain, encoding: decoded.encoding })
  }
  const notes = [...textNotesOf(text, replaced), ...laidOut.notes]
  return {
    ok: true,
    format: given.format,
    extractor: `${given.format}/1`,
    text,
    markup: { marks, pages: [], properties } satisfies Markup,
    encoding: decoded.encoding,
    sure: decoded.sure,
    replaced,
    notes,
  }
}

interface LaidOut extends HtmlText {
  readonly brokenInMain: number
  /** Characters of the report that are neither title nor head, and not in links. */
  readonly substance: number
  /** Pictures that are more than ornaments, in the report. */
  readonly pictures: number
}

/** Lines joined to a text, and what is known of them as marks. */
function layOut(page: HtmlPage, mode: 'main' | 'raw'): LaidOut {
  const { root } = page
  const properties = propertiesOf(page)
  const { lines, findings } = linesOf(root, sheetOf(root))
  const isPage = mode === 'main' && !OFFICE.test(properties.generator ?? '')
  const names = titlesOf(root, properties)
  const main = isPage ? mainTextOf(lines, root, names) : null
  const titleLines = main?.titleLines ?? titleLinesAtTop(lines, names)
  const isAside = (line: number) => main?.isAside[line] ?? false
  const parts: string[] = []
  const marks: Mark[] = []
  let at = 0
  let brokenInMain = 0
  let substance = 0
  let hasGap = false
  for (const [i, line] of lines.entries()) {
    if (line.text === '') {
      hasGap = parts.length > 0
      continue
    }
    // However many empty lines a page shows, one tells as much.
    if (hasGap) parts.push('')
    if (hasGap) at++
    hasGap = false
    parts.push(line.text)
    const end = at + line.text.length
    if (isAside(i)) marks.push({ start: at, end, kind: 'aside', level: 0 })
    else {
      const isTitle = titleLines.has(i)
      const is = isTitle ? { kind: 'title' as const, level: 0 } : line.is
      if (is) marks.push({ start: at, end, ...is })
      for (const mark of inlineMarks(line, at)) marks.push(mark)
      brokenInMain += countReplaced(line.text)
      if (!isTitle) substance += Math.max(0, line.text.trim().length - line.linked)
    }
    at = end + 1
  }
  const within = findings.filter(found => {
    if (found.note === 'pictures' && isOrnament(found.element)) return false
    if (main?.body) return isWithin(found.element, main.body)
    return found.note === 'pictures' ? !main?.standsAround(found.element) : !isAside(found.line)
  })
  const pictures = within.filter(found => found.note === 'pictures').length
  const notes = NOTES.filter(note => within.some(found => found.note === note))
  return {
    text: parts.join('\n'),
    marks: marks.sort((a, b) => a.start - b.start || b.end - a.end),
    properties,
    notes,
    brokenInMain,
    substance,
    pictures,
  }
}

/** Programs for documents, whose pages have nothing around the text. */
const OFFICE = /word|wps|kingsoft|office|pandoc|excel|markdown|typora/i

/** The order in which notes are told. */
const NOTES: readonly HtmlFinding['note'][] = [
  'pictures',
  'tracked-changes',
  'comments',
  'hidden-text',
  'merged-cells',
  'auto-numbering',
]

function inlineMarks(line: HtmlLine, at: number): Mark[] {
  return line.inline
    .filter(({ start, end }) => line.text.slice(start, end).trim() !== '')
    .map(({ kind, start, end }) => ({ start: at + start, end: at + end, kind, level: 0 }))
}

/** With less text than this beside its pictures, a page has its report in the pictures. */
const LEAST_SUBSTANCE = 40

/** Why there is nothing to code on a page, or `null` if there is. */
function nothingIn(page: HtmlPage, laidOut: LaidOut, mode: 'main' | 'raw'): RefusedDocument | null {
  const { text, pictures, substance } = laidOut
  const isBare = text.trim() === ''
  if (isBare && elementsOf(page.root, 'frameset').length > 0) {
    return refuse('no-text', { kind: 'frames' })
  }
  if (isBare) {
    const isPage = pictures > 0 || elementsOf(page.root, 'script').length > 0
    return isPage ? refuse('no-text', { pictures }) : refuse('empty')
  }
  const isPictured = mode === 'main' && pictures > 0 && substance < LEAST_SUBSTANCE
  return isPictured ? refuse('no-text', { pictures }) : null
}

function isOrnament(image: HtmlElement): boolean {
  const { attributes } = image
  const src = attributes.get('src') ?? ''
  if (src === '' || ORNAMENT.test(src)) return true
  const sizes = [attributes.get('width'), attributes.get('height')]
  return sizes.some(
    size => size !== undefined && /^\d+(?:px)?$/.test(size) && parseInt(size, 10) <= 40,
  )
}

const ORNAMENT =
  /icon|filetypeimages|logo|spacer|blank\.gif|ewm|erweima|qr[-_]?code|share|print|arrow|button|btn|dangzheng|jiucuo|beian/i

function isWithin(element: HtmlElement, outer: HtmlElement): boolean {
  for (let at: HtmlElement | null = element; at; at = at.parent) if (at === outer) return true
  return false
}

const MAX_PROPERTY_LENGTH = 1_000

/** Names of fields in a page's head, in lower case, and as they are kept. */
const FIELDS: ReadonlyMap<string, string> = new Map([
  ['articletitle', 'ArticleTitle'],
  ['pubdate', 'PubDate'],
  ['contentsource', 'ContentSource'],
  ['sitename', 'SiteName'],
  ['columnname', 'ColumnName'],
  ['url', 'Url'],
  ['author', 'author'],
  ['generator', 'generator'],
])

function propertiesOf(page: HtmlPage): Record<string, string> {
  const properties: Record<string, string> = {}
  const set = (name: string, value: string) => {
    const text = normalizeText(value).replace(/\s+/g, ' ').trim().slice(0, MAX_PROPERTY_LENGTH)
    if (text !== '' && !Object.hasOwn(properties, name)) properties[name] = text
  }
  const title = elementsOf(page.root, 'title')[0]
  if (title) set('title', rawTextOf(title))
  for (const { attributes, parent } of elementsOf(page.root, 'meta')) {
    // Text pasted from Word brings fields of its own along.
    if (parent && !HEADS.has(parent.tag)) continue
    const name = FIELDS.get((attributes.get('name') ?? '').trim().toLowerCase())
    if (name) set(name, attributes.get('content') ?? '')
  }
  const shared = sharedTitleOf(page.root)
  if (shared !== undefined) set('title', shared)
  if (page.savedFrom) set('url', page.savedFrom)
  return properties
}

const HEADS = new Set(['#page', 'html', 'head', 'body'])

/** The title that a page gives to those who share it. */
function sharedTitleOf(root: HtmlElement): string | undefined {
  const field = elementsOf(root, 'meta').find(
    ({ attributes }) => attributes.get('property') === 'og:title',
  )
  return field?.attributes.get('content')
}

/** What may be the article's title, the likeliest first. */
function titlesOf(
  root: HtmlElement,
  properties: Readonly<Record<string, string>>,
): { readonly titles: readonly string[] } {
  const { ArticleTitle, title, SiteName, ColumnName } = properties
  const pieces = (title ?? '').split(/\s*(?:[|_>\u00bb\uff5c]+|-{1,3}|\u2014+|\u2013)\s*/)
  const own = pieces.filter(
    piece => piece.length >= 8 && piece !== SiteName && piece !== ColumnName && !SITE.test(piece),
  )
  const titles = [ArticleTitle, sharedTitleOf(root), title, ...own]
  return { titles: titles.filter(name => name !== undefined) }
}

/** How the names of sites and their columns end. */
const SITE =
  /(?:人民政府|政府网|门户网|网站|门户|平台|频道|专栏|栏目|公开|信息网|官网|公开网|网|厅|局|委员会|办事处|办公室|街道|中心|动态|公告|通知公告)$/

function countReplaced(text: string): number {
  return text.includes('\ufffd') ? text.split('\ufffd').length - 1 : 0
}

function syntaxOf(html: string): 'html' | 'xml' {
  return /^\s*<\?xml\b/.test(html.slice(0, 200)) ? 'xml' : 'html'
}

/** How much of a file's beginning is looked at. */
const SNIFFED = 16_384

function headOf(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes.subarray(0, SNIFFED)) {
    // NUL is every other byte of ASCII in UTF-16; what is not ASCII tells nothing here.
    if (byte !== 0) text += byte < 0x80 ? String.fromCharCode(byte) : '\ufeff'
  }
  return text
}

/** The encoding that a page says it is in, or `null`. GB2312 and GBK are read as GB18030. */
function declaredIn(bytes: Uint8Array): EncodingLabel | null {
  const head = headOf(bytes)
  const said =
    /<meta\b[^>]{0,400}?charset\s*=\s*["']?\s*([\w-]{2,20})/i.exec(head)?.[1] ??
    /^\s*<\?xml\b[^>]{0,200}?encoding\s*=\s*["']([\w-]{2,20})/i.exec(head)?.[1]
  return said === undefined ? null : encodingNamed(said)
}

/** The encoding of a name as pages and mails have it, or `null` if none of ours. */
export function encodingNamed(name: string): EncodingLabel | null {
  const label = name.toLowerCase()
  if (/^(?:gb[-_]?2312(?:-80)?|x?-?gbk|gb18030|cp936|ms936|windows-936|csgb2312)$/.test(label)) {
    return 'gb18030'
  }
  if (/^(?:big5(?:-hkscs)?|cn-big5|x-x-big5|cp950)$/.test(label)) return 'big5'
  // Whoever can read this word in a page is not reading UTF-16.
  return /^(?:utf-?8|unicode-1-1-utf-8|utf-16(?:le|be)?|unicode)$/.test(label) ? 'utf-8' : null
}

const PREAMBLE = /^(?:[\s\ufeff]|<!--[\s\S]{0,4000}?-->|<\?xml\b[^>]{0,300}>|<!\[CDATA\[)*/

const PAGE_START =
  /^<(?:!doctype\s+html|html|head|body|title|meta|link|base|script|style|frameset|table|div|center|font|p|h[1-6]|article|section|span|br|ul|ol)\b|^[\s\S]{0,4000}<(?:html|body)[\s>]/i
