import { create } from 'zustand'
import type { ReportSetId } from '../../shared/domain/id'

interface ChosenSet {
  /** `null` for all reports. A set that is not there any more counts as that, too. */
  readonly chosen: ReportSetId | null
  choose(id: ReportSetId | null): void
}

/** Which set of reports is looked at, the same in every view. Lost on quit. */
export const useChosenSet = create<ChosenSet>()(set => ({
  chosen: null,
  choose: chosen => set({ chosen }),
}))
