import { expect, it } from 'vitest'
import type { DocumentFile, ReadDocument } from '../../../shared/extract/document'
import { readDocx } from '../../../shared/extract/docx'
import { readOdt } from '../../../shared/extract/odt'
import {
  baselineBeside,
  baselineOf,
  entry,
  fixture,
  odtEntries,
  odtOf,
} from '../../support/documents-office'
import { zipOf } from '../../support/zip'

function read(text: string, styles = ''): ReadDocument {
  return whole(readOdt(odtOf(text, styles)))
}

function whole(document: DocumentFile): ReadDocument {
  if (!document.ok) throw new Error(`${document.problem} ${JSON.stringify(document.details)}`)
  return document
}

function marksIn({ text, markup }: ReadDocument): string[] {
  return markup.marks.map(({ kind, level, start, end }) => {
    return `${kind}${level > 0 ? level : ''} ${text.slice(start, end)}`
  })
}

const p = (text: string) => `<text:p>${text}</text:p>`

/** A list style of numbered levels: the format, what stands before it and after it. */
function listStyle(
  name: string,
  ...levels: readonly (readonly [string, string, string])[]
): string {
  const written = levels.map(
    ([format, prefix, suffix], at) =>
      `<text:list-level-style-number text:level="${at + 1}" style:num-format="${format}" style:num-prefix="${prefix}" style:num-suffix="${suffix}"/>`,
  )
  return `<text:list-style style:name="${name}">${written.join('')}</text:list-style>`
}

function list(attributes: string, ...items: readonly string[]): string {
  return `<text:list ${attributes}>${items.map(item => `<text:list-item>${item}</text:list-item>`).join('')}</text:list>`
}

it.each(['libreoffice.odt', 'pandoc.odt'])('reads %s as it was reviewed', name => {
  const file = `odt/${name}`
  expect(baselineOf(readOdt(fixture(file)))).toEqual(baselineBeside(file))
})

it('reads one report to one text, whether LibreOffice saved it as docx or as odt', () => {
  const asOdt = whole(readOdt(fixture('odt/libreoffice.odt')))
  const asDocx = whole(readDocx(fixture('docx/libreoffice.docx')))
  expect([asOdt.text, asOdt.markup.marks]).toEqual([asDocx.text, asDocx.markup.marks])
})

it('takes white space as the format does', () => {
  const text =
    '\n  a\n\tb<text:s/><text:s text:c="2"/>c <text:span> d</text:span><text:tab/>e<text:line-break/> f\u3000\u00a0'
  expect(read(p(text)).text).toBe('a b   c d\te\n f\u3000\u00a0')
})

it('bounds how many spaces one element stands for', () => {
  expect(read(p('a<text:s text:c="999999999"/>b')).text).toHaveLength(1_002)
})

it('marks headings, titles and quotations, by the styles that a style is based on', () => {
  const styles =
    '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>'
  const body = [
    '<text:p text:style-name="P1">T</text:p>',
    '<text:h text:outline-level="2">H</text:h>',
    '<text:h>I</text:h>',
    '<text:p text:style-name="Quotations">Q</text:p>',
    '<text:p text:style-name="Caption">C</text:p>',
    `<text:h text:outline-level="1">${'\u957f'.repeat(201)}</text:h>`,
  ].join('')
  expect(marksIn(read(body, styles))).toEqual([
    'title T',
    'heading2 H',
    'heading1 I',
    'quote Q',
    'caption C',
  ])
})

it('marks bold and italic by the style for Chinese characters first', () => {
  const style = (name: string, properties: string) =>
    `<style:style style:name="${name}" style:family="text"><style:text-properties ${properties}/></style:style>`
  const styles = [
    style('a', 'fo:font-weight="bold"'),
    style('b', 'fo:font-weight="bold" style:font-weight-asian="normal"'),
    style('c', 'fo:font-style="italic" fo:font-weight="700"'),
  ].join('')
  const span = (name: string) => `<text:span text:style-name="${name}">${name}</text:span>`
  expect(marksIn(read(p(span('a') + span('b') + span('c')), styles))).toEqual([
    'strong a',
    'strong c',
    'emphasis c',
  ])
})

it('writes the numbers of lists, as deep as they are', () => {
  const styles = listStyle(
    'L',
    ['一, 二, 三, ...', '', '\u3001'],
    ['1', '(', ')'],
    ['①, ②, ③, ...', '', ''],
  )
  const inner = list('', p('c') + list('', p('d')), p('e'))
  const document = read(
    list('text:style-name="L"', p('a'), p('b') + p('again') + inner, p('f')),
    styles,
  )
  expect(document.text).toBe(
    '\u4e00\u3001a\n\u4e8c\u3001b\nagain\n(1)c\n\u2460d\n(2)e\n\u4e09\u3001f',
  )
  expect(marksIn(document)).toEqual([
    'item1 \u4e00\u3001a',
    'item1 \u4e8c\u3001b',
    'item2 (1)c',
    'item3 \u2460d',
    'item2 (2)e',
    'item1 \u4e09\u3001f',
  ])
  expect(document.notes).toEqual(['auto-numbering'])
})

