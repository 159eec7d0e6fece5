import { useEffect, useState } from 'react'
import { type ColumnValue, columnValues } from '../../shared/analysis/column-values'
import { type ColumnKey, isVariableColumn, type ReportRow } from '../../shared/analysis/report-row'
import type { OwnVariables } from '../../shared/analysis/report-sets'
import { categoriesOf } from '../../shared/domain/variable'
import { LEVELS } from '../../shared/text/places'

/**
 * The values of a column with their counts; `undefined` until they are counted. While rows
 * change, those counted before stay.
 */
export function useColumnValues(
  rows: readonly ReportRow[],
  column: ColumnKey,
  variables: OwnVariables,
): readonly ColumnValue[] | undefined {
  const [answer, setAnswer] = useState<{ column: ColumnKey; values: readonly ColumnValue[] }>()
  useEffect(() => {
    let isWanted = true
    const order = orderOf(column, variables)
    void columnValues(rows, column, { order, pause: aMoment }).then(values => {
      if (isWanted) setAnswer({ column, values })
    })
    return () => {
      isWanted = false
    }
  }, [rows, column, variables])
  return answer?.column === column ? answer.values : undefined
}

/** In which order a column's values are listed, where it is neither size nor dictionary. */
function orderOf(column: ColumnKey, variables: OwnVariables): readonly string[] {
  if (column === 'level') return LEVELS
  if (column === 'submission' || column === 'publication') return STANDINGS
  const variable = isVariableColumn(column) ? variables.get(column) : undefined
  return variable ? categoriesOf(variable) : []
}

const STANDINGS = ['before', 'on', 'after', 'unclear']

function aMoment(): Promise<void> {
  return new Promise(resolve => setTimeout(resolve))
}
