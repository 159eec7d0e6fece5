import { expect, it } from 'vitest'
import { outlineRows, rowAt } from '../../../../renderer/features/reader/outline-rows'
import { structureOf } from '../../../../shared/text/structure'

const TEXT = [
  '\u4E00\u3001\u4E3B\u8981\u6210\u6548',
  '\uFF08\u4E00\uFF09\u4F9D\u6CD5\u884C\u653F',
  '1.\u5236\u5EA6\u5EFA\u8BBE',
  '\u6B63\u6587\u4E00\u53E5\u3002',
  '\uFF08\u4E8C\uFF09\u6267\u6CD5\u76D1\u7763',
  '\u6B63\u6587\u4E8C\u53E5\u3002',
  '\u4E09\u3001\u4E0B\u4E00\u6B65\u5B89\u6392',
  '\u6B63\u6587\u4E09\u53E5\u3002',
].join('\n')

const structure = structureOf(TEXT)
const lines = (folded: readonly string[]) =>
  outlineRows(structure, new Set(folded)).map(
    ({ depth, heading, isExpanded }) => `${depth} ${heading.marker} ${isExpanded}`,
  )

it('lists every heading under the one that it stands under', () => {
  expect(lines([])).toEqual([
    '1 \u4E00\u3001 true',
    '2 \uFF08\u4E00\uFF09 true',
    '3 1. null',
    '2 \uFF08\u4E8C\uFF09 null',
    '1 \u4E09\u3001 null',
  ])
})

it('hides what stands under a folded heading, to any depth', () => {
  expect(lines(['h0'])).toEqual(['1 \u4E00\u3001 false', '1 \u4E09\u3001 null'])
})

it('notes where a number was left out', () => {
  const warned = outlineRows(structure, new Set()).filter(({ warning }) => warning)
  expect(warned.map(({ heading, warning }) => [heading.marker, warning!.kind])).toEqual([
    ['\u4E09\u3001', 'gap'],
  ])
})

it('finds the row that a place stands under, or the fold that hides it', () => {
  const place = TEXT.indexOf('\u6B63\u6587\u4E8C')
  const at = (folded: readonly string[]) =>
    rowAt(outlineRows(structure, new Set(folded)), place)?.heading.marker
  expect(at([])).toBe('\uFF08\u4E8C\uFF09')
  expect(at(['h0'])).toBe('\u4E00\u3001')
  expect(rowAt(outlineRows(structure, new Set()), -1)).toBeNull()
})
