import type { Line, Span } from '../domain/structure'
import { type DateMention, datesIn } from './dates'
import { type Body, bodiesIn } from './issuers'
import type { ReportLines } from './report-lines'

// A report is signed at its end, body above date, or under its title. Web pages state dates
// beside labels. The page's clock, the date of the visit and dates within sentences are neither.

/** Who signed a report and when. */
export interface Signing {
  readonly bodies: readonly Body[]
  readonly date: DateMention | null
}

/** A date that a page gives beside a label, and what the label says it is. */
export interface LabelledDate extends DateMention {
  /** `signed`: when the text was made. `published`. `other`: 时间, 更新时间 and the like. */
  readonly kind: 'signed' | 'published' | 'other'
}

/** How many lines from its end a report can be signed: annexes and notes may follow. */
const TAIL = 30

/** Reads who signed a report and when, at its end or else under its title. */
export function signingOf(lines: ReportLines): Signing {
  const tail = lines.main.slice(-TAIL).filter(line => !isBefore(line, lines.titleSpan))
  const atEnd = signingIn(lines, tail)
  if (atEnd !== null) return atEnd
  const under = underTitle(lines)
  return signingIn(lines, under) ?? { bodies: bylineIn(lines, under), date: null }
}

/** Who stands below the title without a date: what the structure takes for signers. */
function bylineIn({ folded }: ReportLines, under: readonly Line[]): Body[] {
  const first = under.findIndex(({ role }) => role !== 'signature')
  return under.slice(0, first < 0 ? under.length : first).flatMap(line => bodiesIn(folded, line))
}

/** The date of the note at a document's end that says when an office printed it, or `null`. */
export function printedOn({ folded, main }: ReportLines): DateMention | null {
  for (const line of main.slice(-6).reverse()) {
    if (!/印发 *$/.test(folded.slice(line.start, line.end))) continue
    const date = datesIn(folded, line.start, line.end).at(-1)
    if (date !== undefined) return date
  }
  return null
}

/** The dates beside labels, and a bare date in a line of labels, best first. */
export function labelledDates(lines: ReportLines): LabelledDate[] {
  const found = labelZones(lines).flatMap(zone => labelledIn(lines, zone))
  const order = { signed: 0, published: 1, other: 2 }
  const title = lines.titleSpan?.start ?? 0
  const isAbove = (date: LabelledDate) => (date.start < title ? 1 : 0)
  return found.sort(
    (a, b) => order[a.kind] - order[b.kind] || isAbove(a) - isAbove(b) || a.start - b.start,
  )
}

function signingIn(lines: ReportLines, part: readonly Line[]): Signing | null {
  let best: Signing | null = null
  for (let at = part.length - 1; at >= 0; at--) {
    const line = part[at]
    if (line === undefined) continue
    const signed = dateLineOf(lines, line)
    if (signed === null) continue
    const bodies = [...bodiesAbove(lines, part, at), ...signed.bodies]
    const below = bodies.length === 0 ? bodiesOf(lines, part[at + 1]) : []
    if (bodies.length + below.length > 0)
      return { date: signed.date, bodies: [...bodies, ...below] }
    if (signed.isWritten) best ??= { date: signed.date, bodies: [] }
  }
  return best ?? unsignedDate(lines, part)
}

