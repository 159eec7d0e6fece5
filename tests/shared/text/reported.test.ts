import { describe, expect, it } from 'vitest'
import { NO_MARKUP } from '../../../shared/domain/markup'
import { metaOf } from '../../../shared/text/meta'
import { structureOf } from '../../../shared/text/structure'
import { wide } from './official-texts'

// Invented texts in odd forms that real reports have, each of which was once misread.

function partsOf(...lines: string[]): string[] {
  const { parts } = structureOf(lines.join('\n'))
  const told = parts.map(({ part, firstLine, lastLine }) => `${part} ${firstLine}-${lastLine}`)
  const other = structureOf(wide(lines.join('\n'))).parts
  expect(other.map(({ part }) => part)).toEqual(parts.map(({ part }) => part))
  return told
}

function metaIn(...lines: string[]) {
  return metaOf(lines.join('\n'), structureOf(lines.join('\n')), NO_MARKUP)
}

describe('parts', () => {
  it('hold to the year of the report, whatever years its preamble names before', () => {
    for (const opening of [
      '党的二十大以来，2021年我县获评全省示范县，2022年我县推进。',
      '2021年8月中央印发《法治政府建设实施纲要（2021-2025年）》以来，我县认真落实。现将情况报告如下：',
    ]) {
      expect(
        partsOf(
          '岚县2022年度法治政府建设情况报告',
          opening,
          ...['一、2022年主要工作', '好。', '二、2023年工作安排', '干。'],
        ),
      ).toEqual(['preamble 1-1', 'achievements 2-3', 'next_steps 4-5'])
    }
  })

  it.each(['加强党的领导，谋划工作思路', '细化工作安排', '落实下一步改革举措'])(
    'do not turn at a plan in passing: %s',
    title => {
      expect(
        partsOf(
          '岚县2022年度法治政府建设情况报告',
          '2022年，我县推进。',
          ...['一、加强领导', '好。', `二、${title}`, '好。', '三、规范执法', '好。'],
          ...['四、存在问题', '少。', '五、下一步打算', '干。'],
        ),
      ).toEqual(['preamble 1-1', 'achievements 2-7', 'problems 8-9', 'next_steps 10-11'])
    },
  )

  it.each([
    ['在肯定成绩的同时，也要看到存在的差距和不足。', 'problems'],
    ['主要问题：人少。', 'problems'],
    ['问题与不足：人少。', 'problems'],
    ['虽然取得一定成绩，但与期待相比还有差距。', 'problems'],
    ['下一年度，我县将重点做好：一是学习。二是执法。', 'next_steps'],
    ['我县将在今后工作中继续推进。', 'next_steps'],
  ])('begin with a paragraph that says so: %s', (paragraph, part) => {
    expect(
      partsOf(
        '岚县2022年度法治政府建设情况报告',
        '2022年，我县推进。',
        ...['一、加强领导', '好。', '二、规范执法', '好。', paragraph],
      ),
    ).toEqual(['preamble 1-1', 'achievements 2-5', `${part} 6-6`])
  })

  it('are told in traditional characters, too', () => {
    expect(
      partsOf(
        '深圳市2022年度法治政府建設情況報告',
        '2022年，我市認真貫徹。現將有關情況報告如下：',
        ...['一、主要舉措和成效', '（一）完善制度。制定規章5部。', '二、存在的問題'],
        ...['一是執法力量不足。二是監督不夠。', '三、下一步工作安排', '繼續推進。'],
      ),
    ).toEqual(['preamble 1-1', 'achievements 2-3', 'problems 4-5', 'next_steps 6-7'])
  })
})

it('lets a last run-in heading be one above the formula that ends a letter', () => {
  const { headings } = structureOf(
    [
      '大宁县2022年法治政府建设情况报告',
      '2022年，大宁县推进。',
      ...['一、2023年工作安排', '（一）抓学习。', '（二）抓落实。', '特此报告。'],
      ...['大宁县人民政府', '2023年1月5日'],
    ].join('\n'),
  )
  expect(headings.map(({ isRunIn }) => isRunIn)).toEqual([false, true, true])
})

