import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  MAX_FILE_BYTES,
  MAX_REPORT_LENGTH,
  previewText,
  readTextFile,
} from '../../../shared/extract/text-file'
import { encodeAs, encodeLatin, joined } from '../../support/encode'

const REPORT =
  '各县\uff08市\u3001区\uff09人民政府\uff0c市政府各部门\uff1a\r\n现将有关情况通报如下\uff0c请认真贯彻执行\u3002\n'

/** A file of ASCII and bytes written as `\xff`. */
function file(latin: string): Uint8Array {
  return encodeLatin(latin)
}

it('reads a report in each encoding to the same text', () => {
  for (const encoding of ['utf-8', 'utf-8-bom', 'gb18030', 'utf-16le', 'utf-16be'] as const) {
    expect(readTextFile(encodeAs(REPORT, encoding))).toEqual({
      ok: true,
      text: REPORT,
      encoding,
      sure: true,
      replaced: 0,
      notes: [],
    })
  }
})

it('leaves newlines, white space and form feeds untouched', () => {
  const text = ' \ta\r\nb\rc\n\n\f \u3000'
  expect(readTextFile(encodeAs(text, 'utf-8'))).toMatchObject({ ok: true, text, notes: [] })
})

it('refuses a file with nothing to read', () => {
  const empty = { ok: false, problem: 'empty', details: {} }
  expect(readTextFile(file(''))).toEqual(empty)
  expect(readTextFile(file(' \r\n\t'))).toEqual(empty)
  expect(readTextFile(file('\xef\xbb\xbf'))).toEqual(empty)
  expect(readTextFile(file('\xff\xfe'))).toEqual(empty)
  expect(readTextFile(encodeAs('\ufeff\u3000\n', 'utf-16be'))).toEqual(empty)
})

