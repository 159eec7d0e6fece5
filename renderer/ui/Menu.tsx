import type { ReactElement, ReactNode } from 'react'
import { Menu as AriaMenu, MenuTrigger, Popover } from 'react-aria-components'
import './menu.css'

export interface MenuProps {
  /** The button that opens it: a Button or an IconButton. */
  readonly trigger: ReactElement
  /** What the menu is called, for those who do not see the button. */
  readonly label: string
  readonly placement?: 'bottom start' | 'bottom end' | 'top start' | 'top end'
  onOpenChange?(isOpen: boolean): void
  /** MenuItem, MenuSection and MenuSeparator. */
  readonly children: ReactNode
}

/** A button and the menu that it opens. */
export function Menu(props: MenuProps) {
  const { trigger, label, placement = 'bottom start', onOpenChange, children } = props
  return (
    <MenuTrigger {...(onOpenChange ? { onOpenChange } : {})}>
      {trigger}
      <Popover className="popover popover-menu" placement={placement} offset={4}>
        <AriaMenu className="menu" aria-label={label}>
          {children}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  )
}
