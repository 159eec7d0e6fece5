import { useState } from 'react'
import { restoreSnapshot } from '../../../shared/commands/snapshot'
import type { Snapshot } from '../../../shared/host'
import type { TableName } from '../../../shared/journal/edit'
import type { TableRow } from '../../../shared/journal/rows'
import { CopyFailed } from '../../data/commit'
import { historyNow } from '../../data/history'
import { snapshotRows } from '../../data/rebuild'
import { reportOf } from '../../data/reports'
import { useWords } from '../../locale/use-words'
import { useReading } from '../../session/reading'
import { useToast } from '../../ui/use-toast'
import { useWorkspace } from '../../workspace/context'
import { GivenUp } from '../../workspace/run'
import { useErrorText } from '../../workspace/use-error-text'
import { stampOf } from './since'

/** Taking the project back to a snapshot. */
export interface Restoring {
  readonly isPending: boolean
  /** Restores, says so and offers Undo. Answers whether it came to that. */
  restore(snapshot: Snapshot): Promise<boolean>
}

/** Restores snapshots through the runner; failures are told in a toast. */
export function useRestore(): Restoring {
  const { host, project, runner, db } = useWorkspace()
  const { t, date } = useWords()
  const toast = useToast()
  const errorText = useErrorText()
  const [isPending, setPending] = useState(false)

  const tell = (error: unknown) => {
    // Whoever gives up saving, or must reopen the project, has been told so by the shell.
    if (error instanceof GivenUp || error instanceof CopyFailed) return
    toast({ message: errorText(error).brief, kind: 'danger' })
  }
  const undo = async (seq: number) => {
    try {
      const next = (await historyNow(db)).undo
      if (next?.seq === seq) await runner.undo()
      else toast({ message: t('snapshots.undoLater') })
    } catch (error) {
      tell(error)
    }
  }
  return {
    isPending,
    restore: async ({ name, at }) => {
      setPending(true)
      try {
        const rows: TableRow[] = []
        let tables: readonly TableName[] = []
        for await (const part of snapshotRows(host, project.id, name)) {
          for (const row of part.rows) rows.push(row)
          tables = part.tables
        }
        const entry = await runner.run(restoreSnapshot(stampOf(at), { rows, tables }))
        if (!entry) {
          toast({ message: t('snapshots.restoring.nothing') })
          return true
        }
        const { reportId, openReport } = useReading.getState()
        if (reportId && !(await reportOf(db, reportId))) openReport(null)
        toast({
          message: t('snapshots.restored', { when: date(at) }),
          action: { label: t('common.undo'), run: () => void undo(entry.seq) },
        })
        return true
      } catch (error) {
        tell(error)
        return false
      } finally {
        setPending(false)
      }
    },
  }
}
