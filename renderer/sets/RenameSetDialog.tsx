import { useState } from 'react'
import { renameSet } from '../../shared/commands/sets'
import { MAX_NAME_LENGTH } from '../../shared/domain/project'
import type { ReportSet } from '../../shared/domain/variable'
import { useWords } from '../locale/use-words'
import { useCanEdit } from '../session/saving'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { TextField } from '../ui/TextField'
import { useWorkspace } from '../workspace/context'
import { isToldByShell } from '../workspace/run'
import { useErrorText } from '../workspace/use-error-text'

interface RenameSetDialogProps {
  readonly set: ReportSet
  onClose(): void
}

/** Asks for a set's new name. */
export function RenameSetDialog({ set, onClose }: RenameSetDialogProps) {
  const { t } = useWords()
  const { runner } = useWorkspace()
  const canEdit = useCanEdit()
  const errorText = useErrorText()
  const [name, setName] = useState(set.name)
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  const isReady = name.trim() !== '' && !isBusy && canEdit

  const rename = async () => {
    if (!isReady) return
    setBusy(true)
    setFailure(null)
    try {
      await runner.run(renameSet(set.id, name))
      onClose()
    } catch (error) {
      if (!isToldByShell(error)) setFailure(error)
      setBusy(false)
    }
  }

  return (
    <Dialog
      isOpen
      title={t('sets.renameTitle')}
      onClose={onClose}
      onSubmit={() => void rename()}
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button variant="primary" type="submit" isDisabled={!isReady} isPending={isBusy}>
            {t('common.rename')}
          </Button>
        </>
      }
    >
      <TextField
        autoFocus
        label={t('sets.nameField')}
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
