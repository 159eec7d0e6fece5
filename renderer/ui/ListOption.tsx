import { Check } from 'lucide-react'
import { ListBoxItem } from 'react-aria-components'
import './menu.css'

export interface ListOptionProps {
  readonly id: string
  readonly label: string
  readonly description?: string
  readonly isDisabled?: boolean
}

/** One line of a list to choose from, with a tick when it is chosen. */
export function ListOption({ id, label, description, isDisabled = false }: ListOptionProps) {
  return (
    <ListBoxItem id={id} textValue={label} isDisabled={isDisabled} className="menu-item">
      {({ isSelected }) => (
        <>
          <span className="menu-icon">{isSelected && <Check aria-hidden />}</span>
          <span className="menu-text">
            <span>{label}</span>
            {description && <span className="menu-description">{description}</span>}
          </span>
        </>
      )}
    </ListBoxItem>
  )
}
