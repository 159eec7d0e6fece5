import type { Heading, Span } from '../domain/structure'
import { countOf, type DateMention } from './dates'
import { type ReportLines, SEARCHED } from './report-lines'

// Rules in the order in which they are trusted: the title; "现将2022年度…报告如下"; the year with
// which the opening begins; years in headings, those of plans standing for the year before;
// "今年以来" with the date; the year that the text speaks of most; the date alone.

/** The year that a report is about, and where the text says or implies it. */
export interface YearFinding {
  readonly year: number
  readonly isStated: boolean
  /** The best place first. */
  readonly evidence: readonly Span[]
}

/** A report on several years at once has no year of its own. */
export interface Period extends Span {
  readonly from: number
  readonly to: number
}

/** What a text says of its time. */
export interface Coverage {
  readonly year: YearFinding | null
  /** Where the title names several years, as 2016—2020年; `year` is then `null`. */
  readonly period: Period | null
}

/** Reads which year a report covers; `date` is when it was signed or published. */
export function coverageOf(lines: ReportLines, date: DateMention | null): Coverage {
  const period = periodIn(lines)
  if (period !== null) return { year: null, period }
  const titled = yearInTitle(lines)
  if (titled !== null) return { year: stated(lastYearOf(lines, titled, date)), period: null }
  if (!isReport(lines)) return { year: null, period: null }
  return { year: yearInText(lines, date), period: null }
}

/**
 * The year of the title, or the one before where the text announces a report on that and was signed
 * in the first months of the title's: such a title names the year in which it was written.
 */
function lastYearOf(
  lines: ReportLines,
  titled: YearMention,
  date: DateMention | null,
): YearMention {
  if (date === null || Number(date.value.slice(0, 4)) !== titled.year) return titled
  if (Number(date.value.slice(5, 7)) > 4) return titled
  const announced = yearAnnounced(lines)
  return announced?.year === titled.year - 1 ? announced : titled
}

interface YearMention extends Span {
  readonly year: number
}

function yearInText(lines: ReportLines, date: DateMention | null): YearFinding | null {
  const announced = yearAnnounced(lines)
  if (announced !== null) return stated(announced)
  const opening = yearOpening(lines)
  if (opening !== null) return stated(opening)
  const headed = yearInHeadings(lines)
  if (headed?.isStated) return headed
  return yearOfDate(lines, date) ?? headed ?? mostNamed(lines, date) ?? yearBefore(date)
}

const YEAR =
  /(?<![0-9])(?<digits>(?:19|20)[0-9] ?[0-9]|[一二][〇○零ОOo0一二三四五六七八九]{3}) {0,2}(?:年度?|度)(?! {0,2}(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2}) {0,2}月)/g

const RANGE =
  /(?<from>(?:19|20)[0-9]{2}) *年? *(?:[-\u2010-\u2015\u2212~\uFF5E\u301C]+|至|到) *(?<to>(?:19|20)[0-9]{2}) *年?/g

function yearsIn(folded: string, part: Span): YearMention[] {
  const found: YearMention[] = []
  for (const match of folded.slice(part.start, part.end).matchAll(YEAR)) {
    const year = countOf(match.groups?.digits ?? '')
    if (year === null || year < 1978 || year > 2099) continue
    const start = part.start + match.index
    found.push({ year, start, end: start + match[0].length })
  }
  return found
}

/** A title's words without the names in 《》 that it cites, and without document numbers. */
function ownWords(folded: string, title: Span): string {
  const words = folded.slice(title.start, title.end)
  const blank = (cited: string) => ' '.repeat(cited.length)
  const bare = words
    .replace(/[〔[(【] *(?:19|20)[0-9]{2} *[〕\])】] *第? *[0-9]+ *号/g, blank)
    .replace(/《[^》]*》/g, blank)
  // 关于印发《…2022年度…报告》的通知 has its year in the name that it cites.
  const isOnlyCited = !/(?:19|20)[0-9]{2}|二[〇○零O]/.test(bare)
  const isIssue = /印发|转发|公布|发布|报送|呈报|上报|报请/.test(bare)
  return isOnlyCited && isIssue ? words.replace(/[〔[] *(?:19|20)[0-9]{2} *[〕\]]/g, blank) : bare
}

