import { useState } from 'react'
import type { ProjectId } from '../../../shared/domain/id'
import type { Host, ListedProject } from '../../../shared/host'
import { discardWorkingCopy } from '../../data/rebuild'
import { useWords } from '../../locale/use-words'
import { Button } from '../../ui/Button'
import { ErrorNotice } from '../../ui/ErrorNotice'
import { ProgressBar } from '../../ui/ProgressBar'
import { useToast } from '../../ui/use-toast'
import { useErrorText } from '../../workspace/use-error-text'
import { ForgetDialog } from './ForgetDialog'
import { NewProjectDialog } from './NewProjectDialog'
import { OpenFolderDialog } from './OpenFolderDialog'
import { PathDialog } from './PathDialog'
import { Preferences } from './Preferences'
import { ProjectList } from './ProjectList'
import { RenameDialog } from './RenameDialog'
import { TrashList } from './TrashList'
import { useProjects } from './use-projects'
import { Welcome } from './Welcome'
import './projects.css'

export interface StartScreenProps {
  readonly host: Host
  onOpen(id: ProjectId): void
  onOpenSample(): void
  /** Whether the sample project is being made. */
  readonly sampleBusy: boolean
  /** How many projects were added to the list from elsewhere: it is read again for each. */
  readonly added: number
  onOpenCopy(): void
  onSaveCopy(project: ListedProject): void
}

type Asking =
  | { readonly what: 'new' | 'open-folder' }
  | { readonly what: 'rename' | 'path' | 'forget'; readonly project: ListedProject }

/** Where the program begins: a welcome at first, later the projects on this machine. */
export function StartScreen(props: StartScreenProps) {
  const { host, onOpen, onOpenSample, sampleBusy, added, onOpenCopy, onSaveCopy } = props
  const { t } = useWords()
  const toast = useToast()
  const errorText = useErrorText()
  const { projects, reload } = useProjects(host, added)
  const [asking, setAsking] = useState<Asking | null>(null)
  const [failure, setFailure] = useState<unknown>(null)

  /** Runs something on the host; what goes wrong is shown above the list. */
  const attempt = async (work: () => Promise<void>) => {
    setFailure(null)
    try {
      await work()
    } catch (error) {
      setFailure(error)
    }
    await reload()
  }
  const restore = (project: ListedProject) =>
    attempt(async () => {
      await host.restoreProject(project.id)
      toast({ message: t('projects.restored', { name: project.name }) })
    })
  const trash = (project: ListedProject) =>
    attempt(async () => {
      await host.trashProject(project.id)
      // The folder in the trash has everything; should it come back, the copy is built anew.
      await discardWorkingCopy(project.id).catch(() => {})
      toast({
        message: t('projects.trashed', { name: project.name }),
        action: { label: t('common.undo'), run: () => void restore(project) },
      })
    })
  const openFolder = () => {
    if (projects.state !== 'ready') return
    if (projects.about.door === 'browser') return setAsking({ what: 'open-folder' })
    void attempt(async () => {
      const place = await host.choosePlace(null)
      if (place) onOpen((await host.addProject(place.token)).id)
    })
  }

  const close = () => setAsking(null)
  const isFirstRun =
    projects.state === 'ready' && projects.listed.length === 0 && projects.trashed.length === 0

  return (
    <main className="start">
      <header className="start-bar">
        <span className="start-mark" aria-hidden />
        <span className="start-name">{t('common.appName')}</span>
        <span className="start-tagline">{t('projects.tagline')}</span>
        <Preferences />
      </header>
      <div className="start-scroll">
        <div className="start-page">
          {failure !== null && (
            <ErrorNotice
              {...errorText(failure)}
              actions={
                <Button size="small" onPress={() => setFailure(null)}>
                  {t('common.close')}
                </Button>
              }
            />
          )}
          {projects.state !== 'ready' && <h1 className="visually-hidden">{t('projects.title')}</h1>}
          {projects.state === 'loading' && (
            <ProgressBar label={t('common.loading')} hideLabel value={null} />
          )}
          {projects.state === 'failed' && (
            <ErrorNotice
              {...errorText(projects.error)}
              actions={
                <Button size="small" onPress={() => void reload()}>
                  {t('common.retry')}
                </Button>
              }
            />
          )}
          {isFirstRun && (
            <Welcome
              sampleBusy={sampleBusy}
              onOpenSample={onOpenSample}
              onNew={() => setAsking({ what: 'new' })}
              onOpenFolder={openFolder}
              onOpenCopy={onOpenCopy}
            />
          )}
          {projects.state === 'ready' && !isFirstRun && (
            <>
              <ProjectList
                projects={projects.listed}
                sampleBusy={sampleBusy}
                onNew={() => setAsking({ what: 'new' })}
                onOpenFolder={openFolder}
                onOpenCopy={onOpenCopy}
                onOpenSample={onOpenSample}
                onOpen={onOpen}
                onRename={project => setAsking({ what: 'rename', project })}
                onShowPath={project => setAsking({ what: 'path', project })}
                onSaveCopy={onSaveCopy}
                onForget={project => setAsking({ what: 'forget', project })}
                onTrash={project => void trash(project)}
              />
              {projects.trashed.length > 0 && (
                <TrashList
                  projects={projects.trashed}
                  onRestore={project => void restore(project)}
                />
              )}
            </>
          )}
        </div>
      </div>
      {asking?.what === 'new' && projects.state === 'ready' && (
        <NewProjectDialog host={host} about={projects.about} onClose={close} onMade={onOpen} />
      )}
      {asking?.what === 'open-folder' && (
        <OpenFolderDialog host={host} onClose={close} onAdded={onOpen} />
      )}
      {asking?.what === 'rename' && (
        <RenameDialog
          host={host}
          project={asking.project}
          onClose={close}
          onRenamed={name => {
            close()
            toast({ message: t('projects.renamed', { name }) })
            void reload()
          }}
        />
      )}
      {asking?.what === 'path' && <PathDialog project={asking.project} onClose={close} />}
      {asking?.what === 'forget' && (
        <ForgetDialog
          project={asking.project}
          onCancel={close}
          onConfirm={() => {
            close()
            void attempt(async () => {
              await host.forgetProject(asking.project.id)
              toast({ message: t('projects.forgotten', { name: asking.project.name }) })
            })
          }}
        />
      )}
    </main>
  )
}
