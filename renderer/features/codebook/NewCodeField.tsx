import { Plus, X } from 'lucide-react'
import { type Ref, useState } from 'react'
import { addCode } from '../../../shared/commands/codebook'
import type { Code } from '../../../shared/domain/code'
import type { CodeId } from '../../../shared/domain/id'
import { useWords } from '../../locale/use-words'
import { IconButton } from '../../ui/IconButton'
import { TextField } from '../../ui/TextField'
import { suggestColor } from './palette'
import { useAct } from './use-act'

interface NewCodeFieldProps {
  readonly codes: readonly Code[]
  /** The code under which new ones go; `null` for the top. */
  readonly parent: Code | null
  onForgetParent(): void
  onAdded(id: CodeId): void
  readonly inputRef: Ref<HTMLInputElement & HTMLTextAreaElement>
}

/** A name and Enter make a code. The field stays, so that a list of codes is quickly typed. */
export function NewCodeField(props: NewCodeFieldProps) {
  const { codes, parent, onForgetParent, onAdded, inputRef } = props
  const { t } = useWords()
  const { act, canEdit } = useAct()
  const [name, setName] = useState('')
  const [isBusy, setBusy] = useState(false)
  const parentId = parent?.id ?? null

  const add = async () => {
    if (name.trim() === '' || isBusy) return
    setBusy(true)
    const outcome = await act(addCode({ name, parentId, color: suggestColor(codes, parentId) }))
    setBusy(false)
    if (outcome === 'failed' || outcome === 'nothing' || outcome.kind === 'import') return
    setName('')
    const [made] = outcome.changes
    if (made?.table === 'codes') onAdded(made.id)
  }

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
        onChange={setName}
        isDisabled={!canEdit}
        inputRef={inputRef}
        before={<Plus aria-hidden />}
        onCommit={() => void add()}
        onCancel={() => {
          setName('')
          onForgetParent()
        }}
      />
    </div>
  )
}
