import { useRef } from 'react'
import { Tooltip, TooltipTriggerStateContext } from 'react-aria-components'
import type { PlaceRow } from '../../../shared/analysis/coverage'
import type { CoverageQuestion } from '../../../shared/analysis/coverage-cell'
import type { ReportRow } from '../../../shared/analysis/report-row'
import { useWords } from '../../locale/use-words'
import { dateWords } from './cell-words'
import { placeFacts } from './place-facts'
import '../../ui/tooltip.css'

interface CellTipProps {
  /** The cell that it is about. */
  readonly anchor: Element
  readonly row: PlaceRow
  /** `null` for the place as a whole. */
  readonly year: number | null
  readonly reports: readonly ReportRow[]
  readonly duty: CoverageQuestion['duty']
  /** It is to go, as when what it is about moves away. */
  onClose(): void
}

/** The most reports that a tip names. */
const NAMED = 6

/** What a cell is about: place and year, the reports with their dates, or that there is none. */
export function CellTip({ anchor, row, year, reports, duty, onClose }: CellTipProps) {
  const words = useWords()
  const { t, number } = words
  const trigger = useRef(anchor)
  trigger.current = anchor
  const { place } = row
  // A tooltip without a control that opens it: whoever draws it says that it is open.
  const state = { isOpen: true, shouldSkipAnimation: true, open: () => {}, close: onClose }
  return (
    <TooltipTriggerStateContext value={state}>
      <Tooltip
        key={`${place.key} ${year}`}
        className="tooltip coverage-tip"
        placement="bottom start"
        offset={4}
        triggerRef={trigger}
      >
        <p className="coverage-tip-place">
          {year === null ? place.name : t('coverage.placeAndYear', { place: place.name, year })}
        </p>
        {year === null && <p>{[placeFacts(place), place.code].filter(Boolean).join(' · ')}</p>}
        {year === null && place.otherNames.length > 0 && (
          <p>{t('coverage.alsoCalled', { names: place.otherNames.join(t('coverage.comma')) })}</p>
        )}
        {reports.length === 0 && <p>{t('coverage.legend.missing')}</p>}
        {reports.slice(0, NAMED).map(report => (
          <p key={report.report.id}>
            {report.report.title}
            <br />
            {dateWords(words, report, duty)}
          </p>
        ))}
        {reports.length > NAMED && (
          <p>
            {t('coverage.more', {
              count: reports.length - NAMED,
              n: number(reports.length - NAMED),
            })}
          </p>
        )}
      </Tooltip>
    </TooltipTriggerStateContext>
  )
}
