import { describe, expect, it } from 'vitest'
import { structureOf } from '../../../shared/text/structure'
import { CORPUS } from './official-corpus'
import { expectedOf, type OfficialText, saidOf, textOf, wide } from './official-texts'

// Texts of many kinds, each also as other sources would set it.

const SETTINGS: Readonly<Record<string, (given: OfficialText) => OfficialText>> = {
  'as it is': given => given,
  'in full width': ({ kind, lines }) =>
    textOf(
      kind,
      lines.map(({ says, words }) => ({ says, words: says === 'A' ? words : wide(words) })),
    ),
  'with blank lines and indents': ({ kind, lines }) =>
    textOf(
      kind,
      lines.map(({ says, words }) => ({
        says,
        words: says === 'X' ? words : `\u3000\u3000${words}\u00a0`,
      })),
      '\n\n',
    ),
  'between pages': ({ kind, lines }) =>
    textOf(
      kind,
      lines.flatMap((line, at) =>
        at % 3 === 2 ? [line, { says: 'A', words: `- ${at} -` }] : [line],
      ),
    ),
}

describe.each(Object.keys(SETTINGS))('set %s', setting => {
  it.each(CORPUS.map(({ kind }, at) => [kind, at] as const))('a %s is read', (_, at) => {
    const given = SETTINGS[setting]!(CORPUS[at]!)
    const { text } = given
    expect(saidOf(text, structureOf(text))).toEqual(expectedOf(given))
  })
})

describe.each([
  ['nothing', ''],
  ['a space', ' '],
])('where %s stands for newlines', (_, sign) => {
  it.each([
    ['all', 1],
    ['every third', 3],
  ])('of %s lines, what is read as a heading is one and no text is set aside', (_, every) => {
    let right = 0
    let wrong = 0
    for (const { lines } of CORPUS) {
      const starts = new Set<string>()
      const bodies: { start: number; end: number }[] = []
      let text = ''
      lines.forEach(({ says, words }, at) => {
        if (at > 0) text += at % every === 0 ? sign : '\n'
        if (/\d/.test(says)) starts.add(`${says.replace('r', '')} ${text.length}`)
        if (/^(?:P|r\d)$/.test(says))
          bodies.push({ start: text.length, end: text.length + words.length })
        text += words
      })
      const structure = structureOf(text)
      for (const { level, start } of structure.headings) {
        if (starts.has(`${level} ${start}`)) right++
        else wrong++
      }
      const asides = structure.lines.filter(({ role }) => role === 'aside')
      const lost = bodies.filter(({ start, end }) =>
        asides.some(each => each.start < end && each.end > start),
      )
      expect(lost.map(({ start, end }) => text.slice(start, end))).toEqual([])
    }
    expect(right).toBeGreaterThan(60)
    expect(wrong / (right + wrong)).toBeLessThan(0.04)
  })
})
