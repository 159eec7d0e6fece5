import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readHtml } from '../../../shared/extract/html'
import { looksLikeMhtml, readMhtml } from '../../../shared/extract/mhtml'
import { encodeAs, encodeLatin, joined } from '../../support/encode'
import { brokenMark, outlineOf } from '../../support/outline'

const FIXTURES = fileURLToPath(new URL('../../fixtures/documents', import.meta.url))

const TEXT =
  '\u5168\u5e74\u529e\u7406\u590d\u8bae\u6848\u4ef627\u4ef6\uff0c\u7ea0\u9519\u73872.22%\u3002'

const HTML = `<html><body><p>${TEXT}</p></body></html>`

/** A mail of parts, each with its head and content. */
function mail(type: string, ...parts: readonly (readonly [head: string, content: Uint8Array])[]) {
  return joined(
    encodeLatin(
      `MIME-Version: 1.0\r\nContent-Type: ${type};\r\n\tboundary="=_b"\r\n\r\nSaved page.\r\n`,
    ),
    ...parts.flatMap(([head, content]) => [encodeLatin(`\r\n--=_b\r\n${head}\r\n\r\n`), content]),
    encodeLatin('\r\n--=_b--\r\n'),
  )
}

function base64(bytes: Uint8Array): Uint8Array {
  return encodeLatin(
    Buffer.from(bytes)
      .toString('base64')
      .replace(/(.{76})/g, '$1\r\n'),
  )
}

function quoted(bytes: Uint8Array): Uint8Array {
  const codes = [...bytes].map(byte =>
    byte > 126 || byte === 61
      ? `=${byte.toString(16).toUpperCase().padStart(2, '0')}`
      : String.fromCharCode(byte),
  )
  return encodeLatin(codes.map((code, i) => (i % 20 === 19 ? `${code}=\r\n` : code)).join(''))
}

it('reads what Chromium saved as it reads the page itself', async () => {
  const document = readMhtml(readFileSync(`${FIXTURES}/mhtml/chromium.mhtml`))
  const page = readHtml(readFileSync(`${FIXTURES}/html/tables-gbk.html`))
  expect(document).toMatchObject({ ok: true, format: 'mhtml', text: page.ok ? page.text : null })
  await expect(outlineOf(document)).toMatchFileSnapshot(`${FIXTURES}/mhtml/chromium.txt`)
})

it.each([
  ['base64', 'gb2312', base64(encodeAs(HTML, 'gb18030')), 'gb18030'],
  ['quoted-printable', '"utf-8"', quoted(encodeAs(HTML, 'utf-8')), 'utf-8'],
  ['8bit', 'GBK', encodeAs(HTML, 'gb18030'), 'gb18030'],
  ['Quoted-Printable', 'us-ascii', quoted(encodeAs(HTML, 'gb18030')), 'gb18030'],
])('reads a page in %s, charset %s', (coding, charset, content, encoding) => {
  const head = `Content-Type: text/html; charset=${charset}\r\nContent-Transfer-Encoding: ${coding}\r\nContent-Location: http://www.example.gov.cn/a.htm`
  const document = readMhtml(mail('multipart/related; type="text/html"', [head, content]))
  expect(document).toMatchObject({
    ok: true,
    text: TEXT,
    encoding,
    markup: { properties: { url: 'http://www.example.gov.cn/a.htm' } },
  })
})

it('takes the part that the mail says is the page, else the first page', () => {
  const part = (id: string, text: string) =>
    [`Content-Type: text/html\r\nContent-ID: <${id}>`, encodeLatin(`<p>${text}`)] as const
  const parts = [part('a@x', 'advert'), part('b@x', 'report')]
  expect(readMhtml(mail('multipart/related; start="<b@x>"', ...parts))).toMatchObject({
    text: 'report',
  })
  expect(readMhtml(mail('multipart/related', ...parts))).toMatchObject({ text: 'advert' })
})

it('finds the page in parts within parts', () => {
  const inner =
    'Content-Type: multipart/alternative; boundary=in\r\n\r\n--in\r\nContent-Type: text/plain\r\n\r\nplain\r\n' +
    '--in\r\nContent-Type: text/html\r\n\r\n<p>page</p>\r\n--in--'
  const bytes = mail('multipart/related', [inner, new Uint8Array()])
  expect(readMhtml(bytes)).toMatchObject({ text: 'page' })
})

it('reads a mail that is a page alone', () => {
  const bytes = joined(
    encodeLatin('MIME-Version: 1.0\nContent-Type: text/html;\n charset=utf-8\n\n'),
    encodeAs(HTML, 'utf-8'),
  )
  expect(readMhtml(bytes)).toMatchObject({ ok: true, text: TEXT })
})

it('refuses what stops within the page, and reads what stops after it', () => {
  const whole = mail('multipart/related', ['Content-Type: text/html', encodeAs(HTML, 'utf-8')])
  const cut = whole.subarray(0, whole.length - 30)
  expect(readMhtml(cut)).toEqual({ ok: false, problem: 'damaged', details: { where: 'multipart' } })
  expect(readMhtml(whole.subarray(0, whole.length - 11))).toMatchObject({ ok: true, text: TEXT })
  expect(
    readMhtml(
      encodeLatin('MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=a\r\n\r\n'),
    ),
  ).toEqual({
    ok: false,
    problem: 'damaged',
    details: { where: 'text/html' },
  })
})

it('never throws', () => {
  const piece = fc.constantFrom(
    '--b',
    '\r\n',
    '\n',
    'Content-Type: text/html',
    '=',
    '=3',
    '<p>a',
    '--',
    ': ',
    ' ',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), pieces => {
      const head = 'Content-Type: multipart/related; boundary=b\r\n\r\n--b\r\n'
      expect(brokenMark(readMhtml(encodeLatin(head + pieces.join(''))))).toBeNull()
    }),
    { numRuns: 200 },
  )
})

it('knows such a file by its beginning', () => {
  const start =
    'From: <Saved by Blink>\r\nSubject: =?utf-8?Q?a?=\r\n b\r\nContent-Type: multipart/related;\r\n\ttype="text/html"\r\n\r\n'
  expect(looksLikeMhtml(start)).toBe(true)
  expect(looksLikeMhtml(encodeLatin(start))).toBe(true)
  expect(looksLikeMhtml(encodeLatin('\xef\xbb\xbfContent-Type: text/html\r\n\r\n'))).toBe(true)
  expect(looksLikeMhtml('Title: report\r\nContent-Type: text/plain\r\n\r\n')).toBe(false)
  expect(looksLikeMhtml('<html>')).toBe(false)
})
