import { Menu as MenuIcon } from 'lucide-react'
import { Fragment } from 'react'
import { useWords } from '../locale/use-words'
import { type CommandId, canRun, handlerOf } from '../session/commands'
import { keysOf, useKeyMap } from '../session/key-map'
import { IconButton } from '../ui/IconButton'
import { Menu } from '../ui/Menu'
import { MenuItem } from '../ui/MenuItem'
import { MenuSeparator } from '../ui/MenuSeparator'

/** What the menu lists, in order. Keys alone do what is not in it; the palette has everything. */
const LISTED = [
  'reading',
  'table',
  'coverage',
  'undo',
  'redo',
  'export',
  'importValues',
  'saveCopy',
  'history',
  'snapshots',
  'check',
  'palette',
  'keys',
  'leave',
] as const satisfies CommandId[]

/** Where a line is drawn above an item. */
const FIRST_OF_GROUP: ReadonlySet<CommandId> = new Set([
  'undo',
  'export',
  'history',
  'palette',
  'leave',
])

interface CommandMenuProps {
  /** The titles of what would be undone and redone. */
  titleOf(id: CommandId): string
}

/** The menu with what can be done in a project. */
export function CommandMenu({ titleOf }: CommandMenuProps) {
  const { t } = useWords()
  const chosen = useKeyMap(keys => keys.chosen)
  return (
    <Menu
      label={t('shell.commands')}
      trigger={<IconButton label={t('shell.menu')} icon={<MenuIcon aria-hidden />} />}
    >
      {LISTED.map(id => {
        const [keys] = keysOf(id, chosen)
        return (
          <Fragment key={id}>
            {FIRST_OF_GROUP.has(id) && <MenuSeparator />}
            <MenuItem
              id={id}
              label={titleOf(id)}
              isDisabled={!canRun(id)}
              onAction={() => void handlerOf(id)?.run('')}
              {...(keys === undefined ? {} : { keys })}
            />
          </Fragment>
        )
      })}
    </Menu>
  )
}
