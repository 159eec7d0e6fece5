import { useEffect, useEffectEvent, useRef, useState } from 'react'
import type { ProjectId } from '../../shared/domain/id'
import type { Coder } from '../../shared/domain/project'
import { type Host, HostError, type ListedProject, type Snapshot } from '../../shared/host'
import { allCoders } from '../data/codebook'
import type { RebuildProgress } from '../data/rebuild'
import { OpenCopyZone, SaveCopyDialog } from '../features/copies'
import { StartScreen } from '../features/projects'
import { toTag } from '../locale/language'
import { useWords } from '../locale/use-words'
import { useJobs } from '../session/jobs'
import { useReading } from '../session/reading'
import { LocaleProvider } from '../ui/LocaleProvider'
import { ToastProvider } from '../ui/ToastProvider'
import { type ViewAddress, viewAddress, viewOf } from '../workspace/address'
import { WorkspaceProvider } from '../workspace/context'
import { type CoderAnswer, isCodedHere, openWorkspace, type Workspace } from '../workspace/open'
import { makeSampleProject } from '../workspace/sample'
import { clearViewCopies, viewWorkspace } from '../workspace/view'
import { CoderChoice } from './CoderChoice'
import { ErrorBoundary } from './ErrorBoundary'
import { Opening } from './Opening'
import { OpeningFailed } from './OpeningFailed'
import { RescueOffer } from './RescueOffer'
import { isSafeStart, SafeStartNotice } from './SafeStartNotice'
import { Workbench } from './Workbench'

interface AppProps {
  readonly host: Host
}

type Screen =
  | { readonly at: 'start' }
  | { readonly at: 'opening'; readonly progress: RebuildProgress | null }
  | {
      readonly at: 'failed'
      /** `null` when there was no project yet. */
      readonly id: ProjectId | null
      readonly error: unknown
      /** Tries again, in the same way; `null` where there is no project to try it with. */
      readonly retry: ((takeOver: boolean) => void) | null
      /** A snapshot that can be looked at all the same. */
      readonly latest: Snapshot | null
    }
  | {
      readonly at: 'project'
      readonly workspace: Workspace
      /** The snapshot that the researcher came here to restore. */
      readonly restore: string | null
    }

interface CoderQuestion {
  readonly coders: readonly Coder[]
  answer(answer: CoderAnswer | null): void
}

/** The project that was open in this tab: a reload comes back to it. */
const OPEN_KEY = 'codicil.open'

