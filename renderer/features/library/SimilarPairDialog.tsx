import type { ReportId } from '../../../shared/domain/id'
import { reportOf } from '../../data/reports'
import { readText } from '../../data/texts'
import { useLive } from '../../data/use-live'
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
  const { db, host, session } = useWorkspace()
  const text = useLive(async () => {
    const row = await reportOf(db, report.id)
    return row ? ((await readText({ db, host, session }, row.textHash)) ?? '') : ''
  }, `text ${report.id}`)
  return (
    <section className="import-side" aria-label={report.title}>
      <h3 className="import-name">{report.title}</h3>
      <p className="import-quiet import-name" title={report.path}>
        {report.path}
      </p>
      <div className="import-text">
        {text === '' ? t('import.textMissing') : text?.slice(0, SHOWN_CHARS)}
      </div>
      <Button size="small" onPress={onOpen}>
        {t('import.openThis')}
      </Button>
    </section>
  )
}

const SHOWN_CHARS = 8000
