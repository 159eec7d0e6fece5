import { expect, it } from 'vitest'
import type { DocumentFile, ReadDocument } from '../../../shared/extract/document'
import { readDocx } from '../../../shared/extract/docx'
import {
  type DocxParts,
  docxEntries,
  docxOf,
  entry,
  paragraph,
  relation,
  relationships,
  run,
  table,
} from '../../support/documents-office'
import { zipOf } from '../../support/zip'

function read(parts: DocxParts | string): ReadDocument {
  return whole(readDocx(docxOf(typeof parts === 'string' ? { body: parts } : parts)))
}

function whole(document: DocumentFile): ReadDocument {
  if (!document.ok) throw new Error(`${document.problem} ${JSON.stringify(document.details)}`)
  return document
}

/** The marks of a document as a person would name them. */
function marksIn({ text, markup }: ReadDocument): string[] {
  return markup.marks.map(({ kind, level, start, end }) => {
    return `${kind}${level > 0 ? level : ''} ${text.slice(start, end)}`
  })
}

function style(id: string, name: string, inside = ''): string {
  return `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/>${inside}</w:style>`
}

const styled = (id: string) => `<w:pStyle w:val="${id}"/>`

it('reads paragraphs as lines, empty ones too, and changes no character', () => {
  const words = '\u3000\u3000\u00a0\u4e00\u3001\u603b\u4f53\uff0c 100% \ud840\udc00'
  const document = read(paragraph(words) + paragraph('') + paragraph('\u7b2c\u4e8c\u6bb5'))
  expect(document).toEqual({
    ok: true,
    format: 'docx',
    extractor: 'docx/1',
    text: `${words}\n\n\u7b2c\u4e8c\u6bb5`,
    markup: { marks: [], pages: [], properties: {} },
    encoding: null,
    sure: true,
    replaced: 0,
    notes: [],
  })
})

it('keeps white space at the ends of a run only where the file says so', () => {
  const runs = '<w:r><w:t> a </w:t></w:r><w:r><w:t xml:space="preserve"> b </w:t></w:r>'
  expect(read(`<w:p>${runs}${run('c\n d')}</w:p>`).text).toBe('a b c  d')
})

it('writes what stands for characters', () => {
  const inside = [
    '<w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:cr/><w:t>d</w:t>',
    '<w:noBreakHyphen/><w:softHyphen/><w:t>e</w:t><w:ptab/><w:t>f</w:t>',
  ].join('')
  expect(read(`<w:p><w:r>${inside}</w:r></w:p>`).text).toBe('a\tb\nc\nd\u2011\u00ade\tf')
})

it('breaks a paragraph at the end of a page only where text follows', () => {
  const page = '<w:r><w:br w:type="page"/></w:r>'
  expect(read(`<w:p>${page}${run('a')}${page}${run('b')}${page}</w:p>${paragraph('c')}`).text).toBe(
    'a\nb\nc',
  )
})

it('reads symbols by what they look like, and says where it cannot', () => {
  const symbol = (font: string, code: string) => `<w:sym w:font="${font}" w:char="${code}"/>`
  const known = symbol('Wingdings', 'F0FC') + symbol('Symbol', '0061') + symbol('Wingdings', 'F081')
  expect(read(`<w:p><w:r>${known}${symbol('SimSun', '2460')}</w:r></w:p>`)).toMatchObject({
    text: '\u2713\u03b1\u2460\u2460',
    replaced: 0,
    notes: [],
  })
  const fonts = '<w:rFonts w:ascii="Wingdings"/>'
  expect(read(`<w:p>${run('\uf0fe\u6b63', fonts)}</w:p>`).text).toBe('\u2611\u6b63')
  const unknown = `<w:p><w:r><w:t>a</w:t>${symbol('Wingdings 3', 'F041')}</w:r></w:p>`
  expect(read(unknown)).toMatchObject({
    text: 'a\ufffd',
    replaced: 1,
    notes: ['unknown-characters'],
  })
})

it('marks bold and italic stretches, joined where runs touch', () => {
  const body = `<w:p>${run('a', '<w:b/>')}${run('b', '<w:b/><w:i/>')}${run('c', '<w:b w:val="0"/>')}${run(' ', '<w:b/>')}</w:p>`
  expect(marksIn(read(body))).toEqual(['strong ab', 'emphasis b'])
})

