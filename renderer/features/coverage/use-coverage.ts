import { useLayoutEffect, useMemo, useRef, useState } from 'react'
import {
  type Coverage,
  type CoverageTotals,
  coverageSteps,
  type PlaceRow,
  totalsOf,
} from '../../../shared/analysis/coverage'
import { type CoverageLine, linesOf, wantedRows } from '../../../shared/analysis/coverage-lines'
import { type Expectation, expectedPlaces } from '../../../shared/analysis/expected-places'
import type { ReportRow } from '../../../shared/analysis/report-row'
import { inSlices } from '../../../shared/slices'
import { type CoverageLook, USUAL_LOOK, useCoverageStore } from '../../session/coverage'
import { useWorkspace } from '../../workspace/context'
import { type LatestOnly, latestOnly } from './latest-only'

/** The grid of a project's reports, and what of it is shown. */
export interface ShownCoverage {
  /** The reports of the grid; others may have come since, and another grid be in the making. */
  readonly reports: readonly ReportRow[]
  readonly coverage: Coverage
  readonly look: CoverageLook
  readonly expected: readonly Expectation[]
  /** The places that the filter leaves, in order. */
  readonly rows: readonly PlaceRow[]
  /** What the rows left come to. */
  readonly totals: CoverageTotals
  readonly lines: readonly CoverageLine[]
  change(change: Partial<CoverageLook>): void
  expect(expected: readonly Expectation[]): void
}

const NOTHING: readonly Expectation[] = []
const NO_ROWS: readonly PlaceRow[] = []

/**
 * Makes the grid, and its lines as the researcher wishes to see them. `undefined` until there is
 * a first grid; after that the last one stays until the next is ready.
 */
export function useCoverage(reports: readonly ReportRow[] | undefined): ShownCoverage | undefined {
  const { id } = useWorkspace().project
  const look = useCoverageStore(({ looks }) => looks[id]) ?? USUAL_LOOK
  const expected = useCoverageStore(store => store.expected[id]) ?? NOTHING
  const made = useGrid(id, reports, expected)
  const gridRows = made?.coverage.rows ?? NO_ROWS
  // Measured on a busy machine: the order of 3,000 places by pinyin takes 20 ms; too much for
  // every arrow key.
  const { text, level, province, sort } = look
  const rows = useMemo(
    () => wantedRows(gridRows, { ...USUAL_LOOK, text, level, province, sort }),
    [gridRows, text, level, province, sort],
  )
  const { group, folded } = look
  const lines = useMemo(
    () => linesOf(rows, { ...USUAL_LOOK, sort, group, folded }),
    [rows, sort, group, folded],
  )
  if (!made) return undefined
  const { coverage } = made
  return {
    reports: made.reports,
    coverage,
    look,
    expected,
    rows,
    totals: totalsOf(rows, coverage.years.length),
    lines,
    change: change => useCoverageStore.getState().look(id, change),
    expect: wishes => useCoverageStore.getState().expect(id, wishes),
  }
}

/** What a grid is made of. */
interface GridWish {
  readonly project: string
  readonly reports: readonly ReportRow[]
  readonly expected: readonly Expectation[]
}

interface MadeGrid extends GridWish {
  readonly coverage: Coverage
}

/**
 * The last grid of a project that is ready. 10,000 reports take 140 to 260 ms, so that they are
 * taken in slices, and while an import brings in more, not every state of it is counted.
 */
function useGrid(
  project: string,
  reports: readonly ReportRow[] | undefined,
  expected: readonly Expectation[],
): MadeGrid | undefined {
  const [made, setMade] = useState<MadeGrid>()
  const maker = useRef<LatestOnly<GridWish>>(undefined)
  // Layout effects: a small grid is there before anything is painted.
  useLayoutEffect(() => {
    const latest = latestOnly(gridFor, {
      onDone: setMade,
      onError: error => {
        // Thrown while drawing, so that the error boundary gets it.
        setMade(() => {
          throw error
        })
      },
    })
    maker.current = latest
    return () => latest.end()
  }, [])
  useLayoutEffect(() => {
    if (reports) maker.current?.ask({ project, reports, expected })
  }, [project, reports, expected])
  return reports && made?.project === project ? made : undefined
}

function gridFor(wish: GridWish): MadeGrid | Promise<MadeGrid> {
  const coverage = inSlices(coverageSteps(wish.reports, expectedPlaces(wish.expected)))
  if (!(coverage instanceof Promise)) return { ...wish, coverage }
  return coverage.then(coverage => ({ ...wish, coverage }))
}
