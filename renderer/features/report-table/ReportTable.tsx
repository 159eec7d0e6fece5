import { useReportRows } from '../../data/use-report-rows'
import { useWords } from '../../locale/use-words'
import { useWorkspace } from '../../workspace/context'

/** All reports as a table: their variables, sorted, filtered, grouped and corrected. */
export function ReportTable() {
  const { t } = useWords()
  const { db } = useWorkspace()
  const rows = useReportRows(db)
  return (
    <h2>
      {t('shell.views.table')} {rows?.length}
    </h2>
  )
}
