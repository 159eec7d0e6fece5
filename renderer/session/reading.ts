import { create } from 'zustand'
import type { Passage } from '../../shared/domain/annotation'
import type { AnnotationId, CodeId, ReportId } from '../../shared/domain/id'

/** A place in a report that the reader should bring into view. */
export interface Reveal {
  readonly reportId: ReportId
  readonly start: number
  readonly end: number
}

/** What the researcher is looking at. Lost on quit, and that is fine. */
export interface Reading {
  readonly reportId: ReportId | null
  /** What is selected in the open report; codes apply to this. */
  readonly passage: Passage | null
  /** The annotations whose details are shown, after a click on a stripe or highlight. */
  readonly picked: readonly AnnotationId[]
  /** A new object for every wish, so that the same place can be asked for twice. */
  readonly reveal: Reveal | null
  /** A code that the codebook should bring into view; a new object for every wish, too. */
  readonly shownCode: { readonly id: CodeId } | null
  /** Codes that were applied, the latest first. */
  readonly recentCodes: readonly CodeId[]
  /** The code that every selection gets until the researcher leaves off; `null` for none. */
  readonly activeCode: CodeId | null
  activate(id: CodeId | null): void
  /** Forgets which codes were applied, and which is active: another project has others. */
  forgetCodes(): void
  /** Notes that a code was applied. */
  noteCode(id: CodeId): void
  openReport(reportId: ReportId | null): void
  selectPassage(passage: Passage | null): void
  pick(ids: readonly AnnotationId[]): void
  show(reveal: Reveal): void
  showCode(id: CodeId): void
}

/** The reading state as a hook; `useReading.getState()` outside React. */
export const useReading = create<Reading>()(set => ({
  reportId: null,
  passage: null,
  picked: [],
  reveal: null,
  shownCode: null,
  recentCodes: [],
  activeCode: null,
  activate: activeCode => set({ activeCode }),
  forgetCodes: () => set({ recentCodes: [], activeCode: null }),
  noteCode: id =>
    set(({ recentCodes }) => ({
      recentCodes: [id, ...recentCodes.filter(each => each !== id)].slice(0, MOST_RECENT),
    })),
  openReport: reportId => set({ reportId, passage: null, picked: [], reveal: null }),
  selectPassage: passage => set({ passage }),
  pick: picked => set({ picked }),
  show: ({ reportId, start, end }) =>
    set(before => ({
      reportId,
      passage: before.reportId === reportId ? before.passage : null,
      picked: before.reportId === reportId ? before.picked : [],
      reveal: { reportId, start, end },
    })),
  showCode: id => set({ shownCode: { id } }),
}))

const MOST_RECENT = 30