it('takes bold from styles: switched off by a run, and by a second style', () => {
  const styles =
    style('bold', 'Body', '<w:rPr><w:b/></w:rPr>') +
    '<w:style w:type="character" w:styleId="s"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>' +
    style('child', 'Child', '<w:basedOn w:val="bold"/>')
  const body = (id: string) =>
    `<w:p><w:pPr>${styled(id)}</w:pPr>${run('a')}${run('b', '<w:rStyle w:val="s"/>')}${run('c', '<w:b w:val="false"/>')}</w:p>`
  expect(marksIn(read({ styles, body: body('child') }))).toEqual(['strong a'])
  expect(marksIn(read({ styles, body: body('none') }))).toEqual(['strong b'])
})

it('marks headings by outline level, by style in either language, and by what it is based on', () => {
  const styles = [
    style('1', 'heading 1', '<w:rPr><w:b/></w:rPr>'),
    style('a', '\u6807\u9898 2'),
    style('b', 'Own', '<w:basedOn w:val="1"/>'),
    style('c', 'Other', '<w:pPr><w:outlineLvl w:val="2"/></w:pPr>'),
    style('t', 'Title', '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>'),
    style('q', 'caption'),
    style('loop', 'Loop', '<w:basedOn w:val="loop"/>'),
  ].join('')
  const outline = (level: number) => `<w:outlineLvl w:val="${level}"/>`
  const body = [
    paragraph('A', styled('t')),
    paragraph('B', styled('1')),
    paragraph('C', styled('a')),
    paragraph('D', styled('b')),
    paragraph('E', styled('c')),
    paragraph('F', outline(3)),
    paragraph('G', styled('1') + outline(9)),
    paragraph('H', styled('q')),
    paragraph('I', styled('loop')),
    paragraph(' ', styled('1')),
    paragraph('\u957f'.repeat(201), styled('1')),
  ].join('')
  expect(marksIn(read({ styles, body }))).toEqual([
    'title A',
    'heading1 B',
    'heading2 C',
    'heading1 D',
    'heading3 E',
    'heading4 F',
    'strong G',
    'caption H',
  ])
})

it('writes a table row by row, merged cells once and columns in their places', () => {
  const cell = (text: string, properties = '') => `<w:tcPr>${properties}</w:tcPr>${paragraph(text)}`
  const body = table(
    [cell('A'), cell('B'), cell('C')],
    [cell('d', '<w:vMerge w:val="restart"/>'), cell('e', '<w:gridSpan w:val="2"/>')],
    [cell('hidden', '<w:vMerge/>'), `${cell('f')}${paragraph('')}${paragraph('g\th')}`, cell('i')],
  ).replace('<w:tr>', '<w:tr><w:trPr><w:tblHeader/></w:trPr>')
  const document = read(paragraph('x') + body)
  expect(document.text).toBe('x\nA\tB\tC\nd\te\t\n\tf g h\ti')
  expect(marksIn(document)).toEqual(['row1 A\tB\tC', 'row d\te\t', 'row \tf g h\ti'])
  expect(document.notes).toEqual(['merged-cells'])
})

it('flattens a table within a cell', () => {
  const inner = table([paragraph('a'), paragraph('b')])
  const document = read(table([paragraph('1'), inner], [paragraph('2'), paragraph('3')]))
  expect(marksIn(document)).toEqual(['row 1\ta b', 'row 2\t3'])
})

it('reads the paragraphs of a table that only frames them', () => {
  const styles = style('1', 'heading 1')
  const frame = table([paragraph('A', styled('1')) + paragraph('b')], [paragraph('c')])
  expect(read({ styles, body: frame }).text).toBe('A\nb\nc')
  expect(marksIn(read({ styles, body: frame }))).toEqual(['heading1 A'])
  const long = '\u6b63\u6587'.repeat(120)
  const form = table(
    [paragraph('\u5185\u5bb9'), paragraph(long) + paragraph(long)],
    [paragraph('1'), paragraph('2')],
  )
  expect(read(form).text).toBe(`\u5185\u5bb9\n${long}\n${long}\n1\t2`)
  const page = (count: number) =>
    table([paragraph('\u680f'), paragraph('\u6b63\u6587'.repeat(11)).repeat(count)])
  expect(read(page(5)).text.split('\n')).toHaveLength(6)
  expect(read(page(4)).text.split('\n')).toHaveLength(1)
})

