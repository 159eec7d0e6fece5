import { create } from 'zustand'
import type { HostReason } from '../../shared/host'
import type { NewEntry } from '../../shared/journal/history'

/** Whether what was done is on disk. */
export type SaveState =
  | {
      readonly kind: 'saved'
      readonly at: number | null
      /** Whether the disk is nearly full; absent where nothing new is known. */
      readonly isDiskLow?: boolean
    }
  | { readonly kind: 'saving' }
  /** The disk refused. The edit is kept, and editing stops until it is saved or given up. */
  | {
      readonly kind: 'not-saved'
      readonly reason: HostReason
      readonly details: Readonly<Record<string, string | number>>
      /** What waits for the disk. */
      readonly pending: NewEntry
      retry(): void
      giveUp(): void
    }
  /** Saved, but the working copy could not take it: the project must be opened again. */
  | { readonly kind: 'copy-failed' }
  /** Another window has taken the project over: nothing can be written here any more. */
  | { readonly kind: 'taken-over' }
  /** The window only reads. */
  | {
      readonly kind: 'viewing'
      /** Whether another window of this browser has the project open for coding. */
      readonly isCodedElsewhere: boolean
      /** Why what is coded elsewhere cannot be shown just now; `null` while it can. */
      readonly trouble: HostReason | null
    }

interface Saving {
  readonly state: SaveState
  /** Whether the disk was nearly full when something was last saved. */
  readonly isDiskLow: boolean
  become(state: SaveState): void
}

/** The state of saving, for the status in the header. */
export const useSaving = create<Saving>()(set => ({
  state: { kind: 'saved', at: null },
  isDiskLow: false,
  become: state =>
    set(
      state.kind === 'saved' && state.isDiskLow !== undefined
        ? { state, isDiskLow: state.isDiskLow }
        : { state },
    ),
}))

/** Whether work can be written now: not while an edit waits for the disk, or for good. */
export function useCanEdit(): boolean {
  return useSaving(({ state }) => state.kind === 'saved' || state.kind === 'saving')
}
