import { create } from 'zustand'
import { persist } from 'zustand/middleware'
import type { SortKey } from '../../shared/analysis/arrange-rows'
import { NO_FILTER, type ReportFilter } from '../../shared/analysis/report-filter'
import type { ColumnKey } from '../../shared/analysis/report-row'

/** How the table of reports is looked at. Which columns are shown and how wide is kept on this machine. */
export interface TableView {
  readonly sort: readonly SortKey[]
  readonly filter: ReportFilter
  readonly groupBy: ColumnKey | null
  /** Groups that are folded, by what they have in common as text. */
  readonly folded: ReadonlySet<string>
  /** Whether a column is shown, where somebody chose; others are as the table has them at first. */
  readonly shown: Readonly<Record<string, boolean>>
  /** Pixels, where somebody chose. */
  readonly widths: Readonly<Record<string, number>>
  setSort(sort: readonly SortKey[]): void
  setFilter(filter: ReportFilter): void
  setGroupBy(column: ColumnKey | null): void
  setFolded(folded: ReadonlySet<string>): void
  show(column: ColumnKey, isShown: boolean): void
  setWidth(column: ColumnKey, pixels: number): void
  /** For another project, whose columns are not these. */
  reset(): void
}

const WIDTHS = { min: 48, max: 900 }

/** The table's view as a hook; `useTableView.getState()` outside React. */
export const useTableView = create<TableView>()(
  persist(
    set => ({
      sort: [],
      filter: NO_FILTER,
      groupBy: null,
      folded: new Set(),
      shown: {},
      widths: {},
      reset: () => set({ sort: [], filter: NO_FILTER, groupBy: null, folded: new Set() }),
      setSort: sort => set({ sort }),
      setFilter: filter => set({ filter }),
      setGroupBy: groupBy => set({ groupBy, folded: new Set() }),
      setFolded: folded => set({ folded }),
      show: (column, isShown) => set(({ shown }) => ({ shown: { ...shown, [column]: isShown } })),
      setWidth: (column, pixels) =>
        set(({ widths }) => ({
          widths: {
            ...widths,
            [column]: Math.min(WIDTHS.max, Math.max(WIDTHS.min, Math.round(pixels))),
          },
        })),
    }),
    {
      name: 'codicil.table',
      version: 1,
      partialize: ({ shown, widths }) => ({ shown, widths }),
      merge: (stored, current) => ({ ...current, ...keptOf(stored) }),
    },
  ),
)

/** What local storage held, without what makes no sense. */
function keptOf(stored: unknown): Pick<TableView, 'shown' | 'widths'> {
  const { shown, widths } = fieldsOf(stored)
  return {
    shown: Object.fromEntries(
      Object.entries(fieldsOf(shown)).filter(
        (each): each is [string, boolean] => typeof each[1] === 'boolean',
      ),
    ),
    widths: Object.fromEntries(
      Object.entries(fieldsOf(widths)).filter((each): each is [string, number] =>
        Number.isFinite(each[1]),
      ),
    ),
  }
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
