import { Plus, X } from 'lucide-react'
import { type Ref, useRef, useState } from 'react'
import type { Code } from '../../../shared/domain/code'
import type { CodeId } from '../../../shared/domain/id'
import { useWords } from '../../locale/use-words'
import { IconButton } from '../../ui/IconButton'
import { TextField } from '../../ui/TextField'
import { useToast } from '../../ui/use-toast'
import { addSuitedCode, takeName } from './new-code'
import { useAct } from './use-act'

interface NewCodeFieldProps {
  /** The code under which new ones go; `null` for the top. */
  readonly parent: Code | null
  onForgetParent(): void
  onAdded(id: CodeId, parentId: CodeId | null): void
  readonly inputRef: Ref<HTMLInputElement & HTMLTextAreaElement>
}

/** A name and Enter make a code. The field is then free for the next, saved or not yet saved. */
export function NewCodeField(props: NewCodeFieldProps) {
  const { parent, onForgetParent, onAdded, inputRef } = props
  const { t } = useWords()
  const { act, canEdit } = useAct()
  const toast = useToast()
  const [name, setName] = useState('')
  // What is in the field now, for what goes on after a save.
  const typed = useRef('')
  const parentId = parent?.id ?? null

  const write = (value: string) => {
    typed.current = value
    setName(value)
  }
  const save = async (wanted: string) => {
    const outcome = await act(addSuitedCode(wanted, parentId))
    if (outcome === 'failed' || outcome === 'nothing' || outcome.kind === 'import') return false
    const [made] = outcome.changes
    if (made?.table === 'codes') onAdded(made.id, parentId)
    return true
  }
  const tellLost = (lost: string) =>
    toast({ message: t('codebook.notAdded', { name: lost }), kind: 'danger' })
  const add = () => takeName({ read: () => typed.current, write }, { save, tellLost })

  return (
    <div className="code-new">
      {parent && (
        <div className="code-new-parent">
          <span className="code-new-under">{t('codebook.newUnder', { name: parent.name })}</span>
          <IconButton
            size="small"
            label={t('codebook.newAtTop')}
            icon={<X aria-hidden />}
            onPress={onForgetParent}
          />
        </div>
      )}
      <TextField
        hideLabel
        label={t('codebook.newLabel')}
        placeholder={t('codebook.newPlaceholder')}
        value={name}
        onChange={write}
        isDisabled={!canEdit}
        inputRef={inputRef}
        before={<Plus aria-hidden />}
        onCommit={() => void add()}
        onCancel={() => {
          write('')
          onForgetParent()
        }}
      />
    </div>
  )
}
