import { isContentsEntry } from './asides'
import type { ReadLine } from './lines'
import { markerAt } from './markers'
import { foldWidth } from './width'

// What stands before and behind a report's body: its title, a table of contents, who signed it
// and when. All of it is told from its place and its wording, so white space and what surrounds
// the report count for nothing.

/** How many lines from the top a title is looked for. */
const TOP = 12

/** The signature at a report's end: the lines from index `first` on and before `behind`. */
export interface SignatureBlock {
  readonly first: number
  readonly behind: number
}

/**
 * Settles which lines are title, contents, signature and date; changes their roles in place.
 * Answers where the signature stands that ends the report, or `null`.
 */
export function readFrame(text: string, lines: readonly ReadLine[]): SignatureBlock | null {
  setAsideContents(text, lines)
  const body = lines.filter(({ role }) => role !== 'aside')
  for (const line of body) {
    const length = line.end - line.start
    if (line.role !== 'paragraph' || length < 8 || length > 40) continue
    if (isDateLine(shortTextOf(text, line))) line.role = 'date'
  }
  readTitle(text, body)
  const signature = readSignature(text, body)
  if (!signature) return null
  return { first: lines.indexOf(signature[0]), behind: lines.indexOf(signature[1]) + 1 }
}

/** How many annexes are looked for in the list of them. */
const ANNEXES = 20

/**
 * Index of the line at which the list of annexes begins that stands right before index `end`:
 * 附件：1.… and the short lines below it; `end` where there is none.
 */
export function annexListIn(text: string, lines: readonly ReadLine[], end: number): number {
  for (let at = end - 1; at > 0 && at >= end - ANNEXES; at--) {
    const line = lines[at]!
    if (line.role === 'aside') continue
    if (line.role !== 'paragraph') return end
    const short = shortTextOf(text, line)
    if (/^附 *[件表图录]? *\d{0,2} *[:\u3001.]/.test(short))
      return line.end - line.start <= 120 ? at : end
    const isName = line.end - line.start <= 60 && !/[\u3002;!?]/.test(short)
    if (!isName || !(markerAt(text, line.start, line.end) || isRestOfName(short))) return end
  }
  return end
}

/** The second line of a long annex name, as in …方案(试行), which has no number. */
function isRestOfName(short: string): boolean {
  return TITLE_END.test(short.replace(/\([^()]{0,12}\)$/, '').replace(/\s/g, ''))
}

/** A table of contents is no part of the text: it repeats what stands below. */
function setAsideContents(text: string, lines: readonly ReadLine[]): void {
  for (const line of lines) {
    const length = line.end - line.start
    if (line.role !== 'paragraph' || length < 4 || length > 160) continue
    if (isContentsEntry(text.slice(line.start, line.end)) && !line.isKept) line.role = 'aside'
  }
  const body = lines.filter(({ role }) => role === 'paragraph')
  const at = body.slice(0, 3 * TOP).findIndex(line => /^目 *录$/.test(shortTextOf(text, line)))
  if (at < 0) return
  body[at]!.role = 'aside'
  const first = body[at + 1] && contentsKey(text, body[at + 1]!)
  if (!first) return
  for (let next = at + 2; next < body.length && next < at + 400; next++) {
    const key = contentsKey(text, body[next]!)
    if (key === null) return
    if (key === first) {
      for (const line of body.slice(at + 1, next)) line.role = 'aside'
      return
    }
  }
}

/** A line as it stands both in the contents and above its section; `null` for a sentence. */
function contentsKey(text: string, line: ReadLine): string | null {
  const short = shortTextOf(text, line)
  return short.length > 80 || short.includes('\u3002') ? null : short.replace(/\s/g, '')
}

const TITLE_END =
  /(?:报告|报告书|情况|总结|方案|通知|意见|办法|规定|决定|条例|细则|公告|通告|批复|函|纪要|规划|纲要|要点|计划|汇报|说明|指南|标准|预案|讲话|公报|解读|综述|规则|准则|章程|通报|命令|议案|答复|年报|白皮书|清单|制度|措施|安排|评估|要求|建议|公示|報告|報告書|情況|總結|辦法|規定|條例|意見)$/

