import { useState } from 'react'
import { MAX_NAME_LENGTH } from '../../../shared/domain/project'
import { HostError } from '../../../shared/host'
import { countsOf } from '../../data/counts'
import { useLive } from '../../data/use-live'
import { useWords } from '../../locale/use-words'
import { useSaving } from '../../session/saving'
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
import { ExportContents } from './ExportContents'
import { ExportResult } from './ExportResult'
import { useExport } from './use-export'
import './export.css'

export interface ExportDialogProps {
  onClose(): void
}

/** Exports the coded dataset: says what it will hold, asks where to, and shows what was written. */
export function ExportDialog({ onClose }: ExportDialogProps) {
  const { t, number } = useWords()
  const { db, project } = useWorkspace()
  const errorText = useErrorText()
  const saving = useSaving(({ state }) => state.kind)
  const contents = useLive(() => countsOf(db), 'export contents')
  const { state, begin, cancel, fail } = useExport()
  const destination = useDestination(fail)
  const [folderName, setFolderName] = useState(() => folderNameFor(project.name, new Date()))
  const [isProtected, setProtected] = useState(false)

  // The same dialog goes on: one that took its place would not know whom to give the focus back.
  if (state.kind === 'written') {
    return (
      <Dialog
        isOpen
        size="medium"
        title={t('export.doneTitle')}
        onClose={onClose}
        footer={
          <Button variant="primary" autoFocus onPress={onClose}>
            {t('common.done')}
          </Button>
        }
      >
        <ExportResult outcome={state} />
      </Dialog>
    )
  }

  const isRunning = state.kind === 'running'
  // What this window shows is then behind what the project's folder has.
  const isStale = saving === 'copy-failed' || saving === 'taken-over'
  const isReady =
    folderName.trim() !== '' && destination.place !== null && contents !== undefined && !isStale
  const failure = state.kind === 'failed' ? state.error : null
  const field = fieldOf(failure)
  const start = () => {
    if (!isReady || isRunning) return
    void begin(async () => ({
      place: (await destination.resolve()).token,
      folderName: folderName.trim(),
      protectForSpreadsheets: isProtected,
    }))
  }

  return (
    <Dialog
      isOpen
      size="medium"
      title={t('export.title')}
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
      {failure !== null && field === null && (
        <ErrorNotice {...errorText(failure)} safe={t('export.failedSafe')} />
      )}
      {state.kind === 'cancelled' && <Banner kind="info" title={t('export.cancelled')} />}
      {isStale && <Banner kind="warning" title={t('export.stale')} />}
      {saving === 'not-saved' && <Banner kind="warning" title={t('export.unsaved')} />}
      <ExportContents contents={contents ?? null} />
      <TextField
        autoFocus
        isDisabled={isRunning}
        label={t('export.folderName.label')}
        description={t('export.folderName.hint')}
        maxLength={MAX_NAME_LENGTH}
        value={folderName}
        onChange={setFolderName}
        {...(field === 'name' ? { error: t('export.folderName.invalid') } : {})}
      />
      <div className="export-place">
        <TextField
          isReadOnly={destination.typedPath === null}
          isDisabled={isRunning}
          label={t('export.place.label')}
          description={
            destination.typedPath === null ? t('export.place.hint') : t('export.place.typedHint')
          }
          value={destination.typedPath ?? destination.place?.label ?? ''}
          onChange={destination.type}
          {...(field === 'place' ? { error: errorText(failure).brief } : {})}
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
          label={t('export.running')}
          value={state.progress.total === 0 ? null : state.progress.done / state.progress.total}
          note={
            state.progress.total === 0
              ? ''
              : t('export.progress', {
                  done: number(state.progress.done),
                  total: number(state.progress.total),
                })
          }
        />
      )}
    </Dialog>
  )
}

/** The field that an error is about, so that it stands beside it. */
function fieldOf(error: unknown): 'name' | 'place' | null {
  if (!(error instanceof HostError)) return null
  if (error.reason === 'name-invalid') return 'name'
  return error.reason === 'place-invalid' ? 'place' : null
}
