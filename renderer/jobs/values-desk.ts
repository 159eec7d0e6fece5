import { DOCUMENT_LIMITS, refuse } from '../../shared/extract/document'
import type { TableCell } from '../../shared/intake/table-values'
import type { ExtractWorker } from './extractor'
import type {
  PlannedCells,
  ReadWish,
  RefusedTable,
  TableHead,
  ValuesLimits,
  ValuesPreview,
  ValuesWish,
} from './values-job'

// The page's end of values.worker.ts. A table that takes too long or too much is given up together
// with its worker; nothing else notices.

/** What is asked of the worker, one thing at a time. */
export type DeskQuestion =
  | {
      readonly kind: 'read'
      readonly wish: ReadWish
      readonly database: string
      readonly limits: ValuesLimits
    }
  | { readonly kind: 'preview'; readonly wish: ValuesWish }
  | { readonly kind: 'cells' }

/** What it answers; `part`s come before their `cells`. */
export type DeskAnswer =
  | { readonly kind: 'read'; readonly table: TableHead | RefusedTable }
  | { readonly kind: 'preview'; readonly preview: ValuesPreview }
  | { readonly kind: 'part'; readonly cells: readonly TableCell[] }
  | { readonly kind: 'cells'; readonly categories: PlannedCells['categories'] }

/** A table on its desk. Every answer is `null` once something newer was asked, or it has ended. */
export interface ValuesDesk {
  read(wish: ReadWish): Promise<TableHead | RefusedTable | null>
  preview(wish: ValuesWish): Promise<ValuesPreview | RefusedTable | null>
  /** The cells of the last preview. */
  cells(): Promise<PlannedCells | RefusedTable | null>
  /** Ends the worker, whatever it is doing. */
  end(): void
}

export interface DeskOptions {
  readonly database: string
  readonly limits: ValuesLimits
  /** Milliseconds that one question may take. */
  readonly limitMs?: number
}

/** An answer that is whole. */
type Whole =
  | Extract<DeskAnswer, { kind: 'read' | 'preview' }>
  | ({ readonly kind: 'cells' } & PlannedCells)

interface Asked {
  readonly question: DeskQuestion
  finish(answer: Whole | RefusedTable | null): void
}

/** Opens a desk; its worker starts with the first question. */
export function openValuesDesk(
  start: () => ExtractWorker,
  { database, limits, limitMs = DOCUMENT_LIMITS.seconds * 1000 }: DeskOptions,
): ValuesDesk {
  let worker: ExtractWorker | null = null
  let asked: Asked | null = null
  /** Waits for the answer before it; a newer question takes its place. */
  let next: Asked | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let parts: TableCell[] = []
  let hasEnded = false

  const finish = (answer: Whole | RefusedTable | null) => {
    clearTimeout(timer)
    const done = asked
    asked = null
    done?.finish(answer)
    if (next && !asked) begin(next)
  }

  const giveUp = (why: RefusedTable) => {
    worker?.terminate()
    worker = null
    next?.finish(null)
    next = null
    finish(why)
  }

  const begin = (one: Asked) => {
    next = null
    asked = one
    parts = []
    worker ??= hired()
    timer = setTimeout(
      () => giveUp(refuse('too-slow', { seconds: Math.round(limitMs / 1000) })),
      limitMs,
    )
    worker.postMessage(one.question)
  }

  const hired = () => {
    const mine = start()
    mine.onmessage = ({ data }: MessageEvent<DeskAnswer>) => {
      // What was given up may still answer.
      if (worker !== mine) return
      if (data.kind === 'part') for (const cell of data.cells) parts.push(cell)
      else finish(data.kind === 'cells' ? { ...data, cells: parts } : data)
    }
    const fail = (why: RefusedTable) => worker === mine && giveUp(why)
    mine.onerror = ({ message }) =>
      fail(/memory/i.test(message) ? refuse('too-much-memory') : refuse('damaged', { where: '' }))
    mine.onmessageerror = () => fail(refuse('too-much-memory'))
    return mine
  }

  const ask = (question: DeskQuestion) =>
    new Promise<Whole | RefusedTable | null>(resolve => {
      if (hasEnded) return resolve(null)
      const one: Asked = { question, finish: resolve }
      next?.finish(null)
      if (asked) next = one
      else begin(one)
    })

  return {
    async read(wish) {
      // Another reading makes all before it pointless, so it need not wait for that.
      worker?.terminate()
      worker = null
      next?.finish(null)
      next = null
      finish(null)
      const answer = await ask({ kind: 'read', wish, database, limits })
      return answer && 'kind' in answer ? (answer.kind === 'read' ? answer.table : null) : answer
    },
    async preview(wish) {
      const answer = await ask({ kind: 'preview', wish })
      if (!answer || !('kind' in answer)) return answer
      return answer.kind === 'preview' ? answer.preview : null
    },
    async cells() {
      const answer = await ask({ kind: 'cells' })
      if (!answer || !('kind' in answer)) return answer
      return answer.kind === 'cells' ? answer : null
    },
    end() {
      hasEnded = true
      worker?.terminate()
      worker = null
      next?.finish(null)
      next = null
      finish(null)
    },
  }
}
