import type { ReactNode } from 'react'
import {
  ToggleButton as AriaToggleButton,
  type ToggleButtonProps as AriaToggleButtonProps,
} from 'react-aria-components'
import { Tooltip } from './Tooltip'
import './button.css'

export interface ToggleButtonProps
  extends Omit<AriaToggleButtonProps, 'children' | 'className' | 'style' | 'aria-label'> {
  /** What is on when the button is pressed in. Do not change it with the state. */
  readonly label: string
  /** Drawn before the label; with `iconOnly`, instead of it. */
  readonly icon?: ReactNode
  readonly iconOnly?: boolean
  readonly keys?: string
  readonly size?: 'small' | 'medium'
}

/** A button that stays pressed in: `isSelected` and `onChange`. */
export function ToggleButton(props: ToggleButtonProps) {
  const { label, icon, iconOnly = false, keys, size = 'medium', ...rest } = props
  const shape = iconOnly ? 'button-icon' : 'button-quiet'
  const button = (
    <AriaToggleButton
      {...rest}
      {...(iconOnly ? { 'aria-label': label } : {})}
      className={`button ${shape} button-toggle button-${size}`}
    >
      {icon}
      {!iconOnly && <span className="button-label">{label}</span>}
    </AriaToggleButton>
  )
  if (!iconOnly && keys === undefined) return button
  return (
    <Tooltip text={label} {...(keys === undefined ? {} : { keys })}>
      {button}
    </Tooltip>
  )
}
