import { useState } from 'react'
import { filterJson, type ReportFilter } from '../../shared/analysis/report-filter'
import { saveSet } from '../../shared/commands/sets'
import type { ReportId, ReportSetId } from '../../shared/domain/id'
import { MAX_NAME_LENGTH } from '../../shared/domain/project'
import { useWords } from '../locale/use-words'
import { useCanEdit } from '../session/saving'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { RadioGroup } from '../ui/RadioGroup'
import { TextField } from '../ui/TextField'
import { useToast } from '../ui/use-toast'
import { useWorkspace } from '../workspace/context'
import { isToldByShell } from '../workspace/run'
import { useErrorText } from '../workspace/use-error-text'
import { filterWords } from './condition-words'
import { useOwnVariables } from './use-sets'

interface SaveSetDialogProps {
  /** What makes a set by rule; `null` where only one by hand makes sense. */
  readonly filter: ReportFilter | null
  /** What makes a set by hand; `null` where only one by rule makes sense. */
  readonly members: readonly ReportId[] | null
  onClose(): void
  onSaved?(id: ReportSetId): void
}

const NONE = new Map()

/** Asks for a name and, where both make sense, whether the set is one by rule or by hand. */
export function SaveSetDialog({ filter, members, onClose, onSaved }: SaveSetDialogProps) {
  const words = useWords()
  const { t, number } = words
  const { runner } = useWorkspace()
  const canEdit = useCanEdit()
  const toast = useToast()
  const errorText = useErrorText()
  const variables = useOwnVariables() ?? NONE
  const [name, setName] = useState('')
  const [kind, setKind] = useState<'rule' | 'hand'>(filter === null ? 'hand' : 'rule')
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  const isReady = name.trim() !== '' && !isBusy && canEdit
  const count = members?.length ?? 0

  const save = async () => {
    if (!isReady) return
    setBusy(true)
    setFailure(null)
    try {
      const isByRule = kind === 'rule' && filter !== null
      const content = isByRule ? { rule: filterJson(filter) } : { members: members ?? [] }
      const entry = await runner.run(saveSet({ name, ...content }))
      const made = entry && 'changes' in entry ? entry.changes[0]?.after : null
      onClose()
      toast({ message: t('sets.saved', { name: name.trim() }) })
      if (made) onSaved?.(made.id as ReportSetId)
    } catch (error) {
      if (!isToldByShell(error)) setFailure(error)
      setBusy(false)
    }
  }

  return (
    <Dialog
      isOpen
      title={t('sets.saveTitle')}
      onClose={onClose}
      onSubmit={() => void save()}
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button variant="primary" type="submit" isDisabled={!isReady} isPending={isBusy}>
            {t('common.save')}
          </Button>
        </>
      }
    >
      <TextField
        autoFocus
        label={t('sets.nameField')}
        maxLength={MAX_NAME_LENGTH}
        value={name}
        onChange={setName}
        {...(failure === null ? {} : { error: errorText(failure).brief })}
      />
      {filter && members && (
        <RadioGroup<'rule' | 'hand'>
          label={t('sets.contentLabel')}
          value={kind}
          onChange={setKind}
          options={[
            {
              id: 'rule',
              label: t('sets.contentRule'),
              description: t('sets.contentRuleHint', {
                rule: filterWords(words, filter, variables),
              }),
            },
            {
              id: 'hand',
              label: t('sets.contentHand', { count, n: number(count) }),
              description: t('sets.contentHandHint'),
            },
          ]}
        />
      )}
      {!filter && <p>{t('sets.contentHandOnly', { count, n: number(count) })}</p>}
      {filter && !members && (
        <p>{t('sets.contentRuleHint', { rule: filterWords(words, filter, variables) })}</p>
      )}
    </Dialog>
  )
}
