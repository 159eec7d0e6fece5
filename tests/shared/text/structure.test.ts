import { describe, expect, it } from 'vitest'
import type { CorrectionId, ReportId } from '../../../shared/domain/id'
import type { Markup } from '../../../shared/domain/markup'
import type { Correction, Structure } from '../../../shared/domain/structure'
import { sectionPathAt, structureOf, unitAt } from '../../../shared/text/structure'

/** A text with the punctuation that web pages have, from the one that is easy to type. */
function wide(text: string): string {
  return text.replace(/[(),;:!?0-9]/g, sign => String.fromCharCode(sign.charCodeAt(0) + 0xfee0))
}

/** The outline, one heading a line: its level, marker and title, a stop where it runs in. */
function outlineOf(text: string): string[] {
  return structureOf(text).headings.map(
    ({ level, marker, title, isRunIn }) => `${level} ${marker}|${title}${isRunIn ? '.' : ''}`,
  )
}

function rolesOf(text: string): string[] {
  return structureOf(text).lines.map(({ role }) => role)
}

function partsOf(text: string): string[] {
  return structureOf(text).parts.map(
    ({ part, firstLine, lastLine }) => `${part} ${firstLine}-${lastLine}`,
  )
}

describe('headings', () => {
  it.each([
    ['half', (text: string) => text],
    ['full', wide],
  ])('are read in all numberings, in %s width', (_, of) => {
    const text = of(
      '一、甲\n(一)乙\n1.丙。正文。\n(1)丁\n①戊\n②己\n正文\n2、庚。正文。\n(二)辛\n二．壬\n十一、癸',
    )
    expect(structureOf(text).headings.map(each => [each.level, each.number, each.parent])).toEqual([
      [1, 1, null],
      [2, 1, 1],
      [3, 1, 2],
      [4, 1, 3],
      [5, 1, 4],
      [5, 2, 4],
      [3, 2, 2],
      [2, 2, 1],
      [1, 2, null],
      [1, 11, null],
    ])
  })

  it('stand under chapters, articles and divisions', () => {
    expect(
      outlineOf(
        '第一编 总编\n第一章 总则\n第一节\u3000目的\n第一条 为了依法行政。\n第二条\u3000适用。另有规定的除外。\n第二章 附则\n第三条 施行。',
      ),
    ).toEqual([
      '1 第一编|总编',
      '2 第一章|总则',
      '3 第一节|目的',
      '4 第一条|为了依法行政.',
      '4 第二条|适用.',
      '2 第二章|附则',
      '3 第三条|施行.',
    ])
  })

  it('leave what an article says to its sentences when it is long or a list', () => {
    const long = `第一条 ${'为了加强管理,'.repeat(12)}制定本办法。`
    const text = `${long}\n第二条 制定文件应当遵循下列原则:\n(一)依法;\n(二)公开;\n(三)负责。`
    const { headings, sentences } = structureOf(text)
    expect(headings.map(({ marker, title }) => [marker, title])).toEqual([
      ['第一条', ''],
      ['第二条', ''],
    ])
    expect(sentences.map(({ start, end }) => text.slice(start, end))).toEqual(text.split('\n'))
  })

  it('keep the name of an article that stands in brackets', () => {
    expect(outlineOf('第一条 (目的)为了管理,制定本办法。\n第二条【范围】适用本市。')).toEqual([
      '1 第一条|(目的).',
      '1 第二条|【范围】.',
    ])
  })

  it.each([
    '1.26万件案件已办结',
    '3.15消费者权益日',
    '2023年以来,办理案件26件',
    '(2021-2025年)规划',
    '一、二、三级医院均已覆盖',
    '三、四线城市',
    '一、二季度完成情况',
    '5、6月份开展检查',
    '(一)至(三)项已完成',
    '(一)(二)项已完成',
    '第三条规定的事项',
    '第一章至第三章由办公室负责',
    '第一责任人职责',
    '十届六次、七次全会',
    '10:30召开会议',
    '一网通办',
    '一是加强学习',
    '①②均已完成',
    '1...2',
  ])('are not seen in %j', line => {
    expect(outlineOf(`正文。\n${line}\n正文。`)).toEqual([])
    expect(outlineOf(`正文。\n${wide(line)}\n正文。`)).toEqual([])
  })

  it('may begin with a year or a number of their own', () => {
    expect(outlineOf('一、二〇二三年工作回顾\n二、三大攻坚战\n1.2023年工作\n正文')).toEqual([
      '1 一、|二〇二三年工作回顾',
      '1 二、|三大攻坚战',
      '3 1.|2023年工作',
    ])
  })

  it('end at their line or their first full stop, and are no longer than sixty', () => {
    const long = '很'.repeat(58)
    expect(outlineOf(`(一)${long.slice(1)}`)).toHaveLength(1)
    expect(outlineOf(`(一)${long}`)).toHaveLength(0)
    expect(outlineOf(`(一)${long.slice(1)}。正文`)).toHaveLength(1)
    expect(outlineOf(`(一)${long}。正文`)).toHaveLength(0)
  })

  it('count in decimals where a text does', () => {
    const text =
      '1 总则\n1.1 目的\n正文。\n1.2 依据\n1.2.1 法律\n正文。\n2 组织\n2.1 领导\n3.5 万件'
    expect(outlineOf(text)).toEqual([
      ...['1 1|总则', '2 1.1|目的', '2 1.2|依据', '3 1.2.1|法律'],
      ...['1 2|组织', '2 2.1|领导'],
    ])
    expect(outlineOf('1 总则\n3.5 万件\n正文。')).toEqual([])
  })

  it('are no items of a list', () => {
    expect(outlineOf('一、名单\n1.某某公司\n2.某某工厂\n3.某某学校\n二、要求')).toEqual([
      '1 一、|名单',
      '1 二、|要求',
    ])
    expect(outlineOf('一、条件\n(一)有章程;\n(二)有住所;\n(三)有人员。\n二、其他')).toHaveLength(2)
    expect(outlineOf('一、总则\n附件:1.名单\n2.分工\n3.说明')).toHaveLength(1)
  })

  it('without a number are read where the source says so', () => {
    const text = '某某市工作总结\n开展情况\n(一)学习\n正文。\n主要问题\n正文。'
    const markup = marked(text, { 开展情况: 2, 主要问题: 2 })
    const { headings } = structureOf(text, { markup })
    expect(headings.map(({ level, style, title }) => [level, style, title])).toEqual([
      [1, 'none', '开展情况'],
      [2, 'cn_paren', '学习'],
      [1, 'none', '主要问题'],
    ])
    expect(structureOf(text).headings).toHaveLength(1)
  })

  it('with a number are no title, though the source marks one alone at the top', () => {
    const text = '一、工作情况\n全年办理27件。\n(一)执法\n正文。'
    const { headings, lines } = structureOf(text, { markup: marked(text, { '一、工作情况': 1 }) })
    expect(lines.filter(({ role }) => role === 'title')).toEqual([])
    expect(headings.map(({ title }) => title)).toEqual(['工作情况', '执法'])
  })

  it('without a number stand beside numbered ones of their level in the source', () => {
    const text = '一、甲\n正文。\n小结\n正文。\n(一)乙\n正文。'
    const { headings } = structureOf(text, { markup: marked(text, { '一、甲': 1, 小结: 1 }) })
    expect(headings.map(({ level, title, parent }) => [level, title, parent])).toEqual([
      [1, '甲', null],
      [1, '小结', null],
      [2, '乙', 2],
    ])
  })

  it('are read behind the signs of Markdown', () => {
    expect(outlineOf('## 一、甲\n正文\n### 小结\n正文\n#标签')).toEqual(['1 一、|甲', '1 |小结'])
  })

  it('warn of numbers left out, repeated and gone back, not of ones that restart or run on', () => {
    const kinds = (text: string) =>
      structureOf(text).warnings.map(({ kind, expected, found }) => [kind, expected, found])
    expect(kinds('一、甲\n正文\n三、乙\n正文\n三、丙\n二、丁')).toEqual([
      ['gap', 2, 3],
      ['repeat', 4, 3],
      ['order', 4, 2],
    ])
    expect(kinds('(一)甲\n1.乙。好。\n2.丙。好。\n(二)丁\n3.戊。好。\n(三)己\n1.庚。好。')).toEqual(
      [],
    )
    expect(kinds(`(一)甲。好。\n(二)${'很'.repeat(80)}。\n(三)丙。好。`)).toEqual([])
  })
})

