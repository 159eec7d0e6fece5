import { createContext, useContext, useEffect, useRef, useState } from 'react'
import type { EncodingLabel } from '../../../shared/extract/encoding'
import type { HtmlMode } from '../../../shared/intake/read-document'
import extractorUrl from '../../jobs/extract.worker.ts?worker&url'
import workerUrl from '../../jobs/import.worker.ts?worker&url'
import type { ImportProgress, ImportResult, ImportStart } from '../../jobs/import-messages'
import { type Job, startJob } from '../../jobs/job'
import { jobErrorOf } from '../../jobs/job-error'
import { NO_PACE } from '../../jobs/pace'
import type { ScannedFile, ScanProgress, ScanResult, ScanStart } from '../../jobs/scan-job'
import { workerAt } from '../../jobs/worker-at'
import { useJobs } from '../../session/jobs'
import { useSaving } from '../../session/saving'
import { useWorkspace } from '../../workspace/context'
import {
  addCollected,
  type Collected,
  collectChosen,
  collectDropped,
  NOTHING_COLLECTED,
} from './collect'
import { sendFiles } from './send-files'
import { choiceOf, type TableSetup } from './table-setup'

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
      /** How web pages are to be read, where that was chosen, by the place of the file. */
      readonly modes: ReadonlyMap<number, HtmlMode>
      /** What tables hold and become, by the place of the file. */
      readonly tables: ReadonlyMap<number, TableSetup>
    }
  | { readonly kind: 'running'; readonly progress: ImportProgress; readonly isStopping: boolean }
  | {
      readonly kind: 'done'
      readonly result: ImportResult
      /** What was imported, for another try. */
      readonly collected: Collected
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
  addChosen(files: readonly File[]): void
  addDropped(entries: readonly FileSystemEntry[]): void
  stopScan(): void
  /** `null` goes back to what was detected. */
  chooseEncoding(indexes: Iterable<number>, encoding: EncodingLabel | null): void
  /** `null` goes back to what is usual. */
  chooseMode(indexes: Iterable<number>, mode: HtmlMode | null): void
  /** What a table was found to hold, or is to become. */
  chooseTable(index: number, setup: TableSetup): void
  /** Goes back to choosing, with only those of the files just imported that have these places. */
  retry(indexes: readonly number[]): void
  start(): void
  /** Stops the import at the next good moment; what is in stays. */
  cancel(): void
}

const IDLE: ImportStage = { kind: 'idle' }

type Chosen = Pick<Choosing, 'chosen' | 'modes' | 'tables'>

const NOTHING_CHOSEN: Chosen = { chosen: new Map(), modes: new Map(), tables: new Map() }

/** What an import has brought that was stopped before it began. */
const STOPPED: ImportResult = {
  imported: 0,
  known: 0,
  knownFiles: [],
  problems: [],
  notes: [],
  similar: [],
  comparingFailed: false,
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
  /** A worker that has been sent these files, and is done with its scan. */
  const ready = useRef<{ worker: Worker; files: Collected['files'] } | null>(null)
  const endReady = () => {
    ready.current?.worker.terminate()
    ready.current = null
  }
  useEffect(
    () => () => {
      stop.current()
      ready.current?.worker.terminate()
    },
    [],
  )

  const become = (next: ImportStage) => {
    at.current = next
    setStage(next)
  }
  const update = (change: (choosing: Choosing) => Choosing) => {
    if (at.current.kind === 'choosing') become(change(at.current))
  }

  const scan = (collected: Collected, { chosen, modes, tables }: Chosen) => {
    stop.current()
    endReady()
    const begun = { scanned: new Map(), isScanning: true }
    become({ kind: 'choosing', collected, ...begun, chosen, modes, tables })
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
        {
          carrier,
          onProgress: ({ found }) => take(found, true),
          alone: action => action(),
          keepsWorker: true,
        },
      )
      const { found } = await job.result
      if (!isWanted) return worker.terminate()
      ready.current = { worker, files: collected.files }
      take(found, false)
    }
    scanAll().catch(
      (error: unknown) => isWanted && become({ kind: 'failed', error: jobErrorOf(error) }),
    )
  }

  const add = (more: Collected) => {
    if (at.current.kind === 'running') return
    const before = at.current.kind === 'choosing' ? at.current : null
    setOpen(true)
    scan(addCollected(before?.collected ?? NOTHING_COLLECTED, more), before ?? NOTHING_CHOSEN)
  }

  const collect = (collecting: (signal: AbortSignal) => Promise<Collected>) => {
    if (at.current.kind === 'running') return setOpen(true)
    const walk = new AbortController()
    if (at.current.kind !== 'choosing') become({ kind: 'collecting' })
    stop.current()
    endReady()
    stop.current = () => walk.abort()
    setOpen(true)
    collecting(walk.signal).then(
      collected => !walk.signal.aborted && add(collected),
      (error: unknown) => become({ kind: 'failed', error }),
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
      endReady()
      become(IDLE)
    },
    addChosen: files => collect(() => collectChosen(files)),
    addDropped: entries => collect(signal => collectDropped(entries, signal)),
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
    chooseMode: (indexes, mode) =>
      update(before => {
        const modes = new Map(before.modes)
        for (const index of indexes) {
          if (mode) modes.set(index, mode)
          else modes.delete(index)
        }
        return { ...before, modes }
      }),
    chooseTable: (index, setup) =>
      update(before => ({ ...before, tables: new Map(before.tables).set(index, setup) })),
    retry: indexes => {
      if (at.current.kind !== 'done') return
      const { files } = at.current.collected
      const again = indexes.flatMap(index => files[index] ?? [])
      scan({ ...NOTHING_COLLECTED, files: again }, NOTHING_CHOSEN)
    },
    start: () => {
      if (at.current.kind !== 'choosing' || !actor) return
      const { coderId } = actor
      const { collected, scanned, chosen, modes, tables } = at.current
      const choices = collected.files.map(({ path }, i) => ({
        path,
        size: scanned.get(i)?.size ?? null,
        encoding: chosen.get(i) ?? null,
        mode: modes.get(i) ?? null,
        table: choiceOf(tables.get(i)),
      }))
      const total = choices.length
      const id = actor.newId()
      // Handing thousands of files over takes seconds: the worker that looked at them goes on.
      const sent = ready.current?.files === collected.files ? ready.current.worker : null
      ready.current = null
      if (!sent) stop.current()
      const worker = sent ?? importWorker()
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
        const files = sent ? [] : collected.files.map(({ file }) => file)
        if (!(await sendFiles(worker, files, () => isWanted))) {
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
            choices,
            extractorUrl,
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
      show({ phase: 'reading', done: 0, total, bytes: 0, bytesTotal: 0, ...NO_PACE })
      importAll().then(
        result => {
          if (result.copyFailed) useSaving.getState().become({ kind: 'copy-failed' })
          end({ kind: 'done', result, collected })
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
