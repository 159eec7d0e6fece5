import type { EnumeratedItem, Enumeration, Paragraph } from '../domain/structure'
import { chineseNumberAt } from './markers'
import { foldUnit, isSpace, skipSpaces, trimEnd } from './width'

// 一是…二是…三是… within a paragraph. The same characters stand within words (第一责任人) and
// open slogans (一网通办), so a marker wants a beginning of a clause before it, and counts only
// where another one goes on with it.

/**
 * The enumerations of paragraphs that are in order. Items follow one another; an enumeration
 * within an item of another one ends where that item ends. Where items have paragraphs of their
 * own, also from the second or third on, the enumeration counts as standing on the line of the
 * first.
 */
export function enumerationsIn(text: string, paragraphs: readonly Paragraph[]): Enumeration[] {
  const found: Enumeration[] = []
  const close = (spread: Spread) => found.push(...enumerationOf(text, spread))
  let spread: Spread | null = null
  /** What was still open at the end of the last paragraph, the outermost first. */
  let tails: Spread[] = []
  for (const paragraph of paragraphs) {
    const { line, heading, start, end } = paragraph
    const markers = markersIn(text, paragraph)
    const runs = markers.length < 2 ? [] : runsOf(markers, end)
    const first = markers[0]
    const isOwn = first?.start === start && runs.every(run => run.markers[0] !== first)
    if (first && isOwn) {
      const open: Spread[] = spread ? [spread, ...tails] : tails
      const goneOn = open.find(
        each => each.heading === heading && continues(each.runs.at(-1)!, first),
      )
      if (spread && spread !== goneOn) close(spread)
      if (goneOn) {
        goneOn.runs.push(ownRun(markers, runs, end))
        spread = goneOn
      } else {
        const run: Run = { kind: first.kind, markers: [first], end }
        spread = first.number === 1 ? { line, heading, runs: [run] } : null
      }
    }
    for (const tail of tails) if (tail !== spread) close(tail)
    tails = openAtEnd(text, { markers, runs, end })
      .filter(run => run.markers[0] !== first || !isOwn)
      .map(run => ({ line, heading, runs: [run] }))
    for (const run of runs) {
      if (tails.every(tail => tail.runs[0] !== run)) close({ line, heading, runs: [run] })
    }
  }
  for (const tail of tails) close(tail)
  if (spread) close(spread)
  return found.sort((a, b) => a.items[0]!.start - b.items[0]!.start)
}

/** Items that stand in one or several paragraphs under one heading. */
interface Spread {
  readonly line: number
  readonly heading: number | null
  readonly runs: Run[]
}

function enumerationOf(text: string, { line, heading, runs }: Spread): Enumeration[] {
  const items = runs.flatMap(run => itemsOf(text, run))
  if (items.length < 2) return []
  return [{ line, heading, items: items.map((item, i) => ({ ...item, n: i + 1 })) }]
}

/** The items that go on from a paragraph's first marker, those within them left out. */
function ownRun(markers: readonly EnumMarker[], runs: readonly Run[], end: number): Run {
  const [first, ...others] = markers
  const own: Run = { kind: first!.kind, markers: [first!], end }
  const within = new Set(runs.flatMap(run => run.markers))
  for (const marker of others) {
    if (within.has(marker) || !continues(own, marker)) continue
    const isBetween = runs.some(
      run => run.markers[0]!.start < marker.start && marker.start < run.markers.at(-1)!.start,
    )
    if (isBetween) continue
    own.markers.push(marker)
    for (const run of runs) {
      if (run.markers[0]!.start < marker.start) run.end = Math.min(run.end, marker.start)
    }
  }
  return own
}

/**
 * What another paragraph may go on with: the outermost enumeration that ends with a paragraph,
 * and a first item that stands alone behind a colon or a full stop.
 */
function openAtEnd(
  text: string,
  given: {
    readonly markers: readonly EnumMarker[]
    readonly runs: readonly Run[]
    readonly end: number
  },
): Run[] {
  const { markers, runs, end } = given
  const open = runs.filter(run => run.end === end)
  const outermost = open.reduce<Run | null>(
    (outer, run) => (outer && startOf(outer) < startOf(run) ? outer : run),
    null,
  )
  const within = new Set(runs.flatMap(run => run.markers))
  const alone = markers.filter(({ number, start }) => {
    const before = foldUnit(text.charCodeAt(trimEnd(text, 0, start) - 1))
    return number === 1 && (before === 0x3a || before === 0x3002)
  })
  const last = alone.findLast(marker => !within.has(marker))
  const isOutside = last && (!outermost || last.start < startOf(outermost))
  const single: Run[] = isOutside ? [{ kind: last.kind, markers: [last], end }] : []
  return outermost ? [...single, outermost] : single
}

function startOf(run: Run): number {
  return run.markers[0]!.start
}

interface EnumMarker {
  readonly number: number
  readonly start: number
  readonly end: number
  /** What it counts with: markers of one run share it. */
  readonly kind: string
}