describe('what surrounds a report', () => {
  it.each([
    '首页 > 政务公开 > 工作报告',
    '当前位置:首页>>法治政府',
    '天津市某海区人民政府 2019年12月3日星期二',
    '[打印] [关闭]',
    '• 索引号:',
    '字体:【大 中 小】',
    '责任编辑:张某',
    '2021-03-29 11:30:01 来源:司法局',
    '主办:某市人民政府 承办:市政府办公室 网站标识码1306000001',
    '第3页',
    'http://www.example.gov.cn/art/2023/1/5.html',
    '一、总体要求………………1',
    '第一章 总则 ...... 3',
    '政务公开 > 法治政府 > 年度报告',
    '1.行政复议情况统计表.xlsx',
    '某市执法人员名单.docx (35 KB)',
    '欢迎访问某某市人民政府网站',
    '目前所在:首页 > 公开',
    'A+ A A-',
    '阅读量 256',
    '初审:张某 复审:李某 终审:王某',
    '审核:张某',
    '备案号:冀ICP备05000001号',
    '本网站支持IPv6',
    '扫一扫在手机打开当前页',
    '信息来源:某某日报 2024-03-05',
    '来源:某某市司法局 浏览次数:88',
    '某某文库每日更新www.example.com',
    '【我要打印】 【关闭】',
  ])('is %j', line => {
    expect(rolesOf(`${line}\n正文。`)).toEqual(['aside', 'paragraph'])
    expect(rolesOf(`${wide(line)}\n正文。`)).toEqual(['aside', 'paragraph'])
  })

  it.each([
    '今天是国家宪法日,全市开展活动',
    '发布规范性文件12件,清理38件。',
    '来源于群众的建议全部采纳。',
    '时间:2023年5月3日上午',
    '上一年度工作已完成。',
    '下一步,我县将抓好落实。',
    '下载量超过300万次。',
    '打印店',
    '首页改版工作完成。',
    '当前位置不准确的信息已更正。',
    '主办单位:某市司法局',
    '大',
    '3',
    '第3页共有12处错误。',
    '网站标识码已备案。',
    '返回首页的功能已完善。',
    '详见统计表.xlsx',
    '印发<管理办法>和<实施细则>',
    '来源:坚持人民至上',
    '信息来源:多渠道收集',
    '审核:依法审核合同123件',
    '一审:审结案件123件',
    '扫码即办',
    '扫描二维码即可办事,群众满意度提升',
    '政府网站标识码全部备案',
    '欢迎社会各界监督',
    '详情请登录www.example.gov.cn',
    '下载“某某通”3万余次',
  ])('is not %j', line => {
    expect(rolesOf(`正文。\n${line}\n正文。`)).toEqual(['paragraph', 'paragraph', 'paragraph'])
  })

  it('includes the foot of the page behind signer and date', () => {
    const foot =
      '相关文档\n关于印发方案的通知\n主办单位:某某县人民政府\n地址:城关镇某路3号 邮编:000000'
    const signed = '某某县情况报告\n正文。\n某某县人民政府\n2024年1月8日'
    for (const text of [`${signed}\n${foot}`, `${signed}\n${wide(foot)}`]) {
      expect(rolesOf(text).slice(2)).toEqual(['signature', 'date', ...Array(4).fill('aside')])
      expect(partsOf(text)).toEqual(['achievements 1-1', 'signature 2-3'])
    }
    const inOneLine = `某某县情况报告\n正文。\n某某县人民政府 2024年1月8日\n联系电话:0000-000000`
    expect(rolesOf(inOneLine).slice(2)).toEqual(['signature', 'aside'])
  })

  it('includes who keeps the site, beside what only feet of pages say', () => {
    const owners = '主办单位:某某县人民政府\n地址:某路3号 邮编:000000 电话:000-0000000'
    const text = `某某县情况报告\n正文。\n${owners}`
    expect(rolesOf(`${text}\n冀ICP备05000001号`).slice(2)).toEqual(['aside', 'aside', 'aside'])
    expect(rolesOf(text).slice(2)).toEqual(['paragraph', 'paragraph'])
  })

  it('includes the letterhead above and the number below a title', () => {
    const head = '特急\n某某市人民政府文件\n某政发〔2024〕3号\n签发人:张某'
    const title = '某某市人民政府关于2023年度法治政府建设情况的报告'
    expect(rolesOf(`${head}\n${title}\n正文。`)).toEqual([
      ...Array(4).fill('aside'),
      ...['title', 'paragraph'],
    ])
    expect(rolesOf(`${title}\n(某政发〔2024〕3号)\n正文。`)[1]).toBe('aside')
    expect(rolesOf(`正文。\n某政发〔2024〕3号\n正文。`)[1]).toBe('paragraph')
  })

  it('does not include a second signature', () => {
    const text = '某县情况报告\n正文。\n某县财政局\n2024年1月8日\n某县民政局\n2024年1月9日'
    expect(rolesOf(text)).not.toContain('aside')
  })

  it('includes a table of contents that repeats the headings', () => {
    const text =
      '某市管理办法\n目 录\n第一章 总则\n第二章 附则\n第一章 总则\n第一条 好。\n第二章 附则\n第二条 好。'
    expect(rolesOf(text).slice(0, 5)).toEqual(['title', 'aside', 'aside', 'aside', 'heading'])
    expect(outlineOf(text)).toHaveLength(4)
  })
})

