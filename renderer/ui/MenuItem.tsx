import { Check } from 'lucide-react'
import type { ReactNode } from 'react'
import { MenuItem as AriaMenuItem } from 'react-aria-components'
import { Kbd } from './Kbd'
import './menu.css'

export interface MenuItemProps {
  readonly id?: string
  readonly label: string
  readonly icon?: ReactNode
  readonly description?: string
  /** A shortcut as {@link Kbd} takes it. Shown only: the menu does not listen for it. */
  readonly keys?: string
  /** Red, for what destroys. */
  readonly isDanger?: boolean
  readonly isDisabled?: boolean
  onAction?(): void
}

/** A line of a menu. In a section with a selection, it shows a tick when selected. */
export function MenuItem(props: MenuItemProps) {
  const { id, label, icon, description, keys, isDanger = false, isDisabled = false } = props
  const { onAction } = props
  return (
    <AriaMenuItem
      {...(id === undefined ? {} : { id })}
      {...(onAction ? { onAction } : {})}
      textValue={label}
      isDisabled={isDisabled}
      className={isDanger ? 'menu-item menu-item-danger' : 'menu-item'}
    >
      {({ isSelected }) => (
        <>
          <span className="menu-icon">{isSelected ? <Check aria-hidden /> : icon}</span>
          <span className="menu-text">
            <span>{label}</span>
            {description && <span className="menu-description">{description}</span>}
          </span>
          {keys && <Kbd keys={keys} />}
        </>
      )}
    </AriaMenuItem>
  )
}
