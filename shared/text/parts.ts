import type { Enumeration, Heading, Part, PartKind, Sentence, Span } from '../domain/structure'
import type { ReadLine } from './lines'
import {
  isPlainlyNext,
  LEADERS,
  labelOf,
  type PartLabel,
  paragraphLabelOf,
  SUCCESS,
  subLabelOf,
} from './part-words'
import { stampsIn, withoutStamps } from './stamps'
import { foldWords } from './variants'

// Annual reports must tell what was achieved, what is lacking, how the leaders did their duty and
// what comes next. Mostly a top heading says which it is; where none does, a paragraph at the end
// says so by how it begins. What stands between the preamble and the first of these is what was
// achieved. Texts that are no reports have no such parts.

/** The parts that every report must have. */
export const MANDATED: readonly PartKind[] = [
  'achievements',
  'leader_duty',
  'problems',
  'next_steps',
]

/** What was found of the parts. */
export interface ReadParts {
  readonly parts: readonly Part[]
  readonly absent: readonly PartKind[]
  readonly leaderDuty: Span | null
}

/** What parts are read from, all in reading order. */
export interface PartsGiven {
  readonly headings: readonly Heading[]
  readonly sentences: readonly Sentence[]
  readonly enumerations: readonly Enumeration[]
  /** Index of the line behind the body: of the list of annexes, the signature, or none. */
  readonly bodyAt: number
  /** Index of the line at which the signature at the end begins, or `null`. */
  readonly signatureAt: number | null
  /** Where what stands behind the signature begins, as an index of a line. */
  readonly behindAt: number
  /** Where the annexes begin that stand behind the report itself; the number of lines for none. */
  readonly annexesAt: number
}

/** The parts of a report. They are made of whole lines, white space at their ends included. */
export function readParts(text: string, lines: readonly ReadLine[], given: PartsGiven): ReadParts {
  const { headings, signatureAt, behindAt } = given
  const stamps = stampsIn(text)
  const body = bodyIn(lines, given).map(({ line, heading }) => ({
    line,
    heading: heading && { ...heading, title: withoutStamps(heading.title, stamps) },
  }))
  const stretches = isReport(text, lines, { body, headings }) ? stretchesOf(text, lines, body) : []
  const parts = stretches.flatMap(stretch => partOf(stretch, body))
  splitNextSteps(text, parts, given.sentences)
  if (signatureAt !== null) {
    const first = lines[signatureAt]!
    const last = lines[behindAt - 1]!
    const span = { start: first.from, end: last.to }
    parts.push({
      part: 'signature',
      firstLine: first.line,
      lastLine: last.line,
      isHeaded: false,
      ...span,
    })
  }
  parts.sort((a, b) => a.start - b.start)
  const leaderDuty = parts.some(({ part }) => part === 'leader_duty')
    ? null
    : leaderDutyIn(text, parts, given)
  const absent = MANDATED.filter(
    kind =>
      parts.every(({ part }) => part !== kind) && (kind !== 'leader_duty' || leaderDuty === null),
  )
  return { parts, absent, leaderDuty }
}

/** A line of the body, and the heading that begins on it. */
interface Entry {
  readonly line: ReadLine
  readonly heading: Heading | null
}

interface Stretch {
  readonly kind: PartLabel
  readonly isHeaded: boolean
  /** Indexes into the body, both included. */
  readonly first: number
  last: number
}

/** The report itself: before the signature, or behind it where a mere letter comes first. */
function bodyIn(lines: readonly ReadLine[], given: PartsGiven): Entry[] {
  const { headings, signatureAt, behindAt, bodyAt, annexesAt } = given
  const signed = signatureAt === null ? undefined : lines[signatureAt]
  const isLetter = signed && headings.length > 1 && headings[0]!.start > signed.start
  const own = isLetter
    ? lines.slice(behindAt, annexesAt)
    : lines.slice(0, Math.min(bodyAt, annexesAt))
  return bodyOf(own, headings)
}

function bodyOf(lines: readonly ReadLine[], headings: readonly Heading[]): Entry[] {
  let next = 0
  const body = lines
    .filter(({ role }) => role !== 'aside' && role !== 'title' && role !== 'signature')
    .map(line => {
      while (next < headings.length && headings[next]!.start < line.start) next++
      const heading = headings[next]
      return { line, heading: heading && heading.start < line.end ? heading : null }
    })
  const first = body.findIndex(({ line }) => line.role !== 'date')
  return first < 0 ? [] : body.slice(first)
}

