import { type Comparison, isSame } from '../../../shared/journal/comparison'
import { countOf } from '../../../shared/journal/comparison-marks'
import { useWords } from '../../locale/use-words'
import { ErrorNotice } from '../../ui/ErrorNotice'
import { ProgressBar } from '../../ui/ProgressBar'
import { useErrorText } from '../../workspace/use-error-text'
import { Group, MarkTag, Part } from './ComparisonParts'
import type { Comparing } from './use-comparison'
import { ValueDifferences } from './ValueDifferences'

interface ComparisonViewProps {
  readonly comparing: Comparing
  /** Whether this window shows a view rather than the project as it is being coded. */
  readonly isOfView: boolean
}

/** What has changed since a snapshot, by name and by number. */
export function ComparisonView({ comparing, isOfView }: ComparisonViewProps) {
  const { t } = useWords()
  const errorText = useErrorText()
  return (
    <section className="comparison" aria-live="polite">
      <h4>{t(isOfView ? 'snapshots.compare.withView' : 'snapshots.compare.title')}</h4>
      {body()}
    </section>
  )

  function body() {
    switch (comparing.kind) {
      case 'running':
        return <ProgressBar label={t('snapshots.compare.running')} value={null} />
      case 'failed':
        return <ErrorNotice {...errorText(comparing.error)} />
      case 'done':
        return isSame(comparing.comparison) ? (
          <p className="snapshot-note">{t('snapshots.compare.same')}</p>
        ) : (
          <Differences comparison={comparing.comparison} />
        )
    }
  }
}

function Differences({ comparison }: { readonly comparison: Comparison }) {
  const { t, number } = useWords()
  const { codes, reports, annotations, byCode, byReport, joined } = comparison
  return (
    <>
      {codes.length > 0 && (
        <Part
          title={t('snapshots.compare.codes', { n: number(codes.length) })}
          lines={codes.length}
        >
          {shown =>
            codes.slice(0, shown).map(({ id, path, pathBefore, color, mark }) => (
              <li key={id}>
                <MarkTag mark={mark} />
                <Swatch color={color} />
                <span>
                  {path}
                  {pathBefore !== null && (
                    <span className="snapshot-note">
                      {' '}
                      {t('snapshots.compare.was', { pathBefore })}
                    </span>
                  )}
                </span>
              </li>
            ))
          }
        </Part>
      )}
      {countOf(reports) > 0 && (
        <Part
          title={t('snapshots.compare.reports', { n: number(countOf(reports)) })}
          lines={reports.first.length}
          left={countOf(reports) - reports.first.length}
        >
          {shown =>
            reports.first.slice(0, shown).map(({ id, title, mark }) => (
              <li key={id}>
                <MarkTag mark={mark} />
                <span>{title}</span>
              </li>
            ))
          }
        </Part>
      )}
      <ValueDifferences comparison={comparison} />
      {joined.length > 0 && (
        <p className="snapshot-note">
          {t('snapshots.compare.joined', { names: joined.join(t('snapshots.compare.comma')) })}
        </p>
      )}
      {countOf(annotations) > 0 && (
        <>
          <Part title={t('snapshots.compare.byCode')} lines={byCode.length}>
            {shown => byCode.slice(0, shown).map(group => <Group key={group.id} {...group} />)}
          </Part>
          <Part title={t('snapshots.compare.byReport')} lines={byReport.length}>
            {shown => byReport.slice(0, shown).map(group => <Group key={group.id} {...group} />)}
          </Part>
          <Part
            title={t('snapshots.compare.passages', { n: number(countOf(annotations)) })}
            lines={annotations.first.length}
            left={countOf(annotations) - annotations.first.length}
          >
            {shown =>
              annotations.first.slice(0, shown).map(each => (
                <li key={each.id} className="comparison-passage">
                  <MarkTag mark={each.mark} />
                  <span>
                    <q className="comparison-quote">{each.quote}</q>
                    <span className="snapshot-note">
                      <Swatch color={each.color} /> {each.code} · {each.coder} · {each.report}
                    </span>
                  </span>
                </li>
              ))
            }
          </Part>
        </>
      )}
    </>
  )
}

function Swatch({ color }: { readonly color: string }) {
  return <span className="comparison-swatch" style={{ background: color }} aria-hidden />
}