describe('variables', () => {
  it.each([
    ['岚 县 司 法 局', '岚县司法局'],
    ['岚\u3000县\u3000人\u3000民\u3000政\u3000府', '岚县人民政府'],
  ])('know a signature whose letters stand apart: %s', (written, name) => {
    const meta = metaIn(
      '关于2022年法治政府建设情况的报告',
      '2022年，推进工作。',
      ...['一、做法', '好。', written, '2023年1月5日'],
    )
    expect(meta.signatories.map(({ value }) => value)).toEqual([name])
    expect([meta.jurisdiction?.value, meta.code?.value]).toEqual(['岚县', '141127'])
  })

  it('take the year that is announced where the title names the year of writing', () => {
    const meta = metaIn(
      '关于2023年法治政府建设情况的报告',
      '县委：',
      '2022年，我局认真履职，现将2022年度工作情况报告如下：',
      ...['一、2022年工作情况', '好。', '二、2023年工作安排', '干。'],
      ...['隰县司法局', '2023年1月12日'],
    )
    expect(meta.yearCovered?.value).toBe(2022)
  })

  it('take the year of a report that a letter sends', () => {
    const meta = metaIn(
      '关于报送《甘谷县2022年法治政府建设情况报告》的函',
      '市委依法治市办：',
      '现将《甘谷县2022年法治政府建设情况报告》随函报送，请审阅。',
      ...['甘谷县司法局', '2023年1月16日'],
    )
    expect(meta.yearCovered?.value).toBe(2022)
  })

  it('take the year of a first heading that reports on it', () => {
    const meta = metaIn(
      ...['一、2022年工作情况', '根据县政府安排，我局推进。', '二、2023年打算', '继续。'],
      ...['安泽县司法局', '2023年1月6日'],
    )
    expect(meta.yearCovered?.value).toBe(2022)
  })

  it('know the years of a five-year plan, and give its report none of its own', () => {
    const meta = metaIn(
      '“十三五”期间法治政府建设情况报告',
      '“十三五”期间，铜陵市义安区推进法治建设。',
      ...['一、主要做法', '好。', '义安区人民政府', '2021年1月5日'],
    )
    expect(meta).toMatchObject({ yearCovered: null, period: { from: 2016, to: 2020 } })
  })

  it('take a year in brackets below the title for part of it, and who stands there for signers', () => {
    const meta = metaIn(
      ...['关于法治政府建设情况的报告', '（2022年度）', '汾西县司法局'],
      ...['2022年，汾西县司法局推进工作。', '一、主要做法', '好。'],
    )
    expect(meta.yearCovered?.value).toBe(2022)
    expect(meta.issuers.map(({ value }) => value)).toEqual(['汾西县司法局'])
  })

  it('leave the signs of Markdown out of a title', () => {
    const meta = metaIn('# 榆社县2022年法治政府建设情况报告', '', '## 一、主要做法', '好。')
    expect(meta.title?.value).toBe('榆社县2022年法治政府建设情况报告')
  })

  it('tell a district that is no more from its namesake elsewhere', () => {
    const signed = metaIn(
      '桥东区2019年度法治政府建设工作报告',
      '2019年，全区推进。',
      ...['一、做法', '好。', '邢台市桥东区人民政府', '2020年1月1日'],
    )
    expect([signed.jurisdiction?.value, signed.parent?.value, signed.code]).toEqual([
      ...['桥东区', '邢台市', null],
    ])
    const other = metaIn(
      '桥东区2019年度法治政府建设工作报告',
      '2019年，全区推进。',
      ...['一、做法', '好。', '张家口市桥东区人民政府', '2020年1月1日'],
    )
    expect([other.parent?.value, other.code?.value]).toEqual(['张家口市', '130702'])
  })
})

it('takes to whom a report with an annex went for no text of the annex', () => {
  const lines = [
    '岚县人民政府关于2023年度法治政府建设情况的报告',
    '2023年，我县认真落实。现将有关情况报告如下：',
    ...['一、主要工作', '好。', '二、存在问题', '人少。', '三、下一步工作', '加强培训。'],
    ...['岚县人民政府', '2024年1月20日', '附件1', '岚县执法数据表', '处罚300件。'],
    ...['抄送：县委办公室，县人大常委会办公室。', '岚县人民政府办公室  2024年1月21日印发'],
  ]
  for (const text of [lines.join('\n'), wide(lines.join('\n'))]) {
    const structure = structureOf(text)
    expect(structure.lines.map(({ role }) => role).slice(-5)).toEqual([
      ...['paragraph', 'paragraph', 'paragraph', 'signature', 'signature'],
    ])
    expect(structure.paragraphs.at(-1)?.line).toBe(12)
    expect(structure.parts.at(-1)).toMatchObject({ part: 'signature', firstLine: 8, lastLine: 9 })
  }
  expect(metaIn(...lines).publishDate?.value).toBe('2024-01-20')
})

it('ends the last part of a report before its annexes, signed or not', () => {
  const report = [
    '岚县2023年度法治政府建设情况报告',
    '2023年，我县认真落实。现将有关情况报告如下：',
    ...['一、主要工作', '好。', '二、存在问题', '人少。', '三、下一步工作', '加强培训。'],
  ]
  const annex = ['附件1', '岚县执法数据表', '一、行政处罚', '处罚300件。']
  const imprint = ['抄送：县委办公室。', '岚县人民政府办公室  2024年1月21日印发']
  expect(partsOf(...report, ...annex, ...imprint).at(-1)).toBe('next_steps 6-7')
  expect(partsOf(...report, ...imprint).at(-1)).toBe('next_steps 6-7')
  const letter = [
    '岚县人民政府关于印发《岚县2023年度法治政府建设情况报告》的通知',
    ...['各乡镇人民政府：', '现印发给你们，请遵照执行。', '岚县人民政府', '2024年1月20日'],
  ]
  const behind = partsOf(...letter, ...report, ...annex, ...imprint)
  expect(behind.at(-1)).toBe('next_steps 11-12')
})
