import type { ReportId } from '../domain/id'
import type { Markup } from '../domain/markup'
import type { Span } from '../domain/structure'
import { type ReadVariable, type Value, valueIdOf } from '../domain/variable'
import { codePointsIn } from './code-points'
import { type Body, bodiesInTitle, isDepartment, isParty } from './issuers'
import { type Jurisdiction, type JurisdictionFinding, jurisdictionOf } from './jurisdiction'
import { type Level, type Place, placeOf, rankOf } from './places'
import { type ReportLines, reportLinesOf } from './report-lines'
import { inferredTitle, statedTitle } from './report-title'
import { labelledDates, printedOn, signingOf } from './signing'
import type { Outline } from './structure'
import { coverageOf, type Period, type YearFinding } from './year-covered'

/** A variable's value, whether the text states it, and where. */
export interface Fact<T> {
  readonly value: T
  /** `read`, `inferred` or `ask` as in `VALUE_ORIGINS`. */
  readonly origin: 'read' | 'inferred' | 'ask'
  /** Ranges of the text, the best first. */
  readonly evidence: readonly Span[]
}

/** What a report says of itself. `null` where the text does not say or imply it. */
export interface ReportMeta {
  /** As the text has it. */
  readonly title: Fact<string> | null
  /** In our words, where the text has none. */
  readonly inferredTitle: Fact<string> | null
  /** The place's full name; `ask` where several places bear it and the text leaves open which. */
  readonly jurisdiction: Fact<string> | null
  /** Which places an `ask` leaves open; else empty. */
  readonly candidates: readonly Place[]
  /** The code of the list of 2024; `null` also for towns and zones, which it does not have. */
  readonly code: Fact<string> | null
  readonly level: Fact<Level> | null
  readonly province: Fact<string> | null
  readonly provinceCode: Fact<string> | null
  /** What a county or the like, a town or a zone lies in; `null` for prefectures and above. */
  readonly parent: Fact<string> | null
  readonly parentCode: Fact<string> | null
  readonly yearCovered: Fact<number> | null
  /** Where the title names several years; `yearCovered` is then `null`. */
  readonly period: Period | null
  /** `2024-01-29`, or `2024-01` where the text names no day. */
  readonly publishDate: Fact<string> | null
  /** Who signed it, in the order of the text. */
  readonly signatories: readonly Fact<string>[]
  /** Who issued it: those who signed, or else those in whose name the title is. */
  readonly issuers: readonly Fact<string>[]
  /** Who speaks, in English, such as `county government`; `null` where that is unknown. */
  readonly voice: string | null
  /** Code points. */
  readonly chars: number
  readonly hanChars: number
}

/** What a report says of itself, without how long it is. */
export type ReportFacts = Omit<ReportMeta, 'chars' | 'hanChars'>

/** {@link factsOf} a text, and how long it is. */
export function metaOf(text: string, outline: Outline, markup: Markup): ReportMeta {
  const facts = factsOf(text, outline, markup)
  return { ...facts, chars: codePointsIn(text), hanChars: hanIn(text) }
}

/**
 * Reads a report's variables from its text, each with its evidence. `outline` is that of the
 * text. What the file says of itself, such as when it was saved, is no evidence.
 */
export function factsOf(text: string, outline: Outline, markup: Markup): ReportFacts {
  const lines = reportLinesOf(text, outline, markup)
  const signing = signingOf(lines)
  const titled = lines.titleSpan === null ? [] : bodiesInTitle(lines.folded, lines.titleSpan)
  const signers = signing.bodies.length > 0 ? signing.bodies : titled
  const date = signing.date ?? labelledDates(lines)[0] ?? printedOn(lines)
  const coverage = coverageOf(lines, date)
  const finding = jurisdictionOf(lines, signers.length > 0 ? [...titled, ...signing.bodies] : [])
  return {
    ...titleFacts(lines, finding.jurisdiction, coverage.year),
    ...placeFacts(finding),
    yearCovered: yearFact(coverage.year),
    period: coverage.period,
    publishDate: date === null ? null : read(date.value, [spanOf(date)]),
    signatories: signing.bodies.map(bodyFact),
    issuers: signers.map(bodyFact),
    voice: voiceOf(lines, finding, signers),
  }
}

/**
 * A report's variables as rows. Where nothing was found there is no row; an ambiguous place is a
 * row of origin `ask`, without code.
 */
export function valuesOf(meta: ReportFacts, reportId: ReportId): Value[] {
  const rows: [ReadVariable, Fact<string | number> | null][] = [
    ['title', meta.title ?? meta.inferredTitle],
    ['place', meta.jurisdiction],
    ['place_code', meta.code],
    ['level', meta.level],
    ['province', meta.province],
    ['parent', meta.parent],
    ['year', meta.yearCovered],
    ['date', meta.publishDate],
    ['issuers', joinedIssuers(meta.issuers)],
  ]
  return rows.flatMap(([variable, fact]) => {
    if (fact === null) return []
    const { value, origin, evidence } = fact
    const span = evidence[0]
    const id = valueIdOf(reportId, variable)
    const start = span?.start ?? null
    const end = span?.end ?? null
    return [{ id, reportId, variable, value, origin, start, end }]
  })
}

/** How many Chinese characters a text has: ideographs, without punctuation, digits and 〇. */
export function hanIn(text: string): number {
  let count = 0
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit < 0x3400) continue
    if (unit <= 0x9fff) {
      if (unit <= 0x4dbf || unit >= 0x4e00) count++
    } else if (unit >= 0xd840 && unit <= 0xd8ff) {
      // Planes 2 and 3 hold nothing but ideographs.
      const low = text.charCodeAt(at + 1)
      if (low >= 0xdc00 && low <= 0xdfff) count++
    } else if (unit >= 0xf900 && unit <= 0xfaff) count++
  }
  return count
}

