import { useEffect, useRef, useState } from 'react'
import type { ProjectId } from '../../shared/domain/id'
import { type Host, HostError, type RescueReport } from '../../shared/host'
import { useWords } from '../locale/use-words'
import { Banner } from '../ui/Banner'
import { Button } from '../ui/Button'
import { ErrorNotice } from '../ui/ErrorNotice'
import { ProgressBar } from '../ui/ProgressBar'
import { isCancelled, runTask, type TaskProgress } from '../workspace/task'
import { useErrorText } from '../workspace/use-error-text'

interface RescueOfferProps {
  readonly host: Host
  /** The damaged project. */
  readonly project: ProjectId
  onOpen(recovered: ProjectId): void
}

type RescueState =
  | { readonly kind: 'offered' }
  | { readonly kind: 'running'; readonly step: TaskProgress }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'done'; readonly report: RescueReport }

/** Offers to recover what can be read of a damaged project, and says what was kept and what is lost. */
export function RescueOffer({ host, project, onOpen }: RescueOfferProps) {
  const { t, number } = useWords()
  const errorText = useErrorText()
  const [state, setState] = useState<RescueState>({ kind: 'offered' })
  const running = useRef<AbortController | null>(null)
  useEffect(() => () => running.current?.abort(), [])

  const rescue = async () => {
    const controller = new AbortController()
    running.current = controller
    setState({ kind: 'running', step: { phase: 'starting', done: 0, total: 0 } })
    try {
      const report = await runTask(
        host,
        { kind: 'rescue', project, suffix: t('rescue.suffix') },
        { signal: controller.signal, onProgress: step => setState({ kind: 'running', step }) },
      )
      setState({ kind: 'done', report })
    } catch (error) {
      setState(isCancelled(error) ? { kind: 'offered' } : { kind: 'failed', error })
    }
  }

  switch (state.kind) {
    case 'offered':
      return (
        <Banner
          kind="info"
          actions={
            <Button variant="primary" onPress={() => void rescue()}>
              {t('rescue.command')}
            </Button>
          }
        >
          {t('rescue.explain')}
        </Banner>
      )
    case 'running': {
      const { done, total } = state.step
      const phase = PHASES.find(known => known === state.step.phase) ?? 'starting'
      return (
        <div className="rescue-running">
          <ProgressBar
            label={t(`rescue.phases.${phase}`)}
            value={total === 0 ? null : done / total}
          />
          <Button onPress={() => running.current?.abort()}>{t('common.cancel')}</Button>
        </div>
      )
    }
    case 'failed':
      // That the journal is missing was said above; new is that there is nothing else either.
      return state.error instanceof HostError && state.error.reason === 'journal-missing' ? (
        <Banner kind="danger">{t('rescue.nothing')}</Banner>
      ) : (
        <ErrorNotice
          {...errorText(state.error)}
          actions={<Button onPress={() => void rescue()}>{t('common.retry')}</Button>}
        />
      )
    case 'done': {
      const { name, counts, soundUntil, snapshotSeq, ...report } = state.report
      const { laterEntries, partEntries, lostEntries, lostTexts } = report
      const sound = number(soundUntil)
      const shown = (value: number) => ({ shown: number(value) })
      return (
        <Banner
          kind="ok"
          title={t('rescue.done', { name })}
          actions={
            <Button variant="primary" autoFocus onPress={() => onOpen(state.report.project)}>
              {t('rescue.open')}
            </Button>
          }
        >
          <p>
            {t('rescue.kept', {
              annotations: number(counts.annotations),
              codes: number(counts.codes),
              reports: number(counts.reports),
              coders: number(counts.coders),
            })}
          </p>
          <ul className="rescue-lines">
            <li>
              {snapshotSeq === null
                ? t('rescue.lines.sound', { sound })
                : t('rescue.lines.snapshot', { sound, ...shown(snapshotSeq) })}
            </li>
            {laterEntries > 0 && <li>{t('rescue.lines.later', shown(laterEntries))}</li>}
            {partEntries > 0 && <li>{t('rescue.lines.part', shown(partEntries))}</li>}
            <li>
              {lostEntries > 0
                ? t('rescue.lines.lost', shown(lostEntries))
                : t('rescue.lines.noneLost')}
            </li>
            {lostTexts > 0 && <li>{t('rescue.lines.texts', shown(lostTexts))}</li>}
          </ul>
          <p>{t('rescue.after')}</p>
        </Banner>
      )
    }
  }
}

const PHASES = ['starting', 'journal', 'snapshots', 'blobs', 'copying'] as const
