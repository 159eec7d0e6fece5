import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  DOCUMENT_LIMITS,
  type DocumentFile,
  type ReadDocument,
} from '../../../shared/extract/document'
import { htmlText, looksLikeHtml, readHtml } from '../../../shared/extract/html'
import { encodeAs, encodeLatin, joined } from '../../support/encode'
import { brokenMark, outlineOf } from '../../support/outline'

const FIXTURES = fileURLToPath(new URL('../../fixtures/documents/html', import.meta.url))

const SENTENCE =
  '\u5168\u5e74\u529e\u7406\u884c\u653f\u590d\u8bae\u6848\u4ef627\u4ef6\uff0c\u7ea0\u9519\u73872.22%\u3002'

function page(html: string): DocumentFile {
  return readHtml(encodeAs(html, 'utf-8'))
}

/** The text of a page, all of it. */
function textOf(html: string): string {
  const document = readHtml(encodeAs(html, 'utf-8'), { mode: 'raw' })
  return document.ok ? document.text : document.problem
}

function read(document: DocumentFile): ReadDocument {
  if (!document.ok) throw new Error(document.problem)
  return document
}

/** Kind and level of the marks on whole lines, with the lines. */
function linesOf(document: DocumentFile, kind: string): string[] {
  const { text, markup } = read(document)
  return markup.marks
    .filter(mark => mark.kind === kind)
    .map(mark => `${mark.level} ${text.slice(mark.start, mark.end)}`)
}

describe('pages as they come', () => {
  it.each(readdirSync(FIXTURES).filter(name => name.endsWith('.html')))(
    'reads %s as reviewed',
    async name => {
      const document = readHtml(readFileSync(`${FIXTURES}/${name}`))
      expect(brokenMark(document)).toBeNull()
      await expect(outlineOf(document)).toMatchFileSnapshot(
        `${FIXTURES}/${name.replace('.html', '.txt')}`,
      )
    },
  )

  it('has the same text in raw mode, with nothing set aside', () => {
    for (const name of readdirSync(FIXTURES).filter(file => file.endsWith('.html'))) {
      const bytes = readFileSync(`${FIXTURES}/${name}`)
      const main = readHtml(bytes)
      const raw = readHtml(bytes, { mode: 'raw' })
      if (!main.ok || !raw.ok) continue
      expect(raw.text).toBe(main.text)
      expect(raw.markup.marks.filter(mark => mark.kind === 'aside')).toEqual([])
    }
  })
})

