import { expect, it } from 'vitest'
import { foundPassages } from '../../../../renderer/features/reader/found-passages'
import type { ReportId } from '../../../../shared/domain/id'
import { findIn } from '../../../../shared/text/find'
import { structureOf } from '../../../../shared/text/structure'

const TEXT = '岚县报告\n一、执法\n推进执法改革；规范执法行为。执法更严。\n  培训执法人员。'
const given = { id: 'r' as ReportId, text: TEXT, structure: structureOf(TEXT) }
const hits = findIn(TEXT, '执法').spans

it('takes the words themselves, or each unit around them once', () => {
  const quotes = (unit: Parameters<typeof foundPassages>[2]) =>
    foundPassages(given, hits, unit).map(({ passage }) => passage.quote)
  expect(quotes('hit')).toEqual(['执法', '执法', '执法', '执法', '执法'])
  // A heading is no sentence: there it is the words.
  expect(quotes('clause')).toEqual([
    '执法',
    '推进执法改革；',
    '规范执法行为。',
    '执法更严。',
    '培训执法人员。',
  ])
  expect(quotes('sentence')).toEqual([
    '执法',
    '推进执法改革；规范执法行为。',
    '执法更严。',
    '培训执法人员。',
  ])
  expect(quotes('paragraph')).toEqual([
    '执法',
    '推进执法改革；规范执法行为。执法更严。',
    '培训执法人员。',
  ])
})
