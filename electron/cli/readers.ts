import { Worker } from 'node:worker_threads'
import { DOCUMENT_LIMITS } from '../../shared/extract/document'
import { type Reading, type ReadingTask, readSource } from './reading'
import type { Refusal } from './words'

// Files are read in threads, so that one that hangs or eats up the memory is given up after a
// while and takes nothing else with it: its thread is ended, and the next file gets a new one.

/** Reads files, several at a time, in the order in which they are asked for. */
export interface Readers {
  read(task: ReadingTask): Promise<Reading>
  /** Ends whatever is going on; what was asked for comes out as refused. */
  close(): Promise<void>
}

/** What a thread is started with, asked, and answers. */
export interface ThreadStart {
  readonly known: ReadonlySet<string>
}
/** `null` for a sign of life in between. */
export interface ThreadAnswer {
  readonly reading: Reading | null
}

export interface ReadersOptions {
  /** The built thread; `null` reads right here, where nothing can be given up. */
  readonly threadFile: string | null
  /** How many threads there may be. */
  readonly count: number
  /** Hashes of files that need not be read. */
  readonly known: ReadonlySet<string>
  /** How long one file may take, or, of a table, one row. */
  readonly limitMs?: number
}

/** Gets ready to read. Threads begin when they are needed. */
export function createReaders(options: ReadersOptions): Readers {
  const { threadFile, count, known, limitMs = DOCUMENT_LIMITS.seconds * 1000 } = options
  if (threadFile === null) {
    return { read: task => readSource(task, known, () => {}), close: async () => {} }
  }
  const idle: Worker[] = []
  const all = new Set<Worker>()
  const waiting: (() => void)[] = []
  let free = count
  let isOver = false

  return {
    async read(task) {
      if (free > 0) free--
      else await new Promise<void>(resolve => waiting.push(resolve))
      const reading = isOver ? UNREAD : await readIn(idle.pop() ?? begin(threadFile), task)
      const next = waiting.shift()
      // Whoever waits takes the place over; nobody else can come in between.
      if (next) next()
      else free++
      return reading
    },
    async close() {
      isOver = true
      await Promise.all([...all].map(thread => thread.terminate()))
    },
  }

  function begin(file: string): Worker {
    const start: ThreadStart = { known }
    const thread = new Worker(file, { workerData: start, resourceLimits: LIMITS })
    all.add(thread)
    // What goes wrong after an answer is of interest to nobody, and must not end the program.
    thread.on('error', () => {})
    thread.on('exit', () => {
      all.delete(thread)
      const at = idle.indexOf(thread)
      if (at >= 0) idle.splice(at, 1)
    })
    return thread
  }

  function readIn(thread: Worker, task: ReadingTask): Promise<Reading> {
    return new Promise(resolve => {
      const timer = setTimeout(() => {
        giveUp('too-slow', { seconds: Math.round(limitMs / 1000) })
      }, limitMs)
      const onMessage = ({ reading }: ThreadAnswer) => {
        if (reading === null) {
          timer.refresh()
          return
        }
        settle(reading)
        idle.push(thread)
      }
      const onError = (error: NodeJS.ErrnoException) => {
        if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') giveUp('too-much-memory', {})
        else giveUp('damaged', { where: '' })
      }
      const onExit = () => giveUp('too-much-memory', {})
      const giveUp = (problem: Refusal['problem'], details: Refusal['details']) => {
        settle({ is: 'refused', problem, details })
        all.delete(thread)
        void thread.terminate()
      }
      const settle = (reading: Reading) => {
        clearTimeout(timer)
        thread.off('message', onMessage).off('error', onError).off('exit', onExit)
        resolve(reading)
      }
      thread.on('message', onMessage).on('error', onError).on('exit', onExit)
      thread.postMessage(task)
    })
  }
}

/** What becomes of a file that nobody waits for any more. */
const UNREAD: Reading = { is: 'refused', problem: 'unreadable', details: {} }

/** Room for the largest file and what is made of it. */
const LIMITS = { maxOldGenerationSizeMb: 1536, stackSizeMb: 8 } as const
