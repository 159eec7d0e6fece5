import { crc32, deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { DOCUMENT_LIMITS } from '../../../shared/extract/document'
import { openZip, orRefused } from '../../../shared/extract/zip-parts'
import { entry } from '../../support/documents-office'
import { deflatedZeros, type ZipEntry, zipOf } from '../../support/zip'

const BOMB = {
  ok: false,
  problem: 'bomb',
  details: { limit: DOCUMENT_LIMITS.unpackedBytes, ratio: DOCUMENT_LIMITS.ratio },
}

/** Opens a zip and reads a part, or says why not. */
function reading(bytes: Uint8Array, name = 'a.xml') {
  return orRefused(() => new TextDecoder().decode(openZip(bytes).read(name)))
}

function damaged(where: string) {
  return { ok: false, problem: 'damaged', details: { where } }
}

it('reads parts that are packed or stored, and names them in order', () => {
  const zip = openZip(
    zipOf([
      entry('b/', ''),
      entry('b/\u62a5\u544a.xml', '\u6b63\u6587'),
      { ...entry('a.xml', 'stored'), method: 0 },
      entry('empty', ''),
    ]),
  )
  expect(zip.names).toEqual(['b/\u62a5\u544a.xml', 'a.xml', 'empty'])
  const text = (name: string) => new TextDecoder().decode(zip.read(name))
  expect([text('b/\u62a5\u544a.xml'), text('a.xml'), text('empty')]).toEqual([
    '\u6b63\u6587',
    'stored',
    '',
  ])
})

it('finds a part whatever the case of its name, the exact one first', () => {
  const zip = openZip(
    zipOf([entry('Word/Document.XML', 'one'), entry('x', 'lower'), entry('X', 'upper')]),
  )
  const text = (name: string) => new TextDecoder().decode(zip.read(name))
  expect([text('word/document.xml'), text('x'), text('X')]).toEqual(['one', 'lower', 'upper'])
  expect(zip.has('other')).toBe(false)
  expect(orRefused(() => zip.read('other'))).toEqual(damaged('other'))
})

it('takes a backslash between folders for a slash, and reads names in GBK', () => {
  const gbk = zipOf([{ ...entry('xx.xml', 'gbk'), flags: 0 }])
  for (let at = gbk.indexOf('xx.xml'); at >= 0; at = gbk.indexOf('xx.xml', at)) {
    gbk.set([0xb1, 0xa8], at)
  }
  expect(openZip(gbk).names).toEqual(['\u62a5.xml'])
  expect(openZip(zipOf([entry('word\\document.xml', '')])).has('word/document.xml')).toBe(true)
})

it('reads a zip that something was put before or after', () => {
  const zip = zipOf([entry('a.xml', 'text')])
  expect(reading(Buffer.concat([Buffer.from('Received: by mail\r\n\r\n'), zip]))).toBe('text')
  expect(reading(Buffer.concat([zip, Buffer.from('\r\n--boundary--\r\n')]))).toBe('text')
})

it('refuses what is no zip, and a zip that ends early', () => {
  const zip = zipOf([entry('a.xml', 'text'.repeat(100))])
  expect(reading(new Uint8Array(0))).toEqual(damaged('zip'))
  expect(reading(Buffer.from('not a zip at all, just a long enough line'))).toEqual(damaged('zip'))
  for (let length = 1; length < zip.length - 4; length++) {
    expect(reading(zip.subarray(0, length))).toMatchObject({ ok: false, problem: 'damaged' })
  }
})

it('refuses a gigabyte of zeros quickly and without keeping it', () => {
  const deflated = deflatedZeros(1_000)
  const zeros = { name: 'a.xml', data: Buffer.alloc(0), deflated, crc: 0 }
  const before = process.memoryUsage().rss
  expect(reading(zipOf([{ ...zeros, size: 1_000_000_000 }]))).toEqual(BOMB)
  // Neither does it matter what the headers say, nor that the part is one among others.
  expect(reading(zipOf([{ ...zeros, size: 1_000_000 }]))).toEqual(BOMB)
  expect(reading(zipOf([{ ...zeros, size: 200_000_000 }]))).toEqual(BOMB)
  expect(reading(zipOf([entry('b.xml', ''), { ...zeros, size: 12_000_000 }]))).toEqual(BOMB)
  expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1024 * 1024)
})

it('refuses a part that grows over its ratio while it is unpacked', () => {
  const data = Buffer.alloc(2_000_000)
  expect(reading(zipOf([{ name: 'a.xml', data }]))).toEqual(BOMB)
  const small = Buffer.alloc(900_000)
  expect(reading(zipOf([{ name: 'a.xml', data: small }]))).toHaveLength(900_000)
})

