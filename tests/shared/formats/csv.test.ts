import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  CSV_BOM,
  CsvError,
  type CsvRow,
  csvLine,
  csvReader,
  guardedCell,
  parseCsv,
  unguardedCell,
} from '../../../shared/formats/csv'

const cell = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: fc.constantFrom(',', '"', '\r', '\n', '\ufeff', '\u0000', ' ', '\t', 'a') }),
  fc.constantFrom('', '\u{20bb7}', '\r', '\ufeff', '"', '\u0000', '=1+1', '行政，复议'),
)
const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { maxLength: 6 })

const cellsOf = (rows: readonly CsvRow[]) => rows.map(({ cells }) => cells)

it('reads back whatever was written, in pieces of any size, with and without a mark', () => {
  fc.assert(
    fc.property(table, fc.boolean(), fc.integer({ min: 1, max: 7 }), (rows, hasMark, size) => {
      const text = (hasMark ? CSV_BOM : '') + rows.map(row => csvLine(row)).join('')
      const reader = csvReader()
      const read: CsvRow[] = []
      for (let at = 0; at < text.length; at += size) {
        read.push(...reader.push(text.slice(at, at + size)))
      }
      read.push(...reader.end())
      expect(cellsOf(read)).toEqual(rows)
    }),
    { numRuns: 1000 },
  )
})

it('quotes only what needs it', () => {
  expect(
    csvLine(['plain', 1.5, 'a,b', 'say "so"', 'two\nlines', 'a\rb', ' x', 'x\t', '', 'x y']),
  ).toBe('plain,1.5,"a,b","say ""so""","two\nlines","a\rb"," x","x\t",,x y\r\n')
})

it('quotes a byte order mark and a lone empty cell, which would vanish otherwise', () => {
  expect(csvLine(['\ufeffa', 'b'])).toBe('"\ufeffa",b\r\n')
  expect(csvLine([''])).toBe('""\r\n')
})

it('takes CRLF, LF and CR, skips empty lines, and needs no line end at the end', () => {
  expect(parseCsv(`${CSV_BOM}a,b\r\n\r\nc,\n"d\r\nd",e\rf`)).toEqual([
    { line: 1, cells: ['a', 'b'] },
    { line: 3, cells: ['c', ''] },
    { line: 4, cells: ['d\r\nd', 'e'] },
    { line: 6, cells: ['f'] },
  ])
})

it('takes a quote inside an unquoted cell as it is', () => {
  expect(cellsOf(parseCsv('5" pipe, "x"\n'))).toEqual([['5" pipe', ' "x"']])
})

it('names the line of a quote that is never closed', () => {
  const failure = new CsvError('quote-open', 3)
  expect(() => parseCsv('a\r\n"b\r\nb",c\n')).not.toThrow()
  expect(() => parseCsv('a\r\nb\r\nc,"d\r\ne,f\r\n')).toThrow(failure)
})

it('names the line on which something follows a closing quote', () => {
  expect(() => parseCsv('"a\n\nb"x,c\n')).toThrow(new CsvError('text-after-quote', 3))
})

it.each([
  '=1+1',
  '+1',
  '-1',
  '@x',
  '\tx',
  '\rx',
  '  =1',
  '\u00a0\u3000=1',
  '\u200b\ufeff=1',
  '\uff1d1',
  '\uff0b1',
  '\uff0d1',
  '\uff20x',
  'harmless\n=1',
  'harmless\r\n \uff1d1',
  "'=1",
])('guards %j', text => {
  expect(guardedCell(text)).toBe(`'${text}`)
})

it.each(['', 'a=1', '1-2', "it's", "'quoted'", '一、=', '3 + 4', '\n\nplain'])(
  'leaves %j',
  text => {
    expect(guardedCell(text)).toBe(text)
  },
)

it('gives back every guarded cell as it was', () => {
  const text = fc.oneof(
    cell,
    fc.string({ unit: fc.constantFrom("'", '=', '\n', ' ', '\r', '\t', 'a', '\uff1d', '\u200b') }),
  )
  fc.assert(
    fc.property(text, text => {
      expect(unguardedCell(guardedCell(text))).toBe(text)
    }),
    { numRuns: 2000 },
  )
})
