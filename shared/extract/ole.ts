import { type RefusedDocument, refuse } from './document'

// Office before 2007 wrote compound files: small file systems of sectors, chained by a table.
// Only their list of names is read here, which tells what the file is.

/**
 * Why a compound file is refused: as `encrypted`, as `old-office` with `kind` `doc`, `xls`,
 * `ppt` or `wps`, as `unsupported` for other programs' files, or as `damaged`.
 */
export function oleProblemOf(bytes: Uint8Array): RefusedDocument {
  const streams = streamsOf(bytes)
  if (!streams) return refuse('damaged', { where: 'ole' })
  if (streams.has('EncryptedPackage') || streams.has('EncryptionInfo')) return refuse('encrypted')
  const word = streams.get('WordDocument')
  if (word !== undefined) {
    return isEncryptedWord(bytes, word)
      ? refuse('encrypted')
      : refuse('old-office', { kind: 'doc' })
  }
  const kind = KINDS.find(([name]) => streams.has(name))?.[1]
  if (kind !== undefined) return refuse('old-office', { kind })
  return refuse('unsupported', { kind: 'ole' })
}

/** The names that only one program's files have. */
const KINDS: readonly (readonly [name: string, kind: string])[] = [
  ['Workbook', 'xls'],
  ['Book', 'xls'],
  ['PowerPoint Document', 'ppt'],
  ['MatOST', 'wps'],
  ['WPSDocument', 'wps'],
]

const HEADER = 512
const NO_SECTOR = 0xfffffffa
/** Enough for any document; a chain may not run for ever. */
const MOST_SECTORS = 4096

/** The offset in the file at which each named stream begins; `null` where there is no list. */
function streamsOf(bytes: Uint8Array): Map<string, number> | null {
  if (bytes.length < HEADER) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const shift = view.getUint16(30, true)
  if (shift !== 9 && shift !== 12) return null
  const size = 1 << shift
  const offsetOf = (sector: number) => (sector + 1) * size

  /** The sector that follows one in its chain, from the part of the table that the header lists. */
  function after(sector: number): number {
    const slot = Math.floor((sector * 4) / size)
    if (slot >= 109) return NO_SECTOR
    const at = offsetOf(view.getUint32(76 + slot * 4, true)) + ((sector * 4) % size)
    return at + 4 <= bytes.length ? view.getUint32(at, true) : NO_SECTOR
  }

  const streams = new Map<string, number>()
  let sector = view.getUint32(48, true)
  for (let count = 0; sector < NO_SECTOR && count < MOST_SECTORS; count++) {
    const start = offsetOf(sector)
    if (start + size > bytes.length) return streams.size > 0 ? streams : null
    for (let at = start; at < start + size; at += 128) {
      const name = nameAt(view, at)
      if (name !== '') streams.set(name, offsetOf(view.getUint32(at + 116, true)))
    }
    sector = after(sector)
  }
  return streams.size > 0 ? streams : null
}

/** The name of a directory entry, without the final NUL that its length counts. */
function nameAt(view: DataView, at: number): string {
  const length = Math.min(view.getUint16(at + 64, true), 64)
  let name = ''
  for (let byte = 0; byte + 2 < length; byte += 2) {
    name += String.fromCharCode(view.getUint16(at + byte, true))
  }
  return name
}

/** Whether the first bytes of a Word text say that the rest needs a password. */
function isEncryptedWord(bytes: Uint8Array, start: number): boolean {
  return start + 12 <= bytes.length && (bytes[start + 11]! & 1) === 1
}
