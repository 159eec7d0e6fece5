import { memo, useEffect, useRef, useState } from 'react'
import { assignCode } from '../../shared/commands/annotate'
import type { CodeId } from '../../shared/domain/id'
import { allCodes } from '../data/codebook'
import { historyNow } from '../data/history'
import { useLive } from '../data/use-live'
import { Checks } from '../features/check'
import { Codebook } from '../features/codebook'
import { SaveCopyDialog } from '../features/copies'
import { Coverage } from '../features/coverage'
import { ExportDialog } from '../features/export'
import { HistoryPanel } from '../features/history'
import { ImportDropZone, Library } from '../features/library'
import { Reader } from '../features/reader'
import { ReportTable } from '../features/report-table'
import { SnapshotsDialog } from '../features/snapshots'
import { ValuesImportDialog } from '../features/values-import'
import { useWords } from '../locale/use-words'
import { useChosenSet } from '../session/chosen-set'
import { useMainView } from '../session/main-view'
import { useReading } from '../session/reading'
import { useCanEdit, useSaving } from '../session/saving'
import { useTableView } from '../session/table-view'
import { Banner } from '../ui/Banner'
import { useToast } from '../ui/use-toast'
import { useWorkspace } from '../workspace/context'
import { editWords } from '../workspace/edit-words'
import { GivenUp } from '../workspace/run'
import { useErrorText } from '../workspace/use-error-text'
import { BackupNotice } from './BackupNotice'
import type { ShellCommand } from './CommandMenu'
import { DiskNotice } from './DiskNotice'
import { JobStatus } from './JobStatus'
import { SaveNotice } from './SaveNotice'
import { Shell } from './Shell'
import { useKeys } from './use-keys'
import { useTextFilling } from './use-text-filling'
import { ViewNotice } from './ViewNotice'
import { ViewSwitch } from './ViewSwitch'

// An edit changes the header; the panels ask for what they show themselves, and drawing all
// three again with every key press would cost more than the edit.
const LibraryPane = memo(Library)
const ReaderPane = memo(Reader)
const CodebookPane = memo(Codebook)

const OVERVIEWS = { reading: null, table: <ReportTable />, coverage: <Coverage /> }

interface WorkbenchProps {
  onLeave(): void
  /** Opens the project anew; `takeOver` ends another window's hold on it. */
  onReopen(takeOver: boolean): void
  /** Opens the project for reading only in its stead: as a snapshot has it, or as it is now. */
  onView(snapshot: string | null): void
  /** Opens what is only read for coding; with a snapshot, to restore that. */
  onCode(restore: string | null): void
  /** Goes from a snapshot to the project as it is now. */
  onPresent(): void
  /** The snapshot that the researcher came here to restore. */
  readonly restore: string | null
}

