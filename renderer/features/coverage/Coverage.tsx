import { Grid3x3 } from 'lucide-react'
import { useState } from 'react'
import { type CoverageLine, choicesIn } from '../../../shared/analysis/coverage-lines'
import type { ReportRow } from '../../../shared/analysis/report-row'
import type { ReportId } from '../../../shared/domain/id'
import { useReportRows } from '../../data/use-report-rows'
import { useWords } from '../../locale/use-words'
import { useMainView } from '../../session/main-view'
import { useReading } from '../../session/reading'
import { Button } from '../../ui/Button'
import { EmptyState } from '../../ui/EmptyState'
import { useToast } from '../../ui/use-toast'
import { useWorkspace } from '../../workspace/context'
import { useErrorText } from '../../workspace/use-error-text'
import { CellDetail } from './CellDetail'
import { CoverageBar } from './CoverageBar'
import { CoverageGrid, reportsAt } from './CoverageGrid'
import { CoverageSummary } from './CoverageSummary'
import { coverageTsv } from './coverage-file'
import { ExpectedDialog } from './ExpectedDialog'
import { ExportCoverageDialog } from './ExportCoverageDialog'
import { ReportsDialog } from './ReportsDialog'
import { type ShownCoverage, useCoverage } from './use-coverage'
import './coverage.css'

/** Which places have a report of which year, which are missing, and how their dates stand. */
export function Coverage() {
  const { t } = useWords()
  const { db } = useWorkspace()
  const shown = useCoverage(useReportRows(db))
  return (
    <section className="coverage" aria-label={t('coverage.title')}>
      {shown === undefined ? (
        <p className="coverage-none" role="status">
          {t('common.loading')}
        </p>
      ) : (
        <CoverageOf shown={shown} />
      )}
    </section>
  )
}

interface CoverageOfProps {
  readonly shown: ShownCoverage
}

type Asked =
  | { readonly for: 'expected' | 'export' }
  | { readonly for: 'reports'; readonly title: string; readonly reports: readonly ReportRow[] }

function CoverageOf({ shown }: CoverageOfProps) {
  const { t, number } = useWords()
  const toast = useToast()
  const errorText = useErrorText()
  const [asked, setAsked] = useState<Asked | null>(null)
  const { coverage, look, rows, totals, lines, change } = shown
  const { years } = coverage
  const sheet = { years, rows, question: look }
  const hasGrid = coverage.rows.length > 0 && years.length > 0

  const show = (title: string, some: readonly ReportRow[]) =>
    setAsked({ for: 'reports', title, reports: some })
  const open = (id: ReportId) => {
    setAsked(null)
    useReading.getState().openReport(id)
    // The report may be the one that is open already, of which nobody hears.
    useMainView.getState().show('reading')
  }
  const openCell = (line: CoverageLine, column: number) => {
    const found = reportsAt(line, column)
    const [report] = found
    if (report === undefined || line.kind === 'group') return
    const { name } = line.row.place
    const year = years[column - 1]
    if (column > 0 && found.length === 1) open(report.report.id)
    else show(year === undefined ? name : t('coverage.placeAndYear', { place: name, year }), found)
  }
  const fold = (key: string) => {
    const isFolded = look.folded.includes(key)
    const folded = isFolded ? look.folded.filter(each => each !== key) : [...look.folded, key]
    change({ folded })
  }
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(coverageTsv(sheet))
      toast({ message: t('coverage.copied', { count: rows.length, n: number(rows.length) }) })
    } catch (error) {
      toast({ message: errorText(error).what, kind: 'danger' })
    }
  }

  return (
    <>
      {hasGrid ? (
        <>
          <CoverageBar
            look={look}
            {...choicesIn(coverage.rows)}
            canCopy={rows.length > 0}
            onChange={change}
            onExpect={() => setAsked({ for: 'expected' })}
            onCopy={() => void copy()}
            onExport={() => setAsked({ for: 'export' })}
          />
          <CoverageSummary shown={shown} onShow={show} />
          <CoverageGrid
            years={years}
            lines={lines}
            totals={totals}
            places={rows.length}
            look={look}
            onMove={cell => change({ cell })}
            onOpen={openCell}
            onFold={fold}
            onCopy={() => void copy()}
          />
          {rows.length === 0 ? (
            <p className="coverage-detail">{t('coverage.noneFound')}</p>
          ) : (
            <CellDetail lines={lines} years={years} look={look} onOpen={open} />
          )}
        </>
      ) : (
        <NothingToShow shown={shown} onShow={show} />
      )}
      {asked?.for === 'reports' && (
        <ReportsDialog
          title={asked.title}
          reports={asked.reports}
          duty={look.duty}
          onOpen={open}
          onClose={() => setAsked(null)}
        />
      )}
      {asked?.for === 'expected' && (
        <ExpectedDialog
          expected={shown.expected}
          codes={coverage.rows.filter(row => row.present > 0).flatMap(row => row.place.code ?? [])}
          onChange={shown.expect}
          onClose={() => setAsked(null)}
        />
      )}
      {asked?.for === 'export' && (
        <ExportCoverageDialog sheet={sheet} onClose={() => setAsked(null)} />
      )}
    </>
  )
}

interface NothingToShowProps {
  readonly shown: ShownCoverage
  onShow(title: string, reports: readonly ReportRow[]): void
}

/** Why there is no grid, and which reports could make one. */
function NothingToShow({ shown, onShow }: NothingToShowProps) {
  const { t, number } = useWords()
  const { reports, coverage } = shown
  const { withoutPlace, withoutYear } = coverage
  const lacking = [
    { words: 'coverage.lacking.year' as const, reports: withoutYear },
    { words: 'coverage.lacking.place' as const, reports: withoutPlace },
  ].filter(each => each.reports.length > 0)
  const kind = reports.length === 0 ? 'noReports' : 'nothingKnown'
  return (
    <EmptyState
      icon={<Grid3x3 aria-hidden />}
      title={t(`coverage.${kind}.title`)}
      text={t(`coverage.${kind}.text`)}
      action={
        lacking.length > 0 &&
        lacking.map(each => {
          const count = each.reports.length
          const title = t(each.words, { count, n: number(count) })
          return (
            <Button key={each.words} onPress={() => onShow(title, each.reports)}>
              {title}
            </Button>
          )
        })
      }
    />
  )
}
