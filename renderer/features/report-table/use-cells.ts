import type { Command } from '../../../shared/commands/command'
import { renameReport } from '../../../shared/commands/library'
import {
  type Cell,
  confirmValue,
  MAX_CELLS,
  setValues,
  ValuesRefused,
} from '../../../shared/commands/variables'
import type { ReportId } from '../../../shared/domain/id'
import type { VariableKey } from '../../../shared/domain/variable'
import type { JournalEntry } from '../../../shared/journal/history'
import { useWords } from '../../locale/use-words'
import { useToast } from '../../ui/use-toast'
import { useWorkspace } from '../../workspace/context'
import { isToldByShell } from '../../workspace/run'
import { useErrorText } from '../../workspace/use-error-text'
import type { Filling } from './fill'

/** Changing cells, with everything that does not fit put before the researcher. */
export interface CellActions {
  /** Fills cells as one step. What does not fit is told; then nothing is filled, unless asked for. */
  fill(filling: Filling): Promise<void>
  rename(id: ReportId, name: string): Promise<void>
  /** Says that what was typed is not saved, since nothing can be saved now. */
  tellLocked(text: string): void
  confirm(ids: readonly ReportId[], variable: VariableKey): Promise<void>
  /** Runs any other command; a failure is told. */
  act(command: Command): Promise<JournalEntry | 'nothing' | 'failed'>
}

/** What a cell that does not fit is called. */
export type NameOfCell = (cell: Cell) => string

/** What the column of a cell takes, in words; empty where anything goes. */
export type AcceptedBy = (cell: Cell) => string

export function useCells(nameOf: NameOfCell, acceptedBy: AcceptedBy): CellActions {
  const { runner } = useWorkspace()
  const { t, number } = useWords()
  const errorText = useErrorText()
  const toast = useToast()

  const act: CellActions['act'] = async command => {
    try {
      return (await runner.run(command)) ?? 'nothing'
    } catch (error) {
      if (!isToldByShell(error)) toast({ message: errorText(error).brief, kind: 'danger' })
      return 'failed'
    }
  }
  const fill = async ({ cells, skipped }: Filling): Promise<void> => {
    if (cells.length > MAX_CELLS) {
      toast({
        message: t('table.tooMany', { cells: number(cells.length), most: number(MAX_CELLS) }),
        kind: 'danger',
      })
      return
    }
    if (cells.length > 0) {
      try {
        await runner.run(setValues(cells))
      } catch (error) {
        if (error instanceof ValuesRefused) tellRefused(cells, error.cells)
        else if (!isToldByShell(error)) {
          toast({ message: errorText(error).brief, kind: 'danger' })
        }
        return
      }
    }
    if (skipped > 0) toast({ message: t('table.skipped', { count: skipped, n: number(skipped) }) })
  }
  const tellRefused = (cells: readonly Cell[], bad: readonly Cell[]) => {
    const [first] = bad
    const example = first ? nameOf(first) : ''
    const isAll = bad.length === cells.length
    const refused = new Set(bad)
    const others = cells.filter(cell => !refused.has(cell))
    const accepted = first ? acceptedBy(first) : ''
    toast({
      kind: 'danger',
      message: `${told()} ${accepted}`.trim(),
      ...(isAll
        ? {}
        : {
            action: {
              label: t('table.fillOthers', { n: number(others.length) }),
              run: () => void fill({ cells: others, skipped: 0 }),
            },
          }),
    })

    function told(): string {
      return isAll
        ? t('table.refusedAll', { count: bad.length, n: number(bad.length), example })
        : t('table.refusedSome', { n: number(bad.length), all: number(cells.length), example })
    }
  }
  return {
    fill,
    act,
    tellLocked: text => toast({ message: t('table.locked', { text }), kind: 'danger' }),
    rename: async (id, name) => void (await act(renameReport(id, name))),
    confirm: async (ids, variable) => void (await act(confirmValue(ids, variable))),
  }
}
