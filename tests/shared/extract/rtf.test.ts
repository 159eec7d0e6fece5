import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { looksLikeRtf, readRtf } from '../../../shared/extract/rtf'
import { encodeAs, encodeLatin, joined } from '../../support/encode'
import { brokenMark, outlineOf } from '../../support/outline'

const FIXTURES = fileURLToPath(new URL('../../fixtures/documents/rtf', import.meta.url))

const FONTS =
  '{\\fonttbl{\\f0\\fcharset0 Times New Roman;}{\\f1\\fcharset134 SimSun;}{\\f2\\fcharset136 MingLiU;}' +
  '{\\f3\\fcharset128 MS Mincho;}{\\f4\\fcharset2 Wingdings;}{\\f5\\fcharset1 Any;}{\\f6\\fcharset238 CE;}}'

/** The text of a document with the fonts above; a refusal is its problem. */
function textOf(body: string, head = '\\ansi\\ansicpg936\\deff1'): string {
  const document = readRtf(encodeLatin(`{\\rtf1${head}${FONTS}${body}}`))
  expect(brokenMark(document)).toBeNull()
  return document.ok ? document.text : document.problem
}

/** Kind and level of the marks on lines, with the lines. */
function marksOf(body: string): string[] {
  const document = readRtf(encodeLatin(`{\\rtf1\\ansi\\ansicpg936${FONTS}${body}}`))
  if (!document.ok) return [document.problem]
  return document.markup.marks.map(
    ({ kind, level, start, end }) => `${kind}${level} ${document.text.slice(start, end)}`,
  )
}

function notesOf(body: string): readonly string[] {
  const document = readRtf(encodeLatin(`{\\rtf1\\ansi\\ansicpg936${FONTS}${body}}`))
  return document.ok ? document.notes : [document.problem]
}

/** Bytes of a text in GB18030, as RTF writes them. */
function gb(text: string): string {
  return [...encodeAs(text, 'gb18030')]
    .map(byte => `\\'${byte.toString(16).padStart(2, '0')}`)
    .join('')
}

it.each(readdirSync(FIXTURES).filter(name => name.endsWith('.rtf')))(
  'reads %s as reviewed',
  async name => {
    const document = readRtf(readFileSync(`${FIXTURES}/${name}`))
    expect(brokenMark(document)).toBeNull()
    await expect(outlineOf(document)).toMatchFileSnapshot(
      `${FIXTURES}/${name.replace('.rtf', '.txt')}`,
    )
  },
)

describe('characters', () => {
  it('reads bytes in the code page of their font', () => {
    expect(
      textOf(
        `\\f1 ${gb('\u6cd5\u6cbb')}\\f2 \\'aa\\'6b\\f3 \\'96\\'40\\f6 \\'f8\\f5 ${gb('\u53bf')}`,
      ),
    ).toBe('\u6cd5\u6cbb\u6cd5\u6cd5\u0159\u53bf')
  })

  it('reads one character over several groups, and a second byte that is ASCII', () => {
    expect(textOf("{\\f1 \\'b7}{\\b\\'a8}\\'81\\'40\\'81@")).toBe('\u6cd5\u4e02\u4e02')
  })

  it('reads characters of four bytes, and bytes that were not escaped', () => {
    expect(textOf(`\\f1 ${gb('\u{20087}\u3400')}`)).toBe('\u{20087}\u3400')
    const raw = joined(
      encodeLatin('{\\rtf1\\ansi\\ansicpg936 '),
      encodeAs('\u6cd5\u6cbb', 'gb18030'),
      encodeLatin('}'),
    )
    expect(readRtf(raw)).toMatchObject({ ok: true, text: '\u6cd5\u6cbb' })
  })

  it('takes pairs of bytes in a Western font for Chinese, and single ones for letters', () => {
    expect(textOf(`\\f0 ${gb('\u653f\u5e9c')} caf\\'e9`)).toBe('\u653f\u5e9c caf\u00e9')
    expect(textOf(`\\f0 ${gb('\u653f\u5e9c')} ok`)).toBe('\u653f\u5e9c ok')
    expect(textOf(`\\dbch\\af1\\loch\\f0 ${gb('\u653f\u5e9c')}`, '\\ansi\\ansicpg1252')).toBe(
      '\u653f\u5e9c',
    )
    expect(textOf(`\\f0 ${gb('\u653f\u5e9c')}`, '\\ansi\\deflang2052')).toBe('\u653f\u5e9c')
  })

  it('reads Unicode with what stands in for it, however long that is', () => {
    expect(
      textOf(
        "\\uc1\\u27861?\\u27835\\'3f\\uc0\\u-8193 b{\\uc2\\u21439\\'cf\\'d8}\\uc1\\u38 \\tab c",
      ),
    ).toBe('\u6cd5\u6cbb\ufffdb\u53bf&c')
    expect(textOf('\\u-10176 ?\\u-9081 ?\\u-10176 ?')).toBe('\u{20087}\ufffd')
    expect(textOf('\\u27861\n?{\\u27835}?')).toBe('\u6cd5\u6cbb?')
  })

  it('reads signs that have a word of their own', () => {
    expect(
      textOf(
        'a\\emdash\\endash\\lquote\\rquote\\ldblquote\\rdblquote\\bullet\\~\\_\\-\\tab\\{\\}\\\\b',
      ),
    ).toBe('a\u2014\u2013\u2018\u2019\u201c\u201d\u2022\u00a0\u2011\t{}\\b')
    expect(textOf("{\\f4 \\'fc}{\\f4 \\'02}")).toBe('\u2713\ufffd')
  })
})

