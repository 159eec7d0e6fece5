import { useEffect, useEffectEvent } from 'react'
import { useJobs } from '../../session/jobs'
import { useSaving } from '../../session/saving'
import { useWorkspace } from '../../workspace/context'
import { isCheckDue } from './idle'
import { lastCheckOf } from './last-check'
import { type CheckReport, runCheck } from './run-check'

/** How often it is asked whether a check is due. */
const LOOK_EVERY_MS = 60_000

/** Checks the project by itself when nobody is there, at most once a week. Ends as soon as somebody is. */
export function useIdleCheck(onChecked: (report: CheckReport) => void): void {
  const workspace = useWorkspace()
  const { project } = workspace
  const checked = useEffectEvent(onChecked)
  const check = useEffectEvent((signal: AbortSignal) =>
    runCheck(workspace, { onProgress: () => {}, signal }).then(checked),
  )
  useEffect(() => {
    if (project.isReadOnly) return
    let activeAt = Date.now()
    let hasFailed = false
    let running: AbortController | null = null
    const act = () => {
      activeAt = Date.now()
      running?.abort(new DOMException('somebody is there', 'AbortError'))
    }
    const look = () => {
      const { kind } = useSaving.getState().state
      const isBusy = kind !== 'saved' || useJobs.getState().running.length > 0 || running !== null
      const checkedAt = lastCheckOf(project.id)
      if (!isCheckDue({ now: Date.now(), activeAt, checkedAt, hasFailed, isBusy })) return
      running = new AbortController()
      const { signal } = running
      check(signal)
        .catch(() => {
          hasFailed = !signal.aborted
        })
        .finally(() => {
          running = null
        })
    }
    const timer = setInterval(look, LOOK_EVERY_MS)
    const unsubscribe = useSaving.subscribe(act)
    for (const event of ACTIVITY) window.addEventListener(event, act, { passive: true })
    return () => {
      clearInterval(timer)
      unsubscribe()
      for (const event of ACTIVITY) window.removeEventListener(event, act)
      running?.abort(new DOMException('the project was closed', 'AbortError'))
    }
  }, [project])
}

const ACTIVITY = ['keydown', 'pointerdown', 'wheel'] as const
