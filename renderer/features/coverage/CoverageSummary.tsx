import { type ReactNode, useMemo } from 'react'
import { byStanding, type CoverageAnswer, STANDINGS } from '../../../shared/analysis/coverage-cell'
import type { ReportRow } from '../../../shared/analysis/report-row'
import { useWords } from '../../locale/use-words'
import { Button } from '../../ui/Button'
import { CellMark } from './CellMark'
import type { ShownCoverage } from './use-coverage'

interface CoverageSummaryProps {
  readonly shown: ShownCoverage
  /** Shows some reports under a title. */
  onShow(title: string, reports: readonly ReportRow[]): void
}

/** The grid in a sentence, what stands in no cell of it, and what its marks mean. */
export function CoverageSummary({ shown, onShow }: CoverageSummaryProps) {
  const { coverage, rows, totals, look } = shown
  const { mode, duty } = look
  const { t, number } = useWords()
  const { withoutPlace, withoutYear, asking, years } = coverage
  // Measured on a busy machine: 10,000 dates beside their deadlines take 40 ms.
  const { several, standings } = useMemo(() => {
    const cells = rows.flatMap(row => row.cells)
    return {
      several: cells.filter(cell => cell.length > 1).flat(),
      standings: mode === 'timeliness' ? byStanding(cells.flat(), duty) : null,
    }
  }, [rows, mode, duty])

  const all = coverage.rows.length
  const places =
    rows.length === all
      ? t('coverage.places', { count: all, n: number(all) })
      : t('coverage.placesOf', { count: all, n: number(rows.length), all: number(all) })
  const lacking = [
    { reports: withoutYear, words: 'coverage.lacking.year' as const },
    { reports: withoutPlace, words: 'coverage.lacking.place' as const },
    { reports: asking, words: 'coverage.lacking.asking' as const },
  ].filter(({ reports }) => reports.length > 0)
  const missing = totals.cells - totals.present

  return (
    <div className="coverage-summary">
      <p className="coverage-sentence" role="status">
        {t('coverage.summary', {
          places,
          years: t('coverage.years', { count: years.length, n: number(years.length) }),
          present: number(totals.present),
          cells: number(totals.cells),
          share: number(percent(totals.present, totals.cells)),
        })}
      </p>
      {lacking.map(({ reports, words }) => {
        const title = t(words, { count: reports.length, n: number(reports.length) })
        return (
          <Button key={words} size="small" onPress={() => onShow(title, reports)}>
            {title}
          </Button>
        )
      })}
      <ul className="coverage-legend" aria-label={t('coverage.legend.title')}>
        {standings === null ? (
          <Key answer={{ is: 'present' }} isHidden={mode !== 'present'}>
            {t('coverage.legend.present')} {number(totals.present)}
          </Key>
        ) : (
          STANDINGS.map(standing => {
            const reports = standings.get(standing) ?? []
            const words = t(`coverage.legend.${standing}`)
            return (
              <Key
                key={standing}
                answer={{ is: 'dated', standing, days: null }}
                isHidden={reports.length === 0}
                onPress={() => onShow(words, reports)}
              >
                {words} {number(reports.length)}
              </Key>
            )
          })
        )}
        <Key
          answer={{ is: 'several', count: 2 }}
          isHidden={totals.several === 0}
          onPress={() => onShow(t('coverage.legend.several'), several)}
        >
          {t('coverage.legend.several')} {number(totals.several)}
        </Key>
        <Key answer={{ is: 'missing' }} isHidden={missing === 0}>
          {t('coverage.legend.missing')} {number(missing)}
        </Key>
      </ul>
    </div>
  )
}

interface KeyProps {
  readonly answer: CoverageAnswer
  readonly isHidden: boolean
  onPress?(): void
  readonly children: ReactNode
}

/** One mark and what it means; a button where it leads to reports. */
function Key({ answer, isHidden, onPress, children }: KeyProps) {
  const words = useWords()
  if (isHidden) return null
  // A standing is its own words.
  const mark = answer.is !== 'dated' && answer.is !== 'several' && (
    <CellMark answer={answer} words={words} />
  )
  return (
    <li className="coverage-key">
      {mark}
      {onPress ? (
        <Button size="small" variant="quiet" onPress={onPress}>
          {children}
        </Button>
      ) : (
        <span>{children}</span>
      )}
    </li>
  )
}

/** Whole percents; nothing is rounded up to all, nor something down to none. */
function percent(part: number, whole: number): number {
  if (whole === 0 || part === whole) return whole === 0 ? 0 : 100
  return Math.min(99, Math.max(part === 0 ? 0 : 1, Math.round((100 * part) / whole)))
}
