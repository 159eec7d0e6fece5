import { Ellipsis } from 'lucide-react'
import type { ReportId } from '../../../shared/domain/id'
import type { Report } from '../../../shared/domain/report'
import { usesOf } from '../../data/annotations'
import { useLive } from '../../data/use-live'
import { useWords } from '../../locale/use-words'
import { useWorkspace } from '../../workspace/context'

interface ReportRowProps {
  readonly report: Report
  /** The point is in CSS pixels from the window's corner. */
  onMenu(at: { x: number; y: number }): void
}

/** One report in the list: title, length and how much is coded. */
export function ReportRow({ report, onMenu }: ReportRowProps) {
  const { t, number } = useWords()
  const { title, chars } = report
  return (
    <>
      <span className="report-words">
        <span className="report-title" title={title}>
          {title}
        </span>
        <span className="report-facts">
          {t('library.chars', { count: chars, n: number(chars) })}
          <UseBadge id={report.id} />
        </span>
      </span>
      {/* A plain button: thousands of these pass by while someone scrolls. */}
      <button
        type="button"
        tabIndex={-1}
        className="button button-icon button-small report-more"
        aria-label={t('library.rowMenu', { name: title })}
        onClick={event => {
          event.preventDefault()
          const { left, bottom } = event.currentTarget.getBoundingClientRect()
          onMenu({ x: left, y: bottom })
        }}
      >
        <Ellipsis aria-hidden />
      </button>
    </>
  )
}

/** Wakes for its own report's tally and no other. */
function UseBadge({ id }: { readonly id: ReportId }) {
  const { t, number } = useWords()
  const { db } = useWorkspace()
  const uses = useLive(() => usesOf(db, id), `uses ${id}`)
  if (!uses) return null
  return <span className="report-uses">{t('library.uses', { count: uses, n: number(uses) })}</span>
}
