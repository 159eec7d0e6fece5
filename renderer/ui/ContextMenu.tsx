import { type ReactNode, useRef, useState } from 'react'
import {
  Menu as AriaMenu,
  type Key,
  Popover,
  RootMenuTriggerStateContext,
} from 'react-aria-components'
import './menu.css'

export interface ContextMenuProps {
  /** Where on the page, in CSS pixels from the window's corner; `null` while it is closed. */
  readonly at: { readonly x: number; readonly y: number } | null
  readonly label: string
  onClose(): void
  /** MenuItem, MenuSection, MenuSeparator and Submenu. */
  readonly children: ReactNode
}

/** A menu at a point, as a right click or the menu key opens it. */
export function ContextMenu({ at, label, onClose, children }: ContextMenuProps) {
  const anchor = useRef<HTMLSpanElement>(null)
  const state = useMenuState(at !== null, onClose)
  return (
    <RootMenuTriggerStateContext value={state}>
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
        onOpenChange={isOpen => !isOpen && state.close()}
        placement="bottom start"
        offset={0}
      >
        <AriaMenu className="menu" aria-label={label} autoFocus="first" onClose={state.close}>
          {children}
        </AriaMenu>
      </Popover>
    </RootMenuTriggerStateContext>
  )
}

/** What submenus need of the menu that they open from, which here has no button of its own. */
function useMenuState(isOpen: boolean, onClose: () => void) {
  const [expandedKeysStack, setExpanded] = useState<Key[]>([])
  const close = () => {
    setExpanded([])
    onClose()
  }
  return {
    isOpen,
    expandedKeysStack,
    close,
    openSubmenu: (key: Key, level: number) =>
      setExpanded(keys => (level > keys.length ? keys : [...keys.slice(0, level), key])),
    closeSubmenu: (key: Key, level: number) =>
      setExpanded(keys => (keys[level] === key ? keys.slice(0, level) : keys)),
    // A menu at a point is opened by whoever knows the point.
    focusStrategy: null,
    open: () => {},
    toggle: close,
    setOpen: (wanted: boolean) => {
      if (!wanted) close()
    },
    point: null,
    setPoint: () => {},
  }
}
