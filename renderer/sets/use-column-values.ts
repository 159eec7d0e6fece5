import { useEffect, useState } from 'react'
import { orderOfColumn } from '../../shared/analysis/column-order'
import { type ColumnValue, columnValues } from '../../shared/analysis/column-values'
import type { ColumnKey, ReportRow } from '../../shared/analysis/report-row'
import type { OwnVariables } from '../../shared/analysis/report-sets'

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
    void columnValues(rows, column, orderOfColumn(column, variables)).then(values => {
      if (isWanted) setAnswer({ column, values })
    })
    return () => {
      isWanted = false
    }
  }, [rows, column, variables])
  return answer?.column === column ? answer.values : undefined
}
