import type { PartKind, Span } from '../domain/structure'
import { foldWords } from './variants'

// How reports say which part begins: in a heading, in a subheading, or in the first sentence of a
// paragraph. A word alone says little: problems that were solved are achievements, and a plan
// that was carried out is none any more.

/** A part, or `none` for what a heading says is something else. */
export type PartLabel = PartKind | 'none'

/** What headings above achievements say. */
export const SUCCESS =
  /成效|成绩|举措|做法|进展|亮点|经验|(?:工作|建设|开展|推进|落实|完成)(?:的)?(?:总体|基本|主要)?情况|工作回顾/

const PROBLEMS =
  /(?:存在|面临)的?(?:主要|突出|一些|薄弱|困难|差距)?(?:和|与|及|、)?的?(?:困难|问题|不足|短板|差距|薄弱环节|弱项|挑战)|^(?:当前|目前|工作中)?(?:主要|突出)?(?:的)?(?:问题|不足|短板|差距|困难)(?!导向|线索|清单|台账|群众|群体|家庭|职工|企业|人员|学生|.{0,6}(?:补齐|化解))|(?:问题|不足|短板|困难|差距)(?:和|与|及|、)(?:其)?(?:主要)?(?:原因|问题|不足|困难|差距|短板|挑战|薄弱)|仍有(?:一些)?(?:问题|不足)|不足之处|薄弱环节$|存在(?:着)?哪些(?:主要|突出)?(?:问题|不足|短板|差距|困难)/

const NEXT =
  /下一步|下步|下一阶段|下阶段|今后|来年|明年|新的一年|下一?年度|下一年|下年|(?:工作|主要|重点|初步|总体|具体)?(?:安排|打算|设想)(?:[和及与、].{1,12})?$|工作(?:的)?(?:主要)?(?:安排|打算|思路|计划|设想|要点|谋划)(?:[和及与、].{1,12})?$|(?:努力|改进|整改)(?:的)?方向|(?:改进|整改|对策)(?:的)?(?:措施|打算|意见|建议)|^(?:意见|工作|对策|几点|有关|相关)?(?:和|与|及)?建议$|\d{4}年(?:度)?(?:法治政府建设)?(?:的)?(?:主要|重点)?(?:工作)?(?:安排|要点|打算|计划|思路)/

/** What is said of the leaders' duty. */
export const LEADERS =
  /第一责任人|(?:主要(?:负责人|负责同志|领导)|一把手)[^\u3002;]{0,20}(?:履行|履职|述法|职责|责任(?:落实)?情况|抓法治)/

const OTHER =
  /其他需要|需要(?:报告|说明|反映)的(?:其他)?(?:事项|情况|问题)|^其他(?:事项|情况|工作情况)?$/

/** What makes of a problem an achievement: that it was seen to. */
const SEEN_TO = /聚焦|针对|解决|破解|补齐|紧盯|瞄准|围绕|着力|整治|治理|排查|化解|深化|推动|整改/

/** The part that a top heading names, or `null`. `year` is the report's, or 0. */
export function labelOf(title: string, year: number): PartLabel | null {
  const folded = foldWords(title)
  if (OTHER.test(folded)) return 'none'
  if (LEADERS.test(folded)) return 'leader_duty'
  const problems = problemsIn(folded)
  const next = nextIn(folded, year)
  if (problems < 0 && next < 0) return null
  if (problems < 0) return 'next_steps'
  return next >= 0 && next < problems ? 'next_steps' : 'problems'
}

/** Where a title speaks of problems, or -1; not where it says that they were solved. */
function problemsIn(title: string): number {
  const found = PROBLEMS.exec(title)
  if (!found) return -1
  const before = title.slice(0, found.index)
  const behind = title.slice(found.index)
  if (SEEN_TO.test(before) || (SUCCESS.test(before) && /[和与及、,]/.test(before))) return -1
  return /(?:整改|解决|化解)(?:落实|完成|推进)?(?:情况|到位|成效|见效)/.test(behind)
    ? -1
    : found.index
}

/**
 * Whether a title says what comes next and nothing else, as 下一步打算 and 2023年工作安排 do; of 加强
 * 党的领导，谋划工作思路 that hangs on whether a plainer one follows.
 */
export function isPlainlyNext(title: string, year: number): boolean {
  const folded = foldWords(title)
  const at = nextIn(folded, year)
  return at >= 0 && !/[,、;:]|落实|谋划|细化|加强|强化/.test(folded.slice(0, at))
}

