import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ReportId } from '../../../shared/domain/id'
import { NO_MARKUP } from '../../../shared/domain/markup'
import { hanIn, metaOf, type ReportMeta, valuesOf } from '../../../shared/text/meta'
import { structureOf } from '../../../shared/text/structure'

const SHARED = fileURLToPath(new URL('../../../../shared/data', import.meta.url))
const GOLDEN = `${SHARED}/golden/structure.json`

describe.skipIf(!existsSync(GOLDEN))('on real reports', () => {
  const golden = existsSync(GOLDEN) ? JSON.parse(readFileSync(GOLDEN, 'utf8')).docs : []

  it.each(golden as GoldenReport[])('reads the variables of $file', report => {
    const { meta, han, length_cp } = report
    const found = readMeta(seed(report.file))
    expect(asGolden(found)).toEqual({
      title: null,
      inferred_title: meta.inferred_title,
      jurisdiction: meta.jurisdiction,
      code: meta.code,
      level: meta.level,
      province: meta.province,
      province_code: meta.province_code,
      parent: meta.parent ?? null,
      parent_code: meta.parent_code ?? null,
      year_covered: meta.year_covered,
      publish_date: meta.publish_date,
      signatories: meta.signatories,
      voice: meta.voice,
      han,
      length_cp,
    })
  })

  it('reads the variables of a report signed by Party and government in one line', () => {
    expect(asGolden(readMeta(seed('001_bde659d87634349d.txt')))).toMatchObject({
      inferred_title: '四平市2023年度法治政府建设情况报告',
      code: '220300',
      level: '市(地级)',
      province: '吉林省',
      year_covered: 2023,
      publish_date: '2024-01-29',
      signatories: ['中共四平市委', '四平市人民政府'],
      han: 2962,
      length_cp: 3536,
    })
  })

  it('reads the variables of a report with a title and spaces after its signature', () => {
    expect(asGolden(readMeta(seed('003_d2cba6cb4c440230.txt')))).toMatchObject({
      title: '保定市人民政府关于保定市2022年度法治政府建设情况的报告',
      inferred_title: null,
      code: '130600',
      year_covered: 2022,
      publish_date: '2023-03-16',
      signatories: ['保定市人民政府'],
      han: 6413,
      length_cp: 7664,
    })
  })
})

const SIGNED = [
  '桃源县人民政府关于2022年度法治政府建设情况的报告',
  '2022年，桃源县坚持依法治县，湖南省、常德市多次指导。现将有关情况报告如下：',
  '一、主要工作',
  '我县开展执法检查12次。',
  '中共桃源县委　桃源县人民政府',
  '2023年2月3日',
].join('\n')

it('gives every variable the place that it was read from', () => {
  const rows = valuesOf(readMeta(SIGNED), 'r1' as ReportId)
  const quoted = rows.map(({ variable, value, origin, start, end }) => {
    const quote = start === null || end === null ? null : SIGNED.slice(start, end)
    return [variable, value, origin, quote]
  })
  expect(quoted).toEqual([
    ['title', SIGNED.split('\n')[0], 'read', SIGNED.split('\n')[0]],
    ['place', '桃源县', 'read', '桃源县'],
    ['place_code', '430725', 'read', '桃源县'],
    ['level', '县', 'read', '桃源县'],
    ['province', '湖南省', 'read', '湖南省'],
    ['parent', '常德市', 'read', '常德市'],
    ['year', 2022, 'read', '2022年度'],
    ['date', '2023-02-03', 'read', '2023年2月3日'],
    ['issuers', '中共桃源县委; 桃源县人民政府', 'read', '中共桃源县委　桃源县人民政府'],
  ])
})

it('asks which place is meant, and gives no code, where a name is borne by several', () => {
  const text =
    '鼓楼区2023年法治政府建设情况报告\n2023年，鼓楼区依法行政。\n一、主要工作\n我区普法。'
  const meta = readMeta(text)
  const asked = valuesOf(meta, 'r1' as ReportId).filter(row => row.origin === 'ask')
  expect(asked.map(row => [row.variable, row.value])).toEqual([['place', '鼓楼区']])
  expect(meta.candidates.map(({ parent }) => parent)).toEqual([
    '南京市',
    '徐州市',
    '福州市',
    '开封市',
  ])
  expect(meta.code).toBeNull()
})

