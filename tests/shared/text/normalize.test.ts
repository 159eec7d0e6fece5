import fc from 'fast-check'
import { expect, it } from 'vitest'
import { normalizeText, TEXT_VERSION } from '../../../shared/text/normalize'

const lines = fc
  .array(fc.constantFrom('\r', '\n', '\f', '\u2028', ' ', 'e\u0301', '\uff21', '\u4e2d', '\ufeff'))
  .map(parts => parts.join(''))

it('turns CRLF and lone CR into LF', () => {
  expect(normalizeText('a\r\nb\rc\nd\r\r\n\n\r')).toBe('a\nb\nc\nd\n\n\n\n')
})

it('leaves everything else as the source has it', () => {
  const text = ' \ufeff\u3000e\u0301\uff21\t\f\v\u0085\u2028\u2029\u00a0\ud800x \n '
  expect(normalizeText(text)).toBe(text)
})

it('changes nothing a second time', () => {
  fc.assert(fc.property(lines, raw => normalizeText(normalizeText(raw)) === normalizeText(raw)))
})

it('keeps every character but CR, in order', () => {
  const bare = (text: string) => text.replaceAll('\r', '').replaceAll('\n', '')
  fc.assert(
    fc.property(lines, raw => {
      expect(bare(normalizeText(raw))).toBe(bare(raw))
      expect(normalizeText(raw).split('\n').length).toBe(raw.split(/\r\n|\r|\n/).length)
      expect(normalizeText(raw)).not.toContain('\r')
    }),
  )
})

it('is the first version of the rules', () => {
  expect(TEXT_VERSION).toBe(1)
})