describe('title, signature and date', () => {
  it('are found over several lines and in Chinese numerals', () => {
    const text =
      '返回首页\n某某县人民政府\n关于2022年度法治政府建设\n情况的报告\n\n市人民政府:\n正文。\n\u3000\u3000固 安 县 人 民 政 府\n\u3000\u3000二○二三年一月五日'
    expect(rolesOf(text)).toEqual([
      ...['aside', 'title', 'title', 'title'],
      ...['paragraph', 'paragraph', 'signature', 'date'],
    ])
  })

  it.each([
    '正文第一句。',
    '各县(市、区)人民政府:',
    '石政发〔2023〕5号',
    '一、工作情况',
    '(一)总结',
    '2023年1月5日',
  ])('do not make a title of %j', line => {
    expect(rolesOf(`${line}\n正文。`)).not.toContain('title')
  })

  it('stand before an annex, or before what a letter passes on', () => {
    const annex = '关于情况的报告\n正文。\n某某市人民政府\n2023年3月1日\n附件\n名单\n张某'
    expect(partsOf(annex)).toEqual(['achievements 1-1', 'signature 2-3'])
    const letter =
      '某某市关于印发方案的通知\n现印发给你们。\n某某市人民政府\n2023年3月1日\n(此件公开发布)\n某某市工作方案\n一、总体要求\n正文。'
    expect(partsOf(letter)).toEqual(['signature 2-4'])
  })

  it.each(['2024年元月8日', '2024年1月8号', '二〇二四年正月廿八日', '二〇二四年三月卅日'])(
    'are told by the date %j',
    date => {
      expect(rolesOf(`正文。\n某某县司法局\n${date}`)).toEqual(['paragraph', 'signature', 'date'])
      expect(rolesOf(`正文。\n某某县司法局${date}`)).toEqual(['paragraph', 'signature'])
      expect(rolesOf('正文。\n某某县司法局\n2024年元月')).toEqual([
        'paragraph',
        'signature',
        'date',
      ])
    },
  )

  it.each([
    '某某市行政执法监督条例(修订草案)',
    '某某省办公厅印发《关于加强某某工作的意见》',
    '某某市行政裁量权适用规程',
    '中华人民共和国某某促进法',
  ])('are found in %j', title => {
    expect(rolesOf(`${title}\n正文第一句。`)).toEqual(['title', 'paragraph'])
    expect(rolesOf(`${wide(title)}\n正文第一句。`)).toEqual(['title', 'paragraph'])
  })

  it('take in where a report was made, and who made it', () => {
    const text =
      '政府工作报告\n——2024年1月8日在某某县人民代表大会上\n县长 张某某\n各位代表:\n正文。'
    expect(rolesOf(text)).toEqual(['title', 'title', 'signature', 'paragraph', 'paragraph'])
  })

  it('are not joined with whose page it is, or with the way to it', () => {
    const title = '某某市司法局2023年度法治政府建设情况报告'
    expect(rolesOf(`某某市司法局\n${title}\n正文。`)).toEqual(['paragraph', 'title', 'paragraph'])
    expect(rolesOf(`政务公开 | 年度报告\n${title}\n正文。`)[1]).toBe('title')
    expect(rolesOf(`某某市2023年法治政府建设报告公示\n正文。`)[0]).toBe('title')
  })

  it('leave out the name of the column that the report stands in', () => {
    const title = '某某县2023年法治政府建设情况报告'
    expect(rolesOf(`法治政府建设年度报告\n${title}\n正文。`)).toEqual([
      ...['aside', 'title', 'paragraph'],
    ])
    expect(rolesOf(`法治政府建设年度报告\n正文。\n${title}\n正文。`)[0]).toBe('title')
    expect(rolesOf(`某某县2022年工作报告\n${title}\n正文。`)[0]).toBe('title')
  })

  it('end the last section, and are none where nothing stands before them', () => {
    const text = '一、甲\n正文。\n某某市司法局\n2023年1月5日'
    expect(structureOf(text).headings[0]!.sectionEnd).toBe(text.indexOf('某某市司法局'))
    expect(partsOf('某某市司法局\n2023年1月5日')).toEqual([])
  })

  it('are no name of a body in the text', () => {
    expect(rolesOf('一、主办单位\n某某市司法局\n正文。\n正文。')).toEqual([
      'heading',
      ...['paragraph', 'paragraph', 'paragraph'],
    ])
  })
})

