import type { ProjectId } from '../../../shared/domain/id'
import { useWords } from '../../locale/use-words'
import { Banner } from '../../ui/Banner'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { CopyFailure } from './CopyFailure'
import { CopyProgress } from './CopyProgress'
import type { OpeningCopy } from './use-open-copy'

interface OpenCopyDialogProps {
  readonly opening: OpeningCopy
  onOpen(id: ProjectId): void
}

/** One copy on its way in, from the file that was chosen to what became of it. */
export function OpenCopyDialog({ opening, onOpen }: OpenCopyDialogProps) {
  const { t, number } = useWords()
  const { state, cancel, clear } = opening
  const close = (
    <Button autoFocus onPress={clear}>
      {t('common.close')}
    </Button>
  )

  switch (state.kind) {
    case 'idle':
      return null
    case 'running':
      return (
        <Dialog
          isOpen
          size="medium"
          title={t('copies.openTitle')}
          onClose={cancel}
          canClose={false}
          footer={
            <Button autoFocus isDisabled={state.isStopping} onPress={cancel}>
              {state.isStopping ? t('copies.stopping') : t('common.cancel')}
            </Button>
          }
        >
          <p className="copies-name">{state.fileName}</p>
          <CopyProgress progress={state.progress} />
          <p className="copies-text">{t('copies.openText')}</p>
        </Dialog>
      )
    case 'opened': {
      const { project, name, copyOf, missingBlobs } = state.result
      return (
        <Dialog
          isOpen
          size="medium"
          title={t('copies.openedTitle')}
          onClose={clear}
          footer={
            <>
              <Button onPress={clear}>{t('common.close')}</Button>
              <Button
                variant="primary"
                autoFocus
                onPress={() => {
                  clear()
                  onOpen(project)
                }}
              >
                {t('copies.openNow')}
              </Button>
            </>
          }
        >
          <Banner
            kind="ok"
            title={
              copyOf === null
                ? t('copies.added', { name })
                : t('copies.addedBeside', { name, original: copyOf })
            }
          >
            {copyOf !== null && t('copies.besideText')}
          </Banner>
          {missingBlobs > 0 && (
            <Banner
              kind="warning"
              title={t('copies.missing.title', { count: missingBlobs, n: number(missingBlobs) })}
            >
              {t('copies.missing.opened')}
            </Banner>
          )}
        </Dialog>
      )
    }
    case 'other-file':
      return (
        <Dialog isOpen size="medium" title={t('copies.openTitle')} onClose={clear} footer={close}>
          <Banner kind="info" title={t('copies.otherFile', { name: state.fileName })}>
            {t('copies.otherFileText')}
          </Banner>
        </Dialog>
      )
    case 'failed':
      return (
        <Dialog
          isOpen
          size="medium"
          title={t('copies.notOpenedTitle')}
          onClose={clear}
          footer={close}
        >
          <p className="copies-name">{state.fileName}</p>
          <CopyFailure error={state.error} />
        </Dialog>
      )
  }
}
