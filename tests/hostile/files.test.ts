import i18next, { type TFunction } from 'i18next'
import { beforeAll, expect, it } from 'vitest'
import { loadPdfLibrary } from '../../electron/pdf-library'
import en from '../../renderer/locale/en.json'
import zh from '../../renderer/locale/zh.json'
import { problemWords } from '../../renderer/workspace/file-words'
import {
  DOCUMENT_LIMITS,
  DOCUMENT_NOTES,
  DOCUMENT_PROBLEMS,
  type DocumentFile,
  type DocumentProblem,
} from '../../shared/extract/document'
import { MAX_FILE_BYTES, MAX_REPORT_LENGTH, TEXT_NOTES } from '../../shared/extract/text-file'
import { readDocument } from '../../shared/intake/read-document'
import { compound } from '../support/compound'
import {
  docxEntries,
  docxOf,
  entry,
  fixture,
  odtEntries,
  paragraph,
} from '../support/documents-office'
import { DRAW_PICTURE, PICTURE, pdfOf } from '../support/documents-pdf'
import { deflatedZeros, type ZipEntry, zipOf } from '../support/zip'

// Files that strangers send as reports and that are none, or that have been damaged or made to do
// harm. Each is refused for its own reason, with words in both languages that are kept in
// messages.txt to be read by people. What looks odd and is a text all the same is read, and
// stands further below.

const latin = (text: string) => Uint8Array.from(text, each => each.charCodeAt(0))
const utf8 = (text: string) => new TextEncoder().encode(text)
const join = (...parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts))
const utf16 = (text: string) => new Uint8Array(Buffer.from(text, 'utf16le'))
const noise = (length: number) => {
  let state = 12345
  return Uint8Array.from({ length }, () => {
    state = (state * 1103515245 + 12345) % 2 ** 31
    return state >>> 16
  })
}

/** A Word file with some of its parts put in the place of its own. */
const docxWith = (...changed: readonly ZipEntry[]) => {
  const names = new Set(changed.map(({ name }) => name))
  const own = docxEntries({ body: paragraph('text') })
  return new Uint8Array(zipOf([...own.filter(({ name }) => !names.has(name)), ...changed]))
}
const body = (inside: string, prolog = '') =>
  entry(
    'word/document.xml',
    `${prolog}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${inside}</w:body></w:document>`,
  )

