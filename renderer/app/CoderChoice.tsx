import { useState } from 'react'
import { type Coder, MAX_NAME_LENGTH } from '../../shared/domain/project'
import { useWords } from '../locale/use-words'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { RadioGroup } from '../ui/RadioGroup'
import { TextField } from '../ui/TextField'
import type { CoderAnswer } from '../workspace/open'

interface CoderChoiceProps {
  readonly coders: readonly Coder[]
  /** `null` when the question was left unanswered. */
  onChoose(answer: CoderAnswer | null): void
}

const SOMEONE_ELSE = 'someone-else'

/** Asks who codes here, for a project that came from elsewhere. */
export function CoderChoice({ coders, onChoose }: CoderChoiceProps) {
  const { t } = useWords()
  const [chosen, setChosen] = useState<string | null>(null)
  const [name, setName] = useState('')
  const known = coders.find(({ id }) => id === chosen)
  const typed = name.trim()
  const isNamed = typed !== '' && typed.length <= MAX_NAME_LENGTH
  const answer: CoderAnswer | null = known
    ? { id: known.id }
    : chosen === SOMEONE_ELSE && isNamed
      ? { name: typed }
      : null
  return (
    <Dialog
      isOpen
      onClose={() => onChoose(null)}
      title={t('shell.whoCodes')}
      onSubmit={() => answer && onChoose(answer)}
      footer={
        <>
          <Button onPress={() => onChoose(null)}>{t('common.cancel')}</Button>
          <Button variant="primary" type="submit" isDisabled={!answer}>
            {t('common.open')}
          </Button>
        </>
      }
    >
      <RadioGroup
        label={t('shell.whoCodesHint')}
        options={[
          ...coders.map(({ id, name }) => ({ id: String(id), label: name })),
          { id: SOMEONE_ELSE, label: t('shell.someoneElse') },
        ]}
        value={chosen}
        onChange={setChosen}
      />
      {chosen === SOMEONE_ELSE && (
        <TextField label={t('shell.newCoder')} value={name} onChange={setName} autoFocus />
      )}
    </Dialog>
  )
}
