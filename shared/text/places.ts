import { FORMER_PLACES } from './former-places'
import { lazily } from './lazily'
import { PLACES_2024 } from './places-2024'

/** A division of China, down to the county, as the list of 2024 has it or had it before. */
export interface Place {
  /** Six digits of the list of 2024; `null` for a place that was merged into others. */
  readonly code: string | null
  /** In full, such as 石家庄市; of a former place its former name. */
  readonly name: string
  readonly level: Level
  readonly provinceCode: string
  readonly province: string
  /** Of a county or the like, what it lies in: a prefecture, or the province itself. */
  readonly parentCode: string | null
  readonly parent: string | null
}

/**
 * The levels of those that report, the highest first. The kind of division is followed by its
 * rank where the kind alone does not say it. 市(地级,首府) is the capital of an autonomous region.
 * The last seven have no division code.
 */
export const LEVELS = [
  '国家',
  '省',
  '自治区',
  '市(直辖)',
  '特别行政区',
  '市(地级,省会)',
  '市(地级,首府)',
  '市(地级)',
  '自治州',
  '地区',
  '盟',
  '区(市辖区)',
  '市(县级)',
  '县',
  '自治县',
  '旗',
  '自治旗',
  '特区',
  '林区',
  '群岛',
  '开发区',
  '街道',
  '镇',
  '乡',
  '苏木',
] as const

export type Level = (typeof LEVELS)[number]

/** A step of the hierarchy, which the words 省, 市, 县 in 全省, 我市 or 县政府 stand for. */
export type Rank = 'nation' | 'province' | 'prefecture' | 'county' | 'zone' | 'township'

/** All places under one name, in full or short. */
export interface NamedPlaces {
  readonly name: string
  /** Whether the name is complete: 石家庄市, not 石家庄. */
  readonly isFull: boolean
  /** In order of code; several where the name is ambiguous. */
  readonly places: readonly Place[]
}

const CAPITALS = new Set(
  (
    '130100 140100 150100 210100 220100 230100 320100 330100 340100 350100 360100 370100 410100 ' +
    '420100 430100 440100 450100 460100 510100 520100 530100 540100 610100 620100 630100 640100 650100'
  ).split(' '),
)

/** The peoples after whom autonomous places are named; only some names go without 族. */
const PEOPLES = new RegExp(
  '(?:(?:[回藏苗彝壮满侗瑶白傣黎佤畲水土羌怒]|蒙古|维吾尔|布依|朝鲜|土家|哈尼|哈萨克|傈僳|高山|拉祜|东乡|纳西|景颇|' +
    '柯尔克孜|达斡尔|仫佬|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|鄂温克|德昂|保安|裕固|独龙|各)族|' +
    '蒙古|维吾尔|哈萨克|柯尔克孜|塔吉克|锡伯)+$',
)

const SUFFIX = /(?:自治州|自治县|自治旗|矿区|林区|特区|新区|地区|[省市州县区旗盟])$/

const SHORT_PROVINCES: Readonly<Record<string, string>> = {
  内蒙古自治区: '内蒙古',
  广西壮族自治区: '广西',
  西藏自治区: '西藏',
  宁夏回族自治区: '宁夏',
  新疆维吾尔自治区: '新疆',
  香港特别行政区: '香港',
  澳门特别行政区: '澳门',
}

const table = lazily(readTable)

/** The place with a code of the list of 2024, or `null`. */
export function placeOf(code: string): Place | null {
  return table().byCode.get(code) ?? null
}

/** All places that are or were called so, in full or short; `null` where none is. */
export function placesNamed(name: string): NamedPlaces | null {
  return table().byName.get(name) ?? null
}

/** Every name that places have, in full, short or former; each once. */
export function placeNames(): Iterable<NamedPlaces> {
  return table().byName.values()
}

/**
 * The places that someone may mean who typed a name: in Chinese, in full or short, alone or after
 * what it lies in (朝阳区, 朝阳, 长春朝阳区, 吉林省长春市朝阳区). Those that are called exactly so come
 * first, then those whose name begins so, then those that have the words in it; at most 50.
 */
export function placeCandidates(typed: string): Place[] {
  const name = typed.replace(/\s+/g, '')
  if (name === '') return []
  const ranked = [...table().all].flatMap(place => {
    const closeness = closenessOf(place, name)
    return closeness === null ? [] : [{ place, closeness }]
  })
  ranked.sort((a, b) => a.closeness - b.closeness)
  return ranked.slice(0, 50).map(({ place }) => place)
}

