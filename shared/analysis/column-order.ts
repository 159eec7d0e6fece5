import { categoriesOf } from '../domain/variable'
import { LEVELS } from '../text/places'
import { type ColumnKey, isVariableColumn } from './report-row'
import type { OwnVariables } from './report-sets'

const STANDINGS = ['before', 'on', 'after', 'unclear']

/** The order of a column's values where it is neither size nor dictionary; else empty. */
export function orderOfColumn(column: ColumnKey, variables: OwnVariables): readonly string[] {
  if (column === 'level') return LEVELS
  if (column === 'submission' || column === 'publication') return STANDINGS
  const own = isVariableColumn(column) ? variables.get(column) : undefined
  return own?.type === 'category' ? categoriesOf(own) : []
}
