import { Refusal } from '../../shared/commands/command'
import type { VariableId } from '../../shared/domain/id'
import { categoriesOf, type Value, type Variable } from '../../shared/domain/variable'
import { checkedValue, type ValueRule } from '../../shared/domain/variable-value'
import type { Change } from '../../shared/journal/edit'
import type { ProjectDb } from './database'
import { valuesFor } from './values'

// An import is no step of the history, so one may stand between a step and its undoing: it can
// have brought values of a variable that the step made, and variables of its own. Swapping the
// step's rows would not know of them.

/**
 * The changes of a step that is undone or redone, and with them what would otherwise be left
 * behind: the values, brought by later imports, of a variable that goes. Throws a `Refusal` where
 * a variable would change so that such values fit it no longer, or take a name that is in use.
 */
export async function withLaterValues(
  db: ProjectDb,
  changes: readonly Change[],
): Promise<readonly Change[]> {
  const variables = changes.filter(change => change.table === 'variables')
  if (variables.length === 0) return changes
  await refuseTakenNames(db, variables)
  const listed = new Set<string>()
  for (const { table, id } of changes) if (table === 'values') listed.add(id)
  const along: Change[] = []
  for (const { id, before, after } of variables) {
    if (!before || (after && !isStricter(before, after))) continue
    const later = (await valuesFor(db, id)).filter(value => !listed.has(value.id))
    if (after && !later.every(value => fits(value, after))) throw new Refusal('import-since')
    if (after) continue
    for (const value of later) {
      along.push({ table: 'values', id: value.id, before: value, after: null })
    }
  }
  return along.length === 0 ? changes : [...changes, ...along]
}

type VariableChange = Extract<Change, { table: 'variables' }>

async function refuseTakenNames(db: ProjectDb, changes: readonly VariableChange[]): Promise<void> {
  const touched = new Set<VariableId>(changes.map(({ id }) => id))
  const wanted = new Set(changes.flatMap(({ after }) => (after ? [after.name] : [])))
  const present = await db.variables.toArray()
  if (present.some(({ id, name }) => !touched.has(id) && wanted.has(name))) {
    throw new Refusal('import-since')
  }
}

/** Whether a value of the one may be none of the other. */
function isStricter(before: Variable, after: Variable): boolean {
  return before.type !== after.type || before.categories !== after.categories
}

function fits({ value }: Value, variable: Variable): boolean {
  const { type } = variable
  const categories = type === 'category' ? categoriesOf(variable) : null
  const rule: ValueRule = { type, categories, isYear: false }
  return checkedValue(value, rule) === value
}