describe('lines that were written in one', () => {
  const said = (text: string) => {
    const { lines, headings, warnings } = structureOf(text)
    return {
      lines: lines.map(({ role, start, end }) => `${role} ${text.slice(start, end)}`),
      headings: headings.map(({ level, start, end }) => `${level} ${text.slice(start, end)}`),
      joined: warnings.filter(({ kind }) => kind === 'joined').map(({ found }) => found),
    }
  }

  it('come apart where newlines of the whole report are lost', () => {
    const text =
      '某某县2023年法治政府建设情况报告2023年,我县依法行政。现将情况报告如下:一、主要举措(一)强化领导。召开会议5次。(二)规范执法。办案26件。二、存在的问题一是人员不足。二是经费不足。三、下一步打算抓好落实,加强学习。某某县人民政府2024年1月8日'
    for (const written of [text, wide(text)]) {
      const { lines, headings, joined } = said(written)
      expect(lines.map(line => line.split(' ')[0])).toEqual([
        ...['title', 'paragraph', 'heading', 'paragraph', 'paragraph', 'heading', 'paragraph'],
        ...['heading', 'paragraph', 'signature'],
      ])
      expect(headings.map(heading => heading.length)).toEqual([8, 9, 9, 9, 9])
      expect(joined).toEqual([5])
      expect(lines.map(line => line.replace(/^\w+ /, '')).join('')).toBe(written)
    }
    expect(partsOf(text).map(part => part.split(' ')[0])).toEqual([
      ...['preamble', 'achievements', 'problems', 'next_steps', 'signature'],
    ])
    expect(structureOf(text).absent).toEqual(['leader_duty'])
  })

  it('come apart where some newlines are lost, or white space stands for them', () => {
    expect(said('一、举措(一)领导。开会。(二)执法。办案。\n二、问题\n不足。').headings).toEqual([
      ...['1 一、举措', '2 (一)领导', '2 (二)执法', '1 二、问题'],
    ])
    const spaced = said(
      '一、加强领导,推动建设 今年以来,我镇召开会议5次,研究议题12个。\n二、问题\n好。',
    )
    expect(spaced.headings).toEqual(['1 一、加强领导,推动建设', '1 二、问题'])
    expect(spaced.joined).toEqual([])
    expect(said('正文。\n抓好落实。某某县司法局2024年1月8日').lines.at(-1)).toBe(
      'signature 某某县司法局2024年1月8日',
    )
  })

  it.each([
    '有下列情形之一的:(一)超期的;(二)材料不全的;(三)其他。',
    '应当提交:(一)申请书。(二)身份证明。(三)其他材料。',
    '按照第二部分(三)的要求,二、三季度完成。二、三级医院参加。',
    '完成任务:一、修路3条。二、建桥2座。三、植树6万株。',
    '十届六次、七次全会。二十届二中、三中全会。',
    '加强 领导 工作 今年 以来 ,我县 召开 会议5次。',
    '成立小组。 组长:张某。 副组长:李某。',
    '#第一章 情况报告如下',
  ])('are none in %j', line => {
    const text = `一、工作\n${line}\n二、其他\n好。`
    expect(said(text).headings).toEqual(['1 一、工作', '1 二、其他'])
    expect(said(text).joined).toEqual([])
  })

  it('are told of where nothing can be read from them', () => {
    const long = '各部门认真履行职责\uFF0C扎实推进工作\u3002'.repeat(80)
    expect(said(long).joined).toEqual([0])
    expect(said(`${long.slice(0, 200)}\n${long.slice(0, 200)}`).joined).toEqual([])
  })

  it('are set aside together', () => {
    const text = '一、甲。好。二、乙。好。\n三、丙。好。'
    const end = text.indexOf('\n')
    const { lines } = structureOf(text, {
      corrections: [correction({ kind: 'aside', start: 0, end }, 0)],
    })
    expect(lines.map(({ role }) => role)).toEqual(['aside', 'aside', 'paragraph'])
  })
})

