import { MAX_CATEGORIES, MAX_CELLS } from '../../../shared/commands/variables'
import type { RowKey } from '../../../shared/extract/table-match'
import type { ColumnTarget } from '../../../shared/intake/table-values'
import { columnsOf, type ValuesPreview } from '../../jobs/values-job'
import type { TargetProblem } from '../../tables/targets'

/** Why a table cannot be taken in as it stands; the columns’ own problems stand with them. */
export type TakeProblem = 'columns' | 'too-many' | 'too-many-categories' | 'nothing'

/** The targets that count: a column by which reports are found has none. */
export function usedTargets(targets: readonly ColumnTarget[], key: RowKey): ColumnTarget[] {
  const skip = columnsOf(key)
  return targets.filter(({ column }) => !skip.includes(column))
}

/** What keeps a table from being taken in; `null` when nothing does. */
export function takeProblem(
  preview: ValuesPreview,
  problems: ReadonlyMap<number, TargetProblem>,
): TakeProblem | null {
  if (problems.size > 0) return 'columns'
  if (preview.cells === 0) return 'nothing'
  if (preview.cells > MAX_CELLS) return 'too-many'
  const isTooWide = [...preview.categories.values()].some(count => count > MAX_CATEGORIES)
  return isTooWide ? 'too-many-categories' : null
}
