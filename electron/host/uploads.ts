import { randomUUID } from 'node:crypto'
import { type FileHandle, open, readdir, rm, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { type Host, HostError, type UploadToken } from '../../shared/host'
import { hostErrorOf, makeFolder, writeAll } from './disk'

// Files on their way from a page to the host: it cannot name a path, so it sends the bytes. They
// wait in files of their own until a task takes them, and are gone after it or with the host.

/** The calls about uploads, and their end. */
export interface Uploads {
  readonly calls: Pick<Host, 'openUpload' | 'writeUpload' | 'abortUpload'>
  /** The file of a complete upload, which is the taker's to remove. Throws `not-found`. */
  take(upload: UploadToken): Promise<string>
  /** Removes what programs that ended long ago have left. */
  sweep(): Promise<void>
  /** Removes what is being uploaded. */
  close(): Promise<void>
}

/** The largest file that is taken. */
const MAX_UPLOAD_BYTES = 16 * 1024 ** 3

const MAX_UPLOADS = 4
/** An upload that has heard nothing for so long is given up when another wants its place. */
const SILENCE_MS = 60_000
/** What another program that ended long ago may have left. */
const STALE_MS = 24 * 60 * 60 * 1000
/** What must stay free on the disk. */
const SPARE_BYTES = 64 * 1024 * 1024

interface Upload {
  readonly path: string
  readonly handle: FileHandle
  readonly bytes: number
  received: number
  heardAt: number
  /** When the last write is over. */
  last: Promise<unknown>
}

/** Keeps uploads in a folder of their own inside `dataFolder`. */
export function createUploads(dataFolder: string, now: () => number): Uploads {
  const folder = join(dataFolder, 'uploads')
  const uploads = new Map<UploadToken, Upload>()

  return {
    calls: {
      async openUpload(_fileName, bytes) {
        if (bytes > MAX_UPLOAD_BYTES) throw new HostError('too-large', { bytes })
        for (const [token, { heardAt }] of uploads) {
          if (uploads.size >= MAX_UPLOADS && now() - heardAt > SILENCE_MS) await discard(token)
        }
        if (uploads.size >= MAX_UPLOADS) throw new HostError('too-busy')
        try {
          await makeFolder(folder)
          await removeStale(folder)
          const { bavail, bsize } = await statfs(folder)
          if (bytes + SPARE_BYTES > bavail * bsize) throw new HostError('disk-full', { bytes })
          const token = randomUUID() as UploadToken
          const path = join(folder, token)
          const handle = await open(path, 'wx', 0o600)
          const last = Promise.resolve()
          uploads.set(token, { path, handle, bytes, received: 0, heardAt: now(), last })
          return token
        } catch (error) {
          throw hostErrorOf(error)
        }
      },

      async writeUpload(token, bytes) {
        const upload = known(token)
        const mine = upload.last.then(async () => {
          if (upload.received + bytes.length > upload.bytes) {
            throw new HostError('too-large', { bytes: upload.bytes })
          }
          await writeAll(upload.handle, bytes)
          upload.received += bytes.length
          upload.heardAt = now()
        })
        upload.last = mine.catch(() => {})
        await mine.catch(async (error: unknown) => {
          await discard(token)
          throw hostErrorOf(error)
        })
      },

      abortUpload: discard,
    },

    async take(token) {
      const upload = known(token)
      await upload.last
      if (upload.received !== upload.bytes) throw new HostError('not-found')
      uploads.delete(token)
      await upload.handle.close()
      return upload.path
    },

    sweep: () => removeStale(folder),

    async close() {
      for (const token of [...uploads.keys()]) await discard(token)
    },
  }

  function known(token: UploadToken): Upload {
    const upload = uploads.get(token)
    if (!upload) throw new HostError('not-found')
    return upload
  }

  async function discard(token: UploadToken): Promise<void> {
    const upload = uploads.get(token)
    if (!upload) return
    uploads.delete(token)
    await upload.last
    await upload.handle.close().catch(() => {})
    await rm(upload.path, { force: true }).catch(() => {})
  }
}

async function removeStale(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name)
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }))
    if (Date.now() - mtimeMs > STALE_MS) await rm(path, { force: true }).catch(() => {})
  }
}
