import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CorrectionId, ReportId } from '../../../shared/domain/id'
import type { Markup } from '../../../shared/domain/markup'
import {
  CORRECTION_KINDS,
  type Correction,
  type Span,
  type Structure,
} from '../../../shared/domain/structure'
import { structureOf } from '../../../shared/text/structure'

/** What texts are made of here: everything that a rule looks at, next to anything else. */
const pieces = fc.constantFrom(
  ...['\n', '\n', '\n', '\n\n', ' ', '\u00a0', '\u3000', '\t', '\t\t'],
  ...[
    '一\u3001',
    '二\u3001',
    '十一.',
    '(一)',
    '\uFF08二\uFF09',
    '1.',
    '2\uFF0E',
    '3\u3001',
    '(1)',
    '2\uFF09',
  ],
  ...[
    '①',
    '㈠',
    '第一章 ',
    '第二条\u3000',
    '第一部分',
    '### ',
    '附件\uFF1A1.',
    '目录',
    '1.26万',
    '第3页',
  ],
  ...[
    '一是',
    '二是',
    '三是',
    '一要',
    '二要',
    '首先\uFF0C',
    '其次\uFF0C',
    '第一\uFF0C',
    '第二,',
    '另一方面',
  ],
  ...['\u3002', '\uFF1B', ';', '\uFF0C', ',', '\uFF1A', ':', '\uFF01', '?', '\u3002\u201d', '.'],
  ...['\u300a', '\u300b', '(', ')', '\uFF08', '\uFF09', '\u201c', '\u201d', '\u3014', '\u3008'],
  ...[
    '返回首页',
    '打印本页',
    '- 3 -',
    '今天是2023年1月5日 星期四',
    '2023年1月5日',
    '保定市人民政府',
  ],
  // What lines hold that have lost their newlines.
  ...[
    '一\u3001甲\uFF08一\uFF09乙\u3002丙\u3002',
    '\u3002\uFF08二\uFF09丁\u3002戊\u3002',
    '\u3002一\u3001工作',
    '\u3002二\u3001问题 不足\u3002',
  ],
  ...['\u3002附件\uFF1A1.表', '\u3002某某县司法局2024年1月8日', '\uFF0C\n', '\u3002第二条 好'],
  ...['存在的问题', '下一步', '第一责任人', '工作打算', '法治政府建设情况的报告', '情况报告如下'],
  ...['\ud83c\udf3e', '\ud842\udfb7', '\ud83c', '\udf3e', 'a', '市', '推进依法行政工作', '2024年'],
)
const texts = fc.array(pieces, { maxLength: 60 }).map(parts => parts.join(''))

const spans = fc.tuple(fc.nat(200), fc.nat(200)).map(([a, b]) => ({ start: a, end: a + b }))
const corrections = fc.array(
  fc.record({
    kind: fc.constantFrom(...CORRECTION_KINDS),
    span: spans,
    level: fc.nat(10),
    createdAt: fc.nat(9),
  }),
  { maxLength: 6 },
)
const markups = fc
  .array(
    fc.record({
      span: spans,
      kind: fc.constantFrom('title' as const, 'heading' as const, 'aside' as const, 'row' as const),
      level: fc.nat(9),
    }),
    { maxLength: 5 },
  )
  .map((marks): Markup => {
    const inOrder = marks.map(({ span, kind, level }) => ({ ...span, kind, level }))
    inOrder.sort((a, b) => a.start - b.start || b.end - a.end)
    return { marks: inOrder, pages: [], properties: {} }
  })

/** Any text with any marks and any corrections, fitting or not. */
const worlds = fc
  .record({ text: texts, markup: markups, corrections })
  .map(({ text, markup, corrections: made }) => ({
    text,
    structure: structureOf(text, {
      markup,
      corrections: made.map(
        ({ kind, span, level, createdAt }, i): Correction => ({
          ...{ id: `c${i}` as CorrectionId, reportId: 'r' as ReportId },
          ...{ kind, level, createdAt, ...span },
        }),
      ),
    }),
  }))

