import { Hints } from './html-hints'
import type { HtmlLine } from './html-lines'
import type { HtmlElement } from './html-tree'
import { isBoilerplate, isDateLine, isHeadLine, isNavigation, isRelatedHead } from './html-words'

// Which lines of a page are the report, and which stand around it. Prose decides: the deepest
// element that holds nearly all of it is the body of the article, and names that publishing
// systems give it are believed where they fit. The article's title and the lines under it that
// name date and source are then found nearby. Where this finds nothing, all lines are kept.

/** What a page calls itself, to know the title by: fields of its head, the best first. */
export interface PageNames {
  readonly titles: readonly string[]
}

export interface MainText {
  /** For each line whether it stands around the report. */
  readonly isAside: readonly boolean[]
  /** Lines that are the article's title, as the page's head gives it. */
  readonly titleLines: ReadonlySet<number>
  /** The element that holds the article, or `null` if none stands out. */
  readonly body: HtmlElement | null
  /** Whether an element is, or stands in, what is named as navigation, head or foot of the page. */
  standsAround(element: HtmlElement): boolean
}

/** Finds the report within a page. */
export function mainTextOf(
  lines: readonly HtmlLine[],
  root: HtmlElement,
  names: PageNames,
): MainText {
  const read = lines.map(readLine)
  const hints = new Hints()
  const prose = read.map((line, i) => (hints.standsAround(lines[i]!.element) ? 0 : line.prose))
  const weights = weightsOf(root, lines, prose)
  const total = weights.get(root) ?? 0
  const standsAround = (element: HtmlElement) => hints.standsAround(element)
  const body = total >= LEAST_PROSE ? bodyOf(root, weights, hints) : null
  const isAside = read.map(
    (line, i) =>
      line.isNavigation || hints.isNavigation(lines[i]!.element, weights, total || LEAST_PROSE),
  )
  if (body === null) {
    const titleLines = titleLinesOf(read, { names, from: 0, to: lines.length })
    for (const line of titleLines) isAside[line] = false
    return { isAside: orNothing(isAside, lines), titleLines, body, standsAround }
  }
  const range = rangeOf(lines, read, { body, prose })
  const { start, titleLines } = headOf(lines, read, { names, range, isAside, hints })
  const end = footOf(lines, read, { range, isAside })
  for (let i = 0; i < lines.length; i++) if (i < start || i >= end) isAside[i] = true
  setRelatedAside(lines, read, isAside)
  for (const line of titleLines) isAside[line] = false
  return { isAside: orNothing(isAside, lines), titleLines, body, standsAround }
}

/** Lines at the top of a page without navigation that say its title. */
export function titleLinesAtTop(lines: readonly HtmlLine[], names: PageNames): ReadonlySet<number> {
  const to = Math.min(lines.length, HEAD_LINES)
  return titleLinesOf(lines.slice(0, to + 4).map(readLine), { names, from: 0, to })
}

/** With less prose than this on the page, no element is taken for the article. */
const LEAST_PROSE = 60

/** What a line is, beyond its text. */
interface ReadLine {
  /** In one width, without the white space around it. */
  readonly folded: string
  /** Characters that are not white space, and those of them outside links. */
  readonly chars: number
  readonly plain: number
  /** How much the line counts as running text. */
  readonly prose: number
  readonly isNavigation: boolean
  readonly isBlank: boolean
}

const PUNCTUATION = /[,.;:!?\u3001\u3002\uff0c\uff1b\uff1a\uff01\uff1f\uff0e]/
const LONG_LINE = 25

function readLine(line: HtmlLine): ReadLine {
  // Long lines are prose whatever they begin with: there is no need to fold them whole.
  const folded = line.text.slice(0, 200).normalize('NFKC').trim()
  const chars = line.text.length < 200 ? folded.replace(/\s/g, '').length : line.text.length
  const plain = Math.max(0, chars - line.linked)
  const isShort = line.text.length < 120
  const isAround = isShort && !isHeadLine(folded) && (isNavigation(folded) || isBoilerplate(folded))
  const isProse =
    plain * 2 > chars && (plain >= LONG_LINE || (plain >= 8 && PUNCTUATION.test(line.text)))
  const isRow = line.is?.kind === 'row'
  return {
    folded,
    chars,
    plain,
    prose: isAround || !isProse ? 0 : isRow ? plain / 2 : plain,
    isNavigation: isAround,
    isBlank: chars === 0,
  }
}

