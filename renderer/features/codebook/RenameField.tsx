import { useRef, useState } from 'react'
import { Input } from 'react-aria-components'
import { MAX_NAME_LENGTH } from '../../../shared/domain/project'
import { useWords } from '../../locale/use-words'
import { isComposing } from '../../ui/composing'

interface RenameFieldProps {
  readonly name: string
  /** Enter, or the field is left with another name in it. */
  onRename(name: string): void
  onCancel(): void
}

/** A code's name, to be changed in place. An empty name counts as giving up. */
export function RenameField({ name, onRename, onCancel }: RenameFieldProps) {
  const { t } = useWords()
  const [typed, setTyped] = useState(name)
  const isGivenUp = useRef(false)
  const finish = () => {
    if (isGivenUp.current || typed.trim() === '' || typed === name) onCancel()
    else onRename(typed)
  }
  return (
    <Input
      className="code-rename"
      aria-label={t('codebook.nameOf', { name })}
      value={typed}
      maxLength={MAX_NAME_LENGTH}
      autoFocus
      autoComplete="off"
      spellCheck={false}
      onFocus={event => event.currentTarget.select()}
      onChange={event => setTyped(event.currentTarget.value)}
      onBlur={finish}
      onKeyDown={event => {
        if (isComposing(event) || (event.key !== 'Enter' && event.key !== 'Escape')) return
        event.preventDefault()
        isGivenUp.current = event.key === 'Escape'
        // Leaving the field is what finishes; the focus goes back to where the arrow keys work.
        const row = event.currentTarget.closest<HTMLElement>('[role="row"]')
        if (row) row.focus()
        else event.currentTarget.blur()
      }}
    />
  )
}
