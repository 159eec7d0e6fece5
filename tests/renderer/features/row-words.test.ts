import i18next from 'i18next'
import { describe, expect, it } from 'vitest'
import { fieldWords } from '../../../renderer/features/history/field-words'
import { rowWords } from '../../../renderer/features/history/row-words'
import en from '../../../renderer/locale/en.json'
import zh from '../../../renderer/locale/zh.json'
import { filterJson } from '../../../shared/analysis/report-filter'
import type { Command } from '../../../shared/commands/command'
import { correctStructure } from '../../../shared/commands/structure'
import { addVariable, setValue } from '../../../shared/commands/variables'
import type { ReportId } from '../../../shared/domain/id'
import { createTrail } from '../../../shared/journal/trail'
import { freshProject } from '../../support/project'
import { speechIn } from '../../support/speech'

const R1 = 'r1' as ReportId

/** The history's last sentence in both languages after some commands. */
async function sentences(...commands: Command[]): Promise<string[]> {
  const project = await freshProject()
  for (const command of commands) await project.run(command)
  const trail = createTrail()
  const row = project.journal.map(entry => trail.add(entry)).at(-1)!
  return Promise.all(
    ['en', 'zh'].map(async language => {
      const i18n = i18next.createInstance()
      await i18n.init({
        lng: language,
        interpolation: { escapeValue: false },
        resources: { en: { translation: en }, zh: { translation: zh } },
      })
      return rowWords({ t: i18n.t, number: String }, row)
    }),
  )
}

describe('the history in words', () => {
  it('says of a value what it was and what it is', async () => {
    expect(await sentences(setValue([R1], 'year', 2023), setValue([R1], 'year', 2024))).toEqual([
      'year covered of r1: \u201c2023\u201d \u2192 \u201c2024\u201d',
      '\u300ar1\u300b\u7684\u5e74\u5ea6\uff1a\u201c2023\u201d \u2192 \u201c2024\u201d',
    ])
  })

  it('says of a value that there was none of before what it is', async () => {
    const [told] = await sentences(setValue([R1], 'place', 'North'))
    expect(told).toBe('Set place of r1 to \u201cNorth\u201d')
  })

  it('says yes and no in the language of the interface', async () => {
    const project = await freshProject()
    await project.run(addVariable({ name: 'Open', type: 'yesno', categories: [] }))
    const [variable] = await project.reader.variables()
    // Ids count up, so another fresh project gives the variable the same one.
    const told = await sentences(
      addVariable({ name: 'Open', type: 'yesno', categories: [] }),
      setValue([R1], variable!.id, true),
    )
    expect(told).toEqual([
      'Set Open of r1 to \u201cYes\u201d',
      '\u5c06\u300ar1\u300b\u7684Open\u8bbe\u4e3a\u201c\u662f\u201d',
    ])
  })

  it('says what a correction of the structure says', async () => {
    const heading = { kind: 'heading', start: 0, end: 4, level: 2 } as const
    const [told] = await sentences(correctStructure(R1, heading))
    expect(told).toBe('Corrected the structure of r1: Heading of level 2')
  })

  it('has words for where a value comes from, and leaves what it does not know', () => {
    const words = (field: string, said: string) =>
      fieldWords(speechIn('en'), new Map(), { field, said })
    expect(words('origin', 'by-hand')).toBe(en.history.origins['by-hand'])
    expect(words('origin', 'elsewhere')).toBe('elsewhere')
    expect(words('memo', 'by-hand')).toBe('by-hand')
    expect(words('memo', '')).toBe(en.history.empty)
  })

  it('says a rule as the filter that it is', () => {
    const rule = filterJson({ all: [{ column: 'year', is: 'between', from: 2020, to: 2023 }] })
    const words = (said: string) => fieldWords(speechIn('en'), new Map(), { field: 'rule', said })
    expect(words(rule)).toMatch(/^Year.* 2020\u20132023$/)
    expect(words('{"all":7}')).toBe('{"all":7}')
    const values = ['a', 'b', 'c', 'd', 'e']
    expect(words(filterJson({ all: [{ column: 'place', is: 'one-of', values }] }))).toMatch(/a.*e/)
  })
})
