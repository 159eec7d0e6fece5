import { isSentence, shortTextOf, spacelessOf, wordingOf } from './line-words'
import type { ReadLine } from './lines'
import { markerAt } from './markers'
import { isSigner } from './signers'

// The title of a report, over one line or several, and what a letterhead prints above it.

/** How many lines from the top a title is looked for. */
export const TOP = 12

export const TITLE_END =
  /(?:报告|报告书|情况|总结|方案|通知|意见|办法|规定|决定|条例|细则|公告|通告|批复|函|纪要|规划|纲要|要点|计划|汇报|说明|指南|标准|预案|讲话|公报|解读|综述|规则|准则|章程|通报|命令|议案|答复|年报|白皮书|清单|制度|措施|安排|评估|要求|建议|公示|规程|指引|须知|通则|草案|目录|倡议书|公开信|[^普执司立守]法|(?:印发|发布|公布|修改)《[^》]{4,80}》|報告|報告書|情況|總結|辦法|規定|條例|意見)$/

/**
 * Marks the title: where the source names one, that; else the first line that is worded as one
 * and comes before any sentence, numbered heading or end of the top, with the lines that it
 * goes on over. A line that repeats the title is a title too.
 */
export function readTitle(text: string, body: readonly ReadLine[]): void {
  const top = body.slice(0, TOP)
  const worded = wordedTitle(text, top)
  const marked = markedTitle(text, top, body)
  const isMarked = marked && (top[marked[0]]!.isMarkedTitle || !worded || marked[0] <= worded[0])
  const [first, last] = (isMarked ? marked : worded && properTitle(text, top, worded)) ?? [0, -1]
  const title = top.slice(first, last + 1)
  if (title.length === 0) return
  for (const line of title) line.role = 'title'
  for (const line of top.slice(0, first)) {
    if (!line.isKept && isLetterhead(shortTextOf(text, line))) line.role = 'aside'
  }
  const numbered = top[last + 1]
  if (numbered?.role === 'paragraph' && isDocumentNumber(shortTextOf(text, numbered))) {
    if (!numbered.isKept) numbered.role = 'aside'
  }
  const whole = title.map(line => spacelessOf(text, line)).join('')
  for (let at = last + 1; at < top.length; at++) {
    const line = top[at]!
    if (line.role === 'paragraph' && spacelessOf(text, line) === whole) line.role = 'title'
  }
  readByline(text, body.slice(last + 1, last + 4))
}

/** Lines that the source marks as its title, or as an unnumbered heading worded like one. */
function markedTitle(
  text: string,
  top: readonly ReadLine[],
  body: readonly ReadLine[],
): readonly [number, number] | null {
  const isTitle = (line: ReadLine) =>
    line.isMarkedTitle && line.role === 'paragraph' && line.end - line.start <= 120
  const named = top.findIndex(isTitle)
  if (named >= 0) {
    let last = named
    while (top[last + 1] && isTitle(top[last + 1]!)) last++
    return [named, last]
  }
  const first = top.findIndex(({ markedLevel }) => markedLevel > 0)
  const line = top[first]
  if (line?.role !== 'paragraph' || !isTitlePiece(text, line)) return null
  // A numbered heading is the first section's, however the source marks it.
  if (markerAt(text, line.start, line.end)) return null
  if (top.slice(0, first).some(each => isSentence(text, each))) return null
  let last = first
  while (top[last + 1]?.markedLevel === line.markedLevel && isTitlePiece(text, top[last + 1]!)) {
    if (TITLE_END.test(wordingOf(text, top[last]!))) break
    last++
  }
  // A level that has more than the title is one of sections.
  const isOnly = body.every(
    (each, at) => each.markedLevel !== line.markedLevel || (at >= first && at <= last),
  )
  const isWorded = TITLE_END.test(wordingOf(text, top[last]!))
  return isOnly && (isWorded || line.markedLevel === 1) ? [first, last] : null
}

function wordedTitle(text: string, top: readonly ReadLine[]): readonly [number, number] | null {
  for (let at = 0; at < top.length; at++) {
    const line = top[at]!
    if (line.role === 'date' || line.role === 'row') continue
    if (isSentence(text, line) || markerAt(text, line.start, line.end)) return null
    if (!isTitlePiece(text, line) || isDocumentNumber(shortTextOf(text, line))) continue
    const last = titleFrom(text, top, at)
    if (last !== null) return [at, last]
  }
  return null
}

/**
 * The title, where the first lines worded as one may be a column's name: that is so where they
 * have neither a year nor 关于 and a line before the text is a title with a year by itself. The
 * column's name then is no part of the report.
 */
function properTitle(
  text: string,
  top: readonly ReadLine[],
  worded: readonly [number, number],
): readonly [number, number] {
  const [first, last] = worded
  const named = top.slice(first, last + 1)
  if (named.some(line => /关于/.test(wordingOf(text, line)) || holdsYear(wordingOf(text, line))))
    return worded
  for (let at = last + 1; at < top.length; at++) {
    const line = top[at]!
    if (isSentence(text, line) || markerAt(text, line.start, line.end)) return worded
    if (line.role !== 'paragraph' || !isDatedTitle(text, line)) continue
    for (const each of named) if (!each.isKept) each.role = 'aside'
    return [at, at]
  }
  return worded
}

