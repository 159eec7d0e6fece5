import type { ColumnKey } from '../../../shared/analysis/report-row'
import { categoriesOf } from '../../../shared/domain/variable'
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
