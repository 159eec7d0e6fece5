import type { ReportId } from '../domain/id'
import type { ReadVariable, Value, ValueId } from '../domain/variable'
import { valueIdOf } from '../domain/variable'
import { type Place, placeCandidates } from '../text/places'
import type { Cell } from './variables'

// Code, level, province and the prefecture above follow from which place a report is of. Whatever
// way a place is filled in, they go along, or a report would count under one place's name and
// another's code.

/** A cell that was not asked for itself: it follows from another. */
export type FollowingCell = Cell & { readonly follows: true }

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

/** The one place that a name can mean, be it in full; `null` for none or several. */
export function placeMeant(name: string): Place | null {
  const wanted = name.replace(/\s+/g, '')
  const [only, ...others] = placeCandidates(wanted).filter(place => place.name === wanted)
  return only && others.length === 0 ? only : null
}

/**
 * Cells with those added that follow from the places among them that are new to their reports,
 * unless they are among the cells themselves: of the one place that is meant, else empty, for
 * what is known is of another place.
 */
export function withPlaces(
  cells: readonly Cell[],
  kept: ReadonlyMap<ValueId, Value>,
): (Cell | FollowingCell)[] {
  if (!cells.some(({ variable }) => variable === 'place')) return [...cells]
  const given = new Set(cells.map(({ reportId, variable }) => valueIdOf(reportId, variable)))
  const meant = new Map<string, Place | null>()
  return cells.flatMap((cell): (Cell | FollowingCell)[] => {
    const { reportId, variable, value } = cell
    if (variable !== 'place') return [cell]
    const name = String(value ?? '').trim()
    if (name === String(kept.get(valueIdOf(reportId, 'place'))?.value ?? '')) return [cell]
    if (!meant.has(name)) meant.set(name, placeMeant(name))
    const place = meant.get(name)
    const following = place
      ? cellsOfPlace(reportId, place).slice(1)
      : cellsWith(reportId, { place_code: null, level: null, province: null, parent: null })
    const free = following.filter(each => !given.has(valueIdOf(reportId, each.variable)))
    return [cell, ...free.map((each): FollowingCell => ({ ...each, follows: true }))]
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
