import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { DocumentFile } from '../../shared/extract/document'
import { type ZipEntry, zipOf } from './zip'

/** What is stored and reviewed of a document that another program made. */
export interface Baseline {
  readonly lines: readonly string[]
  /** Each as `kind level start-end text`, the level where it means something. */
  readonly marks: readonly string[]
  readonly properties: Readonly<Record<string, string>>
  readonly notes: readonly string[]
}

/** What a reader made of a document, to be compared with its baseline. */
export function baselineOf(document: DocumentFile): Baseline {
  if (!document.ok) throw new Error(`${document.problem} ${JSON.stringify(document.details)}`)
  const { text, markup, notes } = document
  return {
    lines: text.split('\n'),
    marks: markup.marks.map(({ kind, level, start, end }) => {
      return `${kind}${level > 0 ? ` ${level}` : ''} ${start}-${end} ${text.slice(start, end)}`
    }),
    properties: markup.properties,
    notes,
  }
}

/** A file of `tests/fixtures/documents`, such as `odt/pandoc.odt`. */
export function fixture(name: string): Uint8Array {
  const url = new URL(`../fixtures/documents/${name}`, import.meta.url)
  return new Uint8Array(readFileSync(fileURLToPath(url)))
}

/** The reviewed baseline beside a fixture. */
export function baselineBeside(name: string): Baseline {
  return JSON.parse(new TextDecoder().decode(fixture(`${name}.json`)))
}

/** The parts of a Word file that a test is about; what is left out, the file has not. */
export interface DocxParts {
  /** What stands within `w:body`. */
  readonly body: string
  readonly styles?: string
  readonly numbering?: string
  readonly footnotes?: string
  readonly endnotes?: string
  readonly comments?: string
  readonly core?: string
  /** More `Relationship` elements of the text. */
  readonly relations?: string
  /** More files. */
  readonly files?: Readonly<Record<string, string>>
}

const W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
const NAMESPACES = [
  `xmlns:w="${W}"`,
  'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"',
  'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"',
  'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"',
  'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"',
  'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"',
  'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"',
  'xmlns:v="urn:schemas-microsoft-com:vml"',
].join(' ')
const RELATION = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'

/** A Word file of parts written by hand. */
export function docxOf(parts: DocxParts): Uint8Array {
  return zipOf(docxEntries(parts))
}

/** Its files, to be changed before they are zipped. */
export function docxEntries(parts: DocxParts): ZipEntry[] {
  const { body, core, relations = '', files = {} } = parts
  const beside = ['styles', 'numbering', 'footnotes', 'endnotes', 'comments'] as const
  const present = beside.filter(name => parts[name] !== undefined)
  const stated = present.map(name => relation(name, `${name}.xml`)).join('')
  return [
    entry('[Content_Types].xml', `<Types xmlns="${PACKAGE}/content-types"/>`),
    entry('_rels/.rels', relationships(relation('officeDocument', 'word/document.xml'))),
    entry('word/document.xml', part('document', `<w:body>${body}</w:body>`)),
    entry('word/_rels/document.xml.rels', relationships(stated + relations)),
    ...present.map(name => entry(`word/${name}.xml`, part(name, parts[name]!))),
    ...(core === undefined ? [] : [entry('docProps/core.xml', coreOf(core))]),
    ...Object.entries(files).map(([name, text]) => entry(name, text)),
  ]
}

/** A paragraph with runs of plain text, and what its `w:pPr` holds. */
export function paragraph(text: string, properties = ''): string {
  const own = properties === '' ? '' : `<w:pPr>${properties}</w:pPr>`
  return `<w:p>${own}${run(text)}</w:p>`
}

/** A run of text, and what its `w:rPr` holds. */
export function run(text: string, properties = ''): string {
  const own = properties === '' ? '' : `<w:rPr>${properties}</w:rPr>`
  return `<w:r>${own}<w:t xml:space="preserve">${text}</w:t></w:r>`
}

/** What a paragraph in a list says of itself. */
export function numbered(numId: number, level = 0): string {
  return `<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="${numId}"/></w:numPr>`
}

