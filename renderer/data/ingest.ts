import type { Hash } from '../../shared/domain/id'
import type { Host, SessionToken } from '../../shared/host'
import type { ImportEntry, Stamp } from '../../shared/journal/history'
import { type Append, applyEntry, stageTexts } from './commit'
import type { ProjectDb } from './database'

// How imported material comes in. Texts go to the folder and, ready for use, to the working
// copy; neither makes them part of the project. The journal entry at the end does, for all of
// them at once, so that an import that breaks off leaves nothing to be seen.

declare global {
  interface String {
    /** ES2024: whether there is no lone surrogate. */
    isWellFormed(): boolean
  }
}

/** A canonical text and the bytes that the folder keeps of it. */
export interface CanonicalText {
  readonly text: string
  readonly utf8: Uint8Array<ArrayBuffer>
  /** Of `utf8`: the report's fingerprint. */
  readonly hash: Hash
}

/** A text on its way into the project. */
export interface IncomingText extends CanonicalText {
  /** The file's own bytes; `null` where they are `utf8`. */
  readonly original: Uint8Array | null
}

/** Encodes a text. Throws on a lone surrogate, which UTF-8 cannot keep. */
export async function canonicalOf(text: string): Promise<CanonicalText> {
  if (!text.isWellFormed()) throw new RangeError('the text has a lone surrogate')
  const utf8 = new TextEncoder().encode(text)
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', utf8))
  const hash = Array.from(digest, byte => byte.toString(16).padStart(2, '0')).join('') as Hash
  return { text, utf8, hash }
}

/**
 * Stores a slice of texts and originals; answers the originals' hashes, in order, once all is
 * on disk. At most 500 texts. Throws when the folder got other bytes than were sent.
 */
export async function ingestTexts(
  db: ProjectDb,
  put: (blobs: readonly Uint8Array[]) => Promise<readonly Hash[]>,
  texts: readonly IncomingText[],
): Promise<Hash[]> {
  if (texts.length === 0) return []
  const originals = texts.flatMap(({ original }) => original ?? [])
  // Both come to their end before either fails: nothing goes on behind the caller's back.
  const [kept, staged] = await Promise.allSettled([
    put([...texts.map(({ utf8 }) => utf8), ...originals]),
    stageMissing(db, texts),
  ])
  if (kept.status === 'rejected') throw kept.reason
  if (staged.status === 'rejected') throw staged.reason
  const stored = kept.value
  let next = texts.length
  return texts.map(({ hash, original }, i) => {
    const originalHash = original ? stored[next++] : hash
    if (stored[i] !== hash || !originalHash) throw new Error(`stored as ${stored[i]}, not ${hash}`)
    return originalHash
  })
}

/**
 * Makes an import part of the project: in the journal, then in the working copy. What `append`
 * rejects with is passed on, and nothing has come in then.
 */
export async function ingestBatch(
  db: ProjectDb,
  append: Append,
  entry: ImportEntry & Omit<Stamp, 'seq'>,
): Promise<void> {
  const { seq } = await append(entry)
  await applyEntry(db, { ...entry, seq })
}

/** The host's `putBlobs` for one session. */
export function putInto(
  host: Pick<Host, 'putBlobs'>,
  session: SessionToken,
): (blobs: readonly Uint8Array[]) => Promise<Hash[]> {
  return blobs => host.putBlobs(session, blobs)
}

/** An import that broke off, or was removed, has left its texts: those are not staged again. */
async function stageMissing(db: ProjectDb, texts: readonly IncomingText[]): Promise<void> {
  const hashes = texts.map(({ hash }) => hash)
  const staged = new Set(await db.texts.where('hashes').anyOf(hashes).keys())
  await stageTexts(
    db,
    texts.filter(({ hash }) => !staged.has(hash)).map(({ hash, text }) => ({ hash, text })),
  )
}
