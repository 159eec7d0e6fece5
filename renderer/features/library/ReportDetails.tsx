import type { Report } from '../../../shared/domain/report'
import { useWords } from '../../locale/use-words'
import { formatWords } from '../../sets/column-words'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { encodingWords } from '../../workspace/file-words'

interface ReportDetailsProps {
  readonly report: Report
  onClose(): void
}

/** Where a report came from, how it was read and what it is known by. */
export function ReportDetails({ report, onClose }: ReportDetailsProps) {
  const { t, number, date } = useWords()
  const { fileName, path, row, format, encoding, extractor } = report
  const facts = [
    { label: t('library.facts.fileName'), value: fileName },
    { label: t('library.facts.path'), value: path === fileName ? '' : path },
    { label: t('library.facts.row'), value: row === null ? '' : number(row) },
    { label: t('library.facts.format'), value: formatWords(t, format) },
    { label: t('library.facts.encoding'), value: encodingWords(t, encoding) },
    { label: t('library.facts.extractor'), value: extractor, isCode: true },
    { label: t('library.facts.chars'), value: number(report.chars) },
    { label: t('library.facts.addedAt'), value: date(report.addedAt) },
    { label: t('library.facts.original'), value: report.originalHash, isCode: true },
    { label: t('library.facts.hash'), value: report.textHash, isCode: true },
  ].filter(({ value }) => value !== '')
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
