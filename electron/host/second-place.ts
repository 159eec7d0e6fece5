import { HostError } from '../../shared/host'
import type { WorkHelp } from './works'

// The second place holds a copy of the project folder. (Being built.)

/** Brings the copy of `folder` in `target` up to date. */
export async function mirrorFolder(
  _wish: { readonly folder: string; readonly target: string },
  _help: WorkHelp,
): Promise<void> {
  throw new HostError('not-found')
}
