import { useState } from 'react'
import type { Condition } from '../../shared/analysis/report-filter'
import { type ColumnKey, isVariableColumn, type ReportRow } from '../../shared/analysis/report-row'
import type { OwnVariables } from '../../shared/analysis/report-sets'
import { isReadVariable, type VariableType } from '../../shared/domain/variable'
import { useWords } from '../locale/use-words'
import { Button } from '../ui/Button'
import { Select } from '../ui/Select'
import { TextField } from '../ui/TextField'
import { columnName } from './column-words'
import { RangeFields } from './RangeFields'
import { useColumnValues } from './use-column-values'
import { useComposed } from './use-composed'
import { ValueChecklist } from './ValueChecklist'
import './sets.css'

export interface ConditionEditorProps {
  readonly column: ColumnKey
  readonly type: VariableType
  readonly variables: OwnVariables
  /** The rows whose values can be chosen, with their counts. */
  readonly rows: readonly ReportRow[]
  readonly condition: Condition | null
  /** Comes with every change; `null` for no condition. */
  onChange(condition: Condition | null): void
  onClose(): void
}

type Kind = 'values' | 'containing' | 'between' | 'filled' | 'missing' | 'asking'

/** The condition on one column: values to tick, words to contain, a range, filled in or not. */
export function ConditionEditor(props: ConditionEditorProps) {
  const { column, type, variables, rows, condition, onChange, onClose } = props
  const { t } = useWords()
  const kinds = kindsFor(column, type)
  const values = useColumnValues(rows, column, variables)
  const [wish, setWish] = useState<Kind | null>(condition && kindOf(condition))
  const isLong = (values?.length ?? 0) > LIST_LIMIT
  const kind = wish ?? kinds.find(each => each !== 'values' || !isLong) ?? 'values'
  const name = columnName(t, column, variables)

  const choose = (chosen: Kind) => {
    setWish(chosen)
    if (chosen === 'filled' || chosen === 'missing' || chosen === 'asking') {
      onChange({ column, is: chosen })
    } else if (condition && kindOf(condition) !== chosen) {
      onChange(null)
    }
  }

  return (
    <div className="condition-editor">
      <div className="condition-head">
        <h3 className="condition-title">{name}</h3>
        <Button
          variant="quiet"
          size="small"
          isDisabled={condition === null}
          onPress={() => {
            onChange(null)
            onClose()
          }}
        >
          {t('sets.editor.clear')}
        </Button>
      </div>
      <Select
        label={t('sets.editor.kind')}
        hideLabel
        options={kinds.map(id => ({ id, label: t(`sets.editor.kinds.${id}`) }))}
        value={kind}
        onChange={choose}
      />
      {values === undefined && <p className="condition-hint">{t('common.loading')}</p>}
      {kind === 'values' && values && (
        <ValueChecklist
          column={column}
          type={type}
          name={name}
          values={values}
          condition={condition}
          onChange={onChange}
          onClose={onClose}
        />
      )}
      {kind === 'containing' && values && (
        <TextCondition
          text={condition?.is === 'containing' ? condition.text : ''}
          onText={text =>
            onChange(text.trim() === '' ? null : { column, is: 'containing', text: text.trim() })
          }
          onClose={onClose}
        />
      )}
      {kind === 'between' && values && (
        <RangeFields
          column={column}
          type={type}
          condition={condition}
          onChange={onChange}
          onClose={onClose}
        />
      )}
    </div>
  )
}

interface TextConditionProps {
  readonly text: string
  onText(text: string): void
  onClose(): void
}

/** Words that a cell has to contain. */
function TextCondition({ text, onText, onClose }: TextConditionProps) {
  const { t } = useWords()
  const { onChange, ...composition } = useComposed(onText)
  return (
    <TextField
      autoFocus
      label={t('sets.editor.text')}
      description={t('sets.editor.textHint')}
      defaultValue={text}
      onChange={onChange}
      {...composition}
      onCommit={onClose}
    />
  )
}

/** Above this many, a list is the last thing that one looks for a value in. */
const LIST_LIMIT = 200

/** The kinds of condition that make sense, the one that most look for first. */
function kindsFor(column: ColumnKey, type: VariableType): Kind[] {
  const isRange = type === 'number' || type === 'date'
  const special: Kind[] = isRange ? ['between'] : type === 'yesno' ? [] : ['containing']
  // What a name of a format or standing contains is no question: the words are ours.
  const isOurs = column === 'format' || column === 'submission' || column === 'publication'
  const mayAsk = isVariableColumn(column) && isReadVariable(column)
  return [
    'values',
    ...(isOurs ? [] : special),
    'filled',
    'missing',
    ...(mayAsk ? (['asking'] as const) : []),
  ]
}

function kindOf({ is }: Condition): Kind {
  return is === 'one-of' || is === 'none-of' ? 'values' : is
}
