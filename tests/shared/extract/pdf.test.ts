import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { loadPdfLibrary } from '../../../electron/pdf-library'
import type { DocumentFile, ReadDocument } from '../../../shared/extract/document'
import { readPdf } from '../../../shared/extract/pdf'
import {
  DRAW_PICTURE,
  latin,
  line,
  type PdfPlan,
  PICTURE,
  pdfOf,
  rule,
  slanting,
  streamOf,
} from '../../support/documents-pdf'
import { encodeLatin, joined } from '../../support/encode'

const FIXTURES = join(import.meta.dirname, '../../fixtures/documents/pdf')

async function read(bytes: Uint8Array): Promise<DocumentFile> {
  return readPdf(bytes, await loadPdfLibrary())
}

async function readPlan(plan: PdfPlan): Promise<ReadDocument> {
  return readable(await read(pdfOf(plan)))
}

function readable(document: DocumentFile): ReadDocument {
  if (!document.ok) throw new Error(`refused: ${JSON.stringify(document)}`)
  return document
}

/** Each line behind what it is marked as, and `|` where a page begins. */
function shown({ text, markup }: ReadDocument): string[] {
  let start = 0
  return text.split('\n').map(content => {
    const mark = markup.marks.find(one => one.start === start && one.end === start + content.length)
    const cuts = markup.pages
      .map(page => page.start - start)
      .filter(at => at > 0 && at < content.length)
    let cut = content
    for (const at of cuts.toReversed()) cut = `${cut.slice(0, at)}|${cut.slice(at)}`
    start += content.length + 1
    return `${mark ? `${mark.kind}${mark.level || ''}` : 'text'}: ${cut}`
  })
}

/** Lines of full width, 20 characters of 20 points from 97 to 497, 30 points apart. */
function page(lines: readonly string[], from = 760): string {
  return lines
    .map((text, i) => {
      const indent = text.startsWith('  ') ? 40 : 0
      return line(text.trim(), { x: 97 + indent, y: from - i * 30, size: 20 })
    })
    .join('')
}

const HAN =
  '\u4f9d\u6cd5\u884c\u653f\u5de5\u4f5c\u7a33\u6b65\u63a8\u8fdb\u5404\u9879\u4efb\u52a1\u5168\u9762\u5b8c\u6210\u987a\u5229\u597d'
const full = (n = 20) => HAN.slice(0, n)

describe('files of other programs', () => {
  it.each([
    'libreoffice-report',
    'libreoffice-lists',
    'libreoffice-columns',
    'libreoffice-vertical',
    'chromium-print',
  ])('reads %s as it was reviewed', async name => {
    const document = readable(
      await read(new Uint8Array(await readFile(join(FIXTURES, `${name}.pdf`)))),
    )
    const { text: _text, markup, notes, ...facts } = document
    const review = {
      ...{ ...facts, notes: notes.join(' ') },
      ...{ properties: markup.properties, lines: shown(document) },
    }
    await expect(`${JSON.stringify(review, null, 2)}\n`).toMatchFileSnapshot(
      join(FIXTURES, `${name}.json`),
    )
  })

  it('says that a file needs a password', async () => {
    const bytes = new Uint8Array(await readFile(join(FIXTURES, 'libreoffice-password.pdf')))
    expect(await read(bytes)).toEqual({ ok: false, problem: 'encrypted', details: {} })
  })

  it('opens a file of which only the printing is forbidden', async () => {
    const bytes = new Uint8Array(await readFile(join(FIXTURES, 'libreoffice-restricted.pdf')))
    expect(readable(await read(bytes)).text).toBe(
      '\u4f9d\u6cd5\u884c\u653f\u5de5\u4f5c\u62a5\u544a\u3002',
    )
  })

  const sample = join(import.meta.dirname, '../../../../shared/data/gbk-no-tounicode.pdf')
  if (!existsSync(sample)) console.warn('SKIPPED: the shared sample is not beside the project')
  it.skipIf(!existsSync(sample))(
    'reads Chinese by its tables where the file has none',
    async () => {
      const { text } = readable(await read(new Uint8Array(await readFile(sample))))
      expect(text).toBe(
        '\u884c\u653f\u6267\u6cd5\u4e09\u9879\u5236\u5ea6 \u653e\u7ba1\u670d \u67ab\u6865\u7ecf\u9a8c',
      )
    },
  )
})

