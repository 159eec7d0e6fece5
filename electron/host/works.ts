import { Worker } from 'node:worker_threads'
import { HostError, type HostReason } from '../../shared/host'
import { checkFolder } from './check-folder'
import { hostErrorOf } from './disk'
import { copyFolder } from './relocate'
import { rescueFolder } from './rescue'
import { mirrorFolder } from './second-place'
import { writeSnapshot } from './snapshots'
import { unpackCopy } from './zip-in'
import { packCopy } from './zip-out'

// Work on whole folders takes seconds, and while it goes on someone codes. So it runs in a
// thread of its own, which can be ended at any moment. Each kind of work is one function from
// plain values to plain values; it must leave nothing half done when it is cut off.

/** What work is told and may tell while it goes on. */
export interface WorkHelp {
  /** How far it is; `total` is 0 while unknown. Call it as often as you like. */
  progress(phase: string, done: number, total: number): void
  /** Set when the work is not wanted any more. A thread is ended; without one this is all. */
  readonly signal: AbortSignal
}

/** Every kind of work. */
export const WORKS = {
  writeSnapshot,
  mirrorFolder,
  packCopy,
  unpackCopy,
  copyFolder,
  checkFolder,
  rescueFolder,
} satisfies Record<string, (input: never, help: WorkHelp) => Promise<unknown>>

export type WorkKind = keyof typeof WORKS
export type WorkInput<K extends WorkKind> = Parameters<(typeof WORKS)[K]>[0]
type WorkOutputs = { [K in WorkKind]: Awaited<ReturnType<(typeof WORKS)[K]>> }
export type WorkOutput<K extends WorkKind> = WorkOutputs[K]

/** Runs work. Rejects with a {@link HostError}, or with the signal's reason when cut off. */
export type Work = <K extends WorkKind>(
  kind: K,
  input: WorkInput<K>,
  help: WorkHelp,
) => Promise<WorkOutput<K>>

/** What a thread sends. */
export type FromThread =
  | {
      readonly is: 'progress'
      readonly phase: string
      readonly done: number
      readonly total: number
    }
  | { readonly is: 'done'; readonly output: unknown }
  | {
      readonly is: 'failed'
      readonly reason: HostReason
      readonly details: Readonly<Record<string, string | number>>
    }

/** A way to run work: in a new thread each, or, without a thread file, here. */
export function createWork(threadFile: string | null): Work {
  return async <K extends WorkKind>(
    kind: K,
    input: WorkInput<K>,
    help: WorkHelp,
  ): Promise<WorkOutput<K>> => {
    help.signal.throwIfAborted()
    if (threadFile) return inThread(threadFile, kind, input, help)
    const run = WORKS[kind] as (input: unknown, help: WorkHelp) => Promise<unknown>
    const output = await run(input, help).catch((error: unknown) => {
      help.signal.throwIfAborted()
      throw hostErrorOf(error)
    })
    return output as WorkOutput<K>
  }
}

function inThread<K extends WorkKind>(
  file: string,
  kind: K,
  input: WorkInput<K>,
  { progress, signal }: WorkHelp,
): Promise<WorkOutput<K>> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(file, { workerData: { kind, input } })
    const cutOff = () => {
      reject(signal.reason)
      void thread.terminate()
    }
    signal.addEventListener('abort', cutOff, { once: true })
    thread.on('message', (message: FromThread) => {
      switch (message.is) {
        case 'progress':
          progress(message.phase, message.done, message.total)
          return
        case 'done':
          resolve(message.output as WorkOutput<K>)
          return
        case 'failed':
          reject(new HostError(message.reason, message.details))
      }
    })
    thread.on('error', error => reject(hostErrorOf(error)))
    thread.on('exit', () => {
      signal.removeEventListener('abort', cutOff)
      reject(new HostError('disk-error', { code: 'thread' }))
    })
  })
}