/** The prose below each element. */
function weightsOf(
  root: HtmlElement,
  lines: readonly HtmlLine[],
  prose: readonly number[],
): Map<HtmlElement, number> {
  const own = new Map<HtmlElement, number>()
  for (const [i, { element }] of lines.entries()) {
    own.set(element, (own.get(element) ?? 0) + prose[i]!)
  }
  const weights = new Map<HtmlElement, number>()
  const visit = (element: HtmlElement): number => {
    let weight = own.get(element) ?? 0
    for (const child of element.children) if (typeof child !== 'string') weight += visit(child)
    if (weight > 0) weights.set(element, weight)
    return weight
  }
  visit(root)
  return weights
}

/** Of the prose on the page: what the article's element holds, and what one named so holds. */
const SHARE = 0.8
const NAMED_SHARE = 0.5

/** The deepest element that holds nearly all prose, or a deeper one that is named for it. */
function bodyOf(
  root: HtmlElement,
  weights: ReadonlyMap<HtmlElement, number>,
  hints: Hints,
): HtmlElement {
  const total = weights.get(root) ?? 0
  let body = root
  let named: HtmlElement | null = null
  for (let at: HtmlElement | null = root; at; ) {
    const weight = weights.get(at) ?? 0
    if (weight >= SHARE * total) body = at
    if (weight >= NAMED_SHARE * total && hints.isArticle(at)) named = at
    let next: HtmlElement | null = null
    for (const child of at.children) {
      if (typeof child === 'string' || (weights.get(child) ?? 0) < NAMED_SHARE * total) continue
      if (!next || weights.get(child)! > weights.get(next)!) next = child
    }
    at = next
  }
  // A single paragraph is part of an article, and so is a lone bold run in it.
  const article = named ?? body
  let whole = article
  while (whole.parent && INNER.has(whole.tag)) whole = whole.parent
  return whole
}

const INNER = new Set(
  (
    'a b big blockquote center dd em font h1 h2 h3 h4 h5 h6 i li ol p pre s section small span ' +
    'strong tbody tr u ul'
  ).split(' '),
)

/** Half-open, in lines. */
interface LineRange {
  readonly start: number
  readonly end: number
}

/** Prose of at least this length is kept wherever it stands, if it ends like a sentence. */
const STRAY_PROSE = 40

/** From the first to the last line of the article, with prose that stands beside it. */
function rangeOf(
  lines: readonly HtmlLine[],
  read: readonly ReadLine[],
  given: { readonly body: HtmlElement; readonly prose: readonly number[] },
): LineRange {
  let start = lines.length
  let end = 0
  const within = new Map<HtmlElement, boolean>()
  const isWithin = (element: HtmlElement): boolean => {
    const known = within.get(element)
    if (known !== undefined) return known
    const answer = element === given.body || (element.parent ? isWithin(element.parent) : false)
    within.set(element, answer)
    return answer
  }
  for (const [i, line] of lines.entries()) {
    const isStray =
      given.prose[i]! >= STRAY_PROSE && /\u3002/.test(line.text) && !read[i]!.isNavigation
    if (!isStray && !isWithin(line.element)) continue
    start = Math.min(start, i)
    end = i + 1
  }
  return { start, end }
}

/** How many lines a title may stand above the article, and date and source above the title. */
const HEAD_LINES = 24
const ABOVE_TITLE = 14

/** Where the article's head begins: its title, and what names date and source around it. */
function headOf(
  lines: readonly HtmlLine[],
  read: readonly ReadLine[],
  given: {
    readonly names: PageNames
    readonly range: LineRange
    readonly isAside: boolean[]
    readonly hints: Hints
  },
): { start: number; titleLines: ReadonlySet<number> } {
  const { range, isAside, hints } = given
  const firstProse = read.findIndex((line, i) => i >= range.start && line.prose >= LONG_LINE)
  const to = Math.max(range.start, firstProse < 0 ? range.start : firstProse) + 1
  const from = Math.max(0, range.start - HEAD_LINES)
  const titleLines = titleLinesOf(read, { names: given.names, from, to })
  const named = [...titleLines].sort((a, b) => a - b)[0]
  const guessed = named ?? guessTitle(lines, read, { from, to: range.start, hints })
  if (guessed === undefined) {
    let start = range.start
    for (let i = start - 1; i >= from; i--) if (isHeadLine(read[i]!.folded)) start = i
    return { start, titleLines }
  }
  let start = guessed
  for (let i = start - 1; i >= Math.max(0, start - ABOVE_TITLE); i--) {
    if (isHeadLine(read[i]!.folded) && !isAside[i]) start = i
  }
  const last = Math.max(guessed, ...(named === undefined ? [] : titleLines))
  for (let i = start; i < Math.max(range.start, last); i++) {
    if (i !== guessed && isLinkLine(read[i]!)) isAside[i] = true
  }
  isAside[guessed] = false
  return { start, titleLines }
}

