import { LEVELS, type Level, rankOf } from './places'

/** A report's date beside a day by which it was due. */
export interface Timeliness {
  /** `submission`: to those above. `publication`: to everybody. */
  readonly duty: 'submission' | 'publication'
  /** The day before which the report is due, such as `2024-03-01`. */
  readonly deadline: string
  /** `unclear` where the date names only a month or year in which the deadline falls. */
  readonly standing: 'before' | 'on' | 'after' | 'unclear'
  /** Days from the deadline to the date: negative before it; `null` where the date has no day. */
  readonly days: number | null
}

/**
 * How a report on a year stands to the deadlines of the following one: before 1 March it goes to
 * the government above, from a province to the centre before 1 April; before 1 April it is
 * published. A province has both on one day.
 *
 * `date` is `2024`, `2024-01` or `2024-01-29`. Empty where level, year or date is missing or
 * no such thing.
 */
export function timelinessOf(
  level: string | null,
  yearCovered: number | null,
  date: string | null,
): Timeliness[] {
  if (yearCovered === null || date === null || !isDate(date)) return []
  const known = LEVELS.find(one => one === level)
  if (known === undefined) return []
  const submission = `${yearCovered + 1}-${isSubmittedInApril(known) ? '04' : '03'}-01`
  const publication = `${yearCovered + 1}-04-01`
  return [
    { duty: 'submission', deadline: submission, ...standingOf(date, submission) },
    { duty: 'publication', deadline: publication, ...standingOf(date, publication) },
  ]
}

/** Ministries and provinces report to the centre. */
function isSubmittedInApril(level: Level): boolean {
  const rank = rankOf(level)
  return rank === 'nation' || rank === 'province'
}

function standingOf(date: string, deadline: string): Pick<Timeliness, 'standing' | 'days'> {
  if (date.length < deadline.length) {
    const due = deadline.slice(0, date.length)
    // Both deadlines are the first of a month: a date in that month is on or after it.
    if (date === due) return { standing: 'unclear', days: null }
    return { standing: date < due ? 'before' : 'after', days: null }
  }
  const days = Math.round((Date.parse(date) - Date.parse(deadline)) / 86_400_000)
  return { standing: days < 0 ? 'before' : days === 0 ? 'on' : 'after', days }
}

function isDate(date: string): boolean {
  return /^\d{4}(?:-\d{2}(?:-\d{2})?)?$/.test(date) && !Number.isNaN(Date.parse(date))
}
