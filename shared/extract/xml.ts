import { SaxesParser } from 'saxes'
import { DOCUMENT_LIMITS } from './document'
import { DocumentRefusal } from './zip-parts'

// Office files are XML in known namespaces, under prefixes that the writing program chose. Here
// every name gets the prefix of `NAMESPACES`, so that readers compare plain strings. A part may
// be hundreds of megabytes, so it is parsed as it is unpacked, and a reader takes it element by
// element; only what it is handed exists as a tree.

/** An element with its attributes and what stands within it. */
export interface XmlElement {
  /** With a prefix of {@link NAMESPACES}, such as `w:p`; names of other namespaces match none. */
  readonly name: string
  /** By names like those of elements. */
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly XmlNode[]
}

export type XmlNode = XmlElement | string

export interface XmlOptions {
  /** What the part is called in messages. */
  readonly where: string
  /**
   * Which elements are handed over when they end, and then forgotten. Those within one that is
   * handed over stay its children.
   */
  readonly isTaken: (name: string) => boolean
  readonly take: (element: XmlElement) => void
  /** `refuse`, as by default, or let one pass that declares no entities, as old EPUB parts have. */
  readonly doctype?: 'refuse' | 'plain'
}

/**
 * Parses XML and hands over the elements that are asked for. Text outside them is dropped.
 *
 * @throws {DocumentRefusal} for what is not well-formed, declares a document type or entities,
 *   is nested too deep, or has too many elements or attributes.
 */
export function parseXml(pieces: Iterable<Uint8Array>, options: XmlOptions): void {
  const { where, isTaken, take, doctype = 'refuse' } = options
  const parser = new SaxesParser<{ position: false; xmlns: false }>({
    position: false,
    xmlns: false,
  })
  const names = nameTable()
  /** The open elements from the one that will be handed over on. */
  const open: MutableElement[] = []
  let depth = 0
  let nodes = 0
  /** Of the tag that is being read: how many, and whether one declares a prefix. */
  let attributes = 0
  let declares = false

  parser.on('error', () => {
    throw new DocumentRefusal('damaged', { where })
  })
  parser.on('doctype', declared => {
    if (doctype === 'refuse' || declared.includes('[')) throw new DocumentRefusal('doctype')
  })
  parser.on('opentag', tag => {
    depth++
    nodes++
    if (depth > DOCUMENT_LIMITS.xmlDepth) {
      throw new DocumentRefusal('too-deep', { limit: DOCUMENT_LIMITS.xmlDepth })
    }
    if (nodes > DOCUMENT_LIMITS.nodes) {
      throw new DocumentRefusal('too-many-nodes', { limit: DOCUMENT_LIMITS.nodes })
    }
    if (declares) names.declare(tag.attributes)
    else names.enter()
    const name = names.element(tag.name)
    const parent = open.at(-1)
    if (!parent && !isTaken(name)) return
    const element = { name, attributes: names.attributes(tag.attributes), children: [] }
    parent?.children.push(element)
    open.push(element)
  })
  parser.on('closetag', () => {
    depth--
    names.leave()
    const element = open.pop()
    if (element && open.length === 0) take(element)
  })
  const addText = (text: string) => {
    open.at(-1)?.children.push(text)
  }
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.on('opentagstart', () => {
    attributes = 0
    declares = false
  })
  parser.on('attribute', ({ name }) => {
    attributes++
    if (attributes > MOST_ATTRIBUTES) throw new DocumentRefusal('damaged', { where })
    declares ||= isDeclaration(name)
  })

  const guard = declarationGuard(doctype)
  for (const text of decoded(pieces, where)) {
    guard(text)
    parser.write(text)
  }
  parser.close()
}

/** The whole of a small part as one element. Throws as {@link parseXml} does. */
export function xmlTree(
  pieces: Iterable<Uint8Array>,
  options: Pick<XmlOptions, 'where' | 'doctype'>,
): XmlElement {
  const roots: XmlElement[] = []
  parseXml(pieces, { ...options, isTaken: () => true, take: root => roots.push(root) })
  const [root] = roots
  if (!root) throw new DocumentRefusal('damaged', { where: options.where })
  return root
}

/**
 * The characters of a part that another parser reads, under the same rule for declarations.
 *
 * @throws {DocumentRefusal}
 */
export function xmlText(
  pieces: Iterable<Uint8Array>,
  options: Pick<XmlOptions, 'where' | 'doctype'>,
): string {
  const text = [...decoded(pieces, options.where)].join('')
  declarationGuard(options.doctype ?? 'refuse')(text)
  const declared = text.search(/<!DOCTYPE/i)
  const end = text.indexOf('>', declared)
  if (declared >= 0 && text.slice(declared, end).includes('[')) throw new DocumentRefusal('doctype')
  return text
}

