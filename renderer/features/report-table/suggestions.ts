import type { ColumnKey } from '../../../shared/analysis/report-row'
import type { Cell } from '../../../shared/commands/variables'
import type { ReportId } from '../../../shared/domain/id'
import { categoriesOf, type ReadVariable } from '../../../shared/domain/variable'
import { LEVELS, type Place, placeCandidates } from '../../../shared/text/places'
import type { Column } from './columns'

/** Something that a cell may well be filled with. */
export interface Suggestion {
  readonly key: string
  readonly value: string
  /** What tells it from others of the same name; empty where nothing must. */
  readonly detail: string
  /** The place that is meant, in a column of places. */
  readonly place: Place | null
}

const MOST = 8

/** What to offer below a cell while it is typed in, the likeliest first. */
export function suggestionsFor(
  { key, own }: Pick<Column, 'key' | 'own'>,
  typed: string,
  yesNo: readonly [yes: string, no: string],
): Suggestion[] {
  if (key === 'place') return placeSuggestions(typed)
  const options = optionsOf(key, own, yesNo)
  const wanted = typed.trim()
  return options
    .filter(option => option.includes(wanted) && option !== wanted)
    .slice(0, MOST)
    .map(value => ({ key: value, value, detail: '', place: null }))
}

/** The places of a name, each with what it lies in and its code. */
export function placeSuggestions(typed: string): Suggestion[] {
  return placeCandidates(typed)
    .slice(0, MOST)
    .map(place => ({
      key: `${place.code ?? ''} ${place.name} ${place.provinceCode}`,
      value: place.name,
      detail: detailOf(place),
      place,
    }))
}

/** The one place that a name can mean, be it in full; `null` for none or several. */
export function placeMeant(name: string): Place | null {
  const wanted = name.replace(/\s+/g, '')
  const [only, ...others] = placeCandidates(wanted).filter(place => place.name === wanted)
  return only && others.length === 0 ? only : null
}

/**
 * All cells that follow from which place a report is of. What is known of it from elsewhere is
 * overwritten, or place and code would contradict one another.
 */
export function cellsOfPlace(reportId: ReportId, place: Place): Cell[] {
  return cellsWith(reportId, {
    place: place.name,
    place_code: place.code,
    level: place.level,
    province: place.province,
    parent: place.parent,
  })
}

/**
 * Cells with those added that follow from a place among them, unless they are among the cells
 * themselves: of the one place that is meant, else none, for what was known was of another place.
 */
export function withPlaces(cells: readonly Cell[]): Cell[] {
  const given = new Set(cells.map(({ reportId, variable }) => `${reportId} ${variable}`))
  const meant = new Map<string, Place | null>()
  return cells.flatMap(cell => {
    const { reportId, variable, value } = cell
    if (variable !== 'place') return [cell]
    const name = String(value ?? '')
    if (!meant.has(name)) meant.set(name, placeMeant(name))
    const place = meant.get(name)
    const following = place
      ? cellsOfPlace(reportId, place)
      : cellsWith(reportId, { place_code: null, level: null, province: null, parent: null })
    return [cell, ...following.filter(each => !given.has(`${each.reportId} ${each.variable}`))]
  })
}

function cellsWith(
  reportId: ReportId,
  values: Partial<Record<ReadVariable, string | null>>,
): Cell[] {
  return Object.entries(values).map(([variable, value]) => ({
    reportId,
    variable: variable as ReadVariable,
    value: value ?? null,
  }))
}

function optionsOf(
  key: ColumnKey,
  own: Column['own'],
  yesNo: readonly [yes: string, no: string],
): readonly string[] {
  if (key === 'level') return LEVELS
  if (own?.type === 'category') return categoriesOf(own)
  return own?.type === 'yesno' ? yesNo : []
}

function detailOf({ name, province, parent, code }: Place): string {
  const above = [province, parent].filter(each => each !== null && each !== name)
  return [...new Set(above), code ?? ''].filter(Boolean).join(' ')
}
