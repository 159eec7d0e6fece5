import type { Paragraph, Sentence, Span } from '../domain/structure'
import { foldUnit, skipSpaces, trimEnd } from './width'

// A sentence ends behind a run of 。！？ and whatever closes brackets and quotes behind it, or with
// its paragraph. An ASCII full stop ends none: it stands in decimals, addresses and numbers. What
// 《 and 》 enclose is a name and is never cut.

/** Longer than any title: beyond that a 《 and a 》 do not belong together. */
const LONGEST_NAME = 200

/** Places where a unit shall end whatever stands there, or shall not; in any order. */
export interface UnitBoundaries {
  readonly splits: readonly number[]
  readonly joins: readonly number[]
}

/** The sentences of paragraphs, in order, and the clauses that they fall into at semicolons. */
export interface Units {
  readonly sentences: readonly Sentence[]
  readonly clauses: readonly Sentence[]
}

/**
 * Sentences and clauses of paragraphs that are in order. White space at their ends belongs to
 * none; otherwise the sentences cover each paragraph, and the clauses each sentence.
 */
export function unitsIn(
  text: string,
  paragraphs: readonly Paragraph[],
  { splits, joins }: UnitBoundaries,
): Units {
  const sentences: Sentence[] = []
  const clauses: Sentence[] = []
  const wanted = inOrder(splits).filter(at => !isInPair(text, at))
  const unwanted = inOrder(joins)
  let split = 0
  let join = 0
  paragraphs.forEach(({ line, start, end }, paragraph) => {
    const cuts: number[] = []
    const kept: number[] = []
    while (split < wanted.length && wanted[split]! <= start) split++
    for (; split < wanted.length && wanted[split]! < end; split++) cuts.push(wanted[split]!)
    while (join < unwanted.length && unwanted[join]! <= start) join++
    for (; join < unwanted.length && unwanted[join]! < end; join++) kept.push(unwanted[join]!)
    const ends = corrected(text, sentenceEnds(text, start, end), { cuts, kept, end })
    let from = start
    for (let at = 0; at <= ends.length; at++) {
      const sentence = trimmed(text, from, ends[at] ?? end)
      from = ends[at] ?? end
      if (!sentence) continue
      const { start: first, end: last } = sentence
      sentences.push({ start: first, end: last, line, paragraph })
      const within = { cuts: cuts.filter(place => place > first && place < last), kept, end: last }
      const stops = corrected(text, clauseEnds(text, first, last), within)
      let begin = first
      for (let stop = 0; stop <= stops.length; stop++) {
        const clause = trimmed(text, begin, stops[stop] ?? last)
        begin = stops[stop] ?? last
        if (clause) clauses.push({ start: clause.start, end: clause.end, line, paragraph })
      }
    }
  })
  return { sentences, clauses }
}

function inOrder(places: readonly number[]): number[] {
  return [...new Set(places)].sort((a, b) => a - b)
}

function trimmed(text: string, from: number, to: number): Span | null {
  const start = skipSpaces(text, from, to)
  return start < to ? { start, end: trimEnd(text, start, to) } : null
}

/** Where sentences end within `[start, end)`, by their punctuation, the last one left out. */
function sentenceEnds(text: string, start: number, end: number): readonly number[] {
  let names: readonly Span[] | null = null
  const ends: number[] = []
  let name = 0
  for (let at = start; at < end; at++) {
    if ((SIGNS[text.charCodeAt(at)]! & STOP) === 0 || !isStop(text, at, end)) continue
    names ??= namesIn(text, start, end)
    while (name < names.length && names[name]!.end <= at) name++
    if (name < names.length && names[name]!.start < at) {
      at = names[name]!.end - 1
      continue
    }
    do at++
    while (at < end && isStop(text, at, end))
    while (at < end && closes(text, start, at)) at++
    if (at < end) ends.push(at)
    at--
  }
  return ends
}

/** Whether a sign closes what the sentence has opened; a straight quote does every second time. */
function closes(text: string, start: number, at: number): boolean {
  const unit = text.charCodeAt(at)
  if (unit !== 0x22 && unit !== 0x27) return (SIGNS[unit]! & CLOSER) !== 0
  let before = 0
  for (let back = at - 1; back >= start && back >= at - LONGEST_QUOTE; back--) {
    if (text.charCodeAt(back) === unit) before++
  }
  return before % 2 === 1
}

/** How far back a straight quote is looked for that another one closes. */
const LONGEST_QUOTE = 300

