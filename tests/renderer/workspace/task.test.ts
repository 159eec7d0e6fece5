import { expect, it } from 'vitest'
import { createTasks, type TaskRunners } from '../../../electron/host/tasks'
import type { WorkHelp } from '../../../electron/host/works'
import { isCancelled, runTask, type TaskProgress } from '../../../renderer/workspace/task'
import { HostError, type SessionToken, type TaskResults } from '../../../shared/host'

const WISH = { kind: 'check-folder', session: 's' as SessionToken } as const
const REPORT = { entries: 7 } as TaskResults['check-folder']

it('resolves with what the task ended with, having told how far it was', async () => {
  const heard: TaskProgress[] = []
  const { calls, step } = taskThat(async (help, next) => {
    help.progress('reading', 3, 9)
    await next
    return REPORT
  })
  const result = await runTask(calls, WISH, {
    onProgress: progress => {
      heard.push(progress)
      step()
    },
  })
  expect(result).toEqual(REPORT)
  expect(heard).toEqual([{ phase: 'reading', done: 3, total: 9 }])
})

it('rejects with the reason and details that the task failed with', async () => {
  const { calls } = taskThat(async () => {
    throw new HostError('disk-full', { code: 'ENOSPC' })
  })
  await expect(runTask(calls, WISH)).rejects.toEqual(new HostError('disk-full', { code: 'ENOSPC' }))
})

it('cancels the task, and is over only when the task is', async () => {
  const cancel = new AbortController()
  let isOver = false
  const { calls } = taskThat(
    help =>
      new Promise((_, reject) => {
        help.progress('reading', 0, 0)
        help.signal.addEventListener('abort', () => {
          isOver = true
          reject(help.signal.reason)
        })
      }),
  )
  const run = runTask(calls, WISH, {
    signal: cancel.signal,
    onProgress: () => cancel.abort(),
  })
  await expect(run).rejects.toSatisfy(isCancelled)
  expect(isOver).toBe(true)
})

it('resolves when the task was done before the cancelling arrived', async () => {
  const cancel = new AbortController()
  const { calls, step } = taskThat(async (_help, next) => {
    await next
    return REPORT
  })
  const run = runTask(calls, WISH, {
    signal: cancel.signal,
    onProgress: () => {
      step()
      setTimeout(() => cancel.abort())
    },
  })
  expect(await run).toEqual(REPORT)
})

it('starts nothing when it was cancelled before', async () => {
  const { calls } = taskThat(async () => {
    throw new Error('started')
  })
  await expect(runTask(calls, WISH, { signal: AbortSignal.abort() })).rejects.toSatisfy(isCancelled)
})

/** A host's tasks, of which `check-folder` is `run`; `next` resolves with the first `step`. */
function taskThat(
  run: (help: WorkHelp, next: Promise<void>) => Promise<TaskResults['check-folder']>,
) {
  let step = () => {}
  const next = new Promise<void>(resolve => {
    step = resolve
  })
  const runners = { 'check-folder': (_, help) => run(help, next) } as Partial<TaskRunners>
  const { calls } = createTasks(runners as TaskRunners)
  return { calls, step: () => step() }
}