describe('paragraphs', () => {
  it('breaks lines at par, line and an escaped line break', () => {
    expect(textOf('a\r\nb\\par c\\line d\\\ne\\par\\par\\sect f\\page g')).toBe(
      'ab\nc\nd\ne\n\nf\ng',
    )
  })

  it('leaves out what is no text of the document', () => {
    const gone = [
      '{\\colortbl;\\red1;}',
      '{\\header x\\par}',
      '{\\footerl x}',
      '{\\*\\bkmkstart x}',
      '{\\*\\unknown x{\\b y}}',
      '{\\pict\\wmetafile8 0102}',
      '{\\object{\\*\\objdata 0102}}',
      '{\\xe x}',
      '{\\field{\\*\\fldinst HYPERLINK "x"}{\\fldrslt b}}',
      '{\\*\\annotation x}',
      '{\\nonshppict{\\pict 01}}',
      '\\bin3 {}}',
      '{\\v x}',
      '{\\deleted x}',
    ]
    expect(textOf(`a${gone.join('')}c`)).toBe('abc')
    expect(notesOf(`a${gone.join('')}`)).toEqual([
      'pictures',
      'tracked-changes',
      'comments',
      'hidden-text',
    ])
  })

  it('finds headings by outline level, style and what a style is based on', () => {
    const styles =
      '{\\stylesheet{\\s0 Normal;}{\\s1 heading 2;}{\\s2\\sbasedon1 Mine;}{\\s3\\outlinelevel2 \\u26631?;}' +
      "{\\s4 \\'b1\\'ea\\'cc\\'e2 1;}{\\s5 Title;}{\\s6\\sbasedon6 Loop;}{\\*\\cs7 heading 1;}}"
    expect(
      marksOf(
        `${styles}\\pard\\s1 a\\par\\pard\\s2 b\\par\\pard\\s3 c\\par\\pard\\s4 d\\par\\pard\\s5 e\\par` +
          '\\pard\\s6 f\\par\\pard\\outlinelevel0 g\\par\\pard\\s1\\outlinelevel9 h\\par\\pard{\\cs7 i}\\par',
      ),
    ).toEqual(['heading2 a', 'heading2 b', 'heading3 c', 'heading1 d', 'title0 e', 'heading1 g'])
  })

  it('keeps the numbers of lists and marks items by depth', () => {
    expect(
      marksOf(
        `\\ls1{\\listtext\\f1 ${gb('\uff08\u4e00\uff09')}\\tab}a\\par\\pard\\ls1\\ilvl1{\\pntext\\f4\\'6c\\tab}b\\par\\pard{\\listtext 3.\\tab}c\\par\\pard d`,
      ),
    ).toEqual(['item1 \uff08\u4e00\uff09a', 'item2 b', 'item1 3. c'])
  })

  it('writes tables a line a row', () => {
    expect(
      marksOf(
        '\\trowd\\trhdr\\cellx1\\cellx2\\pard\\intbl a\\cell b\\cell\\row\\trowd\\cellx1\\cellx2\\pard\\intbl c\\par d\\cell\\cell\\row\\pard e\\par',
      ),
    ).toEqual(['row1 a\tb', 'row0 c d\t'])
  })

  it('marks bold and slanted text', () => {
    expect(marksOf('a\\b b{\\i c}\\b0 d\\par{\\b e}\\plain f')).toEqual([
      'strong0 bc',
      'emphasis0 c',
      'strong0 e',
    ])
  })

  it('puts notes at the end and boxes before the paragraph that they hang on', () => {
    const box = '{\\shp{\\*\\shpinst{\\sp{\\sn a}{\\sv b}}{\\shptxt box\\par}}{\\shprslt gone}}'
    expect(
      textOf(`a{\\super\\chftn{\\footnote{\\super\\chftn} note\\par}} b${box}\\par c\\par`),
    ).toBe('box\na[1] b\nc\n[1] note')
  })
})

