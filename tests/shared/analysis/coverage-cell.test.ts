import { expect, it } from 'vitest'
import { answerOf, byStanding, cellFigure } from '../../../shared/analysis/coverage-cell'
import { reportRow } from '../../support/report-rows'

const COUNTY = { level: '\u53bf', year: 2022 }
const late = reportRow('late', { ...COUNTY, date: '2023-03-20' }, 4)
const early = reportRow('early', { ...COUNTY, date: '2023-02-27' })
const march = reportRow('march', { ...COUNTY, date: '2023-03' })
const undated = reportRow('undated', COUNTY)
const unranked = reportRow('unranked', { year: 2022, date: '2023-02-27' })

const SUBMISSION = { mode: 'timeliness', duty: 'submission' } as const
const PUBLICATION = { mode: 'timeliness', duty: 'publication' } as const

it('says of an empty cell that the report is missing, whatever is asked', () => {
  for (const mode of ['present', 'timeliness', 'characters', 'codings'] as const) {
    expect(answerOf([], { mode, duty: 'submission' })).toEqual({ is: 'missing' })
  }
})

it('says of several reports that there are several, whatever is asked', () => {
  for (const mode of ['present', 'timeliness', 'characters', 'codings'] as const) {
    const answer = answerOf([late, early], { mode, duty: 'submission' })
    expect(answer).toEqual({ is: 'several', count: 2 })
  }
})

it('holds the date against the deadline that is asked for', () => {
  expect(answerOf([late], SUBMISSION)).toEqual({ is: 'dated', standing: 'after', days: 19 })
  expect(answerOf([late], PUBLICATION)).toEqual({ is: 'dated', standing: 'before', days: -12 })
})

it('tells a missing date from a missing level', () => {
  const none = { is: 'dated', days: null }
  expect(answerOf([undated], SUBMISSION)).toEqual({ ...none, standing: 'no-date' })
  expect(answerOf([unranked], SUBMISSION)).toEqual({ ...none, standing: 'no-level' })
  expect(answerOf([march], SUBMISSION)).toEqual({ ...none, standing: 'unclear' })
})

it('counts characters and codings', () => {
  expect(answerOf([late], { ...SUBMISSION, mode: 'codings' })).toEqual({ is: 'figure', figure: 4 })
  const { chars } = late.report
  expect(answerOf([late], { ...SUBMISSION, mode: 'characters' })).toEqual({
    is: 'figure',
    figure: chars,
  })
})

it('sorts reports by standing, each into one list', () => {
  const found = byStanding([late, early, march, undated, unranked], 'submission')
  const titles = [...found].map(([standing, rows]) => [standing, ...rows.map(r => r.report.title)])
  expect(titles).toEqual([
    ['before', 'early'],
    ['on'],
    ['after', 'late'],
    ['unclear', 'march'],
    ['no-date', 'undated'],
    ['no-level', 'unranked'],
  ])
})

it('writes cells for tables: a number of reports, or what is said of each', () => {
  expect([
    cellFigure([], { mode: 'present', duty: 'submission' }),
    cellFigure([late, early], { mode: 'present', duty: 'submission' }),
    cellFigure([], SUBMISSION),
    cellFigure([late, early], SUBMISSION),
    cellFigure([late, early], { mode: 'codings', duty: 'submission' }),
  ]).toEqual(['0', '2', '', 'after; before', '4; 0'])
})