/** Whether a line is by itself worded as a title, and holds a year. */
function isDatedTitle(text: string, line: ReadLine): boolean {
  const wording = wordingOf(text, line)
  return (
    wording.length >= 10 &&
    isTitlePiece(text, line) &&
    TITLE_END.test(wording) &&
    holdsYear(wording)
  )
}

function holdsYear(wording: string): boolean {
  return /(?:(?:19|20)\d\d|[一二][〇零\u25cb\u25efo0一二三四五六七八九]{3})年/i.test(wording)
}

/** Where the title that begins on a line ends: on it, or up to three lines on. */
export function titleFrom(text: string, top: readonly ReadLine[], at: number): number | null {
  let whole = ''
  for (let last = at; last < top.length && last < at + 4; last++) {
    const line = top[last]!
    if (line.role !== 'paragraph' || !isTitlePiece(text, line)) return null
    if (last > at && markerAt(text, line.start, line.end)) return null
    const wording = wordingOf(text, line)
    if (last > at && !goesOn(whole, wording)) return null
    // Whose page it is stands above a title that names them again.
    if (last > at && wording.startsWith(whole) && isDatedTitle(text, line)) return null
    whole += wording
    if (whole.length >= 6 && whole.length <= 120 && TITLE_END.test(whole)) return last
  }
  return null
}

/** Whether a title that is not complete yet goes on with another line, rather than ends there. */
function goesOn(before: string, next: string): boolean {
  if (/文件$|网$|门户|公开$|政务$|动态$|专栏$|栏目$/.test(before)) return false
  if (next.startsWith('关于') || next.length <= 10) return true
  if (before.includes('关于')) return true
  return /(?:[省市县区州旗镇乡局委厅院府室部]|年|年度|建设|工作|落实|实施|贯彻|推进|履行|[的和与及、》])$/.test(
    before,
  )
}

function isTitlePiece(text: string, line: ReadLine): boolean {
  if (line.end - line.start > 80) return false
  const short = shortTextOf(text, line)
  // What separates the steps of a way, or a page's name from its site's; <…> is a title's own.
  if (/[\u00bb\u203a|]/.test(short) || /^[^<]*>/.test(short)) return false
  return (
    !/[\u3002;!?:]|[\u3002;:,\u3001]$|^\d{4}-/.test(short) ||
    /^关于[^\u3002;]*[^\u3002;:,]$/.test(short)
  )
}

/** `石政发〔2023〕5号`. */
function isDocumentNumber(short: string): boolean {
  return /[\u3014[(\u3010\u201e](?:19|20)\d\d[\u3015\])\u3011\u201f] *(?:第 *)?\d+ *号\)?$/.test(
    short,
  )
}

/** What is printed above a document's title: whose it is, its number, who signed it off, its grade. */
function isLetterhead(short: string): boolean {
  if (short.length > 40 || /[\u3002;,]/.test(short)) return false
  return (
    (isDocumentNumber(short) && /^[\u4e00-\u9fff()]{1,16} *[\u3014[(\u3010]/.test(short)) ||
    /^[\u4e00-\u9fff ]{3,30}(?:政府|委员会|办公[厅室]|办事处|[厅局委部院])(?:[\u4e00-\u9fff]{0,6}办公[厅室])? *\(?文 *件\)?$/.test(
      short,
    ) ||
    /^签 *发 *人 *:/.test(short) ||
    /^(?:特 *急|加 *急|平 *急|急 *件|普通|秘密|机密|内部)(?: *[\u2605\u2606].{0,6})?$/.test(
      short,
    ) ||
    /^(?:份号|密级|紧急程度|保密期限) *:/.test(short)
  )
}

/** Who signs may stand below the title, instead of at the end. */
function readByline(text: string, lines: readonly ReadLine[]): void {
  for (const line of lines) {
    if (line.role === 'date') continue
    const spaceless = spacelessOf(text, line)
    if (line.role !== 'paragraph') return
    if (SUBTITLE.test(spaceless)) line.role = 'title'
    else if (isSigner(spaceless) || SPEAKER.test(spaceless)) line.role = 'signature'
    else return
  }
}

/** 在…会议上, between dashes: where a report was made; a year in brackets, which one it is on. */
const SUBTITLE =
  /^(?:[-\u2014\u2015\u2500]{1,4}[^\u3002;]{4,60}$|\([^\u3002;]{0,60}会议(?:上|通过)?\)$|\((?:(?:19|20)\d\d|[一二][\u3007\u96f6\u25cb\u25ef0一二三四五六七八九]{3})年度?\)$)/

/** 县长 张某: who made it. */
const SPEAKER =
  /^[\u4e00-\u9fff]{0,20}(?:省长|主席|市长|州长|盟长|县长|区长|旗长|镇长|乡长|主任|局长|厅长|院长|检察长|书记)[\u4e00-\u9fff\u00b7]{2,4}$/
