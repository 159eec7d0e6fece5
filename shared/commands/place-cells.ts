import type { ReportId } from '../domain/id'
import type { ReadVariable, Value, ValueId } from '../domain/variable'
import { valueIdOf } from '../domain/variable'
import { type Place, placeOf, placesCalled } from '../text/places'
import type { Cell } from './variables'

// Code, level, province and the prefecture above follow from which place a report is of. Whatever
// way a place is filled in, they go along, or a report would count under one place's name and
// another's code.

/** A cell that was not asked for itself: it follows from another. */
export type FollowingCell = Cell & { readonly follows: true }

/** A place whose name several have, and that nothing beside it tells from the others. */
export type AskingCell = Cell & { readonly asks: true }

/** All cells that say of a report that it is of this place. */
export function cellsOfPlace(reportId: ReportId, place: Place): Cell[] {
  return cellsWith(reportId, {
    place: place.name,
    place_code: place.code,
    level: place.level,
    province: place.province,
    parent: place.parent,
  })
}

/** The one place that a name or code can mean, alone or after what it lies in; `null` for none or several. */
export function placeMeant(name: string): Place | null {
  const [only, ...others] = placesCalled(name)
  return only && others.length === 0 ? only : null
}

/**
 * Cells with those added that follow from the places among them that are new to their reports,
 * unless they are among the cells themselves: of the one place that is meant, else empty, for
 * what is known is of another place. A code says which place is meant, alone or beside its name;
 * a name that several places have, and no code tells apart, asks.
 */
export function withPlaces(
  cells: readonly Cell[],
  kept: ReadonlyMap<ValueId, Value>,
): (Cell | FollowingCell | AskingCell)[] {
  const isOfPlace = ({ variable }: Cell) => variable === 'place' || variable === 'place_code'
  if (!cells.some(isOfPlace)) return [...cells]
  const given = new Map(
    cells.map(({ reportId, variable, value }) => [valueIdOf(reportId, variable), value]),
  )
  const called = new Map<string, readonly Place[]>()
  const placesOf = (name: string) => {
    const known = called.get(name)
    if (known) return known
    const places = placesCalled(name)
    called.set(name, places)
    return places
  }
  const textAt = (
    of: { get(id: ValueId): unknown },
    reportId: ReportId,
    variable: ReadVariable,
  ) => {
    const found = of.get(valueIdOf(reportId, variable))
    return String((isRow(found) ? found.value : found) ?? '').trim()
  }
  const following = (reportId: ReportId, place: Place | null) =>
    (place ? cellsOfPlace(reportId, place) : cellsWith(reportId, NOTHING_KNOWN))
      .filter(each => !given.has(valueIdOf(reportId, each.variable)))
      .map((each): FollowingCell => ({ ...each, follows: true }))
  return cells.flatMap((cell): (Cell | FollowingCell | AskingCell)[] => {
    const { reportId, variable, value } = cell
    if (!isOfPlace(cell)) return [cell]
    const typed = String(value ?? '').trim()
    if (variable === 'place_code') {
      const place = placeOf(typed.normalize('NFKC'))
      const isNew = typed !== textAt(kept, reportId, 'place_code')
      if (!place || !isNew || given.has(valueIdOf(reportId, 'place'))) return [cell]
      return [{ ...cell, value: place.code }, ...following(reportId, place)]
    }
    const places = placesOf(typed)
    const beside = textAt(given, reportId, 'place_code')
    const meant =
      places.find(({ code }) => code === beside) ?? (places.length === 1 ? places[0] : null)
    const before = kept.get(valueIdOf(reportId, 'place'))
    if (typed === String(before?.value ?? '') && before?.origin !== 'ask' && !meant) return [cell]
    if (meant) {
      const isSame = meant.name === before?.value && before.origin !== 'ask'
      const keptCode = textAt(kept, reportId, 'place_code')
      // Another place may have the same name; a code that is in no list says nothing against it.
      const coded = placeOf(keptCode)
      const isKnown = isSame && keptCode !== '' && (!coded || coded.code === meant.code)
      // What a researcher has said of this very place stays.
      return [{ ...cell, value: meant.name }, ...(isKnown ? [] : following(reportId, meant))]
    }
    const named: Cell | AskingCell =
      places.length > 1 && beside === '' ? { ...cell, asks: true } : cell
    return [named, ...following(reportId, null)]
  })
}

const NOTHING_KNOWN = { place_code: null, level: null, province: null, parent: null }

function isRow(found: unknown): found is Value {
  return typeof found === 'object' && found !== null && 'value' in found
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