function isStop(text: string, at: number, end: number): boolean {
  const unit = text.charCodeAt(at)
  if ((SIGNS[unit]! & STOP) === 0) return false
  if (unit > 0x7f || at + 1 >= end) return true
  // Within an address a ? does not end anything.
  return !/[0-9A-Za-z=]/.test(text[at + 1]!)
}

const STOP = 1
const CLOSER = 2
const PAIRED = 4

/** What each UTF-16 unit is to a sentence, as bits: looked up once for each of a text. */
const SIGNS = signs()

function signs(): Uint8Array {
  const table = new Uint8Array(0x10000)
  const set = (units: string, bit: number) => {
    for (let at = 0; at < units.length; at++) table[units.charCodeAt(at)]! |= bit
  }
  set('\u3002\uFF61\uFF01\uFF1F!?', STOP)
  set('\u201d\u2019\u300d\u300f\uFF09)\u300b\u3009\u3011\u3015\u3017]\uFF3D\uFF02\uFF07', CLOSER)
  set(';\uFF1B()\uFF08\uFF09\uFE59\uFE5A[]\uFF3B\uFF3D\u201c\u201d\u2018\u2019', PAIRED)
  set('\u3008\u3009\u300a\u300b\u300c\u300d\u300e\u300f\u3010\u3011\u3014\u3015', PAIRED)
  return table
}

/** The outermost 《…》, of which both ends stand here and not too far apart; in order. */
function namesIn(text: string, start: number, end: number): Span[] {
  const names: Span[] = []
  const open: number[] = []
  for (let at = start; at < end; at++) {
    const unit = text.charCodeAt(at)
    if (unit !== 0x300a && unit !== 0x300b) continue
    if (unit === 0x300a) {
      open.push(at)
      continue
    }
    const from = open.pop()
    if (from === undefined || at - from > LONGEST_NAME) continue
    while (names.length > 0 && names[names.length - 1]!.start > from) names.pop()
    names.push({ start: from, end: at + 1 })
  }
  return names
}

/** Where clauses end within a sentence: behind semicolons that stand in no bracket or quote. */
function clauseEnds(text: string, start: number, end: number): readonly number[] {
  const stops: number[] = []
  // For each open bracket how many stops came before it: those behind it go when it closes.
  const open: { readonly sign: number; readonly stops: number }[] = []
  for (let at = start; at < end; at++) {
    const unit = text.charCodeAt(at)
    if ((SIGNS[unit]! & PAIRED) === 0) continue
    const sign = foldUnit(unit)
    if (sign === 0x3b) {
      if (at + 1 < end) stops.push(at + 1)
      continue
    }
    const close = PAIRS.get(sign)
    if (close !== undefined) {
      open.push({ sign: close, stops: stops.length })
      continue
    }
    const match = lastOpen(open, sign)
    if (match < 0) continue
    stops.length = Math.min(stops.length, open[match]!.stops)
    open.length = match
  }
  return stops
}

/** Looks a few brackets back: what is nested deeper than that is not text. */
function lastOpen(open: readonly { readonly sign: number }[], sign: number): number {
  for (let at = open.length - 1; at >= 0 && at >= open.length - 8; at--) {
    if (open[at]!.sign === sign) return at
  }
  return -1
}

const PAIRS: ReadonlyMap<number, number> = new Map([
  [0x28, 0x29],
  [0x5b, 0x5d],
  [0x201c, 0x201d],
  [0x2018, 0x2019],
  [0x3008, 0x3009],
  [0x300a, 0x300b],
  [0x300c, 0x300d],
  [0x300e, 0x300f],
  [0x3010, 0x3011],
  [0x3014, 0x3015],
])

/** Ends by punctuation with the wanted ones added and the unwanted ones left out; in order. */
function corrected(
  text: string,
  ends: readonly number[],
  { cuts, kept, end }: { cuts: readonly number[]; kept: readonly number[]; end: number },
): readonly number[] {
  if (cuts.length === 0 && kept.length === 0) return ends
  // A join may be meant where the unit before ends or where the next one begins.
  const isKept = (at: number) => {
    const next = skipSpaces(text, at, end)
    return kept.some(place => place >= trimEnd(text, 0, at) && place <= next)
  }
  const left = ends.filter(at => !isKept(at))
  return [...new Set([...left, ...cuts])].sort((a, b) => a - b)
}

function isInPair(text: string, at: number): boolean {
  return (
    at > 0 &&
    (text.charCodeAt(at) & 0xfc00) === 0xdc00 &&
    (text.charCodeAt(at - 1) & 0xfc00) === 0xd800
  )
}