describe('headings of odd shapes', () => {
  it('may have up to eighty characters among others', () => {
    const long = '很'.repeat(64)
    const text = `(一)甲。好。\n(二)${long}。好。\n(三)丙。好。\n(四)丁。好。`
    expect(outlineOf(text)).toHaveLength(4)
    expect(outlineOf(`(一)${long}。好。\n(二)${long}。好。\n(三)丙。好。`)).toHaveLength(1)
    expect(outlineOf(`(一)甲\n好。\n(二)${long}\n好。`)).toHaveLength(2)
  })

  it('may go on over the next line, also with a page between', () => {
    const text =
      '一、落实重大行政决策程序规定,\n不断提升依法决策的水平\n全年审查12件。\n二、乙\n好。'
    for (const written of [text, text.replace('\n', '\n- 3 -\n')]) {
      const { headings, paragraphs } = structureOf(written)
      expect(headings.map(({ title }) => title)).toEqual([
        '落实重大行政决策程序规定,不断提升依法决策的水平',
        '乙',
      ])
      expect(paragraphs).toHaveLength(2)
    }
    expect(outlineOf('一、条件\n1.有章程,\n2.有住所,\n3.有人员。\n二、乙\n好。')).toHaveLength(2)
  })

  it('stand alone with a full stop where text is below, not among items', () => {
    const { headings, sentences } = structureOf('一、甲。\n正文。\n二、乙。\n三、丙。')
    expect(headings.map(({ title, isRunIn }) => [title, isRunIn])).toEqual([
      ['甲', false],
      ['乙', true],
      ['丙', true],
    ])
    expect(sentences).toHaveLength(3)
  })

  it('hold no list in one line', () => {
    expect(outlineOf('一、问题\n①人员不足;②经费不足。\n(1)甲,(2)乙。')).toEqual(['1 一、|问题'])
  })

  it('end before the list of annexes', () => {
    const text =
      '某县情况报告\n一、做法\n好。\n二、下一步打算\n好。\n附件:1.表\n2.说明\n某县司法局\n2024年1月8日\n附件1\n表'
    expect(partsOf(text)).toEqual(['achievements 1-2', 'next_steps 3-4', 'signature 7-8'])
    expect(structureOf(text).headings.at(-1)!.sectionEnd).toBe(text.indexOf('附件'))
  })
})

