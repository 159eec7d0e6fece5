import { type Place, placeOf, placesNamed } from '../text/places'
import { cellOf, type ReportRow } from './report-row'

// Of which place and year there are reports, and of which there is none. A place is what its
// division code says; one without a code is what its name, province and superior place say.

/** A place that has reports or was expected to have some. */
export interface CoveredPlace {
  /** The same for all reports of the place, and no other's. */
  readonly key: string
  readonly code: string | null
  /** As the list of 2024 has it, where the code is in it; otherwise as the first report does. */
  readonly name: string
  /** What reports call it that is not `name`, such as a former name or a slip. */
  readonly otherNames: readonly string[]
  readonly level: string | null
  readonly province: string | null
  /** What a county or the like lies in. */
  readonly parent: string | null
}

/** A place's line of the grid. */
export interface PlaceRow {
  readonly place: CoveredPlace
  /** The reports of each year, in the order of {@link Coverage.years}; empty where missing. */
  readonly cells: readonly (readonly ReportRow[])[]
  /** In how many years it has a report. */
  readonly present: number
}

/** The grid of places and years, and what stands in no cell of it. */
export interface Coverage {
  /** Ascending, with those between that no report is about; see {@link LONGEST_GAP}. */
  readonly years: readonly number[]
  /** In order of code, places without one last. */
  readonly rows: readonly PlaceRow[]
  readonly withoutPlace: readonly ReportRow[]
  readonly withoutYear: readonly ReportRow[]
  /** Reports whose place, code or year is known only as a question, wherever they stand. */
  readonly asking: readonly ReportRow[]
}

/** What a grid, or a part of it, comes to. */
export interface CoverageTotals {
  readonly cells: number
  /** Cells with one report or more. */
  readonly present: number
  /** Cells with more than one report. */
  readonly several: number
  /** How many places have a report, year by year. */
  readonly byYear: readonly number[]
}

/**
 * Years between two that reports are about are columns too, unless there are more of them than
 * this: then one of the two is a slip, or belongs to another study.
 */
export const LONGEST_GAP = 10

/** The grid of all reports whose place and year are known. Places in `expected` are always rows. */
export function coverageOf(reports: readonly ReportRow[], expected: readonly Place[]): Coverage {
  const steps = coverageSteps(reports, expected)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/** The same as {@link coverageOf} in short steps, between which others may have their turn. */
export function* coverageSteps(
  reports: readonly ReportRow[],
  expected: readonly Place[],
): Generator<undefined, Coverage> {
  const placed = new Map<string, { code: string | null; reports: ReportRow[] }>()
  const met = new Set<number>()
  const withoutPlace: ReportRow[] = []
  const withoutYear: ReportRow[] = []
  const asking: ReportRow[] = []
  for (const report of reports) {
    yield
    if (isAsking(report)) asking.push(report)
    const identity = identityOf(report)
    const year = yearOf(report)
    if (identity === null) withoutPlace.push(report)
    if (year === null) withoutYear.push(report)
    if (identity === null || year === null) continue
    met.add(year)
    const known = placed.get(identity.key)
    if (known) known.reports.push(report)
    else placed.set(identity.key, { code: identity.code, reports: [report] })
  }
  const years = yearsFrom(met)
  const rows: PlaceRow[] = []
  for (const [key, { code, reports: own }] of placed) {
    yield
    rows.push(rowFrom(placeFrom(key, code, own), own, years))
  }
  for (const { code } of expected) {
    yield
    if (code !== null && !placed.has(code)) rows.push(rowFrom(placeFrom(code, code, []), [], years))
  }
  return {
    years,
    rows: rows.sort((a, b) => (codeOrder(a) < codeOrder(b) ? -1 : 1)),
    withoutPlace,
    withoutYear,
    asking,
  }
}

/** What some rows of a grid come to; `years` is how many columns it has. */
export function totalsOf(rows: readonly PlaceRow[], years: number): CoverageTotals {
  const byYear = new Array<number>(years).fill(0)
  let present = 0
  let several = 0
  for (const { cells } of rows) {
    for (let at = 0; at < years; at++) {
      const count = cells[at]!.length
      if (count === 0) continue
      byYear[at]!++
      present++
      if (count > 1) several++
    }
  }
  return { cells: rows.length * years, present, several, byYear }
}

/** The year that a report covers, where that is known. */
export function yearOf(report: ReportRow): number | null {
  const year = cellOf(report, 'year')
  return typeof year === 'number' ? year : null
}

const NOTHING: readonly ReportRow[] = []

function rowFrom(
  place: CoveredPlace,
  reports: readonly ReportRow[],
  years: readonly number[],
): PlaceRow {
  const byYear = new Map<number | null, ReportRow[]>()
  for (const report of reports) {
    const year = yearOf(report)
    const same = byYear.get(year)
    if (same) same.push(report)
    else byYear.set(year, [report])
  }
  return { place, cells: years.map(year => byYear.get(year) ?? NOTHING), present: byYear.size }
}

function identityOf(report: ReportRow): { key: string; code: string | null } | null {
  const code = wordsOf(report, 'place_code')
  if (code !== null) return { key: code, code }
  const name = wordsOf(report, 'place')
  if (name === null) return null
  const province = wordsOf(report, 'province')
  const sole = soleCode(name, province)
  if (sole !== null) return { key: sole, code: sole }
  return { key: [name, province, wordsOf(report, 'parent')].join('\n'), code: null }
}

/** The code of the only place that is or was called so, unless it lies in another province. */
function soleCode(name: string, province: string | null): string | null {
  const named = placesNamed(name)
  const [place, another] = named?.places ?? []
  if (!named?.isFull || place === undefined || another !== undefined) return null
  return province === null || province === place.province ? place.code : null
}

function placeFrom(key: string, code: string | null, reports: readonly ReportRow[]): CoveredPlace {
  const listed = code === null ? null : placeOf(code)
  const names = new Set(reports.map(report => wordsOf(report, 'place')))
  const first = (variable: 'level' | 'province' | 'parent') =>
    reports.map(report => wordsOf(report, variable)).find(words => words !== null) ?? null
  const said = [...names].filter(name => name !== null)
  const name = listed?.name ?? said[0] ?? code ?? ''
  return {
    key,
    code,
    name,
    otherNames: said.filter(other => other !== name),
    level: listed?.level ?? first('level'),
    province: listed?.province ?? first('province'),
    parent: listed ? listed.parent : first('parent'),
  }
}

function yearsFrom(met: ReadonlySet<number>): number[] {
  const years: number[] = []
  for (const year of [...met].sort((a, b) => a - b)) {
    const last = years.at(-1)
    if (last !== undefined && year - last - 1 <= LONGEST_GAP) {
      for (let between = last + 1; between < year; between++) years.push(between)
    }
    years.push(year)
  }
  return years
}

function isAsking({ values }: ReportRow): boolean {
  return (['place', 'place_code', 'year'] as const).some(
    variable => values.get(variable)?.origin === 'ask',
  )
}

function wordsOf(
  report: ReportRow,
  variable: 'place' | 'place_code' | 'province' | 'parent' | 'level',
): string | null {
  const words = String(cellOf(report, variable) ?? '').trim()
  return words === '' ? null : words
}

/** Codes are digits, so that what has none comes after them. */
function codeOrder({ place }: PlaceRow): string {
  return place.code === null ? `~${place.key}` : place.code
}