describe('any text at all', () => {
  it('has spans within it, of some length, that split no pair', () => {
    fc.assert(
      fc.property(worlds, ({ text, structure }) => {
        for (const { start, end } of everySpan(structure)) {
          expect(start).toBeGreaterThanOrEqual(0)
          expect(end).toBeLessThanOrEqual(text.length)
          expect(start).toBeLessThan(end)
          expect([start, end].filter(at => splitsPair(text, at))).toEqual([])
        }
      }),
      { numRuns: 500 },
    )
  })

  it('has lines, paragraphs, sentences, clauses, parts and items that do not overlap', () => {
    fc.assert(
      fc.property(worlds, ({ structure }) => {
        const { lines, paragraphs, sentences, clauses, parts, enumerations } = structure
        const lists = [lines, paragraphs, sentences, clauses, parts]
        for (const list of [...lists, ...enumerations.map(({ items }) => items)]) {
          for (let i = 1; i < list.length; i++) {
            expect(list[i]!.start).toBeGreaterThanOrEqual(list[i - 1]!.end)
          }
        }
      }),
      { numRuns: 500 },
    )
  })

  it('has sentences that cover the paragraphs and clauses that cover the sentences', () => {
    fc.assert(
      fc.property(worlds, ({ text, structure }) => {
        const { paragraphs, sentences, clauses } = structure
        paragraphs.forEach((paragraph, i) => {
          const own = sentences.filter(({ paragraph: of }) => of === i)
          expect(uncovered(text, paragraph, own)).toBe('')
          for (const sentence of own) {
            expect(sentence.line).toBe(paragraph.line)
            const within = clauses.filter(clause => holds(sentence, clause))
            expect(uncovered(text, sentence, within)).toBe('')
          }
        })
        expect(sentences.every(({ paragraph }) => paragraph < paragraphs.length)).toBe(true)
        expect(clauses.every(one => sentences.some(whole => holds(whole, one)))).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  it('has headings on lines, items in paragraphs, and sections that nest', () => {
    fc.assert(
      fc.property(worlds, ({ text, structure }) => {
        const { headings, lines, paragraphs, enumerations } = structure
        headings.forEach((heading, i) => {
          expect(heading.n).toBe(i + 1)
          // A heading on its own may go on over the next line.
          const at = lines.findIndex(
            ({ start, end }) => start <= heading.start && heading.start < end,
          )
          const line = lines[at]!
          expect(line.line).toBe(heading.line)
          const more = lines.slice(at + 1).find(({ role }) => role !== 'aside')
          const isOver = heading.end > line.end && more?.role === 'heading'
          expect(heading.end).toBeLessThanOrEqual(isOver ? more.end : line.end)
          expect(line.role).toBe(heading.isRunIn ? 'paragraph' : 'heading')
          expect(text.slice(heading.start, heading.end)).toContain(heading.marker)
          const parent = heading.parent === null ? null : headings[heading.parent - 1]!
          if (parent) {
            expect(parent.level).toBeLessThan(heading.level)
            expect(parent.n).toBeLessThan(heading.n)
            expect(parent.sectionEnd).toBeGreaterThanOrEqual(heading.sectionEnd)
          }
          const next = headings[i + 1]
          if (next && next.parent !== heading.n) {
            expect(heading.sectionEnd).toBeLessThanOrEqual(next.start)
          }
        })
        for (const { items, line } of enumerations) {
          expect(paragraphs.find(each => holds(each, items[0]!))?.line).toBe(line)
          const isWithinOne = (item: Span) => paragraphs.some(each => holds(each, item))
          expect(items.every(isWithinOne)).toBe(true)
          expect(items.map(({ n }) => n)).toEqual(items.map((_, k) => k + 1))
        }
      }),
      { numRuns: 500 },
    )
  })

  it('comes apart in the same way each time', () => {
    fc.assert(
      fc.property(texts, text => {
        expect(structureOf(text)).toEqual(structureOf(text))
      }),
    )
  })

  it('takes corrections that do not fit it as none at all', () => {
    fc.assert(
      fc.property(texts, fc.constantFrom(...CORRECTION_KINDS), (text, kind) => {
        const at = text.length + 5
        const wrong: Correction = {
          ...{ id: 'c' as CorrectionId, reportId: 'r' as ReportId },
          ...{ kind, level: 1, createdAt: 1, start: at, end: at + 3 },
        }
        expect(structureOf(text, { corrections: [wrong] })).toEqual(structureOf(text))
      }),
    )
  })
})

/** A report of every kind of line, so that a disturbance has something to disturb. */
const REPORT = [
  '某某市人民政府办公室',
  '关于某某市2023年度法治政府建设情况的报告',
  '\u30002023年\uFF0C市政府坚持依法行政\uFF0C各项工作取得成效\u3002现将有关情况报告如下\uFF1A',
  '一\u3001主要举措和成效',
  '\uFF08一\uFF09依法履行职能\u3002一是简化流程\u3002办件提速\uFF1B群众满意\u3002二是优化服务\u3002',
  '1.规范执法\u3002全年办理案件26件\u3002',
  '2.加强监督\u3002全年通报3次\u3002',
  '\uFF08二\uFF09领导带头履职',
  '主要负责同志履行推进法治建设第一责任人职责\uFF0C多次听取汇报\u3002',
  '二\u3001存在的问题',
  '一些部门《某某办法\u3002(试行)》执行不严\uFF01队伍还需加强\u3002',
  '三\u3001下一步打算',
  '抓好落实\u3002',
  '某某市人民政府',
  '2024年1月5日',
]

const NOISE = [
  '',
  '\u3000\u00a0',
  '返回首页',
  '您所在的位置\uFF1A首页 > 政务公开 > 工作报告',
  '今天是:2019年10月31日 星期三 农历九月廿三',
  '发布日期\uFF1A2023-02-08',
  '时间:2018-05-03 浏览次数:',
  '来源\uFF1A司法局 浏览次数\uFF1A12 字体\uFF1A[ 大 中 小 ]',
  '文章来源:司法局 更新时间:2021/03/29 11:30:01',
  '【打印本页】 【关闭窗口】',
  '分享到\uFF1A微信 微博 QQ空间',
  '无障碍 简体| 繁体',
  '扫一扫在手机打开当前页',
  '上一篇\uFF1A某某县2022年法治政府建设情况报告',
  '下一篇:没有了',
  '- 3 -',
  '\u2014 12 \u2014',
  '第 3 页 共 9 页',
  '版权所有\uFF1A某某市人民政府办公室',
  '冀ICP备05000001号 冀公网安备 13060002000001号',
  '--------------------',
]

it.each(NOISE)('is the same around the line %j, wherever that stands', noise => {
  const plain = structureOf(REPORT.join('\n'))
  for (let at = 0; at <= REPORT.length; at++) {
    const lines = [...REPORT.slice(0, at), noise, ...REPORT.slice(at)]
    const text = lines.join('\n')
    const structure = structureOf(text)
    const place = REPORT.slice(0, at).join('\n').length + (at > 0 ? 1 : 0)
    const shifted = without(structure, { line: at, place, length: noise.length + 1 })
    expect(shifted).toEqual(without(plain, null))
  }
})

it('is the same with any number of such lines in any places', () => {
  const plain = sayings(REPORT.join('\n'))
  const places = fc.array(fc.tuple(fc.nat(REPORT.length), fc.constantFrom(...NOISE)))
  fc.assert(
    fc.property(places, inserted => {
      const lines = REPORT.flatMap((line, i) => [
        ...inserted.filter(([at]) => at === i).map(([, noise]) => noise),
        line,
      ])
      expect(sayings(lines.join('\n'))).toEqual(plain)
    }),
  )
})

/** Everything that a structure says, by the words of the text instead of by offsets. */
function sayings(text: string) {
  const said = ({ start, end }: Span) => text.slice(start, end)
  const { headings, paragraphs, sentences, clauses, parts, lines, absent, enumerations } =
    structureOf(text)
  return {
    lines: lines.filter(({ role }) => role !== 'aside').map(line => [line.role, said(line)]),
    headings: headings.map(heading => [heading.level, heading.parent, said(heading)]),
    paragraphs: paragraphs.map(paragraph => [paragraph.heading, said(paragraph)]),
    sentences: sentences.map(said),
    clauses: clauses.map(said),
    items: enumerations.flatMap(({ items }) => items.map(said)),
    parts: parts.map(({ part, isHeaded }) => [part, isHeaded]),
    absent,
  }
}

interface Inserted {
  readonly line: number
  readonly place: number
  readonly length: number
}

/** A structure as it would be had a line not been put in. */
function without(structure: Structure, inserted: Inserted | null) {
  const back = (at: number) =>
    inserted && at >= inserted.place + inserted.length ? at - inserted.length : at
  const lineBack = (line: number) => (inserted && line > inserted.line ? line - 1 : line)
  const shifted = <S extends Span & { readonly line: number }>(span: S): S => ({
    ...span,
    start: back(span.start),
    end: back(span.end),
    line: lineBack(span.line),
  })
  return {
    lines: structure.lines.filter(({ role }) => role !== 'aside').map(shifted),
    headings: structure.headings.map(({ sectionEnd: _, ...heading }) => ({
      ...shifted(heading),
      bodyStart: heading.bodyStart === null ? null : back(heading.bodyStart),
    })),
    paragraphs: structure.paragraphs.map(shifted),
    sentences: structure.sentences.map(shifted),
    clauses: structure.clauses.map(shifted),
    parts: structure.parts.map(({ part, start, end, firstLine, lastLine, isHeaded }) => ({
      ...{ part, isHeaded, start: back(start), end: back(end) },
      ...{ firstLine: lineBack(firstLine), lastLine: lineBack(lastLine) },
    })),
    absent: structure.absent,
    leaderDuty: structure.leaderDuty && {
      start: back(structure.leaderDuty.start),
      end: back(structure.leaderDuty.end),
    },
  }
}

function everySpan(structure: Structure): Span[] {
  const { lines, headings, parts, enumerations, paragraphs, sentences, clauses } = structure
  const { warnings, leaderDuty } = structure
  const items = enumerations.flatMap(each => each.items)
  const sections = headings.map(({ start, sectionEnd }) => ({ start, end: sectionEnd }))
  const bodies = headings.flatMap(({ start, bodyStart }) =>
    bodyStart === null ? [] : [{ start, end: bodyStart }],
  )
  return [lines, headings, sections, bodies, parts, items, paragraphs, sentences, clauses, warnings]
    .flat()
    .concat(leaderDuty ? [leaderDuty] : [])
}

function holds(whole: Span, part: Span): boolean {
  return whole.start <= part.start && part.end <= whole.end
}

function uncovered(text: string, whole: Span, parts: readonly Span[]): string {
  let left = ''
  let from = whole.start
  for (const { start, end } of parts) {
    left += text.slice(from, start)
    from = end
  }
  return (left + text.slice(from, whole.end)).replace(/[\s\u200b]/g, '')
}

function splitsPair(text: string, at: number): boolean {
  const isHigh = (text.charCodeAt(at - 1) & 0xfc00) === 0xd800
  return at > 0 && isHigh && (text.charCodeAt(at) & 0xfc00) === 0xdc00
}
