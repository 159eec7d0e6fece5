import fc from 'fast-check'
import { expect, it } from 'vitest'
import { blocksOf } from '../../../shared/text/blocks'

it('makes a block of each line, without its newline', () => {
  expect(blocksOf('ab\nc')).toEqual([
    { start: 0, end: 2 },
    { start: 3, end: 4 },
  ])
})

it('keeps empty lines as empty blocks, also at both ends', () => {
  expect(blocksOf('\na\n\n')).toEqual([
    { start: 0, end: 0 },
    { start: 1, end: 2 },
    { start: 3, end: 3 },
    { start: 4, end: 4 },
  ])
})

it('gives the empty text one empty block', () => {
  expect(blocksOf('')).toEqual([{ start: 0, end: 0 }])
})

it('breaks at nothing but a line feed', () => {
  expect(blocksOf('a\u2028b\fc\u0085d\re')).toEqual([{ start: 0, end: 9 }])
})

it('covers any text: what lies between two blocks is one newline', () => {
  const text = fc.array(fc.constantFrom('\n', 'a', '\ud83c\udf3e')).map(parts => parts.join(''))
  fc.assert(
    fc.property(text, whole => {
      const blocks = blocksOf(whole)
      expect(blocks.map(({ start, end }) => whole.slice(start, end))).toEqual(whole.split('\n'))
      expect(blocks[0]!.start).toBe(0)
      expect(blocks.at(-1)!.end).toBe(whole.length)
      for (let i = 1; i < blocks.length; i++) expect(blocks[i]!.start).toBe(blocks[i - 1]!.end + 1)
    }),
  )
})
