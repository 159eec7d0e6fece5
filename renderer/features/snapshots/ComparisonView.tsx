import type { ReactNode } from 'react'
import { useState } from 'react'
import { type Comparison, isSame, type MarkCounts } from '../../../shared/journal/comparison'
import { useWords } from '../../locale/use-words'
import { Button } from '../../ui/Button'
import { ErrorNotice } from '../../ui/ErrorNotice'
import { ProgressBar } from '../../ui/ProgressBar'
import { useErrorText } from '../../workspace/use-error-text'
import type { Comparing } from './use-comparison'

interface ComparisonViewProps {
  readonly comparing: Comparing
  /** Whether this window shows a view rather than the project as it is being coded. */
  readonly isOfView: boolean
}

/** As many lines as are drawn at first, and with every wish for more. */
const LINES = 40

/** What has changed since a snapshot: codes, reports and annotations, by name and by number. */
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

interface PartProps {
  readonly title: string
  /** How many lines there are to show. */
  readonly lines: number
  /** How many more there are that are only counted. */
  readonly left?: number
  children(shown: number): ReactNode
}

function Part({ title, lines, left = 0, children }: PartProps) {
  const { t, number } = useWords()
  const [shown, setShown] = useState(LINES)
  return (
    <div className="comparison-part">
      <h5>{title}</h5>
      <ul>{children(shown)}</ul>
      {lines > shown && (
        <Button size="small" variant="quiet" onPress={() => setShown(shown + LINES)}>
          {t('snapshots.compare.more', { n: number(lines - shown) })}
        </Button>
      )}
      {lines <= shown && left > 0 && (
        <p className="snapshot-note">{t('snapshots.compare.left', { n: number(left) })}</p>
      )}
    </div>
  )
}

function Group({ name, added, removed, changed }: MarkCounts & { readonly name: string }) {
  const { t, number } = useWords()
  return (
    <li className="comparison-group">
      <span>{name === '' ? t('snapshots.compare.unknown') : name}</span>
      <span className="comparison-numbers">
        {added > 0 && (
          <span className="snapshot-more">
            {t('snapshots.compare.added', { n: number(added) })}
          </span>
        )}
        {removed > 0 && (
          <span className="snapshot-less">
            {t('snapshots.compare.removed', { n: number(removed) })}
          </span>
        )}
        {changed > 0 && <span>{t('snapshots.compare.changed', { n: number(changed) })}</span>}
      </span>
    </li>
  )
}

const SIGNS = { added: '+', removed: '−', changed: '~', renamed: '~', moved: '~' } as const

function MarkTag({ mark }: { readonly mark: keyof typeof SIGNS }) {
  const { t } = useWords()
  return (
    <span className={`comparison-mark comparison-${mark}`}>
      <span aria-hidden>{SIGNS[mark]}</span> {t(`snapshots.marks.${mark}`)}
    </span>
  )
}

function Swatch({ color }: { readonly color: string }) {
  return <span className="comparison-swatch" style={{ background: color }} aria-hidden />
}

function countOf({ added, removed, changed }: MarkCounts): number {
  return added + removed + changed
}
