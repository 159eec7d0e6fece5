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

/** Where the texts of one import go. */
export interface Intake {
  readonly db: ProjectDb
  /** The host's `putBlobs`. */
  readonly put: (blobs: readonly Uint8Array[]) => Promise<readonly Hash[]>
}

/** Gets ready to take texts in. */
export async function openIntake(
  db: ProjectDb,
  host: Pick<Host, 'putBlobs'>,
  session: SessionToken,
): Promise<Intake> {
  // Says that writing begins, before anything is written to the working copy.
  await host.putBlobs(session, [])
  return { db, put: blobs => host.putBlobs(session, blobs) }
}

/**
 * Stores a slice of texts and originals; answers the originals' hashes, in order, once all is
 * on disk. At most 500 texts. Throws when the folder got other bytes than were sent.
 */
export async function ingestTexts(
  { db, put }: Intake,
  texts: readonly IncomingText[],
): Promise<Hash[]> {
  if (texts.length === 0) return []
  const originals = texts.flatMap(({ original }) => original ?? [])
  // Both come to their end before either fails: nothing goes on behind the caller's back.
  const [kept, copied] = await Promise.allSettled([
    put([...texts.map(({ utf8 }) => utf8), ...originals]),
    stageTexts(
      db,
      texts.map(({ hash, text }) => ({ hash, text })),
    ),
  ])
  if (kept.status === 'rejected') throw kept.reason
  if (copied.status === 'rejected') throw copied.reason
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