it('refuses a part that is longer or shorter than it states, even with the checksum of so much', () => {
  const data = Buffer.from('第一条 为了规范行政行为\n'.repeat(50))
  for (const size of [data.length - 1, data.length - 400, 0]) {
    const lying = { name: 'a.xml', data, size, crc: crc32(data.subarray(0, size)) }
    expect(reading(zipOf([lying]))).toEqual(damaged('a.xml'))
  }
  const longer = { name: 'a.xml', data, size: data.length + 1 }
  expect(reading(zipOf([longer]))).toEqual(damaged('a.xml'))
})

it('lets pictures of one colour lie where nobody reads them', () => {
  const picture = { name: 'word/media/white.bmp', data: Buffer.alloc(4_000_000) }
  expect(reading(zipOf([picture, entry('a.xml', 'text')]))).toBe('text')
})

it('stops when all parts together are too much', () => {
  const each = 200 * 1024 * 1024
  const large = (name: string) => ({
    name,
    data: Buffer.alloc(0),
    size: each,
    deflated: Buffer.alloc(2 * 1024 * 1024),
  })
  expect(reading(zipOf([large('a'), large('b')]), 'c')).toEqual(damaged('c'))
  expect(reading(zipOf([large('a'), large('b'), large('c')]), 'd')).toEqual(BOMB)
})

it('refuses more parts than a document has', () => {
  const count = DOCUMENT_LIMITS.parts + 1
  const entries = Array.from({ length: count }, (_, at) => entry(`p${at}`, ''))
  const refused = {
    ok: false,
    problem: 'too-many-parts',
    details: { count, limit: DOCUMENT_LIMITS.parts },
  }
  expect(reading(zipOf(entries))).toEqual(refused)
  expect(reading(zipOf(entries.slice(1)), 'p1')).toBe('')
})

it('counts parts itself, whatever count is stated', () => {
  const zip = zipOf(
    Array.from({ length: DOCUMENT_LIMITS.parts + 1 }, (_, at) => entry(`p${at}`, '')),
  )
  zip.writeUInt16LE(5, zip.length - 12)
  expect(reading(zip)).toMatchObject({ ok: false, problem: 'too-many-parts' })
  const few = zipOf([entry('a.xml', 'text')])
  few.writeUInt16LE(2, few.length - 12)
  expect(reading(few)).toEqual(damaged('zip'))
})

it.each<[string, ZipEntry]>([
  ['the name', { ...entry('a.xml', 'text'), localName: 'b.xml' }],
  ['the checksum', { ...entry('a.xml', 'text'), crc: 1 }],
  ['a size that is too small', { ...entry('a.xml', 'text'), size: 3 }],
  ['a size that is too large', { ...entry('a.xml', 'text'), size: 5 }],
  ['the method', { ...entry('a.xml', 'text'), method: 12 }],
  ['packed bytes that are none', { ...entry('a.xml', 'text'), deflated: Buffer.from([7, 7, 7]) }],
  [
    'packed bytes that end early',
    { ...entry('a.xml', 'text'), deflated: deflateRawSync('text'.repeat(9)).subarray(0, 4) },
  ],
])('refuses a part that is wrong in %s', (_, wrong) => {
  expect(reading(zipOf([wrong]))).toEqual(damaged('a.xml'))
})

it('refuses headers before a part that contradict the table of contents', () => {
  for (const [field, value] of [
    [8, 0],
    [18, 99],
    [22, 99],
  ] as const) {
    const zip = zipOf([entry('a.xml', 'text')])
    zip.writeUInt16LE(value, field)
    expect(reading(zip)).toEqual(damaged('a.xml'))
  }
})

it('refuses parts that overlap, share their bytes, or have one name', () => {
  const text = entry('a.xml', 'text')
  const shared = { ...entry('a.xml', 'text'), sharesDataOf: 0 }
  expect(reading(zipOf([text, shared]))).toEqual(damaged('a.xml'))
  expect(reading(zipOf([text, text]))).toEqual(damaged('a.xml'))
})

it('refuses a part that stands within another one', () => {
  const inner = zipOf([{ ...entry('b.xml', 'text'), method: 0 }])
  const local = inner.subarray(0, inner.indexOf('PK\x01\x02'))
  const zip = zipOf([
    { name: 'a.xml', data: local, method: 0 },
    { ...entry('b.xml', 'text'), method: 0 },
  ])
  const offset = zip.lastIndexOf('b.xml') - 4
  expect(reading(zip, 'b.xml')).toBe('text')
  zip.writeUInt32LE(30 + 'a.xml'.length, offset)
  expect(reading(zip, 'b.xml')).toEqual(damaged('b.xml'))
})

