import type { Span } from '../domain/structure'
import { lazily } from './lazily'
import { type NamedPlaces, type Place, placeNames, rankOf } from './places'

// Names are found by their first two characters, longest name first, left to right: 吉安县 is
// not 吉安, and 石家庄市 is not found again inside itself. What the words around a name make
// impossible (市场, 城区 within 主城区, 高县 within 提高县级) is none.

/** A place's name in a text. */
export interface PlaceName extends Span, NamedPlaces {}

/**
 * The names of places in the half-open range `[begin, to)` of a text, in order, none overlapping
 * another. Short names are found of provinces and prefectures, and such as 屏边县 of counties:
 * those without 县 or 旗 are too often ordinary words.
 */
export function placeNamesIn(text: string, begin = 0, to = text.length): PlaceName[] {
  const { mayStand, byPair } = nameIndex()
  const found: PlaceName[] = []
  let previous: PlaceName | null = null
  const last = Math.min(to, text.length) - 1
  // Beyond the end stands NaN, which would make every number here a floating one.
  let first = text.charCodeAt(begin) | 0
  for (let at = begin; at < last; ) {
    const second = text.charCodeAt(at + 1)
    const pair = pairOf(first, second)
    const names = mayStand[pair & FILTER] === 1 ? byPair.get(pair) : undefined
    const named: NamedPlaces | null =
      names === undefined ? null : nameAt(text, at, to, names, previous)
    if (named === null) {
      at++
      first = second
      continue
    }
    const end: number = at + named.name.length
    const place: PlaceName = { start: at, end, ...named }
    previous = place
    found.push(place)
    at = end
    first = text.charCodeAt(at) | 0
  }
  return found
}

/** The longest of the names that stands here and can be a name by what is around it. */
function nameAt(
  text: string,
  at: number,
  to: number,
  names: readonly NamedPlaces[],
  previous: PlaceName | null,
): NamedPlaces | null {
  for (const named of names) {
    const end = at + named.name.length
    if (end <= to && text.startsWith(named.name, at) && isPossible(text, at, previous, named)) {
      return named
    }
  }
  return null
}

/** What follows 市, 县, 区 where these belong to another word. */
const NOT_AFTER: Readonly<Record<string, RegExp>> = {
  市: /^(?:场|值|容|价|民主)/,
  县: /^(?:级|域)/,
  区: /^(?:域|划|间|块|位|别|分|隔)/,
  旗: /^(?:舰|帜|下)/,
  州: /^(?:级)/,
  省: /^(?:级|道|钱|时)/,
}

/** Names that are also words for a part of any city: they count only after the city's name. */
const WORDS = new Set([
  '城区',
  '郊区',
  '矿区',
  '东区',
  '西区',
  '老城区',
  '新城区',
  '市中区',
  '城中区',
  '新市区',
])

/** Short names that are ordinary words or other names more often than places. */
const NOT_SHORT = new Set(
  (
    '长治 安康 来宾 白银 阿里 朝阳 中山 和田 东方 文山 北海 山南 海东 海西 海北 黄南 红河 大理 日照 大同 兴安 ' +
    '果洛 三明 中卫'
  ).split(' '),
)

function isPossible(
  text: string,
  start: number,
  previous: PlaceName | null,
  named: NamedPlaces,
): boolean {
  const { name, isFull } = named
  const end = start + name.length
  const after = text.slice(end, end + 2)
  const last = name.at(-1) ?? ''
  if ((isFull || isShortCounty(named)) && NOT_AFTER[last]?.test(after)) return false
  const followsPlace = previous !== null && previous.end === start
  if (WORDS.has(name)) return followsPlace || opensName(text, start)
  if (isFull && name.length === 2) return followsPlace || opensPhrase(text, start)
  // 海南州 is a prefecture of Qinghai, 海南 the province; 河北区 was tried before 河北.
  if (!isFull && /^[州盟]/.test(after) && name.length === 2) return false
  return true
}

/** 中共城区委员会, 《城区…》, or the word at the start of a line before its own government. */
function opensName(text: string, start: number): boolean {
  const before = text.slice(Math.max(0, start - 2), start)
  return before === '' || before === '中共' || /[\n《\u00A0\u3000 ]$/.test(before)
}

/** Two characters such as 和县 are a name where no other word can end in the first of them. */
function opensPhrase(text: string, start: number): boolean {
  const before = text.slice(Math.max(0, start - 2), start)
  return before === '中共' || /^$|[^\u4E00-\u9FFF]$|[年于在共向赴与由为从对]$/.test(before)
}

interface NameIndex {
  /** By the low bits of a pair's number: 0 where no name begins so, which most pairs are. */
  readonly mayStand: Uint8Array
  /** By the first two units; units that share a pair's number are told apart by comparing. */
  readonly byPair: ReadonlyMap<number, readonly NamedPlaces[]>
}

const FILTER = 0x1ffff

const nameIndex = lazily(makeIndex)

function makeIndex(): NameIndex {
  const mayStand = new Uint8Array(FILTER + 1)
  const byPair = new Map<number, NamedPlaces[]>()
  for (const named of placeNames()) {
    const isAll = named.isFull || isShortCounty(named)
    const places = isAll ? named.places : named.places.filter(isWellKnown)
    if (places.length === 0 || (!named.isFull && NOT_SHORT.has(named.name))) continue
    const first = named.name.charCodeAt(0)
    const key = pairOf(first, named.name.charCodeAt(1))
    const same = byPair.get(key)
    if (same === undefined) byPair.set(key, [{ ...named, places }])
    else same.push({ ...named, places })
    mayStand[key & FILTER] = 1
  }
  for (const same of byPair.values()) same.sort((a, b) => b.name.length - a.name.length)
  return { mayStand, byPair }
}

/** 积石山县 of 积石山保安族东乡族撒拉族自治县: what else would it be. */
function isShortCounty({ name, isFull, places }: NamedPlaces): boolean {
  return !isFull && places.length === 1 && name.length > 2 && /[县旗]$/.test(name)
}

/** A number of less than 31 bits, which engines keep without boxing, with mixed low bits. */
function pairOf(first: number, second: number): number {
  return ((first & 0x7fff) * 0x2545) ^ ((second & 0x7fff) << 3)
}

/** 吉林 alone is the province, not the city of that name. */
function isWellKnown(place: Place, _at: number, all: readonly Place[]): boolean {
  const rank = rankOf(place.level)
  if (rank === 'province') return true
  return rank === 'prefecture' && !all.some(other => rankOf(other.level) === 'province')
}