describe('parts', () => {
  it('may begin with the leaders, and problems may be told with what comes next', () => {
    const text =
      '2023年,我区依法行政。\n一、主要负责同志履行第一责任人职责情况\n正文。\n二、工作情况\n正文。\n三、存在的问题和下一步打算\n仍有不足。\n下一步,抓好落实。\n(一)加强学习。好。'
    expect(partsOf(text)).toEqual([
      'preamble 0-0',
      'leader_duty 1-2',
      'achievements 3-4',
      'problems 5-6',
      'next_steps 7-8',
    ])
  })

  it('are told by headings into which a site put its name and address', () => {
    const stamp = '某某之家—每日更新www.example.com'
    const plain = '2023年情况报告\n一、学习\n正文。\n二、存在的问题\n正文。\n三、下一步打算\n正文。'
    const stamped = plain.replace('在的', `在${stamp}的`).replace('打算', `打${stamp}算`)
    expect(partsOf(stamped)).toEqual(partsOf(plain))
    expect(partsOf(stamped)).toHaveLength(3)
    expect(partsOf(plain.replaceAll('的问题', 'www.example.gov.cn的问题'))).toHaveLength(2)
  })

  it('are told by the headings that the rules want', () => {
    const titles = [
      '主要举措和成效',
      '存在的不足和原因',
      '党政主要负责人履行推进法治建设第一责任人职责,加强法治政府建设的有关情况',
      '下一年度推进法治政府建设的主要安排',
      '其他需要报告的情况',
    ]
    const lines = titles.flatMap((title, i) => [`${'一二三四五'[i]}、${title}`, '正文。'])
    const text = ['某局2022年度法治政府建设情况的报告', '现将情况报告如下。', ...lines].join('\n')
    expect(partsOf(text)).toEqual([
      'preamble 1-1',
      'achievements 2-3',
      'problems 4-5',
      'leader_duty 6-7',
      'next_steps 8-9',
    ])
    expect(partsOf(wide(text))).toEqual(partsOf(text))
  })

  it.each([
    '工作打算',
    '今后努力方向',
    '2024年法治政府建设工作要点',
    '2024年工作谋划',
    '下步工作思路',
    '改进措施',
    '2024年重点任务',
  ])('come next under the heading %j', title => {
    expect(partsOf(`2023年情况报告\n一、学习\n正文。\n二、${title}\n正文。`)).toEqual([
      'achievements 1-2',
      'next_steps 3-4',
    ])
  })

  it.each([
    '存在问题',
    '存在的主要问题和不足',
    '主要问题',
    '工作中存在的困难',
    '不足之处及原因分析',
    '问题和短板',
    '工作中的困难和问题',
  ])('tell what is lacking under the heading %j', title => {
    expect(partsOf(`2023年情况报告\n一、学习\n正文。\n二、${title}\n正文。`)).toEqual([
      'achievements 1-2',
      'problems 3-4',
    ])
  })

  it.each([
    '党政“一把手”履行法治建设职责情况',
    '主要负责人落实法治建设责任情况',
    '主要领导抓法治建设情况',
  ])('tell of the leaders under the heading %j', title => {
    expect(partsOf(`2023年情况报告\n一、学习\n正文。\n二、${title}\n正文。`)).toEqual([
      'achievements 1-2',
      'leader_duty 3-4',
    ])
  })

  it('come next where a plan is named for what it plans to strengthen', () => {
    const text = '2023年情况报告\n一、学习\n正文。\n二、进一步加强法治政府建设的工作安排\n正文。'
    expect(partsOf(text)).toEqual(['achievements 1-2', 'next_steps 3-4'])
  })

  it('may be told by subheadings, and leave out what else is reported', () => {
    const text =
      '某县2022年法治政府建设情况报告\n一、工作情况\n(一)主要做法\n正文。\n(二)存在问题\n正文。\n二、下一年工作计划\n正文。\n三、其他需要报告的事项\n无。'
    expect(partsOf(text)).toEqual(['achievements 1-3', 'problems 4-5', 'next_steps 6-7'])
  })

  it('may have no headings, also in the middle of one paragraph', () => {
    const text =
      '某局2020年工作总结\n现将情况报告如下。\n全年成绩明显。\n但仍存在一些问题,主要是经费不足。下一步,我局将加强保障。'
    const { parts, absent } = structureOf(text)
    expect(
      parts.map(({ part, isHeaded, start, end }) => [part, isHeaded, text.slice(start, end)]),
    ).toEqual([
      ['preamble', false, '现将情况报告如下。'],
      ['achievements', false, '全年成绩明显。'],
      ['problems', false, '但仍存在一些问题,主要是经费不足。'],
      ['next_steps', false, '下一步,我局将加强保障。'],
    ])
    expect(absent).toEqual(['leader_duty'])
  })

  it.each([
    '聚焦存在问题,狠抓整改',
    '上年度存在问题整改情况',
    '2023年工作计划完成情况',
    '补齐短板弱项',
    '着力解决突出问题',
    '突出问题导向,提升服务质效',
    '困难群众法律援助应援尽援',
    '统筹谋划部署,科学制定工作计划',
    '建立台账,健全改进措施',
    '贯彻《2023年法治政府建设工作要点》',
  ])('are not begun by the heading %j', title => {
    expect(partsOf(`2023年情况报告\n一、学习\n正文。\n二、${title}\n正文。`)).toEqual([
      'achievements 1-4',
    ])
  })

  it('are not begun by a paragraph with achievements behind it', () => {
    const text =
      '2023年情况报告\n一、学习\n正文。\n下一步,将继续加强。\n二、执法\n正文。\n针对存在的问题,及时整改。\n三、普法\n正文。'
    expect(partsOf(text)).toEqual(['achievements 1-8'])
  })

  it('are those of reports only', () => {
    const rules = '某市管理办法\n第一条 好。\n第二条 好。\n第三条 好。'
    expect(structureOf(rules)).toMatchObject({
      parts: [],
      absent: ['achievements', 'leader_duty', 'problems', 'next_steps'],
    })
  })
})

