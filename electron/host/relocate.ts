import { HostError } from '../../shared/host'
import type { HostContext } from './context'
import type { TaskRunners } from './tasks'
import type { WorkHelp } from './works'

// Going on in another place when the disk refuses. (Being built.)

/** The task that moves an open project. */
export function createRelocating(_context: HostContext): {
  readonly tasks: Pick<TaskRunners, 'relocate'>
} {
  return {
    tasks: {
      async relocate() {
        throw new HostError('not-found')
      },
    },
  }
}

/** Copies what counts of a project folder into a new one. */
export async function copyFolder(
  _wish: { readonly from: string; readonly to: string },
  _help: WorkHelp,
): Promise<void> {
  throw new HostError('not-found')
}
