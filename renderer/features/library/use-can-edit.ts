import { useSaving } from '../../session/saving'

/** Whether work can be written now: not while an edit waits for the disk, or for good. */
export function useCanEdit(): boolean {
  return useSaving(({ state }) => state.kind === 'saved' || state.kind === 'saving')
}
