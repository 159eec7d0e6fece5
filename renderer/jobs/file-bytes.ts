import { DOCUMENT_LIMITS } from '../../shared/extract/document'
import { MAX_FILE_BYTES } from '../../shared/extract/text-file'
import { promisedBy } from '../../shared/intake/document-kind'

// How files are read. Asking the browser for one costs about a millisecond whatever its size,
// so many are read as one: a blob made of them, which is cut apart again by their sizes.

/** As much of a file as an import uses. */
export type FileBytes = Pick<File, 'name' | 'size' | 'slice' | 'arrayBuffer'>

/** A part of a file that is to be read, and how many bytes it has. */
export interface Piece {
  readonly blob: Pick<Blob, 'arrayBuffer'>
  readonly size: number
}

/** A file that has been read, and is kept for when it is asked for again. */
export interface HeldFile extends FileBytes {
  readonly held: Uint8Array<ArrayBuffer>
}

/** Holds what was read of a file: it stays as it was then, whatever becomes of it on the disk. */
export function heldFile(name: string, held: Uint8Array<ArrayBuffer>): HeldFile {
  return {
    name,
    size: held.length,
    held,
    arrayBuffer: async () => held.slice().buffer,
    slice: (...range) => new Blob([held]).slice(...range),
  }
}

/** The most bytes that a file may have: by its name, since nothing else is known of it. */
export function limitFor(name: string): number {
  const promised = promisedBy(name)
  const isText = promised === null || promised === 'txt' || promised === 'md' || promised === 'csv'
  return isText ? MAX_FILE_BYTES : DOCUMENT_LIMITS.bytes
}

/** Says that a file is over its limit. */
export function tooLarge(name: string, size: number) {
  return { problem: 'too-large', details: { size, limit: limitFor(name) } } as const
}

/** A file's bytes, or `null` when it is gone, has changed or cannot be opened. */
export async function bytesOf(
  file: Pick<Blob, 'arrayBuffer'>,
): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    return new Uint8Array(await file.arrayBuffer())
  } catch {
    // Browsers tell no more than that it cannot be read.
    return null
  }
}

/**
 * Reads pieces together. `null` stands for one that cannot be read, or that no longer has the
 * size it is said to have.
 */
export async function bytesOfAll(
  pieces: readonly Piece[],
): Promise<(Uint8Array<ArrayBuffer> | null)[]> {
  const unread = pieces.filter(({ blob }) => !isHeld(blob))
  const read = ((await readAsOne(unread)) ?? (await Promise.all(unread.map(readAlone)))).values()
  return pieces.map(({ blob }) => (isHeld(blob) ? blob.held : (read.next().value ?? null)))
}

function isHeld(blob: Piece['blob']): blob is HeldFile {
  return 'held' in blob
}

/** `null` when one of them spoils it for all. */
async function readAsOne(pieces: readonly Piece[]): Promise<Uint8Array<ArrayBuffer>[] | null> {
  const blobs = pieces.flatMap(({ blob }) => (blob instanceof Blob ? [blob] : []))
  if (blobs.length < pieces.length || blobs.length < 2) return null
  const all = await bytesOf(new Blob(blobs))
  const total = pieces.reduce((sum, { size }) => sum + size, 0)
  if (all?.length !== total) return null
  let start = 0
  return pieces.map(({ size }) => {
    start += size
    return all.subarray(start - size, start)
  })
}

async function readAlone({ blob, size }: Piece): Promise<Uint8Array<ArrayBuffer> | null> {
  const bytes = await bytesOf(blob)
  return bytes?.length === size ? bytes : null
}