function titleFacts(
  lines: ReportLines,
  jurisdiction: Jurisdiction | null,
  year: YearFinding | null,
): Pick<ReportMeta, 'title' | 'inferredTitle'> {
  const title = statedTitle(lines)
  if (title !== null) return { title: read(title.title, title.evidence), inferredTitle: null }
  const made = inferredTitle(lines, jurisdiction?.name ?? null, year)
  if (made === null) return { title: null, inferredTitle: null }
  const { evidence } = made
  return { title: null, inferredTitle: { value: made.title, origin: 'inferred', evidence } }
}

type PlaceFacts = Pick<
  ReportMeta,
  | 'jurisdiction'
  | 'candidates'
  | 'code'
  | 'level'
  | 'province'
  | 'provinceCode'
  | 'parent'
  | 'parentCode'
>

const NO_PLACE: PlaceFacts = {
  jurisdiction: null,
  candidates: [],
  code: null,
  level: null,
  province: null,
  provinceCode: null,
  parent: null,
  parentCode: null,
}

function placeFacts(finding: JurisdictionFinding): PlaceFacts {
  const { jurisdiction, isNational } = finding
  if (isNational) return { ...NO_PLACE, level: { value: '国家', origin: 'inferred', evidence: [] } }
  if (jurisdiction === null) return NO_PLACE
  const { name, place, candidates, level, within, evidence, isStated } = jurisdiction
  const origin = candidates.length > 0 ? 'ask' : isStated ? 'read' : 'inferred'
  const own = <T>(value: T | null): Fact<T> | null =>
    value === null ? null : { value, origin: origin === 'ask' ? 'inferred' : origin, evidence }
  const known = place ?? within ?? sharedProvince(candidates)
  const parent = place === null ? within?.name : place.parent
  const parentCode = place === null ? within?.code : place.parentCode
  return {
    jurisdiction: { value: name, origin, evidence },
    candidates,
    code: own(place?.code ?? null),
    level: own(level),
    province: outerFact(finding, known?.provinceCode ?? null, known?.province ?? null),
    provinceCode: outerFact(finding, known?.provinceCode ?? null, known?.provinceCode ?? null),
    parent: outerFact(finding, parentCode ?? null, parent ?? null),
    parentCode: outerFact(finding, parentCode ?? null, parentCode ?? null),
  }
}

/** The province of all that a name may mean, where it is one. */
function sharedProvince(candidates: readonly Place[]): Place | null {
  const [code, ...others] = new Set(candidates.map(place => place.provinceCode))
  return code === undefined || others.length > 0 ? null : placeOf(code)
}

/** What a place lies in is read where the text names it, and else follows from the code. */
function outerFact(
  { jurisdiction, names }: JurisdictionFinding,
  code: string | null,
  value: string | null,
): Fact<string> | null {
  if (value === null || jurisdiction === null) return null
  const named = names.find(({ places }) => places.length === 1 && places[0]?.code === code)
  if (named !== undefined) return read(value, [spanOf(named)])
  return { value, origin: 'inferred', evidence: jurisdiction.evidence }
}

function yearFact(found: YearFinding | null): Fact<number> | null {
  if (found === null) return null
  const { year, isStated, evidence } = found
  return { value: year, origin: isStated ? 'read' : 'inferred', evidence }
}

function bodyFact({ name, start, end }: Body): Fact<string> {
  return read(name, [{ start, end }])
}

/** The issuers as one value, over the range from the first to the last. */
function joinedIssuers(issuers: readonly Fact<string>[]): Fact<string> | null {
  const start = issuers[0]?.evidence[0]?.start
  const end = issuers.at(-1)?.evidence[0]?.end
  if (start === undefined || end === undefined) return null
  return read(issuers.map(({ value }) => value).join('; '), [{ start, end }])
}

function voiceOf(
  { folded, opening }: ReportLines,
  { jurisdiction, isNational }: JurisdictionFinding,
  issuers: readonly Body[],
): string | null {
  const names = issuers.map(({ name }) => name)
  const level = jurisdiction?.level ?? null
  const what = isNational ? 'national' : level === null ? null : levelInEnglish(level)
  if (names.some(isParty) && !names.every(isParty)) return `party+government (${names.join('、')})`
  const [first] = names
  if (first !== undefined) return [what, kindInEnglish(first)].filter(Boolean).join(' ')
  const start = opening[0]?.start ?? 0
  const both = /[省市县区州旗盟]委、([省市县区州旗盟]政府)/.exec(
    /^[^。]{0,40}/.exec(folded.slice(start))?.[0] ?? '',
  )
  const isAbove =
    both !== null && /(?:在|按照|根据)[^,;]{0,8}$/.test(folded.slice(start, start + both.index))
  if (both !== null && both.index < 16 && !isAbove) return `party+government (${both[0]})`
  return what
}

function kindInEnglish(body: string): string {
  if (isParty(body)) return 'party committee'
  return isDepartment(body) ? 'department' : 'government'
}

function levelInEnglish(level: Level): string {
  if (level === '市(直辖)') return 'municipality'
  if (level === '自治区') return 'autonomous region'
  if (level === '区(市辖区)') return 'district'
  if (level === '旗' || level === '自治旗') return 'banner'
  if (level.startsWith('市(')) return 'city'
  if (level === '街道') return 'subdistrict'
  const rank = rankOf(level)
  return rank === 'nation' ? 'national' : rank
}

function read<T>(value: T, evidence: readonly Span[]): Fact<T> {
  return { value, origin: 'read', evidence }
}

function spanOf({ start, end }: Span): Span {
  return { start, end }
}
