import type { ReportId } from '../../shared/domain/id'
import {
  DOCUMENT_LIMITS,
  type DocumentFile,
  type RefusedDocument,
  refuse,
} from '../../shared/extract/document'
import type { DocumentSource } from '../../shared/intake/read-document'
import type { Study } from '../../shared/intake/study'
import type { TableChoice, TableLook, TableRows } from '../../shared/intake/table-reports'

// Documents are read in workers of their own. One that hangs is ended together with its worker,
// and the next file gets a new one: a file costs at most its own place in the project.

/** A document that was read, and studied if it has a text. */
export interface Extracted {
  readonly document: DocumentFile
  readonly study: Study
}

/** Reads documents and studies texts, one after the other in as many workers as there are. */
export interface Extractor {
  /** `null` when {@link end} came first. Never rejects: what goes wrong is the file's problem. */
  read(source: DocumentSource, reportId: ReportId): Promise<Extracted | null>
  /** Reads the reports of a table, without studying them; answers as {@link read} does. */
  readTable(
    source: DocumentSource,
    choice: TableChoice,
  ): Promise<TableRows | RefusedDocument | null>
  /** Looks at a table, whose bytes are gone then; answers as {@link read} does. */
  lookAt(source: DocumentSource, sheet: string | null): Promise<TableLook | RefusedDocument | null>
  /** Studies plain texts, in order; `null` when {@link end} came first. */
  study(texts: readonly PlainText[]): Promise<readonly Study[] | null>
  /** Ends everything at once, and for good. */
  end(): void
}

export interface PlainText {
  readonly reportId: ReportId
  readonly text: string
}

/** What is asked of the worker. */
export type ExtractRequest =
  | { readonly kind: 'read'; readonly source: DocumentSource; readonly reportId: ReportId }
  | { readonly kind: 'study'; readonly texts: readonly PlainText[] }
  | { readonly kind: 'table'; readonly source: DocumentSource; readonly choice: TableChoice }
  | { readonly kind: 'look'; readonly source: DocumentSource; readonly sheet: string | null }

/** What it answers. */
export type ExtractAnswer =
  | { readonly kind: 'read'; readonly extracted: Extracted }
  | { readonly kind: 'study'; readonly studies: readonly Study[] }
  | { readonly kind: 'table'; readonly table: TableRows | RefusedDocument }
  | { readonly kind: 'look'; readonly look: TableLook | RefusedDocument }

/** The part of a worker that is used. */
export type ExtractWorker = Pick<
  Worker,
  'postMessage' | 'terminate' | 'onmessage' | 'onerror' | 'onmessageerror'
>

export const NO_STUDY: Study = { values: [], sketch: null }

interface Task {
  readonly request: ExtractRequest
  readonly move: Transferable[]
  /** Told once: an answer, or why there is none. */
  finish(answer: ExtractAnswer | 'ended' | 'failed' | 'too-slow' | 'too-much-memory'): void
}

interface Slot {
  worker: ExtractWorker | null
  task: Task | null
  timer: ReturnType<typeof setTimeout> | undefined
}

/**
 * An extractor with at most `count` workers, which are started when they are needed. A request
 * that takes longer than `limitMs` is given up.
 */
