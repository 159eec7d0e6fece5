import { useState } from 'react'
import type { ProjectId } from '../../../shared/domain/id'
import { MAX_NAME_LENGTH } from '../../../shared/domain/project'
import { type About, type Host, HostError } from '../../../shared/host'
import { useWords } from '../../locale/use-words'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { ErrorNotice } from '../../ui/ErrorNotice'
import { TextField } from '../../ui/TextField'
import { placeAt } from '../../workspace/place'
import { useErrorText } from '../../workspace/use-error-text'
import { recallCoderName, rememberCoderName } from './coder-name'

interface NewProjectDialogProps {
  readonly host: Host
  readonly about: About
  onClose(): void
  onMade(id: ProjectId): void
}

/** Asks for a project's name, who codes, and where its folder is to be. */
export function NewProjectDialog({ host, about, onClose, onMade }: NewProjectDialogProps) {
  const { t } = useWords()
  const errorText = useErrorText()
  const [name, setName] = useState('')
  const [coderName, setCoderName] = useState(recallCoderName)
  const [place, setPlace] = useState(about.home)
  const [typedPath, setTypedPath] = useState(about.home.label)
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)

  const isTyped = about.door === 'browser'
  const isReady = name.trim() !== '' && coderName.trim() !== '' && !isBusy
  const field = failure === null ? null : fieldOf(failure)
  const errorIn = (which: 'name' | 'place') =>
    field === which ? { error: errorText(failure).brief } : {}

  const change = async () => {
    setFailure(null)
    try {
      setPlace((await host.choosePlace(null)) ?? place)
    } catch (error) {
      setFailure(error)
    }
  }
  const create = async () => {
    if (!isReady) return
    setBusy(true)
    setFailure(null)
    try {
      const isElsewhere = isTyped && typedPath.trim() !== about.home.label
      const chosen = isElsewhere ? await placeAt(host, typedPath) : place
      const wish = { name: name.trim(), coderName: coderName.trim(), place: chosen.token }
      const { id } = await host.createProject(wish)
      rememberCoderName(wish.coderName)
      onMade(id)
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
      title={t('projects.newTitle')}
      onClose={onClose}
      canClose={!isBusy}
      onSubmit={() => void create()}
      footer={
        <>
          <Button isDisabled={isBusy} onPress={onClose}>
            {t('common.cancel')}
          </Button>
          <Button variant="primary" type="submit" isDisabled={!isReady} isPending={isBusy}>
            {t('common.create')}
          </Button>
        </>
      }
    >
      {failure !== null && field === null && <ErrorNotice {...errorText(failure)} />}
      <TextField
        autoFocus
        label={t('projects.nameField.label')}
        description={t('projects.nameField.hint')}
        placeholder={t('projects.nameField.placeholder')}
        maxLength={MAX_NAME_LENGTH}
        value={name}
        onChange={setName}
        {...errorIn('name')}
      />
      <TextField
        label={t('projects.coderField.label')}
        description={t('projects.coderField.hint')}
        maxLength={MAX_NAME_LENGTH}
        value={coderName}
        onChange={setCoderName}
      />
      {isTyped ? (
        <TextField
          label={t('projects.folderField.label')}
          description={t('projects.folderField.typedHint')}
          value={typedPath}
          onChange={setTypedPath}
          {...errorIn('place')}
        />
      ) : (
        <div className="place-row">
          <TextField
            isReadOnly
            label={t('projects.folderField.label')}
            description={t('projects.folderField.hint')}
            value={place.label}
            {...errorIn('place')}
          />
          <Button onPress={() => void change()}>{t('common.change')}</Button>
        </div>
      )}
    </Dialog>
  )
}

/** The field that an error is about, so that it stands beside it. */
function fieldOf(error: unknown): 'name' | 'place' | null {
  if (!(error instanceof HostError)) return null
  if (error.reason === 'name-invalid') return 'name'
  const isPlace = ['place-invalid', 'read-only', 'vanished', 'not-found'].includes(error.reason)
  return isPlace ? 'place' : null
}
