import type { RowKey } from '../../../shared/extract/table-match'
import type { TableHead } from '../../jobs/values-job'
import { useWords } from '../../locale/use-words'
import { Select } from '../../ui/Select'

interface KeyChoiceProps {
  readonly head: TableHead
  readonly value: RowKey
  readonly isDisabled: boolean
  onChange(key: RowKey): void
}

/** By what a row names its report, and in which columns that stands. */
export function KeyChoice({ head, value, isDisabled, onChange }: KeyChoiceProps) {
  const { t } = useWords()
  const first = value.by === 'place+year' ? value.place : value.column
  const columns = head.columns.map(({ name }, column) => ({ id: String(column), label: name }))
  const choose = (by: RowKey['by']) => {
    if (by === value.by) return
    if (by !== 'place+year') onChange({ by, column: first })
    else onChange({ by, place: first, year: Math.min(first + 1, head.columns.length - 1) })
  }
  return (
    <section className="values-row" aria-label={t('valuesImport.key.title')}>
      <div className="values-grow">
        <Select
          label={t('valuesImport.key.title')}
          options={[
            { id: 'fileName', label: t('valuesImport.key.fileName') },
            { id: 'title', label: t('valuesImport.key.reportTitle') },
            { id: 'place+year', label: t('valuesImport.key.placeYear') },
          ]}
          value={value.by}
          isDisabled={isDisabled}
          onChange={choose}
        />
      </div>
      <div className="values-grow">
        <Select
          label={t(
            value.by === 'place+year' ? 'valuesImport.key.place' : 'valuesImport.key.column',
          )}
          options={columns}
          value={String(first)}
          isDisabled={isDisabled}
          onChange={id =>
            onChange(
              value.by === 'place+year'
                ? { ...value, place: Number(id) }
                : { ...value, column: Number(id) },
            )
          }
        />
      </div>
      {value.by === 'place+year' && (
        <div className="values-grow">
          <Select
            label={t('valuesImport.key.year')}
            options={columns}
            value={String(value.year)}
            isDisabled={isDisabled}
            onChange={id => onChange({ ...value, year: Number(id) })}
          />
        </div>
      )}
    </section>
  )
}