function periodIn({ folded, titleSpan }: ReportLines): Period | null {
  if (titleSpan === null) return null
  for (const match of ownWords(folded, titleSpan).matchAll(RANGE)) {
    const from = Number(match.groups?.from)
    const to = Number(match.groups?.to)
    const start = titleSpan.start + match.index
    if (from < to) return { from, to, start, end: start + match[0].length }
  }
  return planPeriodIn(folded, titleSpan)
}

/** “十三五”期间: the five years of a plan, the tenth of which began in 2001. */
function planPeriodIn(folded: string, { start, end }: Span): Period | null {
  const match = /[\u201c"'\u2018]?十([一二三四])五[\u201d"'\u2019]?(?:时期|期间)/.exec(
    folded.slice(start, end),
  )
  if (match === null) return null
  const from = 2001 + 5 * '一二三四'.indexOf(match[1]!) + 5
  const at = start + match.index
  return { from, to: from + 4, start: at, end: at + match[0].length }
}

function yearInTitle({ folded, titleSpan }: ReportLines): YearMention | null {
  if (titleSpan === null) return null
  const words = ownWords(folded, titleSpan)
  const whole = { start: 0, end: words.length }
  const [named] = [...yearsIn(words, whole), ...bareYearsIn(words)]
  if (named === undefined) return null
  const { year, start, end } = named
  return { year, start: titleSpan.start + start, end: titleSpan.start + end }
}

/** 石家庄市2023法治政府建设报告, (2023) and a year on a line of its own. */
function bareYearsIn(words: string): YearMention[] {
  const match = /(?<![0-9])(20[0-9]{2})(?! *年| *[-./0-9]| *[\u2010-\u2015~])/.exec(words)
  if (match === null) return []
  return [{ year: Number(match[1]), start: match.index, end: match.index + 4 }]
}

const NOT_A_REPORT =
  /(?:通知|意见|办法|规定|条例|方案|纲要|决定|细则|公告|批复|函|规划|章程|准则|令|法|解释|公报|通告|标准|清单|讲话)(?:\([^)]*\))?$/
const REPORT = /报告|总结|情况|汇报|年报|综述|述职/

/** Policies and laws are of no year; reports are, also when they lost their title. */
function isReport(lines: ReportLines): boolean {
  const { folded, titleSpan } = lines
  if (titleSpan !== null) {
    const words = folded.slice(titleSpan.start, titleSpan.end).replace(/\s+$/, '')
    if (NOT_A_REPORT.test(words)) return false
    if (REPORT.test(words)) return true
  }
  if (
    lines.headings[0] &&
    /^(?:19|20)\d\d年度?.{0,12}(?:情况|总结|回顾)$/.test(lines.headings[0].title)
  ) {
    return true
  }
  const opening = openingText(lines)
  return (
    /现将|汇报如下|报告如下|[今本]年以来|一年来/.test(opening) || startsWithYear(lines) !== null
  )
}

function openingText({ folded, opening }: ReportLines): string {
  return opening
    .map(line => folded.slice(line.start, Math.min(line.end, line.start + 3000)))
    .join('\n')
}

/** 现将我市2022年度法治政府建设情况报告如下. */
function yearAnnounced({ folded, opening }: ReportLines): YearMention | null {
  for (const line of opening) {
    const words = folded.slice(line.start, Math.min(line.end, line.start + 3000))
    const at =
      words.lastIndexOf('现将') >= 0 ? words.lastIndexOf('现将') : words.lastIndexOf('现就')
    if (at < 0) continue
    const end = /[。\n]/.exec(words.slice(at))?.index ?? words.length - at
    const part = { start: line.start + at, end: line.start + at + Math.min(end, 120) }
    const year = uncitedYears(folded, part)[0]
    if (year !== undefined) return year
  }
  return null
}

/** The year in which the opening sets out, or the only one that it speaks of. */
function yearOpening(lines: ReportLines): YearMention | null {
  const first = startsWithYear(lines)
  if (first !== null) return first
  const [line] = lines.opening
  if (line === undefined) return null
  const years = uncitedYears(lines.folded, {
    start: line.start,
    end: Math.min(line.end, line.start + 3000),
  })
  const [only] = years
  return only !== undefined && years.every(({ year }) => year === only.year) ? only : null
}

function startsWithYear({ folded, opening }: ReportLines): YearMention | null {
  for (const line of opening) {
    const part = { start: line.start, end: Math.min(line.end, line.start + 40) }
    const year = uncitedYears(folded, part)[0]
    if (year === undefined) continue
    const before = folded.slice(line.start, year.start)
    const isAtStart = before.length <= 12 && !/[。,;:、]|根据|按照|自从?$/.test(before)
    if (isAtStart) return year
  }
  return null
}

