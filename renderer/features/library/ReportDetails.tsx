import type { Report } from '../../../shared/domain/report'
import { useWords } from '../../locale/use-words'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { encodingWords } from '../../workspace/file-words'

interface ReportDetailsProps {
  readonly report: Report
  onClose(): void
}

/** Where a report came from and what it is known by. */
export function ReportDetails({ report, onClose }: ReportDetailsProps) {
  const { t, number, date } = useWords()
  const facts = [
    { label: t('library.facts.fileName'), value: report.fileName },
    { label: t('library.facts.encoding'), value: encodingWords(t, report.encoding) },
    { label: t('library.facts.chars'), value: number(report.chars) },
    { label: t('library.facts.addedAt'), value: date(report.addedAt) },
    { label: t('library.facts.hash'), value: report.textHash.slice(0, 16), isCode: true },
  ]
  return (
    <Dialog
      isOpen
      closesOutside
      title={report.title}
      onClose={onClose}
      footer={
        <Button variant="primary" autoFocus onPress={onClose}>
          {t('common.close')}
        </Button>
      }
    >
      <dl className="report-details">
        {facts.map(({ label, value, isCode }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd className={isCode ? 'report-hash' : ''}>{value}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
