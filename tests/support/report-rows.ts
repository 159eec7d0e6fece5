import { type ReportRow, rowOf } from '../../shared/analysis/report-row'
import type { ReadVariable, Value, ValueOrigin } from '../../shared/domain/variable'
import { valueIdOf } from '../../shared/domain/variable'
import { reportNamed } from './project'

/** What is said of a report: a value, or one that only asks. */
export type Said = Partial<
  Record<ReadVariable, string | number | { readonly ask: string | number }>
>

/** A report as a row of the table, with these values and `uses` annotations. */
export function reportRow(name: string, said: Said, uses = 0): ReportRow {
  const report = reportNamed(name)
  const values = Object.entries(said).map(([key, value]): Value => {
    const variable = key as ReadVariable
    const isAsking = typeof value === 'object'
    const origin: ValueOrigin = isAsking ? 'ask' : 'read'
    const id = valueIdOf(report.id, variable)
    const plain = isAsking ? value.ask : value
    return { id, reportId: report.id, variable, value: plain, origin, start: null, end: null }
  })
  return rowOf(report, values, uses)
}
