import type { Line, Span } from '../domain/structure'
import { bodiesIn } from './issuers'
import type { ReportLines } from './report-lines'
import type { YearFinding } from './year-covered'

/** A title, and where the text has it or what in the text implies it. */
export interface TitleFinding {
  readonly title: string
  /** The best place first. */
  readonly evidence: readonly Span[]
}

/** The title as the text has it, its lines joined into one; `null` where it has none. */
export function statedTitle(lines: ReportLines): TitleFinding | null {
  const { titleSpan } = lines
  if (titleSpan === null) return null
  // ——2024年1月8日在…会议上 says where it was made.
  const own = lines.title.filter(line => !isSubtitle(wordsOf(lines, line)))
  const title = own.length > 0 ? own : lines.title
  const joined = title.map(
    (line, at) => separator(lines, title[at - 1], line) + wordsOf(lines, line),
  )
  const whole = joined.join('')
  const named = whole.slice(0, whole.length - siteNameAfter(whole))
  const first = title[0]?.start ?? titleSpan.start
  const end = title.length === 1 ? first + named.length : (title.at(-1)?.end ?? titleSpan.end)
  return named === '' ? null : { title: named, evidence: [{ start: first, end }] }
}

/**
 * A title for an annual report that has lost its own, in the words of the report where it
 * announces itself (现将2024年法治政府建设工作情况报告如下) and else in the usual ones; `null` where
 * place or year is missing, or the text does not say what it reports on.
 */
export function inferredTitle(
  lines: ReportLines,
  place: string | null,
  found: YearFinding | null,
): TitleFinding | null {
  if (place === null || found === null) return null
  const announced = announcementIn(lines)
  const subject = announced?.subject ?? usualSubject(lines)
  if (subject === null) return null
  const year = /[0-9]{4}年/.test(subject)
    ? ''
    : `${found.year}${announced?.subject == null && found.isStated ? '年度' : '年'}`
  const kind = announced?.isSpoken === true && announced.subject === null ? '工作情况' : '情况'
  const words = /(?:情况|报告|总结)$/.test(subject) ? subject : `${subject}${kind}`
  const title = `${place}${year}${words}${/(?:报告|总结)$/.test(words) ? '' : '报告'}`
  const { start, end } = announced ?? lines.opening[0] ?? { start: 0, end: 0 }
  return { title, evidence: [{ start, end }, ...found.evidence.slice(0, 1)] }
}

function wordsOf({ text }: ReportLines, line: Line): string {
  return text.slice(line.start, line.end).trim()
}

function isSubtitle(words: string): boolean {
  return /^[-\u2014\u2015\u2500]|^[(\uFF08].*会议.*[)\uFF09]$/.test(words)
}

/** Two bodies stand apart; otherwise a title that is broken into lines reads on. */
function separator(lines: ReportLines, before: Line | undefined, line: Line): string {
  if (before === undefined || bodiesIn(lines.folded, before).length === 0) return ''
  const words = lines.folded.slice(line.start, line.end)
  return /^[^关]{2,40}(?:政府|委员会|委|局|厅|办公室|办事处)/.test(words) ? ' ' : ''
}

/** How much of a web page's title names the site: 报告_保定市人民政府, 报告 - 政府信息公开网. */
function siteNameAfter(title: string): number {
  const site =
    /\s*[-_|\uFF3F\uFF5C\u2014]{1,2}\s*[^-_|]{2,30}?(?:网|门户|门户网站|人民政府|平台|专栏)\s*$/.exec(
      title,
    )
  return site === null || site.index < 6 ? 0 : site[0].length
}

interface Announcement extends Span {
  /** What is reported on; `null` where it says only 有关情况. */
  readonly subject: string | null
  /** Whether it is 汇报 rather than 报告. */
  readonly isSpoken: boolean
}

const ANNOUNCED = /现(?:将|就)([^。\n]{0,80}?)(报告|汇报|公布|公开|通报)(?:如下|于后|于下)/
const OWNER =
  /^(?:有关)?(?:[我全本][省市县区旗州盟镇乡局]|[我全本](?:街道|单位)|[\u4E00-\u9FFF]{2,12}?[省市县区旗州盟镇乡])?的?/

function announcementIn({ folded, opening }: ReportLines): Announcement | null {
  for (const line of opening) {
    const words = folded.slice(line.start, Math.min(line.end, line.start + 3000))
    const match = ANNOUNCED.exec(words)
    if (match === null) continue
    const [whole, about = '', verb] = match
    const start = line.start + match.index
    const isSpoken = verb === '汇报'
    return { subject: subjectIn(about), isSpoken, start, end: start + whole.length }
  }
  return null
}

function subjectIn(about: string): string | null {
  const plain = about.replace(/ /g, '').replace(OWNER, '')
  const isVague =
    /^(?:有关|具体|相关|主要|总体|开展)*(?:工作|事项)?(?:开展)?(?:有关|具体)?情况$|^$/.test(plain)
  return isVague || !/法治|依法|行政|执法|工作/.test(plain) ? null : plain
}

function usualSubject({ folded, opening }: ReportLines): string | null {
  const start = opening[0]?.start ?? 0
  const words = folded.slice(start, start + 2000)
  const named = ['法治政府建设', '依法行政', '法治建设'].find(subject => words.includes(subject))
  return named ?? null
}
