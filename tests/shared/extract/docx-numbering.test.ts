import { expect, it } from 'vitest'
import { readDocx } from '../../../shared/extract/docx'
import { counterText, gapAfter } from '../../../shared/extract/docx-counters'
import {
  type DocxParts,
  docxOf,
  list,
  listLevel,
  numbered,
  paragraph,
} from '../../support/documents-office'

/** The lines of a Word file. */
function linesOf(parts: DocxParts): string[] {
  const read = readDocx(docxOf(parts))
  if (!read.ok) throw new Error(read.problem)
  return read.text.split('\n')
}

function start(numId: number, abstract: number, level: number, value: number): string {
  return (
    `<w:num w:numId="${numId}"><w:abstractNumId w:val="${abstract}"/>` +
    `<w:lvlOverride w:ilvl="${level}"><w:startOverride w:val="${value}"/></w:lvlOverride></w:num>`
  )
}

const REPORT = list(
  1,
  [
    listLevel(0, ['chineseCountingThousand', '%1\u3001']),
    listLevel(1, ['chineseCounting', '\uff08%2\uff09'], '<w:suff w:val="nothing"/>'),
    listLevel(2, ['decimal', '%3.']),
    listLevel(3, ['decimalEnclosedCircle', '%4'], '<w:suff w:val="tab"/>'),
  ].join(''),
)

it('writes the numbers of a report as Word shows them', () => {
  const levels = [0, 1, 2, 2, 3, 1, 2, 0, 1]
  const body = levels.map(level => paragraph('x', numbered(1, level))).join('')
  expect(linesOf({ body, numbering: REPORT })).toEqual([
    '\u4e00\u3001x',
    '\uff08\u4e00\uff09x',
    '1. x',
    '2. x',
    '\u2460x',
    '\uff08\u4e8c\uff09x',
    '1. x',
    '\u4e8c\u3001x',
    '\uff08\u4e00\uff09x',
  ])
})

it('says that it did, and marks items with their depth', () => {
  const body = paragraph('x', numbered(1, 0)) + paragraph('y', numbered(1, 1)) + paragraph('z')
  const read = readDocx(docxOf({ body, numbering: REPORT }))
  expect(read).toMatchObject({
    markup: {
      marks: [
        { start: 0, end: 3, kind: 'item', level: 1 },
        { start: 4, end: 8, kind: 'item', level: 2 },
      ],
    },
    notes: ['auto-numbering'],
  })
})

it('leaves out the signs of bullets, and still marks their items', () => {
  const numbering = list(1, listLevel(0, ['bullet', '\uf0b7']))
  const read = readDocx(docxOf({ body: paragraph('x', numbered(1)), numbering }))
  expect(read).toMatchObject({
    text: 'x',
    markup: { marks: [{ start: 0, end: 1, kind: 'item', level: 1 }] },
    notes: [],
  })
})

it('numbers by style, the level by the style that the list names', () => {
  const numbering = list(
    5,
    listLevel(0, ['decimal', '\u7b2c%1\u7ae0'], '<w:pStyle w:val="h1"/>') +
      listLevel(1, ['decimal', '%1.%2'], '<w:pStyle w:val="h2"/>'),
  )
  const style = (id: string, inside: string) =>
    `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${id}"/>${inside}</w:style>`
  const inList = '<w:pPr><w:numPr><w:numId w:val="5"/></w:numPr></w:pPr>'
  const styles = [
    style('h1', inList),
    style('h2', inList),
    style('own', '<w:basedOn w:val="h2"/>'),
    style('none', '<w:basedOn w:val="h2"/><w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr>'),
  ].join('')
  const styled = (id: string) => paragraph('x', `<w:pStyle w:val="${id}"/>`)
  const off = paragraph('x', '<w:pStyle w:val="h2"/><w:numPr><w:numId w:val="0"/></w:numPr>')
  const body =
    styled('h1') + styled('h2') + styled('own') + styled('none') + off + styled('h1') + styled('h2')
  expect(linesOf({ body, numbering, styles })).toEqual([
    '\u7b2c1\u7ae0 x',
    '1.1 x',
    '1.2 x',
    'x',
    'x',
    '\u7b2c2\u7ae0 x',
    '2.1 x',
  ])
})

