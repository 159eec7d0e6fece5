import type { ListedProject } from '../../../shared/host'
import { useWords } from '../../locale/use-words'
import { AlertDialog } from '../../ui/AlertDialog'

interface ForgetDialogProps {
  readonly project: ListedProject
  onCancel(): void
  onConfirm(): void
}

/** Asks before a project whose folder is gone leaves the list. */
export function ForgetDialog({ project, onCancel, onConfirm }: ForgetDialogProps) {
  const { t } = useWords()
  const { name, folder } = project
  return (
    <AlertDialog
      isOpen
      isDanger={false}
      title={t('projects.forgetConfirm.title')}
      confirmLabel={t('projects.forget')}
      cancelLabel={t('common.cancel')}
      onCancel={onCancel}
      onConfirm={onConfirm}
    >
      {t('projects.forgetConfirm.text', { name, folder })}
    </AlertDialog>
  )
}
