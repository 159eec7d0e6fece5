import { useState } from 'react'
import type { CoderId } from '../../shared/domain/id'
import type { Coder } from '../../shared/domain/project'
import { useWords } from '../locale/use-words'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { RadioGroup } from '../ui/RadioGroup'

interface CoderChoiceProps {
  readonly coders: readonly Coder[]
  /** `null` when the question was left unanswered. */
  onChoose(id: CoderId | null): void
}

/** Asks who codes here, for a project that came from elsewhere. */
export function CoderChoice({ coders, onChoose }: CoderChoiceProps) {
  const { t } = useWords()
  const [chosen, setChosen] = useState<string>(coders[0]?.id ?? '')
  return (
    <Dialog
      isOpen
      onClose={() => onChoose(null)}
      title={t('shell.whoCodes')}
      onSubmit={() => onChoose(chosen === '' ? null : (chosen as CoderId))}
      footer={
        <>
          <Button onPress={() => onChoose(null)}>{t('common.cancel')}</Button>
          <Button variant="primary" type="submit" isDisabled={chosen === ''}>
            {t('common.open')}
          </Button>
        </>
      }
    >
      <RadioGroup
        label={t('shell.whoCodesHint')}
        options={coders.map(({ id, name }) => ({ id, label: name }))}
        value={chosen}
        onChange={setChosen}
      />
    </Dialog>
  )
}
