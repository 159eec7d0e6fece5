import { createHash, type Hash as Hasher, randomUUID } from 'node:crypto'
import { type FileHandle, mkdir, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Hash } from '../../shared/domain/id'
import { HostError, type SinkToken, type WrittenFile } from '../../shared/host'
import {
  codeOf,
  freeName,
  hostErrorOf,
  makeFolder,
  renameInsistently,
  safeFileName,
  syncFolder,
  writeAll,
} from './disk'
import { PARTIAL, sweepLeavings } from './leavings'

// Exports are written into a hidden folder that gets its name only when every file in it is
// complete and flushed. An export that fails leaves nothing, and never touches an older one.

/** The folders of files that are being written, and those that have been. */
export interface Sinks {
  open(parent: string, folderName: string): Promise<SinkToken>
  write(sink: SinkToken, fileName: string, bytes: Uint8Array): Promise<void>
  close(sink: SinkToken): Promise<{ folder: string; files: WrittenFile[] }>
  abort(sink: SinkToken): Promise<void>
  /** The path of a finished file, for the browser door's downloads. `null` for an unknown one. */
  pathOf(sink: string, fileName: string): string | null
  abortAll(): Promise<void>
}

interface OpenSink {
  readonly parent: string
  readonly folderName: string
  readonly temporary: string
  readonly files: Map<string, { handle: FileHandle; hash: Hasher; bytes: number }>
}

/** `urlOf` names where the page may fetch a finished file; it answers `null` on the desktop. */
export function createSinks(urlOf: (sink: SinkToken, file: string) => string | null): Sinks {
  const sinks = new Map<string, OpenSink>()
  const written = new Map<string, string>()

  return {
    async open(parent, folderName) {
      const name = safeFileName(folderName)
      if (!name) throw new HostError('name-invalid', { name: folderName })
      const token = randomUUID() as SinkToken
      const temporary = join(parent, `${PARTIAL}${token}`)
      try {
        await makeFolder(parent)
        await sweepLeavings(parent)
        await mkdir(temporary)
      } catch (error) {
        throw hostErrorOf(error)
      }
      sinks.set(token, { parent, folderName: name, temporary, files: new Map() })
      return token
    },

    async write(token, fileName, bytes) {
      const sink = known(token)
      if (!fileName || safeFileName(fileName) !== fileName) {
        throw new HostError('name-invalid', { name: fileName })
      }
      try {
        let file = sink.files.get(fileName)
        if (!file) {
          const handle = await open(join(sink.temporary, fileName), 'ax')
          file = { handle, hash: createHash('sha256'), bytes: 0 }
          sink.files.set(fileName, file)
        }
        await writeAll(file.handle, bytes)
        file.hash.update(bytes)
        file.bytes += bytes.length
      } catch (error) {
        await discard(token)
        throw hostErrorOf(error)
      }
    },

    async close(token) {
      const sink = known(token)
      try {
        for (const { handle } of sink.files.values()) {
          await handle.sync()
          await handle.close()
        }
        await syncFolder(sink.temporary)
        const folder = await appear(sink)
        await syncFolder(sink.parent)
        sinks.delete(token)
        const files = [...sink.files].map(([name, { bytes, hash }]) => {
          written.set(`${token}/${name}`, join(folder, name))
          return { name, bytes, sha256: hash.digest('hex') as Hash, url: urlOf(token, name) }
        })
        return { folder, files }
      } catch (error) {
        await discard(token)
        throw hostErrorOf(error)
      }
    },

    abort: discard,
    pathOf: (sink, fileName) => written.get(`${sink}/${fileName}`) ?? null,
    async abortAll() {
      for (const token of [...sinks.keys()]) await discard(token as SinkToken)
    },
  }

  function known(token: SinkToken): OpenSink {
    const sink = sinks.get(token)
    if (!sink) throw new HostError('not-found')
    return sink
  }

  async function discard(token: SinkToken): Promise<void> {
    const sink = sinks.get(token)
    if (!sink) return
    sinks.delete(token)
    for (const { handle } of sink.files.values()) await handle.close().catch(() => {})
    await rm(sink.temporary, { recursive: true, force: true }).catch(() => {})
  }
}

/** Gives the finished folder its name, or the next free one should it be taken meanwhile. */
async function appear(sink: OpenSink): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    const folder = await freeName(sink.parent, sink.folderName)
    try {
      await renameInsistently(sink.temporary, folder)
      return folder
    } catch (error) {
      if (attempt === 5 || !['EEXIST', 'ENOTEMPTY'].includes(codeOf(error))) throw error
    }
  }
}