/** Whether a text reports on something, rather than rules, orders or announces. */
function isReport(
  text: string,
  lines: readonly ReadLine[],
  { body, headings }: { readonly body: readonly Entry[]; readonly headings: readonly Heading[] },
): boolean {
  if (headings.filter(({ style }) => style === 'article').length > 2) return false
  const title = titleOf(text, lines)
  if (/(?:报告|总结|汇报|情况|年报|述职述廉|自查)(?:书|材料)?$/.test(title)) return true
  const top = foldWords(
    body
      .slice(0, 6)
      .map(({ line }) => text.slice(line.start, line.end).slice(0, 2000))
      .join('\n'),
  )
  if (/(?:报告|汇报|总结|通报|公布|公开|报送|说明)如下/.test(top)) return true
  if (title !== '') return /报告|总结|汇报/.test(title)
  return (
    /法治政府|依法行政|依法治[省市县区州理]/.test(top) ||
    headings.some(({ title: each, parent }) => parent === null && labelOf(each, 0) !== null)
  )
}

function titleOf(text: string, lines: readonly ReadLine[]): string {
  const title = lines.filter(({ role }) => role === 'title')
  return foldWords(title.map(({ start, end }) => text.slice(start, end)).join(''))
    .replace(/\s/g, '')
    .replace(/(?:[(\u3014][^()\u3014\u3015]{0,30}[)\u3015])+$/, '')
}

/** Goes through the body and says which part each line is in. */
function stretchesOf(text: string, lines: readonly ReadLine[], body: readonly Entry[]): Stretch[] {
  const stretches: Stretch[] = []
  const year = yearOf(text, lines, body)
  const following = headingsBehind(body)
  const preamble = preambleEnd(text, body)
  const lastPlain = body.findLastIndex(
    ({ heading }) =>
      heading?.parent === null &&
      (labelOf(heading.title, year) === 'problems' || isPlainlyNext(heading.title, year)),
  )
  let kind: PartLabel = 'preamble'
  /** What the section would be that a subheading turned into something else, and its level. */
  let turned: { readonly from: PartLabel; readonly level: number } | null = null
  body.forEach(({ line, heading }, at) => {
    let next: PartLabel = kind
    let isHeaded = false
    if (heading && heading.parent === null) {
      const label = topLabelOf(heading, at)
      next = label ?? unlabelled(kind, heading.title, stretches)
      isHeaded = label !== null || SUCCESS.test(heading.title)
      turned = null
    } else if (heading) {
      if (turned && heading.level <= turned.level) {
        next = turned.from
        turned = null
      }
      const label = subLabelOf(heading.title, year)
      const isChild = body[0] !== undefined && isDirectChild(heading, following.tops)
      if (isChild && label !== null && label !== next && turnsTo(next, label)) {
        turned ??= { from: next, level: heading.level }
        next = label
        isHeaded = true
      }
    } else if (at >= preamble) {
      const isFirst =
        body[at - 1]?.heading?.isRunIn === false &&
        labelOf(body[at - 1]!.heading!.title, year) === null
      const label =
        at > 0 && !isFirst && line.role === 'paragraph' ? paragraphLabelOf(text, line, year) : null
      if (kind === 'preamble') next = 'achievements'
      if (label !== null && label !== kind && turnsTo(next, label) && mayEnd(label, at)) {
        next = label
        turned = null
      }
    }
    const last = stretches.at(-1)
    if (last && last.kind === next) last.last = at
    else stretches.push({ kind: next, isHeaded, first: at, last: at })
    kind = next
  })
  return stretches

  /** What a top heading says; a plan in passing is none where a plainer part of the end follows. */
  function topLabelOf({ title }: Heading, at: number): PartLabel | null {
    const label = labelOf(title, year)
    if (label !== 'next_steps' || isPlainlyNext(title, year)) return label
    return at < lastPlain ? null : label
  }

  /** Whether a paragraph that says so may begin a part: no further achievements come behind. */
  function mayEnd(label: PartLabel, at: number): boolean {
    const heading = following.next[at]
    if (!heading) return true
    if (heading.parent === null && labelOf(heading.title, year) !== null) return true
    if (heading.number !== 1) return false
    return following.at[at] === at + 1 || label === 'next_steps'
  }
}

/** The next heading behind each line of the body, and which headings stand at the top. */
function headingsBehind(body: readonly Entry[]): {
  readonly next: readonly (Heading | null)[]
  readonly at: readonly number[]
  readonly tops: ReadonlySet<number>
} {
  const next: (Heading | null)[] = Array.from({ length: body.length }, () => null)
  const place: number[] = Array.from({ length: body.length }, () => -1)
  const tops = new Set<number>()
  let heading: Heading | null = null
  let headingAt = -1
  for (let at = body.length - 1; at >= 0; at--) {
    next[at] = heading
    place[at] = headingAt
    const own = body[at]!.heading
    if (!own) continue
    heading = own
    headingAt = at
    if (own.parent === null) tops.add(own.n)
  }
  return { next, at: place, tops }
}

function isDirectChild({ parent }: Heading, tops: ReadonlySet<number>): boolean {
  return parent !== null && tops.has(parent)
}

