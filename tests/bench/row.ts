/** One line of the table: what was measured, and what was measured beside it in turn. */
export interface Row {
  readonly name: string
  /** Medians, in `unit`. */
  readonly ours: number
  readonly beside: number
  readonly besideName: string
  /** Ours by beside. */
  readonly ratio: number
  readonly unit: string
  readonly runs: number
  /** What house.md allows, in `unit`; `null` for figures that only explain. */
  readonly budget: number | null
  /** The ratio over which the bench ends with an error; `null` where machines differ too much. */
  readonly most: number | null
}

interface Measured {
  readonly name: string
  readonly ours: readonly number[]
  readonly beside: readonly number[] | number
  readonly besideName: string
  readonly unit?: string
  readonly budget?: number
  readonly most?: number
}

/** A row from all the runs. A single number beside is a limit rather than a peer. */
export function rowOf({
  name,
  ours,
  beside,
  besideName,
  unit = 'ms',
  budget,
  most,
}: Measured): Row {
  const mine = median(ours)
  const other = typeof beside === 'number' ? beside : median(beside)
  return {
    name,
    ours: mine,
    beside: other,
    besideName,
    ratio: mine / other,
    unit,
    runs: ours.length,
    budget: budget ?? null,
    most: most ?? null,
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  if (sorted.length % 2 === 1) return sorted[middle]!
  return (sorted[middle - 1]! + sorted[middle]!) / 2
}
