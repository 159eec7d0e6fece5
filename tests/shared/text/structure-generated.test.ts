import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Structure } from '../../../shared/domain/structure'
import { structureOf } from '../../../shared/text/structure'
import {
  expectedOf,
  type OfficialLine,
  type OfficialText,
  saidOf,
  textOf,
  wide,
} from './official-texts'

// Texts that a grammar makes, so that it is known what stands in them.

const NUMERALS = '一二三四五六七八九十'

const titles = fc.constantFrom(
  ...['加强组织领导', '规范执法行为,提升执法质效', '深化“放管服”改革', '推进《某某纲要》落实'],
  ...['2023年工作开展情况', '三大攻坚战取得新进展', '强化监督(试行)', '以评促改、以改促优'],
)
const sentences = fc.constantFrom(
  ...[
    '全年办理案件1.26万余件,办结率99.2%。',
    '召开会议12次;下发文件36份。',
    '十届六次、七次全会作出部署。',
  ],
  ...['一是压实责任。二是强化督查。', '认真履行第一责任人职责。', '(2021-2025年)规划有序推进。'],
  ...[
    '印发《某某办法。(试行)》和《某某细则》。',
    '会议指出:“要真抓实干。”各地积极响应。',
    '真的管用吗?群众说了算!',
  ],
  ...[
    '三、四线城市加快发展。',
    '一网通办“零距离”。',
    '按照第三条第(一)项办理。',
    '5、6月份开展检查……成效明显。',
  ],
)
const bodies = fc
  .array(sentences, { minLength: 1, maxLength: 4 })
  .map(parts => `各级各部门${parts.join('')}`)

/** How the sections of one level count, and whether their headings stand alone. */
interface Style {
  readonly level: number
  readonly isRunIn: boolean
  marker(number: number): string
}

const dun: Style['marker'] = n => `${NUMERALS[n - 1]}、`
const paren: Style['marker'] = n => `(${NUMERALS[n - 1]})`
const styles = fc.record({
  top: fc.boolean().map((isRunIn): Style => ({ level: 1, isRunIn, marker: dun })),
  middle: fc.boolean().map((isRunIn): Style => ({ level: 2, isRunIn, marker: paren })),
  low: fc
    .tuple(fc.boolean(), fc.constantFrom('.', '、', '\uFF0E'))
    .map(([isRunIn, sign]): Style => ({ level: 3, isRunIn, marker: n => `${n}${sign}` })),
})

interface Section {
  readonly title: string
  readonly body: string
  readonly below: readonly Section[]
}

/** At the lowest level single sections with text, else up to four with others below them or none. */
function sectionsOf(depth: number): fc.Arbitrary<Section[]> {
  const below = depth === 0 ? fc.constant([]) : sectionsOf(depth - 1)
  const section = fc.record({ title: titles, body: bodies, below })
  return fc.array(section, { minLength: depth === 2 ? 1 : 0, maxLength: depth === 2 ? 5 : 3 })
}

function linesOf(sections: readonly Section[], styles: readonly Style[]): OfficialLine[] {
  const [style, ...lower] = styles
  if (!style) return []
  return sections.flatMap(({ title, body, below }, i): OfficialLine[] => {
    const heading = `${style.marker(i + 1)}${title}`
    const inner = linesOf(below, lower)
    if (style.isRunIn) {
      return [{ says: `r${style.level}`, words: `${heading}。${body}` }, ...inner]
    }
    const own = { says: `${style.level}`, words: heading }
    return inner.length > 0 ? [own, ...inner] : [own, { says: 'P', words: body }]
  })
}

