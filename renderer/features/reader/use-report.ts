import { useEffect, useState } from 'react'
import type { ReportId } from '../../../shared/domain/id'
import type { Report, ReportText } from '../../../shared/domain/report'
import { blocksOf } from '../../../shared/text/blocks'
import { reportOf } from '../../data/reports'
import { useLive } from '../../data/use-live'
import { useWorkspace } from '../../workspace/context'

/** A report to be read: first on its way, then there, or why it cannot be. */
export type Loaded =
  | { readonly kind: 'loading' }
  | { readonly kind: 'missing' }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'ready'; readonly report: Report; readonly content: ReportText }

/** A report and its text. Never answers with another report's text. */
export function useReport(reportId: ReportId): Loaded {
  const { db, loadText } = useWorkspace()
  const report = useLive(() => reportOf(db, reportId), reportId)
  const [text, setText] = useState<Fetched | null>(null)
  const hash = report?.textHash

  useEffect(() => {
    if (hash === undefined) return
    let isCurrent = true
    loadText({ textHash: hash }).then(
      text => isCurrent && setText({ hash, content: { text, blocks: blocksOf(text) } }),
      (error: unknown) => isCurrent && setText({ hash, error }),
    )
    return () => {
      isCurrent = false
    }
  }, [hash, loadText])

  if (report === null) return { kind: 'missing' }
  if (report === undefined || text?.hash !== report.textHash) return { kind: 'loading' }
  if ('error' in text) return { kind: 'failed', error: text.error }
  return { kind: 'ready', report, content: text.content }
}

type Fetched = { readonly hash: string } & (
  | { readonly content: ReportText }
  | { readonly error: unknown }
)
