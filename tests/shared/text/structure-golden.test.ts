import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { Span, Structure } from '../../../shared/domain/structure'
import { structureOf } from '../../../shared/text/structure'

// Real reports, read from beside the project: three with everything in them told by hand, two of
// which it is known how much there is of each thing.

const DATA = fileURLToPath(new URL('../../../../shared/data', import.meta.url))
const GOLDEN = join(DATA, 'golden/structure.json')
const here = existsSync(GOLDEN)
if (!here) console.warn('SKIPPED: real reports are not beside the project, at ../shared/data')

interface Golden {
  readonly docs: readonly GoldenReport[]
  readonly negative_traps: readonly { readonly file: string; readonly text: string }[]
}

interface GoldenReport {
  readonly file: string
  readonly headings: readonly Record<string, unknown>[]
  readonly parts: readonly Record<string, unknown>[]
  readonly other_blocks: readonly Record<string, unknown>[]
  readonly enumerations: readonly { readonly items: readonly Record<string, unknown>[] }[]
  readonly paragraphs: readonly Record<string, unknown>[]
  readonly sentences: readonly Record<string, unknown>[]
}

const golden: Golden = here
  ? JSON.parse(readFileSync(GOLDEN, 'utf8'))
  : { docs: [], negative_traps: [] }

describe.each(golden.docs)('of the report $file', report => {
  const text = seed(report.file)
  const structure = structureOf(text)

  it('reads every heading', () => {
    expect(structure.headings.map(heading => goldenHeading(text, heading))).toEqual(report.headings)
  })

  it('reads every part', () => {
    const parts = structure.parts.map(({ part, firstLine, lastLine, start, end }) => ({
      part,
      first_line: firstLine,
      last_line: lastLine,
      ...both({ start, end }),
    }))
    expect(parts).toEqual(report.parts.map(({ head: _, ...part }) => part))
  })

  it('reads who signed and when', () => {
    const blocks = structure.lines
      .filter(({ role }) => role !== 'paragraph' && role !== 'heading')
      .map(({ role, line, ...span }) => ({
        type: role,
        text: text.slice(span.start, span.end),
        line,
        ...both(span),
      }))
    expect(blocks).toEqual(report.other_blocks)
  })

  it('reads every enumeration with its items', () => {
    const enumerations = structure.enumerations.map(({ line, heading, items }) => ({
      line,
      heading,
      count: items.length,
      items: items.map(({ n, marker, lead, start, end }) => ({
        n,
        marker,
        lead,
        ...both({ start, end }),
      })),
    }))
    expect(enumerations).toEqual(report.enumerations)
  })

  it('reads every paragraph', () => {
    const paragraphs = structure.paragraphs.map((paragraph, i) => ({
      line: paragraph.line,
      heading: paragraph.heading,
      run_in_heading: paragraph.hasRunInHeading,
      sentences: structure.sentences.filter(sentence => sentence.paragraph === i).length,
      chars: paragraph.end - paragraph.start,
      ...both(paragraph),
      head: text.slice(paragraph.start, paragraph.end).slice(0, 12),
      tail: text.slice(paragraph.start, paragraph.end).slice(-12),
    }))
    expect(paragraphs).toEqual(report.paragraphs)
  })

  it('reads every sentence', () => {
    const sentences = structure.sentences.map(({ line, start, end }) => ({
      line,
      ...both({ start, end }),
    }))
    expect(sentences).toEqual(report.sentences)
  })
})

it.runIf(here).each(golden.negative_traps)('is not misled by $text', ({ file, text }) => {
  const report = golden.docs.find(doc => doc.file.startsWith(file))!
  const whole = seed(report.file)
  const structure = structureOf(whole)
  for (let at = whole.indexOf(text); at >= 0; at = whole.indexOf(text, at + 1)) {
    const inside = ({ start }: Span) => start > at && start < at + text.lastIndexOf('一是')
    const plain = ({ start }: Span) => start >= at && start < at + text.length
    const marks = [...structure.headings, ...structure.enumerations.flatMap(({ items }) => items)]
    const expected = text.endsWith('一是') ? inside : plain
    expect(marks.filter(expected)).toEqual([])
  }
})