/** An open project: library, reader and codebook, and what joins them. */
export function Workbench(props: WorkbenchProps) {
  const { onLeave, onReopen, onView, onCode, onPresent, restore } = props
  const { project, view, host, db, runner } = useWorkspace()
  const { t } = useWords()
  const toast = useToast()
  const errorText = useErrorText()
  useTextFilling()
  const reportId = useReading(reading => reading.reportId)
  const mainView = useMainView(({ view }) => view)
  const isLocked = !useCanEdit()
  const history = useLive(() => historyNow(db), 'history')
  const [isExporting, setExporting] = useState(false)
  const [isChecking, setChecking] = useState(false)
  const [isShowingHistory, setShowingHistory] = useState(false)
  const [isSavingCopy, setSavingCopy] = useState(false)
  const [isImportingValues, setImportingValues] = useState(false)
  const isUnsaved = useSaving(({ state }) => state.kind === 'not-saved')
  const [isShowingSnapshots, setShowingSnapshots] = useState(restore !== null)
  const [isTornNoticeOpen, setTornNoticeOpen] = useState(project.tornBytes > 0)

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
  const code = async (codeId: CodeId) => {
    const { passage } = useReading.getState()
    if (view) toast({ message: t('viewing.refused') })
    if (isLocked) return
    if (!passage) toast({ message: t('reader.selectFirst') })
    else {
      await attempt(async () => {
        const entry = await runner.run(assignCode(passage, codeId))
        if (!entry) toast({ message: t('reader.already') })
      })
    }
  }
  const codeByDigit = async (digit: number) => {
    // What is selected behind an overview cannot be seen.
    if (mainView !== 'reading') return
    const wanted = (await allCodes(db)).find(code => code.digit === digit)
    if (wanted) await code(wanted.id)
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
  const stepUnlessLocked = async (direction: 'undo' | 'redo') => {
    if (!isLocked) await attempt(() => step(direction))
  }
  const leave = () => {
    if (useSaving.getState().state.kind === 'not-saved') toast({ message: t('shell.pendingKept') })
    else onLeave()
  }
  const undo = () => stepUnlessLocked('undo')
  const redo = () => stepUnlessLocked('redo')
  const toggleHistory = async () => setShowingHistory(isShown => !isShown)
  const toggleTable = async () =>
    useMainView.getState().show(mainView === 'table' ? 'reading' : 'table')
  useKeys({ undo, redo, history: toggleHistory, table: toggleTable, digit: codeByDigit })
  const latest = useRef(code)
  latest.current = code
  const [onPickCode] = useState(() => (codeId: CodeId) => void latest.current(codeId))

  // Whoever asks for a report or a place in one wants to read there, from whatever view.
  useEffect(() => {
    useMainView.getState().show('reading')
    useTableView.getState().reset()
    useChosenSet.getState().choose(null)
    return useReading.subscribe((now, before) => {
      const isAsked = now.reportId !== before.reportId || now.reveal !== before.reveal
      if (isAsked && now.reportId !== null) useMainView.getState().show('reading')
    })
  }, [])

  const commands: ShellCommand[] = [
    ...(['reading', 'table', 'coverage'] as const).map(
      (kind): ShellCommand => ({
        id: kind,
        group: 'view',
        title: t(`shell.views.${kind}`),
        keys: kind === 'table' ? 'Mod+Shift+L' : '',
        enabled: mainView !== kind,
        run: () => useMainView.getState().show(kind),
      }),
    ),
    {
      id: 'undo',
      group: 'edit',
      title: history?.undo
        ? t('edits.undo', { edit: editWords(t, history.undo) })
        : t('shell.nothingToUndo'),
      keys: 'Mod+Z',
      enabled: Boolean(history?.undo) && !isLocked,
      run: () => void undo(),
    },
    {
      id: 'redo',
      group: 'edit',
      title: history?.redo
        ? t('edits.redo', { edit: editWords(t, history.redo) })
        : t('shell.nothingToRedo'),
      keys: 'Mod+Shift+Z',
      enabled: Boolean(history?.redo) && !isLocked,
      run: () => void redo(),
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
      id: 'import-values',
      group: 'data',
      title: t('valuesImport.command'),
      keys: '',
      enabled: !isLocked,
      run: () => setImportingValues(true),
    },
    {
      id: 'save-copy',
      group: 'data',
      title: t('copies.command'),
      keys: '',
      enabled: true,
      run: () => setSavingCopy(true),
    },
    {
      id: 'history',
      group: 'project',
      title: t('history.command'),
      keys: 'Mod+Shift+H',
      enabled: true,
      run: () => setShowingHistory(true),
    },
    {
      id: 'snapshots',
      group: 'project',
      title: t('snapshots.command'),
      keys: '',
      enabled: true,
      run: () => setShowingSnapshots(true),
    },
    {
      id: 'check',
      group: 'project',
      title: t('check.command'),
      keys: '',
      enabled: view === null,
      run: () => setChecking(true),
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
        onUndo={() => void undo()}
        onRedo={() => void redo()}
        notice={
          <>
            <SaveNotice onReopen={onReopen} />
            <DiskNotice />
            <BackupNotice onSeeSnapshots={() => setShowingSnapshots(true)} />
            <Checks
              isOpen={isChecking}
              onOpen={() => setChecking(true)}
              onClose={() => setChecking(false)}
              onReopen={() => onReopen(false)}
            />
            <ViewNotice onCode={onCode} onPresent={onPresent} />
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
        views={<ViewSwitch />}
        overview={OVERVIEWS[mainView]}
        status={<JobStatus />}
        library={<LibraryPane />}
        reader={<ReaderPane reportId={reportId} />}
        codebook={<CodebookPane onCode={onPickCode} />}
        dock={isShowingHistory && <HistoryPanel onClose={() => setShowingHistory(false)} />}
      />
      {isShowingSnapshots && (
        <SnapshotsDialog
          restore={restore}
          onClose={() => setShowingSnapshots(false)}
          onView={snapshot => {
            if (useSaving.getState().state.kind === 'not-saved') {
              toast({ message: t('shell.pendingKept') })
            } else onView(snapshot)
          }}
        />
      )}
      {isSavingCopy && (
        <SaveCopyDialog
          host={host}
          project={project}
          isUnsaved={isUnsaved}
          onClose={() => setSavingCopy(false)}
        />
      )}
      {isImportingValues && <ValuesImportDialog onClose={() => setImportingValues(false)} />}
      {isExporting && <ExportDialog onClose={() => setExporting(false)} />}
    </ImportDropZone>
  )
}
