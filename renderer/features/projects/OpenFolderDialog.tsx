import { useState } from 'react'
import type { ProjectId } from '../../../shared/domain/id'
import type { Host } from '../../../shared/host'
import { useWords } from '../../locale/use-words'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { TextField } from '../../ui/TextField'
import { placeAt } from '../../workspace/place'
import { useErrorText } from '../../workspace/use-error-text'

interface OpenFolderDialogProps {
  readonly host: Host
  onClose(): void
  onAdded(id: ProjectId): void
}

/** Asks for a project folder's path, where there is no system dialog to choose it with. */
export function OpenFolderDialog({ host, onClose, onAdded }: OpenFolderDialogProps) {
  const { t } = useWords()
  const errorText = useErrorText()
  const [path, setPath] = useState('')
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  const isReady = path.trim() !== '' && !isBusy

  const add = async () => {
    if (!isReady) return
    setBusy(true)
    setFailure(null)
    try {
      const place = await placeAt(host, path)
      const { id } = await host.addProject(place.token)
      onAdded(id)
      onClose()
    } catch (error) {
      setFailure(error)
      setBusy(false)
    }
  }

  return (
    <Dialog
      isOpen
      size="medium"
      title={t('projects.openFolderDialog.title')}
      onClose={onClose}
      canClose={!isBusy}
      onSubmit={() => void add()}
      footer={
        <>
          <Button isDisabled={isBusy} onPress={onClose}>
            {t('common.cancel')}
          </Button>
          <Button variant="primary" type="submit" isDisabled={!isReady} isPending={isBusy}>
            {t('common.open')}
          </Button>
        </>
      }
    >
      <TextField
        autoFocus
        label={t('projects.openFolderDialog.label')}
        description={t('projects.openFolderDialog.hint')}
        value={path}
        onChange={setPath}
        {...(failure === null ? {} : { error: errorText(failure).brief })}
      />
    </Dialog>
  )
}
