import { useMemo, useState } from 'react'
import type { ColumnKey } from '../../../shared/analysis/report-row'
import type { Column } from './columns'
import type { Line } from './lines'
import { type Box, boxOf, type Range, type Spot } from './range'

/** What is selected, however the table is arranged meanwhile. */
interface Kept {
  readonly anchor: Named
  readonly head: Named
}

/** A cell by what it is of, since its place changes. */
interface Named {
  readonly line: string
  readonly column: ColumnKey
}

export interface Selection {
  /** By places; `null` until something is selected, and when its line or column is shown no more. */
  readonly range: Range | null
  readonly box: Box | null
  /** Selects one cell, or with `extend` all from where the selection was begun. */
  select(spot: Spot, options: { readonly extend: boolean }): void
  selectRange(range: Range): void
}

/** The selected cells. They stay selected when lines are sorted, or columns hidden beside them. */
export function useSelection(lines: readonly Line[], columns: readonly Column[]): Selection {
  const [kept, setKept] = useState<Kept | null>(null)
  const lineOf = useMemo(() => new Map(lines.map(({ key }, at) => [key as string, at])), [lines])
  const spotOf = (named: Named): Spot | null => {
    const line = lineOf.get(named.line)
    const column = columns.findIndex(({ key }) => key === named.column)
    return line === undefined || column < 0 ? null : { line, column }
  }
  const nameOf = ({ line, column }: Spot): Named => ({
    line: lines[line]!.key,
    column: columns[column]!.key,
  })
  const head = kept && spotOf(kept.head)
  const anchor = kept && (spotOf(kept.anchor) ?? head)
  const range = head && anchor ? { anchor, head } : null
  return {
    range,
    box: range && boxOf(range),
    select: (spot, { extend }) => {
      if (!lines[spot.line] || !columns[spot.column]) return
      const named = nameOf(spot)
      setKept({ anchor: extend && kept ? kept.anchor : named, head: named })
    },
    selectRange: range => setKept({ anchor: nameOf(range.anchor), head: nameOf(range.head) }),
  }
}
