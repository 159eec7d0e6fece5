import { type FileHandle, mkdir, open, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { HostError } from '../../shared/host'

// What every module here needs of the disk: writes that are on it when they say so, and the
// system's error codes in words that the interface knows.

/** Forces a folder's list of names to disk, so that a new or renamed file survives a power cut. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Replaces a file's content, all of it or not at all. */
export async function writeFileWhole(path: string, content: string | Uint8Array): Promise<void> {
  const temporary = `${path}.${process.pid}.${Date.now()}.new`
  try {
    await writeFile(temporary, content, { flush: true, mode: 0o600 })
    await renameInsistently(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {})
    throw error
  }
  await syncFolder(dirname(path))
}

/** Renames; on Windows waits out a virus scanner that holds the file for a moment. */
export async function renameInsistently(from: string, to: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await rename(from, to)
      return
    } catch (error) {
      const isBusy = ['EPERM', 'EBUSY', 'EACCES'].includes(codeOf(error))
      if (process.platform !== 'win32' || !isBusy || attempt === 10) throw error
      await new Promise(resolve => setTimeout(resolve, attempt * 20))
    }
  }
}

/**
 * Opens a file to append to, with what stands in it flushed: it may have been read, but not
 * reached the disk, before a crash.
 */
export async function openFlushed(path: string): Promise<FileHandle> {
  const handle = await open(path, 'a')
  try {
    await handle.datasync()
    return handle
  } catch (error) {
    await handle.close().catch(() => {})
    throw error
  }
}

/** Writes all of `bytes` at the end of what `handle` was opened on, or throws. */
export async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done)
    done += bytesWritten
  }
}

/**
 * Throws `vanished` unless the file that `handle` writes to is still the one at `path`: what is
 * written to a file that was deleted or replaced meanwhile is lost when it is closed.
 */
export async function assertInPlace(handle: FileHandle, path: string): Promise<void> {
  const [open, named] = await Promise.all([handle.stat(), stat(path)])
  if (open.ino !== named.ino || open.dev !== named.dev || named.size < open.size) {
    throw new HostError('vanished', { file: basename(path) })
  }
}

/** Makes a folder, and those above it that are missing. */
export async function makeFolder(path: string): Promise<void> {
  // Node's recursive way reports a read-only disk as a missing folder, and where a folder takes
  // no new ones, as in /proc, it never ends.
  try {
    await mkdir(path)
  } catch (error) {
    if (await isFolder(path)) return
    const parent = dirname(path)
    if (codeOf(error) !== 'ENOENT' || parent === path || (await isFolder(parent))) throw error
    await makeFolder(parent)
    await makeFolder(path)
  }
}

function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    found => found.isDirectory(),
    () => false,
  )
}

/** Whether something of that name exists, be it a file or a folder. */
export async function exists(path: string): Promise<boolean> {
  try {
    await stat(path)
    return true
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return false
    throw error
  }
}

/** A path inside `folder` that is still free: `name`, or `name (2)`, `name (3)` and so on. */
export async function freeName(folder: string, name: string): Promise<string> {
  for (let n = 1; ; n++) {
    const path = join(folder, n === 1 ? name : `${name} (${n})`)
    if (!(await exists(path))) return path
  }
}

/**
 * What a researcher typed, as a name that every file system takes: no separators, control or
 * reserved characters, no dots or spaces at its ends, no device names, at most 120 bytes.
 * Empty when nothing usable is left.
 */
export function safeFileName(name: string): string {
  const plain = name
    .normalize('NFC')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
    .replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069<>:"/\\|?*]/g, ' ')
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, ' ')
    .replace(/\s+/g, ' ')
  let cut = ''
  for (const character of plain) {
    if (Buffer.byteLength(cut + character) > 120) break
    cut += character
  }
  const trimmed = cut.replace(/^[. ]+|[. ]+$/g, '')
  return /^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$/i.test(trimmed) ? `_${trimmed}` : trimmed
}

/** The system's code of an error, such as `ENOSPC`; empty when it has none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : ''
}

/** Any failure of the disk as the error that crosses to the page. */
export function hostErrorOf(error: unknown): HostError {
  if (error instanceof HostError) return error
  const code = codeOf(error)
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return new HostError('disk-full', { code })
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
      return new HostError('read-only', { code })
    case 'ENOENT':
    case 'ENOTDIR':
    case 'ENXIO':
    case 'ENODEV':
    case 'ESTALE':
      return new HostError('vanished', { code })
    default:
      return new HostError('disk-error', { code: code || 'unknown' })
  }
}