/** A level of a list: its format, its text with `%1`, and further elements. */
export function listLevel(
  level: number,
  [format, text]: readonly [format: string, text: string],
  more = '',
): string {
  return (
    `<w:lvl w:ilvl="${level}"><w:start w:val="1"/><w:numFmt w:val="${format}"/>` +
    `${more}<w:lvlText w:val="${text}"/></w:lvl>`
  )
}

/** An abstract list and a list of the same number that uses it. */
export function list(id: number, levels: string): string {
  return (
    `<w:abstractNum w:abstractNumId="${id}">${levels}</w:abstractNum>` +
    `<w:num w:numId="${id}"><w:abstractNumId w:val="${id}"/></w:num>`
  )
}

/** A table of rows of cells, each the inside of a `w:tc`. */
export function table(...rows: readonly (readonly string[])[]): string {
  const written = rows.map(
    cells => `<w:tr>${cells.map(cell => `<w:tc>${cell}</w:tc>`).join('')}</w:tr>`,
  )
  return `<w:tbl>${written.join('')}</w:tbl>`
}

/** An OpenDocument text of parts written by hand: automatic styles, and what is in the text. */
export function odtOf(text: string, styles = ''): Uint8Array {
  return zipOf(odtEntries(text, styles))
}

export function odtEntries(text: string, styles = ''): ZipEntry[] {
  const urn = (name: string) => `urn:oasis:names:tc:opendocument:xmlns:${name}:1.0`
  const names = ['office', 'text', 'table', 'style', 'meta', 'manifest']
  const namespaces = [
    ...names.map(name => `xmlns:${name}="${urn(name)}"`),
    `xmlns:draw="${urn('drawing')}"`,
    `xmlns:fo="${urn('xsl-fo-compatible')}"`,
    'xmlns:xlink="http://www.w3.org/1999/xlink"',
    'xmlns:dc="http://purl.org/dc/elements/1.1/"',
  ].join(' ')
  return [
    entry('mimetype', 'application/vnd.oasis.opendocument.text'),
    entry(
      'content.xml',
      `<office:document-content ${namespaces}>` +
        `<office:automatic-styles>${styles}</office:automatic-styles>` +
        `<office:body><office:text>${text}</office:text></office:body></office:document-content>`,
    ),
  ]
}

/** A book of chapters, each the inside of a `body`. */
export function epubEntries(chapters: readonly string[]): ZipEntry[] {
  const items = chapters.map(
    (_, at) => `<item id="c${at}" href="text/c%20${at}.xhtml" media-type="application/xhtml+xml"/>`,
  )
  const spine = chapters.map((_, at) => `<itemref idref="c${at}"/>`)
  return [
    entry('mimetype', 'application/epub+zip'),
    entry(
      'META-INF/container.xml',
      '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>' +
        '<rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/>' +
        '</rootfiles></container>',
    ),
    entry(
      'OEBPS/book.opf',
      '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">' +
        '<metadata><dc:title>\u4e91\u5cad\u5e74\u9274</dc:title></metadata>' +
        `<manifest>${items.join('')}</manifest><spine>${spine.join('')}</spine></package>`,
    ),
    ...chapters.map((body, at) => entry(`OEBPS/text/c ${at}.xhtml`, xhtml(body))),
  ]
}

/** A file of a zip. */
export function entry(name: string, text: string): ZipEntry {
  return { name, data: new TextEncoder().encode(text) }
}

/** A relation of a part, as `Relationships` list it. */
export function relation(type: string, target: string, mode = ''): string {
  const outside = mode === '' ? '' : ` TargetMode="${mode}"`
  return `<Relationship Id="${type}-${target.length}" Type="${RELATION}/${type}" Target="${target}"${outside}/>`
}

export function relationships(inside: string): string {
  return `<Relationships xmlns="${PACKAGE}/relationships">${inside}</Relationships>`
}

function part(name: string, inside: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><w:${name} ${NAMESPACES}>${inside}</w:${name}>`
}

function coreOf(inside: string): string {
  return (
    `<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" ` +
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">' +
    `${inside}</cp:coreProperties>`
  )
}

function xhtml(body: string): string {
  return (
    '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE html>' +
    '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>t</title></head>' +
    `<body>${body}</body></html>`
  )
}