it.each([
  ['zip', 'PK\x03\x04\x14\0\x06\0'],
  ['pdf', '%PDF-1.7\n%\xe2\xe3'],
  ['ole', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0'],
  ['rtf', '{\\rtf1\\ansi\\ansicpg936 text}'],
  ['image', '\x89PNG\r\n\x1a\n\0\0\0\rIHDR'],
  ['image', '\xff\xd8\xff\xe0\0\x10JFIF'],
  ['image', 'BM\x0e\0\0\0\0\0\0\0\0\0\0\0'],
  ['media', '\0\0\0\x20ftypisom\0\0\x02\0'],
  ['media', 'RIFF\x24\0\0\0WAVEfmt '],
  ['archive', 'Rar!\x1a\x07\x01\0'],
  ['archive', '\x1f\x8b\x08\0\0\0'],
  ['archive', `name${'\0'.repeat(253)}ustar\x0000`],
  ['executable', 'MZ\x90\0\x03\0\0\0'],
  ['executable', '\x7fELF\x02\x01\x01'],
  ['database', 'SQLite format 3\0'],
  ['unknown', '\x01\x02\x03\x04text\x05\x06\x07\x08'],
])('refuses %s files, whatever encoding was chosen', (kind, bytes) => {
  const refused = { ok: false, problem: 'binary', details: { kind } }
  expect(readTextFile(file(bytes))).toEqual(refused)
  expect(readTextFile(file(bytes), { encoding: 'utf-8' })).toEqual(refused)
})

it('does not take words that begin like a binary file for one', () => {
  for (const text of ['MZ is a code', 'BM 2024', 'PK and others', 'ID3 tags', 'II. Results']) {
    expect(readTextFile(file(text))).toMatchObject({ ok: true, text })
  }
})

it('refuses a text with NUL and says where it stands, unless it is UTF-16', () => {
  const bytes = joined(encodeAs('报告', 'utf-8'), [0], encodeAs('正文正文正文', 'utf-8'))
  const refused = { ok: false, problem: 'nul', details: { offset: 6 } }
  expect(readTextFile(bytes)).toEqual(refused)
  expect(readTextFile(bytes, { encoding: 'utf-8' })).toEqual(refused)
  const wide = encodeAs(`\ufeff${REPORT}\0`, 'utf-16le')
  expect(readTextFile(wide)).toMatchObject({ ok: true, notes: ['control-characters'] })
})

it('refuses what is in none of its encodings', () => {
  const bytes = encodeLatin('Le caf\xe9 a \xe9t\xe9 r\xe9nov\xe9 pr\xe8s du th\xe9\xe2tre.')
  expect(readTextFile(bytes)).toEqual({ ok: false, problem: 'unknown-encoding', details: {} })
})

it('refuses a damaged file and counts the places', () => {
  const wide = joined([0xff, 0xfe], encodeAs(`${REPORT}\ud800\n`, 'utf-16le'), [0x41])
  expect(readTextFile(wide)).toEqual({
    ok: false,
    problem: 'broken-characters',
    details: { count: 2, encoding: 'utf-16le' },
  })
  expect(readTextFile(encodeAs(REPORT, 'utf-8').subarray(0, 40))).toEqual({
    ok: false,
    problem: 'broken-characters',
    details: { count: 1, encoding: 'utf-8' },
  })
  const gb = joined(encodeAs(REPORT, 'gb18030'), [0xff], encodeAs(REPORT, 'gb18030'))
  expect(readTextFile(gb)).toMatchObject({ problem: 'broken-characters', details: { count: 1 } })
})

it('reads a damaged file in a chosen encoding and reports the damage', () => {
  const bytes = joined(encodeAs('报告', 'utf-8'), [0xff], encodeAs('正文', 'utf-8'))
  expect(readTextFile(bytes, { encoding: 'utf-8' })).toEqual({
    ok: true,
    text: '报告\ufffd正文',
    encoding: 'utf-8',
    sure: true,
    replaced: 1,
    notes: ['replaced'],
  })
})

it('notes what an eye does not see, and keeps it', () => {
  const noted = (text: string) => {
    const read = readTextFile(encodeAs(text, 'utf-8'))
    if (!read.ok) throw new Error(read.problem)
    expect(read.text).toBe(text)
    return read.notes
  }
  expect(noted('第一条\u000b 总则')).toEqual(['control-characters'])
  expect(noted('第一条\u0085 总则')).toEqual(['control-characters'])
  expect(noted('第一条\u202e 总则')).toEqual(['bidi-controls'])
  expect(noted('第一条\ue5e5 总则')).toEqual(['private-use'])
  expect(noted('第一条\u{f0000} 总则')).toEqual(['private-use'])
  expect(noted('第一条\ufffd 总则')).toEqual(['replacement-characters'])
  expect(noted('第一条\u{20000} 总则')).toEqual([])
})

it('refuses what is too large before looking at it, and what is too long', () => {
  const size = MAX_FILE_BYTES + 1
  expect(readTextFile(new Uint8Array(size))).toEqual({
    ok: false,
    problem: 'too-large',
    details: { size, limit: MAX_FILE_BYTES },
  })
  const length = MAX_REPORT_LENGTH + 1
  expect(readTextFile(new Uint8Array(length).fill(0x61))).toEqual({
    ok: false,
    problem: 'too-long',
    details: { length, limit: MAX_REPORT_LENGTH },
  })
  expect(readTextFile(new Uint8Array(MAX_REPORT_LENGTH).fill(0x61)).ok).toBe(true)
})

it('measures a text without the CR that its report will not have', () => {
  const text = `${'a'.repeat(MAX_REPORT_LENGTH - 1)}\r\n`
  expect(readTextFile(encodeAs(text, 'utf-8'))).toMatchObject({ ok: true, text })
})

it('answers for any bytes, and without a choice never gives a text that does not fit', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), bytes => {
      const read = readTextFile(bytes)
      if (read.ok) expect(read.replaced).toBe(0)
    }),
    { numRuns: 2000 },
  )
})

it('previews the head, without its mark and without half characters', () => {
  for (const encoding of ['utf-8', 'utf-8-bom', 'gb18030', 'utf-16le', 'utf-16be'] as const) {
    const bytes = encodeAs(`\ud840\udc0b${REPORT.repeat(9)}`, encoding)
    expect(previewText(bytes, encoding, 7)).toBe('\ud840\udc0b各县\uff08市\u3001区')
    expect(previewText(bytes.subarray(0, bytes.length - 3), encoding, 9999)).not.toContain('\ufffd')
  }
  expect(previewText(file('a\xffb'), 'utf-8', 9)).toBe('a\ufffdb')
  expect(previewText(file(''), 'utf-8', 9)).toBe('')
})
