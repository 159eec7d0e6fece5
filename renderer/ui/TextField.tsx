import type { KeyboardEvent, ReactNode, Ref } from 'react'
import {
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
  FieldError,
  Input,
  Label,
  Text,
  TextArea,
} from 'react-aria-components'
import { isComposing } from './composing'
import './field.css'

export interface TextFieldProps
  extends Omit<AriaTextFieldProps, 'children' | 'className' | 'style' | 'isInvalid'> {
  /** Always the field's name; `hideLabel` only keeps it off the screen. */
  readonly label: string
  readonly hideLabel?: boolean
  readonly description?: string
  /** What is wrong with the value. Empty or absent when nothing is. */
  readonly error?: string
  readonly placeholder?: string
  /** Rows of text; absent for a single line. */
  readonly rows?: number
  /** An icon or small control within the field's frame. */
  readonly before?: ReactNode
  readonly after?: ReactNode
  /** Enter (with Control or Command when there are rows), and not while composing. */
  onCommit?(value: string): void
  /** Escape, and not while composing. Without this, Escape goes on to the dialog around. */
  onCancel?(): void
  readonly inputRef?: Ref<HTMLInputElement & HTMLTextAreaElement>
}

/** A labelled field for one line of text, or for several. */
export function TextField(props: TextFieldProps) {
  const { label, hideLabel, description, error, placeholder, rows, before, after, ...others } =
    props
  const { onCommit, onCancel, inputRef, ...rest } = others

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement | HTMLTextAreaElement>) => {
    if (isComposing(event)) return
    const isCommit = event.key === 'Enter' && (rows === undefined || event.ctrlKey || event.metaKey)
    if (isCommit && onCommit) {
      event.preventDefault()
      onCommit(event.currentTarget.value)
    }
    if (event.key === 'Escape' && onCancel) {
      event.preventDefault()
      event.stopPropagation()
      onCancel()
    }
  }
  const shared = {
    className: 'field-input',
    onKeyDown,
    autoComplete: 'off',
    ...(placeholder === undefined ? {} : { placeholder }),
    ...(inputRef === undefined ? {} : { ref: inputRef }),
  }

  return (
    <AriaTextField {...rest} isInvalid={Boolean(error)} className="field">
      <Label className={hideLabel ? 'visually-hidden' : 'field-label'}>{label}</Label>
      <div className="field-frame">
        {before}
        {rows === undefined ? (
          <Input {...shared} spellCheck={false} />
        ) : (
          <TextArea {...shared} rows={rows} />
        )}
        {after}
      </div>
      {description && !error && (
        <Text slot="description" className="field-description">
          {description}
        </Text>
      )}
      <FieldError className="field-error">{error}</FieldError>
    </AriaTextField>
  )
}
