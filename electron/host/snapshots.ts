import { HostError, type Snapshot, type SnapshotReason } from '../../shared/host'
import type { WorkHelp } from './works'

// A snapshot is a project's whole state in one file. (Being built.)

/** What {@link writeSnapshot} is asked for. */
export interface SnapshotWish {
  readonly folder: string
  /** State after this entry. */
  readonly seq: number
  readonly at: number
  readonly reason: SnapshotReason
}

/** Writes a snapshot and reads it back. */
export async function writeSnapshot(_wish: SnapshotWish, _help: WorkHelp): Promise<Snapshot> {
  throw new HostError('not-found')
}
