import { useState } from 'react'
import { MAX_NAME_LENGTH } from '../../../shared/domain/project'
import { type Host, HostError, type ListedProject } from '../../../shared/host'
import { useWords } from '../../locale/use-words'
import { Banner } from '../../ui/Banner'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { ErrorNotice } from '../../ui/ErrorNotice'
import { TextField } from '../../ui/TextField'
import { useErrorText } from '../../workspace/use-error-text'
import { CopyProgress } from './CopyProgress'
import { copyNameFor } from './copy-name'
import { SavedCopy } from './SavedCopy'
import { useCopyPlace } from './use-copy-place'
import { useSaveCopy } from './use-save-copy'
import './copies.css'

export interface SaveCopyDialogProps {
  readonly host: Host
  readonly project: Pick<ListedProject, 'id' | 'name' | 'folder'>
  /** Whether the last change is not on disk yet, so that it will not be in the copy. */
  readonly isUnsaved?: boolean
  onClose(): void
}

/** Saves a whole project as one file: asks where to, and shows what was written. */
export function SaveCopyDialog({ host, project, isUnsaved = false, onClose }: SaveCopyDialogProps) {
  const { t } = useWords()
  const errorText = useErrorText()
  const { state, begin, cancel, fail } = useSaveCopy(host, project.id)
  const place = useCopyPlace(host, project, fail)
  const [fileName, setFileName] = useState(() => copyNameFor(project.name, new Date()))

  // The same dialog goes on: one that took its place would not know whom to give the focus back.
  if (state.kind === 'saved') {
    return (
      <Dialog
        isOpen
        size="medium"
        title={t('copies.savedTitle')}
        onClose={onClose}
        footer={
          <Button variant="primary" autoFocus onPress={onClose}>
            {t('common.done')}
          </Button>
        }
      >
        <SavedCopy saved={state.saved} />
      </Dialog>
    )
  }

  const isRunning = state.kind === 'running'
  const failure = state.kind === 'failed' ? state.error : null
  const field = fieldOf(failure)
  const isReady = fileName.trim() !== '' && place.isReady && !isRunning

  return (
    <Dialog
      isOpen
      size="medium"
      title={t('copies.saveTitle', { name: project.name })}
      onClose={isRunning ? cancel : onClose}
      canClose={!isRunning}
      onSubmit={() => {
        if (isReady) void begin(fileName, place.resolve)
      }}
      footer={
        isRunning ? (
          <Button autoFocus isDisabled={state.isStopping} onPress={cancel}>
            {state.isStopping ? t('copies.stopping') : t('common.cancel')}
          </Button>
        ) : (
          <>
            <Button onPress={onClose}>{t('common.cancel')}</Button>
            <Button variant="primary" type="submit" isDisabled={!isReady}>
              {failure === null ? t('copies.save') : t('common.retry')}
            </Button>
          </>
        )
      }
    >
      {failure !== null && field === null && (
        <ErrorNotice {...errorText(failure)} safe={t('copies.saveFailedSafe')} />
      )}
      {state.kind === 'cancelled' && <Banner kind="info" title={t('copies.saveCancelled')} />}
      {isUnsaved && <Banner kind="warning" title={t('copies.unsaved')} />}
      <p className="copies-text">{t('copies.saveText')}</p>
      <TextField
        autoFocus
        isDisabled={isRunning}
        label={t('copies.fileName.label')}
        description={t('copies.fileName.hint')}
        maxLength={MAX_NAME_LENGTH}
        value={fileName}
        onChange={setFileName}
        {...(field === 'name' ? { error: t('copies.fileName.invalid') } : {})}
      />
      <div className="copies-place">
        <TextField
          isReadOnly={!place.isTyped}
          isDisabled={isRunning}
          label={t('copies.place.label')}
          description={place.isTyped ? t('copies.place.typedHint') : t('copies.place.hint')}
          value={place.path}
          onChange={place.type}
          {...(field === 'place' ? { error: errorText(failure).brief } : {})}
        />
        {place.isReady && !place.isTyped && (
          <Button isDisabled={isRunning} onPress={() => void place.choose()}>
            {t('common.change')}
          </Button>
        )}
      </div>
      {isRunning && <CopyProgress progress={state.progress} />}
    </Dialog>
  )
}

/** The field that an error is about, so that it stands beside it. */
function fieldOf(error: unknown): 'name' | 'place' | null {
  if (!(error instanceof HostError)) return null
  if (error.reason === 'name-invalid') return 'name'
  return error.reason === 'place-invalid' ? 'place' : null
}