it('reads sizes and places from the wide fields of large zips', () => {
  const zip = zipOf([entry('a.xml', 'text')])
  const table = zip.indexOf('PK\x01\x02')
  const end = zip.indexOf('PK\x05\x06')
  const header = Buffer.from(zip.subarray(table, end))
  const wide = Buffer.alloc(28)
  wide.writeUInt16LE(1, 0)
  wide.writeUInt16LE(24, 2)
  wide.writeUInt32LE(header.readUInt32LE(24), 4)
  wide.writeUInt32LE(header.readUInt32LE(20), 12)
  header.writeUInt16LE(wide.length, 30)
  for (const field of [20, 24, 42]) header.writeUInt32LE(0xffffffff, field)
  const record = Buffer.alloc(56)
  record.write('PK\x06\x06', 'latin1')
  record.writeUInt32LE(44, 4)
  record.writeUInt32LE(1, 32)
  record.writeUInt32LE(header.length + wide.length, 40)
  record.writeUInt32LE(table, 48)
  const locator = Buffer.alloc(20)
  locator.write('PK\x06\x07', 'latin1')
  locator.writeUInt32LE(table + header.length + wide.length, 8)
  const last = Buffer.from(zip.subarray(end))
  last.fill(0xff, 8, 20)
  const large = Buffer.concat([zip.subarray(0, table), header, wide, record, locator, last])
  expect(reading(large)).toBe('text')
  const shifted = Buffer.concat([Buffer.from('mail\r\n'), large])
  expect(reading(shifted)).toBe('text')
  large.writeUInt32LE(0, large.length - 22 - 20)
  expect(reading(large)).toMatchObject({ ok: false, problem: 'damaged' })
})

it('refuses what is encrypted, by either account', () => {
  const encrypted = { ok: false, problem: 'encrypted', details: {} }
  expect(reading(zipOf([{ ...entry('a.xml', 'text'), flags: 0x801 }]))).toEqual(encrypted)
  const zip = zipOf([entry('a.xml', 'text')])
  zip[6] = 1
  expect(reading(zip)).toEqual(encrypted)
})

it.each([
  '../evil.txt',
  'word/../../evil.txt',
  '..\\evil.txt',
  '/etc/passwd',
  'C:/evil.txt',
  'a\0b',
])('refuses the name %j', name => {
  const refused = reading(zipOf([entry('a.xml', 'text'), entry(name, '')]))
  expect(refused).toMatchObject({ ok: false, problem: 'damaged' })
})

it('refuses a name as long as no file has', () => {
  const names = [1024, 1025].map(length => 'n'.repeat(length))
  const answers = names.map(name => reading(zipOf([entry(name, 'text')]), name))
  expect(answers).toEqual(['text', damaged('zip')])
})

it('never opens a zip within a zip', () => {
  const inner = zipOf([
    { name: 'a.xml', data: Buffer.alloc(0), deflated: deflatedZeros(100), size: 1 },
  ])
  const outer = openZip(zipOf([{ name: 'inner.zip', data: inner }]))
  expect(outer.names).toEqual(['inner.zip'])
  expect(Buffer.from(outer.read('inner.zip')).equals(inner)).toBe(true)
})

it('refuses a file that is too large before looking at it', () => {
  const size = DOCUMENT_LIMITS.bytes + 1
  const details = { size, limit: DOCUMENT_LIMITS.bytes }
  expect(reading(new Uint8Array(size))).toEqual({ ok: false, problem: 'too-large', details })
})

it('gives back any bytes, and answers for any damage', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 20_000 }), data => {
      const zip = openZip(
        zipOf([
          { name: 'a', data },
          { name: 'b', data, method: 0 },
        ]),
      )
      expect(Buffer.from(zip.read('a')).equals(Buffer.from(data))).toBe(true)
      expect(Buffer.from(zip.read('b')).equals(Buffer.from(data))).toBe(true)
    }),
    { numRuns: 50 },
  )
  const sound = zipOf([entry('a.xml', 'some text'), entry('b.xml', 'x'.repeat(300))])
  fc.assert(
    fc.property(fc.nat(sound.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const broken = Buffer.from(sound)
      broken[at] = broken[at]! ^ change
      const read = orRefused(() => {
        const zip = openZip(broken)
        return zip.names.map(name => Buffer.from(zip.read(name)).toString('latin1'))
      })
      // Either it is noticed, or what changed was no part's content.
      if (Array.isArray(read)) expect(read.join(' ')).toBe(`some text ${'x'.repeat(300)}`)
      else expect(read.ok).toBe(false)
    }),
    { numRuns: 600 },
  )
})
