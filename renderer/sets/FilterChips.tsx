import { Plus, X } from 'lucide-react'
import { useRef, useState } from 'react'
import {
  type Condition,
  NO_FILTER,
  type ReportFilter,
  withCondition,
} from '../../shared/analysis/report-filter'
import { type ColumnKey, columnType, type ReportRow } from '../../shared/analysis/report-row'
import type { OwnVariables } from '../../shared/analysis/report-sets'
import type { ReportSetId } from '../../shared/domain/id'
import { useWords } from '../locale/use-words'
import { useCanEdit } from '../session/saving'
import { Button } from '../ui/Button'
import { Menu } from '../ui/Menu'
import { MenuItem } from '../ui/MenuItem'
import { ConditionPopover } from './ConditionPopover'
import { columnName } from './column-words'
import { conditionWords } from './condition-words'
import { SaveFilterDialog } from './SaveFilterDialog'
import './sets.css'

interface FilterChipsProps {
  readonly filter: ReportFilter
  /** The columns that conditions can be added for, in their order. */
  readonly columns: readonly ColumnKey[]
  readonly variables: OwnVariables
  onChange(filter: ReportFilter): void
  /** All rows, from which values are counted. Without them conditions are only taken away. */
  readonly rows?: readonly ReportRow[]
  /** The rows that are shown; with them the set can be one by hand. */
  readonly shown?: readonly ReportRow[]
  onSaved?(id: ReportSetId): void
}

/** The conditions of a filter in words: each can be changed and taken away, all can be saved. */
export function FilterChips(props: FilterChipsProps) {
  const { filter, columns, variables, onChange, rows, shown, onSaved } = props
  const words = useWords()
  const { t } = words
  const canEdit = useCanEdit()
  const [edited, setEdited] = useState<ColumnKey | null>(null)
  const [isSaving, setSaving] = useState(false)
  const anchor = useRef<HTMLElement>(null)
  const list = useRef<HTMLElement>(null)
  const free = columns.filter(key => !filter.all.some(({ column }) => column === key))

  const edit = (column: ColumnKey, element: HTMLElement | null) => {
    anchor.current = element
    setEdited(column)
  }
  const change = (column: ColumnKey, condition: Condition | null) =>
    onChange(withCondition(filter, column, condition))
  const remove = (column: ColumnKey) => {
    change(column, null)
    // The button that was pressed is gone: the focus stays in the list of conditions.
    list.current?.focus()
  }

  return (
    <section ref={list} className="filter-chips" aria-label={t('sets.filter')} tabIndex={-1}>
      {filter.all.map(condition => {
        const { column } = condition
        const said = conditionWords(words, condition, variables)
        return (
          <span className="filter-chip" key={column}>
            {rows ? (
              <button
                type="button"
                className="filter-chip-words"
                aria-label={t('sets.editCondition', { condition: said })}
                onClick={event => edit(column, event.currentTarget)}
              >
                {said}
              </button>
            ) : (
              <span className="filter-chip-words">{said}</span>
            )}
            <button
              type="button"
              className="filter-chip-remove"
              aria-label={t('sets.removeCondition', { condition: said })}
              onClick={() => remove(column)}
            >
              <X aria-hidden />
            </button>
          </span>
        )
      })}
      {rows && free.length > 0 && (
        <Menu
          label={t('sets.addCondition')}
          trigger={
            <Button variant="quiet" size="small" icon={<Plus aria-hidden />}>
              {t('sets.addCondition')}
            </Button>
          }
        >
          {free.map(key => (
            <MenuItem
              key={key}
              label={columnName(t, key, variables)}
              onAction={() => edit(key, list.current)}
            />
          ))}
        </Menu>
      )}
      {filter.all.length > 0 && (
        <>
          <Button variant="quiet" size="small" onPress={() => onChange(NO_FILTER)}>
            {t('sets.clearAll')}
          </Button>
          <Button
            variant="quiet"
            size="small"
            isDisabled={!canEdit}
            onPress={() => setSaving(true)}
          >
            {t('sets.save')}
          </Button>
        </>
      )}
      {edited !== null && rows && (
        <ConditionPopover
          anchor={anchor}
          column={edited}
          type={columnType(edited, variables)}
          variables={variables}
          rows={rows}
          condition={filter.all.find(({ column }) => column === edited) ?? null}
          onChange={condition => change(edited, condition)}
          onClose={() => setEdited(null)}
        />
      )}
      {isSaving && (
        <SaveFilterDialog
          filter={filter}
          members={shown?.map(({ report }) => report.id) ?? null}
          onClose={() => setSaving(false)}
          {...(onSaved ? { onSaved } : {})}
        />
      )}
    </section>
  )
}
