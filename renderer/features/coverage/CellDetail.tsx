import type { CoverageLine } from '../../../shared/analysis/coverage-lines'
import type { ReportId } from '../../../shared/domain/id'
import { useWords } from '../../locale/use-words'
import type { CoverageLook } from '../../session/coverage'
import { reportsAt } from './CoverageGrid'
import { dateWords } from './cell-words'
import { placeFacts } from './place-facts'

interface CellDetailProps {
  readonly lines: readonly CoverageLine[]
  readonly years: readonly number[]
  readonly look: CoverageLook
  onOpen(id: ReportId): void
}

/** The most reports that there is room for. */
const NAMED = 3

/** Below the grid: the current cell in words, with its reports to open. */
export function CellDetail({ lines, years, look, onOpen }: CellDetailProps) {
  const words = useWords()
  const { t, number } = words
  const { cell, duty } = look
  const line = lines.find(({ key }) => key === cell?.line)
  if (cell === null || line === undefined || line.kind === 'group') {
    return <p className="coverage-detail">{t('coverage.hint')}</p>
  }
  const { place } = line.row
  if (cell.year === null) {
    const facts = [place.name, placeFacts(place), place.code].filter(Boolean).join(' · ')
    const names = place.otherNames.join(t('coverage.comma'))
    return (
      <p className="coverage-detail">
        {facts}
        {names !== '' && <span>{t('coverage.alsoCalled', { names })}</span>}
      </p>
    )
  }
  const reports = reportsAt(line, years.indexOf(cell.year) + 1)
  return (
    <p className="coverage-detail">
      <strong>{t('coverage.placeAndYear', { place: place.name, year: cell.year })}</strong>
      {reports.length === 0 && <span>{t('coverage.legend.missing')}</span>}
      {reports.slice(0, NAMED).map(report => (
        <span key={report.report.id}>
          <button type="button" className="link" onClick={() => onOpen(report.report.id)}>
            {report.report.title}
          </button>{' '}
          {dateWords(words, report, duty)}
        </span>
      ))}
      {reports.length > NAMED && (
        <span>
          {t('coverage.more', {
            count: reports.length - NAMED,
            n: number(reports.length - NAMED),
          })}
        </span>
      )}
    </p>
  )
}
