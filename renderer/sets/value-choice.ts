import type { Condition } from '../../shared/analysis/report-filter'
import type { ColumnKey } from '../../shared/analysis/report-row'

// A list of values with boxes to tick. Whoever begins with all and takes some away means that
// values to come are in; whoever begins with none and picks some means that they are not.

/** Tells of a value whether a condition has it ticked: all are without one on values. */
export function ticksOf(condition: Condition | null): (text: string) => boolean {
  if (condition?.is === 'one-of') {
    const values = new Set(condition.values)
    return text => values.has(text)
  }
  if (condition?.is === 'none-of') {
    const values = new Set(condition.values)
    return text => !values.has(text)
  }
  return () => true
}

/** What {@link conditionOfTicks} needs to know. */
export interface Ticks {
  readonly column: ColumnKey
  /** The values that can be ticked. */
  readonly values: readonly string[]
  readonly isTicked: (text: string) => boolean
}

/**
 * The condition that ticked boxes stand for; `null` where all are ticked. What `before` says of
 * values that are not in the list is kept.
 */
export function conditionOfTicks(
  before: Condition | null,
  { column, values, isTicked }: Ticks,
): Condition | null {
  const ticked = values.filter(isTicked)
  if (ticked.length === values.length) return null
  const listed = new Set(values)
  const kept = (is: 'one-of' | 'none-of') =>
    before?.is === is ? before.values.filter(text => !listed.has(text)) : []
  if (before?.is === 'one-of' || ticked.length === 0) {
    return { column, is: 'one-of', values: [...kept('one-of'), ...ticked] }
  }
  const others = values.filter(text => !isTicked(text))
  return { column, is: 'none-of', values: [...kept('none-of'), ...others] }
}
