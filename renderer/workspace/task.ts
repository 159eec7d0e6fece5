import {
  type Host,
  HostError,
  type TaskResults,
  type TaskState,
  type TaskToken,
  type TaskWish,
} from '../../shared/host'

/** How often a task is asked how far it is. */
const POLL_MS = 200

/** How far a task is: what it does just now, and how much of that is done; `total` is 0 while unknown. */
export type TaskProgress = Omit<Extract<TaskState, { is: 'running' }>, 'is'>

/** What whoever runs a task wants to hear and to say. */
export interface TaskOptions {
  onProgress?(progress: TaskProgress): void
  /** Cancels the task. It has left nothing half done when {@link runTask} rejects. */
  readonly signal?: AbortSignal
}

/**
 * Runs a task of the host to its end. Rejects with the {@link HostError} that it failed with,
 * or with an `AbortError` when it was cancelled; one that was done all the same before the
 * cancelling arrived resolves.
 */
export async function runTask<K extends TaskWish['kind']>(
  host: Pick<Host, 'startTask' | 'taskState' | 'cancelTask'>,
  wish: Extract<TaskWish, { kind: K }>,
  { onProgress, signal }: TaskOptions = {},
): Promise<TaskResults[K]> {
  if (signal?.aborted) throw cancelled()
  const task = await host.startTask(wish)
  let isCancelling = false
  for (;;) {
    if (signal?.aborted && !isCancelling) {
      isCancelling = true
      await host.cancelTask(task)
    }
    const state = await stateOf<K>(host, task)
    switch (state.is) {
      case 'running': {
        const { phase, done, total } = state
        onProgress?.({ phase, done, total })
        break
      }
      case 'done':
        return state.result
      case 'failed':
        throw new HostError(state.reason, state.details)
      case 'cancelled':
        throw cancelled()
    }
    await nextLook(isCancelling ? undefined : signal)
  }
}

/** Whether an error only says that something was cancelled. */
export function isCancelled(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError'
}

async function stateOf<K extends TaskWish['kind']>(
  host: Pick<Host, 'taskState'>,
  task: TaskToken,
): Promise<TaskState<K>> {
  return (await host.taskState(task)) as TaskState<K>
}

function cancelled(): DOMException {
  return new DOMException('cancelled', 'AbortError')
}

/** Waits until it is time to ask again, or until the task is to be cancelled. */
function nextLook(signal: AbortSignal | undefined): Promise<void> {
  return new Promise(resolve => {
    if (signal?.aborted) return resolve()
    const end = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, POLL_MS)
    signal?.addEventListener('abort', end)
  })
}
