import { expect, it } from 'vitest'
import type { Annotation } from '../../../shared/domain/annotation'
import type { Code } from '../../../shared/domain/code'
import type {
  AnnotationId,
  BatchId,
  CodeId,
  CoderId,
  Hash,
  ProjectId,
  ReportId,
} from '../../../shared/domain/id'
import type { Coder } from '../../../shared/domain/project'
import type { Report } from '../../../shared/domain/report'
import { parseCsv } from '../../../shared/formats/csv'
import {
  beginDataset,
  columnStems,
  type Dataset,
  type DatasetSource,
} from '../../../shared/formats/dataset'

const CODED_AT = Date.UTC(2024, 4, 6, 7, 8, 9, 10)

const wind: Code = {
  id: '01hwind0000000aaaaaa' as CodeId,
  parentId: null,
  rank: 1,
  name: 'Wind',
  color: '#aa0000',
  definition: 'Of wind,\nand air',
  include: 'all',
  exclude: 'none',
  example: '"windy"',
  digit: 1,
  createdAt: 1000,
}
const offshore: Code = {
  ...wind,
  id: '01hwind0000000bbbbbb' as CodeId,
  parentId: wind.id,
  name: 'At sea / shore',
  digit: null,
}
const coder: Coder = { id: 'coder1' as CoderId, name: '王芳', createdAt: 900 }

const TEXT = '风\u{20bb7}电投资, "下降"。'
const report: Report = {
  id: 'r1' as ReportId,
  batchId: 'b1' as BatchId,
  title: '报告一',
  fileName: '01.txt',
  path: '',
  row: null,
  format: 'txt',
  extractor: 'txt/1',
  encoding: 'utf-8',
  textHash: 'h' as Hash,
  originalHash: 'h' as Hash,
  markupHash: null,
  length: TEXT.length,
  chars: 12,
  hanChars: 0,
  textVersion: 1,
  addedAt: 2000,
}

function coded(part: string, change: Partial<Annotation> = {}): Annotation {
  const start = TEXT.indexOf(part)
  return {
    id: `a-${part}` as AnnotationId,
    reportId: report.id,
    start,
    end: start + part.length,
    quote: part,
    codeId: wind.id,
    coderId: coder.id,
    memo: '',
    createdAt: CODED_AT,
    ...change,
  }
}

function begin(change: Partial<DatasetSource> = {}): Dataset {
  return beginDataset({
    programVersion: '0.1.0',
    project: { id: 'p1' as ProjectId, name: 'Wind study' },
    seq: 7,
    codes: [offshore, wind],
    coders: [coder],
    options: { protectForSpreadsheets: false },
    ...change,
  })
}

/** A table's lines as records by column. */
function recordsOf(head: string, lines: string): Record<string, string>[] {
  const [header, ...rows] = parseCsv(head + lines).map(({ cells }) => cells)
  return rows.map(cells => Object.fromEntries(header!.map((name, at) => [name, cells[at]!])))
}

it('writes an annotation as one line that says everything of it', () => {
  const dataset = begin()
  const memo = 'why, "so"'
  const annotation = coded('电投资', { memo, codeId: offshore.id })
  const { segments } = dataset.addReport(report, [annotation], TEXT)
  expect(recordsOf(dataset.head.segments, segments)).toEqual([
    {
      segment_id: 'a-电投资',
      report_id: 'r1',
      report: '报告一',
      file: '01.txt',
      code_id: offshore.id,
      code_path: 'Wind / At sea \\/ shore',
      code: 'At sea / shore',
      coder_id: 'coder1',
      coder: '王芳',
      start: '2',
      end: '5',
      n_char: '3',
      text: '电投资',
      memo,
      created: '2024-05-06T07:08:09Z',
      intact: '1',
    },
  ])
})

it('begins both long tables with a byte order mark and ends every line with CRLF', () => {
  const dataset = begin()
  const { segments, reportCode } = dataset.addReport(report, [coded('"下降"')], TEXT)
  expect(dataset.head.segments).toMatch(/^\ufeffsegment_id,.*,intact\r\n$/)
  expect(dataset.head.reportCode).toBe(
    '\ufeffreport_id,report,file,n_char,n_segments,n_aaaaaa,b_aaaaaa,n_bbbbbb,b_bbbbbb\r\n',
  )
  expect(segments).toContain(',"""下降""",,')
  expect(reportCode).toBe('r1,报告一,01.txt,12,1,1,1,0,0\r\n')
})

it('puts segments in reading order, whatever order they come in', () => {
  const annotations = [coded('下降'), coded('风'), coded('风\u{20bb7}电')]
  const write = (given: Annotation[]) => begin().addReport(report, given, TEXT).segments
  const ids = recordsOf(begin().head.segments, write(annotations)).map(row => row.segment_id)
  expect(ids).toEqual(['a-风\u{20bb7}电', 'a-风', 'a-下降'])
  expect(write(annotations.toReversed())).toBe(write(annotations))
})

it('counts a code for itself alone, not for those above it', () => {
  const dataset = begin()
  const twice = [coded('风', { codeId: offshore.id }), coded('电', { codeId: offshore.id })]
  const { reportCode } = dataset.addReport(report, twice, TEXT)
  expect(recordsOf(dataset.head.reportCode, reportCode)).toMatchObject([
    { n_segments: '2', n_aaaaaa: '0', b_aaaaaa: '0', n_bbbbbb: '2', b_bbbbbb: '1' },
  ])
  expect(JSON.parse(dataset.manifest([]))).toMatchObject({ rolled_up: false })
})

it('gives a report without annotations a row of zeros', () => {
  const dataset = begin()
  expect(dataset.addReport(report, [], null)).toEqual({
    segments: '',
    reportCode: 'r1,报告一,01.txt,12,0,0,0,0,0\r\n',
  })
  expect(dataset.counts()).toMatchObject({ reports: 1, reportsWithoutSegments: 1, segments: 0 })
})

