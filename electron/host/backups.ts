import { type Host, HostError } from '../../shared/host'
import type { NewEntry } from '../../shared/journal/history'
import type { HostContext, Session } from './context'

// When snapshots are taken, and what the page may ask of them. (Being built.)

/** The calls about snapshots, and what the host tells this part. */
export interface Backups {
  readonly calls: Pick<
    Host,
    'listSnapshots' | 'takeSnapshot' | 'pinSnapshot' | 'readSnapshot' | 'setSecondPlace'
  >
  /** Called before an entry is appended; resolves when it may be. Never rejects. */
  beforeAppend(session: Session, entry: NewEntry): Promise<void>
  /** Called after an entry was appended. */
  afterAppend(session: Session): void
  /** Called when a session has ended and its folder was let go of. */
  afterClose(session: Session): void
  /** Resolves when nothing is being written any more, for this project or for all. */
  settled(folder?: string): Promise<void>
}

/** Takes care of the snapshots of all projects. */
export function createBackups(_context: HostContext): Backups {
  const never = async () => {
    throw new HostError('not-found')
  }
  return {
    calls: {
      listSnapshots: never,
      takeSnapshot: never,
      pinSnapshot: never,
      readSnapshot: never,
      setSecondPlace: never,
    },
    beforeAppend: async () => {},
    afterAppend: () => {},
    afterClose: () => {},
    settled: async () => {},
  }
}
