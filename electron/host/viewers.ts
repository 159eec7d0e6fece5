import type { Hash } from '../../shared/domain/id'
import { type Host, HostError, type SessionToken } from '../../shared/host'
import type { JournalEntry } from '../../shared/journal/history'
import type { HostContext } from './context'

// Sessions that only read. They need no lock, and never write a byte. (Being built.)

/** A project that a page has open for reading. */
export interface Viewer {
  readonly folder: string
  readJournal(fromSeq: number): Promise<JournalEntry[]>
  readBlobs(hashes: readonly Hash[]): Promise<Uint8Array[]>
}

/** The reading sessions. */
export interface Viewers {
  readonly calls: Pick<Host, 'readProject'>
  find(token: SessionToken): Viewer | null
  /** Whether there was such a session. */
  close(token: SessionToken): Promise<boolean>
  closeAll(): Promise<void>
}

/** Opens projects for reading. */
export function createViewers(_context: HostContext): Viewers {
  return {
    calls: {
      async readProject() {
        throw new HostError('not-found')
      },
    },
    find: () => null,
    close: async () => false,
    closeAll: async () => {},
  }
}