it('reads changes as accepted: insertions in, deletions out, paragraphs joined', () => {
  const mark = '<w:rPr><w:del w:id="9" w:author="x"/></w:rPr>'
  const body = [
    `<w:p>${run('a')}<w:ins w:id="1">${run('b')}</w:ins><w:del w:id="2"><w:r><w:delText>c</w:delText></w:r></w:del></w:p>`,
    `<w:p><w:pPr>${mark}</w:pPr>${run('d')}</w:p>`,
    paragraph('e', styled('1')),
    `<w:p><w:pPr>${mark}</w:pPr><w:del w:id="3"><w:r><w:delText>f</w:delText></w:r></w:del></w:p>`,
    `<w:p><w:moveFrom w:id="4">${run('g')}</w:moveFrom><w:moveTo w:id="5">${run('h')}</w:moveTo></w:p>`,
  ].join('')
  const document = read({ styles: style('1', 'heading 1'), body })
  expect(document.text).toBe('ab\nde\nh')
  expect(marksIn(document)).toEqual(['heading1 de'])
  expect(document.notes).toEqual(['tracked-changes'])
})

it('leaves out deleted rows', () => {
  const rows = table([paragraph('a'), paragraph('b')], [paragraph('c'), paragraph('d')])
  const body = rows.replace('<w:tr>', '<w:tr><w:trPr><w:del w:id="1"/></w:trPr>')
  expect(read(body)).toMatchObject({ text: 'c\td', notes: ['tracked-changes'] })
})

it('leaves out hidden text, and a paragraph of nothing else', () => {
  const styles =
    '<w:style w:type="character" w:styleId="h"><w:name w:val="h"/><w:rPr><w:vanish/></w:rPr></w:style>'
  const body = [
    `<w:p>${run('a')}${run('b', '<w:vanish/>')}${run('c', '<w:rStyle w:val="h"/>')}</w:p>`,
    `<w:p>${run('d', '<w:vanish/>')}</w:p>`,
    `<w:p>${run('e', '<w:vanish w:val="0"/>')}</w:p>`,
  ].join('')
  expect(read({ styles, body })).toMatchObject({ text: 'a\ne', notes: ['hidden-text'] })
})

it('leaves out comments, headers and footers', () => {
  const comment = '<w:r><w:commentReference w:id="0"/></w:r>'
  const files = { 'word/header1.xml': '<w:hdr/>', 'word/footer1.xml': '<w:ftr/>' }
  const comments = `<w:comment w:id="0">${paragraph('says who')}</w:comment>`
  const body = `<w:p><w:commentRangeStart w:id="0"/>${run('a')}<w:commentRangeEnd w:id="0"/>${comment}</w:p>`
  expect(read({ body, comments, files })).toMatchObject({ text: 'a', notes: ['comments'] })
  expect(read({ body: paragraph('a'), comments: '' }).notes).toEqual([])
})

it('puts footnotes and then endnotes at the end, numbered as they are referred to', () => {
  const note = (kind: string, id: number, text: string) =>
    `<w:${kind} w:id="${id}"><w:p><w:r><w:${kind}Ref/></w:r>${run(text)}</w:p></w:${kind}>`
  const reference = (kind: string, id: number) => `<w:r><w:${kind}Reference w:id="${id}"/></w:r>`
  const document = read({
    body: `<w:p>${run('316\u4ef6')}${reference('footnote', 7)}${run('\uff0c')}${reference('endnote', 2)}${reference('footnote', 3)}</w:p>`,
    footnotes: `<w:footnote w:type="separator" w:id="0">${paragraph('---')}</w:footnote>${note('footnote', 3, '\u4e59')}${note('footnote', 7, ' \u7532')}${note('footnote', 8, 'unused')}`,
    endnotes: note('endnote', 2, '\u4e19'),
  })
  expect(document.text).toBe('316\u4ef6[1]\uff0c[i][2]\n[1] \u7532\n[2] \u4e59\n[i] \u4e19')
  expect(marksIn(document)).toEqual(['note [1] \u7532', 'note [2] \u4e59', 'note [i] \u4e19'])
  expect(document.notes).toEqual(['auto-numbering'])
})

