import { ExternalLink, Eye, History, Star } from 'lucide-react'
import { MAX_PINNED, type ProjectCounts, type Snapshot } from '../../../shared/host'
import type { Comparison } from '../../../shared/journal/comparison'
import { countsIn, type MarkCounts } from '../../../shared/journal/comparison-marks'
import { useWords } from '../../locale/use-words'
import { useCanEdit } from '../../session/saving'
import { Button } from '../../ui/Button'
import { ToggleButton } from '../../ui/ToggleButton'
import { viewAddress } from '../../workspace/address'
import { useWorkspace } from '../../workspace/context'
import { ComparisonView } from './ComparisonView'
import { Delta } from './Delta'
import type { Comparing } from './use-comparison'

interface SnapshotDetailProps {
  readonly snapshot: Snapshot
  /** The one taken before it; `null` for the first. */
  readonly before: Snapshot | null
  /** What this window shows; `null` while that is being added up. */
  readonly present: ProjectCounts | null
  readonly comparing: Comparing
  /** How many snapshots are pinned. */
  readonly pinned: number
  readonly isBusy: boolean
  onPin(isPinned: boolean): void
  onView(): void
  onRestore(): void
}

/** What the present has of these is known; of the others only what became of them since. */
const COUNTED = ['reports', 'codes', 'annotations', 'coders'] as const
const COMPARED = ['variables', 'values', 'corrections', 'sets'] as const

/** One snapshot: what it holds, what can be done with it, and what has changed since. */
export function SnapshotDetail(props: SnapshotDetailProps) {
  const { snapshot, before, present, comparing, pinned, isBusy } = props
  const { onPin, onView, onRestore } = props
  const { t, date, number } = useWords()
  const { project, view } = useWorkspace()
  const canEdit = useCanEdit()
  const { name, at, reason, isPinned, counts, bytes } = snapshot
  const isPinFull = !isPinned && pinned >= MAX_PINNED
  const isShown = view?.snapshot?.name === name
  const compared = comparing.kind === 'done' ? comparedCounts(comparing.comparison) : null
  return (
    <section className="snapshot-detail" aria-labelledby="snapshot-heading">
      <header className="snapshot-head">
        <div>
          <h3 id="snapshot-heading">{date(at)}</h3>
          <p className="snapshot-note">
            {t('snapshots.about', {
              reason: t(`snapshots.reasons.${reason}`),
              size: number(Math.max(1, Math.round(bytes / 1024))),
            })}
          </p>
        </div>
        <ToggleButton
          size="small"
          label={t('snapshots.pin')}
          icon={<Star aria-hidden className={isPinned ? 'snapshot-star' : ''} />}
          isSelected={isPinned}
          isDisabled={isBusy || isPinFull}
          onChange={onPin}
        />
      </header>
      {isPinFull && <p className="snapshot-note">{t('snapshots.pinFull', { max: MAX_PINNED })}</p>}
      <div className="snapshot-actions">
        <Button size="small" icon={<Eye aria-hidden />} isDisabled={isShown} onPress={onView}>
          {t('snapshots.openHere')}
        </Button>
        <a
          className="button button-plain button-small snapshot-link"
          href={viewAddress({ project: project.id, snapshot: name })}
          target="_blank"
          rel="noopener"
        >
          <ExternalLink aria-hidden />
          <span className="button-label">{t('snapshots.openBeside')}</span>
        </a>
        <Button
          size="small"
          icon={<History aria-hidden />}
          isDisabled={!canEdit || isBusy}
          onPress={onRestore}
        >
          {t('snapshots.restore')}
        </Button>
      </div>
      {view && <p className="snapshot-note">{t('snapshots.restoreElsewhere')}</p>}
      <table className="snapshot-counts">
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">{t('snapshots.columns.what')}</span>
            </th>
            <th scope="col">{t('snapshots.columns.then')}</th>
            <th scope="col">{t('snapshots.columns.before')}</th>
            <th scope="col">{t(view ? 'snapshots.columns.shown' : 'snapshots.columns.now')}</th>
          </tr>
        </thead>
        <tbody>
          {COUNTED.map(row => (
            <CountRow
              key={row}
              label={t(`snapshots.rows.${row}`)}
              then={counts[row]}
              before={before?.counts[row]}
              grown={present && present[row] - counts[row]}
            />
          ))}
          {COMPARED.map(row => (
            <CountRow
              key={row}
              label={t(`snapshots.rows.${row}`)}
              then={counts[row]}
              before={before?.counts[row]}
              grown={
                compared && counts[row] !== undefined
                  ? compared[row].added - compared[row].removed
                  : null
              }
            />
          ))}
        </tbody>
      </table>
      <ComparisonView key={name} comparing={comparing} isOfView={view !== null} />
    </section>
  )
}

function comparedCounts(comparison: Comparison): Record<(typeof COMPARED)[number], MarkCounts> {
  const { variables, values, corrections, sets } = comparison
  return { variables: countsIn(variables), values, corrections, sets: countsIn(sets) }
}

interface CountRowProps {
  readonly label: string
  /** `undefined` where a snapshot does not say. */
  readonly then: number | undefined
  /** In the snapshot before it. */
  readonly before: number | undefined
  /** By how much there is more now; `null` where that is not known. */
  readonly grown: number | null
}

function CountRow({ label, then, before, grown }: CountRowProps) {
  const { number } = useWords()
  return (
    <tr>
      <th scope="row">{label}</th>
      <td>{then === undefined ? '–' : number(then)}</td>
      <td>
        <Delta by={then === undefined || before === undefined ? null : then - before} />
      </td>
      <td>
        <Delta by={grown} />
      </td>
    </tr>
  )
}
