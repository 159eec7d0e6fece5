import type { ProjectCounts } from '../../shared/host'
import { usesOf } from './annotations'
import { allCoders, allCodes } from './codebook'
import { metaOf } from './commit'
import type { ProjectDb } from './database'

/** How much a project holds, added up from the tallies. */
export async function countsOf(db: ProjectDb): Promise<ProjectCounts> {
  const [{ reports }, codes, coders] = await Promise.all([metaOf(db), allCodes(db), allCoders(db)])
  const uses = await Promise.all(codes.map(({ id }) => usesOf(db, id)))
  return {
    reports,
    annotations: uses.reduce((sum, n) => sum + n, 0),
    codes: codes.length,
    coders: coders.length,
  }
}
