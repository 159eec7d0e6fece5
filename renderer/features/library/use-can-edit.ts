import { useSaving } from '../../session/saving'

/** Whether work can be written now: not while an edit waits for the disk, or for good. */
export function useCanEdit(): boolean {
  const kind = useSaving(({ state }) => state.kind)
  return kind === 'saved' || kind === 'saving'
}
