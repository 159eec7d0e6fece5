import type { DocumentFile, DocumentNote } from './document'
import { emptyPage } from './line-writer'
import { type OdtNote, odtWalker } from './odt-body'
import { odtLists } from './odt-lists'
import { odtStyles } from './odt-styles'
import { finishDocument } from './office-document'
import { collectingSink, type Line, type Sink, writeNote } from './table-lines'
import { childOf, childrenOf, parseXml, textOf, type XmlElement, xmlTree } from './xml'
import { DocumentRefusal, openZip, orRefused, type ZipParts } from './zip-parts'

const EXTRACTOR = 'odt/1'

/**
 * Reads an OpenDocument text (.odt, .ott), as its pages show it.
 *
 * Numbers, tables, text boxes, notes, changes and what is hidden are treated as `readDocx`
 * treats them, so that one report saved in both formats gives one text.
 */
export function readOdt(bytes: Uint8Array): DocumentFile {
  return orRefused(() => {
    const zip = openZip(bytes)
    if (isEncrypted(zip)) throw new DocumentRefusal('encrypted')

    const met = new Set<DocumentNote>()
    const styles = odtStyles()
    if (zip.has('styles.xml')) {
      const root = xmlTree(zip.pieces('styles.xml'), { where: 'styles.xml' })
      for (const group of childrenOf(root)) if (STYLE_GROUPS.has(group.name)) styles.add(group)
    }
    const notes: OdtNote[] = []
    const walk = odtWalker({ styles, lists: odtLists(styles), met, notes })
    const page = emptyPage()
    let hasText = false
    parseXml(zip.pieces('content.xml'), {
      where: 'content.xml',
      isTaken(name) {
        if (name === 'office:text') hasText = true
        return !CONTAINERS.has(name)
      },
      take(element) {
        if (STYLE_GROUPS.has(element.name)) styles.add(element)
        else if (element.name === 'office:scripts') {
          if (childrenOf(element).length > 0) met.add('script')
        } else if (hasText) walk(element, page)
      },
    })
    if (!hasText) throw new DocumentRefusal('unsupported', { kind: kindOf(zip) })
    // Notes within notes come to the end of the list while it is read.
    for (const isEndnote of [false, true]) {
      for (const note of notes)
        if (note.isEndnote === isEndnote) writeNote(note.label, noteLines(note, walk), page)
    }
    if (zip.names.some(isScript)) met.add('script')
    return finishDocument({
      format: 'odt',
      extractor: EXTRACTOR,
      ...page.finish(),
      properties: propertiesOf(zip),
      met,
      replaced: 0,
    })
  })
}

const STYLE_GROUPS: ReadonlySet<string> = new Set(['office:styles', 'office:automatic-styles'])

/** What is opened and not taken whole. */
const CONTAINERS: ReadonlySet<string> = new Set([
  'office:document-content',
  'office:body',
  'office:text',
])

const MANIFEST = 'META-INF/manifest.xml'

function isEncrypted(zip: ZipParts): boolean {
  if (!zip.has(MANIFEST)) return false
  let isFound = false
  parseXml(zip.pieces(MANIFEST), {
    where: MANIFEST,
    // Manifests of the first OpenOffice name their document type.
    doctype: 'plain',
    isTaken: name => name === 'manifest:encryption-data',
    take: () => {
      isFound = true
    },
  })
  return isFound
}

/** What kind of OpenDocument it is that has no text, by its media type. */
function kindOf(zip: ZipParts): string {
  const type = zip.has('mimetype') ? new TextDecoder().decode(zip.read('mimetype')) : ''
  return /^application\/vnd\.oasis\.opendocument\.([a-z-]{1,40})/.exec(type)?.[1] ?? 'opendocument'
}

/** Whether a part is a macro; LibreOffice also keeps lists of them, which may be empty. */
function isScript(name: string): boolean {
  return /^(?:Basic|Scripts)\/.+/.test(name) && !/\/script-l[bc]\.xml$/.test(name)
}

function noteLines(note: OdtNote, walk: (element: XmlElement, sink: Sink) => void): Line[] {
  const sink = collectingSink()
  for (const child of childrenOf(note.body)) walk(child, sink)
  return sink.lines
}

/** What the file states of itself, under the names that all readers use. */
function propertiesOf(zip: ZipParts): Record<string, string> {
  if (!zip.has('meta.xml')) return {}
  const root = xmlTree(zip.pieces('meta.xml'), { where: 'meta.xml' })
  const meta = childOf(root, 'office:meta')
  const stated = [
    ['title', 'dc:title'],
    ['author', 'meta:initial-creator'],
    ['author', 'dc:creator'],
    ['created', 'meta:creation-date'],
  ] as const
  const properties: Record<string, string> = {}
  for (const [property, name] of stated) {
    const element = childOf(meta, name)
    const text = element ? textOf(element).trim() : ''
    if (text !== '') properties[property] ??= text
  }
  return properties
}
