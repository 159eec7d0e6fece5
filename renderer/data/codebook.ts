import { type Code, inCodebookOrder } from '../../shared/domain/code'
import type { Coder } from '../../shared/domain/project'
import type { ProjectDb } from './database'

/** All codes in codebook order. */
export async function allCodes(db: ProjectDb): Promise<Code[]> {
  return inCodebookOrder(await db.codes.toArray())
}

/** All coders, in the order in which they joined. */
export async function allCoders(db: ProjectDb): Promise<Coder[]> {
  const coders = await db.coders.toArray()
  return coders.sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1))
}
