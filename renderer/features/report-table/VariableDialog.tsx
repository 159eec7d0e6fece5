import { useState } from 'react'
import { folded } from '../../../shared/analysis/report-filter'
import type { Command } from '../../../shared/commands/command'
import { addVariable, changeVariable } from '../../../shared/commands/variables'
import type { VariableId } from '../../../shared/domain/id'
import { VARIABLE_TYPES, type Variable, type VariableType } from '../../../shared/domain/variable'
import type { JournalEntry } from '../../../shared/journal/history'
import { useWords } from '../../locale/use-words'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { Select } from '../../ui/Select'
import { TextField } from '../../ui/TextField'
import { draftsOf } from './category-drafts'
import type { CellActions } from './use-cells'

interface VariableDialogProps {
  /** `null` for a new one. */
  readonly variable: Variable | null
  /** What other columns are called. */
  readonly taken: readonly string[]
  readonly cells: CellActions
  /** `added` is the variable that was made. */
  onClose(added: VariableId | null): void
}

/** Makes a variable of the researcher's own, or changes one. */
export function VariableDialog({ variable, taken, cells, onClose }: VariableDialogProps) {
  const { t } = useWords()
  const [name, setName] = useState(variable?.name ?? '')
  const [type, setType] = useState<VariableType>(variable?.type ?? 'text')
  const [listed, setListed] = useState(variable?.categories ?? '')
  const [isBusy, setBusy] = useState(false)
  // Two columns of one name could not be told apart in a dataset, nor on screen.
  const isTaken = taken.some(each => folded(each) === folded(name))
  const names = listed
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '')

  const save = async () => {
    if (isBusy || isTaken || name.trim() === '') return
    setBusy(true)
    const outcome = await cells.act(commandFor())
    setBusy(false)
    if (outcome === 'failed') return
    onClose(!variable && outcome !== 'nothing' ? addedIn(outcome) : null)
  }
  const commandFor = (): Command => {
    if (!variable) return addVariable({ name, type, categories: type === 'category' ? names : [] })
    const categories = type === 'category' ? draftsOf(variable, names) : []
    const yesNo = { yes: t('columns.yes'), no: t('columns.no') }
    return changeVariable(variable.id, { name, type, categories }, yesNo)
  }

  return (
    <Dialog
      isOpen
      title={t(variable ? 'table.variable.changeTitle' : 'table.variable.addTitle')}
      onClose={() => onClose(null)}
      onSubmit={() => void save()}
      footer={
        <>
          <Button isDisabled={isBusy} onPress={() => onClose(null)}>
            {t('common.cancel')}
          </Button>
          <Button
            variant="primary"
            type="submit"
            isPending={isBusy}
            isDisabled={isTaken || name.trim() === ''}
          >
            {t(variable ? 'common.save' : 'common.create')}
          </Button>
        </>
      }
    >
      <div className="variable-form">
        <TextField
          label={t('table.variable.name')}
          description={t('table.variable.nameHint')}
          value={name}
          {...(isTaken ? { error: t('errors.name-taken.what') } : {})}
          onChange={setName}
          autoFocus
        />
        <Select<VariableType>
          label={t('table.variable.type')}
          options={VARIABLE_TYPES.map(id => ({
            id,
            label: t(`table.variable.types.${id}`),
            description: t(`table.variable.typeHints.${id}`),
          }))}
          value={type}
          onChange={setType}
        />
        {type === 'category' && (
          <TextField
            label={t('table.variable.categories')}
            description={t('table.variable.categoriesHint')}
            rows={6}
            value={listed}
            onChange={setListed}
          />
        )}
      </div>
    </Dialog>
  )
}

function addedIn(entry: JournalEntry): VariableId | null {
  if (entry.kind === 'import') return null
  const change = entry.changes.find(each => each.table === 'variables')
  return (change?.id ?? null) as VariableId | null
}
