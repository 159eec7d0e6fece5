import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readMarkdown } from '../../../shared/extract/markdown'
import { encodeAs } from '../../support/encode'
import { brokenMark, outlineOf } from '../../support/outline'

const FIXTURES = fileURLToPath(new URL('../../fixtures/documents/md', import.meta.url))

/** What each line of a Markdown text is; a full stop where it is plain. */
function kindsOf(text: string): string {
  const document = readMarkdown(encodeAs(text, 'utf-8'))
  if (!document.ok) return document.problem
  expect(document.text).toBe(text)
  let start = 0
  return text
    .split('\n')
    .map(line => {
      const mark = document.markup.marks.find(
        found =>
          found.start === start && found.end === start + line.length && found.kind !== 'strong',
      )
      start += line.length + 1
      return mark ? mark.kind + (mark.level > 0 ? mark.level : '') : '.'
    })
    .join(' ')
}

it.each(['pandoc-gfm', 'pandoc'])('reads %s.md as reviewed', async name => {
  const document = readMarkdown(readFileSync(`${FIXTURES}/${name}.md`))
  expect(brokenMark(document)).toBeNull()
  await expect(outlineOf(document)).toMatchFileSnapshot(`${FIXTURES}/${name}.txt`)
})

it('reads every encoding of text, and leaves the text as it is', () => {
  const text =
    '# \u4e00\u3001\u5de5\u4f5c\u60c5\u51b5\n\n\u5168\u5e74\u529e\u7406\u590d\u8bae\u6848\u4ef627\u4ef6\uff0c\u5747\u5df2\u529e\u7ed3\u3002\n'
  for (const encoding of ['utf-8', 'utf-8-bom', 'gb18030', 'utf-16le'] as const) {
    expect(readMarkdown(encodeAs(text, encoding))).toMatchObject({ text, encoding, format: 'md' })
  }
  expect(readMarkdown(encodeAs('a\r\nb\r', 'utf-8'))).toMatchObject({ text: 'a\nb\n' })
})

it('marks headings with signs before or under them', () => {
  expect(kindsOf('# a\n### b ###\n#\n####### c\n#d\n##\uff08\u4e00\uff09e\n#\u8bdd\u9898# f')).toBe(
    'heading1 heading3 heading1 . . heading2 .',
  )
  expect(kindsOf('\u5de5\u4f5c\n===\n\n\u95ee\u9898\n---\n\nb')).toBe(
    'heading1 aside . heading2 aside . .',
  )
})

it('takes no paragraph for a heading because a rule follows', () => {
  expect(kindsOf('a\nb\n---\n\n\u5168\u90e8\u5b8c\u6210\u3002\n---')).toBe('. . aside . . aside')
})

it('marks items by depth, quotations, notes, rules and comments', () => {
  expect(kindsOf('- a\n  - b\n    1. c\n  - d\n2) e\n\n> f\n\n[^1]: g\n\n* * *\n<!-- h -->')).toBe(
    'item1 item2 item3 item2 item1 . quote . note . aside aside',
  )
})

it('marks tables with a row of dashes, and no line with a bar alone', () => {
  expect(kindsOf('|a|b|\n|-|:-:|\n|c|d|\n\n|e|f|')).toBe('row1 aside row . .')
})

it('leaves code alone, and takes a fence without an end for text', () => {
  expect(kindsOf('```sh\n# a\n- b\n```\n# c')).toBe('aside . . aside heading1')
  expect(kindsOf('```\n# a')).toBe('. heading1')
})

it('sets fields at the head aside and keeps what they say', () => {
  const text =
    '---\ntitle: "\u5e74\u5ea6\u62a5\u544a"\nauthor: \u53f8\u6cd5\u5c40\ntags:\n  - a\ndate: 2024-01-26\n---\na'
  expect(kindsOf(text)).toBe('aside aside aside aside aside aside aside .')
  expect(readMarkdown(encodeAs(text, 'utf-8'))).toMatchObject({
    markup: {
      properties: {
        title: '\u5e74\u5ea6\u62a5\u544a',
        author: '\u53f8\u6cd5\u5c40',
        created: '2024-01-26',
      },
    },
  })
  expect(kindsOf('---\n\u5168\u5e74\u5de5\u4f5c\u987a\u5229\u3002\n---\na')).toBe('aside . aside .')
})

it('marks bold and emphasis without their signs', () => {
  const text = '**\u4e00\u3001\u6210\u6548**\u3002*b* __c__ 2*3*4 a_b_c \\*d*'
  const document = readMarkdown(encodeAs(text, 'utf-8'))
  const marks = document.ok ? document.markup.marks : []
  expect(marks.map(({ kind, start, end }) => `${kind} ${text.slice(start, end)}`)).toEqual([
    'strong \u4e00\u3001\u6210\u6548',
    'emphasis b',
    'strong c',
  ])
})

it('refuses what is no text', () => {
  expect(readMarkdown(new Uint8Array())).toMatchObject({ ok: false, problem: 'empty' })
  expect(readMarkdown(encodeAs('%PDF-1.7 a', 'utf-8'))).toEqual({
    ok: false,
    problem: 'unsupported',
    details: { kind: 'pdf' },
  })
})

it('keeps any text, with marks on whole lines', () => {
  const piece = fc.constantFrom(
    '#',
    '-',
    '|',
    '```',
    '**',
    '_',
    '>',
    '\n',
    '\n\n',
    ' ',
    '1.',
    '---',
    '===',
    '\u6cd5',
    'a',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), pieces => {
      const text = `\u6cd5${pieces.join('')}`
      const document = readMarkdown(encodeAs(text, 'utf-8'))
      expect(brokenMark(document)).toBeNull()
      expect(document).toMatchObject({ text })
    }),
    { numRuns: 200 },
  )
})
