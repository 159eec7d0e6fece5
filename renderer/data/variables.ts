import { inVariableOrder, type Variable } from '../../shared/domain/variable'
import type { ProjectDb } from './database'

/** The researcher's own variables, in their order. */
export async function allVariables(db: ProjectDb): Promise<Variable[]> {
  return inVariableOrder(await db.variables.toArray())
}