it('counts lists on that share an abstract one, until one starts anew', () => {
  const numbering = `${list(1, listLevel(0, ['decimal', '%1.']))}<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>${start(3, 1, 0, 7)}`
  const body = [1, 2, 3, 3, 1].map(id => paragraph('x', numbered(id))).join('')
  expect(linesOf({ body, numbering })).toEqual(['1. x', '2. x', '7. x', '8. x', '9. x'])
})

it('counts lists apart that share nothing', () => {
  const numbering =
    list(1, listLevel(0, ['decimal', '%1.'])) + list(2, listLevel(0, ['lowerLetter', '%1)']))
  const body = [1, 2, 1, 2].map(id => paragraph('x', numbered(id))).join('')
  expect(linesOf({ body, numbering })).toEqual(['1. x', 'a)x', '2. x', 'b)x'])
})

it('restarts deeper levels as the list says', () => {
  const restart = (value: number) => `<w:lvlRestart w:val="${value}"/>`
  const numbering = (value: number) =>
    list(
      1,
      listLevel(0, ['decimal', '%1.']) +
        listLevel(1, ['decimal', '%1.%2.']) +
        listLevel(2, ['decimal', '(%3)'], restart(value)),
    )
  const body = [0, 1, 2, 1, 2, 0, 2].map(level => paragraph('x', numbered(1, level))).join('')
  const third = (value: number) =>
    linesOf({ body, numbering: numbering(value) }).filter(line => line.startsWith('('))
  expect(third(0)).toEqual(['(1)x', '(2)x', '(3)x'])
  expect(third(1)).toEqual(['(1)x', '(2)x', '(1)x'])
  expect(third(2)).toEqual(['(1)x', '(1)x', '(1)x'])
})

it('counts a level that was left out as begun, and goes on from there', () => {
  const numbering = list(
    1,
    listLevel(0, ['chineseCounting', '%1']) + listLevel(1, ['decimal', '%1.%2']),
  )
  const body = [1, 0, 1].map(level => paragraph('x', numbered(1, level))).join('')
  expect(linesOf({ body, numbering })).toEqual(['\u4e00.1 x', '\u4e8c x', '\u4e8c.1 x'])
})

it('shows all levels in plain digits where the list asks for legal numbering', () => {
  const numbering = list(
    1,
    listLevel(0, ['chineseCounting', '%1']) + listLevel(1, ['decimal', '%1.%2'], '<w:isLgl/>'),
  )
  const body = [0, 1].map(level => paragraph('x', numbered(1, level))).join('')
  expect(linesOf({ body, numbering })).toEqual(['\u4e00 x', '1.1 x'])
})

it('follows a list style to the list that it stands for', () => {
  const numbering = `${list(1, `<w:styleLink w:val="s"/>${listLevel(0, ['decimal', '%1.'])}`)}${list(2, '<w:numStyleLink w:val="s"/>')}${list(3, '<w:numStyleLink w:val="loop"/>')}`
  const styles = ['s:1', 'loop:3']
    .map(pair => pair.split(':'))
    .map(
      ([id, num]) =>
        `<w:style w:type="numbering" w:styleId="${id}"><w:pPr><w:numPr><w:numId w:val="${num}"/></w:numPr></w:pPr></w:style>`,
    )
    .join('')
  const body = [2, 3, 9].map(id => paragraph('x', numbered(id))).join('')
  expect(linesOf({ body, numbering, styles })).toEqual(['1. x', 'x', 'x'])
})

it('uses a level that a list puts in place of the shared one', () => {
  const numbering = `${list(1, listLevel(0, ['decimal', '%1.']))}<w:num w:numId="2"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">${listLevel(0, ['chineseCounting', '%1\u3001'])}</w:lvlOverride></w:num>`
  const body = [1, 2].map(id => paragraph('x', numbered(id))).join('')
  expect(linesOf({ body, numbering })).toEqual(['1. x', '\u4e8c\u3001x'])
})

it('does not count what was deleted or hidden', () => {
  const numbering = list(1, listLevel(0, ['decimal', '%1.']))
  const gone = `<w:p><w:pPr>${numbered(1)}<w:rPr><w:del w:id="1"/></w:rPr></w:pPr><w:del w:id="2"><w:r><w:delText>a</w:delText></w:r></w:del></w:p>`
  const hidden = `<w:p><w:pPr>${numbered(1)}<w:rPr><w:vanish/></w:rPr></w:pPr><w:r><w:rPr><w:vanish/></w:rPr><w:t>b</w:t></w:r></w:p>`
  const body = paragraph('x', numbered(1)) + gone + hidden + paragraph('y', numbered(1))
  expect(linesOf({ body, numbering })).toEqual(['1. x', '2. y'])
})