it('counts a list on where it says so, by name or by style, and anew where not', () => {
  const styles = listStyle('L', ['1', '', '.'])
  const body = [
    list('xml:id="one" text:style-name="L"', p('a')),
    list('xml:id="two" text:style-name="L"', p('b')),
    list('text:continue-list="one" text:style-name="L"', p('c')),
    list('text:continue-numbering="true" text:style-name="L"', p('d')),
    '<text:list text:style-name="L"><text:list-item text:start-value="7"><text:p>e</text:p></text:list-item></text:list>',
  ].join('')
  expect(read(body, styles).text).toBe('1. a\n1. b\n2. c\n3. d\n7. e')
})

it('counts a second list within an item anew, and one in a continued list on', () => {
  const styles = listStyle('L', ['1', '', '.'], ['a', '', ')'])
  const first = list('xml:id="l" text:style-name="L"', p('a') + list('', p('b')) + list('', p('c')))
  const second = list('text:continue-list="l" text:style-name="L"', list('', p('d')), p('e'))
  expect(read(first + second, styles).text).toBe('1. a\na)b\na)c\nb)d\n2. e')
  const items = [p('a') + list('', p('b')), p('c') + list('', p('d'))]
  expect(read(list('text:style-name="L"', ...items), styles).text).toBe('1. a\na)b\n2. c\na)d')
})

it('gives no number to an item that only holds a deeper list, or to the head of a list', () => {
  const styles = listStyle('L', ['1', '', '.'], ['a', '', ')'])
  const body = `<text:list text:style-name="L"><text:list-header>${p('head')}</text:list-header><text:list-item>${list('', p('x'))}</text:list-item><text:list-item>${p('y')}</text:list-item></text:list>`
  expect(read(body, styles).text).toBe('head\na)x\n2. y')
})

it('shows several levels in one number, and bullets not at all', () => {
  const level = (at: number, more: string) =>
    `<text:list-level-style-number text:level="${at}" style:num-format="1" ${more}/>`
  const styles = `<text:list-style style:name="L">${level(1, 'style:num-suffix="."')}${level(2, 'text:display-levels="2" text:start-value="3"')}</text:list-style><text:list-style style:name="B"><text:list-level-style-bullet text:level="1" text:bullet-char="-"/></text:list-style>`
  const body =
    list('text:style-name="L"', p('a') + list('', p('b'))) + list('text:style-name="B"', p('c'))
  const document = read(body, styles)
  expect(document.text).toBe('1. a\n1.3 b\nc')
  expect(marksIn(document).at(-1)).toBe('item1 c')
})

it('writes the numbers that the outline gives to headings', () => {
  const outline =
    '<text:outline-style><text:outline-level-style text:level="1" style:num-format="一, 二, 三, ..." style:num-prefix="\u7b2c" style:num-suffix="\u7ae0"/></text:outline-style>'
  const h = '<text:h text:outline-level="1">x</text:h>'
  const body = h + h + h.replace('text:h ', 'text:h text:is-list-header="true" ')
  expect(read(body, outline).text).toBe('\u7b2c\u4e00\u7ae0 x\n\u7b2c\u4e8c\u7ae0 x\nx')
})

it('writes a table row by row, merged cells once and repeated ones as often', () => {
  const cell = (text: string, more = '') =>
    `<table:table-cell ${more}>${p(text)}</table:table-cell>`
  const row = (...cells: readonly string[]) =>
    `<table:table-row>${cells.join('')}</table:table-row>`
  const body = `<table:table><table:table-column/><table:table-header-rows>${row(cell('A'), cell('B', 'table:number-columns-repeated="2"'))}</table:table-header-rows>${row(cell('c', 'table:number-columns-spanned="2"'), '<table:covered-table-cell/>', `<table:table-cell>${p('d')}${p('e')}</table:table-cell>`)}</table:table>`
  const document = read(body)
  expect(document.text).toBe('A\tB\tB\nc\t\td e')
  expect(marksIn(document)).toEqual(['row1 A\tB\tB', 'row c\t\td e'])
  expect(document.notes).toEqual(['merged-cells'])
})

it('refuses a table that is repeated beyond all measure', () => {
  const row = (more: string, inside: string) =>
    `<table:table><table:table-row ${more}><table:table-cell ${inside}>${p('a')}</table:table-cell></table:table-row></table:table>`
  expect(readOdt(odtOf(row('', 'table:number-columns-repeated="99999999"')))).toEqual({
    ok: false,
    problem: 'too-many-columns',
    details: { count: 99_999_999, limit: 1_000 },
  })
  expect(readOdt(odtOf(row('table:number-rows-repeated="99999999"', '')))).toEqual({
    ok: false,
    problem: 'too-many-rows',
    details: { count: 99_999_999, limit: 200_000 },
  })
})

