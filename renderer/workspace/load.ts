import type { Hash } from '../../shared/domain/id'
import { markupFrom, NO_MARKUP } from '../../shared/domain/markup'
import { type Host, HostError } from '../../shared/host'
import type { ProjectDb } from '../data/database'
import { markupOf } from '../data/markup'
import { textOf } from '../data/reports'
import type { Workspace } from './open'

/**
 * How a workspace reads what belongs to a report and never changes: from the working copy, else
 * from the folder. Both reject with the host's error, which says why there is no text.
 */
export function loaders(
  db: ProjectDb,
  host: Host,
  { session, freshSession }: Pick<Workspace, 'session' | 'freshSession'>,
): Pick<Workspace, 'loadText' | 'loadMarkup'> {
  return {
    loadText: async ({ textHash }) => (await textOf(db, textHash)) ?? (await inFolder(textHash)),
    loadMarkup: async ({ markupHash: hash, length }) => {
      if (hash === null) return NO_MARKUP
      const stored = await markupOf(db, { hash, length })
      if (stored) return stored
      return markupFrom(await inFolder(hash), length) ?? NO_MARKUP
    },
  }

  async function inFolder(hash: Hash): Promise<string> {
    const [blob] = await host.readBlobs(session(), [hash]).catch(async (error: unknown) => {
      const isEnded = error instanceof HostError && error.reason === 'session-ended'
      if (!isEnded) throw error
      // The host may have been started again since; whoever has lost the project is told so here.
      return host.readBlobs(await freshSession(), [hash])
    })
    if (!blob) throw new HostError('blob-missing', { hash })
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(blob)
  }
}
