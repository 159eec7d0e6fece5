import type { Hash } from '../../shared/domain/id'
import { type Host, HostError, type SessionToken } from '../../shared/host'
import { portions } from '../../shared/portions'
import type { ProjectDb } from './database'

// Texts, and the markup beside them, never change, so it does not matter where they are read: in
// the working copy where it has them already, else in the folder, which has them all.

/** Where texts are read. */
export interface TextSource {
  readonly db: ProjectDb
  readonly host: Pick<Host, 'readBlobs'>
  readonly session: SessionToken
}

/** Some texts by their hashes, in that order; `null` for one that is missing or damaged in the folder. */
export async function readTexts(
  { db, host, session }: TextSource,
  hashes: readonly Hash[],
): Promise<(string | null)[]> {
  const kept = await db.texts.bulkGet([...hashes])
  const lacking = [...new Set(hashes.filter((_, i) => kept[i] === undefined))]
  const read = new Map<Hash, string | null>()
  for (const [i, text] of (await textsInFolder(host, session, lacking)).entries()) {
    read.set(lacking[i]!, text)
  }
  return hashes.map((hash, i) => kept[i]?.text ?? read.get(hash) ?? null)
}

/** One text by its hash; `null` where it is missing or damaged in the folder. */
export async function readText(source: TextSource, hash: Hash): Promise<string | null> {
  return (await readTexts(source, [hash]))[0] ?? null
}

/** As {@link readTexts}, from the folder alone. */
export async function textsInFolder(
  host: Pick<Host, 'readBlobs'>,
  session: SessionToken,
  hashes: readonly Hash[],
): Promise<(string | null)[]> {
  if (hashes.length === 0) return []
  try {
    const blobs = await host.readBlobs(session, hashes)
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
    return hashes.map((_, i) => (blobs[i] ? decoder.decode(blobs[i]) : null))
  } catch (error) {
    if (!isLost(error)) throw error
    if (hashes.length === 1) return [null]
    const middle = hashes.length >> 1
    const first = await textsInFolder(host, session, hashes.slice(0, middle))
    return [...first, ...(await textsInFolder(host, session, hashes.slice(middle)))]
  }
}

/** At most so many at once: of fifty records and more, the store does not say which were written. */
const TEXTS_A_SLICE = 49
/** UTF-16 units; a slice of longer texts holds fewer. So much is held and sent without anyone noticing. */
const LENGTH_A_SLICE = 400_000

/** Cuts what has texts into slices that can be read at once; `lengthOf` is in UTF-16 units. */
export function textSlices<T>(items: Iterable<T>, lengthOf: (item: T) => number): Generator<T[]> {
  return portions(items, lengthOf, { weight: LENGTH_A_SLICE, count: TEXTS_A_SLICE })
}

/** Whether a failure to read says that what was asked for is missing or damaged. */
function isLost(error: unknown): boolean {
  return (
    error instanceof HostError &&
    (error.reason === 'blob-missing' || error.reason === 'blob-damaged')
  )
}