const fronts: readonly (readonly OfficialLine[])[] = [
  [],
  [{ says: 'T', words: '某某市2023年度法治政府建设情况报告' }],
  [
    { says: 'T', words: '某某市人民政府' },
    { says: 'T', words: '关于2023年度法治政府建设情况的报告' },
    { says: 'P', words: '省人民政府:' },
    { says: 'P', words: '现将有关情况报告如下:' },
  ],
  [
    { says: 'T', words: '某某省人民政府关于加强某某工作的意见' },
    { says: 'A', words: '某政发〔2023〕6号' },
    { says: 'P', words: '各市、县人民政府:' },
    { says: 'P', words: '为做好工作,现提出如下意见。' },
  ],
]
const backs: readonly (readonly OfficialLine[])[] = [
  [],
  [
    { says: 'S', words: '中共某某县委 某某县人民政府' },
    { says: 'D', words: '2024年1月8日' },
  ],
  [
    { says: 'P', words: '附件:1.统计表' },
    { says: 'P', words: '2.说明' },
    { says: 'S', words: '某某市司法局' },
    { says: 'D', words: '二〇二四年三月一日' },
    { says: 'S', words: '(此件公开发布)' },
  ],
]

const texts = fc
  .record({
    front: fc.constantFrom(...fronts),
    back: fc.constantFrom(...backs),
    styles,
    sections: sectionsOf(2),
    isWide: fc.boolean(),
    indent: fc.constantFrom('', '\u3000\u3000', '\u00a0 \u00a0 '),
    between: fc.constantFrom('\n', '\n\n', '\n\u3000\n'),
  })
  .map(({ front, back, styles, sections, isWide, indent, between }): OfficialText => {
    const { top, middle, low } = styles
    const lines = [...front, ...linesOf(sections, [top, middle, low]), ...back]
    const set = lines.map(({ says, words }) => {
      const sized = isWide ? wide(words) : words
      return { says, words: indent + sized }
    })
    return textOf('generated', set, between)
  })

const NOISE = [
  ...[
    '返回首页',
    '- 3 -',
    '第 3 页 共 9 页',
    '您的位置:首页 > 政务公开',
    '今天是2026年3月5日 星期四',
  ],
  ...['【打印本页】 【关闭窗口】', '浏览次数:318', '字体:大 中 小', '扫一扫在手机打开当前页'],
  ...['责任编辑:张某', '版权所有:某某市人民政府办公室', '冀ICP备05000001号', '分享到:微信 微博'],
]

describe('a text that a grammar makes', () => {
  it('is read as it was made', () => {
    fc.assert(
      fc.property(texts, given => {
        expect(saidOf(given.text, structureOf(given.text))).toEqual(expectedOf(given))
      }),
      { numRuns: 400 },
    )
  })

  it('is read as it was made with any noise between its lines', () => {
    const noise = fc.array(fc.tuple(fc.nat(60), fc.constantFrom(...NOISE)), { maxLength: 8 })
    fc.assert(
      fc.property(texts, noise, ({ kind, lines }, inserted) => {
        const noisy = lines.flatMap((line, at) => [
          ...inserted.flatMap(([place, words]) => (place === at ? [{ says: 'A', words }] : [])),
          line,
        ])
        const given = textOf(kind, noisy)
        expect(saidOf(given.text, structureOf(given.text))).toEqual(expectedOf(given))
      }),
      { numRuns: 400 },
    )
  })

  it('has the same headings when its newlines are lost, wherever full stops tell them', () => {
    const stopped = texts.filter(({ lines }) =>
      lines.every(({ says, words }) => !/^[1-5TSDA]$/.test(says) && !/[:;]$|附件|说明/.test(words)),
    )
    fc.assert(
      fc.property(stopped, ({ kind, lines }) => {
        const tops = lines.filter(({ says }) => says !== 'r3').map(line => line)
        const bare = tops.map(({ says, words }) => ({ says, words: words.trim() }))
        fc.pre(bare.length > 1)
        const { text } = textOf(kind, bare, '')
        expect(headingsOf(text, structureOf(text))).toEqual(
          headingsOf(bare.map(({ words }) => words).join('\n')),
        )
      }),
      { numRuns: 200 },
    )
  })
})

function headingsOf(text: string, structure: Structure = structureOf(text)): string[] {
  return structure.headings.map(({ level, start, end }) => `${level} ${text.slice(start, end)}`)
}