/**
 * The places that are called exactly so: in full, alone or after what they lie in (鼓楼区,
 * 徐州市鼓楼区), or by their code. Several where the name alone leaves it open.
 */
export function placesCalled(typed: string): Place[] {
  const name = typed.normalize('NFKC').replace(/\s+/g, '')
  const coded = placeOf(name)
  if (coded) return [coded]
  return placeCandidates(name).filter(
    place => place.name === name || (name.endsWith(place.name) && isChain(place, name)),
  )
}

/**
 * Whether a text may be a division's code: of the list of 2024, or one of an earlier list, of a
 * township or of a village in a province that there is.
 */
export function isDivisionCode(code: string): boolean {
  if (!/^\d{6}(?:\d{3}){0,2}$/.test(code)) return false
  return placeOf(code) !== null || placeOf(`${code.slice(0, 2)}0000`) !== null
}

/** A level by its name in the list, or as people write it: 地级市 for 市(地级); `null` for none. */
export function levelCalled(typed: string): Level | null {
  const name = typed.normalize('NFKC').replace(/\s+/g, '')
  const usual = USUAL_LEVELS[name] ?? name
  return LEVELS.find(level => level === usual) ?? null
}

const USUAL_LEVELS: Readonly<Record<string, Level>> = {
  地级市: '市(地级)',
  县级市: '市(县级)',
  市辖区: '区(市辖区)',
  区: '区(市辖区)',
  直辖市: '市(直辖)',
  省会: '市(地级,省会)',
  首府: '市(地级,首府)',
}

/** The step of the hierarchy that a level belongs to. */
export function rankOf(level: Level): Rank {
  switch (level) {
    case '国家':
      return 'nation'
    case '省':
    case '自治区':
    case '市(直辖)':
    case '特别行政区':
      return 'province'
    case '市(地级,省会)':
    case '市(地级,首府)':
    case '市(地级)':
    case '自治州':
    case '地区':
    case '盟':
      return 'prefecture'
    case '开发区':
      return 'zone'
    case '街道':
    case '镇':
    case '乡':
    case '苏木':
      return 'township'
    default:
      return 'county'
  }
}

/** Whether a place is another one's province or prefecture. */
export function liesIn(place: Place, outer: Place): boolean {
  if (outer.code === null || outer.code === place.code) return false
  return place.parentCode === outer.code || place.provinceCode === outer.code
}

/**
 * A place's short name: 石家庄, 黄石, 恩施, 广西; `null` where nothing of at least two characters
 * remains, as of 赵县 and 城区.
 */
export function shortNameOf(name: string): string | null {
  const known = SHORT_PROVINCES[name]
  if (known !== undefined) return known
  const whole = name.replace(SUFFIX, '')
  const bare = name.includes('自治') ? whole.replace(PEOPLES, '') : whole
  return bare.length >= 2 && bare !== name ? bare : null
}

interface PlaceTable {
  readonly all: readonly Place[]
  readonly byCode: ReadonlyMap<string, Place>
  readonly byName: ReadonlyMap<string, NamedPlaces>
}

function readTable(): PlaceTable {
  const names = new Map(entriesOf(PLACES_2024).map(entry => [entry.code, entry.name]))
  const today = [...names].map(([code, name]) => placeFrom(code, name, names))
  const byCode = new Map(today.map(place => [place.code ?? '', place]))
  const former = entriesOf(FORMER_PLACES).flatMap(({ code, name, isMerged }) => {
    const heir = byCode.get(code)
    return heir === undefined ? [] : [formerPlace(name, heir, isMerged)]
  })
  const all = [...today, ...former]
  return { all, byCode, byName: byNameOf(today, former) }
}

function entriesOf(list: string): { code: string; name: string; isMerged: boolean }[] {
  return list
    .trim()
    .split(/\s+/)
    .map(entry => {
      const isMerged = entry[6] === '-'
      return { code: entry.slice(0, 6), name: entry.slice(isMerged ? 7 : 6), isMerged }
    })
}