/** The first child element of a name. */
export function childOf(element: XmlElement | undefined, name: string): XmlElement | undefined {
  if (!element) return undefined
  for (const child of element.children) {
    if (typeof child !== 'string' && child.name === name) return child
  }
  return undefined
}

/** The child elements, or those of one name. */
export function childrenOf(element: XmlElement | undefined, name?: string): XmlElement[] {
  const found: XmlElement[] = []
  for (const child of element?.children ?? []) {
    if (typeof child !== 'string' && (name === undefined || child.name === name)) found.push(child)
  }
  return found
}

/** Every element within one, itself left out, that has a name; in reading order. */
export function within(element: XmlElement, name: string): XmlElement[] {
  const found: XmlElement[] = []
  for (const child of childrenOf(element)) {
    if (child.name === name) found.push(child)
    found.push(...within(child, name))
  }
  return found
}

/** All text within an element. */
export function textOf(element: XmlElement): string {
  return element.children.map(child => (typeof child === 'string' ? child : textOf(child))).join('')
}

interface MutableElement extends XmlElement {
  readonly children: XmlNode[]
}

const MOST_ATTRIBUTES = 1_000

/** Namespaces as their documents name them, the strict ones of Office too, and our prefixes. */
const NAMESPACES: Readonly<Record<string, string>> = {
  'http://schemas.openxmlformats.org/wordprocessingml/2006/main': 'w',
  'http://purl.oclc.org/ooxml/wordprocessingml/main': 'w',
  'http://schemas.openxmlformats.org/officeDocument/2006/relationships': 'r',
  'http://purl.oclc.org/ooxml/officeDocument/relationships': 'r',
  'http://schemas.openxmlformats.org/officeDocument/2006/math': 'm',
  'http://purl.oclc.org/ooxml/officeDocument/math': 'm',
  'http://schemas.openxmlformats.org/markup-compatibility/2006': 'mc',
  'http://schemas.microsoft.com/office/word/2010/wordprocessingShape': 'wps',
  'http://schemas.microsoft.com/office/word/2010/wordprocessingGroup': 'wpg',
  'http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas': 'wpc',
  'http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing': 'wp',
  'http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing': 'wp',
  'http://schemas.openxmlformats.org/drawingml/2006/main': 'a',
  'http://purl.oclc.org/ooxml/drawingml/main': 'a',
  'http://schemas.openxmlformats.org/drawingml/2006/picture': 'pic',
  'http://purl.oclc.org/ooxml/drawingml/picture': 'pic',
  'urn:schemas-microsoft-com:vml': 'v',
  'urn:schemas-microsoft-com:office:office': 'o',
  'http://schemas.openxmlformats.org/package/2006/relationships': 'rel',
  'http://schemas.openxmlformats.org/package/2006/content-types': 'ct',
  'http://schemas.openxmlformats.org/package/2006/metadata/core-properties': 'cp',
  'http://purl.org/dc/elements/1.1/': 'dc',
  'http://purl.org/dc/terms/': 'dcterms',
  'urn:oasis:names:tc:opendocument:xmlns:office:1.0': 'office',
  'urn:oasis:names:tc:opendocument:xmlns:text:1.0': 'text',
  'urn:oasis:names:tc:opendocument:xmlns:table:1.0': 'table',
  'urn:oasis:names:tc:opendocument:xmlns:style:1.0': 'style',
  'urn:oasis:names:tc:opendocument:xmlns:drawing:1.0': 'draw',
  'urn:oasis:names:tc:opendocument:xmlns:meta:1.0': 'meta',
  'urn:oasis:names:tc:opendocument:xmlns:manifest:1.0': 'manifest',
  'urn:oasis:names:tc:opendocument:xmlns:script:1.0': 'script',
  'urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0': 'fo',
  'urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0': 'loext',
  'urn:oasis:names:tc:opendocument:xmlns:container': 'cn',
  'http://www.w3.org/1999/xlink': 'xlink',
  'http://www.w3.org/XML/1998/namespace': 'xml',
  'http://www.idpf.org/2007/opf': 'opf',
  'http://www.w3.org/2001/04/xmlenc#': 'enc',
}

/** What prefixes mean at some place. */
interface Scope {
  readonly prefixes: ReadonlyMap<string, string>
  /** Whether names need no change, as in all that Office itself writes. */
  readonly isOurs: boolean
}

