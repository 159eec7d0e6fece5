import { READ_VARIABLES, type ReadVariable, type Value, type Variable } from '../domain/variable'
import { type CodePointIndex, codePointIndex } from '../text/code-points'
import type { Fact, ReportMeta } from '../text/meta'
import { type Place, placeCandidates, placeOf } from '../text/places'
import { type InspectedSpan, spanIn } from './inspection-span'

// The variables of a report as `codicil inspect` says them. What the project has decided goes
// before what the text says: a value by hand or from a table, and a value that was taken out.

/** Where a value comes from. Both are `null` in a value that has no place in the text. */
export type InspectedEvidence = (InspectedSpan | Nowhere) & {
  readonly text: string | null
  /** One of `VALUE_ORIGINS`. */
  readonly origin: string
}

interface Nowhere {
  readonly start_cp: null
  readonly end_cp: null
  readonly start_utf16: null
  readonly end_utf16: null
}

/** A place that a name may mean. */
export interface InspectedPlace {
  readonly name: string
  readonly code: string | null
  readonly province: string
}

type Plain = string | number | boolean | null

/** `null` where nothing is known. */
export interface InspectedMeta {
  readonly title: Plain
  /** A title in our words, where the text has none. */
  readonly inferred_title: Plain
  /** What the inferred title rests on, in the words of the text. */
  readonly title_evidence: string | null
  readonly jurisdiction: Plain
  /** Where a name is left open, the places that it may mean; `jurisdiction` is then as written. */
  readonly candidates: readonly InspectedPlace[]
  readonly code: Plain
  readonly level: Plain
  readonly province: Plain
  readonly province_code: Plain
  readonly parent: Plain
  readonly parent_code: Plain
  readonly year_covered: Plain
  /** A report on several years. */
  readonly period: { readonly from: number; readonly to: number } | null
  readonly publish_date: Plain
  readonly signatories: readonly string[]
  readonly issuers: readonly string[]
  readonly voice: string | null
  /** The researcher's own variables, by name. */
  readonly variables: Readonly<Record<string, Plain>>
  /** Of every field that has a value, and of every own variable; `signatories` has one for each. */
  readonly evidence: Readonly<Record<string, InspectedEvidence | readonly InspectedEvidence[]>>
}

export interface MetaSubject {
  readonly text: string
  readonly meta: ReportMeta
  /** What the project has of the report. */
  readonly values: readonly Value[]
  /** Whether the project ever had what was read of it: then what it lacks was taken out. */
  readonly wasRead: boolean
  /** The researcher's own variables. */
  readonly variables: readonly Variable[]
}

/** A value with where it is from. */
interface Finding {
  readonly value: string | number | boolean
  readonly origin: string
  readonly start: number | null
  readonly end: number | null
}

/** A report's variables in the words of the interface. */
export function inspectedMeta(subject: MetaSubject): InspectedMeta {
  const { text, meta, values, variables } = subject
  const index = codePointIndex(text)
  const found = withPlace(findingsOf(subject), meta)
  const evidence: Record<string, InspectedEvidence | InspectedEvidence[]> = {}
  const note = (field: string, finding: Finding | null): Plain => {
    if (finding) evidence[field] = evidenceOf(finding, text, index)
    return finding?.value ?? null
  }
  const title = found.title
  const isInferred = title?.origin === 'inferred'
  const issuers = splitIssuers(found.issuers)
  const areIssuersGiven = isGiven(found.issuers) || found.issuers === null
  const own = values.filter(({ variable }) => !isRead(variable))
  const inspected = {
    title: note('title', isInferred ? null : title),
    inferred_title: note('inferred_title', isInferred ? title : null),
    title_evidence: isInferred ? whyInferred(meta, text) : null,
    jurisdiction: note('jurisdiction', found.place),
    candidates: found.place?.origin === 'ask' ? meta.candidates.map(asCandidate) : [],
    code: note('code', found.place_code),
    level: note('level', found.level),
    province: note('province', found.province),
    province_code: note('province_code', found.province_code),
    parent: note('parent', found.parent),
    parent_code: note('parent_code', found.parent_code),
    year_covered: note('year_covered', found.year),
    period: meta.period && { from: meta.period.from, to: meta.period.to },
    publish_date: note('publish_date', found.date),
    signatories: areIssuersGiven ? issuers : meta.signatories.map(({ value }) => value),
    issuers,
    voice: meta.voice,
    variables: Object.fromEntries(
      variables.flatMap(({ id, name }) => {
        const value = own.find(each => each.variable === id)
        return value ? [[name, note(name, value)]] : []
      }),
    ),
    evidence,
  }
  note('issuers', found.issuers)
  if (inspected.signatories.length > 0) {
    const signed = areIssuersGiven
      ? [found.issuers!]
      : meta.signatories.map(fact => findingOf(fact)!)
    evidence.signatories = signed.map(each => evidenceOf(each, text, index))
  }
  return inspected
}

type Findings = Record<ReadVariable | 'province_code' | 'parent_code', Finding | null>

