import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { BatchId, Hash, ReportId } from '../../../shared/domain/id'
import { NO_MARKUP } from '../../../shared/domain/markup'
import type { Value } from '../../../shared/domain/variable'
import type { ReadDocument } from '../../../shared/extract/document'
import { readDocument } from '../../../shared/intake/read-document'
import { markupBytes, reportFrom, titleOf } from '../../../shared/intake/report-from'
import { studyOf } from '../../../shared/intake/study'
import { encodeAs } from '../../support/encode'
import { zipOf } from '../../support/zip'

const noPdf = { pdf: () => Promise.reject(new Error('no PDF here')) }
const latin = (text: string) => Uint8Array.from(text, each => each.charCodeAt(0))
const utf8 = (text: string) => new TextEncoder().encode(text)

const read = (name: string, bytes: Uint8Array) =>
  readDocument({ name, bytes, encoding: null }, noPdf)

const LINE =
  '\u5404\u53bf\uff08\u5e02\u3001\u533a\uff09\u4eba\u6c11\u653f\u5e9c\uff1a\r\n\u73b0\u5c06\u6709\u5173\u60c5\u51b5\u62a5\u544a\u5982\u4e0b\u3002'

it('reads a text in any encoding into the same canonical text', async () => {
  for (const encoding of ['utf-8', 'gb18030', 'utf-16le'] as const) {
    expect(await read('a.txt', encodeAs(LINE.repeat(20), encoding))).toMatchObject({
      ok: true,
      format: 'txt',
      extractor: 'txt/1',
      text: LINE.repeat(20).replaceAll('\r\n', '\n'),
      markup: NO_MARKUP,
      encoding,
      notes: [],
    })
  }
})

it('reads a page that is called a Word file as a page, and says so', async () => {
  const page = '<!DOCTYPE html><html><head><meta charset="utf-8"><title>t</title></head><body>'
  const text = '\u4f9d\u6cd5\u884c\u653f\u3002'.repeat(30)
  const document = await read('a.doc', utf8(`${page}<p>${text}</p></body></html>`))
  expect(document).toMatchObject({ ok: true, format: 'html' })
  if (document.ok) {
    expect(document.text).toContain(text)
    expect(document.notes).toContain('misnamed')
  }
})

it('sends a table to those who choose its columns', async () => {
  expect(await read('a.csv', utf8('a,b\n1,2'))).toMatchObject({ ok: false, problem: 'table' })
  const sheet = zipOf([{ name: 'xl/workbook.xml', data: utf8('<workbook/>') }])
  expect(await read('a.xlsx', new Uint8Array(sheet))).toMatchObject({ problem: 'table' })
})

it('calls bytes that mean nothing damaged when their name promises a document', async () => {
  const noise = Uint8Array.from({ length: 4000 }, (_, i) => (i * 7919) % 256)
  expect(await read('a.docx', noise)).toEqual({
    ok: false,
    problem: 'damaged',
    details: { where: '' },
  })
  const zeros = new Uint8Array([...utf8('annual report'), 0, ...utf8('hidden')])
  expect(await read('a.docx', zeros)).toMatchObject({ problem: 'damaged' })
  expect(await read('a.txt', zeros)).toMatchObject({ problem: 'nul' })
  expect(await read('a.bin', noise)).toMatchObject({
    problem: 'unsupported',
    details: { kind: 'unknown' },
  })
})

it('refuses what a reader trips over, and nothing else', async () => {
  // The library for PDF files fails in this test: that is one file's trouble.
  expect(await read('a.pdf', latin('%PDF-1.4\n'))).toMatchObject({ ok: false, problem: 'damaged' })
})

it('never throws, and never lets a bad text through', async () => {
  const starts = [
    '',
    'PK\x03\x04',
    '%PDF-1.4',
    '{\\rtf1 ',
    '<html>',
    '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1',
    'MIME-Version: 1.0\nContent-Type: multipart/related\n',
  ]
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...starts),
      fc.uint8Array({ maxLength: 400 }),
      fc.constantFrom('a.txt', 'a.docx', 'a.html', 'a.md', 'a'),
      async (start, rest, name) => {
        const document = await read(name, new Uint8Array([...latin(start), ...rest]))
        if (document.ok) expect(document.text).not.toMatch(/\r|\p{Cs}/u)
        else expect(document.problem).toMatch(/^[a-z-]+$/)
      },
    ),
    { numRuns: 200 },
  )
})

const PLACE = {
  id: 'r' as ReportId,
  batchId: 'b' as BatchId,
  fileName: '\u4e91\u5cad\u5e02 2023.txt',
  path: 'folder/\u4e91\u5cad\u5e02 2023.txt',
  row: null,
  textHash: 't' as Hash,
  originalHash: 'o' as Hash,
  markupHash: null,
  addedAt: 7,
}

const DOCUMENT: ReadDocument = {
  ok: true,
  format: 'docx',
  extractor: 'docx/1',
  text: 'ab\u{20000}',
  markup: NO_MARKUP,
  encoding: null,
  sure: true,
  replaced: 0,
  notes: [],
}

it('makes a report of a document, counting characters as people do', () => {
  expect(reportFrom(DOCUMENT, PLACE, [])).toEqual({
    ...PLACE,
    title: '\u4e91\u5cad\u5e02 2023',
    format: 'docx',
    extractor: 'docx/1',
    encoding: '',
    length: 4,
    chars: 3,
    hanChars: 1,
    textVersion: 1,
  })
})

it('takes the title that the text states, but none that is only inferred', () => {
  const title = (origin: Value['origin']) =>
    ({ variable: 'title', origin, value: ' \u62a5\u544a\n2023 ' }) as unknown as Value
  expect(reportFrom(DOCUMENT, PLACE, [title('read')]).title).toBe('\u62a5\u544a 2023')
  expect(reportFrom(DOCUMENT, PLACE, [title('inferred')]).title).toBe('\u4e91\u5cad\u5e02 2023')
})

it('takes the file name without its ending for a title', () => {
  expect(titleOf('\u62a5\u544a 2023.docx')).toBe('\u62a5\u544a 2023')
  expect(titleOf('\u62a5\u544a v2.0')).toBe('\u62a5\u544a v2.0')
  expect(titleOf('\u62a5\u544a')).toBe('\u62a5\u544a')
  expect(titleOf('.txt')).toBe('.txt')
})

it('keeps no bytes of a markup that says nothing', () => {
  expect(markupBytes(NO_MARKUP)).toBeNull()
  const bytes = markupBytes({ ...NO_MARKUP, properties: { title: 't' } })
  expect(new TextDecoder().decode(bytes!)).toBe(
    '{"marks":[],"pages":[],"properties":{"title":"t"}}',
  )
})

const SEED = join(import.meta.dirname, '../../../../shared/data/seeds')

if (!existsSync(SEED)) console.warn('SKIPPED: the shared reports are not beside the project')
it.skipIf(!existsSync(SEED))('reads the values of a real report, each with its evidence', () => {
  const file = join(SEED, '003_d2cba6cb4c440230.txt')
  const text = readFileSync(file, 'utf8')
  const { values, sketch } = studyOf('r' as ReportId, text, NO_MARKUP)
  const found = Object.fromEntries(values.map(({ variable, value }) => [variable, value]))
  expect(found).toMatchObject({ place_code: '130600', year: 2022, date: '2023-03-16' })
  for (const { reportId, start, end } of values) {
    expect(reportId).toBe('r')
    expect(start === null || (start >= 0 && end! > start && end! <= text.length)).toBe(true)
  }
  expect(sketch).not.toBeNull()
})
