import type { RowGroup } from '../../../shared/analysis/arrange-rows'
import type { Cell, ReportRow } from '../../../shared/analysis/report-row'
import type { ReportId } from '../../../shared/domain/id'

/** A line of the table: a report, or the head of those that have something in common. */
export type Line =
  | {
      readonly kind: 'row'
      readonly key: ReportId
      readonly row: ReportRow
      /** Its number among the reports shown, from 1. */
      readonly number: number
    }
  | {
      readonly kind: 'group'
      readonly key: string
      readonly value: Cell
      readonly count: number
      readonly isOpen: boolean
    }

/** Names a group's line, and a folded group in the session. */
export function groupKey(value: Cell): string {
  return `group ${value === null ? '' : `${typeof value} ${value}`}`
}

/** The lines of groups, with those of folded groups left out. Reports that are gone are skipped. */
export function linesOf(
  groups: readonly RowGroup[],
  rows: ReadonlyMap<ReportId, ReportRow>,
  { isGrouped, folded }: { readonly isGrouped: boolean; readonly folded: ReadonlySet<string> },
): Line[] {
  let number = 0
  return groups.flatMap(({ value, ids }): Line[] => {
    const key = groupKey(value)
    const isOpen = !isGrouped || !folded.has(key)
    const there = ids.filter(id => rows.has(id))
    const head: Line = { kind: 'group', key, value, count: there.length, isOpen }
    const lineOf = (id: ReportId): Line => {
      number++
      return { kind: 'row', key: id, row: rows.get(id)!, number }
    }
    const below = isOpen ? there.map(lineOf) : []
    return isGrouped ? [head, ...below] : below
  })
}
