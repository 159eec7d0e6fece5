import { createContext, useContext, useEffect, useRef, useState } from 'react'
import type { EncodingLabel } from '../../../shared/extract/encoding'
import workerUrl from '../../jobs/import.worker.ts?worker&url'
import type { ImportProgress, ImportResult, ImportStart } from '../../jobs/import-job'
import { type Job, startJob } from '../../jobs/job'
import { jobErrorOf } from '../../jobs/job-error'
import type { ScannedFile, ScanProgress, ScanResult, ScanStart } from '../../jobs/scan-job'
import { workerAt } from '../../jobs/worker-at'
import { useJobs } from '../../session/jobs'
import { useSaving } from '../../session/saving'
import { useWorkspace } from '../../workspace/context'
import { addCollected, type Collected, collectDropped, NOTHING_COLLECTED } from './collect'
import { sendFiles } from './send-files'

/** How far an import has come, from the first file chosen to the last problem read. */
export type ImportStage =
  | { readonly kind: 'idle' }
  /** Dropped folders are being walked through. */
  | { readonly kind: 'collecting' }
  | {
      readonly kind: 'choosing'
      readonly collected: Collected
      /** By the place of the file; a file that is not in it has not been looked at. */
      readonly scanned: ReadonlyMap<number, ScannedFile>
      readonly isScanning: boolean
      /** Encodings that were chosen, by the place of the file. */
      readonly chosen: ReadonlyMap<number, EncodingLabel>
    }
  | { readonly kind: 'running'; readonly progress: ImportProgress; readonly isStopping: boolean }
  | {
      readonly kind: 'done'
      readonly result: ImportResult
      readonly unreadable: readonly string[]
      readonly skipped: number
    }
  | { readonly kind: 'failed'; readonly error: unknown }

export type Choosing = Extract<ImportStage, { kind: 'choosing' }>

/** An import, as everything on screen that has to do with it sees it. */
export interface ImportFlow {
  readonly stage: ImportStage
  readonly isOpen: boolean
  /** Opens the system's dialog for files or a folder. Only while a press is being handled. */
  chooseFiles(): void
  chooseFolder(): void
  /** Shows where the import stands. */
  show(): void
  /** Closes the dialog. Forgets what was chosen; an import that is running goes on. */
  hide(): void
}

export const ImportContext = createContext<ImportFlow | null>(null)

/** The import of the open project. Works below {@link ImportDropZone} only. */
export function useImport(): ImportFlow {
  const flow = useContext(ImportContext)
  if (!flow) throw new Error('useImport needs an ImportDropZone around it')
  return flow
}

/** What drives an import: the part that {@link ImportDropZone} keeps to itself. */
export interface ImportControls {
  readonly stage: ImportStage
  readonly isOpen: boolean
  show(): void
  hide(): void
  /** Adds files to those that are being chosen, and looks at their heads. */
  add(collected: Collected): void
  addDropped(entries: readonly FileSystemEntry[]): void
  stopScan(): void
  /** `null` goes back to what was detected. */
  chooseEncoding(indexes: Iterable<number>, encoding: EncodingLabel | null): void
  start(): void
  /** Stops the import at the next good moment; what is in stays. */
  cancel(): void
}

const IDLE: ImportStage = { kind: 'idle' }

/** What an import has brought that was stopped before it began. */
const STOPPED: ImportResult = {
  imported: 0,
  known: 0,
  problems: [],
  notes: [],
  cancelled: true,
  copyFailed: false,
}

