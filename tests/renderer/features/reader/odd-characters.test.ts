import { expect, it } from 'vitest'
import { oddRunsIn } from '../../../../renderer/features/reader/odd-characters'

const labelsIn = (text: string) => oddRunsIn(text).map(({ label }) => label)

it('finds what cannot be seen, run by run', () => {
  expect(oddRunsIn('a\u202eb')).toEqual([{ start: 1, end: 2, label: 'U+202E' }])
  expect(labelsIn('\u200b\u200b\u200b')).toEqual(['U+200B \u00d73'])
  expect(labelsIn('a\u0000b\u001bc\u0085')).toEqual(['U+0000', 'U+001B', 'U+0085'])
  expect(labelsIn('\ufeff\u00ad\u2060')).toEqual(['U+FEFF', 'U+00AD', 'U+2060'])
  expect(labelsIn('\u{e0041}\u{e0041}')).toEqual(['U+E0041 \u00d72'])
})

it('leaves alone what texts are made of', () => {
  const honest =
    '\u4f9d\u6cd5\u884c\u653f\uff0c\u3000\u00a0\t\n\u05d0\u0627 \u{20bb7} \u8fbb\u{e0100} \u26a0\ufe0f'
  expect(labelsIn(honest)).toEqual([])
  expect(labelsIn('\u{1f468}\u200d\u{1f4bb}\u2764\ufe0f\u200d\u{1f525}')).toEqual([])
  expect(labelsIn('\u6cd5\u200d\u6cbb')).toEqual(['U+200D'])
})

it('marks first what reorders the text where there is too much to mark', () => {
  const runs = oddRunsIn(`${'a\u200b'.repeat(3_000)}\u202e`)
  expect(runs.map(({ label }) => label)).toEqual(['U+202E'])
  expect(oddRunsIn('a\u200b'.repeat(3_000))).toHaveLength(2_000)
})
