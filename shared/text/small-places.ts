import type { Span } from '../domain/structure'
import { type Contender, LEAST } from './contenders'
import type { Body } from './issuers'
import { type Chain, chainsOf } from './place-clues'
import { placeNamesIn } from './place-names'
import { type Level, type Place, placesNamed } from './places'
import type { ReportLines } from './report-lines'

/** A town, street or development zone, none of which the list of divisions has. */
export interface SmallPlace {
  /** As the text has it. */
  readonly name: string
  readonly level: Level
  /** What it lies in, where the text says so. */
  readonly within: Place | null
  readonly evidence: readonly Span[]
}

/** A town or zone that the list does not have, where the title or the signature names one. */
export function smallPlaceOf(
  lines: ReportLines,
  signers: readonly Body[],
  contenders: readonly Contender[],
): SmallPlace | null {
  for (const span of subjectSpans(lines, signers)) {
    const found = smallPlaceAt(lines.folded, span, contenders)
    if (found !== null) return found
  }
  // An opening that speaks of a town's Party and government has no county as its subject.
  const isNamed = contenders.some(({ clues }) => clues.some(({ weight }) => weight >= 30))
  return isNamed ? null : townActing(lines, contenders)
}

const TOWN =
  /^(?!各|全|本|我|该|乡镇|城镇)([\u4E00-\u9FFF]{1,9}?(?:街道|镇|民族乡|乡|苏木))(?=人民政府|政府|办事处|党委|党工委|委员会|[12][0-9]{3}|二[〇○零]|关于|法治|依法|[,。 \n]|$)/
const ZONE =
  /^([\u4E00-\u9FFF]{0,16}?(?:新区|开发区|高新区|经开区|示范区|实验区|试验区|合作区|管理区|保税区|风景名胜区|风景区|度假区|产业园区|工业园区|产业园|工业园|园区|功能区))(?=管委会|管理委员会|党工委|工委|[\u4E00-\u9FFF]{2,8}局|[12][0-9]{3}|二[〇○零]|关于|法治|依法|坚持|[,。 \n]|$)/
const PLAIN_ZONE =
  /^(?:国家级?|省级|高新|经济|技术|综合|经开|工业|产业|旅游|保税|现代|农业|临港|循环|化工|新区|开发区)/

function subjectSpans(
  { folded, titleSpan, opening }: ReportLines,
  signers: readonly Body[],
): Span[] {
  const spans: Span[] = []
  if (titleSpan !== null) {
    const title = folded.slice(titleSpan.start, titleSpan.end)
    spans.push(titleSpan)
    const about = title.lastIndexOf('关于')
    if (about > 0) spans.push({ start: titleSpan.start + about + 2, end: titleSpan.end })
  }
  spans.push(...signers)
  const first = opening[0]
  if (first === undefined) return spans
  const subject = /^[^,。]{0,12},/.exec(folded.slice(first.start, first.start + 40))
  const start = first.start + (subject?.[0].length ?? 0)
  return [...spans, { start, end: Math.min(first.end, start + 40) }]
}

/** 民众街道党工委、办事处坚持…: the subject of a clause further on in the opening. */
function townActing(
  { folded, opening }: ReportLines,
  contenders: readonly Contender[],
): SmallPlace | null {
  const first = opening[0]
  if (first === undefined) return null
  const words = folded.slice(first.start, Math.min(first.end, first.start + 400))
  for (const clause of words.matchAll(/[^,。;:]+/g)) {
    const start = first.start + clause.index
    if (!/^[\u4E00-\u9FFF]{2,10}(?:街道|镇|乡)(?:党委|党工委|人民政府|办事处)/.test(clause[0]))
      continue
    const found = smallPlaceAt(folded, { start, end: start + clause[0].length }, contenders)
    if (found !== null) return found
  }
  return null
}

function smallPlaceAt(
  folded: string,
  span: Span,
  contenders: readonly Contender[],
): SmallPlace | null {
  const lead = /^\s*(?:中共|关于)?/.exec(folded.slice(span.start, span.end))?.[0].length ?? 0
  const start = span.start + lead
  const chains = chainsOf(folded, placeNamesIn(folded, start, span.end))
  const outer = chains[0]?.start === start ? chains[0] : null
  const at = outer?.end ?? start
  const rest = folded.slice(at, span.end)
  const town = TOWN.exec(rest)
  const zone = town === null ? ZONE.exec(rest) : null
  const own = (town ?? zone)?.[1]
  // 创建法治政府建设示范区 is what a place does, not where it is.
  if (own !== undefined && /法治|建设|创建|政府|工作|年/.test(own)) return null
  if (own === undefined || (outer === null && own.length < 3)) return null
  const end = at + own.length
  const within =
    outer === null ? (prefixOf(own) ?? besideOf(own, contenders)) : soleOf(outer, contenders)
  // 高新区 alone would be any; 雄安新区 is one by itself.
  const isPlain = town === null && PLAIN_ZONE.test(own)
  const from = isPlain ? (outer?.names.at(-1)?.start ?? at) : at
  const evidence = [{ start: outer?.start ?? at, end }]
  const level = town === null ? '开发区' : townLevel(own)
  const name = folded.slice(from, end)
  return { name, level, within, evidence }
}

function townLevel(name: string): Level {
  if (name.endsWith('街道')) return '街道'
  if (name.endsWith('苏木')) return '苏木'
  return name.endsWith('镇') ? '镇' : '乡'
}

function soleOf(chain: Chain, contenders: readonly Contender[]): Place | null {
  if (chain.places.length === 1) return chain.places[0] ?? null
  const same = contenders.find(({ name }) => name === chain.name)
  return same?.places.length === 1 ? (same.places[0] ?? null) : null
}

const NEW_AREAS: Readonly<Record<string, string>> = {
  雄安新区: '河北省',
  两江新区: '重庆市',
  贵安新区: '贵州省',
  西咸新区: '陕西省',
  天府新区: '四川省',
  赣江新区: '江西省',
  湘江新区: '长沙市',
  兰州新区: '兰州市',
  滇中新区: '云南省',
  江北新区: '南京市',
}

/** 昆山 in 昆山经济技术开发区; `null` where several places are called so. */
function prefixOf(own: string): Place | null {
  for (let length = 4; length >= 2; length--) {
    const named = placesNamed(own.slice(0, length))
    if (named === null || !PLAIN_ZONE.test(own.slice(length))) continue
    return named.places.length === 1 ? (named.places[0] ?? null) : null
  }
  return null
}

/** What a town or zone lies in that names nothing above it: what the text names most. */
function besideOf(own: string, contenders: readonly Contender[]): Place | null {
  const known = NEW_AREAS[own]
  if (known !== undefined) return placesNamed(known)?.places[0] ?? null
  const [best] = contenders
  return best?.places.length === 1 && best.score >= LEAST / 2 ? (best.places[0] ?? null) : null
}
