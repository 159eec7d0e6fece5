import { useState } from 'react'
import { assignCode } from '../../shared/commands/annotate'
import type { Command } from '../../shared/commands/command'
import type { CodeId } from '../../shared/domain/id'
import { allCodes } from '../data/codebook'
import { historyNow } from '../data/history'
import { useLive } from '../data/use-live'
import { Codebook } from '../features/codebook'
import { ExportDialog } from '../features/export'
import { ImportDropZone, Library } from '../features/library'
import { Reader } from '../features/reader'
import { useWords } from '../locale/use-words'
import { useReading } from '../session/reading'
import { useSaving } from '../session/saving'
import { Banner } from '../ui/Banner'
import { useToast } from '../ui/use-toast'
import { useWorkspace } from '../workspace/context'
import { GivenUp } from '../workspace/run'
import { useErrorText } from '../workspace/use-error-text'
import type { ShellCommand } from './CommandMenu'
import { editWords } from './edit-words'
import { JobStatus } from './JobStatus'
import { SaveNotice } from './SaveNotice'
import { Shell } from './Shell'
import { useKeys } from './use-keys'

interface WorkbenchProps {
  onLeave(): void
  /** Opens the project anew; `takeOver` ends another window's hold on it. */
  onReopen(takeOver: boolean): void
}

/** An open project: library, reader and codebook, and what joins them. */
export function Workbench({ onLeave, onReopen }: WorkbenchProps) {
  const { project, db, runner } = useWorkspace()
  const { t } = useWords()
  const toast = useToast()
  const errorText = useErrorText()
  const { reportId, passage } = useReading()
  const saving = useSaving(({ state }) => state)
  const history = useLive(() => historyNow(db), 'history')
  const [isExporting, setExporting] = useState(false)
  const [isTornNoticeOpen, setTornNoticeOpen] = useState(project.tornBytes > 0)
  const isLocked = saving.kind !== 'saved' && saving.kind !== 'saving'

  /** Runs something that writes; a failure is told in a toast. */
  const attempt = async (work: () => Promise<unknown>) => {
    try {
      await work()
    } catch (error) {
      if (error instanceof GivenUp) return
      const { what, todo } = errorText(error)
      toast({ message: `${what} ${todo}`, kind: 'danger' })
    }
  }
  const run = (command: Command) => attempt(() => runner.run(command))
  const code = (codeId: CodeId) => {
    if (isLocked) return
    if (!passage) toast({ message: t('reader.selectFirst') })
    else void run(assignCode(passage, codeId))
  }
  const codeByDigit = async (digit: number) => {
    const wanted = (await allCodes(db)).find(code => code.digit === digit)
    if (wanted) code(wanted.id)
    else toast({ message: t('codebook.noSuchDigit', { digit }) })
  }
  const step = async (direction: 'undo' | 'redo') => {
    const entry = await runner[direction]()
    if (!entry || entry.kind === 'import') return
    const touched = entry.changes.find(change => change.table === 'annotations')
    const row = touched?.after ?? touched?.before
    if (row && 'quote' in row) useReading.getState().show(row)
  }
  // What is asked for while editing is paused would be done behind the researcher's back later.
  const stepUnlessLocked = (direction: 'undo' | 'redo') => {
    if (!isLocked) void attempt(() => step(direction))
  }
  const leave = () => {
    if (saving.kind === 'not-saved') toast({ message: t('shell.pendingKept') })
    else onLeave()
  }
  const undo = () => stepUnlessLocked('undo')
  const redo = () => stepUnlessLocked('redo')
  useKeys({ undo, redo, digit: digit => void codeByDigit(digit) })

  const commands: ShellCommand[] = [
    {
      id: 'undo',
      group: 'edit',
      title: history?.undo
        ? t('edits.undo', { edit: editWords(t, history.undo) })
        : t('shell.nothingToUndo'),
      keys: 'Mod+Z',
      enabled: Boolean(history?.undo) && !isLocked,
      run: undo,
    },
    {
      id: 'redo',
      group: 'edit',
      title: history?.redo
        ? t('edits.redo', { edit: editWords(t, history.redo) })
        : t('shell.nothingToRedo'),
      keys: 'Mod+Shift+Z',
      enabled: Boolean(history?.redo) && !isLocked,
      run: redo,
    },
    {
      id: 'export',
      group: 'data',
      title: t('export.command'),
      keys: '',
      enabled: true,
      run: () => setExporting(true),
    },
    {
      id: 'leave',
      group: 'project',
      title: t('shell.openAnother'),
      keys: '',
      enabled: true,
      run: leave,
    },
  ]

  return (
    <ImportDropZone>
      <Shell
        projectName={project.name}
        onLeave={leave}
        commands={commands}
        undo={isLocked ? null : (history?.undo ?? null)}
        redo={isLocked ? null : (history?.redo ?? null)}
        onUndo={undo}
        onRedo={redo}
        save={
          saving.kind === 'saved'
            ? { state: 'saved', at: saving.at }
            : { state: saving.kind === 'saving' ? 'saving' : 'not-saved' }
        }
        notice={
          <>
            <SaveNotice state={saving} onReopen={onReopen} />
            {isTornNoticeOpen && (
              <Banner kind="warning" isFlush title={t('shell.torn.title')}>
                {t('shell.torn.text', { bytes: project.tornBytes })}{' '}
                <button type="button" className="link" onClick={() => setTornNoticeOpen(false)}>
                  {t('common.ok')}
                </button>
              </Banner>
            )}
          </>
        }
        status={<JobStatus />}
        library={<Library />}
        reader={<Reader reportId={reportId} />}
        codebook={<Codebook onCode={code} />}
      />
      {isExporting && <ExportDialog onClose={() => setExporting(false)} />}
    </ImportDropZone>
  )
}
