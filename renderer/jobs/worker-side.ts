import type { Carrier } from '../../shared/carrier'
import { HostError } from '../../shared/host'
import { overHttp } from '../over-http'
import type { FromWorker, ToWorker } from './job'

// The worker's end of the protocol in job.ts.

/** What a job's work may use. */
export interface WorkerHelp<Progress> {
  /** The host, through the page. */
  readonly carrier: Carrier
  progress(progress: Progress): void
  /** Whether the researcher has asked to stop. */
  isCancelled(): boolean
  /** Calls back when they do; at most once. For what must be ended at once. */
  onCancel(callback: () => void): void
  /** Runs `action` while nothing else writes to the project. */
  alone<T>(action: () => Promise<T>): Promise<T>
}

/** The part of a worker's global scope that a job uses. */
interface Scope {
  onmessage: ((event: MessageEvent) => void) | null
  postMessage(message: unknown, move?: Transferable[]): void
  readonly location?: { readonly protocol: string }
}

/** Makes a worker run `work` on its input, once. */
export function runJob<Input, Progress, Result>(
  scope: Scope,
  work: (input: Input, help: WorkerHelp<Progress>) => Promise<Result>,
): void {
  let isCancelled = false
  const onCancel: (() => void)[] = []
  let lastId = 0
  const carried = new Map<number, (answer: Uint8Array | null) => void>()
  const allowed = new Map<number, () => void>()
  const send = (message: FromWorker<Progress, Result>, move: Transferable[] = []) =>
    scope.postMessage(message, move)

  const throughPage: Carrier = (call, body) =>
    new Promise((resolve, reject) => {
      const id = ++lastId
      carried.set(id, answer => {
        if (answer) resolve(answer)
        else reject(new HostError('unreachable', { status: 0 }))
      })
      send({ kind: 'carry', id, call, body }, [body.buffer])
    })

  const help: WorkerHelp<Progress> = {
    // Where there is a server, the worker reaches it itself and leaves the page alone.
    carrier: scope.location?.protocol === 'http:' ? overHttp : throughPage,
    progress: progress => send({ kind: 'progress', progress }),
    isCancelled: () => isCancelled,
    onCancel: callback => onCancel.push(callback),
    alone: async action => {
      const id = ++lastId
      await new Promise<void>(resolve => {
        allowed.set(id, resolve)
        send({ kind: 'want-alone', id })
      })
      try {
        return await action()
      } finally {
        send({ kind: 'done-alone', id })
      }
    },
  }

  scope.onmessage = ({ data }: MessageEvent<ToWorker<Input>>) => {
    switch (data.kind) {
      case 'start':
        work(data.input, help).then(
          result => send({ kind: 'result', result }),
          (error: unknown) => send({ kind: 'failed', ...failureOf(error) }),
        )
        return
      case 'cancel':
        isCancelled = true
        for (const callback of onCancel.splice(0)) callback()
        return
      case 'carried':
        carried.get(data.id)?.(data.answer)
        carried.delete(data.id)
        return
      case 'alone':
        allowed.get(data.id)?.()
        allowed.delete(data.id)
    }
  }
}

function failureOf(error: unknown) {
  const { name, message } = error instanceof Error ? error : new Error(String(error))
  return error instanceof HostError
    ? { name, message, reason: error.reason, details: error.details }
    : { name, message, reason: null, details: {} }
}
