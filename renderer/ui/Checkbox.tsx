import { Check, Minus } from 'lucide-react'
import type { ReactNode } from 'react'
import {
  Checkbox as AriaCheckbox,
  type CheckboxProps as AriaCheckboxProps,
} from 'react-aria-components'
import './field.css'

export interface CheckboxProps extends Omit<AriaCheckboxProps, 'children' | 'className' | 'style'> {
  /** The label. Without one, give `aria-label`. */
  readonly children?: ReactNode
  readonly description?: string
}

/** A box to tick: `isSelected`, `isIndeterminate` and `onChange`. */
export function Checkbox({ children, description, ...rest }: CheckboxProps) {
  return (
    <AriaCheckbox {...rest} className="choice">
      {({ isIndeterminate }) => (
        <>
          <span className="choice-mark">
            {isIndeterminate ? <Minus aria-hidden /> : <Check aria-hidden />}
          </span>
          {(children || description) && (
            <span className="choice-text">
              {children}
              {description && <span className="choice-description">{description}</span>}
            </span>
          )}
        </>
      )}
    </AriaCheckbox>
  )
}
