import { useState } from 'react'
import { renameReport } from '../../../shared/commands/library'
import { MAX_NAME_LENGTH } from '../../../shared/domain/project'
import type { Report } from '../../../shared/domain/report'
import { useWords } from '../../locale/use-words'
import { useCanEdit } from '../../session/saving'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { TextField } from '../../ui/TextField'
import { useWorkspace } from '../../workspace/context'
import { isToldByShell } from '../../workspace/run'
import { useErrorText } from '../../workspace/use-error-text'

interface RenameReportDialogProps {
  readonly report: Report
  onClose(): void
}

/** Asks for a report's new title. Its file name stays. */
export function RenameReportDialog({ report, onClose }: RenameReportDialogProps) {
  const { t } = useWords()
  const { runner } = useWorkspace()
  const canEdit = useCanEdit()
  const errorText = useErrorText()
  const [title, setTitle] = useState(report.title)
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  const isReady = title.trim() !== '' && !isBusy && canEdit

  const rename = async () => {
    if (!isReady) return
    setBusy(true)
    setFailure(null)
    try {
      await runner.run(renameReport(report.id, title))
      onClose()
    } catch (error) {
      if (!isToldByShell(error)) setFailure(error)
      setBusy(false)
    }
  }

  return (
    <Dialog
      isOpen
      title={t('library.renameTitle')}
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
        label={t('library.titleField')}
        description={t('library.titleHint', { name: report.fileName })}
        maxLength={MAX_NAME_LENGTH}
        value={title}
        onChange={setTitle}
        onFocus={event => {
          if (event.target instanceof HTMLInputElement) event.target.select()
        }}
        {...(failure === null ? {} : { error: errorText(failure).brief })}
      />
    </Dialog>
  )
}
