import { type FolderReport, HostError, type RescueReport } from '../../shared/host'
import type { HostContext } from './context'
import type { TaskRunners } from './tasks'
import type { WorkHelp } from './works'

// Finding damage in a folder, and saving what can be saved. (Being built.)

/** The tasks about damage. */
export function createDamageTasks(_context: HostContext): {
  readonly tasks: Pick<TaskRunners, 'check-folder' | 'rescue'>
} {
  const never = async () => {
    throw new HostError('not-found')
  }
  return { tasks: { 'check-folder': never, rescue: never } }
}

/** Reads every byte of a folder. */
export async function checkFolder(
  _wish: { readonly folder: string; readonly projectId: string },
  _help: WorkHelp,
): Promise<FolderReport> {
  throw new HostError('not-found')
}

/** Makes a new folder from all that can be read of a damaged one. */
export async function rescueFolder(
  _wish: { readonly from: string; readonly to: string; readonly id: string; readonly name: string },
  _help: WorkHelp,
): Promise<Omit<RescueReport, 'project'>> {
  throw new HostError('not-found')
}
