import { isContentsEntry } from './asides'
import { readTitle, TITLE_END, TOP, titleFrom } from './frame-title'
import { isSentence, shortTextOf, spacelessOf } from './line-words'
import type { ReadLine } from './lines'
import { markerAt } from './markers'
import { isDateLine, isMonthLine, isSignedDate, isSigner } from './signers'

// What stands before and behind a report's body: its title, a table of contents, who signed it
// and when. All of it is told from its place and its wording, so white space and what surrounds
// the report count for nothing.

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
  setAsideFoot(text, lines)
  const body = lines.filter(({ role }) => role !== 'aside')
  for (const line of body) {
    const length = line.end - line.start
    if (line.role !== 'paragraph' || length < 8 || length > 40) continue
    if (isDateLine(shortTextOf(text, line))) line.role = 'date'
  }
  readTitle(text, body)
  const signature = readSignature(text, body)
  setAsideImprint(text, body, signature?.[1] ?? body[0])
  if (!signature) return null
  return { first: lines.indexOf(signature[0]), behind: lines.indexOf(signature[1]) + 1 }
}

/** At the text's end, what names a site's owners beside what only the foot of a page says. */
function setAsideFoot(text: string, lines: readonly ReadLine[]): void {
  let first = lines.length
  let isFoot = false
  while (first > 0 && first > lines.length - PAGE_FOOT_LINES) {
    const line = lines[first - 1]!
    const short = shortTextOf(text, line)
    if (line.role === 'aside') isFoot ||= FOOT_SIGN.test(short)
    else if (line.role !== 'paragraph' || line.isKept || !SITE_OWNER.test(short)) break
    first--
  }
  if (isFoot) for (const line of lines.slice(first)) line.role = 'aside'
}

const FOOT_SIGN = /版权|备案|icp|标识码|copyright|公网安备/i
const SITE_OWNER =
  /^(?:(?:主办|承办|协办|主管|运维|技术支持|网站管理|网站维护)(?:单位|方)? *:[^\u3002;]{0,60}$|(?:联系)?(?:地址|电话|邮编)(?=.{0,60}(?:邮编|电话)) *:[^\u3002;]{0,80}$)/

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

/**
 * Index of the line at which the annexes themselves begin, 附件1 on a line of its own, at the
 * earliest some lines behind index `from`; the number of lines where none does.
 */
export function annexesIn(text: string, lines: readonly ReadLine[], from: number): number {
  const at = lines.findIndex(
    (line, index) =>
      index > from + LEAST_BODY &&
      line.role === 'paragraph' &&
      line.end - line.start <= 8 &&
      ANNEX_HEAD.test(shortTextOf(text, line)),
  )
  return at < 0 ? lines.length : at
}

/** Lines that a report has at least before its first annex. */
const LEAST_BODY = 3
const ANNEX_HEAD = /^附 *[件录表] *(?:\d{1,2}|[一二三四五六七八九十]{1,2})? *:?$/

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

/** What may stand around a signature without being one: how it is published, to whom it goes. */
const IMPRINT =
  /^\(?(?:此件|信息公开选项|公开方式|公开属性|公开选项|主动公开|依申请公开|不予公开|盖章|公章|代章|抄送|抄报|主送|联系人|印发|存档)|印发\)?$/

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

/** At the text's end, also behind annexes: to whom it went and who had it printed, which signs nothing. */
function setAsideImprint(text: string, body: readonly ReadLine[], signed?: ReadLine): void {
  for (let at = body.length - 1; body[at] && body[at] !== signed; at--) {
    const line = body[at]!
    if (line.role !== 'paragraph' && line.role !== 'date') return
    if (line.isKept || !IMPRINT.test(shortTextOf(text, line))) return
    line.role = 'signature'
  }
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
