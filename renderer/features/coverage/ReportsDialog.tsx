import { useEffect, useRef, useState } from 'react'
import type { CoverageQuestion } from '../../../shared/analysis/coverage-cell'
import { cellOf, type ReportRow } from '../../../shared/analysis/report-row'
import type { ReportId } from '../../../shared/domain/id'
import { useWords } from '../../locale/use-words'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { VirtualList, type VirtualListHandle } from '../../ui/VirtualList'
import { dateWords } from './cell-words'

interface ReportsDialogProps {
  readonly title: string
  readonly reports: readonly ReportRow[]
  readonly duty: CoverageQuestion['duty']
  onOpen(id: ReportId): void
  onClose(): void
}

/** Reports to choose one from, with what is known of place, year and date. */
export function ReportsDialog({ title, reports, duty, onOpen, onClose }: ReportsDialogProps) {
  const words = useWords()
  const { t } = words
  const [chosen, setChosen] = useState<string | null>(reports[0]?.report.id ?? null)
  const list = useRef<VirtualListHandle>(null)
  // Whoever came by the keyboard goes on in the list.
  useEffect(() => list.current?.focus(), [])
  const open = (id: string | null) => {
    const found = reports.find(({ report }) => report.id === id)
    if (found) onOpen(found.report.id)
  }
  return (
    <Dialog
      isOpen
      size="medium"
      closesOutside
      title={title}
      closeLabel={t('common.close')}
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('common.close')}</Button>
          <Button variant="primary" isDisabled={chosen === null} onPress={() => open(chosen)}>
            {t('coverage.openReport')}
          </Button>
        </>
      }
    >
      <div
        className="coverage-reports"
        style={{ blockSize: Math.min(8, Math.max(2, reports.length)) * REPORT_HEIGHT }}
      >
        <VirtualList
          ref={list}
          label={title}
          items={reports}
          rowHeight={REPORT_HEIGHT}
          keyOf={({ report }) => report.id}
          selected={new Set(chosen === null ? [] : [chosen])}
          onSelect={([id = null]) => setChosen(id)}
          onActivate={({ report }) => open(report.id)}
          renderRow={report => (
            <span className="coverage-report">
              <span className="coverage-report-title">{report.report.title}</span>
              <span className="coverage-report-facts">
                {[knownOf(report, 'place'), knownOf(report, 'year'), dateWords(words, report, duty)]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </span>
          )}
        />
      </div>
    </Dialog>
  )

  /** What is known, or asked with a question mark; nothing where the report says nothing. */
  function knownOf(report: ReportRow, variable: 'place' | 'year'): string | null {
    const cell = cellOf(report, variable)
    if (cell !== null) return String(cell)
    const asked = report.values.get(variable)?.value
    return asked === undefined
      ? t(`coverage.no.${variable}`)
      : t('coverage.asked', { value: String(asked) })
  }
}

const REPORT_HEIGHT = 44
