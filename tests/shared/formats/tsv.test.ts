import fc from 'fast-check'
import { expect, it } from 'vitest'
import { cellsOfTsv, tsvOf } from '../../../shared/formats/tsv'

it.each<[string, string[][]]>([
  [
    'a\tb\r\nc\td\r\n',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  ['a\n\nb', [['a'], [''], ['b']]],
  ['', [['']]],
  ['a\t', [['a', '']]],
  ['"a\nb"\tc', [['a\nb', 'c']]],
  ['"say ""so"""', [['say "so"']]],
  ['"not closed\tx', [['"not closed', 'x']]],
  ['"a" b\tc', [['"a" b', 'c']]],
  ['a\rb', [['a'], ['b']]],
])('reads %j', (text, cells) => {
  expect(cellsOfTsv(text)).toEqual(cells)
})

it('reads what it wrote, whatever the cells say', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '"', '\t', '\n', '\r', '\u5e74') })
  const table = fc.array(fc.array(cell, { minLength: 1 }), { minLength: 1 })
  fc.assert(
    fc.property(table, rows => {
      // A last row of one empty cell is what a line break at the end looks like.
      fc.pre(rows.length === 1 || rows.at(-1)!.join('') !== '' || rows.at(-1)!.length > 1)
      expect(cellsOfTsv(tsvOf(rows))).toEqual(rows)
    }),
  )
})
