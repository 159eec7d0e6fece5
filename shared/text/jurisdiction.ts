import type { Span } from '../domain/structure'
import { type Contender, hintsIn, LEAST, speaksFor, supportOf, weighed } from './contenders'
import type { Body } from './issuers'
import { chainsOf, cluesIn } from './place-clues'
import { type PlaceName, placeNamesIn } from './place-names'
import type { Level, Place } from './places'
import { type ReportLines, SEARCHED } from './report-lines'
import { smallPlaceOf } from './small-places'

// Every name of a place in the text is evidence, weighed by where it stands: in the title, under
// the text, as the subject of the opening, in the name of a rule that was issued, elsewhere. A
// name after the name of what it lies in (黄石市西塞山区) is one place; a name that several places
// bear is decided by what else the text names, or left open. Superiors, to whom or under whom
// reports are made, and places of the same text that are visited are outweighed by this.

/** The place that a report is about. */
export interface Jurisdiction {
  /** In full, or as the text has it for a place that is not in the list. */
  readonly name: string
  /** `null` where several places bear the name and nothing decides between them. */
  readonly place: Place | null
  /** Those that bear the name, where nothing decides; else empty. */
  readonly candidates: readonly Place[]
  /** `null` where the candidates differ in it. */
  readonly level: Level | null
  /** What a town or zone lies in, itself in no list; else `null`. */
  readonly within: Place | null
  readonly isStated: boolean
  /** The best place first. */
  readonly evidence: readonly Span[]
}

/** What a text says of whose report it is. */
export interface JurisdictionFinding {
  readonly jurisdiction: Jurisdiction | null
  /** Whether an organ of the whole country issued it; then it is about no place. */
  readonly isNational: boolean
  /** The names of the text, for evidence of provinces and parents. */
  readonly names: readonly PlaceName[]
}

/** Reads whose report a text is. `signers` are those who signed it or whose title it is. */
export function jurisdictionOf(lines: ReportLines, signers: readonly Body[]): JurisdictionFinding {
  const names = placeNamesIn(lines.folded, 0, SEARCHED)
  if (isNational(lines, signers)) return { jurisdiction: null, isNational: true, names }
  const clues = cluesIn(lines, chainsOf(lines.folded, names), signers)
  const support = supportOf(names)
  const contenders = weighed(clues, support, hintsIn(lines.folded))
  return { jurisdiction: chosen(lines, contenders, support, signers), isNational: false, names }
}

const NATIONAL =
  /^(?:中共中央|中国共产党中央|中央|国务院|全国人大|全国人民代表大会|全国政协|最高人民|中华人民共和国|国家[\u4E00-\u9FFF]{1,12}(?:局|委|委员会|署|院|办公室)|(?:外交|国防|教育|科技|科学技术|工业和信息化|公安|国家安全|民政|司法|财政|人力资源社会保障|人力资源和社会保障|自然资源|生态环境|环境保护|住房城乡建设|住房和城乡建设|交通运输|水利|农业|农业农村|商务|文化|文化和旅游|退役军人事务|应急管理)部|中国人民银行|审计署|海关总署|税务总局|市场监管总局)/

function isNational({ folded, titleSpan }: ReportLines, signers: readonly Body[]): boolean {
  const first = signers[0]
  if (first !== undefined) return isOfTheWhole(first.name)
  if (titleSpan === null) return false
  const title = folded.slice(titleSpan.start, titleSpan.end).trimStart()
  const end = /关于|(?:19|20)[0-9]{2}|二[〇○零O]/.exec(title)?.index ?? title.length
  return isOfTheWhole(title.slice(0, end))
}

/** An organ of the whole country, not its branch at a place: 国家税务总局石家庄市税务局. */
function isOfTheWhole(name: string): boolean {
  if (!NATIONAL.test(name)) return false
  return placeNamesIn(name).every(({ end }) => /^(?:事务|工作)/.test(name.slice(end)))
}

function chosen(
  lines: ReportLines,
  contenders: readonly Contender[],
  support: ReadonlyMap<string, number>,
  signers: readonly Body[],
): Jurisdiction | null {
  const small = smallPlaceOf(lines, signers, contenders)
  if (small !== null) return { ...small, place: null, candidates: [], isStated: true }
  const [best, next] = contenders
  if (best === undefined || best.score < LEAST) return null
  const evidence = evidenceOf(best)
  const [place] = best.places
  const isSure = best.clues.some(
    ({ kind, weight }) => kind !== 'rule' && kind !== 'body' && weight >= 30,
  )
  if (!isSure && next !== undefined && next.score * 1.3 > best.score) {
    return undecided([...best.places, ...next.places], best.name, evidence)
  }
  if (place === undefined || best.places.length > 1) {
    return undecided(best.places, best.name, evidence)
  }
  const isSpelt = best.clues.some(({ chain }) => chain.places.length === 1)
  return {
    name: place.name,
    place,
    candidates: [],
    level: place.level,
    within: null,
    isStated: isSure && (isSpelt || speaksFor(place, support) >= 3),
    evidence,
  }
}

function undecided(
  places: readonly Place[],
  name: string,
  evidence: readonly Span[],
): Jurisdiction {
  const levels = new Set(places.map(place => place.level))
  const [level = null] = levels.size === 1 ? levels : []
  return { name, place: null, candidates: places, level, within: null, isStated: false, evidence }
}

function evidenceOf({ clues }: Contender): Span[] {
  return [...clues]
    .sort((a, b) => b.weight - a.weight || a.chain.start - b.chain.start)
    .slice(0, 5)
    .map(({ chain }) => ({ start: chain.start, end: chain.end }))
}