function placeFrom(code: string, name: string, names: ReadonlyMap<string, string>): Place {
  const provinceCode = `${code.slice(0, 2)}0000`
  const province = names.get(provinceCode) ?? ''
  const level = levelOf(code, name)
  if (rankOf(level) !== 'county') {
    return { code, name, level, provinceCode, province, parentCode: null, parent: null }
  }
  // Counties that a province governs itself have a prefix that no prefecture has.
  const prefecture = `${code.slice(0, 4)}00`
  const parentCode = names.has(prefecture) ? prefecture : provinceCode
  const parent = names.get(parentCode) ?? province
  return { code, name, level, provinceCode, province, parentCode, parent }
}

function levelOf(code: string, name: string): Level {
  if (code.endsWith('0000')) {
    if (name.endsWith('特别行政区')) return '特别行政区'
    if (name.endsWith('自治区')) return '自治区'
    return name.endsWith('省') ? '省' : '市(直辖)'
  }
  if (code.endsWith('00')) {
    if (!name.endsWith('市')) return prefectureLevel(name)
    if (!CAPITALS.has(code)) return '市(地级)'
    return /^(?:15|45|54|64|65)/.test(code) ? '市(地级,首府)' : '市(地级,省会)'
  }
  return countyLevel(name)
}

function prefectureLevel(name: string): Level {
  if (name.endsWith('自治州')) return '自治州'
  if (name.endsWith('地区')) return '地区'
  return name.endsWith('盟') ? '盟' : '市(地级)'
}

function countyLevel(name: string): Level {
  if (name.endsWith('自治县')) return '自治县'
  if (name.endsWith('自治旗')) return '自治旗'
  if (name.endsWith('林区')) return '林区'
  if (name.endsWith('特区')) return '特区'
  if (name.endsWith('县')) return '县'
  if (name.endsWith('旗')) return '旗'
  if (name.endsWith('市')) return '市(县级)'
  return name.endsWith('区') ? '区(市辖区)' : '群岛'
}

function formerPlace(name: string, heir: Place, isMerged: boolean): Place {
  // A district merged into others lies in what the list names; one renamed is its heir.
  const level = heir.level
  if (!isMerged) {
    const isPrefecture = rankOf(level) === 'prefecture'
    return { ...heir, name, level: isPrefecture ? prefectureLevel(name) : countyLevel(name) }
  }
  const { provinceCode, province } = heir
  return {
    code: null,
    name,
    level: countyLevel(name),
    provinceCode,
    province,
    parentCode: heir.code,
    parent: heir.name,
  }
}

function byNameOf(today: readonly Place[], former: readonly Place[]): Map<string, NamedPlaces> {
  const full = new Map<string, Place[]>()
  for (const place of [...today, ...former]) grouped(full, place.name).push(place)
  const short = new Map<string, Place[]>()
  for (const place of today) {
    for (const name of shortNamesOf(place)) if (!full.has(name)) grouped(short, name).push(place)
  }
  const named = new Map<string, NamedPlaces>()
  for (const [name, places] of full) named.set(name, { name, isFull: true, places })
  for (const [name, places] of short) named.set(name, { name, isFull: false, places })
  return named
}

/** 恩施州 is as common as 恩施土家族苗族自治州; so is 巴州, a contraction. */
function shortNamesOf({ name }: Place): string[] {
  const short = shortNameOf(name)
  if (short === null) return []
  const suffix = /自治([州县旗])$/.exec(name)?.[1]
  return suffix === undefined ? [short] : [short, short + suffix]
}

function grouped(groups: Map<string, Place[]>, name: string): Place[] {
  const found = groups.get(name)
  if (found !== undefined) return found
  const made: Place[] = []
  groups.set(name, made)
  return made
}

/** How near a place is to what was typed, the smaller the nearer; `null` where it is not. */
function closenessOf(place: Place, typed: string): number | null {
  if (place.name === typed) return 0
  if (shortNamesOf(place).includes(typed)) return 1
  if (isChain(place, typed)) return 2
  if (place.name.startsWith(typed)) return 3
  return place.name.includes(typed) ? 4 : null
}

/** Whether what was typed is a place after its province, its prefecture or both. */
function isChain(place: Place, typed: string): boolean {
  const own = [place.name, ...shortNamesOf(place)]
  const outer = [place.parent, place.province].filter(name => name !== null)
  return own.some(name => {
    if (!typed.endsWith(name) || typed === name) return false
    let rest = typed.slice(0, -name.length)
    for (const above of outer) {
      const names = [above, shortNameOf(above) ?? above]
      const taken = names.find(known => rest.endsWith(known))
      if (taken !== undefined) rest = rest.slice(0, -taken.length)
    }
    return rest === ''
  })
}
