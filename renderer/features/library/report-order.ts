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

/**
 * Sorts in steps of a few milliseconds, so that the page can draw in between; equals keep
 * their order. Comparing Chinese titles is slow: 30,000 at once take a fifth of a second.
 */
export async function sortInSteps<T>(
  items: readonly T[],
  compare: (a: T, b: T) => number,
  pause: () => Promise<void>,
): Promise<T[]> {
  let runs: T[][] = []
  for (let at = 0; at < items.length; at += RUN) {
    if (at > 0) await pause()
    runs.push(items.slice(at, at + RUN).sort(compare))
  }
  while (runs.length > 1) {
    const merged: T[][] = []
    for (let i = 0; i < runs.length; i += 2) {
      merged.push(await merge(runs[i]!, runs[i + 1] ?? [], { compare, pause }))
    }
    runs = merged
  }
  return runs[0] ?? []
}

const RUN = 1000

async function merge<T>(
  a: readonly T[],
  b: readonly T[],
  how: { compare(a: T, b: T): number; pause(): Promise<void> },
): Promise<T[]> {
  const merged: T[] = []
  let i = 0
  let j = 0
  while (i < a.length && j < b.length) {
    merged.push(how.compare(a[i]!, b[j]!) <= 0 ? a[i++]! : b[j++]!)
    if (merged.length % (4 * RUN) === 0) await how.pause()
  }
  return merged.concat(a.slice(i), b.slice(j))
}
