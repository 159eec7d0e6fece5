import { useEffect, useState } from 'react'
import type { Report } from '../../../shared/domain/report'
import { sortedInSlices } from '../../../shared/slices'
import { usesByReport } from '../../data/library'
import { useWorkspace } from '../../workspace/context'
import { comparisonFor, type ReportOrder } from './report-order'

/**
 * Reports in an order; `undefined` until there is one. Codings are counted when the order is
 * chosen and not again at every coding, or the list would jump under the hand.
 */
export function useOrdered(
  reports: readonly Report[] | undefined,
  order: ReportOrder,
): readonly Report[] | undefined {
  const { db } = useWorkspace()
  const [ordered, setOrdered] = useState<{ order: ReportOrder; reports: readonly Report[] }>()
  useEffect(() => {
    if (!reports || order === 'import') return
    let isWanted = true
    const sort = async () => {
      const uses = order === 'uses' ? await usesByReport(db) : new Map()
      const compare = comparisonFor(order, uses)
      const sorted = compare ? await sortedInSlices(reports, compare) : reports
      if (isWanted) setOrdered({ order, reports: sorted })
    }
    sort().catch((error: unknown) => {
      // Thrown while drawing, so that the error boundary around the panel gets it.
      setOrdered(() => {
        throw error
      })
    })
    return () => {
      isWanted = false
    }
  }, [db, reports, order])
  if (order === 'import') return reports
  return ordered?.order === order ? ordered.reports : reports
}
