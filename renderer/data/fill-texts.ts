import type { Hash } from '../../shared/domain/id'
import { type Host, HostError, type SessionToken } from '../../shared/host'
import { stageTexts } from './commit'
import type { ProjectDb } from './database'

// A working copy that was built anew is opened without its texts: a report's is fetched from the
// folder when it is read. The rest follows from here while work goes on.

const TEXTS_A_SLICE = 50
/** UTF-16 units; a slice of longer texts holds fewer. So much is stored without the page noticing. */
const LENGTH_A_SLICE = 400_000

/** Brings in the texts and the markup that the working copy lacks. What is damaged or gone is left out. */
export async function fillTexts(
  db: ProjectDb,
  host: Pick<Host, 'readBlobs'>,
  { session, signal }: { session(): SessionToken; readonly signal: AbortSignal },
): Promise<void> {
  const present = new Set(await db.texts.toCollection().primaryKeys())
  const lacking = new Map<Hash, number>()
  for (const { textHash, markupHash, length } of await db.reports.toArray()) {
    if (!present.has(textHash)) lacking.set(textHash, length)
    // Markup is seldom longer than the text that it belongs to.
    if (markupHash !== null && !present.has(markupHash)) lacking.set(markupHash, length)
  }
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  for (const slice of slicesOf(lacking)) {
    const blobs = await readSlice(host, session(), slice)
    if (signal.aborted) return
    await stageTexts(
      db,
      slice.flatMap((hash, i) => {
        const blob = blobs[i]
        return blob ? [{ hash, text: decoder.decode(blob) }] : []
      }),
    )
    if (signal.aborted) return
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

/**
 * Texts from the folder; `null` for one that is damaged or gone there. The project opens all
 * the same, and whoever opens that report is told.
 */
async function readSlice(
  host: Pick<Host, 'readBlobs'>,
  session: SessionToken,
  slice: readonly Hash[],
): Promise<(Uint8Array | null)[]> {
  try {
    return await host.readBlobs(session, slice)
  } catch (error) {
    if (!isLost(error)) throw error
    if (slice.length === 1) return [null]
    const middle = slice.length >> 1
    const first = await readSlice(host, session, slice.slice(0, middle))
    return [...first, ...(await readSlice(host, session, slice.slice(middle)))]
  }
}

function isLost(error: unknown): boolean {
  return (
    error instanceof HostError &&
    (error.reason === 'blob-missing' || error.reason === 'blob-damaged')
  )
}
