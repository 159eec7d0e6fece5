import { useCallback } from 'react'
import { type ColumnKey, cellOf, isVariableColumn } from '../../../shared/analysis/report-row'
import type { OwnVariables } from '../../../shared/analysis/report-sets'
import type { VariableId } from '../../../shared/domain/id'
import {
  categoriesOf,
  isReadVariable,
  type ReadVariable,
  type VariableKey,
} from '../../../shared/domain/variable'
import { LEVELS } from '../../../shared/text/places'
import { useWords } from '../../locale/use-words'
import { cellWords, columnName } from '../../sets/column-words'
import type { Column } from './columns'
import type { Line } from './lines'

type RowLine = Line & { kind: 'row' }
type GroupLine = Line & { kind: 'group' }

/** What the table's parts say. */
export interface TableWords {
  nameOf(key: ColumnKey): string
  /** A cell as it is read. What only asks which of several is meant has a question mark. */
  wordsOf(line: RowLine, column: Column): string
  /** A cell as one would type it. */
  typedOf(line: RowLine, column: Column): string
  groupWords(line: GroupLine): string
  /** What a variable's cells take, in words; empty where anything goes. */
  acceptedBy(variable: VariableKey): string
  /** What a cell is called. */
  cellName(line: Line, column: Column): string
}

/** The words of the table. `wordsOf` and `groupWords` change only when rows must be drawn again. */
export function useWordsOf(variables: OwnVariables, groupBy: ColumnKey | null): TableWords {
  const words = useWords()
  const { t, language } = words
  const nameOf = (key: ColumnKey) => columnName(t, key, variables)
  const typedOf = ({ row }: RowLine, { key }: Column) => cellWords(words, key, cellOf(row, key))
  // biome-ignore lint/correctness/useExhaustiveDependencies: the language stands for all words
  const wordsOf = useCallback(
    (line: RowLine, column: Column) => {
      const { key } = column
      const value = isVariableColumn(key) ? line.row.values.get(key) : undefined
      if (value?.origin === 'ask') return t('table.asks', { value: String(value.value) })
      return typedOf(line, column)
    },
    [language],
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: the language stands for all words
  const groupWords = useCallback(
    ({ value, count }: GroupLine) =>
      t('table.groupHead', {
        value: value === null ? t('table.noValue') : cellWords(words, groupBy ?? 'name', value),
        count,
        n: words.number(count),
      }),
    [language, groupBy],
  )
  const cellName = (line: Line, { key }: Column) =>
    line.kind === 'group'
      ? groupWords(line)
      : t('table.cell', { column: nameOf(key), report: line.row.report.title })
  const acceptedBy = (variable: VariableKey) => {
    const own = variables.get(variable as VariableId)
    const kind = isReadVariable(variable) ? KIND_OF[variable] : own?.type
    if (kind === undefined || kind === 'text') return ''
    const list = own ? categoriesOf(own) : LEVELS
    return t(`table.accepts.${kind}`, { list: list.slice(0, 12).join(' \u00b7 ') })
  }
  return { nameOf, wordsOf, typedOf, groupWords, acceptedBy, cellName }
}

/** What the cells of the variables that every project has take, where that is not any text. */
const KIND_OF: Partial<Record<ReadVariable, 'year' | 'date' | 'code' | 'category'>> = {
  year: 'year',
  date: 'date',
  place_code: 'code',
  level: 'category',
}
