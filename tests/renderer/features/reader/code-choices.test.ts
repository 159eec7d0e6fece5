import { expect, it } from 'vitest'
import { codeChoices } from '../../../../renderer/features/reader/code-choices'
import type { CodeId } from '../../../../shared/domain/id'
import { nameIndex } from '../../../../shared/search/names'
import { readingsOf } from '../../../../shared/search/readings'
import { codeOf } from '../../../support/codes'

const CODES = [
  codeOf('a', { name: '行政执法' }),
  codeOf('b', { parentId: 'a' as CodeId, name: '执法监督' }),
  codeOf('c', { name: '行政复议', definition: '对执法不服的救济' }),
]

function choices(query: string, recent: string[] = [], applied: string[] = []): string[] {
  const given = {
    codes: CODES,
    index: nameIndex(
      CODES.map(({ name }) => name),
      readingsOf,
    ),
    recent: recent as CodeId[],
    applied: new Set(applied as CodeId[]),
  }
  return codeChoices(query, given).map(choice =>
    choice.kind === 'new'
      ? `+${choice.name}`
      : `${choice.isApplied ? '!' : ''}${choice.code.name}${choice.under && ` <${choice.under}`}`,
  )
}

it('offers what was applied last before everything else, until something is typed', () => {
  expect(choices('')).toEqual(['行政执法', '执法监督 <行政执法', '行政复议'])
  expect(choices('', ['c', 'b'], ['b'])).toEqual(['行政复议', '!执法监督 <行政执法', '行政执法'])
})

it('offers what fits best first, then by definition, then a new code', () => {
  expect(choices('执法')).toEqual(['执法监督 <行政执法', '行政执法', '行政复议', '+执法'])
  expect(choices('xz')).toEqual(['行政执法', '行政复议', '+xz'])
  expect(choices('xz', ['c'])).toEqual(['行政复议', '行政执法', '+xz'])
})

it('offers no new code of a name that there is', () => {
  expect(choices(' 行政复议 ')).toEqual(['行政复议'])
})
