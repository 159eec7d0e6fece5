import { useEffect, useRef, useState } from 'react'
import { jobErrorOf } from '../../jobs/job-error'
import { useWorkspace } from '../../workspace/context'
import { isCancelled } from '../../workspace/task'
import { type CheckReport, type CheckStep, runCheck } from './run-check'

/** How far the dialog's check has come. */
export type CheckState =
  | { readonly kind: 'running'; readonly step: CheckStep }
  | { readonly kind: 'done'; readonly report: CheckReport }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly error: unknown }

/** A check and how to begin, stop and leave it. */
export interface Checking {
  readonly state: CheckState
  begin(): Promise<void>
  cancel(): void
  fail(error: unknown): void
}

const FIRST: CheckState = { kind: 'running', step: { phase: 'starting', done: 0, total: 0 } }

/** Runs one check at a time; with a report to begin with, none until asked for. */
export function useCheck(
  known: CheckReport | null,
  onChecked: (report: CheckReport) => void,
): Checking {
  const workspace = useWorkspace()
  const [state, setState] = useState<CheckState>(known ? { kind: 'done', report: known } : FIRST)
  const running = useRef<AbortController | null>(null)
  const begin = async () => {
    running.current?.abort(new DOMException('begun again', 'AbortError'))
    const controller = new AbortController()
    running.current = controller
    const become = (next: CheckState) => {
      if (running.current === controller) setState(next)
    }
    setState(FIRST)
    try {
      const report = await runCheck(workspace, {
        onProgress: step => become({ kind: 'running', step }),
        signal: controller.signal,
      })
      onChecked(report)
      become({ kind: 'done', report })
    } catch (error) {
      if (isCancelled(error)) become({ kind: 'cancelled' })
      else become({ kind: 'failed', error: jobErrorOf(error) })
    }
  }
  useEffect(
    () => () => {
      running.current?.abort(new DOMException('the dialog was closed', 'AbortError'))
      running.current = null
    },
    [],
  )
  return {
    state,
    begin,
    cancel: () => running.current?.abort(new DOMException('cancelled', 'AbortError')),
    fail: error => setState({ kind: 'failed', error: jobErrorOf(error) }),
  }
}
