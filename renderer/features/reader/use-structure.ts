import { useEffect, useState } from 'react'
import { type Markup, NO_MARKUP } from '../../../shared/domain/markup'
import type { Report } from '../../../shared/domain/report'
import type { Correction, Structure } from '../../../shared/domain/structure'
import { structureOf } from '../../../shared/text/structure'
import { correctionsIn } from '../../data/corrections'
import { useLive } from '../../data/use-live'
import { startJob } from '../../jobs/job'
import workerUrl from '../../jobs/structure.worker.ts?worker&url'
import type { StructureWish } from '../../jobs/structure-job'
import { workerAt } from '../../jobs/worker-at'
import { useWorkspace } from '../../workspace/context'

/** How a report is built, what its source said, and what the researcher corrected. */
export interface ReportStructure {
  readonly structure: Structure
  readonly markup: Markup
  readonly corrections: readonly Correction[]
  /** Where headings and parts begin, in ascending order. */
  readonly stops: readonly number[]
}

/** Texts longer than this, in UTF-16 units, are read for their structure in a worker. */
const LONG = 150_000

/**
 * A report's structure, read anew with every correction. While a new reading is on its way the
 * one before stays; `null` until there is one.
 */
export function useStructure(report: Report, text: string): ReportStructure | null {
  const { db, carrier, loadMarkup } = useWorkspace()
  const corrections = useLive(() => correctionsIn(db, report.id), report.id)
  const [markup, setMarkup] = useState<Markup | null>(null)
  const { markupHash, length } = report
  const [answer, setAnswer] = useState<(ReportStructure & { text: string }) | null>(null)

  useEffect(() => {
    let isCurrent = true
    // Without it the text can still be read; what the source marked is then not shown.
    loadMarkup({ markupHash, length }).then(
      found => isCurrent && setMarkup(found),
      () => isCurrent && setMarkup(NO_MARKUP),
    )
    return () => {
      isCurrent = false
    }
  }, [markupHash, length, loadMarkup])

  useEffect(() => {
    if (!markup || !corrections) return
    const take = (structure: Structure) =>
      setAnswer({ structure, markup, corrections, stops: stopsOf(structure), text })
    if (text.length <= LONG) return take(structureOf(text, { markup, corrections }))
    const wish: StructureWish = { text, markup, corrections }
    const job = startJob<StructureWish, never, Structure>(workerAt(workerUrl), wish, {
      carrier,
      onProgress: () => {},
      alone: () => Promise.reject(new Error('reading a structure writes nothing')),
    })
    let isCurrent = true
    job.result.then(
      structure => isCurrent && take(structure),
      // The report can be read and coded without its outline.
      (error: unknown) => console.error('structure:', error),
    )
    return () => {
      isCurrent = false
      job.stop()
    }
  }, [text, markup, corrections, carrier])

  return answer?.text === text ? answer : null
}

function stopsOf({ headings, parts }: Structure): number[] {
  const starts = [...headings, ...parts].map(({ start }) => start)
  return [...new Set(starts)].sort((a, b) => a - b)
}
