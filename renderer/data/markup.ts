import type { Hash } from '../../shared/domain/id'
import { type Markup, markupFrom } from '../../shared/domain/markup'
import type { ProjectDb } from './database'
import { textOf } from './reports'

/**
 * The markup of a text of `length` UTF-16 units, by its hash; `null` when the working copy does
 * not hold it, or holds something else under that hash.
 */
export async function markupOf(
  db: ProjectDb,
  { hash, length }: { readonly hash: Hash; readonly length: number },
): Promise<Markup | null> {
  const json = await textOf(db, hash)
  return json === null ? null : markupFrom(json, length)
}
