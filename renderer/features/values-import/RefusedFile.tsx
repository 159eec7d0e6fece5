import { ENCODINGS } from '../../../shared/extract/encoding'
import type { RefusedTable } from '../../jobs/values-job'
import { useWords } from '../../locale/use-words'
import { ErrorNotice } from '../../ui/ErrorNotice'
import { Select } from '../../ui/Select'
import { encodingWords, problemWords } from '../../workspace/file-words'
import type { TableChoice } from './use-values-import'

interface RefusedFileProps extends TableChoice {
  readonly refused: RefusedTable
  onRead(choice: TableChoice): void
}

/** Problems that another encoding may settle. */
const ENCODING_PROBLEMS = ['unknown-encoding', 'broken-characters', 'nul']

/** Why a table was not read, and what can be done about it. */
export function RefusedFile({ file, encoding, sheet, refused, onRead }: RefusedFileProps) {
  const { t, number } = useWords()
  const words =
    refused.problem === 'empty'
      ? { what: t('valuesImport.empty.what'), todo: t('valuesImport.empty.todo') }
      : problemWords(t, refused, number)
  return (
    <>
      <p className="values-file">{file.name}</p>
      <ErrorNotice {...words} safe={t('valuesImport.nothingChanged')} />
      {(encoding !== null || ENCODING_PROBLEMS.includes(refused.problem)) && (
        <div className="values-narrow">
          <Select
            label={t('import.encodingLabel')}
            options={ENCODINGS.map(id => ({ id, label: encodingWords(t, id) }))}
            value={encoding}
            onChange={id => onRead({ file, sheet, encoding: id })}
          />
        </div>
      )}
    </>
  )
}
