import type { Hash } from '../../shared/domain/id'
import type { Report } from '../../shared/domain/report'
import type { ImportEntry, Stamp } from '../../shared/journal/history'
import { portions } from '../../shared/portions'
import { type Append, applyEntry } from './commit'
import type { ProjectDb } from './database'

// How imported material comes in. Texts go to the folder, which does not make them part of the
// project. The journal entry at the end does, for all of them at once, so that an import that
// breaks off leaves nothing to be seen. Into the working copy they come later: fill-texts.ts.

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

/** A text on its way into the project, with what is kept beside it. */
export interface IncomingText extends CanonicalText {
  /** The file's own bytes; `null` where they are `utf8`. */
  readonly original: Uint8Array | null
  /** The JSON of its markup as UTF-8; `null` where there is none. */
  readonly markup: Uint8Array | null
}

/** Encodes a text. Throws on a lone surrogate, which UTF-8 cannot keep. */
export async function canonicalOf(text: string): Promise<CanonicalText> {
  if (!text.isWellFormed()) throw new RangeError('the text has a lone surrogate')
  const utf8 = new TextEncoder().encode(text)
  return { text, utf8, hash: await hashOf(utf8) }
}

/** The SHA-256 of some bytes. */
export async function hashOf(bytes: Uint8Array<ArrayBuffer>): Promise<Hash> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(digest, byte => byte.toString(16).padStart(2, '0')).join('') as Hash
}

/** A report as far as another is told that it is the same. */
export type KnownReport = Pick<Report, 'title' | 'originalHash' | 'row'>

/** What the project has already, by its content. */
export interface KnownContent {
  /** Which report each is; `null` for one on its way in. */
  readonly texts: Map<Hash, KnownReport | null>
  readonly originals: Map<Hash, KnownReport | null>
}

export async function knownContent(db: ProjectDb): Promise<KnownContent> {
  const texts = new Map<Hash, KnownReport | null>()
  const originals = new Map<Hash, KnownReport | null>()
  await db.reports.each(({ textHash, originalHash, title, row }: Report) => {
    const known = { title, originalHash, row }
    texts.set(textHash, known)
    originals.set(originalHash, known)
  })
  return { texts, originals }
}

/** The host's `putBlobs`, for the session of an import. */
export type PutBlobs = (blobs: readonly Uint8Array[]) => Promise<readonly Hash[]>

/** Under which hashes a text's companions are kept. */
export type KeptBeside = Pick<Report, 'originalHash' | 'markupHash'>

/**
 * Stores a slice of texts with their originals and markup; answers where those are kept, in
 * order, once all is on disk. At most 300 texts. Throws when the folder got other bytes than
 * were sent.
 */
export async function ingestTexts(
  put: PutBlobs,
  texts: readonly IncomingText[],
): Promise<KeptBeside[]> {
  if (texts.length === 0) return []
  const kept = await putAll(
    put,
    texts.flatMap(({ utf8, original, markup }) => [
      utf8,
      ...(original ? [original] : []),
      ...(markup ? [markup] : []),
    ]),
  )
  const stored = kept.values()
  return texts.map(({ hash, original, markup }) => {
    const textHash = stored.next().value
    if (textHash !== hash) throw new Error(`stored as ${textHash}, not ${hash}`)
    const originalHash = original ? stored.next().value : hash
    const markupHash = markup ? stored.next().value : null
    if (!originalHash || markupHash === undefined) throw new Error('fewer were stored than sent')
    return { originalHash, markupHash }
  })
}

/** Stores bytes in as many calls as their size asks for. */
async function putAll(put: PutBlobs, blobs: readonly Uint8Array[]): Promise<Hash[]> {
  const hashes: Hash[] = []
  for (const some of portions(blobs, ({ length }) => length, { weight: BYTES_A_CALL })) {
    hashes.push(...(await put(some)))
  }
  return hashes
}

const BYTES_A_CALL = 64 * 1024 * 1024

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
