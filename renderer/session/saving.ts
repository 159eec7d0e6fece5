import { create } from 'zustand'
import type { HostReason } from '../../shared/host'

/** Whether what was done is on disk. */
export type SaveState =
  | { readonly kind: 'saved'; readonly at: number | null }
  | { readonly kind: 'saving' }
  /** The disk refused. The edit is kept, and editing stops until it is saved or given up. */
  | {
      readonly kind: 'not-saved'
      readonly reason: HostReason
      readonly details: Readonly<Record<string, string | number>>
      retry(): void
      giveUp(): void
    }
  /** Saved, but the working copy could not take it: the project must be opened again. */
  | { readonly kind: 'copy-failed' }
  /** Another window has taken the project over: nothing can be written here any more. */
  | { readonly kind: 'taken-over' }

interface Saving {
  readonly state: SaveState
  become(state: SaveState): void
}

/** The state of saving, for the status in the header. */
export const useSaving = create<Saving>()(set => ({
  state: { kind: 'saved', at: null },
  become: state => set({ state }),
}))

/** Whether work can be written now: not while an edit waits for the disk, or for good. */
export function useCanEdit(): boolean {
  return useSaving(({ state }) => state.kind === 'saved' || state.kind === 'saving')
}
