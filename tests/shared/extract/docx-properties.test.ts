import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { DocumentFile } from '../../../shared/extract/document'
import { readDocx } from '../../../shared/extract/docx'
import { readEpub } from '../../../shared/extract/epub'
import { readOdt } from '../../../shared/extract/odt'
import { docxOf, fixture, list, listLevel, odtOf } from '../../support/documents-office'

// Whatever a file holds, a reader answers, and what it answers keeps to what it promises.

const DOCX_NAMES = [
  'w:p',
  'w:r',
  'w:t',
  'w:pPr',
  'w:rPr',
  'w:tbl',
  'w:tr',
  'w:tc',
  'w:tcPr',
  'w:vMerge',
  'w:sdt',
  'w:sdtContent',
  'w:ins',
  'w:del',
  'w:b',
  'w:i',
  'w:vanish',
  'w:tab',
  'w:br',
  'w:fldChar',
  'w:instrText',
  'w:numPr',
  'w:ilvl',
  'w:numId',
  'w:outlineLvl',
  'w:txbxContent',
  'w:drawing',
  'w:pict',
  'mc:AlternateContent',
  'mc:Choice',
  'w:hyperlink',
  'w:footnoteReference',
  'w:sym',
]
const ODT_NAMES = [
  'text:p',
  'text:h',
  'text:span',
  'text:s',
  'text:tab',
  'text:line-break',
  'text:list',
  'text:list-item',
  'text:list-header',
  'text:note',
  'text:note-citation',
  'text:note-body',
  'text:section',
  'table:table',
  'table:table-row',
  'table:table-cell',
  'draw:frame',
  'draw:text-box',
  'table:covered-table-cell',
  'text:table-of-content',
  'text:index-body',
]
const VALUES = [
  '0',
  '1',
  '2',
  '8',
  '9',
  '-1',
  '99',
  'begin',
  'separate',
  'end',
  'restart',
  'F0FC',
  'x',
]

/** XML of these names, nested at will, with text and attributes that mean something somewhere. */
function xmlOf(names: readonly string[], attributes: readonly string[]): fc.Arbitrary<string> {
  const text = fc.constantFrom('\u62a5\u544a', ' ', '\n', '\ud840\udc00', 'TOC', '&#13;', 'a\tb')
  const attribute = fc
    .tuple(fc.constantFrom(...attributes), fc.constantFrom(...VALUES))
    .map(([name, value]) => ` ${name}="${value}"`)
  const { node } = fc.letrec<{ node: string }>(tie => ({
    node: fc.oneof(
      { depthSize: 'large', withCrossShrink: true },
      text,
      fc
        .tuple(
          fc.constantFrom(...names),
          fc.option(attribute, { nil: '' }),
          fc.array(tie('node'), { maxLength: 5 }),
        )
        .map(([name, own, inside]) => `<${name}${own}>${inside.join('')}</${name}>`),
    ),
  }))
  return fc.array(node, { maxLength: 6 }).map(nodes => nodes.join(''))
}

/** Checks all that `Markup` and `ReadDocument` promise. */
function keepsPromises(document: DocumentFile): void {
  if (!document.ok) return
  const { text, markup } = document
  expect(text).not.toMatch(/\r|\p{Cs}/u)
  for (const [index, mark] of markup.marks.entries()) {
    const { start, end, kind } = mark
    expect(start >= 0 && start < end && end <= text.length).toBe(true)
    const next = markup.marks[index + 1]
    if (next) expect(start < next.start || (start === next.start && end >= next.end)).toBe(true)
    if (kind === 'strong' || kind === 'emphasis') continue
    expect(start === 0 || text[start - 1] === '\n').toBe(true)
    expect(end === text.length || text[end] === '\n').toBe(true)
  }
}

const NUMBERING = list(
  1,
  listLevel(0, ['chineseCounting', '%1\u3001']) + listLevel(1, ['decimal', '%1.%2']),
)
const STYLES = '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>'

it('answers for any Word text, with marks on whole lines and in order', () => {
  const attributes = ['w:val', 'w:fldCharType', 'w:id', 'w:char', 'w:type', 'xml:space']
  fc.assert(
    fc.property(xmlOf(DOCX_NAMES, attributes), body => {
      const footnotes = '<w:footnote w:id="1"><w:p><w:r><w:t>n</w:t></w:r></w:p></w:footnote>'
      keepsPromises(readDocx(docxOf({ body, numbering: NUMBERING, styles: STYLES, footnotes })))
    }),
    { numRuns: 400 },
  )
})

it('answers for any OpenDocument text, with marks on whole lines and in order', () => {
  const attributes = [
    'text:c',
    'text:outline-level',
    'text:style-name',
    'table:number-columns-repeated',
  ]
  fc.assert(
    fc.property(xmlOf(ODT_NAMES, attributes), text => keepsPromises(readOdt(odtOf(text)))),
    { numRuns: 400 },
  )
})

it.each([
  ['docx/libreoffice.docx', readDocx],
  ['odt/pandoc.odt', readOdt],
  ['epub/pandoc.epub', readEpub],
] as const)('reads %s to the same text or refuses it, whatever byte is changed', (name, read) => {
  const sound = fixture(name)
  const whole = read(sound)
  keepsPromises(whole)
  fc.assert(
    fc.property(fc.nat(sound.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const broken = sound.slice()
      broken[at] = broken[at]! ^ change
      const answer = read(broken)
      if (!answer.ok || !whole.ok) return
      // A part that nothing else names may be gone from view; its words must not be other words.
      expect(whole.text).toBe(answer.text)
    }),
    { numRuns: 150 },
  )
})
