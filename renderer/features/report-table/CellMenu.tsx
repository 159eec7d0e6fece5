import { ArrowDownToLine, BookOpenText, Check, Eraser, Trash2 } from 'lucide-react'
import { useWords } from '../../locale/use-words'
import { ContextMenu } from '../../ui/ContextMenu'
import { MenuItem } from '../../ui/MenuItem'
import { MenuSeparator } from '../../ui/MenuSeparator'

interface CellMenuProps {
  readonly at: { readonly x: number; readonly y: number } | null
  /** Whether more than one cell is selected. */
  readonly isMany: boolean
  readonly canEdit: boolean
  /** Whether a value among the selected was read and not decided on. */
  readonly canConfirm: boolean
  onClose(): void
  onOpen(): void
  onFillDown(): void
  onClear(): void
  onConfirm(): void
  /** How many reports the selection has cells of. */
  readonly reports: number
  onRemove(): void
}

/** What can be done with the selected cells. */
export function CellMenu(props: CellMenuProps) {
  const { at, isMany, canEdit, canConfirm, onClose } = props
  const { onOpen, onFillDown, onClear, onConfirm } = props
  const { reports, onRemove } = props
  const { t, number } = useWords()
  return (
    <ContextMenu at={at} label={t('table.cellMenu')} onClose={onClose}>
      <MenuItem
        label={t('table.open')}
        icon={<BookOpenText aria-hidden />}
        keys="Mod+Enter"
        onAction={onOpen}
      />
      <MenuSeparator />
      <MenuItem
        label={t('table.confirm')}
        icon={<Check aria-hidden />}
        isDisabled={!canEdit || !canConfirm}
        onAction={onConfirm}
      />
      <MenuItem
        label={t('table.fillDown')}
        icon={<ArrowDownToLine aria-hidden />}
        keys="Mod+D"
        isDisabled={!canEdit || !isMany}
        onAction={onFillDown}
      />
      <MenuItem
        label={t('table.clear')}
        icon={<Eraser aria-hidden />}
        keys="Delete"
        isDisabled={!canEdit}
        onAction={onClear}
      />
      <MenuSeparator />
      <MenuItem
        label={t('table.removeRows', { count: reports, n: number(reports) })}
        icon={<Trash2 aria-hidden />}
        isDisabled={!canEdit || reports === 0}
        onAction={onRemove}
      />
    </ContextMenu>
  )
}
