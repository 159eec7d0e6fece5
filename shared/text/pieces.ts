import { TITLE_END } from './frame-title'
import type { ReadLine } from './lines'
import { type Marker, markerAt, RANKS } from './markers'
import { gluedTitleEnd, titleEndBefore } from './piece-titles'
import { isSignedDate } from './signers'
import { foldUnit, foldWidth, isSpace, skipSpaces, trimEnd } from './width'

// Some sources lose all newlines of a report, or some of them. Then headings stand in the middle of
// a line: 一、…（一）…。…（二）…。…二、…. Numbers within a sentence look the same, so one opens a
// piece of its own only behind the end of a sentence or a title, and only where it counts on.

/** Shorter lines hold no more than one heading. */
const SHORTEST = 12

/** How far from its number the title of a run-in heading may end, in UTF-16 units. */
const LONGEST_TITLE = 80

/** The lines of a text, those cut in pieces in which several headings stand in one line. */
export function inPieces(text: string, lines: readonly ReadLine[]): ReadLine[] {
  const counts: Counts = { counted: new Map(), anywhere: new Map() }
  const own = lines.filter(({ role }) => role === 'paragraph')
  const next = new Map(own.map((line, at) => [line, own[at + 1]]))
  const seconds = own.filter(line => isSecond(text, line))
  const last = lines.findLast(({ role }) => role === 'paragraph')
  const isFirst = firstParagraph(lines)
  return lines.flatMap(line => {
    if (line.role !== 'paragraph') return [line]
    const inner = innerMarkers(text, line, {
      ...counts,
      below: secondsBelow(text, line, { next: next.get(line), last: seconds.at(-1) }),
    })
    const cuts = inner.map(({ start }) => start)
    const annex = /。附 *件 *\d{0,2} *[:：]/.exec(text.slice(line.start, line.end))
    if (annex) cuts.push(line.start + annex.index + 1)
    const first = markerAt(text, line.start, line.end)
    const heads = first ? [first, ...inner] : inner
    heads.forEach((marker, at) => {
      const end = heads[at + 1]?.start ?? line.end
      const cut =
        at > 0 || inner.length > 0 || !first
          ? gluedTitleEnd(text, marker, end)
          : spacedTitleEnd(text, marker, line)
      if (cut !== null) cuts.push(cut)
    })
    if (inner.length > 0 && line === isFirst) {
      const cut = titleEndBefore(text, line.start, heads[0]!.start)
      if (cut !== null) cuts.push(cut)
    }
    if (line === last) {
      const cut = signatureAt(text, line)
      if (cut !== null) cuts.push(cut)
    }
    return cutAt(text, line, cuts)
  })
}

/** The last numbers so far, by rank. */
interface Counts {
  /** Below the headings that are open. */
  readonly counted: Map<number, number>
  readonly anywhere: Map<number, number>
}

/** Which styles have a first number here if one stands within a line: their second comes below. */
type Below = ReadonlySet<Marker['style']>

/** Whether a 二、 stands at a line's beginning or behind a sentence. */
function isSecond(text: string, { start, end }: ReadLine): boolean {
  return /(?:^|[。！？!?\s])二[、．.]/.test(text.slice(start, end))
}

function secondsBelow(
  text: string,
  line: ReadLine,
  { next, last }: { readonly next: ReadLine | undefined; readonly last: ReadLine | undefined },
): Below {
  const below = new Set<Marker['style']>()
  if (last && last.start > line.start) below.add('cn_dun')
  const marker = next ? markerAt(text, next.start, next.end) : null
  if (marker?.style === 'cn_paren' && marker.number === 2) below.add('cn_paren')
  return below
}

function firstParagraph(lines: readonly ReadLine[]): ReadLine | undefined {
  const first = lines.find(({ role }) => role !== 'aside')
  return first?.role === 'paragraph' ? first : undefined
}

function cutAt(text: string, line: ReadLine, places: readonly number[]): ReadLine[] {
  const cuts = [...new Set(places)]
    .filter(at => at > line.start && at < line.end)
    .sort((a, b) => a - b)
  if (cuts.length === 0) return [line]
  return [line.start, ...cuts].flatMap((at, i) => {
    const to = cuts[i] ?? line.to
    const end = trimEnd(text, at, Math.min(to, line.end))
    const start = skipSpaces(text, at, end)
    const from = i === 0 ? line.from : at
    return start < end ? [{ ...line, from, to, start, end, isPiece: true }] : []
  })
}

