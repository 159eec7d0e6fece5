import { LoaderCircle } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components'
import './button.css'

export type ButtonVariant = 'primary' | 'plain' | 'quiet' | 'danger'

export interface ButtonProps extends Omit<AriaButtonProps, 'children' | 'className' | 'style'> {
  readonly children: ReactNode
  readonly variant?: ButtonVariant
  readonly size?: 'small' | 'medium' | 'large'
  /** A lucide icon, drawn before the label. */
  readonly icon?: ReactNode
}

/**
 * A button with a label. `isPending` keeps its width, shows a wheel and takes no press. Give
 * `preventFocusOnPress` to one that acts on a selection, or the press takes it away.
 */
export function Button(props: ButtonProps) {
  const { children, variant = 'plain', size = 'medium', icon, ...rest } = props
  return (
    <AriaButton {...rest} className={`button button-${variant} button-${size}`}>
      {({ isPending }) => (
        <>
          {isPending ? <LoaderCircle className="button-wheel" aria-hidden /> : icon}
          <span className="button-label">{children}</span>
        </>
      )}
    </AriaButton>
  )
}
