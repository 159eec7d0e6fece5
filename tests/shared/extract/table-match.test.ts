import { describe, expect, it } from 'vitest'
import type { ReportId } from '../../../shared/domain/id'
import { readTable, type Table } from '../../../shared/extract/table'
import { guessKey, type KeyedReport, matchRows } from '../../../shared/extract/table-match'

async function tableOf(...lines: string[]): Promise<Table> {
  const table = await readTable(new TextEncoder().encode(lines.join('\n')), 'a.csv')
  if (!table.ok) throw new Error(table.problem)
  return table
}

function report(id: string, known: Partial<KeyedReport>): KeyedReport {
  const nothing = { fileName: `${id}.txt`, title: id, place: null, placeCode: null, year: null }
  return { ...nothing, ...known, id: id as ReportId }
}

it('finds reports by the names of their files, with or without ending', async () => {
  const table = await tableOf('file,x', 'A 1.docx,1', 'b,2', 'c.txt,3')
  const reports = [
    report('1', { fileName: 'a1.docx' }),
    report('2', { fileName: 'b.pdf' }),
    report('3', { fileName: 'd.txt' }),
  ]
  expect(matchRows(table, reports, { by: 'fileName', column: 0 })).toEqual({
    matches: [
      { row: 2, reportId: '1' },
      { row: 3, reportId: '2' },
    ],
    misses: [4],
    clashes: [],
  })
})

it('prefers what is called exactly so', async () => {
  const table = await tableOf('file,x', 'a.txt,1', 'a.docx,2')
  const reports = [report('1', { fileName: 'a.docx' }), report('2', { fileName: 'a.txt' })]
  expect(matchRows(table, reports, { by: 'fileName', column: 0 })).toMatchObject({
    matches: [
      { row: 2, reportId: '2' },
      { row: 3, reportId: '1' },
    ],
    clashes: [],
  })
})

it('leaves to people what fits more than one', async () => {
  const table = await tableOf('title,x', 'same,1', 'twice,2', 'twice,3')
  const reports = [
    report('1', { title: 'same' }),
    report('2', { title: 'same' }),
    report('3', { title: 'twice' }),
  ]
  expect(matchRows(table, reports, { by: 'title', column: 0 })).toEqual({
    matches: [],
    misses: [],
    clashes: [
      { rows: [2], reportIds: ['1', '2'] },
      { rows: [3, 4], reportIds: ['3'] },
    ],
  })
})

it('compares titles without regard to width and punctuation', async () => {
  const table = await tableOf(
    'title,x',
    '\u7532\u53bf\uff12\uff10\uff12\uff13\u5e74\u62a5\u544a\uff08\u5168\u6587\uff09,1',
  )
  const reports = [report('1', { title: '\u7532\u53bf2023\u5e74\u62a5\u544a(\u5168\u6587)' })]
  expect(matchRows(table, reports, { by: 'title', column: 0 }).matches).toHaveLength(1)
})

it('finds reports by place and year, called in full or in short', async () => {
  const table = await tableOf(
    'place,year',
    '\u77f3\u5bb6\u5e84,2024',
    '\u6e56\u5317\u7701\u9ec4\u77f3\u5e02\u897f\u585e\u5c71\u533a,2024\u5e74',
    '\u4fdd\u5b9a\u5e02,2022',
    '\u4fdd\u5b9a\u5e02,2021',
    '\u4fdd\u5b9a\u5e02,',
  )
  const reports = [
    report('1', { place: '\u77f3\u5bb6\u5e84\u5e02', placeCode: '130100', year: 2024 }),
    report('2', { place: '\u897f\u585e\u5c71\u533a', placeCode: '420203', year: 2024 }),
    report('3', { place: '\u4fdd\u5b9a\u5e02', year: 2022 }),
    report('4', { place: null, year: 2021 }),
  ]
  expect(matchRows(table, reports, { by: 'place+year', place: 0, year: 1 })).toEqual({
    matches: [
      { row: 2, reportId: '1' },
      { row: 3, reportId: '2' },
      { row: 4, reportId: '3' },
    ],
    misses: [5, 6],
    clashes: [],
  })
})

it('does not guess which of several places of one name is meant', async () => {
  const table = await tableOf('place,year', '\u671d\u9633\u533a,2024')
  const reports = [
    report('1', { place: '\u671d\u9633\u533a', placeCode: '110105', year: 2024 }),
    report('2', { place: '\u671d\u9633\u533a', placeCode: '220104', year: 2024 }),
  ]
  const { matches, clashes } = matchRows(table, reports, { by: 'place+year', place: 0, year: 1 })
  expect({ matches, clashes }).toEqual({
    matches: [],
    clashes: [{ rows: [2], reportIds: ['1', '2'] }],
  })
})

describe('the key that is offered', () => {
  const reports = [
    report('1', { fileName: 'a.docx', title: 'Alpha', place: '云岭市', year: 2023 }),
    report('2', { fileName: 'b.docx', title: 'Beta', place: '大河县', year: 2023 }),
  ]

  it('is the column in which most rows name a report, whatever it is called', async () => {
    const table = await tableOf('no,what,x', '1,Alpha,3', '2,Beta,4')
    expect(guessKey(table, reports)).toEqual({ by: 'title', column: 1 })
    const files = await tableOf('x,source', '1,a', '2,b.docx')
    expect(guessKey(files, reports)).toEqual({ by: 'fileName', column: 1 })
  })

  it('is place and year where no column names reports', async () => {
    const table = await tableOf('年度,地区,人数', '2023,云岭市,3', '2023,大河县,4')
    expect(guessKey(table, reports)).toEqual({ by: 'place+year', place: 1, year: 0 })
  })

  it('goes by the columns’ names where nothing is found', async () => {
    const table = await tableOf('x,文件名', '1,none', '2,nil')
    expect(guessKey(table, reports)).toEqual({ by: 'fileName', column: 1 })
    expect(guessKey(table, [])).toEqual({ by: 'fileName', column: 1 })
  })
})
