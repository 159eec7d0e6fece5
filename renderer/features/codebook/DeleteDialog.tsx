import { useState } from 'react'
import { deleteCode, previewDeletion } from '../../../shared/commands/codebook'
import { type Code, codePath } from '../../../shared/domain/code'
import type { CodeId } from '../../../shared/domain/id'
import { projectReader } from '../../data/reader'
import { useLive } from '../../data/use-live'
import { useWords } from '../../locale/use-words'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { RadioGroup } from '../../ui/RadioGroup'
import { Select } from '../../ui/Select'
import { useWorkspace } from '../../workspace/context'
import { useAct } from './use-act'

/** What becomes of the annotations. */
type Fate = 'remove' | 'pass-on'

interface DeleteDialogProps {
  readonly code: Code
  readonly codes: readonly Code[]
  onClose(): void
}

/** Says what deleting a code takes along, and asks what becomes of its annotations. */
export function DeleteDialog({ code, codes, onClose }: DeleteDialogProps) {
  const { db } = useWorkspace()
  const { t, number } = useWords()
  const { act, offerUndo, canEdit } = useAct()
  const [fate, setFate] = useState<Fate>('remove')
  const [heirId, setHeirId] = useState<CodeId | null>(null)
  const [isBusy, setBusy] = useState(false)
  const preview = useLive(() => previewDeletion(projectReader(db), code.id), code.id)

  const goes = new Set(preview?.codes.map(({ id }) => id))
  const byId = new Map(codes.map(each => [each.id, each]))
  const heirs = codes
    .filter(({ id }) => !goes.has(id))
    .map(({ id }) => ({ id, label: codePath(byId, id) }))
  const hasUses = preview !== undefined && preview.annotations > 0
  const heir = hasUses && fate === 'pass-on' ? heirId : null
  const isReady = preview && canEdit && (!hasUses || fate === 'remove' || heirId !== null)

  const confirm = async () => {
    if (!isReady || isBusy) return
    setBusy(true)
    const outcome = await act(deleteCode(code.id, heir))
    setBusy(false)
    if (outcome === 'failed') return
    onClose()
    if (outcome !== 'nothing') offerUndo(t('codebook.deleted', { name: code.name }), outcome)
  }

  return (
    <Dialog
      isOpen
      title={t('codebook.deleteTitle', { name: code.name })}
      canClose={!isBusy}
      onClose={onClose}
      onSubmit={() => void confirm()}
      footer={
        <>
          <Button autoFocus isDisabled={isBusy} onPress={onClose}>
            {t('common.cancel')}
          </Button>
          <Button variant="danger" type="submit" isDisabled={!isReady} isPending={isBusy}>
            {t('common.delete')}
          </Button>
        </>
      }
    >
      {preview && (
        <div className="code-form">
          <div>
            <p>
              {preview.codes.length > 1
                ? t('codebook.deleteBranch', { count: preview.codes.length - 1 })
                : t('codebook.deleteOne')}
            </p>
            <p>
              {hasUses
                ? t('codebook.deleteUses', {
                    count: preview.annotations,
                    annotations: number(preview.annotations),
                    reports: number(preview.reports),
                  })
                : t('codebook.deleteUnused')}
            </p>
            <p>{t('codebook.deleteUndo')}</p>
          </div>
          {hasUses && (
            <RadioGroup<Fate>
              label={t('codebook.fate')}
              value={fate}
              onChange={setFate}
              options={[
                { id: 'remove', label: t('codebook.fateRemove') },
                { id: 'pass-on', label: t('codebook.fatePassOn'), isDisabled: heirs.length === 0 },
              ]}
            />
          )}
          {hasUses && fate === 'pass-on' && (
            <Select<CodeId>
              label={t('codebook.heir')}
              options={heirs}
              value={heirId}
              onChange={setHeirId}
              placeholder={t('codebook.heirNone')}
              description={t('codebook.heirHint')}
            />
          )}
        </div>
      )}
    </Dialog>
  )
}