export function openExtractor(
  start: () => ExtractWorker,
  { count, limitMs = DOCUMENT_LIMITS.seconds * 1000 }: { count: number; limitMs?: number },
): Extractor {
  const slots: Slot[] = Array.from({ length: count }, () => ({
    worker: null,
    task: null,
    timer: undefined,
  }))
  const waiting: Task[] = []
  let hasEnded = false

  const next = () => {
    for (const slot of slots) {
      if (waiting.length === 0) return
      if (!slot.task) begin(slot, waiting.shift()!)
    }
  }

  const begin = (slot: Slot, task: Task) => {
    slot.worker ??= start()
    slot.task = task
    const { worker } = slot
    const fail = (how: 'failed' | 'too-slow' | 'too-much-memory') => {
      if (slot.worker !== worker) return
      worker.terminate()
      slot.worker = null
      release(slot)?.finish(how)
      next()
    }
    worker.onmessage = ({ data }: MessageEvent<ExtractAnswer>) => {
      // What was given up may still answer.
      if (slot.worker !== worker) return
      release(slot)?.finish(data)
      next()
    }
    worker.onerror = ({ message }) => fail(/memory/i.test(message) ? 'too-much-memory' : 'failed')
    worker.onmessageerror = () => fail('failed')
    slot.timer = setTimeout(() => fail('too-slow'), limitMs)
    worker.postMessage(task.request, task.move)
  }

  const ask = (request: ExtractRequest, move: Transferable[]) =>
    new Promise<Parameters<Task['finish']>[0]>(resolve => {
      if (hasEnded) return resolve('ended')
      waiting.push({ request, move, finish: resolve })
      next()
    })

  const studyPart = async (texts: readonly PlainText[]): Promise<readonly Study[] | null> => {
    if (texts.length === 0) return []
    const answer = await ask({ kind: 'study', texts }, [])
    if (answer === 'ended') return null
    if (typeof answer !== 'string' && answer.kind === 'study') return answer.studies
    // Nothing that is read from a text is worth refusing the text for, and what one of them does
    // to its reader costs that one only.
    if (texts.length === 1) return [NO_STUDY]
    const middle = texts.length >> 1
    const first = await studyPart(texts.slice(0, middle))
    const rest = first && (await studyPart(texts.slice(middle)))
    return first && rest && [...first, ...rest]
  }

  return {
    async read(source, reportId) {
      // A copy is moved: the caller still needs the bytes.
      const bytes = source.bytes.slice()
      const request = { kind: 'read', source: { ...source, bytes }, reportId } as const
      const answer = await ask(request, [bytes.buffer])
      if (answer === 'ended') return null
      if (typeof answer !== 'string' && answer.kind === 'read') return answer.extracted
      return { document: refusalFor(answer, limitMs), study: NO_STUDY }
    },
    async readTable(source, choice) {
      const bytes = source.bytes.slice()
      const request = { kind: 'table', source: { ...source, bytes }, choice } as const
      const answer = await ask(request, [bytes.buffer])
      if (answer === 'ended') return null
      const isTable = typeof answer !== 'string' && answer.kind === 'table'
      return isTable ? answer.table : refusalFor(answer, limitMs)
    },
    async lookAt(source, sheet) {
      const request = { kind: 'look', source, sheet } as const
      const { buffer } = source.bytes
      const answer = await ask(request, buffer instanceof ArrayBuffer ? [buffer] : [])
      if (answer === 'ended') return null
      const isLook = typeof answer !== 'string' && answer.kind === 'look'
      return isLook ? answer.look : refusalFor(answer, limitMs)
    },
    async study(texts) {
      const each = Math.ceil(texts.length / count)
      const parts = Array.from({ length: count }, (_, i) => texts.slice(i * each, (i + 1) * each))
      const studied = await Promise.all(parts.map(studyPart))
      return studied.some(part => part === null) ? null : studied.flatMap(part => part ?? [])
    },
    end() {
      hasEnded = true
      const ended = [...waiting.splice(0), ...slots.flatMap(slot => release(slot) ?? [])]
      for (const slot of slots) {
        slot.worker?.terminate()
        slot.worker = null
      }
      for (const task of ended) task.finish('ended')
    },
  }
}

/** Why there is no answer, as the file's problem. */
function refusalFor(why: ExtractAnswer | string, limitMs: number): RefusedDocument {
  if (why === 'too-slow') return refuse('too-slow', { seconds: Math.round(limitMs / 1000) })
  return why === 'too-much-memory' ? refuse('too-much-memory') : refuse('damaged', { where: '' })
}

/** Takes the task off a slot; `null` when it has none any more. */
function release(slot: Slot): Task | null {
  clearTimeout(slot.timer)
  const { task } = slot
  slot.task = null
  return task
}
