import type { Hash } from '../../shared/domain/id'
import type { Host, SessionToken } from '../../shared/host'
import { keepTexts } from './commit'
import type { ProjectDb } from './database'
import { reportPages } from './reports'
import { textSlices, textsInFolder } from './texts'

// Reports come into the working copy without their texts, by an import as by a rebuild: a
// report's is fetched from the folder when it is read. The rest follows from here while work
// goes on, so that it is there should the folder ever vanish. A copy counts as settled
// meanwhile: it may hold more texts or fewer without being another one.

/** Which working copy a worker is to fill, and through which session. */
export interface TextsWish {
  readonly database: string
  readonly session: SessionToken
}

/** What else there is to say of a filling. */
export interface Filling {
  readonly session: SessionToken
  /** Told how long a slice took, in milliseconds; the next one waits for the answer. */
  readonly rest?: (tookMs: number) => Promise<void>
}

/**
 * Brings in the texts and the markup that the working copy lacks. What is damaged or gone is left
 * out. Rejects with the host's error when that cannot read; what is in then stays.
 */
export async function fillTexts(
  db: ProjectDb,
  host: Pick<Host, 'readBlobs'>,
  { session, rest }: Filling,
): Promise<void> {
  const present = new Set(await db.texts.toCollection().primaryKeys())
  const lacking = new Map<Hash, number>()
  // Page by page: somebody may want to write in between.
  for await (const reports of reportPages(db)) {
    for (const { textHash, markupHash, length } of reports) {
      if (!present.has(textHash)) lacking.set(textHash, length)
      // Markup is seldom longer than the text that it belongs to.
      if (markupHash !== null && !present.has(markupHash)) lacking.set(markupHash, length)
    }
  }
  for (const slice of textSlices(lacking, ([, length]) => length)) {
    const begun = performance.now()
    const hashes = slice.map(([hash]) => hash)
    const texts = await textsInFolder(host, session, hashes)
    await keepTexts(
      db,
      hashes.flatMap((hash, i) => {
        const text = texts[i] ?? null
        return text === null ? [] : [{ hash, text }]
      }),
    )
    await rest?.(performance.now() - begun)
  }
}
