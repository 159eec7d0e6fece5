import {
  RadioGroup as AriaRadioGroup,
  type RadioGroupProps as AriaRadioGroupProps,
  FieldError,
  Label,
  Radio,
} from 'react-aria-components'
import './field.css'

export interface RadioOption<K extends string> {
  readonly id: K
  readonly label: string
  readonly description?: string
  readonly isDisabled?: boolean
}

export interface RadioGroupProps<K extends string>
  extends Omit<
    AriaRadioGroupProps,
    'children' | 'className' | 'style' | 'value' | 'onChange' | 'isInvalid'
  > {
  readonly label: string
  readonly hideLabel?: boolean
  readonly options: readonly RadioOption<K>[]
  readonly value: K | null
  onChange(value: K): void
  readonly error?: string
}

/** A choice of one, all of whose options are worth seeing at once. */
export function RadioGroup<K extends string>(props: RadioGroupProps<K>) {
  const { label, hideLabel, options, value, onChange, error, ...rest } = props
  return (
    <AriaRadioGroup
      {...rest}
      className="radio-group"
      isInvalid={Boolean(error)}
      value={value}
      onChange={chosen => {
        const option = options.find(({ id }) => id === chosen)
        if (option) onChange(option.id)
      }}
    >
      <Label className={hideLabel ? 'visually-hidden' : 'field-label'}>{label}</Label>
      <div className="radio-options">
        {options.map(option => (
          <Radio
            key={option.id}
            value={option.id}
            isDisabled={option.isDisabled ?? false}
            className="choice"
          >
            <span className="choice-mark choice-round" />
            <span className="choice-text">
              {option.label}
              {option.description && (
                <span className="choice-description">{option.description}</span>
              )}
            </span>
          </Radio>
        ))}
      </div>
      <FieldError className="field-error">{error}</FieldError>
    </AriaRadioGroup>
  )
}
