import { ChevronDown } from 'lucide-react'
import {
  Select as AriaSelect,
  type SelectProps as AriaSelectProps,
  Button,
  FieldError,
  Label,
  ListBox,
  Popover,
  SelectValue,
  Text,
} from 'react-aria-components'
import { ListOption } from './ListOption'
import './field.css'
import './menu.css'

export interface SelectOption<K extends string> {
  readonly id: K
  readonly label: string
  readonly description?: string
  readonly isDisabled?: boolean
}

export interface SelectProps<K extends string>
  extends Omit<
    AriaSelectProps<SelectOption<K>>,
    'children' | 'className' | 'style' | 'value' | 'onChange' | 'selectionMode' | 'isInvalid'
  > {
  readonly label: string
  readonly hideLabel?: boolean
  readonly options: readonly SelectOption<K>[]
  /** `null` when nothing is chosen yet. */
  readonly value: K | null
  onChange(value: K): void
  readonly description?: string
  readonly error?: string
}

/** A choice of one from a short list. */
export function Select<K extends string>(props: SelectProps<K>) {
  const { label, hideLabel, options, value, onChange, description, error, ...rest } = props
  return (
    <AriaSelect
      {...rest}
      className="field"
      isInvalid={Boolean(error)}
      value={value}
      onChange={key => {
        const chosen = options.find(option => option.id === key)
        if (chosen) onChange(chosen.id)
      }}
    >
      <Label className={hideLabel ? 'visually-hidden' : 'field-label'}>{label}</Label>
      <Button className="select-button">
        <SelectValue className="select-value" />
        <ChevronDown aria-hidden />
      </Button>
      {description && !error && (
        <Text slot="description" className="field-description">
          {description}
        </Text>
      )}
      <FieldError className="field-error">{error}</FieldError>
      <Popover className="popover popover-menu select-popover" offset={4}>
        <ListBox className="menu" items={options}>
          {({ id, label, description, isDisabled }) => (
            <ListOption
              id={id}
              label={label}
              {...(description === undefined ? {} : { description })}
              isDisabled={isDisabled ?? false}
            />
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  )
}
