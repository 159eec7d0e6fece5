import type { DocumentFile, DocumentNote } from './document'
import { type BodyParts, bodyWalker } from './docx-body'
import { type NoteKind, notesOf, type ReferredNote } from './docx-notes'
import { numberingOf } from './docx-numbering'
import { type Relation, relationsOf } from './docx-package'
import { stylesOf } from './docx-styles'
import { emptyPage } from './line-writer'
import { finishDocument } from './office-document'
import { oleProblemOf } from './ole'
import { collectingSink, type Line, writeNote } from './table-lines'
import { childOf, childrenOf, parseXml, textOf, type XmlElement, xmlTree } from './xml'
import { DocumentRefusal, openZip, orRefused, type ZipParts } from './zip-parts'

const EXTRACTOR = 'docx/1'

/**
 * Reads a Word file (.docx, .docm, also of WPS and LibreOffice), as its pages show it.
 *
 * Automatic numbers are written into the text. A table is a line a row; one that only frames
 * text, by a single column or a long cell, is read as that text. Text boxes follow the paragraph
 * that they are anchored in. Footnotes, then endnotes, stand at the end, a line a paragraph.
 * Changes count as accepted. Headers, footers, comments and hidden text are left out.
 */
export function readDocx(bytes: Uint8Array): DocumentFile {
  if (isOle(bytes)) return oleProblemOf(bytes)
  return orRefused(() => {
    const zip = openZip(bytes)
    const main = mainPartOf(zip)
    const relations = relationsOf(zip, main)
    const tree = (type: string): XmlElement | undefined => {
      const name = partOf(relations, type)
      return name !== undefined && zip.has(name)
        ? xmlTree(zip.pieces(name), { where: name })
        : undefined
    }

    const met = new Set<DocumentNote>()
    const replaced = { count: 0 }
    const styles = stylesOf(tree('styles'))
    const contents = {
      footnote: noteContents(tree('footnotes'), 'footnote'),
      endnote: noteContents(tree('endnotes'), 'endnote'),
    }
    const hasNotes = contents.footnote.size + contents.endnote.size > 0
    const notes = notesOf(contents, hasNotes ? noteFormats(zip, main) : DEFAULT_FORMATS)
    const numbering = numberingOf(tree('numbering'), styles)
    const parts: BodyParts = { styles, numbering, notes, met, replaced }

    const page = emptyPage()
    const walker = bodyWalker(parts)
    parseXml(zip.pieces(main), {
      where: main,
      isTaken: name => name !== 'w:document' && name !== 'w:body',
      take: element => walker.block(element, page),
    })
    walker.end(page)
    for (const note of notes.referred()) writeNote(note.label, noteLines(note, parts), page)

    if (hasComments(zip, relations)) met.add('comments')
    if (zip.names.some(name => /vbaproject\.bin$/i.test(name))) met.add('script')
    if (wantsOutside(zip, relations)) met.add('links-outside')
    return finishDocument({
      format: 'docx',
      extractor: EXTRACTOR,
      ...page.finish(),
      properties: propertiesOf(zip),
      met,
      replaced: replaced.count,
    })
  })
}

function isOle(bytes: Uint8Array): boolean {
  return [0xd0, 0xcf, 0x11, 0xe0].every((byte, index) => bytes[index] === byte)
}

/** The part that holds the text. */
function mainPartOf(zip: ZipParts): string {
  const stated = partOf(relationsOf(zip, ''), 'officeDocument')
  const name = stated !== undefined && zip.has(stated) ? stated : 'word/document.xml'
  if (!zip.has(name)) throw new DocumentRefusal('damaged', { where: name })
  return name
}

function partOf(relations: readonly Relation[], type: string): string | undefined {
  return relations.find(relation => relation.type === type && !relation.isOutside)?.target
}

const DEFAULT_FORMATS = { footnote: 'decimal', endnote: 'lowerRoman' } as const

/** The notes by id, without the lines that separate them from the text. */
function noteContents(root: XmlElement | undefined, kind: NoteKind): Map<string, XmlElement> {
  const notes = childrenOf(root, `w:${kind}`).filter(note => {
    const type = note.attributes['w:type']
    return type === undefined || type === 'normal'
  })
  return new Map(notes.map(note => [note.attributes['w:id'] ?? '', note]))
}

/** How notes are numbered, which a section says at its end, after the text that it is about. */
function noteFormats(zip: ZipParts, main: string): Record<NoteKind, string> {
  const formats: Record<NoteKind, string> = { ...DEFAULT_FORMATS }
  const found = new Set<NoteKind>()
  parseXml(zip.pieces(main), {
    where: main,
    isTaken: name => name === 'w:sectPr',
    take(section) {
      for (const kind of ['footnote', 'endnote'] as const) {
        const format = childOf(childOf(section, `w:${kind}Pr`), 'w:numFmt')?.attributes['w:val']
        if (format === undefined || found.has(kind)) continue
        found.add(kind)
        formats[kind] = format
      }
    },
  })
  return formats
}

function noteLines(note: ReferredNote, parts: BodyParts): Line[] {
  const walker = bodyWalker(parts)
  const sink = collectingSink()
  for (const child of childrenOf(note.content)) walker.block(child, sink)
  walker.end(sink)
  return sink.lines
}

function hasComments(zip: ZipParts, relations: readonly Relation[]): boolean {
  const name = partOf(relations, 'comments')
  if (name === undefined || !zip.has(name)) return false
  let count = 0
  parseXml(zip.pieces(name), {
    where: name,
    isTaken: element => element === 'w:comment',
    take: () => count++,
  })
  return count > 0
}

/** Whether Word would load something from elsewhere. Links that are only followed are no harm. */
function wantsOutside(zip: ZipParts, relations: readonly Relation[]): boolean {
  const beside = ['settings', 'webSettings', 'footnotes', 'endnotes']
    .map(type => partOf(relations, type))
    .filter(name => name !== undefined)
  return [relations, ...beside.map(name => relationsOf(zip, name))]
    .flat()
    .some(relation => relation.isOutside && relation.type !== 'hyperlink')
}

/** What the file states of itself, under the names that all readers use. */
function propertiesOf(zip: ZipParts): Record<string, string> {
  const name = partOf(relationsOf(zip, ''), 'core-properties') ?? 'docProps/core.xml'
  if (!zip.has(name)) return {}
  const root = xmlTree(zip.pieces(name), { where: name })
  const stated = [
    ['title', 'dc:title'],
    ['author', 'dc:creator'],
    ['created', 'dcterms:created'],
  ] as const
  return Object.fromEntries(
    stated.flatMap(([property, element]) => {
      const child = childOf(root, element)
      const text = child ? textOf(child).trim() : ''
      return text === '' ? [] : [[property, text]]
    }),
  )
}
