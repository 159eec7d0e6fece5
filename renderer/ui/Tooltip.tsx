import type { ReactElement } from 'react'
import { Tooltip as AriaTooltip, TooltipTrigger } from 'react-aria-components'
import { Kbd } from './Kbd'
import './tooltip.css'

export interface TooltipProps {
  readonly text: string
  /** A shortcut as {@link Kbd} takes it. */
  readonly keys?: string
  readonly placement?: 'top' | 'bottom' | 'start' | 'end'
  /** One button of this folder, or anything else that React Aria can focus. */
  readonly children: ReactElement
}

/** Words that appear beside a control on hover and on keyboard focus. */
export function Tooltip({ text, keys, placement = 'bottom', children }: TooltipProps) {
  return (
    <TooltipTrigger delay={500} closeDelay={80}>
      {children}
      <AriaTooltip className="tooltip" placement={placement} offset={6}>
        {text}
        {keys && <Kbd keys={keys} />}
      </AriaTooltip>
    </TooltipTrigger>
  )
}
