import type { ColumnKey } from '../../shared/analysis/report-row'
import type { VariableType } from '../../shared/domain/variable'
import { checkedValue } from '../../shared/domain/variable-value'

/** Which column a range is for, and which of its ends is meant. */
export interface RangeEnd {
  readonly column: ColumnKey
  readonly type: VariableType
  readonly side: 'from' | 'to'
}

/** Whether the ends of a range are typed as dates. */
export function isRangeOfDates({ column, type }: Pick<RangeEnd, 'column' | 'type'>): boolean {
  return type === 'date' || column === 'addedAt'
}

/**
 * What was typed for an end of a range, as a condition has it: `null` for an open end,
 * `undefined` for what is neither number nor date.
 */
export function endOf(typed: string, end: RangeEnd): number | string | null | undefined {
  if (typed.trim() === '') return null
  const { column, side } = end
  const type = isRangeOfDates(end) ? 'date' : 'number'
  const value = checkedValue(typed, { type, categories: null, isYear: column === 'year' })
  if (value === null || typeof value === 'boolean') return undefined
  return column === 'addedAt' ? momentOf(String(value), side) : value
}

/** An end of a range as it is typed. */
export function typedEnd(value: number | string | null, { column }: RangeEnd): string {
  if (value === null) return ''
  return column === 'addedAt' ? dayOf(Number(value)) : String(value)
}

/** The first or the last moment of a day, month or year, by this machine's clock. */
function momentOf(date: string, side: RangeEnd['side']): number {
  const [year = 0, month, day] = date.split('-').map(Number)
  if (side === 'from') return new Date(year, (month ?? 1) - 1, day ?? 1).getTime()
  const next =
    month === undefined
      ? new Date(year + 1, 0, 1)
      : day === undefined
        ? new Date(year, month, 1)
        : new Date(year, month - 1, day + 1)
  return next.getTime() - 1
}

function dayOf(ms: number): string {
  const at = new Date(ms)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
}
