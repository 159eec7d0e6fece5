import { Menu as MenuIcon } from 'lucide-react'
import { Fragment } from 'react'
import { useWords } from '../locale/use-words'
import { IconButton } from '../ui/IconButton'
import { Menu } from '../ui/Menu'
import { MenuItem } from '../ui/MenuItem'
import { MenuSeparator } from '../ui/MenuSeparator'

/** A command as the menu lists it. */
export interface ShellCommand {
  readonly id: string
  readonly title: string
  /** A shortcut as `Kbd` takes it; empty when there is none. */
  readonly keys: string
  readonly enabled: boolean
  /** Neighbours with the same group stand together. */
  readonly group?: string
  run(): void
}

interface CommandMenuProps {
  readonly commands: readonly ShellCommand[]
}

/** The menu with everything that can be done in a project. */
export function CommandMenu({ commands }: CommandMenuProps) {
  const { t } = useWords()
  return (
    <Menu
      label={t('shell.commands')}
      trigger={<IconButton label={t('shell.menu')} icon={<MenuIcon aria-hidden />} />}
    >
      {commands.map(({ id, title, keys, enabled, group, run }, index) => (
        <Fragment key={id}>
          {index > 0 && group !== commands[index - 1]?.group && <MenuSeparator />}
          <MenuItem
            id={id}
            label={title}
            isDisabled={!enabled}
            onAction={run}
            {...(keys === '' ? {} : { keys })}
          />
        </Fragment>
      ))}
    </Menu>
  )
}