describe('paragraphs', () => {
  it('joins full lines, and ends where the next word would have fitted', async () => {
    const document = await readPlan({
      pages: [
        page([
          `  ${full(18)}`,
          full(),
          full(7),
          `  ${full(18)}`,
          full(3),
          `  ${full(18)}`,
          full(4),
        ]),
      ],
    })
    expect(shown(document)).toEqual([
      `text: ${full(18)}${full()}${full(7)}`,
      `text: ${full(18)}${full(3)}`,
      `text: ${full(18)}${full(4)}`,
    ])
  })

  it('tells paragraphs by their last lines where nothing is indented', async () => {
    const document = await readPlan({
      pages: [page([full(), full(), full(7), full(), full(12), full(), full(), full(3)])],
    })
    expect(shown(document)).toEqual([
      `text: ${full()}${full()}${full(7)}`,
      `text: ${full()}${full(12)}`,
      `text: ${full()}${full()}${full(3)}`,
    ])
  })

  it('keeps a paragraph whole over a page, and puts what is between after it', async () => {
    const head = line('\u5e74\u5ea6\u62a5\u544a', { x: 250, y: 810, size: 10 })
    const foot = (n: number) => line(`\u2014 ${n} \u2014`, { x: 280, y: 30, size: 12 })
    const document = await readPlan({
      pages: [
        head + page([`  ${full(18)}`, full(), full(5), `  ${full(18)}`, full()]) + foot(1),
        head + page([full(6), `  ${full(18)}`, full(9)]) + foot(2),
      ],
    })
    expect(shown(document)).toEqual([
      'aside: \u5e74\u5ea6\u62a5\u544a',
      `text: ${full(18)}${full()}${full(5)}`,
      `text: ${full(18)}${full()}|${full(6)}`,
      'aside: \u2014 1 \u2014',
      'aside: \u5e74\u5ea6\u62a5\u544a',
      `text: ${full(18)}${full(9)}`,
      'aside: \u2014 2 \u2014',
    ])
  })

  it('joins letters with a space, and takes back a hyphen only from a word it knows', async () => {
    const rows = (lines: readonly string[]) =>
      lines.map((text, i) => latin(text, { x: 72, y: 700 - i * 15 })).join('')
    const wide = 'x'.repeat(60)
    const { text } = await readPlan({
      pages: [
        rows([
          `The government of ${wide}`,
          `plan ${wide} is govern-`,
          `ment and well-known, ${wide} self-`,
          'made.',
        ]),
      ],
    })
    expect(text).toBe(
      `The government of ${wide} plan ${wide} is government and well-known, ${wide} self-made.`,
    )
  })

  it('never lets a number between lines of Chinese fall apart', async () => {
    const { text } = await readPlan({
      pages: [page([`  ${full(17)}20`, `24\u5e74${full(16)}`, full(3), `  ${full(18)}`, full(2)])],
    })
    expect(text.split('\n')[0]).toContain('2024\u5e74')
  })
})

