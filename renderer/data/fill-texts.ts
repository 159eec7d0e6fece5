import type { Hash } from '../../shared/domain/id'
import type { Host, SessionToken } from '../../shared/host'
import { keepTexts } from './commit'
import type { ProjectDb } from './database'
import { textsInFolder } from './texts'

// Reports come into the working copy without their texts, by an import as by a rebuild: a
// report's is fetched from the folder when it is read. The rest follows from here while work
// goes on, so that it is there should the folder ever vanish.

const TEXTS_A_SLICE = 50
/** UTF-16 units; a slice of longer texts holds fewer. So much is stored without the page noticing. */
const LENGTH_A_SLICE = 400_000

/** Which working copy a worker is to fill, and through which session. */
export interface TextsWish {
  readonly database: string
  readonly session: SessionToken
}

/** How the filling goes on. */
export interface Filling {
  /** Asked for with every slice, as it may become another one. */
  readonly session: () => SessionToken
  readonly signal: AbortSignal
  /** Told how long a slice took, in milliseconds; the next one waits for the answer. */
  readonly rest?: (tookMs: number) => Promise<void>
}

/** Brings in the texts and the markup that the working copy lacks. What is damaged or gone is left out. */
export async function fillTexts(
  db: ProjectDb,
  host: Pick<Host, 'readBlobs'>,
  { session, signal, rest }: Filling,
): Promise<void> {
  if (signal.aborted) return
  const present = new Set(await db.texts.toCollection().primaryKeys())
  const lacking = new Map<Hash, number>()
  await db.reports.each(({ textHash, markupHash, length }) => {
    if (!present.has(textHash)) lacking.set(textHash, length)
    // Markup is seldom longer than the text that it belongs to.
    if (markupHash !== null && !present.has(markupHash)) lacking.set(markupHash, length)
  })
  for (const slice of slicesOf(lacking)) {
    if (signal.aborted) return
    const begun = performance.now()
    const texts = await textsInFolder(host, session, slice)
    if (signal.aborted) return
    await keepTexts(
      db,
      slice.flatMap((hash, i) => {
        const text = texts[i] ?? null
        return text === null ? [] : [{ hash, text }]
      }),
    )
    await rest?.(performance.now() - begun)
  }
}

/** Hashes by the dozen, fewer where the texts are long. */
function* slicesOf(lengths: ReadonlyMap<Hash, number>): Generator<Hash[]> {
  let slice: Hash[] = []
  let length = 0
  for (const [hash, each] of lengths) {
    if (slice.length === TEXTS_A_SLICE || (slice.length > 0 && length + each > LENGTH_A_SLICE)) {
      yield slice
      slice = []
      length = 0
    }
    slice.push(hash)
    length += each
  }
  if (slice.length > 0) yield slice
}
