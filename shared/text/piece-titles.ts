import type { Marker } from './markers'
import { foldWidth } from './width'

// Where titles end that have lost the newline behind them. What tells it is how the text goes on:
// white space, 一是, a year; or the name of a part that reports must have.

/** What a mandated part may be called, and nothing behind it. */
const PART_NAME =
  /^(?:(?:当前|目前|工作中)?(?:还|仍)?存在的?(?:主要|突出)?(?:困难|问题|不足|短板|差距)(?:(?:和|与|及|、)(?:困难|问题|不足|短板|差距|原因|原因分析))?|(?:\d{4}年度?|下一?步|下一?年度?|今后)(?:法治政府建设)?(?:的)?(?:主要|重点)?(?:工作)?(?:打算|安排|计划|思路|措施)|(?:主要)?工作(?:打算|安排|计划))/

/** How the text behind a title may begin. */
const GOES_ON = /(?:一是|一要|首先[,，]|(?:19|20)\d\d年|[今本]年以来|近年来|一年来)/

/**
 * Where the title of a numbered heading ends that has its text right behind it, before `end`;
 * `null` where a full stop or the next heading ends it, or nothing tells.
 */
export function gluedTitleEnd(text: string, marker: Marker, end: number): number | null {
  const { style, titleStart } = marker
  if (style !== 'cn_dun' && style !== 'chapter' && style !== 'cn_paren') return null
  const words = foldWidth(text.slice(titleStart, Math.min(end, titleStart + 90)))
  const isCut = titleStart + words.length < end
  const stop = words.indexOf('。')
  // Where the next heading comes first, it ends the title.
  if (stop < 0 && !isCut && words.length <= 60) return null
  const title = stop < 0 ? words : words.slice(0, stop)
  const gap = /^[^；;：:\s]{2,60}?[^，,、；;：:\s](?=\s+[\u4e00-\u9fff\d“《])/.exec(title)
  if (gap && gap[0].length <= 60) return titleStart + gap[0].length
  if (style === 'cn_paren') return null
  const named = PART_NAME.exec(title)
  if (named && named[0].length < title.length) return titleStart + named[0].length
  const next = GOES_ON.exec(title.slice(4))
  const at = next ? next.index + 4 : -1
  return at > 0 && !/[，,、；;：:]$/.test(title.slice(0, at)) ? titleStart + at : null
}

/**
 * Where a report's title ends that stands before its text on the first line, before `end`; `null`
 * where there is none.
 */
export function titleEndBefore(text: string, start: number, end: number): number | null {
  const words = foldWidth(text.slice(start, Math.min(end, start + 120)))
  const title =
    /^[^，,。；;：:！？\s]{6,80}?(?:报告|总结)(?:（[^（）]{1,12}）|\([^()]{1,12}\))?(?=\s*(?:(?:19|20)\d\d年|[今本]年|近年|一年来|按照|根据|为|[\u4e00-\u9fff]))(?!\s*(?:如下|的|了|制度|会|书|和|与))/.exec(
      words,
    )?.[0]
  return title && /年|关于/.test(title) ? start + title.length : null
}