it('numbers notes as the section says, and leaves a sign of their own alone', () => {
  const footnotes = ['1', '2']
    .map(id => `<w:footnote w:id="${id}">${paragraph(`n${id}`)}</w:footnote>`)
    .join('')
  const section =
    '<w:sectPr><w:footnotePr><w:numFmt w:val="decimalEnclosedCircleChinese"/></w:footnotePr></w:sectPr>'
  const own = '<w:r><w:footnoteReference w:id="2" w:customMarkFollows="1"/><w:t>*</w:t></w:r>'
  const body = `<w:p>${run('a')}<w:r><w:footnoteReference w:id="1"/></w:r>${run('b')}${own}</w:p>${section}`
  expect(read({ body, footnotes }).text).toBe('a\u2460b*\n\u2460 n1\nn2')
})

it('keeps the results of fields and drops their codes, also where fields nest', () => {
  const field = (type: string) => `<w:r><w:fldChar w:fldCharType="${type}"/></w:r>`
  const code = (text: string) => `<w:r><w:instrText>${text}</w:instrText></w:r>`
  const nested = `${field('begin')}${code('IF ')}${field('begin')}${code('PAGE')}${field('separate')}${run('9')}${field('end')}${field('separate')}${run('yes')}${field('end')}`
  const simple = `<w:fldSimple w:instr=" SEQ x ">${run('1')}</w:fldSimple>`
  const link = `<w:hyperlink r:id="x">${run('link')}</w:hyperlink>`
  const body = `<w:p>${run('a ')}${nested}${run(' ')}${simple}${link}</w:p>`
  expect(read(body).text).toBe('a yes 1link')
  const circled = `${field('begin')}${code('eq \\o\\ac(\u25cb,3)')}${field('end')}`
  const ruby = `${field('begin')}${code('EQ \\* jc2 \\o\\ad(\\s\\up 9(hao),\u597d)')}${field('end')}`
  expect(read(`<w:p>${circled}${ruby}</w:p>`).text).toBe('\u2462\u597d')
})

it('shows the text after a field that is broken, and of a table of contents that never ends', () => {
  const field = (type: string) => `<w:r><w:fldChar w:fldCharType="${type}"/></w:r>`
  const open = `<w:p>${run('a')}${field('begin')}${run('b', '<w:b/>')}</w:p>`
  const stray = `<w:p>${field('end')}${field('separate')}${run('c')}</w:p>`
  expect(marksIn(read(open + stray + paragraph('d')))).toEqual(['strong b'])
  expect(read(open + stray + paragraph('d')).text).toBe('ab\nc\nd')
  const contents = `<w:p>${field('begin')}<w:r><w:instrText>TOC</w:instrText></w:r>${field('separate')}${run('A\t1')}</w:p>`
  const heading = paragraph('A', '<w:outlineLvl w:val="0"/>')
  expect(marksIn(read(contents + heading + paragraph('b')))).toEqual(['aside A\t1', 'heading1 A'])
  const long = paragraph('\u957f'.repeat(201))
  expect(marksIn(read(contents + long + paragraph('b')))).toEqual(['aside A\t1'])
})

it('marks a table of contents as standing around the report', () => {
  const field = (type: string) => `<w:r><w:fldChar w:fldCharType="${type}"/></w:r>`
  const body = [
    `<w:p>${field('begin')}<w:r><w:instrText>TOC \\o "1-3"</w:instrText></w:r>${field('separate')}${run('A\t1')}</w:p>`,
    paragraph('B\t2'),
    `<w:p>${field('end')}</w:p>`,
    paragraph('C'),
    '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>' +
      `<w:sdtContent>${paragraph('D\t3')}</w:sdtContent></w:sdt>`,
    `<w:sdt><w:sdtContent>${paragraph('E')}</w:sdtContent></w:sdt>`,
  ].join('')
  const document = read(body)
  expect(document.text).toBe('A\t1\nB\t2\n\nC\nD\t3\nE')
  expect(marksIn(document)).toEqual(['aside A\t1', 'aside B\t2', 'aside D\t3'])
})