/** `…是`, `…要`, `…则`, `…来`, `…方面`, and `第…，`, `其…，`. */
function markersIn(text: string, { start, end }: Paragraph): EnumMarker[] {
  const found: EnumMarker[] = []
  for (let at = start; at < end; at++) {
    const unit = text.charCodeAt(at)
    if (BEGINS[unit] === 0 || (at > start && !beginsClause(text.charCodeAt(at - 1)))) continue
    const marker = countedAt(text, at, end) ?? namedAt(text, at, end)
    if (!marker) continue
    found.push(marker)
    at = marker.end - 1
  }
  return found
}

/** Of each UTF-16 unit, whether a marker may begin with it. */
const BEGINS = new Uint8Array(0x10000)
for (const sign of '一二三四五六七八九十第其首再最另') BEGINS[sign.charCodeAt(0)] = 1

/** Whether a clause may begin behind a sign; brackets and quotes may have closed one. */
function beginsClause(unit: number): boolean {
  return isSpace(unit) || BEFORE.has(foldUnit(unit))
}

/** 。 ； ： ， ！ ？ … — and what closes brackets and quotes. */
const BEFORE = new Set([
  0x3002, 0x3b, 0x3a, 0x2c, 0x21, 0x3f, 0x2026, 0x2014, 0x201d, 0x2019, 0x29, 0x300b, 0x300d,
  0x3011, 0x3015,
])

function countedAt(text: string, at: number, end: number): EnumMarker | null {
  const first = text[at]
  const isOrdinal = first === '第' || first === '其'
  const from = isOrdinal ? at + 1 : at
  const number = chineseNumberAt(text, from, Math.min(end, from + 2))
  if (!number || number.value > 20) return null
  const next = text[number.end]
  if (isOrdinal) {
    const sign = foldUnit(text.charCodeAt(number.end))
    const isApart = sign === 0x2c || sign === 0x3a || (sign === 0x3001 && first === '第')
    if (!isApart || number.end + 1 >= end) return null
    return { number: number.value, start: at, end: number.end + 1, kind: first }
  }
  const kind = text.startsWith('方面', number.end) ? '方面' : next
  if (kind !== '是' && kind !== '要' && kind !== '则' && kind !== '来' && kind !== '方面')
    return null
  const close = number.end + kind.length
  if (close >= end || isSpace(text.charCodeAt(close))) return null
  return { number: number.value, start: at, end: close, kind }
}

const NAMED: readonly (readonly [string, number])[] = [
  ['首先', 1],
  ['其次', 2],
  ['再次', 3],
  ['最后', 0],
  ['另一方面', 2],
]

/** 首先 其次 再次 最后, and 另一方面. */
function namedAt(text: string, at: number, end: number): EnumMarker | null {
  for (const [word, number] of NAMED) {
    if (!text.startsWith(word, at) || at + word.length >= end) continue
    const kind = word === '另一方面' ? '方面' : '首先'
    return { number, start: at, end: at + word.length, kind }
  }
  return null
}

interface Run {
  readonly kind: string
  readonly markers: EnumMarker[]
  /** Where its last item ends. */
  end: number
}

/** Markers that count 1, 2, 3… with two at least; one run may stand within an item of another. */
function runsOf(markers: readonly EnumMarker[], end: number): Run[] {
  const runs: Run[] = []
  const open: Run[] = []
  const closeFrom = (depth: number, at: number) => {
    for (const run of open.splice(depth)) {
      run.end = at
      runs.push(run)
    }
  }
  for (const marker of markers) {
    let depth = open.length - 1
    while (depth >= 0 && !continues(open[depth]!, marker)) depth--
    if (depth >= 0) {
      closeFrom(depth + 1, marker.start)
      open[depth]!.markers.push(marker)
    } else if (marker.number === 1) {
      const same = open.findIndex(({ kind }) => kind === marker.kind)
      if (same >= 0) closeFrom(same, marker.start)
      open.push({ kind: marker.kind, markers: [marker], end })
    }
  }
  closeFrom(0, end)
  return runs.filter(run => run.markers.length > 1)
}

function continues(run: Run, { kind, number }: EnumMarker): boolean {
  const before = run.markers.at(-1)!.number
  if (run.kind !== kind || before === 0) return false
  // 最后 ends a run of 首先 wherever it comes.
  return number === 0 || number === before + 1
}

function itemsOf(text: string, { markers, end: last }: Run): EnumeratedItem[] {
  return markers.map((marker, i) => {
    const end = trimEnd(text, marker.end, markers[i + 1]?.start ?? last)
    return {
      n: i + 1,
      marker: text.slice(marker.start, marker.end),
      lead: leadOf(text, marker.end, end),
      start: marker.start,
      end,
    }
  })
}

function leadOf(text: string, start: number, end: number): string {
  let from = skipSpaces(text, start, end)
  while (from < end && /[,\uFF0C:\uFF1A\u3001]/.test(text[from]!))
    from = skipSpaces(text, from + 1, end)
  for (let at = from; at < end; at++) {
    const sign = foldUnit(text.charCodeAt(at))
    if (sign === 0x3002 || sign === 0x3b || sign === 0x3a) return text.slice(from, at)
  }
  return text.slice(from, end).replace(/[,\uFF0C\u3001\s]+$/, '')
}
