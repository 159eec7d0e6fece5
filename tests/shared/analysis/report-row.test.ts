import { expect, it } from 'vitest'
import { cellOf, rowOf, standingOf } from '../../../shared/analysis/report-row'
import type { Value } from '../../../shared/domain/variable'
import { reportNamed } from '../../support/project'

const known = (origin: Value['origin']) =>
  [
    { variable: 'level', value: '\u53bf', origin },
    { variable: 'year', value: 2022, origin },
    { variable: 'date', value: '2023-03-05', origin },
  ] as unknown as Value[]

it('answers what stands in a cell, be it fact or variable', () => {
  const row = rowOf(reportNamed('r1'), known('read'), 3)
  expect([
    cellOf(row, 'name'),
    cellOf(row, 'uses'),
    cellOf(row, 'path'),
    cellOf(row, 'year'),
    cellOf(row, 'place'),
  ]).toEqual(['r1', 3, null, 2022, null])
})

it('holds a date against both deadlines', () => {
  const row = rowOf(reportNamed('r1'), known('by-hand'), 0)
  expect([cellOf(row, 'submission'), cellOf(row, 'publication')]).toEqual(['after', 'before'])
  expect(standingOf(row.values, 'submission')?.days).toBe(4)
})

it('counts what only asks as missing, also for the deadlines', () => {
  const row = rowOf(reportNamed('r1'), known('ask'), 0)
  expect([cellOf(row, 'year'), cellOf(row, 'submission')]).toEqual([null, null])
})
