import { useState } from 'react'
import type { Command } from '../../../shared/commands/command'
import {
  addVariable,
  type CategoryDraft,
  changeVariableType,
  renameVariable,
  setCategories,
} from '../../../shared/commands/variables'
import {
  categoriesOf,
  VARIABLE_TYPES,
  type Variable,
  type VariableType,
} from '../../../shared/domain/variable'
import { useWords } from '../../locale/use-words'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { Select } from '../../ui/Select'
import { TextField } from '../../ui/TextField'
import type { CellActions } from './use-cells'

interface VariableDialogProps {
  /** `null` for a new one. */
  readonly variable: Variable | null
  readonly cells: CellActions
  onClose(): void
}

/** Makes a variable of the researcher's own, or changes one. */
export function VariableDialog({ variable, cells, onClose }: VariableDialogProps) {
  const { t } = useWords()
  const [name, setName] = useState(variable?.name ?? '')
  const [type, setType] = useState<VariableType>(variable?.type ?? 'text')
  const [listed, setListed] = useState(variable?.categories ?? '')
  const [isBusy, setBusy] = useState(false)
  const names = listed
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '')

  const save = async () => {
    if (isBusy || name.trim() === '') return
    setBusy(true)
    let isDone = true
    for (const command of commandsFor()) isDone = isDone && (await ran(command))
    setBusy(false)
    if (isDone) onClose()
  }
  const commandsFor = (): Command[] => {
    if (!variable)
      return [addVariable({ name, type, categories: type === 'category' ? names : [] })]
    const yesNo = { yes: t('columns.yes'), no: t('columns.no') }
    return [
      ...(name === variable.name ? [] : [renameVariable(variable.id, name)]),
      ...(type === variable.type ? [] : [changeVariableType(variable.id, type, yesNo)]),
      ...(type === 'category' &&
      (type === variable.type ? listed !== variable.categories : listed !== '')
        ? [setCategories(variable.id, draftsOf(variable, names))]
        : []),
    ]
  }
  const ran = async (command: Command) => (await cells.act(command)) !== 'failed'

  return (
    <Dialog
      isOpen
      title={t(variable ? 'table.variable.change' : 'table.variable.add')}
      onClose={onClose}
      onSubmit={() => void save()}
      footer={
        <>
          <Button isDisabled={isBusy} onPress={onClose}>
            {t('common.cancel')}
          </Button>
          <Button
            variant="primary"
            type="submit"
            isPending={isBusy}
            isDisabled={name.trim() === ''}
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

/**
 * Which category each line was before. A name that is still there is the same one; where as many
 * names are new as are gone, they were renamed in their order.
 */
function draftsOf(variable: Variable, names: readonly string[]): CategoryDraft[] {
  const before = categoriesOf(variable)
  const gone = before.filter(name => !names.includes(name))
  const fresh = names.filter(name => !before.includes(name))
  const isRenaming = gone.length === fresh.length
  return names.map(name => {
    if (before.includes(name)) return { name, was: name }
    return { name, was: isRenaming ? (gone[fresh.indexOf(name)] ?? null) : null }
  })
}