const PLAN = /计划|安排|打算|思路|要点|目标|部署|下一步|下步|展望|任务|谋划|规划/

/** 一、2022年工作情况 says its year; 三、2023年工作安排 implies the one before. */
function yearInHeadings({ folded, headings }: ReportLines): YearFinding | null {
  let implied: YearFinding | null = null
  for (const heading of headings.slice(0, 200)) {
    const year = headingYear(folded, heading)
    if (year === null) continue
    if (!PLAN.test(heading.title)) return stated(year)
    implied ??= { year: year.year - 1, isStated: false, evidence: [spanOf(year)] }
  }
  return implied
}

function headingYear(folded: string, heading: Heading): YearMention | null {
  const part = { start: heading.start, end: Math.min(heading.end, heading.start + 100) }
  return heading.level <= 2 ? (uncitedYears(folded, part)[0] ?? null) : null
}

const THIS_YEAR = /[今本]年度?以来|一年来|[今本]年度?(?=[,,我全县市区])|过去(?:的)?一年|[今本]年度/

/** 今年以来, with a date in the first months of the next year or later in the same. */
function yearOfDate(lines: ReportLines, date: DateMention | null): YearFinding | null {
  const { folded, opening } = lines
  if (date === null) return null
  for (const line of opening) {
    const match = THIS_YEAR.exec(folded.slice(line.start, Math.min(line.end, line.start + 600)))
    if (match === null) continue
    const start = line.start + match.index
    const year = yearFrom(date)
    const agreeing = namedOnce(lines)
      .filter(named => named.year === year)
      .slice(0, 3)
    const evidence = [
      { start, end: start + match[0].length },
      spanOf(date),
      ...agreeing.map(spanOf),
    ]
    return { year, isStated: false, evidence }
  }
  return null
}

/** Reports are written in the first months about the year before, later about the year itself. */
function yearFrom(date: DateMention): number {
  const year = Number(date.value.slice(0, 4))
  return Number(date.value.slice(5, 7)) <= 4 ? year - 1 : year
}

/** The year that the text speaks of most, if clearly. */
function mostNamed(lines: ReportLines, date: DateMention | null): YearFinding | null {
  const named = namedOnce(lines)
  const counts = new Map<number, number>()
  for (const { year } of named) counts.set(year, (counts.get(year) ?? 0) + 1)
  const [first, second] = [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])
  if (first === undefined) return null
  const [year, count] = first
  const signed = date === null ? null : Number(date.value.slice(0, 4))
  const fits = signed === null ? count >= 2 : year === signed || year === signed - 1
  if (!fits || count < 2 * (second?.[1] ?? 0)) return null
  return {
    year,
    isStated: false,
    evidence: named
      .filter(one => one.year === year)
      .slice(0, 3)
      .map(spanOf),
  }
}

/** Years of the text outside 《》 and ranges, months with their year among them. */
function namedOnce({ folded, main }: ReportLines): YearMention[] {
  const last = main.at(-1)?.end ?? 0
  const part = { start: main[0]?.start ?? 0, end: Math.min(last, SEARCHED) }
  return uncitedYears(folded, part)
}

/** A report of the first half of a year is on the year before; of later months nobody knows. */
function yearBefore(date: DateMention | null): YearFinding | null {
  if (date === null) return null
  const month = Number(date.value.slice(5, 7))
  if (month > 6 && month < 11) return null
  const year = Number(date.value.slice(0, 4)) - (month <= 6 ? 1 : 0)
  return { year, isStated: false, evidence: [spanOf(date)] }
}

/** The years in a part of the text, but for those within 《》 and those of ranges. */
function uncitedYears(folded: string, part: Span): YearMention[] {
  const blank = (cited: string) => ' '.repeat(cited.length)
  const words = folded
    .slice(part.start, part.end)
    .replace(/《[^》《\n]{0,200}》/g, blank)
    .replace(RANGE, blank)
  return yearsIn(words, { start: 0, end: words.length }).map(({ year, start, end }) => ({
    year,
    start: part.start + start,
    end: part.start + end,
  }))
}

function stated(mention: YearMention): YearFinding {
  return { year: mention.year, isStated: true, evidence: [spanOf(mention)] }
}

function spanOf({ start, end }: Span): Span {
  return { start, end }
}
