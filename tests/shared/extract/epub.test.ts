import { expect, it } from 'vitest'
import { readEpub } from '../../../shared/extract/epub'
import {
  baselineBeside,
  baselineOf,
  entry,
  epubEntries,
  fixture,
} from '../../support/documents-office'
import { type ZipEntry, zipOf } from '../../support/zip'

/** The entries with one file changed, or added where there was none of its name. */
function changed(
  entries: readonly ZipEntry[],
  name: string,
  change: (text: string) => string,
): Uint8Array {
  const found = entries.find(file => file.name === name)
  const text = found ? new TextDecoder().decode(found.data) : ''
  return zipOf([...entries.filter(file => file !== found), entry(name, change(text))])
}

const BOOK = epubEntries(['<h1>\u4e00</h1><p>a</p>', '<p> b\n c</p>', '<p></p>', '<h2>\u4e8c</h2>'])

it.each(['libreoffice.epub', 'pandoc.epub'])('reads %s as it was reviewed', name => {
  const file = `epub/${name}`
  expect(baselineOf(readEpub(fixture(file)))).toEqual(baselineBeside(file))
})

it('reads chapters in their order, marks in their places', () => {
  expect(readEpub(zipOf(BOOK))).toEqual({
    ok: true,
    format: 'epub',
    extractor: 'epub/1',
    text: '\u4e00\na\nb c\n\u4e8c',
    markup: {
      marks: [
        { start: 0, end: 1, kind: 'heading', level: 1 },
        { start: 8, end: 9, kind: 'heading', level: 2 },
      ],
      pages: [],
      properties: { title: '\u4e91\u5cad\u5e74\u9274' },
    },
    encoding: null,
    sure: true,
    replaced: 0,
    notes: [],
  })
})

it('follows the spine and not the order of files', () => {
  const turned = changed(BOOK, 'OEBPS/book.opf', text =>
    text.replace(/<spine>.*<\/spine>/, '<spine><itemref idref="c3"/><itemref idref="c1"/></spine>'),
  )
  expect(readEpub(turned)).toMatchObject({ text: '\u4e8c\nb c' })
})

it('marks its table of contents as standing around the report', () => {
  const withNav = changed(BOOK, 'OEBPS/book.opf', text =>
    text.replace('id="c0"', 'id="c0" properties="nav"'),
  )
  expect(readEpub(withNav)).toMatchObject({
    markup: {
      marks: [
        { start: 0, end: 1, kind: 'aside' },
        { start: 2, end: 3, kind: 'aside' },
        { start: 8, end: 9, kind: 'heading' },
      ],
    },
  })
})

it('notes chapters that are pictures', () => {
  const picture = changed(BOOK, 'OEBPS/book.opf', text =>
    text.replace(
      'text/c%200.xhtml" media-type="application/xhtml+xml"',
      'cover.svg" media-type="image/svg+xml"',
    ),
  )
  expect(readEpub(picture)).toMatchObject({ text: 'b c\n\u4e8c', notes: ['pictures'] })
})

it('reads a document type that declares nothing, and refuses entities', () => {
  const chapter = 'OEBPS/text/c 0.xhtml'
  const public11 =
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd">'
  const plain = changed(BOOK, chapter, text =>
    text.replace('<!DOCTYPE html>', public11).replace('>a<', '>&nbsp;<'),
  )
  expect(readEpub(plain)).toMatchObject({ ok: true, text: '\u4e00\n\u00a0\nb c\n\u4e8c' })
  const refused = { ok: false, problem: 'doctype', details: {} }
  for (const declaration of ['<!DOCTYPE html [<!ENTITY a "b">]>', '<!DOCTYPE html [ ]>']) {
    const declared = (text: string) => text.replace('<!DOCTYPE html>', declaration)
    expect(readEpub(changed(BOOK, chapter, declared))).toEqual(refused)
    expect(readEpub(changed(BOOK, 'OEBPS/book.opf', text => declaration + text))).toEqual(refused)
  }
})

it('says that a book is locked, unless only its fonts are', () => {
  const encryption = (algorithm: string) => (): string =>
    `<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" xmlns:e="http://www.w3.org/2001/04/xmlenc#"><e:EncryptedData><e:EncryptionMethod Algorithm="${algorithm}"/></e:EncryptedData></encryption>`
  const file = 'META-INF/encryption.xml'
  const locked = changed(BOOK, file, encryption('http://www.w3.org/2001/04/xmlenc#aes128-cbc'))
  expect(readEpub(locked)).toEqual({ ok: false, problem: 'encrypted', details: {} })
  const fonts = changed(BOOK, file, encryption('http://www.idpf.org/2008/embedding'))
  expect(readEpub(fonts)).toMatchObject({ ok: true })
})

it('refuses a book that misses what it names', () => {
  const damaged = (where: string) => ({ ok: false, problem: 'damaged', details: { where } })
  const chapter = 'OEBPS/text/c 0.xhtml'
  expect(readEpub(zipOf(BOOK.filter(file => file.name !== chapter)))).toEqual(damaged(chapter))
  expect(readEpub(zipOf(BOOK.filter(file => !file.name.endsWith('.opf'))))).toEqual(
    damaged('META-INF/container.xml'),
  )
  const spineless = changed(BOOK, 'OEBPS/book.opf', text =>
    text.replace('idref="c0"', 'idref="zz"'),
  )
  expect(readEpub(spineless)).toEqual(damaged('OEBPS/book.opf'))
})