/** The whole program: the start screen, or one open project. */
export function App({ host }: AppProps) {
  const { t, language } = useWords()
  const [screen, setScreen] = useState<Screen>(() =>
    lastOpened() || viewAsked() ? { at: 'opening', progress: null } : { at: 'start' },
  )
  const [isMakingSample, setMakingSample] = useState(false)
  const [copied, setCopied] = useState<ListedProject | null>(null)
  const [question, setQuestion] = useState<CoderQuestion | null>(null)
  const opened = useRef<ProjectId | null>(null)

  const prepare = (id: ProjectId) => {
    setScreen({ at: 'opening', progress: null })
    // Who goes between a project and its snapshots stays at the report.
    if (opened.current !== id) useReading.getState().openReport(null)
    opened.current = id
  }
  const fail = async (id: ProjectId, error: unknown, retry: (takeOver: boolean) => void) => {
    const isDamaged = error instanceof HostError && error.reason === 'journal-damaged'
    const list = isDamaged ? await host.listSnapshots(id).catch(() => null) : null
    setScreen({ at: 'failed', id, error, retry, latest: list?.snapshots[0] ?? null })
  }
  const view = async (address: ViewAddress) => {
    prepare(address.project)
    try {
      const workspace = await viewWorkspace(host, address.project, {
        snapshot: address.snapshot,
        onProgress: progress => setScreen({ at: 'opening', progress }),
      })
      sessionStorage.removeItem(OPEN_KEY)
      showAddress(address)
      setScreen({ at: 'project', workspace, restore: null })
    } catch (error) {
      await fail(address.project, error, () => void view(address))
    }
  }
  const open = async (id: ProjectId, takeOver: boolean, restore: string | null = null) => {
    prepare(id)
    try {
      const workspace = await openWorkspace(host, id, {
        takeOver,
        onProgress: progress => setScreen({ at: 'opening', progress }),
        askForCoder: async db => {
          const coders = await allCoders(db)
          return new Promise(resolve =>
            setQuestion({
              coders,
              answer: answer => {
                setQuestion(null)
                resolve(answer)
              },
            }),
          )
        },
      })
      if (workspace) sessionStorage.setItem(OPEN_KEY, id)
      else sessionStorage.removeItem(OPEN_KEY)
      showAddress(null)
      setScreen(workspace ? { at: 'project', workspace, restore } : { at: 'start' })
    } catch (error) {
      await fail(id, error, again => void open(id, again, restore))
    }
  }
  const leave = async (workspace: Workspace) => {
    sessionStorage.removeItem(OPEN_KEY)
    showAddress(null)
    await endJobs()
    setScreen({ at: 'start' })
    await workspace.close().catch(() => {})
  }
  const openSample = async () => {
    setMakingSample(true)
    try {
      await open(await makeSampleProject(host, language), false)
    } catch (error) {
      setScreen({ at: 'failed', id: null, error, retry: null, latest: null })
    } finally {
      setMakingSample(false)
    }
  }
  const onStart = useEffectEvent(() => {
    // What crashed windows left is in nobody's way; should it not go now, it goes next time.
    clearViewCopies().catch(() => {})
    const asked = viewAsked()
    const id = lastOpened()
    if (asked) void view(asked)
    else if (id) void open(id, false)
  })
  useEffect(() => onStart(), [])

  return (
    <LocaleProvider tag={toTag(language)}>
      <ToastProvider label={t('common.notifications')} closeLabel={t('common.close')}>
        <ErrorBoundary
          onLeave={() => {
            if (screen.at === 'project') void leave(screen.workspace)
            else setScreen({ at: 'start' })
          }}
        >
          {body()}
        </ErrorBoundary>
        {isSafeStart() && <SafeStartNotice />}
        {copied && <SaveCopyDialog host={host} project={copied} onClose={() => setCopied(null)} />}
        {question && <CoderChoice coders={question.coders} onChoose={question.answer} />}
      </ToastProvider>
    </LocaleProvider>
  )

  /** Leaves what is open for another way of having the same project open. */
  async function change(workspace: Workspace, next: (id: ProjectId) => Promise<void>) {
    await leave(workspace)
    await next(workspace.project.id)
  }
  function reopen(workspace: Workspace, takeOver: boolean): Promise<void> {
    const snapshot = workspace.project.snapshot
    return change(workspace, id =>
      workspace.view ? view({ project: id, snapshot }) : open(id, takeOver),
    )
  }
  /** Who asks for coding was told of another window; who asks to restore has yet to be asked. */
  async function code(id: ProjectId, restore: string | null): Promise<void> {
    await open(id, restore === null && (await isCodedHere(id)), restore)
  }
  /** From a snapshot back to the present: for coding, unless that is done in another window. */
  async function present(id: ProjectId): Promise<void> {
    if (await isCodedHere(id)) await view({ project: id, snapshot: null })
    else await open(id, false)
  }
  function retryOf({ retry, error }: Extract<Screen, { at: 'failed' }>) {
    return retry ? { onRetry: () => retry(isElsewhere(error)) } : {}
  }
  function viewingOf({ id, error }: Extract<Screen, { at: 'failed' }>) {
    return id && isInUse(error) ? { onView: () => void view({ project: id, snapshot: null }) } : {}
  }
  function lookBackOf({ id, latest }: Extract<Screen, { at: 'failed' }>) {
    if (!id || !latest) return {}
    return { latest, onLookBack: () => void view({ project: id, snapshot: latest.name }) }
  }

  function rescueOf({ id, error }: Extract<Screen, { at: 'failed' }>) {
    if (!id || !isDamaged(error)) return {}
    const onOpen = (recovered: ProjectId) => void open(recovered, false)
    return { rescue: <RescueOffer key={id} host={host} project={id} onOpen={onOpen} /> }
  }

  function body() {
    switch (screen.at) {
      case 'start':
        return (
          <OpenCopyZone host={host} onOpen={id => void open(id, false)}>
            {({ choose, added }) => (
              <StartScreen
                host={host}
                onOpen={id => void open(id, false)}
                onOpenSample={() => void openSample()}
                sampleBusy={isMakingSample}
                added={added}
                onOpenCopy={choose}
                onSaveCopy={setCopied}
              />
            )}
          </OpenCopyZone>
        )
      case 'opening':
        return <Opening progress={screen.progress} />
      case 'failed':
        return (
          <OpeningFailed
            error={screen.error}
            onBack={() => {
              sessionStorage.removeItem(OPEN_KEY)
              showAddress(null)
              setScreen({ at: 'start' })
            }}
            {...retryOf(screen)}
            {...viewingOf(screen)}
            {...lookBackOf(screen)}
            {...rescueOf(screen)}
          />
        )
      case 'project':
        return (
          <WorkspaceProvider workspace={screen.workspace}>
            {/* Messages about a project do not outlive its being open. */}
            <ToastProvider label={t('common.notifications')} closeLabel={t('common.close')}>
              <Workbench
                key={screen.workspace.project.session}
                onLeave={() => void leave(screen.workspace)}
                restore={screen.restore}
                onReopen={takeOver => void reopen(screen.workspace, takeOver)}
                onView={snapshot =>
                  void change(screen.workspace, id => view({ project: id, snapshot }))
                }
                onCode={restore => void change(screen.workspace, id => code(id, restore))}
                onPresent={() => void change(screen.workspace, present)}
              />
            </ToastProvider>
          </WorkspaceProvider>
        )
    }
  }
}