/**
 * Marks the title: where the source names one, that; else the first line that is worded as one
 * and comes before any sentence, numbered heading or end of the top, with the lines that it
 * goes on over. A line that repeats the title is a title too.
 */
function readTitle(text: string, body: readonly ReadLine[]): void {
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
function titleFrom(text: string, top: readonly ReadLine[], at: number): number | null {
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

function isSentence(text: string, { start, end }: ReadLine): boolean {
  const stop = text.indexOf('\u3002', start)
  return end - start > 120 || (stop >= 0 && stop < end)
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
    /^[\u4e00-\u9fff ]{3,30}(?:政府|委员会|办公[厅室]|[厅局委部院])(?:[\u4e00-\u9fff]{0,6}办公[厅室])? *\(?文 *件\)?$/.test(
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
    if (line.role !== 'paragraph' || !isSigner(spacelessOf(text, line))) return
    line.role = 'signature'
  }
}

/** What may stand around a signature without being one: how it is published, to whom it goes. */
const IMPRINT =
  /^\(?(?:此件|信息公开选项|公开方式|公开属性|公开选项|主动公开|依申请公开|不予公开|抄送|抄报|主送|联系人|印发|存档)|印发\)?$/

/**
 * Marks signature and date lines at the report's end, which may have annexes behind it, and
 * answers the first and the last of them.
 */
function readSignature(
  text: string,
  body: readonly ReadLine[],
): readonly [ReadLine, ReadLine] | null {
  const last = behindSignature(text, body) ?? body.length
  let first = last
  let dates = 0
  let signers = 0
  while (first > 0) {
    const line = body[first - 1]!
    if (line.role === 'row' || line.role === 'title' || line.role === 'signature') break
    const short = shortTextOf(text, line)
    const spaceless = short.replace(/\s/g, '')
    if (line.role === 'date' || isMonthLine(spaceless)) dates++
    else if (isSigner(spaceless) && !markerAt(text, line.start, line.end)) signers++
    else if (isSignedDate(spaceless)) signers++
    else if (!IMPRINT.test(short)) break
    first--
  }
  // The only lines of a text are no signature, and neither is a date below a title.
  const isTop = body.slice(0, first).every(({ role }) => role !== 'paragraph' && role !== 'row')
  if (isTop || (signers === 0 && dates === 0)) return null
  for (const line of body.slice(first, last)) if (line.role !== 'date') line.role = 'signature'
  for (const line of body.slice(first, last)) {
    if (isMonthLine(spacelessOf(text, line))) line.role = 'date'
  }
  return [body[first]!, body[last - 1]!]
}

/**
 * Where the signature ends that has something behind it: an annex, or the document that the
 * letter before it passes on. What is signed is what stands before. `null` where there is none.
 */
function behindSignature(text: string, body: readonly ReadLine[]): number | null {
  for (let at = 1; at < body.length; at++) {
    const signed = signedFrom(text, body, at)
    const before = signed === null ? undefined : body[signed - 1]
    if (!before || before.role === 'title' || before.role === 'signature') continue
    let behind = at + 1
    while (body[behind] && IMPRINT.test(shortTextOf(text, body[behind]!))) behind++
    const next = body[behind]
    if (!next) return null
    if (isAnnex(shortTextOf(text, next))) return behind
    const foot = body.slice(behind, behind + PAGE_FOOT_LINES + 1)
    const isTitle = titleFrom(text, body, behind) !== null
    // What looks like another document's title is a link only beside what feet of pages say.
    if (isPageFoot(text, foot) && (!isTitle || saysPageFoot(text, foot))) {
      for (const line of foot) if (!line.isKept) line.role = 'aside'
      return behind
    }
    if (isTitle) return behind
  }
  return null
}

/** Where the signer stands of whom a line gives the date; `null` where it gives none. */
function signedFrom(text: string, body: readonly ReadLine[], at: number): number | null {
  const line = body[at]!
  if (line.role === 'paragraph') {
    return line.end - line.start <= 80 && isSignedDate(spacelessOf(text, line)) ? at : null
  }
  const signer = body[at - 1]!
  if (line.role !== 'date' || signer.role !== 'paragraph') return null
  return isSigner(spacelessOf(text, signer)) ? at - 1 : null
}

/**
 * Whether the lines behind a signature, to the text's end, are the foot of a web page: few and
 * short, no sentence among them, and nobody else who signs.
 */
function isPageFoot(text: string, lines: readonly ReadLine[]): boolean {
  const next = lines[0]
  if (!next || lines.length > PAGE_FOOT_LINES) return false
  const isShort = lines.every(
    line =>
      (line.role === 'paragraph' || line.role === 'date') &&
      line.end - line.start <= 80 &&
      !isSentence(text, line) &&
      !markerAt(text, line.start, line.end),
  )
  const first = spacelessOf(text, next)
  return isShort && next.role !== 'date' && !isSigner(first) && !isSignedDate(first)
}

function saysPageFoot(text: string, lines: readonly ReadLine[]): boolean {
  return lines.some(line => PAGE_FOOT.test(shortTextOf(text, line)))
}

/** How many lines the foot of a page has at most. */
const PAGE_FOOT_LINES = 15

const PAGE_FOOT =
  /^(?:相关|推荐|主办|承办|协办|主管|地址|邮编|邮政编码|电话|联系|传真|邮箱|网站|版权|技术支持|建议使用|扫)|备案|标识码|icp|https?:/i

function isAnnex(short: string): boolean {
  return /^附 *(?:件|录|表|图)|^附 *:/.test(short)
}

/** A line of nothing but a date, in brackets or not, with or without spaces in between. */
function isDateLine(short: string): boolean {
  const first = short.charCodeAt(0)
  if (short.length < 8 || short.length > 40 || first < 0x28) return false
  const spaceless = short.replace(/\s/g, '')
  return DATE_LINE.test(spaceless)
}

// The same words as in the dates that texts name: 元月, 廿八日, 8号.
const YEAR = '(?:\\d{4}|[〇零\u25cb\u25ef\u039fo0一二三四五六七八九十]{4})年'
const MONTH = '(?:\\d{1,2}|[元正一二三四五六七八九十]{1,3})月'
const DAY = '(?:\\d{1,2}|[一二三四五六七八九十廿卅]{1,3})[日号]'

const DATE_LINE = new RegExp(
  `^[(\\u3014[]?(?:${YEAR}${MONTH}${DAY}|\\d{4}[-./]\\d{1,2}[-./]\\d{1,2})[)\\u3015\\]]?$`,
  'i',
)

const MONTH_LINE = new RegExp(`^${YEAR}${MONTH}$`, 'i')

const SIGNED_DATE = new RegExp(`^(\\D{3,60}?)\\(?${YEAR}${MONTH}${DAY}\\)?$`, 'i')

function isMonthLine(spaceless: string): boolean {
  return spaceless.length <= 12 && MONTH_LINE.test(spaceless)
}

/** Signer and date in one line. */
export function isSignedDate(spaceless: string): boolean {
  if (spaceless.length > 60) return false
  const signer = SIGNED_DATE.exec(spaceless)?.[1]
  return signer !== undefined && isSigner(signer)
}

const SIGNER =
  /^[\u4e00-\u9fff\u3400-\u4dbf()\u3001\u00b7\u201c\u201d]{2,60}(?:政府|委员会|[省市县区州盟旗]委|党委|党组|工委|管委会|办公[厅室]|委办|府办|[局厅院署社所队团]|[^的]部|中心|街道|办事处|法院|检察院|领导小组|指挥部|协会|联合会|总工会|集团|公司|大学|学院)(?:\([^()]{1,12}\))?$/

/** The name of a body, and nothing else: one, or several in a row. */
function isSigner(spaceless: string): boolean {
  return (
    spaceless.length <= 60 &&
    SIGNER.test(spaceless) &&
    !/[一二三四五六七八九十]、|^附|^关于/.test(spaceless)
  )
}

/** What a line says, folded; of a long line only as much as any rule here looks at. */
function shortTextOf(text: string, { start, end }: ReadLine): string {
  return foldWidth(text.slice(start, Math.min(end, start + 200)))
}

function spacelessOf(text: string, line: ReadLine): string {
  return shortTextOf(text, line).replace(/\s/g, '')
}

/** A title's line without what may stand in brackets behind it. */
function wordingOf(text: string, line: ReadLine): string {
  return spacelessOf(text, line).replace(/(?:[(\u3014][^()\u3014\u3015]{0,30}[)\u3015])+$/, '')
}
