import { memo, useEffect, useRef, useState } from 'react'
import { assignCode } from '../../shared/commands/annotate'
import type { CodeId } from '../../shared/domain/id'
import { allCodes } from '../data/codebook'
import { historyNow } from '../data/history'
import { useLive } from '../data/use-live'
import { Checks } from '../features/check'
import { Codebook } from '../features/codebook'
import { KeySheet, Palette } from '../features/commands'
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
import type { CommandId } from '../session/commands'
import { useLayout } from '../session/layout'
import { type MainViewKind, useMainView } from '../session/main-view'
import { useReading } from '../session/reading'
import { useCanEdit, useSaving } from '../session/saving'
import { useTableView } from '../session/table-view'
import { Banner } from '../ui/Banner'
import { useToast } from '../ui/use-toast'
import { useWorkspace } from '../workspace/context'
import { editWords } from '../workspace/edit-words'
import { GivenUp } from '../workspace/run'
import { useCommands } from '../workspace/use-commands'
import { useErrorText } from '../workspace/use-error-text'
import { BackupNotice } from './BackupNotice'
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
  const [palette, setPalette] = useState<'' | '@' | null>(null)
  const [isShowingKeys, setShowingKeys] = useState(false)
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
        if (entry) useReading.getState().noteCode(codeId)
        else toast({ message: t('reader.already') })
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
  const show = (kind: MainViewKind) => useMainView.getState().show(kind)
  const latest = useRef(code)
  latest.current = code
  const [onPickCode] = useState(() => (codeId: CodeId) => void latest.current(codeId))

  // Whoever asks for a report or a place in one wants to read there, from whatever view.
  useEffect(() => {
    useMainView.getState().show('reading')
    useTableView.getState().reset()
    useChosenSet.getState().choose(null)
    useReading.getState().forgetCodes()
    return useReading.subscribe((now, before) => {
      const isAsked = now.reportId !== before.reportId || now.reveal !== before.reveal
      if (isAsked && now.reportId !== null) useMainView.getState().show('reading')
    })
  }, [])

  const undoTitle = history?.undo
    ? t('edits.undo', { edit: editWords(t, history.undo) })
    : t('shell.nothingToUndo')
  const redoTitle = history?.redo
    ? t('edits.redo', { edit: editWords(t, history.redo) })
    : t('shell.nothingToRedo')
  const undo = {
    title: undoTitle,
    isEnabled: Boolean(history?.undo) && !isLocked,
    run: () => stepUnlessLocked('undo'),
  }
  const redo = {
    title: redoTitle,
    isEnabled: Boolean(history?.redo) && !isLocked,
    run: () => stepUnlessLocked('redo'),
  }
  useCommands({
    palette: { run: () => setPalette('') },
    goToReport: { run: () => setPalette('@') },
    codeByDigit: { run: key => codeByDigit(Number(key)) },
    undo,
    redo,
    reading: { isEnabled: mainView !== 'reading', run: () => show('reading') },
    table: { run: () => show(mainView === 'table' ? 'reading' : 'table') },
    coverage: { isEnabled: mainView !== 'coverage', run: () => show('coverage') },
    larger: { run: () => resize(1) },
    smaller: { run: () => resize(-1) },
    export: { run: () => setExporting(true) },
    importValues: { isEnabled: !isLocked, run: () => setImportingValues(true) },
    saveCopy: { run: () => setSavingCopy(true) },
    history: { run: () => setShowingHistory(isShown => !isShown) },
    snapshots: { run: () => setShowingSnapshots(true) },
    check: { isEnabled: view === null, run: () => setChecking(true) },
    keys: { run: () => setShowingKeys(true) },
    leave: { run: leave },
  })
  useKeys()
  const titleOf = (id: CommandId) =>
    id === 'undo' ? undoTitle : id === 'redo' ? redoTitle : t(`commands.${id}`)

  return (
    <ImportDropZone>
      <Shell
        projectName={project.name}
        onLeave={leave}
        titleOf={titleOf}
        undo={isLocked ? null : (history?.undo ?? null)}
        redo={isLocked ? null : (history?.redo ?? null)}
        onUndo={() => void undo.run()}
        onRedo={() => void redo.run()}
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
      {palette !== null && <Palette first={palette} onClose={() => setPalette(null)} />}
      {isShowingKeys && <KeySheet onClose={() => setShowingKeys(false)} />}
      {isExporting && <ExportDialog onClose={() => setExporting(false)} />}
    </ImportDropZone>
  )
}

/** Makes the reader's text larger or smaller. */
function resize(by: number): void {
  const { readerFontSize, setReaderFontSize } = useLayout.getState()
  setReaderFontSize(readerFontSize + by)
}
