import { Info, PencilLine } from 'lucide-react'
import { useWords } from '../../locale/use-words'
import { useCanEdit } from '../../session/saving'
import { ContextMenu } from '../../ui/ContextMenu'
import { MenuItem } from '../../ui/MenuItem'

interface ReportMenuProps {
  /** Where on the page; `null` while it is closed. */
  readonly at: { readonly x: number; readonly y: number } | null
  onClose(): void
  onRename(): void
  onDetails(): void
}

/** What can be done with one report. */
export function ReportMenu({ at, onClose, onRename, onDetails }: ReportMenuProps) {
  const { t } = useWords()
  const canEdit = useCanEdit()
  return (
    <ContextMenu at={at} label={t('library.reportMenu')} onClose={onClose}>
      <MenuItem
        label={t('library.rename')}
        icon={<PencilLine aria-hidden />}
        keys="F2"
        isDisabled={!canEdit}
        onAction={onRename}
      />
      <MenuItem label={t('library.details')} icon={<Info aria-hidden />} onAction={onDetails} />
    </ContextMenu>
  )
}