describe('characters', () => {
  const body = `<body><p>${SENTENCE}</p>`

  it('believes the bytes where the page names another encoding', () => {
    const asGb = `<meta charset=gb2312>${body}`
    expect(readHtml(encodeAs(asGb, 'utf-8'))).toMatchObject({ text: SENTENCE, encoding: 'utf-8' })
    const asUtf8 = `<meta http-equiv="Content-Type" content="text/html; charset=utf-8">${body}`
    expect(readHtml(encodeAs(asUtf8, 'gb18030'))).toMatchObject({
      text: SENTENCE,
      encoding: 'gb18030',
    })
  })

  it.each(['utf-8', 'utf-8-bom', 'gb18030', 'utf-16le', 'utf-16be'] as const)(
    'reads %s without a word from the page',
    encoding => {
      expect(readHtml(encodeAs(`<html>${body}`, encoding))).toMatchObject({
        text: SENTENCE,
        encoding,
        replaced: 0,
      })
    },
  )

  it('reads Big5 and UTF-16 with a byte order mark', () => {
    const text =
      '\u81fa\u7063\u5404\u7e23\u5e02\u653f\u5e9c\u4f9d\u6cd5\u884c\u653f\u60c5\u6cc1\u5831\u544a\u3002'
    expect(readHtml(encodeAs(`<meta charset=big5><p>${text}`, 'big5'))).toMatchObject({
      text,
      encoding: 'big5',
    })
    const marked = joined([0xff, 0xfe], encodeAs(`<p>${SENTENCE}`, 'utf-16le'))
    expect(readHtml(marked)).toMatchObject({ text: SENTENCE, encoding: 'utf-16le' })
  })

  it('reads what GB2312 lacks, because GB18030 contains it', () => {
    const html =
      '<meta charset=gb2312><p>\u6731\u9555\u57fa\u3001\u{20087}\u6751\u529e\u7406\u6848\u4ef6\u4e94\u4ef6\u3002'
    expect(readHtml(encodeAs(html, 'gb18030'))).toMatchObject({
      text: '\u6731\u9555\u57fa\u3001\u{20087}\u6751\u529e\u7406\u6848\u4ef6\u4e94\u4ef6\u3002',
    })
  })

  it('takes the page\u2019s word for a few characters that could be anything', () => {
    const html = '<meta charset=gbk><p>\u516c\u793a</p>'
    expect(readHtml(encodeAs(html, 'gb18030'))).toMatchObject({
      text: '\u516c\u793a',
      encoding: 'gb18030',
    })
  })

  it('keeps a page whose menu is broken, and refuses one whose report is', () => {
    const broken = encodeLatin('\xd6')
    const menu = joined(
      encodeAs('<meta charset=utf-8><div class=nav><a href=/>\u9996\u9875</a>', 'utf-8'),
      broken,
      encodeAs(`</div><p>${SENTENCE.repeat(4)}</p>`, 'utf-8'),
    )
    expect(readHtml(menu)).toMatchObject({
      ok: true,
      replaced: 1,
      sure: false,
      notes: ['replaced'],
    })
    const report = joined(
      encodeAs(`<meta charset=utf-8><p>${SENTENCE.repeat(4)}`, 'utf-8'),
      broken,
      encodeAs('\u6b63</p>', 'utf-8'),
    )
    expect(readHtml(report)).toEqual({
      ok: false,
      problem: 'broken-characters',
      details: { count: 1, encoding: 'utf-8' },
    })
    expect(readHtml(report, { encoding: 'utf-8' })).toMatchObject({ ok: true, replaced: 1 })
  })

  it('decodes references, with what browsers do to the odd ones', () => {
    expect(textOf('<p>&lt;a&gt; &amp;amp; &ldquo;\u6cd5&rdquo; &#x4e00;&#20108;&nbsp;&copy;')).toBe(
      '<a> &amp; \u201c\u6cd5\u201d \u4e00\u4e8c\u00a0\u00a9',
    )
    expect(textOf('<p>a&#xD800;b&#0;c&#150;d&bogus;e&nbspf')).toBe(
      'a\ufffdb\ufffdc\u2013d&bogus;e\u00a0f',
    )
  })

  it('drops NUL and byte order marks that show as nothing, and no other character', () => {
    expect(textOf('<p>\ufeff</p><p>a\0b\u200bc\u3000d\u00ad\ue000</p>')).toBe(
      'ab\u200bc\u3000d\u00ad\ue000',
    )
  })
})

