import { LoaderCircle } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components'
import { Tooltip } from './Tooltip'
import './button.css'

export interface IconButtonProps
  extends Omit<AriaButtonProps, 'children' | 'className' | 'style' | 'aria-label'> {
  /** What the button is called; also its tooltip. */
  readonly label: string
  /** A lucide icon. */
  readonly icon: ReactNode
  /** More than the label says, such as what Undo would undo. Replaces it in the tooltip. */
  readonly hint?: string
  /** A shortcut as {@link Kbd} takes it, shown in the tooltip. */
  readonly keys?: string
  readonly size?: 'small' | 'medium'
}

/** A button that is only an icon. Its name appears on hover and on keyboard focus. */
export function IconButton(props: IconButtonProps) {
  const { label, icon, hint, keys, size = 'medium', ...rest } = props
  return (
    <Tooltip text={hint ?? label} {...(keys === undefined ? {} : { keys })}>
      <AriaButton {...rest} aria-label={label} className={`button button-icon button-${size}`}>
        {({ isPending }) =>
          isPending ? <LoaderCircle className="button-wheel" aria-hidden /> : icon
        }
      </AriaButton>
    </Tooltip>
  )
}
