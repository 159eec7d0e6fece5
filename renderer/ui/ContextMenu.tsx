import { type ReactNode, useRef } from 'react'
import { Menu as AriaMenu, Popover } from 'react-aria-components'
import './menu.css'

export interface ContextMenuProps {
  /** Where on the page, in CSS pixels from the window's corner; `null` while it is closed. */
  readonly at: { readonly x: number; readonly y: number } | null
  readonly label: string
  onClose(): void
  /** MenuItem, MenuSection and MenuSeparator. */
  readonly children: ReactNode
}

/** A menu at a point, as a right click or the menu key opens it. */
export function ContextMenu({ at, label, onClose, children }: ContextMenuProps) {
  const anchor = useRef<HTMLSpanElement>(null)
  return (
    <>
      <span
        ref={anchor}
        className="menu-anchor"
        style={{ insetInlineStart: at?.x ?? 0, insetBlockStart: at?.y ?? 0 }}
      />
      <Popover
        key={at && `${at.x} ${at.y}`}
        className="popover popover-menu"
        triggerRef={anchor}
        isOpen={at !== null}
        onOpenChange={isOpen => !isOpen && onClose()}
        placement="bottom start"
        offset={0}
      >
        <AriaMenu className="menu" aria-label={label} autoFocus="first" onClose={onClose}>
          {children}
        </AriaMenu>
      </Popover>
    </>
  )
}
