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