/** Runs imports into the open project, one at a time. `onEnd` hears of each that ends. */
export function useImportControls(onEnd: (stage: ImportStage) => void): ImportControls {
  const { project, runner, actor, carrier, freshSession } = useWorkspace()
  const [stage, setStage] = useState<ImportStage>(IDLE)
  const [isOpen, setOpen] = useState(false)
  /** The stage as it is now, for what ends long after the drawing that began it. */
  const at = useRef(stage)
  /** Stops what is going on now: walking, scanning or importing. */
  const stop = useRef(() => {})
  useEffect(() => () => stop.current(), [])

  const become = (next: ImportStage) => {
    at.current = next
    setStage(next)
  }
  const update = (change: (choosing: Choosing) => Choosing) => {
    if (at.current.kind === 'choosing') become(change(at.current))
  }

  const scan = (collected: Collected, chosen: Choosing['chosen']) => {
    stop.current()
    become({ kind: 'choosing', collected, scanned: new Map(), isScanning: true, chosen })
    let isWanted = true
    const take = (found: readonly ScannedFile[], isScanning: boolean) => {
      if (!isWanted) return
      update(before => {
        const scanned = new Map(before.scanned)
        for (const each of found) scanned.set(each.index, each)
        return { ...before, scanned, isScanning }
      })
    }
    const worker = importWorker()
    stop.current = () => {
      isWanted = false
      worker.terminate()
    }
    const scanAll = async () => {
      const sent = collected.files.map(({ file }) => file)
      if (!(await sendFiles(worker, sent, () => isWanted))) return
      const job = startJob<ScanStart, ScanProgress, ScanResult>(
        worker,
        { kind: 'scan' },
        { carrier, onProgress: ({ found }) => take(found, true), alone: action => action() },
      )
      take((await job.result).found, false)
    }
    scanAll().catch(
      (error: unknown) => isWanted && become({ kind: 'failed', error: jobErrorOf(error) }),
    )
  }

  const add = (more: Collected) => {
    if (at.current.kind === 'running') return
    const before = at.current.kind === 'choosing' ? at.current : null
    setOpen(true)
    scan(
      addCollected(before?.collected ?? NOTHING_COLLECTED, more),
      before?.chosen ?? new Map<number, EncodingLabel>(),
    )
  }

  return {
    stage,
    isOpen,
    show: () => setOpen(true),
    hide: () => {
      setOpen(false)
      if (at.current.kind === 'running') return
      stop.current()
      become(IDLE)
    },
    add,
    addDropped: entries => {
      if (at.current.kind === 'running') return setOpen(true)
      const walk = new AbortController()
      if (at.current.kind !== 'choosing') become({ kind: 'collecting' })
      stop.current()
      stop.current = () => walk.abort()
      setOpen(true)
      collectDropped(entries, walk.signal).then(
        collected => !walk.signal.aborted && add(collected),
        (error: unknown) => become({ kind: 'failed', error }),
      )
    },
    stopScan: () => {
      stop.current()
      update(before => ({ ...before, isScanning: false }))
    },
    chooseEncoding: (indexes, encoding) =>
      update(before => {
        const chosen = new Map(before.chosen)
        for (const index of indexes) {
          if (encoding) chosen.set(index, encoding)
          else chosen.delete(index)
        }
        return { ...before, chosen }
      }),
    start: () => {
      if (at.current.kind !== 'choosing' || !actor) return
      const { coderId } = actor
      stop.current()
      const { collected, chosen } = at.current
      const marks = collected.files.map(({ path }, i) => ({
        path,
        encoding: chosen.get(i) ?? null,
      }))
      const total = marks.length
      const id = actor.newId()
      const worker = importWorker()
      let job: Job<ImportResult> | null = null
      let isWanted = true
      stop.current = () => {
        isWanted = false
        job?.cancel()
      }
      const cancel = stop.current
      const show = (progress: ImportProgress) => {
        useJobs.getState().put({ id, kind: 'import', done: progress.done, total, cancel })
        become({ kind: 'running', progress, isStopping: !isWanted })
      }
      const importAll = async (): Promise<ImportResult> => {
        const sent = collected.files.map(({ file }) => file)
        if (!(await sendFiles(worker, sent, () => isWanted))) {
          worker.terminate()
          return STOPPED
        }
        job = startJob<ImportStart, ImportProgress, ImportResult>(
          worker,
          {
            kind: 'import',
            projectId: project.id,
            session: await freshSession(),
            coderId,
            marks,
          },
          { carrier, onProgress: show, alone: action => runner.alone(action) },
        )
        return job.result
      }
      const end = (last: ImportStage) => {
        stop.current = () => {}
        useJobs.getState().end(id)
        become(last)
        onEnd(last)
      }
      show({ done: 0, total, bytes: 0, bytesTotal: 0, elapsedMs: 0 })
      importAll().then(
        result => {
          if (result.copyFailed) useSaving.getState().become({ kind: 'copy-failed' })
          const { unreadable, skipped } = collected
          end({ kind: 'done', result, unreadable, skipped })
        },
        (error: unknown) => end({ kind: 'failed', error: jobErrorOf(error) }),
      )
    },
    cancel: () => {
      stop.current()
      if (at.current.kind === 'running') become({ ...at.current, isStopping: true })
    },
  }
}

function importWorker(): Worker {
  return workerAt(workerUrl)
}
