import { Copy } from 'lucide-react'
import { useEffect, useEffectEvent, useState } from 'react'
import { isRepairable, repair } from '../../../shared/commands/repair'
import type { Hash } from '../../../shared/domain/id'
import { distrust } from '../../data/compare'
import { textOf } from '../../data/reports'
import { useWords } from '../../locale/use-words'
import { useChecks } from '../../session/checks'
import { useCanEdit } from '../../session/saving'
import { Banner } from '../../ui/Banner'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { ErrorNotice } from '../../ui/ErrorNotice'
import { ProgressBar } from '../../ui/ProgressBar'
import { useToast } from '../../ui/use-toast'
import { useWorkspace } from '../../workspace/context'
import { useErrorText } from '../../workspace/use-error-text'
import { FoundList } from './FoundList'
import { groupsOf, type RepairWay, reportText, summaryOf } from './groups'
import type { CheckReport, CheckStep } from './run-check'
import { useCheck } from './use-check'
import './check.css'

export interface CheckDialogProps {
  /** What a check has found already; without it, one begins. */
  readonly known: CheckReport | null
  onChecked(report: CheckReport): void
  onClose(): void
  /** Closes the project and opens it again. */
  onReopen(): void
}

/** Texts that one call puts back. */
const TEXTS_A_CALL = 50

/** Checks the project, says in plain words what it has found, and repairs what can be repaired. */
export function CheckDialog({ known, onChecked, onClose, onReopen }: CheckDialogProps) {
  const words = useWords()
  const { t } = words
  const toast = useToast()
  const errorText = useErrorText()
  const workspace = useWorkspace()
  const { project, db, host, runner } = workspace
  const canEdit = useCanEdit()
  const { state, begin, cancel, fail } = useCheck(known, onChecked)
  const [repairing, setRepairing] = useState<RepairWay | null>(null)
  const start = useEffectEvent(() => {
    if (!known) void begin()
  })
  useEffect(() => start(), [])

  const isRunning = state.kind === 'running'
  const report = state.kind === 'done' ? state.report : null
  const groups = report ? groupsOf(report, words) : []

  const restore = async ({ project }: CheckReport) => {
    const hashes = (project?.lostBlobs ?? []).filter(each => each.isInCopy).map(each => each.hash)
    const session = await workspace.freshSession()
    for (let done = 0; done < hashes.length; done += TEXTS_A_CALL) {
      await host.putBlobs(session, await textsOf(hashes.slice(done, done + TEXTS_A_CALL)))
    }
  }
  const textsOf = async (hashes: readonly Hash[]) => {
    const texts = await Promise.all(hashes.map(hash => textOf(db, hash)))
    return texts.map(text => new TextEncoder().encode(text ?? ''))
  }
  const repairBy = async (way: RepairWay) => {
    if (!report) return
    setRepairing(way)
    try {
      switch (way) {
        case 'rebuild':
          await runner.settled()
          await distrust(db)
          useChecks.getState().ask(project.id)
          onReopen()
          return
        case 'restore':
          await restore(report)
          break
        case 'rows': {
          const names = { code: t('check.names.code'), coder: t('check.names.coder') }
          await runner.run(repair((report.project?.findings ?? []).filter(isRepairable), names))
        }
      }
      await begin()
    } catch (error) {
      fail(error)
    } finally {
      setRepairing(null)
    }
  }
  const copy = async () => {
    if (!report) return
    try {
      await navigator.clipboard.writeText(reportText(project.name, report, words))
      toast({ message: t('check.copied') })
    } catch (error) {
      toast({ message: errorText(error).what, kind: 'danger' })
    }
  }

  return (
    <Dialog
      isOpen
      size={groups.length > 0 ? 'large' : 'medium'}
      title={t('check.title')}
      onClose={isRunning ? cancel : onClose}
      canClose={!isRunning}
      footerNote={groups.some(({ way }) => way === 'rows') ? t('check.repairNote') : undefined}
      footer={
        isRunning ? (
          <Button autoFocus onPress={cancel}>
            {t('common.cancel')}
          </Button>
        ) : (
          <>
            {report && (
              <Button icon={<Copy aria-hidden />} onPress={() => void copy()}>
                {t('check.copyReport')}
              </Button>
            )}
            <Button isDisabled={repairing !== null} onPress={() => void begin()}>
              {t('check.again')}
            </Button>
            <Button variant="primary" autoFocus onPress={onClose}>
              {t('common.close')}
            </Button>
          </>
        )
      }
    >
      {isRunning && <Running step={state.step} />}
      {state.kind === 'cancelled' && <Banner kind="info" title={t('check.cancelled')} />}
      {state.kind === 'failed' && <ErrorNotice {...errorText(state.error)} />}
      {report && (
        <Banner
          kind={groups.length === 0 ? 'ok' : 'warning'}
          title={t(groups.length === 0 ? 'check.fine' : 'check.found')}
        >
          {summaryOf(report, words)}
        </Banner>
      )}
      {report && (
        <FoundList
          groups={groups}
          repairing={repairing}
          canRepair={canEdit}
          onRepair={way => void repairBy(way)}
        />
      )}
    </Dialog>
  )
}

function Running({ step }: { readonly step: CheckStep }) {
  const { t, number } = useWords()
  const { done, total } = step
  const phase = PHASES.find(known => known === step.phase) ?? 'starting'
  // Bytes say nothing to a person; the bar does.
  const isCounted = total > 0 && phase !== 'blobs'
  return (
    <>
      <p>{t('check.explain')}</p>
      <ProgressBar
        label={t(`check.phases.${phase}`)}
        value={total === 0 ? null : done / total}
        note={isCounted ? t('check.progress', { done: number(done), total: number(total) }) : ''}
      />
    </>
  )
}

const PHASES = [
  'starting',
  'journal',
  'blobs',
  'snapshots',
  'copy',
  'entries',
  'texts',
  'comparing',
] as const