/** How a number stands to what is before it. */
type Bound = 'stop' | 'colon' | 'space' | 'none'

interface Inner extends Marker {
  readonly bound: Bound
}

/**
 * The numbers within a line that begin headings, in order. The counts are brought up to the line's
 * end.
 */
function innerMarkers(
  text: string,
  line: ReadLine,
  counts: Counts & { readonly below: Below },
): Inner[] {
  const { counted, anywhere, below } = counts
  const own = markerAt(text, line.start, line.end)
  if (own) count(counts, own)
  // What stands behind the signs of Markdown is one heading.
  if (text.charCodeAt(line.start) === 0x23) return []
  if (line.end - line.start < SHORTEST || line.markedLevel > 0 || line.isMarkedTitle) return []
  const before = new Map(counted)
  const beforeAnywhere = new Map(anywhere)
  const found: Inner[] = []
  let above = own
  let isList = false
  for (let at = own?.titleStart ?? line.start + 1; at < line.end; at++) {
    if (MAY_BEGIN[text.charCodeAt(at)] === 0) continue
    const marker = markerAt(text, at, line.end)
    if (!marker) continue
    const bound = boundAt(text, line.start, at)
    // Where 一、 comes again within a line, a list begins and no heading.
    isList ||= marker.style === 'cn_dun' && marker.number === 1 && counted.has(marker.rank)
    if (isList && marker.style === 'cn_dun') continue
    if (!fits({ ...marker, bound }, { ...counts, above, text, from: line.start })) continue
    found.push({ ...marker, bound })
    count(counts, marker)
    above = marker
    at = marker.titleStart - 1
  }
  const kept = withoutLists(text, found, { own, end: line.end, below })
  if (kept.length < found.length) {
    counted.clear()
    for (const [rank, number] of before) counted.set(rank, number)
    for (const [rank, number] of beforeAnywhere) anywhere.set(rank, number)
    for (const marker of kept) count(counts, marker)
  }
  return kept
}

/** 1 for what a number within a line begins with: ( 第 and Chinese numerals, alone or in one sign with brackets. */
const MAY_BEGIN = new Uint8Array(0x10000)
for (const sign of '(\uff08\ufe59\u7b2c\u3220\u3221\u3222\u3223\u3224\u3225\u3226\u3227\u3228\u3229一二三四五六七八九十') {
  MAY_BEGIN[sign.charCodeAt(0)] = 1
}

function count({ counted, anywhere }: Counts, { rank, number }: Marker): void {
  for (const lower of counted.keys()) if (lower > rank) counted.delete(lower)
  counted.set(rank, number)
  anywhere.set(rank, number)
}

const STOPS = new Set([0x3002, 0xff61, 0xff01, 0xff1f, 0x21, 0x3f])
const CLOSERS = new Set([0x201d, 0x2019, 0x300d, 0x300f, 0x29, 0x300b, 0x3011, 0x3015, 0x22])

function boundAt(text: string, start: number, at: number): Bound {
  let before = trimEnd(text, start, at) - 1
  if (before < start) return 'none'
  const first = foldUnit(text.charCodeAt(before))
  if (first === 0x3a) return 'colon'
  while (before > start && CLOSERS.has(foldUnit(text.charCodeAt(before)))) before--
  if (STOPS.has(text.charCodeAt(before))) return 'stop'
  const isOpen = first === 0x3b || first === 0x2c || first === 0x3001
  return isSpace(text.charCodeAt(at - 1)) && !isOpen ? 'space' : 'none'
}

interface Around extends Counts {
  readonly text: string
  /** Where the line begins. */
  readonly from: number
  /** The heading before, on the same line. */
  readonly above: Marker | null
}

/** Whether a number within a line counts on from what stands before, where a heading may begin. */
function fits(marker: Inner, { text, from, counted, anywhere, above }: Around): boolean {
  const { rank, number, style, bound, start } = marker
  const next = (counted.get(rank) ?? 0) + 1
  if (style === 'cn_dun') {
    return number === next && bound !== 'none' && (bound !== 'colon' || number === 1)
  }
  if (style === 'cn_paren') {
    // Opinions count on from one section to the next.
    const runsOn = !counted.has(rank) && number === (anywhere.get(rank) ?? 0) + 1
    if (number !== next && !runsOn) return false
    if (bound === 'stop') return true
    if (number === next && number > 1) return false
    return bound === 'colon' || isBehindTitle(text, above, start)
  }
  if (marker.titleStart === marker.end || (number !== next && number !== 1)) return false
  if (bound === 'stop' || bound === 'space') return true
  if (style === 'article') return above?.style === 'chapter' && isBehindTitle(text, above, start)
  return above === null && number === 1 && TITLE_END.test(text.slice(from, start).slice(-60))
}