describe('lines', () => {
  it('breaks lines at blocks and br, and collapses other white space', () => {
    expect(textOf('<div> a\n b<span>c </span> d<p>e</p>f<br>g<br></div>\n<div></div>h')).toBe(
      'a bc d\ne\nf\ng\nh',
    )
  })

  it('shows empty lines where the page does, one at most', () => {
    expect(textOf('<br>a<br><br><br>b<p><br></p><p>c</p><br>')).toBe('a\n\nb\n\nc')
  })

  it('keeps no-break and full-width spaces, tabs only in pre', () => {
    expect(textOf('<p>&nbsp;&nbsp;a \u3000 b</p><pre>\n c\td\n\n  e</pre>')).toBe(
      '\u00a0\u00a0a \u3000 b\n c\td\n\n  e',
    )
  })

  it('joins Chinese text that the source breaks over lines, and keeps words apart', () => {
    expect(
      textOf('<p>\u6cd5\u6cbb\n  \u653f\u5e9c\uff0c\n\u201c\u4f9d\u6cd5\u201d\n\u884c\u653f'),
    ).toBe('\u6cd5\u6cbb\u653f\u5e9c\uff0c\u201c\u4f9d\u6cd5\u201d\u884c\u653f')
    expect(textOf('<p>\u6cd5\u6cbb \u653f\u5e9c GDP\n\u589e\u957f one\ntwo')).toBe(
      '\u6cd5\u6cbb \u653f\u5e9c GDP \u589e\u957f one two',
    )
  })

  it('leaves out what is not shown and what is not text', () => {
    const gone = [
      '<script>x</script>',
      '<style>x</style>',
      '<noscript>x</noscript>',
      '<template>x</template>',
      '<iframe src=a>x</iframe>',
      '<svg><text>x</text></svg>',
      '<select><option>x</select>',
      '<button>x</button>',
      '<textarea>x</textarea>',
      '<p hidden>x</p>',
      '<p style="DISPLAY : none">x</p>',
      '<p aria-hidden=true>x</p>',
      '<!-- x -->',
      '<![CDATA[x]]>',
      '<object>x</object>',
      '<xml>x</xml>',
      '<p class=gone>x</p>',
    ]
    expect(textOf(`<style>.a,p.gone{color:red;display:none}</style>a${gone.join('')}b`)).toBe('ab')
  })

  it('repairs tags that were left out or misplaced', () => {
    expect(textOf('<ul><li>a<li>b</ul><table><tr><td>c<td>d<tr><td>e<td>f</table><p>g<p>h')).toBe(
      'a\nb\nc\td\ne\tf\ng\nh',
    )
    expect(textOf('<table><tr><td><div>a</table></div></span></td>b</p>c')).toBe('a\nb\nc')
    expect(textOf('<a name=x>a<a href=y>b</a><select><option>gone<p>c')).toBe('ab\nc')
    expect(textOf('a</table></body></html>b')).toBe('ab')
  })

  it('marks bold and slanted text, by tag or style, and not what style undoes', () => {
    const document = page(
      '<p><b>a<i>b</i></b>c<span style="font-weight:700">d</span><b style="font-weight:normal">e</b>',
    )
    expect(read(document).markup.marks).toEqual([
      { start: 0, end: 2, kind: 'strong', level: 0 },
      { start: 1, end: 2, kind: 'emphasis', level: 0 },
      { start: 3, end: 4, kind: 'strong', level: 0 },
    ])
  })
})

describe('lists and tables', () => {
  it('writes the numbers that a list shows, unless an item has its own', () => {
    const document = page(
      '<ol start=9><li>a<li value=3>b<li>\uff08\u4e00\uff09c</ol><ol type=A reversed><li>d<li>e</ol>' +
        '<ol style="list-style-type:cjk-ideographic" start=11><li>f</ol><ol style="list-style:none"><li>g</ol>' +
        '<ul><li>h<ul><li>i</ul>j</ul>',
    )
    expect(linesOf(document, 'item')).toEqual([
      '1 9. a',
      '1 3. b',
      '1 \uff08\u4e00\uff09c',
      '1 B. d',
      '1 A. e',
      '1 \u5341\u4e00\u3001f',
      '1 g',
      '1 h',
      '2 i',
    ])
    expect(read(document).notes).toEqual(['auto-numbering'])
  })

  it('writes no numbers where the style sheet takes them away', () => {
    expect(textOf('<style>ul, ol{ margin:0; list-style: none }</style><ol><li>a<li>b</ol>')).toBe(
      'a\nb',
    )
  })

  it('unwraps tables that lay out the page', () => {
    expect(textOf('<table><tr><td>a</td></tr><tr><td>b</td></tr></table>')).toBe('a\nb')
    expect(textOf('<table><tr><td>a</td><td><table><tr><td>b<td>c</table></td></tr></table>')).toBe(
      'a\nb\tc',
    )
    expect(textOf('<table role=presentation><tr><td>a</td><td>b</td></tr></table>')).toBe('a\nb')
    expect(textOf(`<table><tr><td>a</td><td><p>${SENTENCE.repeat(40)}</p></td></tr></table>`)).toBe(
      `a\n${SENTENCE.repeat(40)}`,
    )
  })

  it('writes a table of data a line a row, merged cells once', () => {
    const document = page(
      '<table><tr><th>a<th colspan=2>b<tr><td rowspan=2>c\n<td><p>d</p><p>e</p><td>f<tr><td>g</table>',
    )
    expect(read(document).text).toBe('a\tb\nc\td e\tf\n\tg')
    expect(linesOf(document, 'row')).toEqual(['1 a\tb', '0 c\td e\tf', '0 \tg'])
    expect(read(document).notes).toEqual(['merged-cells'])
  })

  it('shows what a table has outside its cells before it', () => {
    expect(textOf('<table>a<form><tr>b<td>c<td>d</tr></form></table>')).toBe('ab\nc\td')
  })
})

