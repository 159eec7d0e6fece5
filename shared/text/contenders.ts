import type { Chain, Clue } from './place-clues'
import type { PlaceName } from './place-names'
import { type Place, rankOf } from './places'
import { SEARCHED } from './report-lines'

/** A place, or several of one name, with all that speaks for it. */
export interface Contender {
  readonly name: string
  readonly places: readonly Place[]
  readonly clues: readonly Clue[]
  readonly score: number
}

/** The least that must speak for a place which neither title, signature nor opening names. */
export const LEAST = 14

/** How often provinces and prefectures are named, by code: what decides between equal names. */
export function supportOf(names: readonly PlaceName[]): ReadonlyMap<string, number> {
  const support = new Map<string, number>()
  for (const { places, isFull } of names) {
    const [only] = places
    if (places.length !== 1 || only?.code == null) continue
    support.set(only.code, (support.get(only.code) ?? 0) + (isFull ? 3 : 1))
    // 海淀区 speaks for Beijing when the question is which 朝阳区.
    const { parentCode } = only
    if (parentCode !== null) support.set(parentCode, (support.get(parentCode) ?? 0) + 1)
  }
  return support
}

/** How often a text says 我市, 全县 and the like: by the last character of the place's name. */
export function hintsIn(folded: string): ReadonlyMap<string, number> {
  const hints = new Map<string, number>()
  const words = folded.slice(0, SEARCHED)
  for (const match of words.matchAll(/([我全])([省市县区旗州盟镇乡])(?![域级])/g)) {
    const [, word, unit = ''] = match
    hints.set(unit, (hints.get(unit) ?? 0) + (word === '我' ? 3 : 1))
  }
  return hints
}

/** Weighs the clues of each place together; the best first. */
export function weighed(
  clues: readonly Clue[],
  support: ReadonlyMap<string, number>,
  hints: ReadonlyMap<string, number>,
): Contender[] {
  const groups = new Map<string, Clue[]>()
  for (const clue of clues) {
    const key = keyOf(clue.chain)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [clue])
    else group.push(clue)
  }
  for (const [key, group] of groups) joinNamed(groups, key, group)
  for (const [key, group] of groups) joinNamesakes(groups, key, group)
  return [...groups.values()]
    .map(group => contenderOf(group, support, hints))
    .sort((a, b) => b.score - a.score)
}

function keyOf({ places, name }: Chain): string {
  const [only] = places
  return places.length === 1 && only !== undefined ? `${only.code}${only.parentCode}` : name
}

/** A bare name means the place that the text once names with what it lies in, if one only. */
function joinNamed(groups: Map<string, Clue[]>, key: string, group: readonly Clue[]): void {
  const places = group[0]?.chain.places ?? []
  if (places.length < 2) return
  const spelt = places
    .map(place => groups.get(`${place.code}${place.parentCode}`))
    .filter(other => other !== undefined)
  const [only] = spelt
  if (spelt.length !== 1 || only === undefined) return
  only.push(...group)
  groups.delete(key)
}

/**
 * Where title or signature names a place of a city's that no longer is, a bare name means that one
 * and not its namesake elsewhere.
 */
function joinNamesakes(groups: Map<string, Clue[]>, key: string, group: Clue[]): void {
  const { places, name } = group[0]!.chain
  if (places.length !== 1 || places[0]!.code !== null) return
  if (!group.some(({ kind }) => kind === 'title' || kind === 'signature')) return
  for (const [other, clues] of groups) {
    if (other === key || clues.some(({ chain }) => chain.name !== name || chain.names.length > 1)) {
      continue
    }
    group.push(...clues)
    groups.delete(other)
  }
}

/** The most that clues of one kind add up to, so that a name often mentioned does not win. */
const MOST: Readonly<Record<Clue['kind'], number>> = {
  title: 150,
  signature: 100,
  opening: 90,
  rule: 48,
  body: 36,
}

function contenderOf(
  clues: readonly Clue[],
  support: ReadonlyMap<string, number>,
  hints: ReadonlyMap<string, number>,
): Contender {
  const sums = { title: 0, signature: 0, opening: 0, rule: 0, body: 0 }
  for (const { kind, weight } of clues) sums[kind] = Math.min(MOST[kind], sums[kind] + weight)
  const best = [...clues].sort((a, b) => a.chain.places.length - b.chain.places.length)[0]
  const places = best === undefined ? [] : decided(best.chain.places, support, hints)
  const fit = places.some(place => isHinted(place, hints)) ? 1 : 0.35
  const score = sums.title + sums.signature + (sums.opening + sums.rule + sums.body) * fit
  return { name: best?.chain.name ?? '', places, clues, score }
}

/** A text that keeps saying 我县 is not a province's. */
function isHinted(place: Place, hints: ReadonlyMap<string, number>): boolean {
  const most = Math.max(0, ...hints.values())
  if (most < 3) return true
  return (hints.get(unitOf(place)) ?? 0) * 4 >= most
}

function unitOf({ level, name }: Place): string {
  if (level === '自治区' || level === '地区' || level === '特区' || level === '林区') return '区'
  return name.at(-1) ?? ''
}

/** The one of several places that the rest of the text speaks for, or all of them. */
function decided(
  places: readonly Place[],
  support: ReadonlyMap<string, number>,
  hints: ReadonlyMap<string, number>,
): readonly Place[] {
  if (places.length < 2) return places
  const hinted = places.filter(place => isHinted(place, hints))
  const left = hinted.length > 0 ? hinted : places
  if (left.length === 1) return left
  const ranked = left
    .map(place => ({ place, speaks: speaksFor(place, support) }))
    .sort((a, b) => b.speaks - a.speaks)
  const [first, second] = ranked
  if (first === undefined || first.speaks < 1) return left
  return first.speaks >= 2 * (second?.speaks ?? 0) + 1 ? [first.place] : left
}

/** How much the text names what a place lies in. */
export function speaksFor(place: Place, support: ReadonlyMap<string, number>): number {
  const { parentCode, provinceCode, level } = place
  const province = support.get(provinceCode) ?? 0
  if (rankOf(level) !== 'county' || parentCode === provinceCode) return province
  return 2 * (parentCode === null ? 0 : (support.get(parentCode) ?? 0)) + province
}
