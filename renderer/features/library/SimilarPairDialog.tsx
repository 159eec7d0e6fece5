import { useEffect, useState } from 'react'
import type { ReportId } from '../../../shared/domain/id'
import { reportOf } from '../../data/reports'
import type { SimilarReport } from '../../jobs/similar-reports'
import { useWords } from '../../locale/use-words'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { useWorkspace } from '../../workspace/context'

interface SimilarPairDialogProps {
  readonly pair: SimilarReport
  onOpen(id: ReportId): void
  onClose(): void
}

/** The beginnings of two reports that are nearly the same, side by side. */
export function SimilarPairDialog({ pair, onOpen, onClose }: SimilarPairDialogProps) {
  const { t } = useWords()
  return (
    <Dialog
      isOpen
      size="large"
      closesOutside
      title={t('import.bothTitle')}
      closeLabel={t('common.close')}
      onClose={onClose}
      footer={
        <Button variant="primary" autoFocus onPress={onClose}>
          {t('common.close')}
        </Button>
      }
    >
      <div className="import-pair">
        {[pair, pair.other].map(each => (
          <Side key={each.id} report={each} onOpen={() => onOpen(each.id)} />
        ))}
      </div>
    </Dialog>
  )
}

function Side(props: {
  readonly report: Pick<SimilarReport, 'id' | 'title' | 'path'>
  onOpen(): void
}) {
  const { report, onOpen } = props
  const { t } = useWords()
  const text = useTextOf(report.id)
  return (
    <section className="import-side" aria-label={report.title}>
      <h3 className="import-name">{report.title}</h3>
      <p className="import-quiet import-name" title={report.path}>
        {report.path}
      </p>
      <div className="import-text">
        {text === null ? t('import.textMissing') : text?.slice(0, SHOWN_CHARS)}
      </div>
      <Button size="small" onPress={onOpen}>
        {t('import.openThis')}
      </Button>
    </section>
  )
}

const SHOWN_CHARS = 8000

/** A report's text; `undefined` until it is there, `null` where it cannot be read. */
function useTextOf(reportId: ReportId): string | null | undefined {
  const { db, loadText } = useWorkspace()
  const [loaded, setLoaded] = useState<{ of: ReportId; text: string | null }>()
  useEffect(() => {
    let isCurrent = true
    const load = async () => {
      const report = await reportOf(db, reportId)
      return report ? loadText(report) : null
    }
    void load()
      .catch(() => null)
      .then(text => isCurrent && setLoaded({ of: reportId, text }))
    return () => {
      isCurrent = false
    }
  }, [db, loadText, reportId])
  return loaded?.of === reportId ? loaded.text : undefined
}
