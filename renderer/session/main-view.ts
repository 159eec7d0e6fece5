import { create } from 'zustand'

/** What fills the window below the header: reading and coding, or an overview of all reports. */
export type MainViewKind = 'reading' | 'table' | 'coverage'

interface MainView {
  readonly view: MainViewKind
  show(view: MainViewKind): void
}

/** Which view of the project is shown. Lost on quit. */
export const useMainView = create<MainView>()(set => ({
  view: 'reading',
  show: view => set({ view }),
}))
