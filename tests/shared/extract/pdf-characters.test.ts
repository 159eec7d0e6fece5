import { expect, it } from 'vitest'
import { characterOf, SOFT_HYPHEN, UNKNOWN } from '../../../shared/extract/pdf-characters'

it.each([
  ['\u2f00', '\u4e00', 'a Kangxi radical'],
  ['\u2f3e', '\u6237', 'the one radical that simplified fonts draw otherwise than Unicode says'],
  ['\u2ec5', '\u89c1', 'a radical that Unicode does not decompose'],
  ['\ufb03', 'ffi', 'a ligature'],
  ['\uf9fd', '\u4ec0', 'a character that is there twice'],
  ['\u2015', '\u2014', 'a bar for a dash'],
  ['\u2011', '-', 'a hyphen that holds words together'],
])('reads %j as %j: %s', (glyph, character) => {
  expect(characterOf(glyph, 'SimSun')).toBe(character)
})

it('leaves what people type as it is', () => {
  const typed =
    '\u6cd5\u6cbb\uff0c\u3002\uff08\uff09\u201c\u201d\u2460\u3007\u3000aZ9%,.()\u00b7\u2026\u2103\u338e\u{20bb7}'
  expect([...typed].map(one => characterOf(one, 'SimSun')).join('')).toBe(typed)
})

it('says unknown for codes of a font of its own', () => {
  for (const one of ['\ue000', '\uf8f8', '\u{f0001}', '\u0001', '\u0091', '\ud800', '\ufffe']) {
    expect(characterOf(one, 'SimSun')).toBe(UNKNOWN)
  }
})

it('knows the bullets of the fonts that lists are set in', () => {
  expect(characterOf('\uf06c', 'ABCDEF+Wingdings')).toBe('\u25cf')
  expect(characterOf('l', 'Wingdings-Regular')).toBe('\u25cf')
  expect(characterOf('\uf0b7', 'Symbol')).toBe('\u2022')
})

it('drops marks that cannot be seen, and keeps the soft hyphen', () => {
  expect(characterOf('\u200b', 'SimSun')).toBe('')
  expect(characterOf('\u00ad', 'SimSun')).toBe(SOFT_HYPHEN)
})
