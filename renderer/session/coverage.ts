import { create } from 'zustand'
import { persist } from 'zustand/middleware'
import type { CoverageQuestion } from '../../shared/analysis/coverage-cell'
import type { CoverageWish } from '../../shared/analysis/coverage-lines'
import { type Expectation, toExpectations } from '../../shared/analysis/expected-places'
import type { ProjectId } from '../../shared/domain/id'

/** How the coverage grid is looked at. */
export interface CoverageLook extends CoverageWish, CoverageQuestion {
  /** Where the keyboard is: a line by its key, and a year or `null` for the line's head. */
  readonly cell: { readonly line: string; readonly year: number | null } | null
}

interface CoverageStore {
  /** How each project's grid is looked at; lost on quit. */
  readonly looks: Readonly<Record<ProjectId, CoverageLook>>
  /** Which places each project ought to have; kept on this machine, apart from the project. */
  readonly expected: Readonly<Record<ProjectId, readonly Expectation[]>>
  look(project: ProjectId, change: Partial<CoverageLook>): void
  expect(project: ProjectId, expected: readonly Expectation[]): void
}

/** How a grid is looked at before anyone has chosen. */
export const USUAL_LOOK: CoverageLook = {
  text: '',
  level: null,
  province: null,
  sort: 'code',
  group: 'none',
  folded: [],
  mode: 'present',
  duty: 'submission',
  cell: null,
}

/** What is chosen of coverage grids, project by project. */
export const useCoverageStore = create<CoverageStore>()(
  persist(
    set => ({
      looks: {},
      expected: {},
      look: (project, change) =>
        set(({ looks }) => ({
          looks: { ...looks, [project]: { ...(looks[project] ?? USUAL_LOOK), ...change } },
        })),
      expect: (project, expected) =>
        set(before => ({ expected: { ...before.expected, [project]: expected } })),
    }),
    {
      name: 'codicil.coverage',
      version: 1,
      partialize: ({ expected }) => ({ expected }),
      merge: (kept, current) => ({ ...current, expected: toExpected(kept) }),
    },
  ),
)

function toExpected(kept: unknown): CoverageStore['expected'] {
  const projects = fieldsOf(fieldsOf(kept).expected)
  return Object.fromEntries(
    Object.entries(projects).map(([project, each]) => [project, toExpectations(each)]),
  )
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
