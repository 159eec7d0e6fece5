import { spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomFrom } from '../support/random'
import type { SeedReport } from './world'

// Reports in the thousands, made from the sentences of real ones: by the shared tool where it
// is, which other programs are measured with too, else by the same recipe from the samples.

const ROOT = join(import.meta.dirname, '../..')
const TOOL = join(ROOT, '../shared/tools/make_corpus.py')
const SEEDS = join(ROOT, '../shared/data/seeds')
const SAMPLE = join(ROOT, 'resources/sample/zh')
const CACHE = join(tmpdir(), 'codicil-bench')

/** A coded stretch of the report of that number. `code` counts from 0 to 29. */
export interface Segment {
  readonly report: number
  readonly start: number
  readonly end: number
  readonly code: number
}

/** The paths of `count` reports of about 8,000 characters each; at most 5,000. */
export function corpusFiles(count: number): string[] {
  const folder = join(corpusFolder(), 'c5000')
  return readdirSync(folder)
    .filter(name => name.endsWith('.txt'))
    .sort()
    .slice(0, count)
    .map(name => join(folder, name))
}

/** 100,000 segments spread over those 5,000 reports. */
function corpusSegments(): Segment[] {
  return readFileSync(join(corpusFolder(), 'segments_c5000.csv'), 'utf8')
    .trim()
    .split(/\r?\n/)
    .map(line => {
      const [report, start, end, code] = line.split(',').map(Number)
      return { report: report!, start: start!, end: end!, code: code! }
    })
}

/** Those 5,000 reports, each with its segments: a project of the size that budgets speak of. */
export function corpusReports(): SeedReport[] {
  const byReport = new Map<number, Segment[]>()
  for (const segment of corpusSegments()) {
    const known = byReport.get(segment.report)
    if (known) known.push(segment)
    else byReport.set(segment.report, [segment])
  }
  return corpusFiles(5000).map((file, i) => ({
    name: `doc_${i}`,
    text: readFileSync(file, 'utf8'),
    segments: byReport.get(i) ?? [],
  }))
}

/** One report of at least `chars` characters. */
export function longReport(chars: number): string {
  return makeReport(randomFrom(chars), sentencesOfSeeds(), chars)
}

/** `count` stretches of a text: two thirds whole sentences, one third phrases in them. */
export function segmentsIn(text: string, count: number): Segment[] {
  const random = randomFrom(count)
  const spans = sentenceSpans(text)
  return Array.from({ length: count }, () => segmentIn(spans, 0, random))
}

function corpusFolder(): string {
  const folder = join(CACHE, 'corpus')
  if (existsSync(join(folder, 'facts.json'))) return folder
  console.log(`Making 5,000 reports in ${folder}, once…`)
  mkdirSync(CACHE, { recursive: true })
  const making = `${folder}.${process.pid}`
  const isMade =
    existsSync(TOOL) &&
    spawnSync('python3', [TOOL, '--out', making], { stdio: ['ignore', 'ignore', 'inherit'] })
      .status === 0
  if (!isMade) makeCorpus(making)
  renameSync(making, folder)
  return folder
}

function makeCorpus(folder: string): void {
  mkdirSync(join(folder, 'c5000'), { recursive: true })
  const random = randomFrom(5000)
  const pool = sentencesOfSeeds()
  const spans = Array.from({ length: 5000 }, (_, i) => {
    const text = `第${i}号\n${makeReport(random, pool, 8000)}`
    writeFileSync(join(folder, 'c5000', `doc_${String(i).padStart(5, '0')}.txt`), text)
    return sentenceSpans(text)
  })
  const lines = Array.from({ length: 100_000 }, () => {
    const report = Math.floor(random() * spans.length)
    const { start, end, code } = segmentIn(spans[report]!, report, random)
    return `${report},${start},${end},${code}\n`
  })
  writeFileSync(join(folder, 'segments_c5000.csv'), lines.join(''))
  writeFileSync(join(folder, 'facts.json'), '{}')
}

function makeReport(random: () => number, pool: readonly string[], chars: number): string {
  const parts = ['法治政府建设年度情况报告']
  for (let length = 0; length < chars; ) {
    const sentences = Array.from(
      { length: 3 + Math.floor(random() * 6) },
      () => pool[Math.floor(random() * pool.length)]!,
    )
    const paragraph = `    ${sentences.join('')}`
    parts.push(paragraph)
    length += paragraph.length + 1
  }
  return `${parts.join('\n')}\n`
}

function segmentIn(
  spans: readonly { readonly start: number; readonly end: number }[],
  report: number,
  random: () => number,
): Segment {
  let { start, end } = spans[Math.floor(random() * spans.length)]!
  if (random() < 0.3) {
    const length = Math.min(end - start, 4 + Math.floor(random() * 27))
    start += Math.floor(random() * (end - start - length + 1))
    end = start + length
  }
  return { report, start, end, code: Math.floor(random() * 30) }
}

function sentencesOfSeeds(): string[] {
  const folder = existsSync(SEEDS) ? SEEDS : SAMPLE
  return readdirSync(folder)
    .filter(name => name.endsWith('.txt'))
    .sort()
    .map(name => readFileSync(join(folder, name), 'utf8'))
    .flatMap(text => sentenceSpans(text).map(({ start, end }) => text.slice(start, end)))
    .filter(sentence => sentence.length >= 8 && sentence.length <= 200)
}

function sentenceSpans(text: string): { start: number; end: number }[] {
  return [...text.matchAll(/[^\s。；！？!?;][^。；！？!?;\n]*[。；！？!?;]?/g)].map(match => ({
    start: match.index,
    end: match.index + match[0].trimEnd().length,
  }))
}
