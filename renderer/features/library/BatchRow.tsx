import { useState } from 'react'
import { removeImport } from '../../../shared/commands/library'
import type { Batch } from '../../../shared/domain/report'
import { historyNow } from '../../data/history'
import { standingOf } from '../../data/library'
import { reportOf } from '../../data/reports'
import { useLive } from '../../data/use-live'
import { useWords } from '../../locale/use-words'
import { useReading } from '../../session/reading'
import { useCanEdit } from '../../session/saving'
import { Button } from '../../ui/Button'
import { useToast } from '../../ui/use-toast'
import { useWorkspace } from '../../workspace/context'
import { GivenUp } from '../../workspace/run'
import { useErrorText } from '../../workspace/use-error-text'

interface BatchRowProps {
  readonly batch: Batch
}

/** One import: when, what came of it, and the way to take it back. */
export function BatchRow({ batch }: BatchRowProps) {
  const { t, number, date } = useWords()
  const { db, runner } = useWorkspace()
  const canEdit = useCanEdit()
  const toast = useToast()
  const errorText = useErrorText()
  const [isBusy, setBusy] = useState(false)
  const standing = useLive(() => standingOf(db, batch.id), `standing ${batch.id}`)
  const { imported, known, refused, cancelled } = batch
  const isCoded = standing !== undefined && standing.coded > 0

  /** Does something that writes; a failure is told in a toast. */
  const attempt = async (work: () => Promise<void>) => {
    try {
      await work()
    } catch (error) {
      if (error instanceof GivenUp) return
      toast({ message: errorText(error).brief, kind: 'danger' })
    }
  }
  const undo = (seq: number) =>
    attempt(async () => {
      const next = (await historyNow(db)).undo
      if (next?.seq === seq) await runner.undo()
      else toast({ message: t('library.undoLater'), kind: 'danger' })
    })
  const remove = () =>
    attempt(async () => {
      setBusy(true)
      try {
        const entry = await runner.run(removeImport(batch.id))
        const { reportId, openReport } = useReading.getState()
        if (reportId && !(await reportOf(db, reportId))) openReport(null)
        if (!entry) return
        toast({
          message: t('library.importRemoved', { count: imported, n: number(imported) }),
          action: { label: t('common.undo'), run: () => void undo(entry.seq) },
        })
      } finally {
        setBusy(false)
      }
    })

  return (
    <li className="batch">
      <div className="batch-words">
        <span className="batch-date">{date(batch.at)}</span>
        <span className="batch-counts">
          {t('library.batch.imported', { count: imported, n: number(imported) })}
          {known > 0 && t('library.batch.known', { count: known, n: number(known) })}
          {refused > 0 && t('library.batch.refused', { count: refused, n: number(refused) })}
          {cancelled && t('library.batch.cancelled')}
        </span>
        {isCoded && (
          <span className="batch-coded" id={`coded-${batch.id}`}>
            {t('library.batch.coded', { count: standing.coded, n: number(standing.coded) })}
          </span>
        )}
      </div>
      <Button
        size="small"
        isPending={isBusy}
        isDisabled={isCoded || !standing || !canEdit}
        {...(isCoded ? { 'aria-describedby': `coded-${batch.id}` } : {})}
        onPress={() => void remove()}
      >
        {t('library.removeImport')}
      </Button>
    </li>
  )
}