it('reads formats that newer Words put in an alternative', () => {
  const level =
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent><w:lvlText w:val="%1"/><w:suff w:val="space"/></w:lvl>'
  expect(linesOf({ body: paragraph('x', numbered(1)), numbering: list(1, level) })).toEqual([
    '001 x',
  ])
})

it.each<[string, readonly (readonly [number, string])[]]>([
  [
    'decimal',
    [
      [0, '0'],
      [12, '12'],
    ],
  ],
  [
    'decimalZero',
    [
      [1, '01'],
      [12, '12'],
    ],
  ],
  ['decimalFullWidth', [[10, '\uff11\uff10']]],
  [
    'decimalEnclosedCircle',
    [
      [1, '\u2460'],
      [20, '\u2473'],
      [21, '21'],
      [0, '0'],
    ],
  ],
  ['decimalEnclosedParen', [[3, '\u2476']]],
  ['decimalEnclosedFullstop', [[3, '\u248a']]],
  [
    'ideographEnclosedCircle',
    [
      [10, '\u3289'],
      [11, '11'],
    ],
  ],
  [
    'upperLetter',
    [
      [1, 'A'],
      [26, 'Z'],
      [27, 'AA'],
      [28, 'BB'],
    ],
  ],
  [
    'lowerLetterSpread',
    [
      [26, 'z'],
      [27, 'aa'],
      [28, 'ab'],
      [703, 'aaa'],
    ],
  ],
  [
    'upperRoman',
    [
      [4, 'IV'],
      [1999, 'MCMXCIX'],
      [4000, '4000'],
    ],
  ],
  ['lowerRoman', [[9, 'ix']]],
  [
    'ordinal',
    [
      [1, '1st'],
      [2, '2nd'],
      [11, '11th'],
      [23, '23rd'],
    ],
  ],
  ['numberInDash', [[7, '- 7 -']]],
  [
    'chineseCounting',
    [
      [1, '一'],
      [10, '十'],
      [11, '十一'],
      [20, '二十'],
      [99, '九十九'],
      [105, '一○五'],
    ],
  ],
  [
    'chineseCountingThousand',
    [
      [10, '十'],
      [19, '十九'],
      [21, '二十一'],
      [100, '一百'],
      [105, '一百零五'],
      [110, '一百一十'],
      [1001, '一千零一'],
      [1010, '一千零一十'],
      [20_305, '二万零三百零五'],
      [0, '零'],
    ],
  ],
  [
    'japaneseCounting',
    [
      [1, '一'],
      [10, '十'],
      [11, '十一'],
      [111, '百十一'],
      [1005, '千五'],
    ],
  ],
  [
    'ideographDigital',
    [
      [10, '一〇'],
      [21, '二一'],
    ],
  ],
  [
    'taiwaneseCounting',
    [
      [12, '十二'],
      [100, '一○○'],
    ],
  ],
  [
    'chineseLegalSimplified',
    [
      [1, '壹'],
      [10, '壹拾'],
      [12, '壹拾贰'],
      [105, '壹佰零伍'],
    ],
  ],
  [
    'ideographLegalTraditional',
    [
      [2, '貳'],
      [6, '陸'],
    ],
  ],
  [
    'ideographTraditional',
    [
      [1, '甲'],
      [10, '癸'],
      [11, '11'],
    ],
  ],
  ['ideographZodiac', [[12, '亥']]],
  [
    'ideographZodiacTraditional',
    [
      [1, '甲子'],
      [60, '癸亥'],
      [61, '61'],
    ],
  ],
  ['thaiCounting', [[3, '3']]],
  ['none', [[3, '']]],
])('counts in %s', (format, expected) => {
  expect(expected.map(([value]) => [value, counterText(value, format)])).toEqual(expected)
})

it('parts a number from its text only where they would run together', () => {
  const gaps = [
    '1.',
    '(1)',
    '\uff081\uff09',
    '\u4e00\u3001',
    '\u2460',
    '\u7b2c\u4e00\u6761',
    'A',
    '',
  ].map(number => gapAfter(number, 'tab'))
  expect(gaps).toEqual([' ', '', '', '', '', ' ', ' ', ''])
  expect(['space', 'nothing'].map(suffix => gapAfter('1.', suffix))).toEqual([' ', ''])
})