it('explains every column by its code', () => {
  const dataset = begin()
  dataset.addReport(report, [coded('风'), coded('电')], TEXT)
  const [first, second] = recordsOf('', dataset.codebook())
  expect(first).toEqual({
    code_id: wind.id,
    count_column: 'n_aaaaaa',
    flag_column: 'b_aaaaaa',
    parent_id: '',
    path: 'Wind',
    code: 'Wind',
    level: '1',
    definition: 'Of wind,\nand air',
    include: 'all',
    exclude: 'none',
    example: '"windy"',
    color: '#aa0000',
    n_segments: '2',
    n_reports: '1',
  })
  expect(second).toMatchObject({ parent_id: wind.id, level: '2', n_segments: '0', n_reports: '0' })
})

it.each([
  ['text-differs', coded('风', { quote: '水' }), TEXT, '0', '1'],
  ['text-differs', coded('风', { start: 90, end: 95 }), TEXT, '12', '12'],
  ['text-missing', coded('风'), null, '', ''],
  ['splits-character', coded('风\ud842'), TEXT, '0', '1'],
])(
  'exports and reports a quote that cannot be trusted: %s',
  (reason, annotation, text, start, end) => {
    const dataset = begin()
    const { segments } = dataset.addReport(report, [annotation], text)
    expect(recordsOf(dataset.head.segments, segments)).toMatchObject([{ start, end, intact: '0' }])
    expect(JSON.parse(dataset.manifest([]))).toMatchObject({
      counts: { segments: 1, segments_not_intact: 1 },
      segments_not_intact: [
        {
          segment_id: annotation.id,
          reason,
          start_utf16: annotation.start,
          end_utf16: annotation.end,
        },
      ],
    })
  },
)

it('exports and reports annotations whose report, code or coder is gone', () => {
  const dataset = begin()
  const lost = {
    codeId: 'gone' as CodeId,
    coderId: 'gone' as CoderId,
    reportId: 'gone' as ReportId,
  }
  const lines = dataset.addStrays([coded('电', lost), coded('风', lost)])
  const rows = recordsOf(dataset.head.segments, lines)
  expect(rows.map(row => row.text)).toEqual(['风', '电'])
  expect(rows[0]).toMatchObject({ report_id: 'gone', report: '', code: '', coder: '', intact: '0' })
  expect(dataset.counts()).toMatchObject({
    segments: 2,
    segmentsNotIntact: 2,
    segmentsWithUnknownReport: 2,
    segmentsWithUnknownCode: 2,
    segmentsWithUnknownCoder: 2,
  })
  expect(JSON.parse(dataset.manifest([]))).toMatchObject({
    segments_with_unknown_code: ['a-风', 'a-电'],
    segments_with_unknown_coder: ['a-风', 'a-电'],
    segments_not_intact: [{ reason: 'report-missing' }, { reason: 'report-missing' }],
  })
})

it('vouches for the tables in the manifest, from the project alone', () => {
  const dataset = begin()
  dataset.addReport(report, [coded('风')], TEXT)
  const tables = [{ name: 'segments.csv', bytes: 12, sha256: 'ab' as Hash }]
  const manifest = dataset.manifest(tables)
  expect(manifest).toMatch(/^\{\n[^\r]*\}\n$/)
  expect(JSON.parse(manifest)).toMatchObject({
    format: 'codicil-dataset',
    format_version: 1,
    program: { name: 'Codicil', version: '0.1.0' },
    project: { id: 'p1', name: 'Wind study' },
    journal_seq: 7,
    latest_change: '2024-05-06T07:08:09Z',
    text_versions: [1],
    absence: 'zero means: no segment coded; reviewing is not tracked',
    protect_for_spreadsheets: false,
    files: [{ name: 'segments.csv', rows: 1, bytes: 12, sha256: 'ab' }],
  })
})

it('guards texts only when asked to, and says so', () => {
  const memo = '=HYPERLINK("x")'
  const write = (protectForSpreadsheets: boolean) => {
    const dataset = begin({ options: { protectForSpreadsheets } })
    const { segments } = dataset.addReport(report, [coded('风', { memo })], TEXT)
    const said = JSON.parse(dataset.manifest([])).protect_for_spreadsheets
    return [recordsOf(dataset.head.segments, segments)[0]!.memo, said]
  }
  expect(write(false)).toEqual([memo, false])
  expect(write(true)).toEqual([`'${memo}`, true])
})

const idOf = (id: string) => ({ id: id as CodeId })

it('names columns so that adding codes changes no name', () => {
  const before = [idOf('0001xxxxxxxxxx123456'), idOf('0002xxxxxxxxxx654321')]
  const after = [idOf('0003xxxxxxxxxx123456'), ...before, idOf('0004xxxxxxxxxxabcdef')]
  const stems = columnStems(after)
  for (const [id, stem] of columnStems(before)) expect(stems.get(id)).toBe(stem)
})

it('lets the older of two codes keep the short name', () => {
  const stems = columnStems([idOf('0002xxxxxxxxxy123456'), idOf('0001xxxxxxxxxx123456')])
  expect([...stems.values()]).toEqual(['123456', 'y123456'])
})

it('finds unique ASCII names for ids of any kind', () => {
  const ids = ['A-1', 'a_1', 'a1', '编码', '碼', 'x'.repeat(60), 'X'.repeat(60)]
  const stems = [...columnStems(ids.map(idOf)).values()]
  expect(new Set(stems).size).toBe(ids.length)
  for (const stem of stems) expect(`n_${stem}`).toMatch(/^n_[a-z0-9_]{0,28}[a-z0-9]$/)
})
