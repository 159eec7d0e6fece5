import type { Carrier } from '../../shared/carrier'

// One protocol over Worker. A job gets its input once; it reports progress and ends with a
// result or a failure. Being in a worker it cannot reach the host itself, so the page carries
// its calls, as bytes that are moved and not copied. It may also ask to be the only writer.

/** What the page sends to a worker. */
export type ToWorker<Input> =
  | { readonly kind: 'start'; readonly input: Input }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'carried'; readonly id: number; readonly answer: Uint8Array | null }
  | { readonly kind: 'alone'; readonly id: number }

/** What a worker sends to the page. */
export type FromWorker<Progress, Result> =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | {
      readonly kind: 'carry'
      readonly id: number
      readonly call: string
      readonly body: Uint8Array<ArrayBuffer>
    }
  | { readonly kind: 'want-alone'; readonly id: number }
  | { readonly kind: 'done-alone'; readonly id: number }
  | { readonly kind: 'result'; readonly result: Result }
  | {
      readonly kind: 'failed'
      readonly name: string
      readonly message: string
      readonly reason: string | null
      readonly details: Readonly<Record<string, string | number>>
    }

/** A job that is running. */
export interface Job<Result> {
  readonly result: Promise<Result>
  /** Asks the job to stop at the next good moment; it then ends with what it has. */
  cancel(): void
  /** Ends the worker at once. For jobs that hold nothing. */
  stop(): void
}

/** What a job may use of the page. */
export interface JobHelp<Progress> {
  readonly carrier: Carrier
  onProgress(progress: Progress): void
  /** Runs `action` while nothing else writes to the project. */
  alone(action: () => Promise<void>): Promise<void>
  /** Whether the worker is wanted for another job when this one has gone well. */
  readonly keepsWorker?: boolean
}

/** Thrown when a job fails. `reason` is the host's, where the host was what failed. */
export class JobFailed extends Error {
  override readonly name = 'JobFailed'
  readonly reason: string | null
  readonly details: Readonly<Record<string, string | number>>

  constructor(
    message: string,
    reason: string | null,
    details: Readonly<Record<string, string | number>>,
  ) {
    super(message)
    this.reason = reason
    this.details = details
  }
}

/** Starts a worker on its input. The worker ends when the job has ended, unless it is kept. */
export function startJob<Input, Progress, Result>(
  worker: Worker,
  input: Input,
  help: JobHelp<Progress>,
): Job<Result> {
  const send = (message: ToWorker<Input>, move: Transferable[] = []) =>
    worker.postMessage(message, move)
  const endAlone = new Map<number, () => void>()
  let isDone = false

  const result = new Promise<Result>((resolve, reject) => {
    worker.onerror = event => reject(new JobFailed(event.message, null, {}))
    worker.onmessageerror = () => reject(new JobFailed('message lost', null, {}))
    worker.onmessage = ({ data }: MessageEvent<FromWorker<Progress, Result>>) => {
      switch (data.kind) {
        case 'progress':
          help.onProgress(data.progress)
          return
        case 'carry':
          help.carrier(data.call, data.body).then(
            answer =>
              send({ kind: 'carried', id: data.id, answer }, [answer.buffer as ArrayBuffer]),
            () => send({ kind: 'carried', id: data.id, answer: null }),
          )
          return
        case 'want-alone':
          help
            .alone(
              () =>
                new Promise<void>(done => {
                  endAlone.set(data.id, done)
                  send({ kind: 'alone', id: data.id })
                }),
            )
            .catch(reject)
          return
        case 'done-alone':
          endAlone.get(data.id)?.()
          endAlone.delete(data.id)
          return
        case 'result':
          isDone = true
          resolve(data.result)
          return
        case 'failed':
          reject(new JobFailed(data.message, data.reason, data.details))
      }
    }
  }).finally(() => {
    for (const done of endAlone.values()) done()
    if (!isDone || !help.keepsWorker) worker.terminate()
  })
  send({ kind: 'start', input })
  return {
    result,
    cancel: () => send({ kind: 'cancel' }),
    stop: () => worker.terminate(),
  }
}
