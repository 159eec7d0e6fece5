import type { Command } from '../../shared/commands/command'
import type { JournalEntry } from '../../shared/journal/history'
import { historyNow } from '../data/history'
import { useWords } from '../locale/use-words'
import { useToast } from '../ui/use-toast'
import { useWorkspace } from '../workspace/context'
import { isToldByShell } from '../workspace/run'
import { useErrorText } from '../workspace/use-error-text'

/** Changes the project and says so in a toast, with a way back; a failure is told in one, too. */
export function useAttempt(): (command: Command, message: string) => Promise<JournalEntry | null> {
  const { t } = useWords()
  const { db, runner } = useWorkspace()
  const toast = useToast()
  const errorText = useErrorText()

  const guarded = async <T>(work: () => Promise<T>): Promise<T | null> => {
    try {
      return await work()
    } catch (error) {
      if (!isToldByShell(error)) {
        toast({ message: errorText(error).brief, kind: 'danger' })
      }
      return null
    }
  }
  const undo = (seq: number) =>
    guarded(async () => {
      const next = (await historyNow(db)).undo
      if (next?.seq === seq) await runner.undo()
      else toast({ message: t('library.undoLater'), kind: 'danger' })
    })
  return (command, message) =>
    guarded(async () => {
      const entry = await runner.run(command)
      if (entry) {
        toast({
          message,
          action: { label: t('common.undo'), run: () => void undo(entry.seq) },
        })
      }
      return entry
    })
}
