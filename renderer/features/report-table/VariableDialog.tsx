import { useState } from 'react'
import type { Command } from '../../../shared/commands/command'
import {
  addVariable,
  type CategoryDraft,
  changeVariableType,
  renameVariable,
  setCategories,
} from '../../../shared/commands/variables'
import type { VariableId } from '../../../shared/domain/id'
import {
  categoriesOf,
  VARIABLE_TYPES,
  type Variable,
  type VariableType,
} from '../../../shared/domain/variable'
import type { JournalEntry } from '../../../shared/journal/history'
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
  /** `added` is the variable that was made. */
  onClose(added: VariableId | null): void
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
    let added: VariableId | null = null
    let isDone = true
    for (const command of commandsFor()) {
      const outcome: Awaited<ReturnType<CellActions['act']>> = isDone
        ? await cells.act(command)
        : 'failed'
      isDone = outcome !== 'failed'
      if (typeof outcome === 'object' && !variable) added = addedIn(outcome)
    }
    setBusy(false)
    if (isDone) onClose(added)
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

  return (
    <Dialog
      isOpen
      title={t(variable ? 'table.variable.change' : 'table.variable.add')}
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

function addedIn(entry: JournalEntry): VariableId | null {
  if (entry.kind === 'import') return null
  const change = entry.changes.find(each => each.table === 'variables')
  return (change?.id ?? null) as VariableId | null
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
