import type { TFunction } from 'i18next'
import {
  type CoverageAnswer,
  type CoverageQuestion,
  type ReportStanding,
  reportStanding,
} from '../../../shared/analysis/coverage-cell'
import { cellOf, type ReportRow, standingOf } from '../../../shared/analysis/report-row'
import type { Words } from '../../locale/use-words'

/** What stands in a cell; `null` where its shape says it. */
export function shortWords({ t, number }: Words, answer: CoverageAnswer): string | null {
  switch (answer.is) {
    case 'missing':
    case 'present':
      return null
    case 'several':
      return t('coverage.cell.several', { count: answer.count, n: number(answer.count) })
    case 'figure':
      return number(answer.figure)
    case 'dated': {
      const { standing, days } = answer
      if (days === null || standing === 'on') return t(`coverage.cell.${standing}`)
      const n = number(Math.abs(days))
      return t(days < 0 ? 'coverage.cell.daysBefore' : 'coverage.cell.daysAfter', { n })
    }
  }
}

/** What a cell says, for those who cannot see it. */
export function longWords(words: Words, answer: CoverageAnswer, mode: CoverageQuestion['mode']) {
  const { t, number } = words
  switch (answer.is) {
    case 'missing':
      return t('coverage.legend.missing')
    case 'present':
      return t('coverage.legend.present')
    case 'several':
      return t('coverage.cell.severalLong', { count: answer.count, n: number(answer.count) })
    case 'figure':
      return mode === 'codings'
        ? t('coverage.cell.codings', { count: answer.figure, n: number(answer.figure) })
        : t('coverage.cell.characters', { count: answer.figure, n: number(answer.figure) })
    case 'dated':
      return standingWords(t, answer)
  }
}

/** How a report's date stands to the deadline, in a sentence's part. */
export function standingWords(t: TFunction, { standing, days }: ReportStanding): string {
  if (days === null || standing === 'on') return t(`coverage.standing.${standing}`)
  const count = Math.abs(days)
  return t(days < 0 ? 'coverage.standing.daysBefore' : 'coverage.standing.daysAfter', { count })
}

/** A report's date, and how it stands to the deadline that is asked about. */
export function dateWords({ t }: Words, report: ReportRow, duty: CoverageQuestion['duty']): string {
  const date = cellOf(report, 'date')
  if (date === null) return t('coverage.standing.no-date')
  const standing = reportStanding(report, duty)
  const deadline = standingOf(report.values, duty)?.deadline ?? ''
  const said = standingWords(t, standing)
  return deadline === ''
    ? t('coverage.dated', { date, standing: said })
    : t('coverage.datedAgainst', { date, standing: said, deadline })
}
