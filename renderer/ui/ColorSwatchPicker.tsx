import { Check } from 'lucide-react'
import {
  ColorSwatchPicker as AriaColorSwatchPicker,
  ColorField,
  ColorSwatch,
  ColorSwatchPickerItem,
  Input,
  Label,
} from 'react-aria-components'
import { isComposing } from './composing'
import './field.css'
import './color.css'

export interface ColorSwatchPickerProps {
  readonly label: string
  /** Names the field for any other colour. */
  readonly hexLabel: string
  /** Each as `#rrggbb`, all different. */
  readonly palette: readonly string[]
  /** `#rrggbb`. */
  readonly value: string
  /** Told `#rrggbb`, in lower case. */
  onChange(color: string): void
}

/** A colour from a palette, or any other by its number. */
export function ColorSwatchPicker(props: ColorSwatchPickerProps) {
  const { label, hexLabel, palette, value, onChange } = props
  return (
    <div className="color-picker">
      <AriaColorSwatchPicker
        className="color-swatches"
        aria-label={label}
        value={value}
        onChange={color => onChange(color.toString('hex').toLowerCase())}
      >
        {palette.map(color => (
          <ColorSwatchPickerItem key={color} color={color} className="color-item">
            {({ isSelected }) => (
              <>
                <ColorSwatch className="color-swatch" />
                {isSelected && <Check className="color-tick" aria-hidden />}
              </>
            )}
          </ColorSwatchPickerItem>
        ))}
      </AriaColorSwatchPicker>
      <ColorField
        className="color-field"
        value={value}
        onChange={color => color && onChange(color.toString('hex').toLowerCase())}
      >
        <Label className="field-label">{hexLabel}</Label>
        <div className="field-frame">
          <span className="color-dot" style={{ backgroundColor: value }} />
          <Input
            className="field-input"
            spellCheck={false}
            autoComplete="off"
            onKeyDown={event => {
              // Enter takes the number, rather than submit the form around.
              if (event.key !== 'Enter' || isComposing(event)) return
              event.preventDefault()
              event.currentTarget.blur()
              event.currentTarget.focus()
            }}
          />
        </div>
      </ColorField>
    </div>
  )
}
