import type { Snapshot } from '../../../shared/host'
import { isSame } from '../../../shared/journal/comparison'
import { countOf, countsIn, type MarkCounts } from '../../../shared/journal/comparison-marks'
import { useWords } from '../../locale/use-words'
import { AlertDialog } from '../../ui/AlertDialog'
import { ProgressBar } from '../../ui/ProgressBar'
import { useErrorText } from '../../workspace/use-error-text'
import type { Comparing } from './use-comparison'

interface RestoreDialogProps {
  readonly snapshot: Snapshot
  readonly comparing: Comparing
  readonly isPending: boolean
  onCancel(): void
  onConfirm(): void
}

/** Asks before the project is taken back to a snapshot, and says what that will change. */
export function RestoreDialog(props: RestoreDialogProps) {
  const { snapshot, comparing, isPending, onCancel, onConfirm } = props
  const { t, date } = useWords()
  const isNothing = comparing.kind === 'done' && isSame(comparing.comparison)
  return (
    <AlertDialog
      isOpen
      isDanger={false}
      isPending={isPending || comparing.kind === 'running'}
      title={t('snapshots.restoring.title', { when: date(snapshot.at) })}
      cancelLabel={t('common.cancel')}
      confirmLabel={t(isNothing ? 'common.ok' : 'snapshots.restoring.confirm')}
      onCancel={onCancel}
      onConfirm={isNothing || comparing.kind === 'failed' ? onCancel : onConfirm}
    >
      <Consequences comparing={comparing} />
    </AlertDialog>
  )
}

function Consequences({ comparing }: { readonly comparing: Comparing }) {
  const { t, number } = useWords()
  const errorText = useErrorText()
  if (comparing.kind === 'running') {
    return <ProgressBar label={t('snapshots.compare.running')} value={null} />
  }
  if (comparing.kind === 'failed') return <p>{errorText(comparing.error).brief}</p>
  const { comparison } = comparing
  if (isSame(comparison)) return <p>{t('snapshots.restoring.nothing')}</p>
  const lines: [keyof typeof NAMES, MarkCounts][] = [
    ['reports', comparison.reports],
    ['codes', countsIn(comparison.codes)],
    ['annotations', comparison.annotations],
    ['variables', countsIn(comparison.variables)],
    ['values', comparison.values],
    ['corrections', comparison.corrections],
    ['sets', countsIn(comparison.sets)],
  ]
  /** Seen from the present: what came since then goes, and what went comes back. */
  const changesOf = ({ added, removed, changed }: MarkCounts) =>
    [
      removed > 0 && t('snapshots.restoring.back', { count: removed, n: number(removed) }),
      added > 0 && t('snapshots.restoring.gone', { count: added, n: number(added) }),
      changed > 0 && t('snapshots.restoring.changed', { count: changed, n: number(changed) }),
    ]
      .filter(part => part !== false)
      .join(t('snapshots.restoring.comma'))
  return (
    <>
      <ul className="restore-lines">
        {lines
          .filter(([, counts]) => countOf(counts) > 0)
          .map(([what, counts]) => (
            <li key={what}>
              {t('snapshots.restoring.line', { what: t(NAMES[what]), changes: changesOf(counts) })}
            </li>
          ))}
      </ul>
      <p>{t('snapshots.restoring.safe')}</p>
    </>
  )
}

const NAMES = {
  codes: 'snapshots.rows.codes',
  reports: 'snapshots.rows.reports',
  annotations: 'snapshots.rows.annotations',
  variables: 'snapshots.rows.variables',
  values: 'snapshots.rows.values',
  corrections: 'snapshots.rows.corrections',
  sets: 'snapshots.rows.sets',
} as const
