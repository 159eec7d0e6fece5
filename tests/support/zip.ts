import { constants, crc32, deflateRawSync } from 'node:zlib'

/** A file in a zip, and how its headers lie about it. */
export interface ZipEntry {
  readonly name: string
  readonly data: Uint8Array
  /** The name before the data, where it differs from that in the table of contents. */
  readonly localName?: string
  readonly flags?: number
  readonly method?: number
  readonly crc?: number
  /** The size that both headers state. */
  readonly size?: number
  /** Unix mode, with the bits for the kind of file. */
  readonly mode?: number
  /** Compressed data to write instead of `data`. */
  readonly deflated?: Uint8Array
  /** Where the table of contents says the entry begins, by index of another one. */
  readonly sharesDataOf?: number
}

/** The bytes of a zip with these files, right in everything that is not asked to be wrong. */
export function zipOf(entries: readonly ZipEntry[]): Buffer {
  const parts: Buffer[] = []
  const table: Buffer[] = []
  const starts: number[] = []
  let at = 0
  for (const entry of entries) {
    const { name, data, localName = name, flags = 0x800, method = 8, mode = 0o100644 } = entry
    const body = Buffer.from(entry.deflated ?? (method === 8 ? deflateRawSync(data) : data))
    const sum = entry.crc ?? crc32(data)
    const size = entry.size ?? data.length
    starts.push(at)
    const shared = Buffer.alloc(22)
    shared.writeUInt16LE(flags, 0)
    shared.writeUInt16LE(method, 2)
    shared.writeUInt32LE(0x21_0000, 4)
    shared.writeUInt32LE(sum, 8)
    shared.writeUInt32LE(body.length, 12)
    shared.writeUInt32LE(size, 16)
    const before = Buffer.alloc(6)
    before.writeUInt32LE(0x04034b50, 0)
    before.writeUInt16LE(20, 4)
    const local = Buffer.from(shared)
    local.writeUInt16LE(Buffer.byteLength(localName), 20)
    const noExtra = Buffer.alloc(2)
    const written = Buffer.concat([before, local, noExtra, Buffer.from(localName), body])
    parts.push(written)
    const central = Buffer.alloc(46)
    central.writeUInt32LE(0x02014b50, 0)
    central.writeUInt16LE((3 << 8) | 63, 4)
    central.writeUInt16LE(20, 6)
    shared.writeUInt16LE(Buffer.byteLength(name), 20)
    shared.copy(central, 8)
    central.writeUInt32LE((mode << 16) >>> 0, 38)
    central.writeUInt32LE(starts[entry.sharesDataOf ?? starts.length - 1]!, 42)
    table.push(central, Buffer.from(name))
    at += written.length
  }
  const directory = Buffer.concat(table)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  // What is too many for the field is cut, as a liar would.
  end.writeUInt16LE(entries.length & 0xffff, 8)
  end.writeUInt16LE(entries.length & 0xffff, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...parts, directory, end])
}

/** `count` times a million zeros, deflated: a thousandth of that, and quickly made. */
export function deflatedZeros(count: number): Buffer {
  const million = deflateRawSync(Buffer.alloc(1_000_000), { finishFlush: constants.Z_FULL_FLUSH })
  const last = deflateRawSync(Buffer.alloc(0))
  return Buffer.concat([...Array.from({ length: count }, () => million), last])
}
