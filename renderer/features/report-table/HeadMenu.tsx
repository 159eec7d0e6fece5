import { ArrowDown, ArrowUp, EyeOff, Filter, Group, PencilLine, Trash2 } from 'lucide-react'
import { useWords } from '../../locale/use-words'
import { MenuItem } from '../../ui/MenuItem'
import { MenuSeparator } from '../../ui/MenuSeparator'
import type { Column } from './columns'

/** What can be asked of a column. */
export interface HeadActions {
  sort(direction: 'up' | 'down'): void
  filter(): void
  group(): void
  hide(): void
  resize(by: number): void
  edit(): void
  move(where: 'left' | 'right'): void
  remove(): void
}

interface HeadMenuProps {
  readonly column: Column
  readonly canEdit: boolean
  readonly actions: HeadActions
}

/** The lines of a column's menu. */
export function HeadMenu({ column, canEdit, actions }: HeadMenuProps) {
  const { t } = useWords()
  const isName = column.key === 'name'
  return (
    <>
      <MenuItem
        label={t('table.sortUp')}
        icon={<ArrowUp aria-hidden />}
        onAction={() => actions.sort('up')}
      />
      <MenuItem
        label={t('table.sortDown')}
        icon={<ArrowDown aria-hidden />}
        onAction={() => actions.sort('down')}
      />
      <MenuItem
        label={t('table.filter')}
        icon={<Filter aria-hidden />}
        onAction={() => actions.filter()}
      />
      {!isName && (
        <MenuItem
          label={t('table.groupByThis')}
          icon={<Group aria-hidden />}
          onAction={() => actions.group()}
        />
      )}
      <MenuSeparator />
      <MenuItem label={t('table.wider')} onAction={() => actions.resize(60)} />
      <MenuItem label={t('table.narrower')} onAction={() => actions.resize(-60)} />
      {!isName && (
        <MenuItem
          label={t('table.hide')}
          icon={<EyeOff aria-hidden />}
          onAction={() => actions.hide()}
        />
      )}
      {column.own && (
        <>
          <MenuSeparator />
          <MenuItem
            label={t('table.variable.change')}
            icon={<PencilLine aria-hidden />}
            isDisabled={!canEdit}
            onAction={() => actions.edit()}
          />
          <MenuItem
            label={t('table.moveLeft')}
            isDisabled={!canEdit}
            onAction={() => actions.move('left')}
          />
          <MenuItem
            label={t('table.moveRight')}
            isDisabled={!canEdit}
            onAction={() => actions.move('right')}
          />
          <MenuItem
            isDanger
            label={t('table.variable.remove')}
            icon={<Trash2 aria-hidden />}
            isDisabled={!canEdit}
            onAction={() => actions.remove()}
          />
        </>
      )}
    </>
  )
}
