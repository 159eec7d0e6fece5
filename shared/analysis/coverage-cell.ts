import type { Timeliness } from '../text/timeliness'
import type { ReportRow } from './report-row'
import { cellOf, standingOf } from './report-row'

// What a cell of the coverage grid says: that there is a report, how its date stands to a
// deadline, how long it is or how much of it is coded. Where there are several, it says so first.

/** What the cells of a grid are asked for. */
export const COVERAGE_MODES = ['present', 'timeliness', 'characters', 'codings'] as const

export type CoverageMode = (typeof COVERAGE_MODES)[number]

/** A mode, and for timeliness which of the two deadlines counts. */
export interface CoverageQuestion {
  readonly mode: CoverageMode
  readonly duty: Timeliness['duty']
}

/** How a report stands to a deadline. */
export const STANDINGS = ['before', 'on', 'after', 'unclear', 'no-date', 'no-level'] as const

/** `no-date` and `no-level` where one of these is missing, so that nothing can be said. */
export type Standing = (typeof STANDINGS)[number]

/** A report's standing to a deadline, in days from it where both have a day. */
export interface ReportStanding {
  readonly standing: Standing
  readonly days: number | null
}

/** What a cell says. */
export type CoverageAnswer =
  | { readonly is: 'missing' }
  | { readonly is: 'several'; readonly count: number }
  | { readonly is: 'present' }
  | ({ readonly is: 'dated' } & ReportStanding)
  | { readonly is: 'figure'; readonly figure: number }

/** What a cell with these reports says. */
export function answerOf(
  reports: readonly ReportRow[],
  { mode, duty }: CoverageQuestion,
): CoverageAnswer {
  const [report] = reports
  if (report === undefined) return { is: 'missing' }
  if (reports.length > 1) return { is: 'several', count: reports.length }
  if (mode === 'present') return { is: 'present' }
  if (mode === 'timeliness') return { is: 'dated', ...reportStanding(report, duty) }
  return { is: 'figure', figure: figureOf(report, mode) }
}

/** How a report stands to one of its deadlines, or why that cannot be said. */
export function reportStanding(report: ReportRow, duty: Timeliness['duty']): ReportStanding {
  const found = standingOf(report.values, duty)
  if (found !== null) return { standing: found.standing, days: found.days }
  return { standing: cellOf(report, 'date') === null ? 'no-date' : 'no-level', days: null }
}

/** The reports of each standing, in the order in which they come. */
export function byStanding(
  reports: Iterable<ReportRow>,
  duty: Timeliness['duty'],
): ReadonlyMap<Standing, readonly ReportRow[]> {
  const found = new Map<Standing, ReportRow[]>(STANDINGS.map(standing => [standing, []]))
  for (const report of reports) found.get(reportStanding(report, duty).standing)!.push(report)
  return found
}

/**
 * A cell as statistics take it: how many reports, or of each its standing, characters or codings,
 * with `; ` between those of several. Empty where something other than a number of reports is
 * missing.
 */
export function cellFigure(
  reports: readonly ReportRow[],
  { mode, duty }: CoverageQuestion,
): string {
  if (mode === 'present') return String(reports.length)
  return reports
    .map(report =>
      mode === 'timeliness' ? reportStanding(report, duty).standing : figureOf(report, mode),
    )
    .join('; ')
}

function figureOf(report: ReportRow, mode: 'characters' | 'codings'): number {
  return mode === 'characters' ? report.report.chars : report.uses
}
