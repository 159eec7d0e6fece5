import { usesOf } from '../../data/annotations'
import { allCoders, allCodes } from '../../data/codebook'
import { metaOf } from '../../data/commit'
import type { ProjectDb } from '../../data/database'

/** How much there is to export. */
export interface Contents {
  readonly reports: number
  readonly annotations: number
  readonly codes: number
  readonly coders: number
}

/** Adds up what an export would hold, from the tallies. */
export async function contentsOf(db: ProjectDb): Promise<Contents> {
  const [{ reports }, codes, coders] = await Promise.all([metaOf(db), allCodes(db), allCoders(db)])
  const uses = await Promise.all(codes.map(({ id }) => usesOf(db, id)))
  return {
    reports,
    annotations: uses.reduce((sum, n) => sum + n, 0),
    codes: codes.length,
    coders: coders.length,
  }
}
