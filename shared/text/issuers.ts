import type { Span } from '../domain/structure'

/** A body that issues reports, such as a government, a Party committee or a department. */
export interface Body extends Span {
  /** Without the spaces inside, and without (盖章) behind it. */
  readonly name: string
}

const BODY_END =
  /(?:政府|委员会|[省市州县区旗盟镇乡工党组国]委|党组|党总支|党支部|办公室|办事处|公署|管委会|[厅局司院署处科所站办会]|[部总]队|支队|大队|调查队|中心|小组|指挥部|[^全内外一]部|公司|学院|大学|银行|集团|法庭)$/
const NOT_A_BODY =
  /[0-9%:;!?。！？《》“”"]|关于|的|了|进行|加强|推进|落实|按照|坚持|开展|工作会|附件|联系|电话|地址|^各|机关|责任编辑|来源|作者|编辑|审核|签发|主办|承办|版权|邮编/
const SEAL = /[([](?:盖章|代章|印章|公章|章|印)[)\]] *$/

/**
 * The bodies that a line consists of, separated by spaces or 、; empty where it has other words
 * too. 固安县 人民政府 with a space inside is one body.
 */
export function bodiesIn(folded: string, line: Span): Body[] {
  const written = folded.slice(line.start, line.end).replace(SEAL, '')
  if (written.length > 120) return []
  const spaced = letterSpaced(written, line.start)
  if (spaced) return isBody(spaced.name) ? [spaced] : []
  const bodies: Body[] = []
  let name = ''
  let start = -1
  for (const match of written.matchAll(/[^ 、,，/]+/g)) {
    if (start < 0) start = line.start + match.index
    name += match[0]
    if (!BODY_END.test(name) || name.length < 2) continue
    bodies.push({ name, start, end: line.start + match.index + match[0].length })
    name = ''
    start = -1
  }
  const isWhole = name === '' && bodies.every(body => isBody(body.name))
  // 市委 市政府 names a body only beside a longer one.
  return isWhole && bodies.some(body => body.name.length > 2) ? bodies : []
}

/** 岚 县 司 法 局, as short signatures are set to look wider; `null` for words of several characters. */
function letterSpaced(written: string, at: number): Body | null {
  if (!/^ *[\u4e00-\u9fff](?: +[\u4e00-\u9fff]){3,} *$/.test(written)) return null
  const start = at + written.search(/[^ ]/)
  return { name: written.replaceAll(' ', ''), start, end: at + written.trimEnd().length }
}

/** Whether a body is the committee of the Party rather than a government or a department. */
export function isParty(name: string): boolean {
  return /^中共|^中国共产党|[省市州县区旗盟镇乡工党]委$/.test(name)
}

/** Whether a body is a department: neither a government nor a Party committee nor their office. */
export function isDepartment(name: string): boolean {
  if (isParty(name)) return false
  return !/(?:政府|公署|办事处|管委会|管理委员会)(?:办公[室厅])?$/.test(name)
}

/**
 * The bodies in whose name a title is written: what stands before 关于 or before the year, such
 * as 保定市人民政府 in 保定市人民政府关于…, 潼关县司法局 in 潼关县司法局2022年….
 */
export function bodiesInTitle(folded: string, title: Span): Body[] {
  const written = folded.slice(title.start, title.end)
  const end = /关于|(?:19|20)[0-9]{2}|二[〇○零O]/.exec(written)?.index ?? -1
  if (end <= 0) return []
  const before = written.slice(0, end).replace(/[\n ]+$/, '')
  // A newline separates as a space does; both have length one.
  const flat = folded.slice(0, title.start) + before.replaceAll('\n', ' ')
  return bodiesIn(flat, { start: title.start, end: title.start + before.length })
}

function isBody(name: string): boolean {
  return name.length >= 2 && name.length <= 40 && BODY_END.test(name) && !NOT_A_BODY.test(name)
}