/** A line that only leads elsewhere. */
function isLinkLine(line: ReadLine): boolean {
  return line.chars > 0 && line.plain * 4 < line.chars
}

/** Lines that say what the page's head gives as its title, together if it is broken in two. */
function titleLinesOf(
  read: readonly ReadLine[],
  given: { readonly names: PageNames; readonly from: number; readonly to: number },
): ReadonlySet<number> {
  const found = new Set<number>()
  const keys = given.names.titles.map(keyOf).filter(key => key.length >= 4)
  for (const key of keys) {
    for (let i = given.from; i < given.to; i++) {
      if (isLinkLine(read[i]!)) continue
      let joined = ''
      for (let j = i; j < Math.min(read.length, i + 4); j++) {
        joined += keyOf(read[j]!.folded)
        if (joined === '' || !key.startsWith(joined)) break
        if (joined !== key) continue
        for (let k = i; k <= j; k++) if (!read[k]!.isBlank) found.add(k)
        break
      }
    }
    if (found.size > 0) return found
  }
  return found
}

/** A text to compare titles by: one width, letters and numbers only. */
function keyOf(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase()
}

const TITLE_END =
  /(?:报告|情况|总结|方案|通知|意见|决定|办法|要点|公告|公报|规定|规划)(?:\([^)]*\))?$/

/** The nearest line above the article that is set or worded as a title. */
function guessTitle(
  lines: readonly HtmlLine[],
  read: readonly ReadLine[],
  given: { readonly from: number; readonly to: number; readonly hints: Hints },
): number | undefined {
  for (let i = given.to - 1; i >= given.from; i--) {
    const { folded, chars, isNavigation: isAround } = read[i]!
    if (isAround || chars < 6 || chars > 80 || isLinkLine(read[i]!)) continue
    const line = lines[i]!
    const isSet = line.is?.kind === 'heading' && line.is.level <= 3
    if (isSet || given.hints.isTitle(line.element) || TITLE_END.test(folded)) return i
  }
  return undefined
}

/** How many lines below the article its signature, date or annexes may stand. */
const FOOT_LINES = 8

/** Where the article ends: after the signature and date, before links that trail it. */
function footOf(
  lines: readonly HtmlLine[],
  read: readonly ReadLine[],
  given: { readonly range: LineRange; readonly isAside: readonly boolean[] },
): number {
  const { range, isAside } = given
  let end = range.end
  const last = Math.min(lines.length, end + FOOT_LINES)
  for (let i = end; i < last; i++) {
    const { folded } = read[i]!
    if (isDateLine(folded) || (isHeadLine(folded) && !isAside[i])) end = i + 1
    else if (/^附件/.test(folded)) end = i + 1
  }
  while (end > range.start + 1) {
    const line = read[end - 1]!
    const isTrailing = line.isBlank || isAside[end - 1] || isLinkLine(line)
    if (!isTrailing || isAttachment(lines[end - 1]!)) break
    end--
  }
  return end
}

function isAttachment(line: HtmlLine): boolean {
  return /附件|\.(?:docx?|wps|pdf|xlsx?|zip|rar|ofd)\b/i.test(line.text)
}

/** Lists of links under a line such as 相关链接 lead away from the article. */
function setRelatedAside(
  lines: readonly HtmlLine[],
  read: readonly ReadLine[],
  isAside: boolean[],
): void {
  for (let i = 0; i < lines.length; i++) {
    if (!isRelatedHead(read[i]!.folded)) continue
    isAside[i] = true
    for (let j = i + 1; j < lines.length && (read[j]!.isBlank || isLinkLine(read[j]!)); j++) {
      isAside[j] = true
    }
  }
}

/** The same, unless it would set all text aside. */
function orNothing(isAside: readonly boolean[], lines: readonly HtmlLine[]): readonly boolean[] {
  const isSomeKept = lines.some((line, i) => !isAside[i] && line.text.trim() !== '')
  return isSomeKept ? isAside : lines.map(() => false)
}
