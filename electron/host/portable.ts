import { type Host, HostError, type TaskResults, type WrittenFile } from '../../shared/host'
import type { HostContext } from './context'
import type { TaskRunners } from './tasks'
import type { WorkHelp } from './works'

// A whole project as one `.codicil` file. (Being built.)

/** The calls and tasks about `.codicil` files. */
export interface Portable {
  readonly calls: Pick<Host, 'openUpload' | 'writeUpload' | 'abortUpload'>
  readonly tasks: Pick<TaskRunners, 'save-copy' | 'open-copy'>
  /** Removes what was being uploaded. */
  close(): Promise<void>
}

/** Saves and opens copies. */
export function createPortable(_context: HostContext): Portable {
  const never = async () => {
    throw new HostError('not-found')
  }
  return {
    calls: { openUpload: never, writeUpload: never, abortUpload: never },
    tasks: {
      'save-copy': never as () => Promise<TaskResults['save-copy']>,
      'open-copy': never as () => Promise<TaskResults['open-copy']>,
    },
    close: async () => {},
  }
}

/** Writes the folder into one file and reads it back. */
export async function packCopy(
  _wish: { readonly folder: string; readonly file: string },
  _help: WorkHelp,
): Promise<Pick<WrittenFile, 'bytes' | 'sha256'>> {
  throw new HostError('not-found')
}

/** Makes a project folder from one file. */
export async function unpackCopy(
  _wish: { readonly file: string; readonly folder: string },
  _help: WorkHelp,
): Promise<void> {
  throw new HostError('not-found')
}