function nextIn(written: string, year: number): number {
  if (/(?:完成|落实|执行|开展|推进|进展)情况$|成效$/.test(written)) return -1
  // A plan that is named by its document is carried out, not made.
  const title = written.replace(/《[^》]*》/g, named => ' '.repeat(named.length))
  const found = NEXT.exec(title)
  if (found && !isMeasure(title.slice(0, found.index), found[0])) return found.index
  const named = /((?:19|20)\d\d)年/.exec(title)
  return year > 0 && named && Number(named[1]) === year + 1 && !SUCCESS.test(title)
    ? named.index
    : -1
}

/**
 * Whether words that may announce what comes next only say how work was done: 科学制定工作计划, or
 * 建立台账，健全改进措施 where no problem is named that they would be for.
 */
function isMeasure(before: string, words: string): boolean {
  if (/^(?:改进|整改|对策)/.test(words)) {
    return /[,、]/.test(before) && !/问题|不足|短板|差距|困难/.test(before)
  }
  if (!/^(?:工作|主要|重点|总体|具体)?(?:的)?(?:主要)?(?:安排|计划|思路|要点|谋划)/.test(words))
    return false
  const object = /(?:强化|统筹|制定|健全|完善|落实|加强|做好|细化|明确|优化)([^,、]{0,6})$/.exec(
    before,
  )?.[1]
  return object !== undefined && !/法治|依法|的$/.test(object)
}

/** The same for a subheading, which must say it more plainly than a top heading. */
export function subLabelOf(title: string, year: number): PartLabel | null {
  const folded = foldWords(title)
  if (folded.length > 24) return null
  if (
    problemsIn(folded) >= 0 &&
    /^(?:当前|目前|工作中|主要|还|仍)?.{0,6}(?:存在|问题|不足|短板|差距|困难)/.test(folded)
  ) {
    return 'problems'
  }
  if (nextIn(folded, year) < 0) return null
  return /^(?:下一步|下步|今后|明年|来年|\d{4}年)|(?:打算|安排|计划|思路|设想)$/.test(folded)
    ? 'next_steps'
    : null
}

const STILL =
  /(?:仍然?|还|依然|尚|也)(?:有|存在|面临).{0,24}(?:问题|不足|短板|差距|困难|薄弱|弱项)|(?:不小|一定|较大|明显|很大|不少)的?(?:差距|不足|问题)|清醒地?(?:认识|看到|意识)|(?:问题|不足|差距)(?:和(?:不足|困难|差距))?主要(?:表现|体现|有|是|集中)|^.{0,16}存在的?(?:主要|突出)?(?:问题|不足|困难)(?:和不足)?(?:主要)?(?:有|是|为|:|表现)|但.{0,30}(?:存在|有).{0,16}(?:问题|不足|差距|短板)|(?:看到|正视).{0,12}(?:问题|不足|差距|短板)|^(?:主要|突出)?(?:问题|不足|差距)(?:[和与](?:不足|问题|差距))?[:,]|(?:虽然|尽管).{0,40}(?:还|仍)有.{0,12}(?:差距|不足|短板)|(?:仍|还|尚)(?:需|待|须)(?:进一步)?(?:加强|提升|提高|完善)/

/** The part that a paragraph begins, by its first sentence; `null` for all others. */
export function paragraphLabelOf(
  text: string,
  { start, end }: Span,
  year: number,
): PartLabel | null {
  const head = foldWords(text.slice(start, Math.min(end, start + 240)))
  const stop = head.indexOf('\u3002')
  const sentence = stop < 0 ? head : head.slice(0, stop)
  if (/^(?:在)?(?:下一步|下步|下一?年度|下一阶段|下阶段|今后|接下来)/.test(sentence))
    return 'next_steps'
  if (/^我?[\u4e00-\u9fff]{1,8}(?:将)?在今后(?:的)?工作中/.test(sentence)) return 'next_steps'
  const named =
    /^(?:((?:19|20)\d\d)年|新的一年|明年|来年)[^;]{0,60}?将(?!.{0,12}(?:纳入|作为|列为|列入))/.exec(
      sentence,
    )
  if (named && (named[1] === undefined || (year > 0 && Number(named[1]) > year)))
    return 'next_steps'
  if (/^(?:\(?[一二三四五六七八九十]|针对|聚焦|围绕|着力|紧盯|为|坚持)/.test(sentence)) return null
  return STILL.test(sentence) ? 'problems' : null
}