describe('the report and what stands around it', () => {
  const report = `<h1>\u4e91\u5cad\u53bf\u6cd5\u6cbb\u653f\u5e9c\u5efa\u8bbe\u62a5\u544a</h1><p>${SENTENCE.repeat(3)}</p>`

  it('keeps everything where nothing stands out', () => {
    expect(linesOf(page('<p>\u516c\u793a</p><p>\u5c40\u957f\u5f20\u4e09</p>'), 'aside')).toEqual([])
    expect(linesOf(page('<nav>\u9996\u9875</nav>'), 'aside')).toEqual([])
  })

  it('keeps prose that stands beside the article', () => {
    const stray =
      '\u672c\u62a5\u544a\u4e2d\u7684\u6570\u636e\u7531\u5404\u90e8\u95e8\u63d0\u4f9b\uff0c\u7edf\u8ba1\u671f\u9650\u4e3a\u4e00\u6708\u4e00\u65e5\u81f3\u5341\u4e8c\u6708\u4e09\u5341\u4e00\u65e5\uff0c\u90e8\u5206\u6570\u636e\u56e0\u56db\u820d\u4e94\u5165\u7565\u6709\u51fa\u5165\u3002'
    const document = page(`<div id=zoom>${report.repeat(4)}</div><div><p>${stray}</p></div>`)
    expect(linesOf(document, 'aside')).toEqual([])
  })

  it('sets menus, clock, path, share buttons and foot aside', () => {
    const around = [
      '\u9996\u9875 | \u65b0\u95fb\u4e2d\u5fc3 | \u653f\u52a1\u516c\u5f00',
      '\u4eca\u5929\u662f:2024\u5e743\u67085\u65e5 \u661f\u671f\u4e8c',
      '\u5f53\u524d\u4f4d\u7f6e\uff1a\u9996\u9875 > \u653f\u52a1\u516c\u5f00',
      '\u3010\u5b57\u4f53\uff1a\u5927 \u4e2d \u5c0f\u3011 \u6253\u5370 \u5173\u95ed',
      '\u5206\u4eab\u5230\uff1a\u5fae\u4fe1 \u65b0\u6d6a\u5fae\u535a',
      '\u4e0a\u4e00\u7bc7\uff1a\u4e91\u5cad\u53bf2022\u5e74\u62a5\u544a',
      '\u7248\u6743\u6240\u6709\uff1a\u4e91\u5cad\u53bf\u4eba\u6c11\u653f\u5e9c',
    ]
    const html = around.map(line => `<p>${line.replace('>', '&gt;')}</p>`)
    const document = page(
      `${html.slice(0, 3).join('')}${report.repeat(3)}${html.slice(3).join('')}`,
    )
    expect(linesOf(document, 'aside')).toEqual(around.map(line => `0 ${line}`))
  })

  it('reads what the page\u2019s head says of the article', () => {
    const document = page(
      '<title> A \n B </title><meta name=articletitle content="\u62a5\u544a"><meta name="PubDate" content="2024-01-02">' +
        '<meta name="ContentSource" content="\u53f8\u6cd5\u5c40"><meta name=viewport content=x><p>a',
    )
    expect(read(document).markup.properties).toEqual({
      title: 'A B',
      ArticleTitle: '\u62a5\u544a',
      PubDate: '2024-01-02',
      ContentSource: '\u53f8\u6cd5\u5c40',
    })
  })
})