/** Resolves names where the parser stands. Only elements that declare prefixes cost anything. */
function nameTable() {
  let scope: Scope = { prefixes: new Map([['xml', 'xml']]), isOurs: true }
  let elementNames = new Map<string, string>()
  let attributeNames = new Map<string, string>()
  /** The scope outside each open element that declares prefixes, else `null`. */
  const outside: (Scope | null)[] = []

  function change(to: Scope): void {
    scope = to
    elementNames = new Map()
    attributeNames = new Map()
  }

  function resolve(raw: string, bare: string | undefined): string {
    const colon = raw.indexOf(':')
    if (colon < 0) return bare === undefined ? raw : `${bare}:${raw}`
    const prefix = scope.prefixes.get(raw.slice(0, colon))
    return prefix === undefined ? raw : prefix + raw.slice(colon)
  }

  function remembered(names: Map<string, string>, raw: string, bare: string | undefined): string {
    let name = names.get(raw)
    if (name === undefined) {
      name = resolve(raw, bare)
      names.set(raw, name)
    }
    return name
  }

  return {
    /** Enters an element that declares prefixes. */
    declare(attributes: Readonly<Record<string, string>>): void {
      const prefixes = new Map(scope.prefixes)
      for (const name in attributes) {
        if (isDeclaration(name)) {
          prefixes.set(name.slice(6), NAMESPACES[attributes[name]!.trim()] ?? '?')
        }
      }
      outside.push(scope)
      change({ prefixes, isOurs: [...prefixes].every(isOwnPrefix) })
    },
    enter(): void {
      outside.push(null)
    },
    leave(): void {
      const before = outside.pop()
      if (before) change(before)
    },
    element(raw: string): string {
      return scope.isOurs ? raw : remembered(elementNames, raw, scope.prefixes.get(''))
    },
    attributes(raw: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
      if (scope.isOurs) return raw
      const named: Record<string, string> = {}
      for (const name in raw) named[remembered(attributeNames, name, undefined)] = raw[name]!
      return named
    },
  }
}

const PREFIXES: ReadonlySet<string> = new Set(Object.values(NAMESPACES))

/** Whether a prefix means what it means here, or nothing that any reader looks for. */
function isOwnPrefix([prefix, meaning]: readonly [prefix: string, meaning: string]): boolean {
  return prefix === meaning || (meaning === '?' && prefix !== '' && !PREFIXES.has(prefix))
}

function isDeclaration(attribute: string): boolean {
  return attribute === 'xmlns' || attribute.startsWith('xmlns:')
}

/**
 * Watches for declarations before the parser sees them, also where a piece ends within one.
 * Office files need neither; in text and attributes their `<` is written `&lt;`.
 */
function declarationGuard(doctype: 'refuse' | 'plain'): (text: string) => void {
  const refused = doctype === 'refuse' ? /<!(?:DOCTYPE|ENTITY)/i : /<!ENTITY/i
  let tail = ''
  return text => {
    const seen = tail + text
    if (seen.includes('<!') && refused.test(seen)) throw new DocumentRefusal('doctype')
    tail = seen.slice(-9)
  }
}

/** Bytes as characters: by their mark, else by the XML declaration, else UTF-8. */
function* decoded(pieces: Iterable<Uint8Array>, where: string): Generator<string> {
  let decoder: TextDecoder | null = null
  try {
    for (const piece of pieces) {
      decoder ??= decoderFor(piece)
      yield decoder.decode(piece, { stream: true })
    }
    if (decoder) yield decoder.decode()
  } catch (error) {
    if (error instanceof DocumentRefusal) throw error
    throw new DocumentRefusal('damaged', { where })
  }
}

function decoderFor(head: Uint8Array): TextDecoder {
  const [first, second] = head
  if ((first === 0xff && second === 0xfe) || (first === 0x3c && second === 0)) {
    return new TextDecoder('utf-16le', { fatal: true })
  }
  if ((first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c)) {
    return new TextDecoder('utf-16be', { fatal: true })
  }
  const ascii = String.fromCharCode(...head.subarray(0, 200))
  const stated = /^(?:\u00ef\u00bb\u00bf)?<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)/.exec(ascii)?.[1]
  // A declaration that can be read as ASCII is not UTF-16, whatever it says.
  const label = stated && !/^utf-?16/i.test(stated) ? stated : 'utf-8'
  return new TextDecoder(/^gb(?:2312|k)$/i.test(label) ? 'gb18030' : label, { fatal: true })
}
