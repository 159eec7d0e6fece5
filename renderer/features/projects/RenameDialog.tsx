import { useState } from 'react'
import { MAX_NAME_LENGTH } from '../../../shared/domain/project'
import type { Host, ListedProject } from '../../../shared/host'
import { useWords } from '../../locale/use-words'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { TextField } from '../../ui/TextField'
import { useErrorText } from '../../workspace/use-error-text'

interface RenameDialogProps {
  readonly host: Host
  readonly project: ListedProject
  onClose(): void
  onRenamed(name: string): void
}

/** Asks for a project's new name. Its folder keeps the name it has. */
export function RenameDialog({ host, project, onClose, onRenamed }: RenameDialogProps) {
  const { t } = useWords()
  const errorText = useErrorText()
  const [name, setName] = useState(project.name)
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  const isReady = name.trim() !== '' && !isBusy

  const rename = async () => {
    if (!isReady) return
    if (name.trim() === project.name) return onClose()
    setBusy(true)
    setFailure(null)
    try {
      await host.renameProject(project.id, name.trim())
      onRenamed(name.trim())
    } catch (error) {
      setFailure(error)
      setBusy(false)
    }
  }

  return (
    <Dialog
      isOpen
      title={t('projects.renameTitle')}
      onClose={onClose}
      canClose={!isBusy}
      onSubmit={() => void rename()}
      footer={
        <>
          <Button isDisabled={isBusy} onPress={onClose}>
            {t('common.cancel')}
          </Button>
          <Button variant="primary" type="submit" isDisabled={!isReady} isPending={isBusy}>
            {t('common.rename')}
          </Button>
        </>
      }
    >
      <TextField
        autoFocus
        label={t('projects.nameField.label')}
        maxLength={MAX_NAME_LENGTH}
        value={name}
        onChange={setName}
        onFocus={event => {
          if (event.target instanceof HTMLInputElement) event.target.select()
        }}
        {...(failure === null ? {} : { error: errorText(failure).brief })}
      />
    </Dialog>
  )
}
