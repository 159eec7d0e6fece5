import { useEffect, useRef, useState } from 'react'
import type { ProjectId } from '../../shared/domain/id'
import type { Coder } from '../../shared/domain/project'
import { type Host, HostError } from '../../shared/host'
import { allCoders } from '../data/codebook'
import type { RebuildProgress } from '../data/rebuild'
import { StartScreen } from '../features/projects'
import { toTag } from '../locale/language'
import { useWords } from '../locale/use-words'
import { useJobs } from '../session/jobs'
import { useReading } from '../session/reading'
import { LocaleProvider } from '../ui/LocaleProvider'
import { ToastProvider } from '../ui/ToastProvider'
import { WorkspaceProvider } from '../workspace/context'
import { type CoderAnswer, openWorkspace, type Workspace } from '../workspace/open'
import { makeSampleProject } from '../workspace/sample'
import { CoderChoice } from './CoderChoice'
import { ErrorBoundary } from './ErrorBoundary'
import { Opening } from './Opening'
import { OpeningFailed } from './OpeningFailed'
import { Workbench } from './Workbench'

interface AppProps {
  readonly host: Host
}

type Screen =
  | { readonly at: 'start' }
  | { readonly at: 'opening'; readonly progress: RebuildProgress | null }
  | { readonly at: 'failed'; readonly id: ProjectId; readonly error: unknown }
  | { readonly at: 'project'; readonly workspace: Workspace }

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
    sessionStorage.getItem(OPEN_KEY) ? { at: 'opening', progress: null } : { at: 'start' },
  )
  const [isMakingSample, setMakingSample] = useState(false)
  const [question, setQuestion] = useState<CoderQuestion | null>(null)

  const open = async (id: ProjectId, takeOver: boolean) => {
    setScreen({ at: 'opening', progress: null })
    useReading.getState().openReport(null)
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
      setScreen(workspace ? { at: 'project', workspace } : { at: 'start' })
    } catch (error) {
      setScreen({ at: 'failed', id, error })
    }
  }
  const leave = async (workspace: Workspace) => {
    sessionStorage.removeItem(OPEN_KEY)
    await endJobs()
    setScreen({ at: 'start' })
    await workspace.close().catch(() => {})
  }
  const openSample = async () => {
    setMakingSample(true)
    try {
      await open(await makeSampleProject(host, language), false)
    } catch (error) {
      setScreen({ at: 'failed', id: '' as ProjectId, error })
    } finally {
      setMakingSample(false)
    }
  }
  const reopen = useRef(open)
  reopen.current = open
  useEffect(() => {
    const id = sessionStorage.getItem(OPEN_KEY)
    if (id) void reopen.current(id as ProjectId, false)
  }, [])

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
        {question && <CoderChoice coders={question.coders} onChoose={question.answer} />}
      </ToastProvider>
    </LocaleProvider>
  )

  function body() {
    switch (screen.at) {
      case 'start':
        return (
          <StartScreen
            host={host}
            onOpen={id => void open(id, false)}
            onOpenSample={() => void openSample()}
            sampleBusy={isMakingSample}
          />
        )
      case 'opening':
        return <Opening progress={screen.progress} />
      case 'failed':
        return (
          <OpeningFailed
            error={screen.error}
            onBack={() => {
              sessionStorage.removeItem(OPEN_KEY)
              setScreen({ at: 'start' })
            }}
            {...(screen.id === ''
              ? {}
              : { onRetry: () => void open(screen.id, isElsewhere(screen.error)) })}
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
                onReopen={takeOver => {
                  const { id } = screen.workspace.project
                  void leave(screen.workspace).then(() => open(id, takeOver))
                }}
              />
            </ToastProvider>
          </WorkspaceProvider>
        )
    }
  }
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
