import { useMemo, useState } from 'react'
import type { ColumnKey } from '../../../shared/analysis/report-row'
import type { Column } from './columns'
import type { Line } from './lines'
import { type Box, boxOf, type Range, type Spot } from './range'

/** What is selected, however the table is arranged meanwhile. */
interface Kept {
  readonly anchor: Named
  readonly head: Named
  readonly corner: Named | null
  /** The lines that were selected, in their order. */
  readonly lines: readonly string[]
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

/**
 * The selected cells. The current one stays so wherever its line goes; the others are selected no
 * longer once other lines stand among them, or a key would change what nobody chose.
 */
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
  const begun = kept && spotOf(kept.anchor)
  const corner = kept?.corner ? spotOf(kept.corner) : null
  const whole = head && begun && { anchor: begun, head, ...(corner ? { corner } : {}) }
  const isWhole = whole && (corner || !kept.corner) && isSame(kept.lines, linesBetween(whole))
  const range: Range | null = isWhole ? whole : head && { anchor: head, head }
  function linesBetween(spots: Range): string[] {
    const { top, bottom } = boxOf(spots)
    return lines.slice(top, bottom).map(({ key }) => key)
  }
  function keep(spots: Range): void {
    const { anchor, head, corner } = spots
    setKept({
      anchor: nameOf(anchor),
      head: nameOf(head),
      corner: corner ? nameOf(corner) : null,
      lines: linesBetween(spots),
    })
  }
  return {
    range,
    box: range && boxOf(range),
    select: (spot, { extend }) => {
      if (!lines[spot.line] || !columns[spot.column]) return
      keep({ anchor: extend && range ? range.anchor : spot, head: spot })
    },
    selectRange: keep,
  }
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((key, at) => key === b[at])
}
