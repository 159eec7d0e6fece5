import type { CategoryDraft } from '../../../shared/commands/variables'
import { categoriesOf, type Variable } from '../../../shared/domain/variable'

/**
 * Which category each line was before: the one of its name, wherever it stands now. Where there are
 * as many lines as before, a new name in the place of one that is gone is that one renamed. Any
 * other new name is a new category; a category that is gone and used is refused.
 */
export function draftsOf(
  variable: Pick<Variable, 'categories'>,
  names: readonly string[],
): CategoryDraft[] {
  const before = categoriesOf(variable)
  return names.map((name, at) => {
    if (before.includes(name)) return { name, was: name }
    const here = names.length === before.length ? before[at] : undefined
    return { name, was: here !== undefined && !names.includes(here) ? here : null }
  })
}