it('reads the document\u2019s own properties in the better of two forms', () => {
  const info =
    '{\\info{\\upr{\\title ??}{\\*\\ud{\\title \\u27861?\\u27835?}}}{\\author A;}{\\creatim\\yr2024\\mo1\\dy2\\hr3\\min4}{\\doccomm x}}'
  expect(readRtf(encodeLatin(`{\\rtf1\\ansi${info}a}`))).toMatchObject({
    text: 'a',
    markup: { properties: { title: '\u6cd5\u6cbb', author: 'A', created: '2024-01-02T03:04' } },
  })
})

describe('files that cannot be read', () => {
  it('reads a file that lacks braces only, and refuses one that stops elsewhere', () => {
    expect(readRtf(encodeLatin('{\\rtf1\\ansi{\\b a}\\par'))).toMatchObject({ ok: true, text: 'a' })
    const damaged = { ok: false, problem: 'damaged', details: { where: 'rtf' } }
    expect(readRtf(encodeLatin('{\\rtf1\\ansi a\\par {\\b b'))).toEqual(damaged)
    expect(readRtf(encodeLatin('{\\rtf1\\ansi a\\par{\\pict 0102'))).toEqual(damaged)
    expect(readRtf(encodeLatin('{\\rtf1\\ansi a\\par \\bin99 a}'))).toEqual(damaged)
    expect(readRtf(encodeLatin('text'))).toEqual(damaged)
  })

  it('refuses what holds no text', () => {
    expect(textOf('')).toBe('empty')
    expect(textOf('{\\pict 0102}')).toBe('no-text')
    expect(readRtf(new Uint8Array())).toMatchObject({ problem: 'empty' })
  })

  it('survives depth, floods and nonsense', () => {
    expect(textOf('{'.repeat(100_000))).toBe('too-deep')
    expect(textOf(`a${'{\\b}'.repeat(50_000)}`)).toBe('a')
    expect(textOf(`a\\${'x'.repeat(50_000)}`)).toMatch(/^a/)
    expect(textOf(`a\\par${'\\trowd\\cell'.repeat(20_000)}`)).toMatch(/^a/)
  })

  it('never throws, and marks whole lines in order', () => {
    const piece = fc.constantFrom(
      ...[
        '{',
        '}',
        '\\par ',
        '\\cell',
        '\\row',
        '\\intbl',
        '\\trowd',
        "\\'d6",
        "\\'",
        '\\u-10176',
        '?',
        'a',
        '\\b',
        '\\i0',
      ],
      ...[
        '{\\footnote ',
        '{\\listtext ',
        '{\\*\\shpinst{\\shptxt ',
        '{\\pict ',
        '\\bin4',
        '\\f1 ',
        '\\f4 ',
        '\\uc2',
        '\\pard',
        '\\s1',
        '\\ls1',
      ],
      ...[
        '{\\fonttbl\\f1\\fcharset134 a;',
        '{\\stylesheet{\\s1 heading 1;}',
        '{\\info{\\title ',
        '\\chftn',
        '\\line',
        '\\',
        '\\*',
      ],
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 50 }), pieces => {
        expect(brokenMark(readRtf(encodeLatin(`{\\rtf1${pieces.join('')}}`)))).toBeNull()
      }),
      { numRuns: 500 },
    )
  })
})

it('knows a document by its beginning', () => {
  expect(looksLikeRtf('{\\rtf1\\ansi')).toBe(true)
  expect(looksLikeRtf(encodeLatin('\xef\xbb\xbf\r\n{\\rtf1'))).toBe(true)
  expect(looksLikeRtf('{rtf1')).toBe(false)
  expect(looksLikeRtf('')).toBe(false)
})
