import { describe, expect, it } from 'vitest'
import type { ReportId, VariableId } from '../../../shared/domain/id'
import { NO_MARKUP } from '../../../shared/domain/markup'
import type { Report } from '../../../shared/domain/report'
import type { Correction } from '../../../shared/domain/structure'
import { type Value, type Variable, valueIdOf } from '../../../shared/domain/variable'
import { type Inspection, inspectionOf } from '../../../shared/formats/inspection'
import { metaOf, valuesOf } from '../../../shared/text/meta'
import { structureOf } from '../../../shared/text/structure'

const ID = 'r1' as ReportId

const TEXT = [
  '\u77f3\u5bb6\u5e84\u5e022023\u5e74\u5ea6\u6cd5\u6cbb\u653f\u5e9c\u5efa\u8bbe\u60c5\u51b5\u62a5\u544a',
  '2023\u5e74\uff0c\u6211\u5e02\u63a8\u8fdb\u6cd5\u6cbb\u653f\u5e9c\u5efa\u8bbe\u3002\u73b0\u5c06\u6709\u5173\u60c5\u51b5\u62a5\u544a\u5982\u4e0b\u3002',
  '\u4e00\u3001\u4e3b\u8981\u505a\u6cd5',
  '(\u4e00)\u52a0\u5f3a\u9886\u5bfc\u3002\u53ec\u5f00\u4f1a\u8bae3\u6b21\u3002\u4e00\u662f\u7532\uff1b\u4e8c\u662f\u4e59\u3002',
  '\u77f3\u5bb6\u5e84\u5e02\u4eba\u6c11\u653f\u5e9c',
  '2024\u5e741\u670829\u65e5',
].join('\n')

/** Where something stands in {@link TEXT}, in which both ways of counting agree. */
function spanOf(part: string) {
  const start = TEXT.indexOf(part)
  const end = start + part.length
  return { start_cp: start, end_cp: end, start_utf16: start, end_utf16: end }
}

interface Given {
  readonly text?: string
  readonly values?: readonly Value[]
  readonly variables?: readonly Variable[]
  readonly corrections?: readonly Correction[]
  readonly wasRead?: boolean
}

function inspected(given: Given): Inspection {
  const { text = TEXT, values, variables = [], corrections = [], wasRead = false } = given
  const structure = structureOf(text, { corrections })
  const meta = metaOf(text, structure, NO_MARKUP)
  const report = {
    id: ID,
    fileName: 'a.txt',
    path: 'x/a.txt',
    title: 'a',
    row: null,
    format: 'txt',
    extractor: 'txt/1',
    encoding: 'utf-8',
    originalHash: 'f00',
  } as unknown as Report
  return inspectionOf({
    report,
    bytes: 9,
    text,
    structure,
    meta,
    values: values ?? valuesOf(meta, ID),
    wasRead,
    variables,
  })
}

function byHand(
  variable: Value['variable'],
  value: Value['value'],
  span?: [number, number],
): Value {
  const [start = null, end = null] = span ?? []
  return {
    id: valueIdOf(ID, variable),
    reportId: ID,
    variable,
    value,
    origin: 'by-hand',
    start,
    end,
  }
}

/** What was read, with some of it replaced. */
function readBut(...values: Value[]): Value[] {
  const read = valuesOf(metaOf(TEXT, structureOf(TEXT), NO_MARKUP), ID)
  const replaced = new Set(values.map(({ variable }) => variable))
  return [...read.filter(({ variable }) => !replaced.has(variable)), ...values]
}

describe('the structure', () => {
  it('has the names and the counting of the interface', () => {
    const { headings, paragraphs, enumerations, counts, other_blocks } = inspected({})
    expect(headings[1]).toEqual({
      n: 2,
      level: 2,
      style: 'cn_paren',
      marker: '(\u4e00)',
      number: 1,
      title: '\u52a0\u5f3a\u9886\u5bfc',
      text: '(\u4e00)\u52a0\u5f3a\u9886\u5bfc',
      run_in: true,
      line: 3,
      parent: 1,
      ...spanOf('(\u4e00)\u52a0\u5f3a\u9886\u5bfc'),
      body_start_cp: TEXT.indexOf('\u53ec\u5f00'),
    })
    expect(headings[0]).not.toHaveProperty('body_start_cp')
    expect(paragraphs[1]).toMatchObject({
      heading: 2,
      run_in_heading: true,
      sentences: 3,
      chars: 23,
    })
    expect(enumerations[0]).toMatchObject({ line: 3, heading: 2, count: 2 })
    expect(counts).toMatchObject({ L1: 1, L2: 1, L3: 0, groups: 1, items: 2, run_in_headings: 1 })
    expect(other_blocks.map(({ type, line }) => [type, line])).toEqual([
      ['title', 0],
      ['signature', 4],
      ['date', 5],
    ])
  })

  it('counts a character beyond the first plane once, and twice in UTF-16', () => {
    const found = inspected({ text: `\u{20BB7}\u{20BB7}\u3002b\n\u4e00\u3001\u7532` })
    expect(found).toMatchObject({
      bytes: 9,
      chars: 8,
      length_cp: 8,
      length_utf16: 10,
      han: 4,
      lines: 2,
    })
    expect(found.sentences[0]).toEqual({
      line: 0,
      start_cp: 0,
      end_cp: 3,
      start_utf16: 0,
      end_utf16: 5,
    })
    expect(found.paragraphs[0]).toMatchObject({ head: '\u{20BB7}\u{20BB7}\u3002b', chars: 4 })
  })

  it('follows corrections', () => {
    const start = TEXT.indexOf('\u4e00\u3001')
    const correction = {
      id: 'c1',
      reportId: ID,
      kind: 'not-heading',
      start,
      end: start + 6,
      level: 0,
      createdAt: 1,
    } as unknown as Correction
    expect(inspected({ corrections: [correction] }).counts.L1).toBe(0)
  })
})

