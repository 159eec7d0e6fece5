import type { Span } from '../domain/structure'
import type { Body } from './issuers'
import { type PlaceName, placeNamesIn } from './place-names'
import { liesIn, type Place, placesNamed, rankOf } from './places'
import type { ReportLines } from './report-lines'

/** Names that follow one another, each in the one before it: the last is the place. */
export interface Chain extends Span {
  readonly names: readonly PlaceName[]
  /** The places that it may mean; not empty. */
  readonly places: readonly Place[]
  readonly name: string
}

/** A chain as evidence. */
export interface Clue {
  readonly chain: Chain
  readonly weight: number
  readonly kind: 'title' | 'signature' | 'opening' | 'rule' | 'body'
}

/** The chains that the names of a text form, in its order. */
export function chainsOf(folded: string, names: readonly PlaceName[]): Chain[] {
  const chains: Chain[] = []
  let links: PlaceName[] = []
  let places: readonly Place[] = []
  const close = () => {
    const first = links[0]
    const last = links.at(-1)
    if (first === undefined || last === undefined) return
    chains.push({ names: links, places, name: last.name, start: first.start, end: last.end })
  }
  for (const name of names) {
    const before = links.at(-1)
    const inner = before === undefined ? [] : innerPlaces(folded, before, places, name)
    const unlisted = before === undefined ? null : unlistedIn(before, places, name)
    if (inner.length > 0 || unlisted !== null) {
      links = [...links, name]
      places = unlisted === null ? inner : [unlisted]
      continue
    }
    close()
    links = [name]
    places = name.places
  }
  close()
  return chains
}

/** The places of a name that lie in those of the name right before it. */
function innerPlaces(
  folded: string,
  before: PlaceName,
  outer: readonly Place[],
  name: PlaceName,
): readonly Place[] {
  if (name.start - before.end > 1) return []
  if (name.start > before.end && folded[before.end] !== ' ') return []
  return name.places.filter(place => outer.some(one => liesIn(place, one)))
}

/**
 * 邢台市桥东区, when the only 桥东区 of today lies elsewhere: a district that is no more, told from
 * its namesake by what stands right before it.
 */
function unlistedIn(before: PlaceName, outer: readonly Place[], name: PlaceName): Place | null {
  const [city] = outer
  const [namesake] = name.places
  if (city === undefined || city.code === null || namesake === undefined) return null
  if (
    outer.length > 1 ||
    rankOf(city.level) !== 'prefecture' ||
    rankOf(namesake.level) !== 'county'
  )
    return null
  if (!before.isFull || !name.isFull || name.start !== before.end) return null
  if (name.places.some(place => liesIn(place, city))) return null
  const { code: parentCode, name: parent, provinceCode, province } = city
  const { level } = namesake
  return { code: null, name: name.name, level, provinceCode, province, parentCode, parent }
}

/** What the chains of a text, and short names where its subject stands, say of whose it is. */
export function cluesIn(
  lines: ReportLines,
  chains: readonly Chain[],
  signers: readonly Body[],
): Clue[] {
  const zones = zonesOf(lines, signers)
  const clues = chains.map(chain => clueOf(lines, chain, zones))
  return [
    ...shortClues(lines),
    ...spacedClues(signers),
    ...clues.filter(({ weight }) => weight > 0),
  ]
}

/** Names within the letters of 岚 县 司 法 局, which the text has in no other way. */
function spacedClues(signers: readonly Body[]): Clue[] {
  return signers
    .filter(({ name, start, end }) => name.length < end - start)
    .flatMap(({ name, start, end }) =>
      chainsOf(name, placeNamesIn(name))
        .filter(chain => chain.start === 0)
        .map((chain): Clue => ({ chain: { ...chain, start, end }, weight: 90, kind: 'signature' })),
    )
}

interface Zones {
  readonly title: Span | null
  readonly signers: readonly Span[]
  readonly asides: readonly Span[]
  readonly addressed: readonly Span[]
  readonly opening: readonly OpeningLine[]
}

/** A line of the opening, and where its first sentence ends. */
interface OpeningLine extends Span {
  readonly firstStop: number
}

function zonesOf(lines: ReportLines, signers: readonly Body[]): Zones {
  const { asides, titleSpan } = lines
  const opening = lines.opening.map(({ start, end }) => {
    const stop = lines.folded.slice(start, end).indexOf('。')
    return { start, end, firstStop: stop < 0 ? end : start + stop }
  })
  return { title: titleSpan, signers, asides, addressed: addressedLines(lines), opening }
}

/** 市委、市政府: above the text names those to whom it goes. */
function addressedLines({ folded, main, titleSpan }: ReportLines): Span[] {
  return main
    .filter(line => titleSpan === null || line.start >= titleSpan.end)
    .slice(0, 5)
    .filter(line => line.end - line.start < 120 && /[:]$/.test(folded.slice(line.start, line.end)))
    .filter(line => !/报告如下|汇报如下|现将/.test(folded.slice(line.start, line.end)))
}