/** A line that is a date, alone or after the bodies that sign. */
function dateLineOf(
  { folded }: ReportLines,
  line: Line,
): (Signing & { readonly isWritten: boolean }) | null {
  if (line.end - line.start > 120) return null
  const date = datesIn(folded, line.start, line.end).at(-1)
  if (date === undefined) return null
  const after = folded.slice(date.end, line.end)
  if (!/^ *[)\]]? *$/.test(after)) return null
  const before = folded.slice(line.start, date.start).replace(/[ ([]+$/, '')
  // 2023-03-16 alone may belong to a list of other pages; 2023年3月16日 is how one signs.
  const isWritten = /年/.test(folded.slice(date.start, date.end))
  if (before === '') return { bodies: [], date, isWritten }
  const bodies = bodiesIn(folded, { start: line.start, end: line.start + before.length })
  return bodies.length > 0 ? { bodies, date, isWritten } : null
}

function bodiesAbove(lines: ReportLines, part: readonly Line[], at: number): Body[] {
  const bodies: Body[] = []
  for (let above = at - 1; above >= Math.max(0, at - 8); above--) {
    const found = bodiesOf(lines, part[above])
    if (found.length === 0) break
    bodies.unshift(...found)
  }
  return bodies
}

function bodiesOf(lines: ReportLines, line: Line | undefined): Body[] {
  if (line === undefined || line.role === 'heading' || line.role === 'title') return []
  return bodiesIn(lines.folded, line)
}

/** Bodies without a date, as the last line of a report. */
function unsignedDate(lines: ReportLines, part: readonly Line[]): Signing | null {
  for (let at = part.length - 1; at >= Math.max(0, part.length - 6); at--) {
    const bodies = [...bodiesAbove(lines, part, at), ...bodiesOf(lines, part[at])]
    if (bodiesOf(lines, part[at]).length > 0) return { bodies, date: null }
    const line = part[at]
    if (line === undefined || !isNoteAfterSignature(lines.folded.slice(line.start, line.end))) break
  }
  return null
}

/** What may follow a signature: annexes, notes, and a date that no calendar has. */
function isNoteAfterSignature(line: string): boolean {
  if (line.length > 80) return false
  return /^\(?此件|^附件|^附 *[:：]|^ *[0-9]{1,2}[.、]|^抄送|^\(?联系|^\(?[0-9]{4} *年[^年。]{0,12}$/.test(
    line,
  )
}

function underTitle({ main, titleSpan }: ReportLines): Line[] {
  if (titleSpan === null) return []
  const after = main.filter(line => line.start >= titleSpan.end).slice(0, 4)
  const prose = after.findIndex(line => line.end - line.start > 60)
  return prose < 0 ? after : after.slice(0, prose)
}

function isBefore(line: Line, title: Span | null): boolean {
  return title !== null && line.start < title.end
}

/** Labels stand around the report, above its first paragraph, or at its very end. */
function labelZones({ main, asides, opening, text }: ReportLines): Span[] {
  const firstProse = opening[0]?.start ?? Math.min(text.length, 1500)
  const last = main.at(-4)
  const around = asides.length > 400 ? [...asides.slice(0, 200), ...asides.slice(-200)] : asides
  return [
    { start: 0, end: Math.min(firstProse, 6000) },
    ...around.filter(line => line.start >= firstProse && line.end - line.start <= 500),
    ...(last === undefined ? [] : main.slice(-4)).filter(
      line => line.start >= firstProse && line.end - line.start <= 200,
    ),
  ]
}

const spaced = (words: string) =>
  words
    .split('|')
    .map(word => [...word].join(' {0,4}'))
    .join('|')

const SIGNED = spaced(
  '成文日期|成文时间|发文日期|发文时间|签发日期|签发时间|印发日期|印发时间|制发日期',
)
const PUBLISHED = spaced(
  '发布日期|发布时间|发表日期|发表时间|发布于|公开日期|公开时间|公布日期|公布时间|生成日期|生成时间|上传时间|' +
    '录入时间|录入日期|发稿时间|信息时间|上网日期|上网时间|发布',
)
const OTHER = spaced('更新时间|更新日期|修改时间|编辑时间|编辑日期|时间|日期')
const LABEL = new RegExp(
  `(?:(?<signed>${SIGNED})|(?<published>${PUBLISHED})|(?<![\\u4E00-\\u9FFF] {0,4})(?<other>${OTHER}))(?<gap> *[:\\]】|][\\s|[【(]{0,24}|[\\s|]{1,24}[[【(]?)(?=[12一二])`,
  'g',
)

function labelledIn({ folded }: ReportLines, zone: Span): LabelledDate[] {
  const part = folded.slice(zone.start, zone.end)
  const found: LabelledDate[] = []
  for (const match of part.matchAll(LABEL)) {
    const at = zone.start + match.index + match[0].length
    const date = datesIn(folded, at, Math.min(at + 24, folded.length))[0]
    if (date === undefined || date.start !== at) continue
    const { signed, published } = match.groups ?? {}
    const kind = signed !== undefined ? 'signed' : published !== undefined ? 'published' : 'other'
    if (kind === 'other' && isAppointment(part.slice(match.index, match.index + 80))) continue
    found.push({ ...date, kind })
  }
  // Below the report, dates without a label belong to lists of other pages.
  return found.length > 0 || zone.start > 0 ? found : bareDatesIn(folded, zone)
}

/** 时间:2023年3月5日上午9时 地点:… announces a meeting. */
function isAppointment(after: string): boolean {
  const line = after.split('\n')[0] ?? ''
  return /地 {0,4}点|上午|下午|至|期限/.test(line)
}

const BESIDE_LABELS = /来源|浏览|点击|阅读|字号|字体|作者|编辑|访问次数|分享|打印/

/** 2023-03-16 10:22 来源:… : a date without a label in a line that has other labels. */
function bareDatesIn(folded: string, zone: Span): LabelledDate[] {
  const found: LabelledDate[] = []
  for (const match of folded.slice(zone.start, zone.end).matchAll(/[^\n]+/g)) {
    const line = match[0]
    const date = datesIn(line).at(0)
    if (date === undefined || line.length > 200 || /今天|现在|当前|星期|农历/.test(line)) continue
    const start = zone.start + match.index
    const before = line.slice(0, date.start)
    const rest = line.slice(date.end).replace(/^ *[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})? */, '')
    const isAlone = /^[ [(|]*$/.test(before) && /^[ \])|]*$/.test(rest)
    const isStamp = isAlone && /[-/]/.test(line.slice(date.start, date.end))
    if (!isStamp && !(BESIDE_LABELS.test(line) && !/[。]/.test(line))) continue
    found.push({
      value: date.value,
      start: start + date.start,
      end: start + date.end,
      kind: 'other',
    })
  }
  return found
}
