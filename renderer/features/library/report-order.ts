import type { CodeId, ReportId } from '../../../shared/domain/id'
import type { Report } from '../../../shared/domain/report'

/** How the list of reports is ordered. `import` is the order in which they came. */
export const REPORT_ORDERS = ['import', 'title', 'uses'] as const

export type ReportOrder = (typeof REPORT_ORDERS)[number]

/** A text as the filter sees it: full-width and half-width, upper and lower case are one. */
export function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase()
}

/** A report with what the filter looks at: title and file name, folded. */
export interface Searchable {
  readonly report: Report
  readonly folded: string
}

export function toSearchable(report: Report): Searchable {
  const { title, fileName } = report
  return { report, folded: fold(fileName.startsWith(title) ? fileName : `${title}\n${fileName}`) }
}

/** The reports that have every word of the filter in their title or file name. */
export function matching(reports: readonly Searchable[], filter: string): Report[] {
  const words = fold(filter).split(/\s+/).filter(Boolean)
  const found = reports.filter(({ folded }) => words.every(word => folded.includes(word)))
  return found.map(({ report }) => report)
}

const byTitle = new Intl.Collator('zh-u-co-pinyin', { numeric: true })

/** The comparison behind an order; `null` for the order of import, which reports come in. */
export function comparisonFor(
  order: ReportOrder,
  uses: ReadonlyMap<CodeId | ReportId, number>,
): ((a: Report, b: Report) => number) | null {
  switch (order) {
    case 'import':
      return null
    case 'title':
      return (a, b) => byTitle.compare(a.title, b.title)
    case 'uses':
      return (a, b) => (uses.get(b.id) ?? 0) - (uses.get(a.id) ?? 0)
  }
}