describe('the variables', () => {
  it('have their values and the place of each in the text', () => {
    const { meta } = inspected({})
    expect(meta).toMatchObject({
      title: TEXT.split('\n')[0],
      inferred_title: null,
      jurisdiction: '\u77f3\u5bb6\u5e84\u5e02',
      code: '130100',
      province: '\u6cb3\u5317\u7701',
      province_code: '130000',
      year_covered: 2023,
      publish_date: '2024-01-29',
      signatories: ['\u77f3\u5bb6\u5e84\u5e02\u4eba\u6c11\u653f\u5e9c'],
    })
    expect(meta.evidence.publish_date).toEqual({
      ...spanOf('2024\u5e741\u670829\u65e5'),
      text: '2024\u5e741\u670829\u65e5',
      origin: 'read',
    })
    const valued = [
      'title',
      'jurisdiction',
      'code',
      'level',
      'province',
      'year_covered',
      'signatories',
    ]
    for (const field of valued) expect(meta.evidence).toHaveProperty(field)
  })

  it('are what somebody decided, with the evidence that was given', () => {
    const { meta } = inspected({ values: readBut(byHand('year', 2022, [0, 3])) })
    expect(meta.year_covered).toBe(2022)
    expect(meta.evidence.year_covered).toMatchObject({ end_cp: 3, origin: 'by-hand' })
  })

  it('are missing where somebody took them out', () => {
    const values = readBut().filter(({ variable }) => variable !== 'date')
    const { meta } = inspected({ values })
    expect(meta.publish_date).toBeNull()
    expect(meta.evidence).not.toHaveProperty('publish_date')
  })

  it('are missing where the only one was taken out, and with them what follows', () => {
    const { meta } = inspected({ values: [], wasRead: true })
    expect(meta).toMatchObject({
      ...{ title: null, jurisdiction: null, province_code: null, year_covered: null },
      ...{ publish_date: null, signatories: [], issuers: [], evidence: {} },
    })
  })

  it('say what a title rests on that the text does not have', () => {
    const text = TEXT.split('\n').slice(1).join('\n')
    const { meta } = inspected({ text })
    expect(meta.title).toBeNull()
    expect(meta.title_evidence).toMatch(/^no title line; "[^"]+"(?: \+ "[^"]+")+$/)
    for (const [, quote = ''] of meta.title_evidence!.matchAll(/"([^"]+)"/g)) {
      expect(text).toContain(quote)
    }
    expect(inspected({}).meta.title_evidence).toBeNull()
  })

  it('are read from the text where the project never had any', () => {
    expect(inspected({ values: [] }).meta).toMatchObject({
      year_covered: 2023,
      issuers: ['\u77f3\u5bb6\u5e84\u5e02\u4eba\u6c11\u653f\u5e9c'],
    })
  })

  it('follow a place that somebody decided on', () => {
    const { meta } = inspected({ values: readBut(byHand('place', '\u897f\u585e\u5c71\u533a')) })
    expect(meta).toMatchObject({
      jurisdiction: '\u897f\u585e\u5c71\u533a',
      code: '420203',
      province: '\u6e56\u5317\u7701',
      province_code: '420000',
      parent: '\u9ec4\u77f3\u5e02',
      parent_code: '420200',
    })
    expect(meta.evidence.code).toMatchObject({ start_cp: null, text: null, origin: 'by-hand' })
  })

  it('do not keep the code of the place that was read for one that is unknown', () => {
    const { meta } = inspected({ values: readBut(byHand('place', '\u67d0\u65b0\u533a')) })
    expect(meta).toMatchObject({ jurisdiction: '\u67d0\u65b0\u533a', code: null })
  })

  it('include those that the researcher added', () => {
    const id = 'v1' as VariableId
    const variable = { id, name: 'quality', type: 'number' } as unknown as Variable
    const { meta } = inspected({ values: readBut(byHand(id, 4)), variables: [variable] })
    expect(meta.variables).toEqual({ quality: 4 })
    expect(meta.evidence.quality).toMatchObject({ origin: 'by-hand', text: null })
  })
})