describe('what surrounds the report', () => {
  it('knows page numbers in all their dresses, and leaves numbers of the text alone', async () => {
    const forms = ['\u7b2c1\u9875 \u51711\u9875', '- 1 -', '1/9', '\u00b71\u00b7', '1']
    for (const form of forms) {
      const document = await readPlan({
        pages: [page([`  ${full(18)}`, full(5)]) + line(form, { x: 280, y: 30, size: 12 })],
      })
      expect(shown(document).at(-1), form).toBe(`aside: ${form}`)
    }
    const document = await readPlan({ pages: [page([`  ${full(18)}`, full(5), '316'])] })
    expect(shown(document).at(-1)).toBe('text: 316')
  })

  it('does not take a repeated line of the text for a running head', async () => {
    const content = page([full(), full(), full(8), `  ${full(18)}`, full()])
    const document = await readPlan({ pages: Array.from({ length: 6 }, () => content) })
    expect(document.markup.marks.filter(mark => mark.kind === 'aside')).toEqual([])
  })

  it('says a watermark once', async () => {
    const mark = slanting('\u5185\u90e8\u8d44\u6599', { x: 150, y: 300, size: 60, degrees: 45 })
    const content = `${mark}${page([`  ${full(18)}`, full(5)])}`
    const document = await readPlan({ pages: [content, content, content] })
    expect(shown(document).filter(text => text.startsWith('aside'))).toEqual([
      'aside: \u5185\u90e8\u8d44\u6599',
    ])
    expect(document.text.split('\n')).toHaveLength(4)
  })

  it('puts footnotes after the paragraph, each on its own line', async () => {
    const notes =
      rule([97, 120], [220, 120]) +
      line('\u2460\u6570\u636e\u6765\u81ea\u5e02\u7edf\u8ba1\u5c40\u3002', {
        x: 97,
        y: 100,
        size: 10,
      }) +
      line('\u2461\u542b\u5f00\u53d1\u533a\u3002', { x: 97, y: 84, size: 10 })
    const document = await readPlan({ pages: [page([`  ${full(18)}`, full(5)]) + notes] })
    expect(shown(document).slice(1)).toEqual([
      'note: \u2460\u6570\u636e\u6765\u81ea\u5e02\u7edf\u8ba1\u5c40\u3002',
      'note: \u2461\u542b\u5f00\u53d1\u533a\u3002',
    ])
  })
})

describe('characters', () => {
  it('keeps one of what is drawn twice to look bold', async () => {
    const once = line(full(8), { x: 97, y: 700 })
    const { text } = await readPlan({ pages: [once + line(full(8), { x: 97.4, y: 700 })] })
    expect(text).toBe(full(8))
  })

  it('keeps characters that really stand twice', async () => {
    const words = '\u5929\u5929\u3002\u3002\u2014\u2014illi'
    expect((await readPlan({ pages: [line(words, { x: 97, y: 700 })] })).text).toBe(words)
  })

  it('writes radicals and ligatures as what they look like', async () => {
    const { text } = await readPlan({
      pages: [line('\u2f8f\u653f\u6267\u6cd5\u2ed4\u3001of\ufb01ce', { x: 97, y: 700 })],
    })
    expect(text).toBe('\u884c\u653f\u6267\u6cd5\u95e8\u3001office')
  })

  it('counts what a font hides', async () => {
    const document = await readPlan({ pages: [line(`${full(9)}\ue123\u3002`, { x: 97, y: 700 })] })
    expect(document).toMatchObject({
      text: `${full(9)}\ufffd\u3002`,
      replaced: 1,
      notes: ['unknown-characters'],
    })
  })

  it('drops gaps that only spread a line, and keeps spaces that were typed', async () => {
    const spread = [...'\u6cd5\u6cbb\u653f\u5e9c'].map((one, i) =>
      line(one, { x: 97 + i * 20, y: 700 }),
    )
    const typed = line('\u5e02\u59d4 \u5e02\u653f\u5e9c', { x: 97, y: 600 })
    const { text } = await readPlan({ pages: [spread.join('') + typed] })
    expect(text.split('\n')).toEqual([
      '\u6cd5\u6cbb\u653f\u5e9c',
      '\u5e02\u59d4 \u5e02\u653f\u5e9c',
    ])
  })
})