function clueOf(lines: ReportLines, chain: Chain, zones: Zones): Clue {
  const { folded } = lines
  const isIn = (spans: readonly Span[]) =>
    spans.some(span => span.start <= chain.start && chain.end <= span.end)
  if (zones.title !== null && isIn([zones.title])) {
    return { chain, weight: titleWeight(folded, chain, zones.title), kind: 'title' }
  }
  if (isIn(zones.signers)) return { chain, weight: 90, kind: 'signature' }
  if (isIn(zones.addressed)) return { chain, weight: 0, kind: 'body' }
  if (isAsideClue(chain, zones.asides)) return { chain, weight: 8, kind: 'body' }
  if (isInRule(folded, chain)) return { chain, weight: 12, kind: 'rule' }
  if (isSuperior(folded, chain)) return { chain, weight: 0, kind: 'body' }
  const isFull = chain.names.at(-1)?.isFull === true
  if (isIn(zones.opening)) return openingClue(folded, chain, zones.opening, isFull)
  if (!isFull) return { chain, weight: 0.5, kind: 'body' }
  return { chain, weight: actsIn(folded, chain) ? 6 : 2, kind: 'body' }
}

function titleWeight(folded: string, chain: Chain, title: Span): number {
  const before = folded.slice(Math.max(title.start, chain.start - 24), chain.start)
  const isSubject = before.trim() === '' || /(?:关于|中共|印发《|^《|[ \n])$/.test(before)
  return isSubject && !isSuperior(folded, chain) ? 100 : 50
}

/** Asides are in order of the text, but few hold a name: looking through a window suffices. */
function isAsideClue(chain: Chain, asides: readonly Span[]): boolean {
  let low = 0
  let high = asides.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((asides[middle]?.end ?? 0) < chain.end) low = middle + 1
    else high = middle
  }
  const aside = asides[low]
  return aside !== undefined && aside.start <= chain.start
}

/** 《固安县重大行政决策程序暂行规定》: places name their own rules, seldom those of others. */
function isInRule(folded: string, chain: Chain): boolean {
  return /《(?:中共|关于|修订)?$/.test(folded.slice(Math.max(0, chain.start - 3), chain.start))
}

/** 在河北省委的领导下, 按照石家庄市…部署: those above the one that reports. */
function isSuperior(folded: string, chain: Chain): boolean {
  const before = folded.slice(Math.max(0, chain.start - 24), chain.start)
  return /(?:在|按照|根据|依据|依照|遵照|贯彻|落实|执行|领取|接受|报送|获评|荣获|赴|到|与|被)(?:中共)?[^,。;:!?、\n]{0,6}$/.test(
    before,
  )
}

function openingClue(
  folded: string,
  chain: Chain,
  opening: readonly OpeningLine[],
  isFull: boolean,
): Clue {
  const line = opening.find(span => span.start <= chain.start && chain.end <= span.end)
  const start = line?.start ?? chain.start
  const before = folded.slice(Math.max(start, chain.start - 24), chain.start)
  const share = isFull ? 1 : 0.5
  if (/现(?:将|就)(?:中共)?$/.test(before)) return { chain, weight: 80, kind: 'opening' }
  // A subject begins its clause; in the first sentence it is the report's.
  const clause = before.length - 1 - Math.max(...[...',。;:'].map(sign => before.lastIndexOf(sign)))
  if (clause <= 8 && chain.start <= (line?.firstStop ?? 0)) {
    return { chain, weight: 60 * share, kind: 'opening' }
  }
  return { chain, weight: (line === opening[0] ? 15 : 6) * share, kind: 'opening' }
}

function actsIn(folded: string, chain: Chain): boolean {
  return /^(?:委|人民政府|政府|人大|法治政府|司法局|依法治)/.test(
    folded.slice(chain.end, chain.end + 4),
  )
}

/** 石家庄2024年法治政府建设报告, 2024年,固安坚持…: a short name where the subject stands. */
function shortClues({ folded, titleSpan, opening }: ReportLines): Clue[] {
  const clues: Clue[] = []
  if (titleSpan !== null) {
    const at =
      titleSpan.start + (/^\s*(?:中共|关于)?/.exec(folded.slice(titleSpan.start))?.[0] ?? '').length
    const chain = shortChain(folded, at, /^(?:[12][0-9]{3}|法治|依法|推进|的)/)
    if (chain !== null) clues.push({ chain, weight: 60, kind: 'title' })
  }
  const first = opening[0]
  if (first === undefined) return clues
  const words = folded.slice(first.start, Math.min(first.end, first.start + 60))
  const subject = /^[^,。]{0,12},/.exec(words)
  const at = first.start + (subject?.[0].length ?? 0)
  const chain = shortChain(
    folded,
    at,
    /^(?:坚持|深入|认真|全面|紧紧|始终|以习|全力|扎实|大力|持续|积极)/,
  )
  if (chain !== null) clues.push({ chain, weight: 30, kind: 'opening' })
  return clues
}

function shortChain(folded: string, at: number, next: RegExp): Chain | null {
  for (let length = 4; length >= 2; length--) {
    const end = at + length
    const named = placesNamed(folded.slice(at, end))
    if (named === null || named.isFull || !next.test(folded.slice(end, end + 4))) continue
    const name: PlaceName = { ...named, start: at, end }
    return { names: [name], places: named.places, name: named.name, start: at, end }
  }
  return null
}