/** 一、主要做法（一）…: the title of a higher heading and nothing else stands before. */
function isBehindTitle(text: string, above: Marker | null, at: number): boolean {
  if (!above || above.rank >= RANKS.cn_paren) return false
  const title = text.slice(above.titleStart, at)
  return title.length >= 2 && title.length <= LONGEST_TITLE && !/[。；;：:！？!?]/.test(title)
}

/**
 * Takes out what is a list within a sentence: a 一、 that no 二、 follows, and bracketed numbers
 * unless at least half of them have a title and text behind it.
 */
function withoutLists(
  text: string,
  found: readonly Inner[],
  given: { readonly own: Marker | null; readonly end: number; readonly below: Below },
): Inner[] {
  const { own, end, below } = given
  const all: readonly Marker[] = own ? [own, ...found] : found
  const hasText = ({ titleStart }: Marker, at: number) => {
    const until = all[at + 1]?.start ?? end
    const words = text.slice(titleStart, Math.min(until, titleStart + LONGEST_TITLE))
    const stop = words.indexOf('。')
    // A title alone at the line's end has its text on the next.
    if (stop < 0 && until === end && words.length <= 40)
      return !/[；;，,、：:]/.test(words.slice(-1))
    return stop > 0 && skipSpaces(text, titleStart + stop + 1, until) < until
  }
  const dropped = new Set<Marker>()
  for (let from = 0; from < all.length; ) {
    let to = from + 1
    if (all[from]!.style === 'cn_paren') {
      while (all[to]?.style === 'cn_paren' && all[to]!.number === all[to - 1]!.number + 1) to++
      const run = all.slice(from, to)
      const texts = run.filter((marker, i) => hasText(marker, from + i)).length
      // Behind the title of a higher heading two numbers in a row are headings, whatever they hold.
      const isTitled = run.length > 1 && run[0] !== own && (run[0] as Inner).bound === 'none'
      const isFollowed = to === all.length && below.has('cn_paren')
      const isAlone = run.length < 2 && run[0]!.number === 1 && run[0] !== own && !isFollowed
      const isGlued = isAlone && (run[0] as Inner).bound !== 'colon' && from > 0
      if ((texts * 2 < run.length && !isTitled) || (isAlone && !isGlued))
        for (const each of run) dropped.add(each)
    }
    from = to
  }
  const left = found.filter(marker => !dropped.has(marker))
  return left.filter(
    ({ style, number }) =>
      style !== 'cn_dun' ||
      number > 1 ||
      below.has(style) ||
      left.some(each => each.style === style && each.number === 2),
  )
}

/**
 * Where the title ends of a heading whose own text follows behind white space, on a line that has
 * a newline before it; `null` where none does, or where white space means nothing.
 */
function spacedTitleEnd(
  text: string,
  { style, titleStart }: Marker,
  line: ReadLine,
): number | null {
  if (style !== 'cn_dun' && style !== 'cn_paren') return null
  const words = foldWidth(text.slice(titleStart, Math.min(line.end, titleStart + LONGEST_TITLE)))
  const gap = /^([^。；;：:\s]{4,60}?[^，,、。；;：:\s])(\s+)(?=[\u4e00-\u9fff\d“《])/.exec(words)
  if (!gap || line.end - titleStart - gap[0].length < 20) return null
  const at = titleStart + gap[1]!.length
  const rest = text.slice(at + gap[2]!.length, line.end)
  // Text that is set with white space anywhere has more of it, and a title alone has no stop behind.
  const isLoose = /^[^。\n]{0,60}?[\u4e00-\u9fff，、]\s+[\u4e00-\u9fff]/.test(rest)
  return rest.includes('。') && !isLoose ? at : null
}

/** Where signer and date stand behind the last sentence of a text, or `null`. */
function signatureAt(text: string, line: ReadLine): number | null {
  const from = Math.max(line.start, line.end - 80)
  const stop = text.slice(from, line.end).search(/。[”’）)]?[^。]{6,70}$/)
  if (stop < 0) return null
  const at = skipSpaces(text, from + stop + 1, line.end)
  return isSignedDate(foldWidth(text.slice(at, line.end)).replace(/\s/g, '')) ? at : null
}
