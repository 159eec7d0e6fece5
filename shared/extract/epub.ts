import type { Mark } from '../domain/markup'
import { DOCUMENT_LIMITS, type DocumentFile, type DocumentNote } from './document'
import { resolvePart } from './docx-package'
import { htmlText } from './html'
import { finishDocument } from './office-document'
import { childOf, childrenOf, textOf, within, type XmlElement, xmlText, xmlTree } from './xml'
import { DocumentRefusal, openZip, orRefused, type ZipParts } from './zip-parts'

const EXTRACTOR = 'epub/1'

/**
 * Reads an e-book (.epub): its chapters in reading order, each as a browser shows it.
 *
 * The book's own table of contents is kept where it is a chapter, marked `aside`. Covers and
 * other chapters that are pictures are left out and noted.
 */
export function readEpub(bytes: Uint8Array): DocumentFile {
  return orRefused(() => {
    const zip = openZip(bytes)
    if (isEncrypted(zip)) throw new DocumentRefusal('encrypted')
    const name = packageOf(zip)
    const book = xmlTree(zip.pieces(name), { where: name, doctype: 'plain' })

    const met = new Set<DocumentNote>()
    const texts: string[] = []
    const marks: Mark[] = []
    let length = 0
    for (const chapter of chaptersOf(book, name)) {
      if (!isPage(chapter)) {
        met.add('pictures')
        continue
      }
      const source = xmlText(zip.pieces(chapter.part), { where: chapter.part, doctype: 'plain' })
      const read = htmlText(source, { mode: 'raw', syntax: 'xml' })
      if ('ok' in read) throw new DocumentRefusal(read.problem, read.details)
      for (const note of read.notes) met.add(note)
      const text = read.text.replace(/\n+$/, '')
      if (text.trim() === '') continue
      const start = texts.length > 0 ? length + 1 : 0
      if (chapter.isContents) marks.push(...asideLines(text, start))
      else {
        for (const mark of read.marks) {
          const end = Math.min(mark.end, text.length)
          if (mark.start < end) marks.push({ ...mark, start: mark.start + start, end: end + start })
        }
      }
      texts.push(text)
      length = start + text.length
      checkLength(length)
    }
    return finishDocument({
      format: 'epub',
      extractor: EXTRACTOR,
      text: texts.join('\n'),
      marks,
      properties: propertiesOf(book),
      met,
      replaced: 0,
    })
  })
}

/** A chapter may be as long as a report; the book is stopped at the first that is too much. */
function checkLength(length: number): void {
  const limit = DOCUMENT_LIMITS.length
  if (length > limit) throw new DocumentRefusal('too-long', { length, limit })
}

const ENCRYPTION = 'META-INF/encryption.xml'

/** Ways to scramble fonts, which leave the text alone. */
const OF_FONTS: ReadonlySet<string> = new Set([
  'http://www.idpf.org/2008/embedding',
  'http://ns.adobe.com/pdf/enc#RC',
])

function isEncrypted(zip: ZipParts): boolean {
  if (!zip.has(ENCRYPTION)) return false
  const root = xmlTree(zip.pieces(ENCRYPTION), { where: ENCRYPTION })
  return within(root, 'enc:EncryptedData').some(part => {
    const method = childOf(part, 'enc:EncryptionMethod')?.attributes.Algorithm ?? ''
    return !OF_FONTS.has(method)
  })
}

/** The part that lists what is in the book. */
function packageOf(zip: ZipParts): string {
  const container = 'META-INF/container.xml'
  const stated = zip.has(container)
    ? within(xmlTree(zip.pieces(container), { where: container }), 'cn:rootfile')
        .map(file => resolvePart('', file.attributes['full-path'] ?? ''))
        .find(name => zip.has(name))
    : undefined
  const name = stated ?? zip.names.find(part => part.endsWith('.opf'))
  if (name === undefined) throw new DocumentRefusal('damaged', { where: container })
  return name
}

interface Chapter {
  readonly part: string
  readonly mediaType: string
  readonly isContents: boolean
}

/** Chapters in reading order. One that the book names and does not have means damage later. */
function chaptersOf(book: XmlElement, name: string): Chapter[] {
  const folder = name.slice(0, name.lastIndexOf('/') + 1)
  const items = new Map<string, Chapter>()
  for (const { attributes } of childrenOf(childOf(book, 'opf:manifest'), 'opf:item')) {
    items.set(attributes.id ?? '', {
      part: resolvePart(folder, attributes.href ?? ''),
      mediaType: attributes['media-type'] ?? '',
      isContents: (attributes.properties ?? '').split(/\s+/).includes('nav'),
    })
  }
  const spine = childrenOf(childOf(book, 'opf:spine'), 'opf:itemref')
  const chapters = spine.map(({ attributes }) => items.get(attributes.idref ?? ''))
  if (chapters.length === 0 || chapters.includes(undefined)) {
    throw new DocumentRefusal('damaged', { where: name })
  }
  return chapters.filter(chapter => chapter !== undefined)
}

function isPage({ mediaType, part }: Chapter): boolean {
  return /xhtml|html|dtbook|x-oeb1-document/.test(mediaType) || /\.x?html?$/i.test(part)
}

function asideLines(text: string, start: number): Mark[] {
  const marks: Mark[] = []
  let from = start
  for (const line of text.split('\n')) {
    const end = from + line.length
    if (line.trim() !== '') marks.push({ start: from, end, kind: 'aside', level: 0 })
    from = end + 1
  }
  return marks
}

/** What the book states of itself, under the names that all readers use. */
function propertiesOf(book: XmlElement): Record<string, string> {
  const metadata = childOf(book, 'opf:metadata')
  const stated = [
    ['title', 'dc:title'],
    ['author', 'dc:creator'],
    ['date', 'dc:date'],
  ] as const
  return Object.fromEntries(
    stated.flatMap(([property, element]) => {
      const child = childOf(metadata, element)
      const text = child ? textOf(child).trim() : ''
      return text === '' ? [] : [[property, text]]
    }),
  )
}
