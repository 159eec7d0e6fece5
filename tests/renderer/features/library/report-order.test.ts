import { expect, it } from 'vitest'
import {
  comparisonFor,
  matching,
  toSearchable,
} from '../../../../renderer/features/library/report-order'
import type { Report } from '../../../../shared/domain/report'
import { sortedInSlices } from '../../../../shared/slices'

function report(title: string, fileName = `${title}.txt`): Report {
  return { id: title, title, fileName } as Report
}

const titles = (reports: readonly Report[]) => reports.map(({ title }) => title)

it('finds titles and file names in any width and case, words in any order', () => {
  const all = [
    report('云岭市 2023'),
    report('青禾县\uff12\uff10\uff12\uff13'),
    report('丹坪', 'Danping-2024.TXT'),
  ].map(toSearchable)
  expect(titles(matching(all, '2023'))).toEqual(['云岭市 2023', '青禾县\uff12\uff10\uff12\uff13'])
  expect(titles(matching(all, '\uff44anping'))).toEqual(['丹坪'])
  expect(titles(matching(all, '2023 云岭'))).toEqual(['云岭市 2023'])
  expect(titles(matching(all, ' '))).toHaveLength(3)
})

it('orders titles by pinyin and numbers by their value', async () => {
  const compare = comparisonFor('title', new Map())!
  const all = ['云岭 10', '云岭 9', '丹坪', '青禾'].map(title => report(title))
  expect(titles(await sortedInSlices(all, compare))).toEqual(['丹坪', '青禾', '云岭 9', '云岭 10'])
})

it('puts the most coded first and leaves equals in order', async () => {
  const [a, b, c] = ['a', 'b', 'c'].map(title => report(title)) as [Report, Report, Report]
  const compare = comparisonFor('uses', new Map([[c.id, 2]]))!
  expect(titles(await sortedInSlices([a, b, c], compare))).toEqual(['c', 'a', 'b'])
})