it('reads a text box once, after the paragraph that it is anchored in', () => {
  const box = `<w:txbxContent>${paragraph('box')}</w:txbxContent>`
  const drawing = `<w:drawing><a:graphic><wps:wsp><wps:txbx>${box}</wps:txbx></wps:wsp></a:graphic></w:drawing>`
  const old = `<w:pict><v:shape><v:textbox>${box}</v:textbox></v:shape></w:pict>`
  const both = `<mc:AlternateContent><mc:Choice Requires="wps">${drawing}</mc:Choice><mc:Fallback>${old}</mc:Fallback></mc:AlternateContent>`
  const body = (inside: string) =>
    `<w:p>${run('a')}<w:r>${inside}</w:r>${run('b')}</w:p>${paragraph('c')}`
  expect(read(body(both)).text).toBe('ab\nbox\nc')
  expect(read(body(old)).text).toBe('ab\nbox\nc')
  const onlyOld = both.replace(drawing, '<w:drawing/>')
  expect(read(body(onlyOld)).text).toBe('ab\nbox\nc')
})

it('reads through what only wraps, and the base of ruby, and formulas', () => {
  const ruby = `<w:r><w:ruby><w:rt>${run('hao')}</w:rt><w:rubyBase>${run('\u597d')}</w:rubyBase></w:ruby></w:r>`
  const math =
    '<m:oMath><m:f><m:num><m:r><m:t>a</m:t></m:r></m:num><m:den><m:r><m:t>b</m:t></m:r></m:den></m:f></m:oMath>'
  const wrapped = `<w:smartTag>${run('1')}</w:smartTag><w:customXml>${run('2')}</w:customXml><w:sdt><w:sdtContent>${run('3')}</w:sdtContent></w:sdt><w:bdo>${run('4')}</w:bdo>`
  expect(read(`<w:p>${wrapped}${ruby}${math}</w:p>`).text).toBe('1234\u597da/b')
})

it('reads other prefixes and the strict namespaces', () => {
  const strict = 'http://purl.oclc.org/ooxml/wordprocessingml/main'
  const relations = relationships(relation('officeDocument', '/word/document.xml')).replace(
    'http://schemas.openxmlformats.org/officeDocument/2006/relationships',
    'http://purl.oclc.org/ooxml/officeDocument/relationships',
  )
  const files = (xml: string) =>
    zipOf([entry('_rels/.rels', relations), entry('word/document.xml', xml)])
  const prefixed = `<n:document xmlns:n="${strict}"><n:body><n:p><n:pPr><n:outlineLvl n:val="0"/></n:pPr><n:r><n:t>a</n:t></n:r></n:p></n:body></n:document>`
  expect(marksIn(whole(readDocx(files(prefixed))))).toEqual(['heading1 a'])
  const other = prefixed.replace(strict, 'urn:other')
  expect(readDocx(files(other))).toMatchObject({ ok: false, problem: 'empty' })
})

it('reads XML in UTF-16 and in what it declares', () => {
  const xml =
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>\u62a5</w:t></w:r></w:p></w:body></w:document>'
  const wide = Buffer.from(`\ufeff<?xml version="1.0" encoding="UTF-16"?>${xml}`, 'utf16le')
  const [before, after] = xml.split('\u62a5') as [string, string]
  const gbk = Buffer.concat([
    Buffer.from(`<?xml version="1.0" encoding="gb2312"?>${before}`),
    Buffer.from([0xb1, 0xa8]),
    Buffer.from(after),
  ])
  for (const data of [wide, gbk, Buffer.from(`\ufeff${xml}`)]) {
    expect(whole(readDocx(zipOf([{ name: 'word/document.xml', data }]))).text).toBe('\u62a5')
  }
  const broken = Buffer.concat([Buffer.from(before), Buffer.from([0xb1, 0xa8]), Buffer.from(after)])
  expect(readDocx(zipOf([{ name: 'word/document.xml', data: broken }]))).toEqual({
    ok: false,
    problem: 'damaged',
    details: { where: 'word/document.xml' },
  })
})

it('states the title, author and date of the file', () => {
  const core =
    '<dc:title> \u62a5\u544a </dc:title><dc:creator>\u53f8\u6cd5\u5c40</dc:creator><dcterms:created>2024-01-05T09:00:00Z</dcterms:created><dc:subject/>'
  expect(read({ body: paragraph('a'), core }).markup.properties).toEqual({
    title: '\u62a5\u544a',
    author: '\u53f8\u6cd5\u5c40',
    created: '2024-01-05T09:00:00Z',
  })
})

