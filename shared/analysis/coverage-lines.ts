import { LEVELS } from '../text/places'
import { type CoverageTotals, type PlaceRow, totalsOf } from './coverage'
import { folded } from './report-filter'

// Which rows of the coverage grid are shown, in which order, and under which headings.

export const COVERAGE_SORTS = ['name', 'code', 'missing'] as const

export type CoverageSort = (typeof COVERAGE_SORTS)[number]

export const COVERAGE_GROUPS = ['none', 'province', 'parent'] as const

export type CoverageGroup = (typeof COVERAGE_GROUPS)[number]

/** What is to be shown of a grid. */
export interface CoverageWish {
  /** Words that a place's names, code, province or superior place must have in them. */
  readonly text: string
  /** `null` for all. */
  readonly level: string | null
  readonly province: string | null
  /** `name`: by pinyin. `missing`: those with most missing years first. */
  readonly sort: CoverageSort
  /** `parent`: a prefecture and what lies in it. */
  readonly group: CoverageGroup
  /** The keys of groups whose places are hidden. */
  readonly folded: readonly string[]
}

/** A line of the grid as it is shown. */
export type CoverageLine =
  | { readonly kind: 'place'; readonly key: string; readonly row: PlaceRow }
  | {
      readonly kind: 'group'
      readonly key: string
      /** Empty for the places of which the province or superior is not known. */
      readonly label: string
      readonly places: number
      readonly totals: CoverageTotals
      readonly isFolded: boolean
    }

/** The rows that meet a wish, in its order; groups make no difference. */
export function wantedRows(rows: readonly PlaceRow[], wish: CoverageWish): PlaceRow[] {
  const words = folded(wish.text).split(/\s+/)
  return rows
    .filter(({ place }) => {
      if (wish.level !== null && place.level !== wish.level) return false
      if (wish.province !== null && place.province !== wish.province) return false
      if (wish.text.trim() === '') return true
      const { name, otherNames, code, province, parent } = place
      const text = folded([name, ...otherNames, code, province, parent].join('\n'))
      return words.every(word => text.includes(word))
    })
    .sort(comparisonFor(wish.sort))
}

/** The lines that wanted rows make, with their groups before them. */
export function linesOf(
  rows: readonly PlaceRow[],
  { group, folded: closed, sort }: CoverageWish,
): CoverageLine[] {
  if (group === 'none') return rows.map(lineOf)
  const groups = new Map<string, PlaceRow[]>()
  for (const row of rows) {
    const key = groupKey(row, group)
    const same = groups.get(key)
    if (same) same.push(row)
    else groups.set(key, [row])
  }
  const headed = [...groups].map(([key, own]) => ({
    key: `group\n${key}`,
    label: key.split('\n').at(-1) ?? '',
    own,
    totals: totalsOf(own, own[0]!.cells.length),
  }))
  if (sort === 'name') headed.sort((a, b) => byName.compare(a.label, b.label))
  if (sort === 'missing') {
    headed.sort((a, b) => b.totals.cells - b.totals.present - (a.totals.cells - a.totals.present))
  }
  return headed.flatMap(({ key, label, own, totals }): CoverageLine[] => {
    const isFolded = closed.includes(key)
    const head = { kind: 'group', key, label, places: own.length, totals, isFolded } as const
    return [head, ...(isFolded ? [] : own.map(lineOf))]
  })
}

/** The levels and provinces that places have, to choose from. */
export function choicesIn(rows: readonly PlaceRow[]): { levels: string[]; provinces: string[] } {
  const levels = new Set(rows.flatMap(({ place }) => place.level ?? []))
  const provinces = new Set(rows.flatMap(({ place }) => place.province ?? []))
  const rank = (level: string) => {
    const found = (LEVELS as readonly string[]).indexOf(level)
    return found < 0 ? LEVELS.length : found
  }
  return {
    levels: [...levels].sort((a, b) => rank(a) - rank(b)),
    // Rows come in order of code, and so do their provinces.
    provinces: [...provinces],
  }
}

const byName = new Intl.Collator('zh-u-co-pinyin', { numeric: true })

function comparisonFor(sort: CoverageSort): (a: PlaceRow, b: PlaceRow) => number {
  switch (sort) {
    case 'name':
      return (a, b) => byName.compare(a.place.name, b.place.name)
    case 'missing':
      return (a, b) => a.present - b.present
    case 'code':
      return () => 0
  }
}

function lineOf(row: PlaceRow): CoverageLine {
  return { kind: 'place', key: row.place.key, row }
}

function groupKey({ place }: PlaceRow, group: 'province' | 'parent'): string {
  const { province, parent, name } = place
  if (group === 'province') return province ?? ''
  // A prefecture heads the group of what lies in it.
  return `${province ?? ''}\n${parent ?? name}`
}