/** What the project says of each variable, or, where it never had values, the text. */
function findingsOf({ meta, values, wasRead }: MetaSubject): Findings {
  const facts: Record<ReadVariable, Fact<string | number> | null> = {
    title: meta.title ?? meta.inferredTitle,
    place: meta.jurisdiction,
    place_code: meta.code,
    level: meta.level,
    province: meta.province,
    parent: meta.parent,
    year: meta.yearCovered,
    date: meta.publishDate,
    issuers: null,
  }
  // Own variables say nothing of whether the report was ever read for the others.
  const kept = new Map(
    values.filter(({ variable }) => isRead(variable)).map(value => [value.variable, value]),
  )
  const findings = Object.fromEntries(
    READ_VARIABLES.map((variable): [ReadVariable, Finding | null] => {
      if (wasRead || kept.size > 0) return [variable, kept.get(variable) ?? null]
      return [variable, variable === 'issuers' ? joined(meta) : findingOf(facts[variable])]
    }),
  ) as Record<ReadVariable, Finding | null>
  return {
    ...findings,
    // A code goes with the name that it is of.
    province_code: findings.province && findingOf(meta.provinceCode),
    parent_code: findings.parent && findingOf(meta.parentCode),
  }
}

/** A place that somebody decided on brings what follows from it, unless that was decided too. */
function withPlace(found: Findings, meta: ReportMeta): Findings {
  const place = isGiven(found.place_code)
    ? placeOf(String(found.place_code!.value))
    : isGiven(found.place)
      ? placeMeant(String(found.place!.value), found, meta)
      : null
  if (!place) return isGiven(found.place) ? withoutCodes(found) : found
  const { origin } = isGiven(found.place_code) ? found.place_code! : found.place!
  const following = (finding: Finding | null, value: string | null): Finding | null => {
    if (isGiven(finding) || finding?.value === value) return finding
    return value === null ? null : { value, origin, start: null, end: null }
  }
  return {
    ...found,
    place: following(found.place, place.name),
    place_code: following(found.place_code, place.code),
    level: following(found.level, place.level),
    province: following(found.province, place.province),
    province_code: following(found.province_code, place.provinceCode),
    parent: following(found.parent, place.parent),
    parent_code: following(found.parent_code, place.parentCode),
  }
}

/** The place of that name, if the name or what else is known of it leaves but one. */
function placeMeant(name: string, found: Findings, meta: ReportMeta): Place | null {
  const called = placeCandidates(name).filter(place => place.name === name)
  if (called.length < 2) return called[0] ?? null
  const known = [found.place_code?.value, found.province?.value, meta.province?.value]
  const fitting = called.filter(
    ({ code, province }) => known.includes(code ?? '') || known.includes(province),
  )
  return fitting.length === 1 ? fitting[0]! : null
}

/** Codes that were read belong to the place that was read. */
function withoutCodes(found: Findings): Findings {
  return {
    ...found,
    place_code: isGiven(found.place_code) ? found.place_code : null,
    province_code: null,
    parent_code: null,
  }
}

/** Whether a person or a table has decided. */
function isGiven(finding: Finding | null): boolean {
  return finding?.origin === 'by-hand' || finding?.origin === 'table'
}

function isRead(variable: string): boolean {
  return READ_VARIABLES.some(each => each === variable)
}

function findingOf(fact: Fact<string | number> | null): Finding | null {
  if (!fact) return null
  const [span] = fact.evidence
  const { value, origin } = fact
  return { value, origin, start: span?.start ?? null, end: span?.end ?? null }
}

/** All issuers as one finding, as they are kept. */
function joined({ issuers }: ReportMeta): Finding | null {
  const [first] = issuers
  if (!first) return null
  const value = issuers.map(each => each.value).join('; ')
  const end = issuers.at(-1)!.evidence[0]?.end ?? null
  return { ...findingOf(first)!, value, end }
}

function splitIssuers(finding: Finding | null): string[] {
  if (!finding) return []
  return String(finding.value)
    .split(/[;\uff1b]/)
    .map(each => each.trim())
    .filter(each => each !== '')
}

/** Why there is a title that the text does not have, and the stretches that it is made of. */
function whyInferred({ inferredTitle, jurisdiction }: ReportMeta, text: string): string {
  const place = jurisdiction?.evidence.slice(0, 1) ?? []
  const stretches = [...(inferredTitle?.evidence ?? []), ...place]
  const quotes = stretches.map(({ start, end }) => `"${text.slice(start, end)}"`)
  return ['no title line', ...(quotes.length > 0 ? [[...new Set(quotes)].join(' + ')] : [])].join(
    '; ',
  )
}

function evidenceOf(
  { origin, start, end }: Finding,
  text: string,
  index: CodePointIndex,
): InspectedEvidence {
  if (start === null || end === null) {
    const nowhere = { start_cp: null, end_cp: null, start_utf16: null, end_utf16: null }
    return { ...nowhere, text: null, origin }
  }
  return { ...spanIn(index, { start, end }), text: text.slice(start, end), origin }
}

function asCandidate({ name, code, province }: Place): InspectedPlace {
  return { name, code, province }
}
