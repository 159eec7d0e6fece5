import type { Command } from '../../../shared/commands/command'
import type { JournalEntry } from '../../../shared/journal/history'
import { CopyFailed } from '../../data/commit'
import { historyNow } from '../../data/history'
import { useWords } from '../../locale/use-words'
import { useCanEdit } from '../../session/saving'
import { useToast } from '../../ui/use-toast'
import { useWorkspace } from '../../workspace/context'
import { GivenUp } from '../../workspace/run'
import { useErrorText } from '../../workspace/use-error-text'

/** What became of a command: its entry, nothing because there was nothing to do, or a failure. */
export type Outcome = JournalEntry | 'nothing' | 'failed'

/** Doing things to the codebook, with failures put before the researcher. */
export interface Acting {
  act(command: Command): Promise<Outcome>
  /** Says what was done, and offers to undo it for as long as nothing else was done since. */
  offerUndo(message: string, entry: JournalEntry): void
  /** Whether edits can be saved now. */
  readonly canEdit: boolean
}

/** How the codebook's controls run commands. */
export function useAct(): Acting {
  const { runner, db } = useWorkspace()
  const { t } = useWords()
  const errorText = useErrorText()
  const toast = useToast()
  const canEdit = useCanEdit()

  const report = (error: unknown) => {
    // Whoever gives up saving, or must reopen the project, has been told so by the shell.
    if (error instanceof GivenUp || error instanceof CopyFailed) return
    toast({ message: errorText(error).brief, kind: 'danger' })
  }
  const undo = async (entry: JournalEntry) => {
    try {
      const { undo: next } = await historyNow(db)
      if (next?.seq === entry.seq) await runner.undo()
      else toast({ message: t('codebook.undoLater') })
    } catch (error) {
      report(error)
    }
  }
  return {
    canEdit,
    act: async command => {
      try {
        return (await runner.run(command)) ?? 'nothing'
      } catch (error) {
        report(error)
        return 'failed'
      }
    },
    offerUndo: (message, entry) =>
      toast({ message, action: { label: t('common.undo'), run: () => void undo(entry) } }),
  }
}
