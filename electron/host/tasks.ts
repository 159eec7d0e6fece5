import { randomUUID } from 'node:crypto'
import {
  type Host,
  HostError,
  type TaskResults,
  type TaskState,
  type TaskToken,
  type TaskWish,
} from '../../shared/host'
import { hostErrorOf } from './disk'
import type { WorkHelp } from './works'

// Long work that a page asks for and looks at from time to time. A page that goes away leaves
// its task running; nothing depends on anyone looking.

/** How a task of each kind is carried out. */
export type TaskRunners = {
  readonly [K in TaskWish['kind']]: (
    wish: Extract<TaskWish, { kind: K }>,
    help: WorkHelp,
  ) => Promise<TaskResults[K]>
}

/** The calls about tasks, and their end. */
export interface Tasks {
  readonly calls: Pick<Host, 'startTask' | 'taskState' | 'cancelTask'>
  /** Cuts off what is running and waits for it to be over. */
  endAll(): Promise<void>
}

const MAX_RUNNING = 4
/** How many ended tasks are remembered for whoever asks late. */
const MAX_ENDED = 50

interface Task {
  state: TaskState
  readonly controller: AbortController
  readonly over: Promise<void>
}

/** Tasks that are carried out by `runners`. */
export function createTasks(runners: TaskRunners): Tasks {
  const tasks = new Map<TaskToken, Task>()

  return {
    calls: {
      async startTask(wish) {
        const running = [...tasks.values()].filter(({ state }) => state.is === 'running')
        if (running.length >= MAX_RUNNING) throw new HostError('too-busy')
        const token = randomUUID() as TaskToken
        const controller = new AbortController()
        const over = run(wish, {
          signal: controller.signal,
          progress: (phase, done, total) => become(token, { is: 'running', phase, done, total }),
        }).then(
          result => become(token, { is: 'done', result }),
          (error: unknown) => {
            if (controller.signal.aborted) return become(token, { is: 'cancelled' })
            const { reason, details } = hostErrorOf(error)
            if (!(error instanceof HostError)) console.error(`${wish.kind}:`, error)
            become(token, { is: 'failed', reason, details })
          },
        )
        const state: TaskState = { is: 'running', phase: 'starting', done: 0, total: 0 }
        tasks.set(token, { state, controller, over })
        return token
      },
      async taskState(token) {
        const task = tasks.get(token)
        if (!task) throw new HostError('not-found')
        return task.state
      },
      async cancelTask(token) {
        const task = tasks.get(token)
        task?.controller.abort()
        await task?.over
      },
    },
    async endAll() {
      for (const { controller } of tasks.values()) controller.abort()
      await Promise.all([...tasks.values()].map(({ over }) => over))
    },
  }

  async function run(wish: TaskWish, help: WorkHelp): Promise<TaskResults[TaskWish['kind']]> {
    // The state is there before the work begins.
    await null
    const runner = runners[wish.kind] as (
      wish: TaskWish,
      help: WorkHelp,
    ) => Promise<TaskResults[TaskWish['kind']]>
    return runner(wish, help)
  }

  function become(token: TaskToken, state: TaskState): void {
    const task = tasks.get(token)
    if (task?.state.is !== 'running') return
    task.state = state
    if (state.is === 'running') return
    const ended = [...tasks].filter(([, { state }]) => state.is !== 'running')
    for (const [old] of ended.slice(0, -MAX_ENDED)) tasks.delete(old)
  }
}