/** What the window's address asks to look at, unless the start is to be a safe one. */
function viewAsked(): ViewAddress | null {
  return isSafeStart() ? null : viewOf(location.search)
}

/** Makes the window's address say what is looked at, so that a reload comes back to it. */
function showAddress(address: ViewAddress | null): void {
  if (address) history.replaceState(null, '', viewAddress(address))
  else if (viewOf(location.search)) history.replaceState(null, '', location.pathname)
}

/** The project that a reload comes back to; none where the start is to be a safe one. */
function lastOpened(): ProjectId | null {
  if (isSafeStart()) sessionStorage.removeItem(OPEN_KEY)
  return sessionStorage.getItem(OPEN_KEY) as ProjectId | null
}

/** Stops what is running and waits until it has kept what it had. */
function endJobs(): Promise<void> {
  return new Promise(resolve => {
    const isIdle = () => useJobs.getState().running.length === 0
    for (const job of useJobs.getState().running) job.cancel()
    if (isIdle()) {
      resolve()
      return
    }
    const stop = useJobs.subscribe(() => {
      if (!isIdle()) return
      stop()
      resolve()
    })
  })
}

function isElsewhere(error: unknown): boolean {
  return error instanceof HostError && error.reason === 'open-elsewhere'
}

/** Whether what can still be read may be recovered into a new project. */
function isDamaged(error: unknown): boolean {
  return (
    error instanceof HostError &&
    (error.reason === 'journal-damaged' || error.reason === 'journal-missing')
  )
}

/** Whether somebody else has the project open; reading is possible then. */
function isInUse(error: unknown): boolean {
  return isElsewhere(error) || (error instanceof HostError && error.reason === 'locked')
}