it.runIf(here)('reads four levels of a report with a part for its leaders', () => {
  const { structure } = seedLike('001_')
  expect(countsOf(structure)).toEqual({
    levels: { 1: 4, 2: 7, 3: 7 },
    runIn: 7,
    groups: 2,
    items: 8,
    paragraphs: 16,
    sentences: 37,
    clauses: 78,
    absent: [],
  })
  expect(structure.parts.map(partLines)).toEqual([
    ['preamble', 0, 0],
    ['achievements', 1, 20],
    ['problems', 21, 22],
    ['leader_duty', 23, 24],
    ['next_steps', 25, 26],
    ['signature', 27, 28],
  ])
  expect(structure.warnings).toEqual([])
})

it.runIf(here)('reads a report with residue of its page, indents and blank lines', () => {
  const { text, structure } = seedLike('003_')
  expect(countsOf(structure)).toEqual({
    levels: { 1: 3, 2: 16 },
    runIn: 16,
    groups: 5,
    items: 19,
    paragraphs: 18,
    sentences: 125,
    clauses: 139,
    absent: [],
  })
  expect(structure.lines.slice(0, 2).map(({ role }) => role)).toEqual(['aside', 'title'])
  expect(structure.parts.map(({ start, ...part }) => [...partLines(part), start])).toEqual([
    ['preamble', 3, 3, 36],
    ['achievements', 5, 21, 266],
    ['problems', 23, 31, 5584],
    ['next_steps', 33, 43, 6421],
    ['signature', 46, 48, text.indexOf('保定市人民政府\u00a0')],
  ])
  expect(text.slice(structure.leaderDuty!.start, structure.leaderDuty!.start + 6)).toBe(
    '(一)提高政',
  )
  expect(structure.leaderDuty!.end).toBe(structure.headings[2]!.start - 8)
  expect(structure.warnings).toEqual([])
})

it.runIf(here)('counts as many clauses as there are sentences and semicolons', () => {
  const counts = ['000_', '002_', '004_'].map(seedLike).map(each => each.structure.clauses.length)
  expect(counts).toEqual([72, 66, 55])
})

it.runIf(here)(
  'finds the leaders in an item of another part, or says that they are missing',
  () => {
    const dutyOf = (prefix: string) => {
      const { text, structure } = seedLike(prefix)
      const { leaderDuty, absent } = structure
      return [leaderDuty && text.slice(leaderDuty.start, leaderDuty.start + 8), absent]
    }
    expect(dutyOf('000_')).toEqual(['二是切实履行推进', []])
    expect(dutyOf('002_')).toEqual(['三是用实督察利剑', []])
    expect(dutyOf('004_')).toEqual([null, ['leader_duty', 'problems']])
  },
)

function seed(file: string): string {
  return readFileSync(join(DATA, 'seeds', file), 'utf8')
}

const SEEDS = [
  '000_5ebc2a06cf0dbb6e.txt',
  '001_bde659d87634349d.txt',
  '002_223b86c639eacbbd.txt',
  '003_d2cba6cb4c440230.txt',
  '004_0185e56b7f905c26.txt',
]

function seedLike(prefix: string): { readonly text: string; readonly structure: Structure } {
  const text = seed(SEEDS.find(name => name.startsWith(prefix))!)
  return { text, structure: structureOf(text) }
}

/** The golden offsets are told twice, and there is no surrogate pair in these texts. */
function both({ start, end }: Span) {
  return { start_cp: start, end_cp: end, start_utf16: start, end_utf16: end }
}

function goldenHeading(text: string, heading: Structure['headings'][number]) {
  const { n, level, style, marker, number, title, isRunIn, line, parent, bodyStart } = heading
  return {
    ...{ n, level, style, marker, number, title },
    text: text.slice(heading.start, heading.end),
    run_in: isRunIn,
    line,
    parent,
    ...both(heading),
    ...(bodyStart === null ? {} : { body_start_cp: bodyStart }),
  }
}

function partLines({
  part,
  firstLine,
  lastLine,
}: Pick<Structure['parts'][number], 'part' | 'firstLine' | 'lastLine'>) {
  return [part, firstLine, lastLine]
}

function countsOf(structure: Structure) {
  const levels: Record<number, number> = {}
  for (const { level } of structure.headings) levels[level] = (levels[level] ?? 0) + 1
  return {
    levels,
    runIn: structure.headings.filter(({ isRunIn }) => isRunIn).length,
    groups: structure.enumerations.length,
    items: structure.enumerations.flatMap(({ items }) => items).length,
    paragraphs: structure.paragraphs.length,
    sentences: structure.sentences.length,
    clauses: structure.clauses.length,
    absent: structure.absent,
  }
}
