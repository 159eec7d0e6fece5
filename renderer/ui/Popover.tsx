import type { ReactElement, ReactNode, RefObject } from 'react'
import { Popover as AriaPopover, Dialog, DialogTrigger } from 'react-aria-components'
import './menu.css'

interface PopoverBase {
  /** What it is called, for those who do not see where it points. */
  readonly label: string
  readonly placement?:
    | 'top'
    | 'bottom'
    | 'bottom start'
    | 'bottom end'
    | 'top start'
    | 'top end'
    | 'start'
    | 'end'
  readonly children: ReactNode | ((popover: { close(): void }) => ReactNode)
}

export type PopoverProps = PopoverBase &
  (
    | { /** The button that opens it. */ readonly trigger: ReactElement }
    | {
        /** What it points at, when someone else decides whether it is open. */
        readonly anchor: RefObject<Element | null>
        readonly isOpen: boolean
        onClose(): void
      }
  )

/** A small surface beside what it is about. Escape and a press elsewhere close it. */
export function Popover(props: PopoverProps) {
  const { label, placement = 'bottom start', children } = props
  const body = (
    <Dialog className="popover-body" aria-label={label}>
      {children}
    </Dialog>
  )
  if ('trigger' in props) {
    return (
      <DialogTrigger>
        {props.trigger}
        <AriaPopover className="popover" placement={placement} offset={4}>
          {body}
        </AriaPopover>
      </DialogTrigger>
    )
  }
  const { anchor, isOpen, onClose } = props
  return (
    <AriaPopover
      className="popover"
      triggerRef={anchor}
      isOpen={isOpen}
      onOpenChange={open => !open && onClose()}
      placement={placement}
      offset={4}
    >
      {body}
    </AriaPopover>
  )
}
