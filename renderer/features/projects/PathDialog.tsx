import { Copy } from 'lucide-react'
import type { ListedProject } from '../../../shared/host'
import { useWords } from '../../locale/use-words'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { useCopy } from './use-copy'

interface PathDialogProps {
  readonly project: ListedProject
  onClose(): void
}

/** Shows where a project's folder is, to be read or copied. */
export function PathDialog({ project, onClose }: PathDialogProps) {
  const { t } = useWords()
  const copy = useCopy()
  return (
    <Dialog
      isOpen
      size="medium"
      closesOutside
      title={t('projects.showPathTitle', { name: project.name })}
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('common.close')}</Button>
          <Button
            variant="primary"
            autoFocus
            icon={<Copy aria-hidden />}
            onPress={() => void copy(project.folder)}
          >
            {t('projects.copyPath')}
          </Button>
        </>
      }
    >
      <p className="project-path">{project.folder}</p>
    </Dialog>
  )
}