/** Files by their names, whose endings count where the bytes say little. */
const DOCUMENTS: Readonly<Record<string, readonly [string, Uint8Array, DocumentProblem]>> = {
  'a Word file that unpacks to a gigabyte': [
    'bomb.docx',
    docxWith({
      name: 'word/document.xml',
      data: new Uint8Array(),
      deflated: deflatedZeros(1000),
      size: 1_000_000_000,
    }),
    'bomb',
  ],
  'a Word file that lies about how much it unpacks to': [
    'lie.docx',
    docxWith({
      name: 'word/document.xml',
      data: new Uint8Array(),
      deflated: deflatedZeros(600),
      size: 1000,
    }),
    'bomb',
  ],
  'a Word file of too many parts': [
    'parts.docx',
    docxWith(
      ...Array.from({ length: DOCUMENT_LIMITS.parts + 1 }, (_, i) => ({
        name: `word/media/${i}`,
        data: new Uint8Array(),
        method: 0,
      })),
    ),
    'too-many-parts',
  ],
  'a Word file with entities that grow': [
    'laughs.docx',
    docxWith(body('&b;', '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>')),
    'doctype',
  ],
  'a Word file with an entity that is a file of ours': [
    'xxe.docx',
    docxWith(body('&x;', '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>')),
    'doctype',
  ],
  'an OpenDocument text with a document type': [
    'doctype.odt',
    new Uint8Array(
      zipOf(
        odtEntries('<text:p>x</text:p>').map(each =>
          each.name === 'content.xml'
            ? entry('content.xml', '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')
            : each,
        ),
      ),
    ),
    'doctype',
  ],
  'a Word file of elements within elements': [
    'deep.docx',
    docxWith(body('<w:sdt>'.repeat(300) + '</w:sdt>'.repeat(300))),
    'too-deep',
  ],
  'a Word file that ends in the middle': [
    'cut.docx',
    docxOf({ body: paragraph('text'.repeat(500)) }).subarray(0, 900),
    'damaged',
  ],
  'a Word file with nothing in it': ['nothing.docx', docxOf({ body: '' }), 'empty'],
  'a zip that is called a Word file': [
    'letters.docx',
    new Uint8Array(zipOf([entry('a.txt', 'x')])),
    'unsupported',
  ],
  'a zip with a password that is called a Word file': [
    'letters.docx',
    new Uint8Array(zipOf([{ ...entry('a.txt', 'x'), flags: 0x801 }])),
    'encrypted',
  ],
  'the beginning of a zip that is called a Word file': [
    'letters.docx',
    new Uint8Array(zipOf([entry('a.txt', 'x'.repeat(500))])).subarray(0, 40),
    'damaged',
  ],
  'zips within a zip': [
    'nested.zip',
    new Uint8Array(zipOf([{ name: 'inner.zip', data: zipOf([entry('a.docx', 'x')]), method: 0 }])),
    'unsupported',
  ],
  'a zip with a password': [
    'locked.docx',
    new Uint8Array(
      zipOf(docxEntries({ body: paragraph('x') }).map(each => ({ ...each, flags: 0x801 }))),
    ),
    'encrypted',
  ],
  'a Word file with a password': [
    'password.docx',
    compound('EncryptedPackage', 'EncryptionInfo'),
    'encrypted',
  ],
  'an old Word file': ['old.doc', compound('1Table', 'WordDocument'), 'old-office'],
  'an old Excel file': ['old.xls', compound('Workbook'), 'old-office'],
  'an old WPS file': ['old.wps', compound('CONTENTS', 'MatOST'), 'old-office'],
  'a Word file of 2003 in XML': [
    'old.doc',
    utf8('<?xml version="1.0"?>\n<?mso-application progid="Word.Document"?><w:wordDocument/>'),
    'old-office',
  ],
  'a mail in the old Office format': ['mail.msg', compound('__substg1.0_0037001F'), 'unsupported'],
  'noise that is called a Word file': ['noise.docx', noise(4_000), 'damaged'],
  'a presentation': [
    'slides.pptx',
    new Uint8Array(zipOf([entry('ppt/presentation.xml', '<p/>')])),
    'unsupported',
  ],
  'an OFD file': ['report.ofd', new Uint8Array(zipOf([entry('OFD.xml', '<x/>')])), 'unsupported'],
  'a file of CNKI': ['paper.caj', latin('HN\xc8\0\0\0'), 'unsupported'],
  'a PDF that is a scan': [
    'scan.pdf',
    pdfOf({ pages: [DRAW_PICTURE, DRAW_PICTURE, DRAW_PICTURE], objects: { 100: PICTURE } }),
    'scan',
  ],
  'a PDF with a password': ['locked.pdf', fixture('pdf/libreoffice-password.pdf'), 'encrypted'],
  'a PDF of which only the first line is left': [
    'cut.pdf',
    latin('%PDF-1.7\n1 0 obj<<'),
    'damaged',
  ],
  'a table': ['table.csv', utf8(`${'a,'.repeat(499)}a\n`.repeat(3)), 'table'],
}

