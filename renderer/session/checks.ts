import { create } from 'zustand'
import type { ProjectId } from '../../shared/domain/id'

interface Checks {
  /** The project that is to be checked as soon as it is open again, after a repair. */
  readonly again: ProjectId | null
  ask(id: ProjectId | null): void
}

/** Which project a repair wants to have checked again. */
export const useChecks = create<Checks>()(set => ({
  again: null,
  ask: again => set({ again }),
}))
