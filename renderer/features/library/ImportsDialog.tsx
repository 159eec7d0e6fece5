import { History } from 'lucide-react'
import { allBatches } from '../../data/reports'
import { useLive } from '../../data/use-live'
import { useWords } from '../../locale/use-words'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { EmptyState } from '../../ui/EmptyState'
import { useWorkspace } from '../../workspace/context'
import { BatchRow } from './BatchRow'

interface ImportsDialogProps {
  onClose(): void
}

/** Every import of the project, each to be removed as a whole. */
export function ImportsDialog({ onClose }: ImportsDialogProps) {
  const { t } = useWords()
  const { db } = useWorkspace()
  const batches = useLive(() => allBatches(db), 'batches')
  return (
    <Dialog
      isOpen
      size="medium"
      closesOutside
      title={t('library.importsTitle')}
      closeLabel={t('common.close')}
      onClose={onClose}
      footerNote={t('library.importsNote')}
      footer={
        <Button variant="primary" autoFocus onPress={onClose}>
          {t('common.close')}
        </Button>
      }
    >
      {batches?.length === 0 && <EmptyState icon={<History />} title={t('library.noImports')} />}
      <ul className="batches">
        {batches?.map(batch => (
          <BatchRow key={batch.id} batch={batch} />
        ))}
      </ul>
    </Dialog>
  )
}