describe('pages that cannot be read', () => {
  it('says what is missing', () => {
    expect(page('')).toEqual({ ok: false, problem: 'empty', details: {} })
    expect(page('<html><body> </body></html>')).toEqual({
      ok: false,
      problem: 'empty',
      details: {},
    })
    expect(page('<body><div id=app></div><script src=a.js></script>')).toEqual({
      ok: false,
      problem: 'no-text',
      details: { pictures: 0 },
    })
    expect(page('<frameset><frame src=a></frameset>')).toEqual({
      ok: false,
      problem: 'no-text',
      details: { kind: 'frames' },
    })
    expect(page('<p>\u516c\u793a</p><img src=a.jpg><img src=b.jpg>')).toEqual({
      ok: false,
      problem: 'no-text',
      details: { pictures: 2 },
    })
  })

  it('refuses too many elements, too much text and bytes of no encoding', () => {
    expect(page('<i>'.repeat(DOCUMENT_LIMITS.nodes + 1))).toEqual({
      ok: false,
      problem: 'too-many-nodes',
      details: { limit: DOCUMENT_LIMITS.nodes },
    })
    expect(page('\u6cd5'.repeat(DOCUMENT_LIMITS.length + 1))).toMatchObject({ problem: 'too-long' })
    expect(readHtml(encodeLatin('\xff\xfe\0\0<\0\0\0'))).toMatchObject({
      problem: 'unknown-encoding',
    })
  })

  it('survives depth, floods and what is never closed', () => {
    const deep = 20_000
    for (const html of [
      '<div>'.repeat(deep),
      '<b><p>'.repeat(deep),
      '<table><tr><td>'.repeat(deep / 4),
      '<ul><li>'.repeat(deep),
      '<a href=x>'.repeat(deep),
      `<p ${'a=b '.repeat(deep)} class="${'nav_'.repeat(deep)}">`,
      '&lt;'.repeat(deep),
      `<style>${'/*'.repeat(deep)}${'{'.repeat(deep)}</style>`,
      '<'.repeat(deep),
      '<table><tr>'.concat('<td colspan=1000 rowspan=65534>a'.repeat(1_000)),
    ]) {
      const document = page(`${html}\u6cd5\u6cbb`)
      expect(brokenMark(document)).toBeNull()
      expect(read(document).text.endsWith('\u6cd5\u6cbb')).toBe(true)
    }
    expect(textOf('<plaintext><p>a')).toBe('<p>a')
    expect(textOf('a<!-- b')).toBe('a')
  })

  it('never throws, marks whole lines in order, and keeps all text in either mode', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        ...'div p b i a table tr td th ul ol li br h1 h3 pre span center form body blockquote'
          .split(' ')
          .flatMap(tag => [`<${tag}>`, `</${tag}>`, `<${tag} class=nav style="display:block">`]),
      ),
      fc.constantFrom(
        SENTENCE,
        ' ',
        '\n',
        '&nbsp;',
        '\u9996\u9875',
        '<td colspan=3 rowspan=2>',
        '<a href=x>',
      ),
      fc.string({ unit: 'binary', maxLength: 12 }),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), pieces => {
        const bytes = new TextEncoder().encode(pieces.join(''))
        const main = readHtml(bytes, { encoding: 'utf-8' })
        const raw = readHtml(bytes, { encoding: 'utf-8', mode: 'raw' })
        expect(brokenMark(main)).toBeNull()
        expect(brokenMark(raw)).toBeNull()
        if (main.ok) expect(raw).toMatchObject({ text: main.text })
      }),
      { numRuns: 200 },
    )
  })
})

it('knows a page by its beginning', () => {
  for (const html of [
    '\ufeff\r\n<!DOCTYPE html><p>',
    '<?xml version="1.0"?><!-- a --><html xmlns="http://www.w3.org/1999/xhtml">',
    '<HTML>',
    '<!-- saved from url=(0014)about:internet -->\r\n<html>',
    '<div class=x>a',
  ]) {
    expect(looksLikeHtml(html)).toBe(true)
    expect(looksLikeHtml(encodeAs(html, 'utf-8'))).toBe(true)
  }
  expect(looksLikeHtml(encodeAs('<html>', 'utf-16le'))).toBe(true)
  expect(looksLikeHtml('\u4e00\u3001a < b > c')).toBe(false)
  expect(looksLikeHtml('<?xml version="1.0"?><a/>')).toBe(false)
  expect(looksLikeHtml('')).toBe(false)
})

it('reads parts of a book, where empty elements are closed', () => {
  const xml =
    '<?xml version="1.0"?><html><head><title/></head><body><p>a</p><a id="x"/><p/><h2>b</h2></body></html>'
  expect(htmlText(xml, { mode: 'raw' })).toEqual({
    text: 'a\nb',
    marks: [{ start: 2, end: 3, kind: 'heading', level: 2 }],
    properties: {},
    notes: [],
  })
})
