import { useState } from 'react'
import { MAX_NAME_LENGTH } from '../../../shared/domain/project'
import { HostError } from '../../../shared/host'
import type { TrailRow } from '../../../shared/journal/trail'
import { useWords } from '../../locale/use-words'
import { Banner } from '../../ui/Banner'
import { Button } from '../../ui/Button'
import { Checkbox } from '../../ui/Checkbox'
import { Dialog } from '../../ui/Dialog'
import { ErrorNotice } from '../../ui/ErrorNotice'
import { ProgressBar } from '../../ui/ProgressBar'
import { TextField } from '../../ui/TextField'
import { useWorkspace } from '../../workspace/context'
import { folderNameFor } from '../../workspace/folder-name'
import { useDestination } from '../../workspace/use-destination'
import { useErrorText } from '../../workspace/use-error-text'
import { AuditResult } from './AuditResult'
import { useAudit } from './use-audit'

interface AuditDialogProps {
  /** The entries that the filter leaves; `null` while it leaves all. */
  readonly shown: readonly TrailRow[] | null
  readonly total: number
  onClose(): void
}

/** Exports the audit trail: all of it, or what the panel shows. */
export function AuditDialog({ shown, total, onClose }: AuditDialogProps) {
  const { t, number } = useWords()
  const { project } = useWorkspace()
  const errorText = useErrorText()
  const { state, begin, cancel, fail } = useAudit()
  const destination = useDestination(fail)
  const [folderName, setFolderName] = useState(() =>
    folderNameFor(t('history.audit.folder', { name: project.name }), new Date()),
  )
  const [isOnlyShown, setOnlyShown] = useState(false)
  const [isProtected, setProtected] = useState(false)

  if (state.kind === 'written') {
    return (
      <Dialog
        isOpen
        size="medium"
        title={t('history.audit.doneTitle')}
        onClose={onClose}
        footer={
          <Button variant="primary" autoFocus onPress={onClose}>
            {t('common.done')}
          </Button>
        }
      >
        <AuditResult outcome={state} isPart={shown !== null && isOnlyShown} />
      </Dialog>
    )
  }

  const isRunning = state.kind === 'running'
  const failure = state.kind === 'failed' ? state.error : null
  const reason = failure instanceof HostError ? failure.reason : null
  const isOfField = reason === 'name-invalid' || reason === 'place-invalid'
  const isReady = folderName.trim() !== '' && destination.place !== null
  const start = () => {
    if (!isReady || isRunning) return
    void begin(async () => ({
      place: (await destination.resolve()).token,
      folderName: folderName.trim(),
      protectForSpreadsheets: isProtected,
      seqs: shown && isOnlyShown ? Uint32Array.from(shown, ({ seq }) => seq).sort() : null,
      total,
    }))
  }

  return (
    <Dialog
      isOpen
      size="medium"
      title={t('history.audit.title')}
      onClose={isRunning ? cancel : onClose}
      canClose={!isRunning}
      onSubmit={start}
      footer={
        isRunning ? (
          <Button autoFocus isDisabled={state.isStopping} onPress={cancel}>
            {state.isStopping ? t('export.stopping') : t('common.cancel')}
          </Button>
        ) : (
          <>
            <Button onPress={onClose}>{t('common.cancel')}</Button>
            <Button variant="primary" type="submit" isDisabled={!isReady}>
              {failure === null ? t('export.start') : t('common.retry')}
            </Button>
          </>
        )
      }
    >
      {failure !== null && !isOfField && (
        <ErrorNotice {...errorText(failure)} safe={t('export.failedSafe')} />
      )}
      {state.kind === 'cancelled' && <Banner kind="info" title={t('export.cancelled')} />}
      <p>{t('history.audit.text')}</p>
      {shown && (
        <Checkbox isDisabled={isRunning} isSelected={isOnlyShown} onChange={setOnlyShown}>
          {t('history.audit.onlyShown', {
            found: number(shown.length),
            total: number(total),
          })}
        </Checkbox>
      )}
      <TextField
        autoFocus
        isDisabled={isRunning}
        label={t('export.folderName.label')}
        description={t('export.folderName.hint')}
        maxLength={MAX_NAME_LENGTH}
        value={folderName}
        onChange={setFolderName}
        {...(reason === 'name-invalid' ? { error: t('export.folderName.invalid') } : {})}
      />
      <div className="history-place">
        <TextField
          isReadOnly={destination.typedPath === null}
          isDisabled={isRunning}
          label={t('export.place.label')}
          description={
            destination.typedPath === null ? t('export.place.hint') : t('export.place.typedHint')
          }
          value={destination.typedPath ?? destination.place?.label ?? ''}
          onChange={destination.type}
          {...(reason === 'place-invalid' ? { error: errorText(failure).brief } : {})}
        />
        {destination.typedPath === null && (
          <Button
            isDisabled={isRunning || destination.place === null}
            onPress={() => void destination.choose()}
          >
            {t('common.change')}
          </Button>
        )}
      </div>
      <Checkbox
        isDisabled={isRunning}
        isSelected={isProtected}
        onChange={setProtected}
        description={t('export.protect.hint')}
      >
        {t('export.protect.label')}
      </Checkbox>
      {isRunning && (
        <ProgressBar
          label={t('history.audit.running')}
          value={state.progress.total === 0 ? null : state.progress.done / state.progress.total}
          note={
            state.progress.total === 0
              ? ''
              : t('history.readingOf', {
                  done: number(state.progress.done),
                  total: number(state.progress.total),
                })
          }
        />
      )}
    </Dialog>
  )
}
