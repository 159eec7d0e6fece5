import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  type DocumentKind,
  endingOf,
  endsOf,
  isMisnamed,
  kindOf,
} from '../../../shared/intake/document-kind'
import { zipOf } from '../../support/zip'

const latin = (text: string) => Uint8Array.from(text, each => each.charCodeAt(0))
const utf8 = (text: string) => new TextEncoder().encode(text)
const utf16 = (text: string) => new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le'))
const kind = (bytes: Uint8Array, name = 'report') => kindOf(endsOf(bytes), name)

/** A zip of parts with nothing but a letter in each. */
function zip(...names: string[]): Uint8Array {
  return new Uint8Array(zipOf(names.map(name => ({ name, data: utf8('x') }))))
}

/** A zip that begins as OpenDocument and EPUB do. */
function marked(mimetype: string): Uint8Array {
  const first = { name: 'mimetype', data: utf8(mimetype), method: 0 }
  return new Uint8Array(zipOf([first, { name: 'content.xml', data: utf8('x') }]))
}

const KINDS: readonly (readonly [string, Uint8Array, DocumentKind])[] = [
  ['Word, its parts in any order', zip('docProps/app.xml', 'word/document.xml'), 'docx'],
  ['Excel', zip('[Content_Types].xml', 'xl/workbook.xml'), 'xlsx'],
  ['binary Excel', zip('[Content_Types].xml', 'xl/workbook.bin'), 'spreadsheet'],
  ['PowerPoint', zip('[Content_Types].xml', 'ppt/presentation.xml'), 'slides'],
  ['OFD', zip('OFD.xml', 'Doc_0/Document.xml'), 'ofd'],
  ['an archive with a Word file in it', zip('a.docx', 'b.docx'), 'zip'],
  ['an OpenDocument text', marked('application/vnd.oasis.opendocument.text'), 'odt'],
  [
    'an OpenDocument spreadsheet',
    marked('application/vnd.oasis.opendocument.spreadsheet'),
    'spreadsheet',
  ],
  ['an EPUB', marked('application/epub+zip'), 'epub'],
  ['an EPUB without its mark', zip('META-INF/container.xml', 'a.xhtml'), 'epub'],
  ['a PDF', latin('%PDF-1.4\n'), 'pdf'],
  ['a PDF behind what a server printed', latin('\r\n<!-- ok -->\n%PDF-1.4\n'), 'pdf'],
  ['an old Word file', latin('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'), 'old-office'],
  [
    'Word 2003 XML',
    utf8('<?xml version="1.0"?>\n<?mso-application progid="Word.Document"?>'),
    'word-xml',
  ],
  ['RTF', latin('{\\rtf1\\ansi x}'), 'rtf'],
  ['a page', utf8('<!DOCTYPE html>\n<html>'), 'html'],
  ['a page behind a byte order mark and white space', utf8('\ufeff \n\t<HTML lang=zh>'), 'html'],
  ['a page behind comments', utf8('<!-- a --><!-- b -->\n<?xml version="1.0"?><html>'), 'html'],
  ['a page behind a script', utf8('<script>var a = "<p>"</script><head>'), 'html'],
  ['a page in UTF-16', utf16('<html><body>'), 'html'],
  [
    'a saved page',
    utf8('From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n'),
    'mhtml',
  ],
  ['a picture', latin('\x89PNG\r\n\x1a\n'), 'image'],
  ['a text', utf8('\u4f9d\u6cd5\u884c\u653f'), 'txt'],
  ['a text that begins with a tag', utf8('<b>x</b>'), 'txt'],
  ['nothing', new Uint8Array(), 'txt'],
]

it.each(KINDS)('knows %s by its bytes', (_name, bytes, expected) => {
  expect(kind(bytes)).toBe(expected)
})

it('goes by the name only where bytes are silent', () => {
  expect(kind(utf8('# x'), 'a.md')).toBe('md')
  expect(kind(utf8('a,b'), 'a.csv')).toBe('csv')
  expect(kind(utf8('<div>x</div>'), 'a.htm')).toBe('html')
  expect(kind(utf8('x'), 'a.htm')).toBe('txt')
  expect(kind(latin('%PDF-1.4'), 'a.md')).toBe('pdf')
  expect(kind(latin('HN\xc8\0'), 'a.caj')).toBe('caj')
})

it('finds what a zip holds with its directory at the end of a large file', () => {
  const large = { name: 'word/media/image1.png', data: new Uint8Array(200_000), method: 0 }
  const bytes = new Uint8Array(zipOf([large, { name: 'word/document.xml', data: utf8('x') }]))
  expect(kindOf({ head: bytes.subarray(0, 65_536), tail: bytes.subarray(-65_536) }, 'a')).toBe(
    'docx',
  )
})

it('tells a wrong ending from one that says nothing', () => {
  expect(isMisnamed('a.doc', 'html')).toBe(true)
  expect(isMisnamed('a.DOCX', 'docx')).toBe(false)
  expect(isMisnamed('a', 'docx')).toBe(false)
  expect(isMisnamed('\u62a5\u544a v2.0', 'docx')).toBe(false)
  expect(endingOf('a.b/c.TXT')).toBe('txt')
})

it('answers for any bytes and any name', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.string(), (bytes, name) => {
      expect(kind(bytes, name)).toMatch(/^[a-z-]+$/)
    }),
  )
})

it('passes over ten thousand comments without looking back', () => {
  expect(kind(utf8(`${'<!---->'.repeat(500)}<html>`))).toBe('html')
  expect(kind(utf8('<!--'.repeat(10_000)))).toBe('txt')
})
