import { parentPort, workerData } from 'node:worker_threads'
import { hostErrorOf } from './disk'
import { type FromThread, WORKS, type WorkHelp, type WorkKind } from './works'

// The inside of a thread: one piece of work, then the end.

/** How long to wait between two messages of progress. */
const PROGRESS_EVERY_MS = 100

const send = (message: FromThread) => parentPort?.postMessage(message)
let toldAt = 0
const help: WorkHelp = {
  progress(phase, done, total) {
    const now = Date.now()
    if (now - toldAt < PROGRESS_EVERY_MS && done !== total) return
    toldAt = now
    send({ is: 'progress', phase, done, total })
  },
  signal: new AbortController().signal,
}
const { kind, input } = workerData as { kind: WorkKind; input: unknown }
const run = WORKS[kind] as (input: unknown, help: WorkHelp) => Promise<unknown>
try {
  send({ is: 'done', output: await run(input, help) })
} catch (error) {
  const { reason, details } = hostErrorOf(error)
  send({ is: 'failed', reason, details })
}
