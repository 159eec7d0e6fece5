import { useReportRows } from '../../data/use-report-rows'
import { useWords } from '../../locale/use-words'
import { useWorkspace } from '../../workspace/context'

/** Which places have a report of which year, and which are missing. */
export function Coverage() {
  const { t } = useWords()
  const { db } = useWorkspace()
  const rows = useReportRows(db)
  return (
    <h2>
      {t('shell.views.coverage')} {rows?.length}
    </h2>
  )
}