const REFUSED: Readonly<Record<string, readonly [Uint8Array, DocumentProblem]>> = {
  'nothing at all': [new Uint8Array(), 'empty'],
  'white space of every kind': [utf8(' \t\r\n\u3000\u00a0\u2028\n'), 'empty'],
  'a byte order mark and no more': [latin('\xef\xbb\xbf'), 'empty'],
  'an empty zip': [join(latin('PK\x05\x06'), new Uint8Array(18)), 'unsupported'],
  'a picture': [join(latin('\x89PNG\r\n\x1a\n'), noise(300)), 'unsupported'],
  'a photo': [join(latin('\xff\xd8\xff\xe0'), noise(300)), 'unsupported'],
  'a program for Windows': [join(latin('MZ\x90\0\x03\0\0\0'), new Uint8Array(120)), 'unsupported'],
  'a program for Linux': [join(latin('\x7fELF\x02\x01\x01\0'), noise(300)), 'unsupported'],
  'a compressed log': [join(latin('\x1f\x8b\x08\0'), noise(300)), 'unsupported'],
  'a database': [join(latin('SQLite format 3\0'), noise(300)), 'unsupported'],
  'a tape archive': [
    join(new Uint8Array(257), latin('ustar\x0000'), new Uint8Array(248)),
    'unsupported',
  ],
  'random bytes': [noise(4_000), 'unsupported'],
  'terminal output that is mostly escapes': [latin('\x1b\x07\x01'.repeat(300)), 'unsupported'],
  'a text with NUL in it': [latin('annual report\0hidden'), 'nul'],
  'UTF-32': [
    join(latin('\xff\xfe\0\0'), new Uint8Array(new Uint32Array([0x4f9d, 0x6cd5, 0x884c]).buffer)),
    'unsupported',
  ],
  'Chinese cut in the middle of a character': [
    utf8('\u4f9d\u6cd5\u884c\u653f\u3002'.repeat(60)).subarray(0, 896),
    'broken-characters',
  ],
  'Chinese with bytes lost': [
    join(utf8('\u5168\u9762\u63a8\u8fdb'.repeat(30)), latin('\xe4\xbe'), utf8('\u4f9d\u6cd5')),
    'broken-characters',
  ],
  'overlong forms that hide a slash': [
    join(utf8('\u4f9d\u6cd5\u884c\u653f'.repeat(30)), latin('\xc0\xaf\xe0\x80\xaf')),
    'broken-characters',
  ],
  'surrogates in UTF-8': [
    join(utf8('\u4f9d\u6cd5\u884c\u653f'.repeat(30)), latin('\xed\xa0\x80')),
    'broken-characters',
  ],
  'half a pair in UTF-16': [
    join(latin('\xff\xfe'), utf16(`\u4f9d\u6cd5\ud800\u884c`)),
    'broken-characters',
  ],
  'Japanese in Shift JIS': [
    latin(
      '\x93\xfa\x96\x7b\x8c\xea\x82\xcc\x83\x65\x83\x4c\x83\x58\x83\x67\x82\xc5\x82\xb7\x81\x42'.repeat(
        4,
      ),
    ),
    'unknown-encoding',
  ],
  'too many bytes': [new Uint8Array(MAX_FILE_BYTES + 1).fill(0x61), 'too-large'],
  'too long a text': [new Uint8Array(MAX_REPORT_LENGTH + 1).fill(0x61), 'too-long'],
}

const words: Record<'zh' | 'en', TFunction> = {} as Record<'zh' | 'en', TFunction>

beforeAll(async () => {
  await i18next.init({ resources: { zh: { translation: zh }, en: { translation: en } } })
  words.zh = i18next.getFixedT('zh') as TFunction
  words.en = i18next.getFixedT('en') as TFunction
})

const FILES = [
  ...Object.entries(REFUSED).map(([about, [bytes, problem]]) => {
    return { about, name: 'report.txt', bytes, problem }
  }),
  ...Object.entries(DOCUMENTS).map(([about, [name, bytes, problem]]) => {
    return { about, name, bytes, problem }
  }),
]

function read(name: string, bytes: Uint8Array): Promise<DocumentFile> {
  return readDocument({ name, bytes, encoding: null }, { pdf: loadPdfLibrary })
}

it.each(FILES)('refuses $about', async ({ name, bytes, problem }) => {
  const before = bytes.slice(0, 1_000)
  expect(await read(name, bytes)).toMatchObject({ ok: false, problem })
  expect(bytes.subarray(0, 1_000)).toEqual(before)
})

/** What is hard to come by as a file, or told by whoever reads it. */
const TOLD: Readonly<Record<string, Parameters<typeof problemWords>[1]>> = {
  'a document of pictures only': { problem: 'no-text', details: {} },
  'a document of too many elements': { problem: 'too-many-nodes', details: { limit: 2_000_000 } },
  'a document of too many pages': {
    problem: 'too-many-pages',
    details: { count: 6000, limit: 5000 },
  },
  'a table of too many columns': {
    problem: 'too-many-columns',
    details: { count: 1200, limit: 1000 },
  },
  'a table of too many rows': { problem: 'too-many-rows', details: { count: 3e5, limit: 2e5 } },
  'a document that keeps its reader busy': { problem: 'too-slow', details: { seconds: 60 } },
  'a document that fills the memory': { problem: 'too-much-memory', details: {} },
  'a document that is damaged in a part': {
    problem: 'damaged',
    details: { where: 'word/document.xml' },
  },
  'a file that vanished': { problem: 'unreadable', details: {} },
  'a folder that may not be read': { problem: 'folder', details: {} },
}

