import { useState } from 'react'
import { type CodeDescription, describeCode, moveCode } from '../../../shared/commands/codebook'
import { Refusal } from '../../../shared/commands/command'
import { branchOf, type Code, codePath } from '../../../shared/domain/code'
import type { CodeId } from '../../../shared/domain/id'
import { PALETTE } from '../../../shared/domain/palette'
import { MAX_NAME_LENGTH } from '../../../shared/domain/project'
import { useWords } from '../../locale/use-words'
import { AlertDialog } from '../../ui/AlertDialog'
import { Button } from '../../ui/Button'
import { ColorSwatchPicker } from '../../ui/ColorSwatchPicker'
import { Dialog } from '../../ui/Dialog'
import { Select, type SelectOption } from '../../ui/Select'
import { TextField } from '../../ui/TextField'
import { useErrorText } from '../../workspace/use-error-text'
import { useAct } from './use-act'

interface CodeEditorProps {
  readonly code: Code
  readonly codes: readonly Code[]
  onClose(): void
}

const FIELDS = ['name', 'color', 'definition', 'include', 'exclude', 'example'] as const
const TEXTS = ['definition', 'include', 'exclude', 'example'] as const
const AT_TOP = 'top'

/** Everything that can be said of a code, in one form. Saved as one edit; moving is another. */
export function CodeEditor({ code, codes, onClose }: CodeEditorProps) {
  const { t } = useWords()
  const { act, canEdit } = useAct()
  const errorText = useErrorText()
  const [draft, setDraft] = useState(code)
  const [isBusy, setBusy] = useState(false)
  const [isLeaving, setLeaving] = useState(false)
  const [showsErrors, setShowsErrors] = useState(false)

  const changed = FIELDS.filter(field => draft[field] !== code[field])
  const isMoved = draft.parentId !== code.parentId
  const isDirty = changed.length > 0 || isMoved
  const refusal =
    draft.name.trim() === ''
      ? new Refusal('name-empty')
      : draft.name.trim().length > MAX_NAME_LENGTH
        ? new Refusal('name-too-long')
        : null

  const save = async () => {
    setShowsErrors(true)
    if (refusal || isBusy || !canEdit) return
    setBusy(true)
    const description: CodeDescription = Object.fromEntries(
      changed.map(field => [field, draft[field]]),
    )
    const isDescribed =
      changed.length === 0 || (await act(describeCode(code.id, description))) !== 'failed'
    const isDone =
      isDescribed && (!isMoved || (await act(moveCode(code.id, draft.parentId, null))) !== 'failed')
    setBusy(false)
    if (isDone) onClose()
  }
  const leave = () => (isDirty ? setLeaving(true) : onClose())

  return (
    <>
      <Dialog
        isOpen
        size="medium"
        title={t('codebook.editTitle')}
        closeLabel={t('common.close')}
        canClose={!isBusy}
        onClose={leave}
        onSubmit={() => void save()}
        footer={
          <>
            <Button isDisabled={isBusy} onPress={leave}>
              {t('common.cancel')}
            </Button>
            <Button
              variant="primary"
              type="submit"
              isDisabled={!isDirty || !canEdit}
              isPending={isBusy}
            >
              {t('common.save')}
            </Button>
          </>
        }
      >
        <div className="code-form">
          <TextField
            autoFocus
            label={t('codebook.parts.name')}
            value={draft.name}
            onChange={name => setDraft({ ...draft, name })}
            {...(refusal && showsErrors ? { error: errorText(refusal).brief } : {})}
          />
          <div className="code-form-pair">
            <div className="code-form-color">
              <span className="field-label">{t('codebook.parts.color')}</span>
              <ColorSwatchPicker
                label={t('codebook.parts.color')}
                hexLabel={t('codebook.hex')}
                palette={PALETTE}
                value={draft.color}
                onChange={color => setDraft({ ...draft, color })}
              />
            </div>
            <Select
              label={t('codebook.parts.parent')}
              options={parentsFor(code, codes, t('codebook.atTop'))}
              value={draft.parentId ?? AT_TOP}
              onChange={id => setDraft({ ...draft, parentId: id === AT_TOP ? null : id })}
            />
          </div>
          {TEXTS.map(field => (
            <TextField
              key={field}
              label={t(`codebook.parts.${field}`)}
              description={t(`codebook.partHints.${field}`)}
              rows={field === 'definition' ? 4 : 2}
              value={draft[field]}
              onChange={text => setDraft({ ...draft, [field]: text })}
              onCommit={() => void save()}
            />
          ))}
        </div>
      </Dialog>
      <AlertDialog
        isOpen={isLeaving}
        title={t('codebook.leaveTitle')}
        confirmLabel={t('codebook.leaveConfirm')}
        cancelLabel={t('codebook.leaveCancel')}
        onCancel={() => setLeaving(false)}
        onConfirm={onClose}
      >
        {t('codebook.leaveText')}
      </AlertDialog>
    </>
  )
}

/** Where a code may go: to the top, or under any code that is not below it. */
function parentsFor(
  code: Code,
  codes: readonly Code[],
  topLabel: string,
): SelectOption<CodeId | typeof AT_TOP>[] {
  const below = new Set(branchOf(codes, code.id).map(({ id }) => id))
  const byId = new Map(codes.map(each => [each.id, each]))
  const others = codes.filter(({ id }) => !below.has(id))
  return [
    { id: AT_TOP, label: topLabel },
    ...others.map(({ id }) => ({ id, label: codePath(byId, id) })),
  ]
}
