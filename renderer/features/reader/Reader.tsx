import { BookOpenText } from 'lucide-react'
import type { ReportId } from '../../../shared/domain/id'
import { useWords } from '../../locale/use-words'
import { EmptyState } from '../../ui/EmptyState'
import { ErrorNotice } from '../../ui/ErrorNotice'
import { useErrorText } from '../../workspace/use-error-text'
import { ReportPane } from './ReportPane'
import { useReport } from './use-report'
import './reader.css'

interface ReaderProps {
  readonly reportId: ReportId | null
}

/** The open report, or what to do when none is open. */
export function Reader({ reportId }: ReaderProps) {
  const { t } = useWords()
  if (reportId === null) {
    return (
      <EmptyState
        icon={<BookOpenText aria-hidden />}
        title={t('reader.none.title')}
        text={t('reader.none.text')}
      />
    )
  }
  return <OpenReport key={reportId} reportId={reportId} />
}

function OpenReport({ reportId }: { reportId: ReportId }) {
  const { t } = useWords()
  const errorText = useErrorText()
  const loaded = useReport(reportId)
  switch (loaded.kind) {
    case 'loading':
      return <div className="reader-pane" aria-busy />
    case 'missing':
      return (
        <EmptyState
          icon={<BookOpenText aria-hidden />}
          title={t('reader.gone.title')}
          text={t('reader.gone.text')}
        />
      )
    case 'failed':
      return (
        <div className="reader-failed">
          <ErrorNotice {...errorText(loaded.error)} />
        </div>
      )
    case 'ready':
      return <ReportPane report={loaded.report} content={loaded.content} />
  }
}
