import { lazily } from '../text/lazily'
import { liesIn, type Place, placeNames, placeOf, rankOf } from '../text/places'

// From reports alone nobody can tell that a place has none. So the researcher says which places
// there ought to be, by choosing what they lie in, and the list of 2024 names them.

/** The steps of the hierarchy that the list of 2024 has, the highest first. */
export const EXPECTED_RANKS = ['province', 'prefecture', 'county'] as const

export type ExpectedRank = (typeof EXPECTED_RANKS)[number]

/** All places of one step within another place. */
export interface Expectation {
  /** The code of a province or prefecture; `null` for the whole country. */
  readonly within: string | null
  readonly rank: ExpectedRank
}

/** The places that are expected, each once, in order of code. Unknown codes stand for none. */
export function expectedPlaces(expectations: readonly Expectation[]): Place[] {
  const wanted = new Map<string, Place>()
  for (const { within, rank } of expectations) {
    const outer = within === null ? null : placeOf(within)
    if (within !== null && outer === null) continue
    for (const place of divisions()) {
      if (rankOf(place.level) !== rank || (outer && !liesIn(place, outer))) continue
      wanted.set(place.code ?? '', place)
    }
  }
  return [...wanted.values()].sort((a, b) => (String(a.code) < String(b.code) ? -1 : 1))
}

/** What one may expect within a place, the highest step first; nothing within a county. */
export function expectationsIn(outer: Place): Expectation[] {
  const ranks = EXPECTED_RANKS.filter(rank =>
    divisions().some(place => rankOf(place.level) === rank && liesIn(place, outer)),
  )
  return outer.code === null ? [] : ranks.map(rank => ({ within: outer.code, rank }))
}

/**
 * What places with these codes make one expect: that the others beside them have reports as well.
 * What most of them lie in comes first.
 */
export function expectationsBeside(codes: Iterable<string>): Expectation[] {
  const found = new Map<string, { readonly expectation: Expectation; count: number }>()
  for (const code of codes) {
    const place = placeOf(code)
    const expectation = place && besides(place)
    if (!expectation) continue
    const id = expectationId(expectation)
    const known = found.get(id)
    if (known) known.count++
    else found.set(id, { expectation, count: 1 })
  }
  return [...found.values()].sort((a, b) => b.count - a.count).map(({ expectation }) => expectation)
}

/** The same for equal expectations, and for no others. */
export function expectationId({ within, rank }: Expectation): string {
  return `${within ?? ''}:${rank}`
}

/** Reads what was kept of expectations; leaves out what is none. */
export function toExpectations(kept: unknown): Expectation[] {
  if (!Array.isArray(kept)) return []
  const found = kept.flatMap((each: unknown) => {
    const { within, rank } = typeof each === 'object' && each !== null ? fieldsOf(each) : {}
    const known = EXPECTED_RANKS.find(one => one === rank)
    if (known === undefined || (within !== null && typeof within !== 'string')) return []
    return [{ within, rank: known }]
  })
  return [...new Map(found.map(each => [expectationId(each), each])).values()]
}

/** The list of 2024, without the names that its places had before. */
const divisions = lazily(() => {
  const found = new Map<string, Place>()
  for (const { places } of placeNames()) {
    for (const place of places) {
      if (place.code !== null && placeOf(place.code) === place) found.set(place.code, place)
    }
  }
  return [...found.values()]
})

function besides(place: Place): Expectation | null {
  switch (rankOf(place.level)) {
    case 'province':
      return { within: null, rank: 'province' }
    case 'prefecture':
      return { within: place.provinceCode, rank: 'prefecture' }
    case 'county':
      return { within: place.parentCode, rank: 'county' }
    default:
      return null
  }
}

function fieldsOf(value: object): Record<string, unknown> {
  return { ...value }
}
