import type { Hash } from '../../shared/domain/id'
import { markupFrom, NO_MARKUP } from '../../shared/domain/markup'
import { type Host, HostError, type SessionToken } from '../../shared/host'
import type { ProjectDb } from '../data/database'
import { markupOf } from '../data/markup'
import { textOf } from '../data/reports'
import type { Workspace } from './open'

/**
 * How a workspace reads what belongs to a report and never changes: from the working copy, else
 * from the folder. `session` is asked for with every call, as it may become another one.
 */
export function loaders(
  db: ProjectDb,
  host: Host,
  session: () => SessionToken,
): Pick<Workspace, 'loadText' | 'loadMarkup'> {
  return {
    loadText: async ({ textHash }) =>
      (await textOf(db, textHash)) ?? (await textFromHost(host, session(), textHash)),
    loadMarkup: async ({ markupHash: hash, length }) => {
      if (hash === null) return NO_MARKUP
      const stored = await markupOf(db, { hash, length })
      if (stored) return stored
      return markupFrom(await textFromHost(host, session(), hash), length) ?? NO_MARKUP
    },
  }
}

/** A text from the project's folder. */
async function textFromHost(host: Host, session: SessionToken, hash: Hash): Promise<string> {
  const [blob] = await host.readBlobs(session, [hash])
  if (!blob) throw new HostError('blob-missing', { hash })
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(blob)
}
