import { ENCODINGS } from '../../../shared/extract/encoding'
import { TABLE_NOTES } from '../../../shared/extract/table'
import type { TableHead } from '../../jobs/values-job'
import { useWords } from '../../locale/use-words'
import { Select } from '../../ui/Select'
import { encodingWords } from '../../workspace/file-words'
import type { TableChoice } from './use-values-import'

interface FileChoiceProps extends TableChoice {
  readonly head: TableHead
  readonly isDisabled: boolean
  onRead(choice: TableChoice): void
}

/** Which file, which sheet of it or which encoding, and what to know about how it was read. */
export function FileChoice({ file, encoding, head, isDisabled, onRead }: FileChoiceProps) {
  const { t, number, language } = useWords()
  const notes = TABLE_NOTES.flatMap(note => {
    const count = head.notes[note] ?? 0
    // Other sheets are offered to be chosen.
    if (count === 0 || note === 'other-sheets') return []
    return [t(`valuesImport.tableNote.${note}`, { count, n: number(count) })]
  })
  return (
    <section className="values-row" aria-label={t('valuesImport.file')}>
      <div className="values-grow">
        <p className="values-file">{file.name}</p>
        <p className="values-quiet">
          {t('valuesImport.size', {
            rows: number(head.rows),
            columns: number(head.columns.length),
          })}
          {!head.sure && t('valuesImport.unsure')}
        </p>
        {notes.length > 0 && (
          <p className="values-quiet">{notes.join(language === 'zh' ? '' : ' ')}</p>
        )}
      </div>
      {head.sheets.length > 1 && (
        <div className="values-narrow">
          <Select
            label={t('valuesImport.sheet')}
            options={head.sheets.map(id => ({ id, label: id }))}
            value={head.sheet}
            isDisabled={isDisabled}
            onChange={sheet => onRead({ file, sheet, encoding })}
          />
        </div>
      )}
      {head.format === 'csv' && (
        <div className="values-narrow">
          <Select
            label={t('import.encodingLabel')}
            options={ENCODINGS.map(id => ({ id, label: encodingWords(t, id) }))}
            value={head.encoding}
            isDisabled={isDisabled}
            onChange={id => onRead({ file, sheet: null, encoding: id })}
          />
        </div>
      )}
    </section>
  )
}
