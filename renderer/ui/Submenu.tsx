import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import {
  Menu as AriaMenu,
  MenuItem as AriaMenuItem,
  Popover,
  SubmenuTrigger,
} from 'react-aria-components'
import './menu.css'

export interface SubmenuProps {
  readonly label: string
  readonly icon?: ReactNode
  readonly isDisabled?: boolean
  /** MenuItem, MenuSection and MenuSeparator. */
  readonly children: ReactNode
}

/** A line of a menu that opens another menu beside it. */
export function Submenu({ label, icon, isDisabled = false, children }: SubmenuProps) {
  return (
    <SubmenuTrigger>
      <AriaMenuItem textValue={label} isDisabled={isDisabled} className="menu-item">
        <span className="menu-icon">{icon}</span>
        <span className="menu-text">{label}</span>
        <ChevronRight className="menu-chevron" aria-hidden />
      </AriaMenuItem>
      <Popover className="popover popover-menu" offset={-2}>
        <AriaMenu className="menu" aria-label={label}>
          {children}
        </AriaMenu>
      </Popover>
    </SubmenuTrigger>
  )
}