it('joins a title of several lines, once where it stands twice, and leaves the site out', () => {
  const lines = ['中共永嘉县委', '永嘉县人民政府', '关于2022年度法治政府建设情况的报告']
  const text = `${lines.join('\n')}\n2022年，永嘉县依法行政。\n一、主要工作\n我县普法。`
  expect(readMeta(text).title?.value).toBe(`${lines[0]} ${lines[1]}${lines[2]}`)
  const title = '静海区2023年度法治政府建设情况报告'
  const twice = `${title}\n来源：区政府办 发布时间：2024-03-28\n${title}\n2023年，静海区依法行政。`
  expect(readMeta(twice).title?.value).toBe(title)
})

it('takes no year from a range that the title cites, nor from a document number', () => {
  const title = '关于贯彻落实《法治政府建设实施纲要（2021—2025年）》情况的报告'
  const text = `${title}\n泾政〔2023〕5号\n今年以来，我县依法行政。\n一、主要工作\n我县普法。\n泾县人民政府\n2023年12月8日`
  expect(readMeta(text).yearCovered).toMatchObject({ value: 2023, origin: 'inferred' })
})

it('leaves the year open where a title names several, and says which', () => {
  const text = '鹤壁市2016—2020年法治政府建设情况报告\n五年来，鹤壁市依法行政。'
  const { yearCovered, period } = readMeta(text)
  expect([yearCovered, period?.from, period?.to]).toEqual([null, 2016, 2020])
})

it('uses nothing that the file says of when it was saved', () => {
  const text = '桃源县2022年法治政府建设情况报告\n2022年，桃源县依法行政。'
  const markup = { ...NO_MARKUP, properties: { created: '2023-05-05', title: '无标题' } }
  expect(metaOf(text, structureOf(text), markup).publishDate).toBeNull()
})

it('counts Chinese characters beyond the first plane, and no punctuation', () => {
  expect(hanIn('中，〇a１。\u{2CB4E}\u4DBF')).toBe(3)
})

const PIECES = fc.constantFrom(
  '石家庄市',
  '朝阳区',
  '湖北省',
  '黄石市',
  '城区',
  '镇',
  '人民政府',
  '关于',
  '2023年',
  '2022年度',
  '二〇二三年一月',
  '现将',
  '情况报告',
  '如下',
  '今年以来',
  '发布日期：',
  '一、',
  '（一）',
  '《',
  '》',
  '〔',
  '，',
  '。',
  '\n',
  '\u3000',
  '\u{2CB4E}',
  '\uD840',
  '—',
)

it('never throws, and its evidence is within the text', () => {
  const texts = fc.oneof(
    fc.array(PIECES, { maxLength: 60 }).map(pieces => pieces.join('')),
    fc.string({ unit: 'binary', maxLength: 80 }),
  )
  fc.assert(
    fc.property(texts, text => {
      for (const { start, end } of valuesOf(readMeta(text), 'r' as ReportId)) {
        if (start === null || end === null) continue
        expect(0 <= start && start <= end && end <= text.length).toBe(true)
      }
    }),
    { numRuns: 400 },
  )
})

interface GoldenReport {
  readonly file: string
  readonly han: number
  readonly length_cp: number
  readonly meta: Readonly<Record<string, unknown>>
}

function seed(file: string): string {
  return readFileSync(`${SHARED}/seeds/${file}`, 'utf8').replace(/\r\n?/g, '\n')
}

function readMeta(text: string): ReportMeta {
  return metaOf(text, structureOf(text), NO_MARKUP)
}

function asGolden(meta: ReportMeta): Readonly<Record<string, unknown>> {
  return {
    title: meta.title?.value ?? null,
    inferred_title: meta.inferredTitle?.value ?? null,
    jurisdiction: meta.jurisdiction?.value ?? null,
    code: meta.code?.value ?? null,
    level: meta.level?.value ?? null,
    province: meta.province?.value ?? null,
    province_code: meta.provinceCode?.value ?? null,
    parent: meta.parent?.value ?? null,
    parent_code: meta.parentCode?.value ?? null,
    year_covered: meta.yearCovered?.value ?? null,
    publish_date: meta.publishDate?.value ?? null,
    signatories: meta.signatories.map(({ value }) => value),
    voice: meta.voice,
    han: meta.hanChars,
    length_cp: meta.chars,
  }
}
