import { expect, it } from 'vitest'
import { timelinessOf } from '../../../shared/text/timeliness'

it.each([
  ['县', '2024-01-29', 'before', -32, 'before', -63],
  ['区(市辖区)', '2024-03-01', 'on', 0, 'before', -31],
  ['市(地级)', '2024-03-16', 'after', 15, 'before', -16],
  ['省', '2024-03-16', 'before', -16, 'before', -16],
  ['市(直辖)', '2024-04-02', 'after', 1, 'after', 1],
])('measures a report of a %s dated %s', (level, date, submitted, days, published, left) => {
  expect(timelinessOf(level, 2023, date)).toEqual([
    {
      duty: 'submission',
      deadline: rankedDeadline(level),
      standing: submitted,
      days,
    },
    { duty: 'publication', deadline: '2024-04-01', standing: published, days: left },
  ])
})

it('is unclear about a month that begins with the deadline, and only about that', () => {
  const standings = (date: string) => timelinessOf('县', 2023, date).map(({ standing }) => standing)
  expect(standings('2024-03')).toEqual(['unclear', 'before'])
  expect(standings('2024')).toEqual(['unclear', 'unclear'])
  expect(standings('2025')).toEqual(['after', 'after'])
})

it('says nothing where level, year or date is missing or none', () => {
  expect(timelinessOf(null, 2023, '2024-01-01')).toEqual([])
  expect(timelinessOf('县', null, '2024-01-01')).toEqual([])
  expect(timelinessOf('县', 2023, null)).toEqual([])
  expect(timelinessOf('县', 2023, '2024-1-1')).toEqual([])
  expect(timelinessOf('村', 2023, '2024-01-01')).toEqual([])
})

function rankedDeadline(level: string): string {
  return level === '省' || level === '市(直辖)' ? '2024-04-01' : '2024-03-01'
}