describe('enumerations', () => {
  const itemsOf = (text: string) =>
    structureOf(text).enumerations.map(({ items }) =>
      items.map(({ marker, lead }) => `${marker}|${lead}`),
    )

  it.each([
    ['好。一是甲;二是乙。三是丙', ['一是|甲', '二是|乙', '三是|丙']],
    ['要求:一要甲,乙。二要丙。', ['一要|甲,乙', '二要|丙']],
    ['第一,甲。第二,乙。', ['第一,|甲', '第二,|乙']],
    ['首先,甲。其次,乙。最后,丙。', ['首先|甲', '其次|乙', '最后|丙']],
    ['一方面,甲。另一方面,乙。', ['一方面|甲', '另一方面|乙']],
    ['其一,甲;其二,乙。', ['其一,|甲', '其二,|乙']],
    ['做法:一是甲,二是乙,子,三是丙。', ['一是|甲', '二是|乙,子', '三是|丙']],
  ])('are read in %j', (text, items) => {
    expect(itemsOf(text)).toEqual([items])
    expect(itemsOf(wide(text))).toEqual([items.map(item => wide(item))])
  })

  it.each([
    '履行第一责任人职责。二是空的。',
    '一网通办。一门办理。一流服务。',
    '一是只有一条。',
    '一是甲。三是丙。',
    '统一是目标,二是过程。',
    '首先,只此一条。',
  ])('are not seen in %j', text => {
    expect(itemsOf(text)).toEqual([])
  })

  it('may stand within an item, and end with it', () => {
    const text = '一是甲。一要子;二要丑。二是乙。'
    const { enumerations } = structureOf(text)
    expect(
      enumerations.map(({ items }) => items.map(({ start, end }) => text.slice(start, end))),
    ).toEqual([
      ['一是甲。一要子;二要丑。', '二是乙。'],
      ['一要子;', '二要丑。'],
    ])
  })

  it('may have a paragraph for each item', () => {
    expect(itemsOf('一、做法\n一是甲。\n说明。\n二是乙。\n二、问题\n三是丙。')).toEqual([
      ['一是|甲', '二是|乙'],
    ])
  })

  it.each([
    ['做法有:一是甲。\n二是乙。\n三是丙。', ['一是|甲', '二是|乙', '三是|丙']],
    ['一是甲。二是乙。\n三是丙。', ['一是|甲', '二是|乙', '三是|丙']],
    ['好。首先,甲。\n其次,乙。最后,丙。', ['首先|甲', '其次|乙', '最后|丙']],
    ['一是甲。\n二是乙。三是丙。\n四是丁。', ['一是|甲', '二是|乙', '三是|丙', '四是|丁']],
  ])('may go on in the next paragraphs of %j', (text, items) => {
    expect(itemsOf(text)).toEqual([items])
    expect(itemsOf(wide(text))).toEqual([items.map(item => wide(item))])
  })

  it.each([
    '一、做法\n措施:一是甲。\n二、问题\n二是乙。',
    '措施:一是甲。\n说明。\n二是乙。',
    '措施:一是甲。\n三是丙。',
    '措施:一是甲。\n二要乙。',
  ])('do not go on in %j', text => {
    expect(itemsOf(text)).toEqual([])
  })

  it('never have items that end before they begin', () => {
    const text = '有:一是甲。\n二是乙:一要子。三是丙。二要丑。'
    const { enumerations } = structureOf(text)
    const spans = enumerations.flatMap(({ items }) => items)
    expect(spans.filter(({ start, end }) => end <= start)).toEqual([])
  })

  it('may go on with an item that holds another one', () => {
    expect(itemsOf('有:一是甲:一要子;二要丑。\n二是乙:一要寅;二要卯。三是丙。')).toEqual([
      ['一是|甲', '二是|乙', '三是|丙'],
      ['一要|子', '二要|丑'],
      ['一要|寅', '二要|卯'],
    ])
  })
})

describe('sentences and clauses', () => {
  const cutOf = (text: string, kind: 'sentences' | 'clauses') =>
    structureOf(text)[kind].map(({ start, end }) => text.slice(start, end))

  it.each([
    ['甲。乙!丙?丁', ['甲。', '乙!', '丙?', '丁']],
    ['甲“乙。”丙(丁。)戊', ['甲“乙。”', '丙(丁。)', '戊']],
    ['见《甲。乙》。丙', ['见《甲。乙》。', '丙']],
    ['见《甲〈乙。丙〉丁》。戊', ['见《甲〈乙。丙〉丁》。', '戊']],
    ['见《甲。乙', ['见《甲。', '乙']],
    ['真的吗?!是。', ['真的吗?!', '是。']],
    ['1.5万件,见www.gov.cn?id=3。', ['1.5万件,见www.gov.cn?id=3。']],
    ['甲……乙。', ['甲……乙。']],
    ['甲。 \u3000乙。', ['甲。', '乙。']],
    ['说:"甲。"乙"丙。"丁。"戊', ['说:"甲。"', '乙"丙。"', '丁。', '"戊']],
    ['说:「甲。」乙『丙!』丁[戊。]己', ['说:「甲。」', '乙『丙!』', '丁[戊。]', '己']],
    ['增长2.5%。约3.6万元。', ['增长2.5%。', '约3.6万元。']],
  ])('cut %j', (text, sentences) => {
    expect(cutOf(text, 'sentences')).toEqual(sentences)
  })

  it.each([
    ['甲;乙;丙。', ['甲;', '乙;', '丙。']],
    ['甲(乙;丙);丁。', ['甲(乙;丙);', '丁。']],
    ['甲“乙;丙”;丁', ['甲“乙;丙”;', '丁']],
    ['甲(乙;丙。', ['甲(乙;', '丙。']],
    ['甲“乙(丙;丁)戊;己”庚;辛。', ['甲“乙(丙;丁)戊;己”庚;', '辛。']],
  ])('fall into the clauses of %j', (text, clauses) => {
    expect(cutOf(text, 'clauses')).toEqual(clauses)
    expect(cutOf(wide(text), 'clauses')).toEqual(clauses.map(wide))
  })

  it('are not made of rows between bars', () => {
    const text = '某市工作报告\n| 单位 | 件数 |\n\uFF5C 甲 \uFF5C 3 \uFF5C\n|正文|好。'
    expect(rolesOf(text)).toEqual(['title', 'row', 'row', 'paragraph'])
    expect(cutOf(text, 'sentences')).toEqual(['|正文|好。'])
  })

  it('are not made of headings that stand alone, titles, rows and what surrounds the report', () => {
    const text =
      '某市工作报告\n一、甲\n返回首页\n序号\t单位\t件数\n正文。\n某某市司法局\n2023年1月5日'
    expect(cutOf(text, 'sentences')).toEqual(['正文。'])
  })
})

