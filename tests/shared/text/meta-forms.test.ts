import { describe, expect, it } from 'vitest'
import { NO_MARKUP } from '../../../shared/domain/markup'
import { metaOf, type ReportMeta } from '../../../shared/text/meta'
import { structureOf } from '../../../shared/text/structure'
import { wide } from './official-texts'

// What invented reports of many senders say of themselves, in half and in full width.

const BODY = '坚持依法行政,工作取得成效。现将情况报告如下:\n一、主要举措\n全年办理案件26件。'

interface Form {
  readonly above: string
  readonly below?: string
  readonly says: Partial<ReturnType<typeof plain>>
}

const FORMS: readonly Form[] = [
  {
    above: '保定市司法局2023年度法治政府建设情况报告\n2023年,市司法局',
    below: '保定市司法局\n2024年1月8日',
    says: { place: '保定市', date: '2024-01-08', signed: ['保定市司法局'], year: 2023 },
  },
  {
    above: '清苑区司法局2023年法治政府建设年度报告\n2023年,我局',
    says: { place: '清苑区', level: '区(市辖区)', signed: [], issued: ['清苑区司法局'] },
  },
  {
    above: '2023年度法治政府建设情况报告\n今年以来,固安县',
    below: '中共固安县委 固安县人民政府\n二〇二四年二月一日',
    says: { place: '固安县', signed: ['中共固安县委', '固安县人民政府'], date: '2024-02-01' },
  },
  {
    above: '今年以来,我区',
    below: '中共朝阳区委 朝阳区人民政府\n2024年2月1日',
    says: { place: '朝阳区', asks: 2, code: null, year: 2023, title: null },
  },
  {
    above: '北京市朝阳区人民政府关于2023年度法治政府建设情况的报告\n我区',
    says: { place: '朝阳区', code: '110105', parent: '北京市', asks: 0 },
  },
  {
    above: '襄樊市2009年依法行政工作情况报告\n2009年,襄樊市',
    below: '襄樊市人民政府\n2010年1月20日',
    says: { place: '襄樊市', code: '420600', year: 2009, date: '2010-01-20' },
  },
  {
    above: '关于2023年度法治政府建设\n情况的报告\n牛驼镇人民政府\n(2024年1月8日)\n牛驼镇',
    says: {
      ...{ title: '关于2023年度法治政府建设情况的报告', place: '牛驼镇', level: '镇' },
      ...{ signed: ['牛驼镇人民政府'], date: '2024-01-08' },
    },
  },
  {
    above: '河北省石家庄市长安区青园街道办事处2023年法治政府建设工作总结\n2023年,青园街道',
    below: '青园街道办事处\n2024年1月5日',
    says: { place: '青园街道', level: '街道', parent: '长安区', province: '河北省' },
  },
  {
    above: '石家庄高新技术产业开发区2023年法治政府建设情况报告\n2023年,高新区',
    below: '石家庄高新技术产业开发区管理委员会\n2024年1月8日',
    says: { level: '开发区', parent: '石家庄市', code: null, date: '2024-01-08' },
  },
  {
    above: '新疆生产建设兵团第八师石河子市2023年法治政府建设情况报告\n2023年,八师石河子市',
    says: { place: '石河子市', code: '659001', province: '新疆维吾尔自治区' },
  },
  {
    above: '重庆市2023年法治政府建设情况报告\n2023年,重庆市',
    says: { place: '重庆市', level: '市(直辖)', province: '重庆市', parent: null },
  },
  {
    above: '石家庄市人民政府\n关于2023 年度法治政府建设情况的报告\n省人民政府:\n2023 年,我市',
    says: { place: '石家庄市', year: 2023, issued: ['石家庄市人民政府'] },
  },
  {
    above:
      '石家庄市人民政府文件\n石政发〔2024〕3号\n签发人:张某\n石家庄市人民政府\n关于2023年度法治政府建设情况的报告\n省人民政府:\n我市',
    below: '石家庄市人民政府\n2024年3月8日',
    says: {
      title: '石家庄市人民政府关于2023年度法治政府建设情况的报告',
      ...{ date: '2024-03-08', year: 2023 },
    },
  },
  {
    above:
      '今天是2026年3月5日 星期四\n首页 > 公开\n石家庄市2023年法治政府建设情况报告\n2023年,我市',
    says: { date: null, year: 2023 },
  },
  {
    above: '当前时间:2026-03-05 10:22:33\n石家庄市2023年法治政府建设情况报告\n2023年,我市',
    says: { date: null },
  },
  {
    above:
      '今天是2026年3月5日 星期四\n石家庄市2023年法治政府建设情况报告\n发布时间:2024-03-08 10:22 来源:市司法局 浏览次数:88\n2023年,我市',
    says: { date: '2024-03-08', title: '石家庄市2023年法治政府建设情况报告' },
  },
  {
    above:
      '石家庄市2023年法治政府建设情况报告\n石家庄市2023年法治政府建设情况报告\n更新时间:2024-03-08\n2023年,我市',
    says: { date: '2024-03-08', title: '石家庄市2023年法治政府建设情况报告' },
  },
  {
    above:
      '固安县2023年政府工作报告\n——2024年1月8日在固安县第十七届人民代表大会上\n县长 张某某\n我县',
    says: { title: '固安县2023年政府工作报告', year: 2023, date: null, signed: [] },
  },
  {
    above: '固安县2023年法治政府建设情况报告\n固安县人民政府\n2023年,我县',
    says: { signed: ['固安县人民政府'], date: null },
  },
  {
    above:
      '石家庄市2023年国民经济和社会发展统计公报\n石家庄市统计局\n国家统计局石家庄调查队\n2024年3月20日\n2023年,全市',
    says: { signed: ['石家庄市统计局', '国家统计局石家庄调查队'], date: '2024-03-20' },
  },
  {
    above:
      '国务院关于加强某某工作的指导意见\n国发〔2022〕14号\n各省、自治区、直辖市人民政府:\n各地',
    below: '国务院\n2022年6月6日',
    says: { place: null, level: '国家', year: null, date: '2022-06-06', signed: ['国务院'] },
  },
]

describe.each([
  ['half', (text: string) => text],
  ['full', wide],
])('in %s width', (_, of) => {
  it.each(FORMS.map((form, at) => [form.above.split('\n')[0], at] as const))('%s (%i)', (_, at) => {
    const { above, below, says } = FORMS[at]!
    const text = of(`${above}${BODY}${below === undefined ? '' : `\n${below}`}`)
    const structure = structureOf(text)
    const found = plain(metaOf(text, structure, NO_MARKUP))
    const wanted = says.title ? { ...says, title: of(says.title) } : says
    expect(found).toMatchObject(wanted)
    // Every sentence of the text itself stays text.
    expect(structure.sentences.length).toBeGreaterThanOrEqual(3)
  })
})

it('does not take those above a township for who speaks', () => {
  const text = `某某镇2023年工作总结\n今年以来,我镇在县委、县政府的领导下,${BODY}`
  expect(metaOf(text, structureOf(text), NO_MARKUP).voice).not.toMatch(/party/)
})

function plain(meta: ReportMeta) {
  return {
    title: meta.title?.value ?? null,
    place: meta.jurisdiction?.value ?? null,
    asks: meta.candidates.length,
    code: meta.code?.value ?? null,
    level: meta.level?.value ?? null,
    province: meta.province?.value ?? null,
    parent: meta.parent?.value ?? null,
    year: meta.yearCovered?.value ?? null,
    date: meta.publishDate?.value ?? null,
    signed: meta.signatories.map(({ value }) => value),
    issued: meta.issuers.map(({ value }) => value),
  }
}
