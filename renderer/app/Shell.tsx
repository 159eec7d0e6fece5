import { ArrowLeft, PanelLeft, PanelRight, Redo2, Undo2 } from 'lucide-react'
import { type ReactNode, useEffect } from 'react'
import { Group, Panel, Separator, usePanelRef } from 'react-resizable-panels'
import { useWords } from '../locale/use-words'
import type { CommandId } from '../session/commands'
import { type PanelId, useLayout } from '../session/layout'
import { IconButton } from '../ui/IconButton'
import { ToggleButton } from '../ui/ToggleButton'
import { editWords, type NamedEdit } from '../workspace/edit-words'
import { CommandMenu } from './CommandMenu'
import { LookMenu } from './LookMenu'
import { SaveStatus } from './SaveStatus'
import './shell.css'

export interface ShellProps {
  readonly projectName: string
  onLeave(): void
  /** What a command is called in the menu. */
  titleOf(id: CommandId): string
  /** What Undo and Redo would act on; `null` when there is nothing. */
  readonly undo: NamedEdit | null
  readonly redo: NamedEdit | null
  onUndo(): void
  onRedo(): void
  /** A flush Banner or ErrorNotice, between the header and the panels. */
  readonly notice?: ReactNode
  /** Stands in the header before the save status, for running jobs. */
  readonly status?: ReactNode
  readonly library: ReactNode
  readonly reader: ReactNode
  readonly codebook: ReactNode
  /** Takes the place of the three columns, which stay as they are behind it. */
  readonly overview?: ReactNode
  /** Chooses between the columns and overviews; stands in the header. */
  readonly views: ReactNode
  /** Stands below the three columns, over the whole width. */
  readonly dock?: ReactNode
}

/** The frame around an open project: a header, and three columns whose widths are remembered. */
export function Shell(props: ShellProps) {
  const { projectName, onLeave, titleOf, undo, redo, onUndo, onRedo } = props
  const { notice, status, library, reader, codebook, overview, views, dock } = props
  const { t } = useWords()
  const { panels, setPanel } = useLayout()
  const isCovered = Boolean(overview)
  const libraryRef = usePanelRef()
  const codebookRef = usePanelRef()
  const refs = { library: libraryRef, codebook: codebookRef }

  const remember = (id: PanelId) => {
    const panel = refs[id].current
    if (!panel) return
    const isOpen = !panel.isCollapsed()
    setPanel(id, isOpen ? { isOpen, width: panel.getSize().inPixels } : { isOpen })
  }
  const side = (id: PanelId) => ({
    id,
    panelRef: refs[id],
    collapsible: true,
    collapsedSize: 0,
    minSize: 180,
    maxSize: '45%',
    defaultSize: panels[id].isOpen ? panels[id].width : 0,
    groupResizeBehavior: 'preserve-pixel-size' as const,
  })
  useEffect(() => {
    show(libraryRef.current, panels.library)
    show(codebookRef.current, panels.codebook)
  }, [libraryRef, codebookRef, panels])

  return (
    <div className="shell">
      <header className="shell-bar">
        <IconButton
          label={t('shell.openAnother')}
          icon={<ArrowLeft aria-hidden />}
          onPress={onLeave}
        />
        <CommandMenu titleOf={titleOf} />
        <h1 className="shell-project" title={projectName}>
          {projectName}
        </h1>
        <div className="shell-buttons">
          <IconButton
            label={t('common.undo')}
            hint={undo ? t('edits.undo', { edit: editWords(t, undo) }) : t('shell.nothingToUndo')}
            keys="Mod+Z"
            icon={<Undo2 aria-hidden />}
            isDisabled={!undo}
            preventFocusOnPress
            onPress={onUndo}
          />
          <IconButton
            label={t('common.redo')}
            hint={redo ? t('edits.redo', { edit: editWords(t, redo) }) : t('shell.nothingToRedo')}
            keys="Mod+Shift+Z"
            icon={<Redo2 aria-hidden />}
            isDisabled={!redo}
            preventFocusOnPress
            onPress={onRedo}
          />
        </div>
        {views}
        {status}
        <SaveStatus />
        <div className="shell-buttons">
          <ToggleButton
            iconOnly
            label={t('shell.libraryPanel')}
            icon={<PanelLeft aria-hidden />}
            isDisabled={isCovered}
            isSelected={panels.library.isOpen}
            onChange={isOpen => setPanel('library', { isOpen })}
          />
          <ToggleButton
            iconOnly
            label={t('shell.codebookPanel')}
            icon={<PanelRight aria-hidden />}
            isDisabled={isCovered}
            isSelected={panels.codebook.isOpen}
            onChange={isOpen => setPanel('codebook', { isOpen })}
          />
          <LookMenu />
        </div>
      </header>
      {notice}
      <main className="shell-main">
        {overview && <div className="shell-overview">{overview}</div>}
        <Group
          className="shell-body"
          {...(isCovered ? { inert: true, 'data-covered': true } : {})}
          resizeTargetMinimumSize={{ coarse: 24, fine: 10 }}
          onLayoutChanged={(_layout, { isUserInteraction }) => {
            if (!isUserInteraction) return
            remember('library')
            remember('codebook')
          }}
        >
          <Panel {...side('library')} className="shell-panel">
            <section className="shell-slot" aria-label={t('library.title')}>
              {library}
            </section>
          </Panel>
          <Separator className="shell-separator" aria-label={t('shell.resizeLibrary')} />
          <Panel id="reader" minSize={320} className="shell-panel">
            <section className="shell-slot shell-reader" aria-label={t('reader.title')}>
              {reader}
            </section>
          </Panel>
          <Separator className="shell-separator" aria-label={t('shell.resizeCodebook')} />
          <Panel {...side('codebook')} className="shell-panel">
            <section className="shell-slot" aria-label={t('codebook.title')}>
              {codebook}
            </section>
          </Panel>
        </Group>
      </main>
      {dock}
    </div>
  )
}

/** Brings a panel to where the layout says it is, unless it is there. */
function show(
  panel: ReturnType<typeof usePanelRef>['current'],
  { isOpen, width }: { isOpen: boolean; width: number },
): void {
  if (!panel || panel.isCollapsed() === !isOpen) return
  if (isOpen) panel.resize(width)
  else panel.collapse()
}