/** Where the preamble ends: at the first heading, or behind 现将…报告如下 where there is none. */
function preambleEnd(text: string, body: readonly Entry[]): number {
  const first = body.findIndex(({ heading }) => heading !== null)
  const until = first < 0 ? Math.min(6, body.length) : first
  for (let at = 0; at < until; at++) {
    const { start, end } = body[at]!.line
    if (/如下[\u3002:\uFF1A]?$/.test(text.slice(Math.max(start, end - 6), end))) return at + 1
  }
  return first < 0 ? (body.length > 2 ? 1 : 0) : first
}

/**
 * The year that a report is about: the earliest that its title, its first heading and how it
 * opens name; where they name none, the first of its beginning; else 0.
 */
function yearOf(text: string, lines: readonly ReadLine[], body: readonly Entry[]): number {
  const first = body.find(({ heading }) => heading !== null)?.heading
  const beginning = foldWords(
    body
      .slice(0, 4)
      .map(({ line }) => text.slice(line.start, line.start + 300))
      .join('\n'),
  )
  // Not the month of a decree: 2021年8月中共中央印发《…》以来.
  const opening =
    /现[将就][^\u3002\n]{0,24}?((?:19|20)\d\d)年/.exec(beginning) ??
    /^((?:19|20)\d\d)年(?:度|以来)?(?!\d|\s*\d{1,2}月)/m.exec(beginning)
  const named = [titleOf(text, lines), first?.title ?? '']
    .map(words => /((?:19|20)\d\d)年/.exec(foldWords(words))?.[1])
    .concat(opening?.[1])
    .filter(year => year !== undefined)
  if (named.length > 0) return Math.min(...named.map(Number))
  return Number(/((?:19|20)\d\d)年/.exec(beginning)?.[1] ?? 0)
}

/** What a top heading that names no part goes on with. */
function unlabelled(kind: PartLabel, title: string, before: readonly Stretch[]): PartLabel {
  if (kind === 'none') return 'none'
  if (kind === 'next_steps') return 'next_steps'
  const isNew = SUCCESS.test(title) || before.every(each => each.kind !== 'achievements')
  return kind === 'problems' && !isNew ? 'problems' : 'achievements'
}

/** Parts come in this order, so that a word in passing leads nowhere. */
function turnsTo(from: PartLabel, to: PartLabel): boolean {
  if (from === 'problems') return to === 'next_steps'
  return from !== 'next_steps' && from !== 'none'
}

function partOf({ kind, isHeaded, first, last }: Stretch, body: readonly Entry[]): Part[] {
  if (kind === 'none') return []
  const from = body[first]!.line
  const to = body[last]!.line
  const span = { start: from.from, end: to.to }
  return [{ part: kind, firstLine: from.line, lastLine: to.line, isHeaded, ...span }]
}

/** Problems and next steps in one paragraph: the sentence that begins with 下一步 parts them. */
function splitNextSteps(text: string, parts: Part[], sentences: readonly Sentence[]): void {
  if (parts.some(({ part }) => part === 'next_steps')) return
  const at = parts.findLastIndex(({ part }) => part === 'problems')
  const problems = parts[at]
  if (!problems) return
  const next = sentences.find(
    ({ start, end }) =>
      start > problems.start &&
      start < problems.end &&
      /^(?:下一步|下步|今后|接下来)/.test(text.slice(start, Math.min(end, start + 4))),
  )
  if (!next) return
  const { start, line } = next
  parts.splice(
    at,
    1,
    { ...problems, end: start, lastLine: line },
    { ...problems, part: 'next_steps', start, firstLine: line },
  )
}

const DUTY = /法治|依法|党政|主要负责|主要领导|述法/

/**
 * Where a report tells of the leaders' duty without giving it a part: the section whose heading
 * says so, else the item, else the sentence. Plans and shortcomings are no report of it.
 */
function leaderDutyIn(text: string, parts: readonly Part[], given: PartsGiven): Span | null {
  const { headings, enumerations, sentences } = given
  const told = parts.filter(({ part }) => part === 'achievements')
  const isTold = (at: number) => told.some(({ start, end }) => start <= at && at < end)
  const says = (start: number, end: number) => {
    const words = text.slice(start, end)
    return words.includes('第一责任人') && DUTY.test(words)
  }
  if (!text.includes('第一责任人') && !/主要(?:负责|领导)|一把手/.test(text)) return null
  const section = headings.find(
    ({ start, title }) => isTold(start) && LEADERS.test(foldWords(title)),
  )
  if (section) {
    const { start, sectionEnd } = section
    const last = told.find(part => part.start <= start && start < part.end)!
    return { start, end: trimmedEnd(text, start, Math.min(sectionEnd, last.end)) }
  }
  const sentence = sentences.find(({ start, end }) => isTold(start) && says(start, end))
  if (!sentence) return null
  for (const { items } of enumerations) {
    const item = items.find(({ start, end }) => start <= sentence.start && sentence.start < end)
    if (item) return { start: item.start, end: item.end }
  }
  return { start: sentence.start, end: sentence.end }
}

function trimmedEnd(text: string, start: number, end: number): number {
  return start + text.slice(start, end).trimEnd().length
}