it('leaves out what is deleted, hidden or a comment, and says so', () => {
  const styles =
    '<style:style style:name="h" style:family="text"><style:text-properties text:display="none"/></style:style>'
  const body = [
    '<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion></text:changed-region></text:tracked-changes>',
    p(
      'a<text:change text:change-id="1"/><text:span text:style-name="h">b</text:span>c<office:annotation><text:p>d</text:p></office:annotation>',
    ),
    p('<text:span text:style-name="h">e</text:span>'),
    `<text:section text:display="none">${p('f')}</text:section><text:section>${p('g')}</text:section>`,
  ].join('')
  expect(read(body, styles)).toMatchObject({
    text: 'ac\ng',
    notes: ['tracked-changes', 'comments', 'hidden-text'],
  })
})

it('puts notes at the end, footnotes first', () => {
  const note = (kind: string, label: string, text: string) =>
    `<text:note text:note-class="${kind}"><text:note-citation>${label}</text:note-citation><text:note-body>${p(text)}</text:note-body></text:note>`
  const document = read(
    p(
      `a${note('endnote', 'i', 'x')}b${note('footnote', '1', ' y')}c${note('footnote', '\u2460', 'z')}`,
    ),
  )
  expect(document.text).toBe('a[i]b[1]c\u2460\n[1] y\n\u2460 z\n[i] x')
  expect(marksIn(document)).toEqual(['note [1] y', 'note \u2460 z', 'note [i] x'])
})

it('marks tables of contents as standing around the report', () => {
  const body = `<text:table-of-content><text:table-of-content-source/><text:index-body><text:index-title>${p('A')}</text:index-title>${p('B<text:tab/>1')}</text:index-body></text:table-of-content>${p('C')}`
  const document = read(body)
  expect(document.text).toBe('A\nB\t1\nC')
  expect(marksIn(document)).toEqual(['aside A', 'aside B\t1'])
})

it('reads text boxes after their paragraph, ruby by its base, and notes pictures', () => {
  const box = `<draw:frame><draw:text-box>${p('box')}</draw:text-box></draw:frame>`
  const shape = `<draw:custom-shape>${p('shape')}</draw:custom-shape>`
  const image = '<draw:frame><draw:image xlink:href="Pictures/1.png"/></draw:frame>'
  const ruby =
    '<text:ruby><text:ruby-base>\u597d</text:ruby-base><text:ruby-text>hao</text:ruby-text></text:ruby>'
  const body = shape + p(`a${box}${ruby}${image}`) + p('b')
  expect(read(body)).toMatchObject({ text: 'shape\na\u597d\nbox\nb', notes: ['pictures'] })
  const outside = p(`a${image.replace('Pictures/1.png', 'https://example.org/1.png')}`)
  expect(read(outside).notes).toEqual(['pictures', 'links-outside'])
  expect(
    read(`<text:section><text:section-source xlink:href="../b.odt"/>${p('a')}</text:section>`)
      .notes,
  ).toEqual(['links-outside'])
})

it('notes macros, of which an empty list is none', () => {
  const entries = odtEntries(p('a'))
  const withFile = (name: string) => whole(readOdt(zipOf([...entries, entry(name, 'x')]))).notes
  expect(withFile('Basic/Standard/script-lb.xml')).toEqual([])
  expect(withFile('Basic/Standard/Module1.xml')).toEqual(['script'])
})

it('says that a file is encrypted, is another kind of document, or has a document type', () => {
  const manifest =
    '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry m:full-path="content.xml"><m:encryption-data/></m:file-entry></m:manifest>'
  const entries = odtEntries(p('a'))
  expect(readOdt(zipOf([...entries, entry('META-INF/manifest.xml', manifest)]))).toEqual({
    ok: false,
    problem: 'encrypted',
    details: {},
  })
  const sheet = entries.map(file => {
    const text = new TextDecoder().decode(file.data)
    return entry(
      file.name,
      text.replaceAll('office:text', 'office:spreadsheet').replace('.text', '.spreadsheet'),
    )
  })
  expect(readOdt(zipOf(sheet))).toEqual({
    ok: false,
    problem: 'unsupported',
    details: { kind: 'spreadsheet' },
  })
  const declared = entries.map(file =>
    entry(file.name, `<!DOCTYPE x>${new TextDecoder().decode(file.data)}`),
  )
  expect(readOdt(zipOf(declared))).toEqual({ ok: false, problem: 'doctype', details: {} })
  expect(readOdt(zipOf([entry('mimetype', 'x')]))).toEqual({
    ok: false,
    problem: 'damaged',
    details: { where: 'content.xml' },
  })
})
