import { parentPort, workerData } from 'node:worker_threads'
import type { ThreadAnswer, ThreadStart } from './cli/readers'
import { type ReadingTask, readSource } from './cli/reading'

// The inside of a thread that reads files, one after another, until it is ended.

const { known } = workerData as ThreadStart

// Of a damaged PDF, pdf.js forgets a promise now and then. That says nothing of the file, which it
// answers for otherwise, and must not end the thread. Anything else ends it, and the file with it.
process.on('unhandledRejection', (reason: unknown) => {
  const isForgotten = reason instanceof Error && reason.stack?.includes('pdfjs-dist')
  if (!isForgotten) throw reason
})

const send = (answer: ThreadAnswer, transfer: ArrayBuffer[] = []) =>
  parentPort?.postMessage(answer, transfer)

parentPort?.on('message', (task: ReadingTask) => {
  const live = () => send({ reading: null })
  void readSource(task, known, live).then(reading =>
    send({ reading }, reading.is === 'read' ? [reading.bytes.buffer] : []),
  )
})
