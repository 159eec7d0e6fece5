import type { Heading, Structure, StructureWarning } from '../../../shared/domain/structure'
import { firstIndex } from './first-index'

/** A heading as a line of the outline. */
export interface OutlineRow {
  /** The heading's start, by which a fold outlives a new reading of the structure. */
  readonly key: string
  readonly heading: Heading
  /** 1 at the outside: how many headings it stands under, plus one. */
  readonly depth: number
  /** `null` where no heading stands under it. */
  readonly isExpanded: boolean | null
  /** What is odd in its numbering, if anything. */
  readonly warning: StructureWarning | null
}

/** The headings that are not folded away, in reading order. */
export function outlineRows(structure: Structure, folded: ReadonlySet<string>): OutlineRow[] {
  const { headings, warnings } = structure
  const warningAt = new Map(warnings.map(warning => [warning.start, warning]))
  const parents = new Set(headings.map(({ parent }) => parent))
  const depths = new Map<number, number>()
  const hidden = new Set<number>()
  const rows: OutlineRow[] = []
  for (const heading of headings) {
    const { n, parent, start } = heading
    const depth = parent === null ? 1 : (depths.get(parent) ?? 0) + 1
    depths.set(n, depth)
    const key = keyOf(heading)
    const isFolded = folded.has(key)
    const isHidden = parent !== null && hidden.has(parent)
    if (isHidden || isFolded) hidden.add(n)
    if (isHidden) continue
    rows.push({
      key,
      heading,
      depth,
      isExpanded: parents.has(n) ? !isFolded : null,
      warning: warningAt.get(start) ?? null,
    })
  }
  return rows
}

/** The row that stands for a place: of the last heading at or before it, or of the fold that holds that. */
export function rowAt(rows: readonly OutlineRow[], offset: number): OutlineRow | null {
  const next = firstIndex(rows.length, i => rows[i]!.heading.start > offset)
  return rows[next - 1] ?? null
}

/** Names a heading's row. */
export function keyOf({ start }: Heading): string {
  return `h${start}`
}
