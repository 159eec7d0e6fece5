import { useWords } from '../../locale/use-words'
import { ColumnChoice } from '../../tables/ColumnChoice'
import { targetProblems } from '../../tables/targets'
import { Select } from '../../ui/Select'
import { problemWords } from '../../workspace/file-words'
import { type TableSetup, targetsOf } from './table-setup'

interface TablePreviewProps {
  readonly setup: TableSetup | undefined
  onChange(setup: TableSetup): void
}

/** What a table's columns hold, and what becomes of each: the text, the title, variables. */
export function TablePreview({ setup, onChange }: TablePreviewProps) {
  const { t, number } = useWords()
  const look = setup?.look
  if (!setup || !look) return <p className="import-quiet">{t('import.previewing')}</p>
  if (!look.ok) {
    return <p className="import-quiet">{t('errors.brief', problemWords(t, look, number))}</p>
  }
  const { text, targets, variables } = setup
  const problems = targetProblems(targetsOf(setup), variables)
  return (
    <section className="import-table" aria-label={t('import.table.title')}>
      <p className="import-quiet">{t('import.table.about')}</p>
      <div className="columns-row">
        {look.sheets.length > 1 && (
          <div className="columns-grow">
            <Select
              label={t('valuesImport.sheet')}
              options={look.sheets.map(id => ({ id, label: id }))}
              value={look.sheet}
              onChange={sheet => onChange({ ...setup, sheet })}
            />
          </div>
        )}
        <div className="columns-grow">
          <Select
            label={t('import.table.text')}
            placeholder={t('import.table.none')}
            options={look.columns.map(({ name }, column) => ({ id: String(column), label: name }))}
            value={text === null ? null : String(text)}
            onChange={column => onChange({ ...setup, text: Number(column) })}
          />
        </div>
      </div>
      <ColumnChoice
        columns={look.columns}
        variables={variables}
        taken={new Map(text === null ? [] : [[text, t('import.table.isText')]])}
        targets={targets}
        problems={problems}
        isDisabled={false}
        onChange={chosen => onChange({ ...setup, targets: chosen })}
      />
      {problems.size > 0 && <p className="import-quiet">{t('import.table.problems')}</p>}
    </section>
  )
}