it('notes pictures, macros and what is loaded from elsewhere, but not links', () => {
  const picture = '<w:r><w:drawing><a:graphic><pic:pic/></a:graphic></w:drawing></w:r>'
  const relations = relation('image', 'file:///etc/passwd', 'External')
  const document = read({
    body: `<w:p>${run('a')}${picture}</w:p>`,
    relations,
    files: { 'word/vbaProject.bin': 'x' },
  })
  expect(document).toMatchObject({ text: 'a', notes: ['pictures', 'script', 'links-outside'] })
  const link = relation('hyperlink', 'https://example.org/', 'External')
  expect(read({ body: paragraph('a'), relations: link }).notes).toEqual([])
  const settings = {
    'word/settings.xml': '<w:settings/>',
    'word/_rels/settings.xml.rels': relationships(
      relation('attachedTemplate', 'http://example.org/t.dotm', 'External'),
    ),
  }
  const template = {
    body: paragraph('a'),
    relations: relation('settings', 'settings.xml'),
    files: settings,
  }
  expect(read(template).notes).toEqual(['links-outside'])
})

it('says that a file has nothing to code', () => {
  const picture = '<w:p><w:r><w:drawing><pic:pic/></w:drawing></w:r></w:p>'
  expect(readDocx(docxOf({ body: picture }))).toMatchObject({ ok: false, problem: 'no-text' })
  expect(readDocx(docxOf({ body: paragraph(' ') }))).toMatchObject({ ok: false, problem: 'empty' })
})

it.each([
  ['a document type', '<!DOCTYPE w:document SYSTEM "file:///etc/passwd">'],
  ['entities', '<!DOCTYPE lol [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'],
  ['an entity alone', '<!ENTITY a "b">'],
])('refuses XML that declares %s', (_, declaration) => {
  const entries = docxEntries({ body: paragraph('&b;') }).map(file => {
    const text = new TextDecoder().decode(file.data)
    return file.name === 'word/document.xml'
      ? entry(file.name, text.replace('<w:document', `${declaration}<w:document`))
      : file
  })
  expect(readDocx(zipOf(entries))).toEqual({ ok: false, problem: 'doctype', details: {} })
  const wide = entries.map(file => {
    if (file.name !== 'word/document.xml') return file
    const text = new TextDecoder().decode(file.data).replace('UTF-8', 'UTF-16')
    return { ...file, data: Buffer.from(`\ufeff${text}`, 'utf16le') }
  })
  expect(readDocx(zipOf(wide))).toEqual({ ok: false, problem: 'doctype', details: {} })
})

it('refuses what is nested too deep, has too many attributes, or ends early', () => {
  const deep = '<w:sdt><w:sdtContent>'.repeat(200)
  expect(readDocx(docxOf({ body: deep }))).toEqual({
    ok: false,
    problem: 'too-deep',
    details: { limit: 256 },
  })
  const damaged = { ok: false, problem: 'damaged', details: { where: 'word/document.xml' } }
  const many = Array.from({ length: 1001 }, (_, at) => `a${at}=""`).join(' ')
  expect(readDocx(docxOf({ body: `<w:p ${many}/>` }))).toEqual(damaged)
  expect(readDocx(docxOf({ body: '<w:p><w:r>' }))).toEqual(damaged)
  expect(readDocx(docxOf({ body: paragraph('&unknown;') }))).toEqual(damaged)
})

it('refuses a table with more columns than any has', () => {
  const wide = `<w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr>${paragraph('a')}`
  expect(readDocx(docxOf({ body: table([wide, paragraph('b')]) }))).toEqual({
    ok: false,
    problem: 'too-many-columns',
    details: { count: 1_000_000_000, limit: 1_000 },
  })
})

it('refuses a text that is too long', () => {
  const body = paragraph('a'.repeat(1_000_000)).repeat(4)
  const bytes = zipOf(docxEntries({ body }).map(file => ({ ...file, method: 0 })))
  expect(readDocx(bytes)).toEqual({
    ok: false,
    problem: 'too-long',
    details: { length: 4_000_003, limit: 3_000_000 },
  })
})

it('refuses a file whose text is another file', () => {
  const body = '<w:altChunk r:id="a"/>'
  const details = { kind: 'altChunk' }
  expect(readDocx(docxOf({ body }))).toEqual({ ok: false, problem: 'unsupported', details })
})

it('refuses a zip without a text', () => {
  const details = { where: 'word/document.xml' }
  expect(readDocx(zipOf([entry('a.txt', 'a')]))).toEqual({ ok: false, problem: 'damaged', details })
})