it('says why and what to do about each, in both languages', async () => {
  const told = await Promise.all(
    FILES.map(async ({ about, name, bytes }) => {
      const file = await read(name, bytes)
      if (file.ok) throw new Error(`${about} was read`)
      return [about, file] as const
    }),
  )
  const lines: string[] = []
  for (const [about, why] of [...told, ...Object.entries(TOLD)]) {
    lines.push(about)
    for (const language of ['zh', 'en'] as const) {
      const number = (value: number) => value.toLocaleString(language)
      const { what, todo } = problemWords(words[language], why, number)
      for (const text of [what, todo]) {
        expect(text, about).not.toMatch(/\{\{|undefined|NaN|^import\./)
        expect(/\p{Script=Han}/u.test(text), text).toBe(language === 'zh')
      }
      lines.push(`  ${what} ${todo}`)
    }
  }
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('messages.txt')
})

it('has words for every problem and every note, in both languages', () => {
  for (const language of ['zh', 'en'] as const) {
    for (const problem of DOCUMENT_PROBLEMS) {
      const { what, todo } = problemWords(words[language], { problem, details: {} }, String)
      expect(`${what}${todo}`).not.toMatch(/import\./)
    }
    for (const note of [...TEXT_NOTES, ...DOCUMENT_NOTES]) {
      expect(words[language](`import.note.${note}`)).not.toMatch(/import\./)
    }
  }
})

const READ: Readonly<Record<string, Uint8Array>> = {
  'markup that would be a script': utf8('<script>alert(1)</script>'),
  'a marked override': utf8('safe \u202etxt.exe'),
  'nothing but zero-width marks and a word': utf8('\u200b\u200bword\u2060'),
  'ten thousand combining marks on a letter': utf8(`a${'\u0301'.repeat(10_000)}`),
  'a spreadsheet formula': utf8('=HYPERLINK("http://example.invalid","x")'),
  'one line of half a million characters': utf8('\u6cd5'.repeat(500_000)),
  'a million empty lines and a word': utf8(`${'\n'.repeat(1_000_000)}end`),
  'characters from the private planes': utf8('\ue000\u{f0000}\u{10fffd} text'),
  'lines that end in every way': utf8('a\rb\r\nc\nd\u2028e\u0085f'),
}

it.each(Object.entries(READ))('reads %s, and changes nothing in it', async (_name, bytes) => {
  const file = await read('report.txt', bytes)
  expect(file).toMatchObject({ ok: true })
  if (file.ok) {
    const newlines = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
    expect(file.text).toBe(newlines.replace(/\r\n?/g, '\n'))
  }
})

const HTML = (inside: string) => utf8(`<!DOCTYPE html><html><body>${inside}</body></html>`)
const SENTENCE = '\u4f9d\u6cd5\u884c\u653f\u5de5\u4f5c\u7a33\u6b65\u63a8\u8fdb\u3002'

/** Files that are large, odd or want something, and are read all the same. */
const TAKEN: Readonly<Record<string, readonly [string, Uint8Array]>> = {
  'a page of 200,000 elements': ['a.html', HTML(`<p>${SENTENCE}</p>`.repeat(200_000))],
  'a text of two million characters': ['a.txt', utf8(SENTENCE.repeat(153_900))],
  'a Word file that points elsewhere': [
    'a.docx',
    docxOf({
      body: paragraph(SENTENCE),
      relations:
        '<Relationship Id="x" TargetMode="External" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" Target="file:///etc/passwd"/>',
    }),
  ],
  'a page that wants to run and to load': [
    'a.html',
    HTML(
      `<script src="http://example.invalid/x.js">alert(1)</script><iframe src="http://example.invalid"></iframe><p>${SENTENCE.repeat(20)}</p><img src="http://example.invalid/i.png">`,
    ),
  ],
}

it.each(Object.entries(TAKEN))('reads %s', async (_about, [name, bytes]) => {
  const file = await read(name, bytes)
  expect(file).toMatchObject({ ok: true })
  if (file.ok) {
    expect(file.text).toContain(SENTENCE)
    expect(file.text).not.toMatch(/alert|root:/)
  }
})