describe('corrections', () => {
  const text = '某市工作报告\n一、甲\n小结\n正文,好。又好。\n二、乙。正文。\n打印本页'
  const with_ = (...corrections: Partial<Correction>[]): Structure =>
    structureOf(text, { corrections: corrections.map(correction) })
  const at = (words: string) => ({
    start: text.indexOf(words),
    end: text.indexOf(words) + words.length,
  })
  const headingsOf = ({ headings }: Structure) =>
    headings.map(({ level, title, isRunIn, isCorrected }) => [level, title, isRunIn, isCorrected])

  it('make a heading, alone or running in', () => {
    expect(headingsOf(with_({ kind: 'heading', level: 2, ...at('小结') }))).toEqual([
      [1, '甲', false, false],
      [2, '小结', false, true],
      [1, '乙', true, false],
    ])
    const { headings, sentences } = with_({ kind: 'heading', level: 3, ...at('正文,') })
    expect(headings[1]).toMatchObject({
      title: '正文,',
      isRunIn: true,
      bodyStart: at('好。又').start,
    })
    expect(sentences.map(({ start, end }) => text.slice(start, end)).slice(1, 4)).toEqual([
      '正文,',
      '好。',
      '又好。',
    ])
  })

  it('change a level, and with it what stands below', () => {
    const structure = with_({ kind: 'heading', level: 3, ...at('二、乙') })
    expect(structure.headings.at(-1)).toMatchObject({ level: 3, marker: '二、', parent: 1 })
  })

  it('remove a heading', () => {
    const structure = with_({ kind: 'not-heading', ...at('一、甲') })
    expect(headingsOf(structure)).toEqual([[1, '乙', true, false]])
    expect(structure.paragraphs.map(({ line }) => line)).toContain(1)
  })

  it('join and split sentences', () => {
    const joined = with_({ kind: 'join', start: at('又好').start, end: at('又好').start })
    const said = ({ sentences }: Structure) =>
      sentences.map(({ start, end }) => text.slice(start, end))
    expect(said(joined)).toContain('正文,好。又好。')
    const split = with_({ kind: 'split', start: at('好。又').start, end: at('好。又').start })
    expect(said(split)).toEqual(expect.arrayContaining(['正文,', '好。', '又好。']))
  })

  it('set a line aside, and take one back', () => {
    const roles = (structure: Structure) => structure.lines.map(({ role }) => role)
    expect(roles(with_({ kind: 'aside', ...at('小结') }))[2]).toBe('aside')
    expect(roles(with_({ kind: 'not-aside', ...at('打印本页') })).at(-1)).toBe('paragraph')
  })

  it('count by their time where units are split and joined in one place', () => {
    const place = { start: at('又好').start, end: at('又好').start }
    const split = { kind: 'split', createdAt: 1, ...place } as const
    const join = { kind: 'join', createdAt: 2, ...place } as const
    expect(with_(split, join).sentences).toHaveLength(4)
    expect(with_(join, split).sentences).toHaveLength(4)
    expect(with_(split).sentences).toHaveLength(5)
  })

  it('count by their time where two are of one place', () => {
    const make = { kind: 'heading', level: 1, createdAt: 1, ...at('小结') } as const
    expect(
      headingsOf(with_(make, { kind: 'not-heading', createdAt: 2, ...at('小结') })),
    ).toHaveLength(2)
    expect(
      headingsOf(with_({ kind: 'not-heading', createdAt: 0, ...at('小结') }, make)),
    ).toHaveLength(3)
  })
})

describe('places', () => {
  const text = '前言。\n一、甲\n(一)乙。一是子;二是丑。\n二、丙\n正文;好。'
  const structure = structureOf(text)
  const unit = (kind: Parameters<typeof unitAt>[1], words: string) => {
    const span = unitAt(structure, kind, text.indexOf(words))
    return span && text.slice(span.start, span.end)
  }

  it('have the path of their section', () => {
    const path = (words: string) =>
      sectionPathAt(structure, text.indexOf(words)).map(({ title }) => title)
    expect([path('前言'), path('一、甲'), path('子'), path('好。')]).toEqual([
      [],
      ['甲'],
      ['甲', '乙'],
      ['丙'],
    ])
  })

  it('have the unit of each kind that they are in', () => {
    expect(unit('section', '正文')).toBe('二、丙\n正文;好。')
    expect(unit('paragraph', '丑')).toBe('(一)乙。一是子;二是丑。')
    expect(unit('item', '丑')).toBe('二是丑。')
    expect(unit('sentence', '子')).toBe('一是子;二是丑。')
    expect(unit('clause', '子')).toBe('一是子;')
    expect(unit('paragraph', '甲')).toBeNull()
    expect(unit('item', '正文')).toBeNull()
    expect(unit('section', '前言')).toBeNull()
  })
})

function correction(part: Partial<Correction>, i: number): Correction {
  return {
    ...{ id: `c${i}` as CorrectionId, reportId: 'r' as ReportId },
    ...{ kind: 'heading', level: 0, createdAt: i, start: 0, end: 0 },
    ...part,
  }
}

/** Markup that makes headings of lines, by what they say. */
function marked(text: string, levels: Readonly<Record<string, number>>): Markup {
  const marks = Object.entries(levels).map(([words, level]) => {
    const start = text.indexOf(words)
    return { start, end: start + words.length, kind: 'heading' as const, level }
  })
  return { marks: marks.sort((a, b) => a.start - b.start), pages: [], properties: {} }
}