describe('files that are trouble', () => {
  const scan = { pages: [DRAW_PICTURE, DRAW_PICTURE], objects: { 100: PICTURE } }

  it('says that a scan is one, and of how many pages', async () => {
    expect(await read(pdfOf(scan))).toEqual({ ok: false, problem: 'scan', details: { pages: 2 } })
  })

  it('takes a scan that an app stamped for a scan', async () => {
    const stamp = slanting('\u626b\u63cf\u738b', { x: 90, y: 90, size: 30, degrees: 30 })
    const pages = [DRAW_PICTURE + stamp, DRAW_PICTURE + stamp]
    expect(await read(pdfOf({ ...scan, pages }))).toMatchObject({ problem: 'scan' })
  })

  it('reads the pages that have text and says that others are pictures', async () => {
    const document = await readPlan({ ...scan, pages: [page([full(9)]), DRAW_PICTURE] })
    expect(document.notes).toEqual(['pages-without-text', 'pictures'])
    expect(document.markup.pages).toEqual([
      { start: 0, page: 1 },
      { start: 9, page: 2 },
    ])
  })

  it('says that a file without text or pictures has none', async () => {
    expect(await read(pdfOf({ pages: [rule([0, 0], [9, 9])] }))).toMatchObject({
      problem: 'no-text',
    })
  })

  it('refuses a file that ends early, wherever it was cut', async () => {
    const bytes = pdfOf({ pages: Array.from({ length: 5 }, (_, i) => page([full(), full(9 + i)])) })
    // Behind the last object nothing shows that there were no more of them.
    const behind = new TextDecoder('latin1').decode(bytes).lastIndexOf('endobj') + 7
    const cuts = [0.3, 0.5, 0.8].map(share => Math.floor(bytes.length * share))
    for (const cut of [...cuts, behind - 100, behind]) {
      expect(await read(bytes.slice(0, cut)), String(cut)).toMatchObject({ problem: 'damaged' })
    }
  })

  it('refuses a file whose last changes broke off', async () => {
    const bytes = pdfOf({ pages: [page([full(), full(9)])] })
    const changes = encodeLatin('1001 0 obj\n<</Length 0>>stream\n\nendstream\nendobj\n1000 0')
    expect(await read(joined(bytes, changes))).toMatchObject({
      problem: 'damaged',
      details: { where: 'trailer' },
    })
  })

  it('refuses a file of which a page is missing', async () => {
    const bytes = pdfOf({ pages: [page([full(), full(9)]), page([full(8), full(7)])] })
    const text = new TextDecoder('latin1').decode(bytes)
    const broken = text.replace('1002 0 obj\n<</Type/Page/', '1002 0 obj\nnull %/Page/')
    const answer = await read(Uint8Array.from(broken, one => one.charCodeAt(0)))
    expect(answer).toMatchObject({ ok: false, problem: 'damaged', details: { where: 'p. 2' } })
  })

  it('reads a file with a script without running it, and notes that', async () => {
    const document = await readPlan({
      pages: [page([full(9)])],
      catalog: '/OpenAction<</S/JavaScript/JS(globalThis.ranFromPdf = true)>>',
    })
    expect(document).toMatchObject({ text: full(9), notes: ['script'] })
    expect(Reflect.get(globalThis, 'ranFromPdf')).toBeUndefined()
  })

  it('refuses more pages than the limit before it reads one', async () => {
    const answer = await read(pdfOf({ pages: Array.from({ length: 5_001 }, () => '') }))
    expect(answer).toMatchObject({ problem: 'too-many-pages', details: { count: 5_001 } })
  })

  it('prints nothing, whatever it reads', async () => {
    const spies = (['log', 'warn', 'error', 'info'] as const).map(name =>
      vi.spyOn(console, name).mockImplementation(() => {}),
    )
    await read(pdfOf({ pages: [streamOf('', 'nonsense'), page([full(3)])] }))
    await read(new TextEncoder().encode('%PDF-1.4 and nothing else'))
    expect(spies.flatMap(spy => spy.mock.calls)).toEqual([])
    for (const spy of spies) spy.mockRestore()
  })

  it('leaves the bytes as they are', async () => {
    const bytes = pdfOf({ pages: [page([full(9)])] })
    const before = bytes.slice()
    await read(bytes)
    expect(bytes).toEqual(before)
  })

  it('answers whatever the bytes are, and never with marks outside the text', async () => {
    const whole = pdfOf({ pages: [page([`  ${full(18)}`, full(3)]), page([full(9)])] })
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 12 }),
        async changes => {
          const bytes = whole.slice()
          for (const [at, value] of changes) bytes[at] = value
          const document = await read(bytes)
          if (!document.ok) return
          const { text, markup } = document
          expect(text).not.toMatch(/[\r\0]/)
          for (const { start, end } of markup.marks) {
            expect(start < end && end <= text.length).toBe(true)
          }
          for (const { start } of markup.pages) expect(start).toBeLessThanOrEqual(text.length)
        },
      ),
      { numRuns: 60 },
    )
  })
})
