import { useEffect, useRef, useState } from 'react'
import { MAX_CELLS, mergeImportedValues } from '../../../shared/commands/variables'
import type { EncodingLabel } from '../../../shared/extract/encoding'
import type { RowKey } from '../../../shared/extract/table-match'
import type { ColumnTarget } from '../../../shared/intake/table-values'
import workerUrl from '../../jobs/values.worker.ts?worker&url'
import { openValuesDesk, type ValuesDesk } from '../../jobs/values-desk'
import type { PlannedCells, RefusedTable, TableHead, ValuesPreview } from '../../jobs/values-job'
import { workerAt } from '../../jobs/worker-at'
import { useWorkspace } from '../../workspace/context'
import { GivenUp } from '../../workspace/run'
import { usedTargets } from './targets'

/** Which file is being looked at, and as what. */
export interface TableChoice {
  readonly file: File
  readonly sheet: string | null
  /** What the researcher chose; `null` while it is detected. */
  readonly encoding: EncodingLabel | null
}

/** A table that was read, and what has been chosen about it. */
export interface TableSetup {
  readonly head: TableHead
  readonly key: RowKey
  readonly targets: readonly ColumnTarget[]
  /** What it would change; `null` until that is known. */
  readonly preview: ValuesPreview | null
  /** Whether the preview is of earlier choices. */
  readonly isStale: boolean
}

/** What was taken in. */
export interface TakenIn {
  readonly values: number
  readonly reports: number
  readonly variables: number
}

export type ValuesStage =
  | { readonly kind: 'empty' }
  | ({ readonly kind: 'reading' } & TableChoice)
  | ({ readonly kind: 'refused'; readonly refused: RefusedTable } & TableChoice)
  | ({ readonly kind: 'ready' | 'writing'; readonly error: unknown } & TableChoice & TableSetup)
  | { readonly kind: 'done'; readonly taken: TakenIn }

/** An import of values, from the choice of a file to what was taken in. */
export interface ValuesImport {
  readonly stage: ValuesStage
  /** Reads a file; another sheet or encoding of the same one, too. */
  read(choice: TableChoice): void
  choose(change: Partial<Pick<TableSetup, 'key' | 'targets'>>): void
  /** Writes what the preview has shown, as one step. */
  take(): void
}

/** How many lines of each list are looked at; the rest is counted. */
const LINES = 500

/** Runs one import of values. Its worker ends with the component. */
export function useValuesImport(): ValuesImport {
  const { db, runner } = useWorkspace()
  const [stage, setStage] = useState<ValuesStage>({ kind: 'empty' })
  /** The stage as it is now, for what ends long after the drawing that began it. */
  const at = useRef(stage)
  const desk = useRef<ValuesDesk | null>(null)
  useEffect(
    () => () => {
      desk.current?.end()
      desk.current = null
    },
    [],
  )
  const become = (next: ValuesStage) => {
    at.current = next
    setStage(next)
  }
  const deskNow = () => {
    desk.current ??= openValuesDesk(() => workerAt(workerUrl), {
      database: db.name,
      limits: { cells: MAX_CELLS, lines: LINES },
    })
    return desk.current
  }

  const preview = async () => {
    const asked = at.current
    if (asked.kind !== 'ready') return
    const { key, targets } = asked
    const found = await deskNow().preview({ key, targets: usedTargets(targets, key) })
    const now = at.current
    if (!found || now.kind !== 'ready' || now.key !== key || now.targets !== targets) return
    if (found.ok) become({ ...now, preview: found, isStale: false })
    else become({ ...choiceOf(now), kind: 'refused', refused: found })
  }

  const read: ValuesImport['read'] = async choice => {
    become({ kind: 'reading', ...choice })
    const table = await deskNow().read(choice)
    if (!table) return
    if (!table.ok) return become({ kind: 'refused', ...choice, refused: table })
    const { key, targets } = table
    const setup = { head: table, key, targets, preview: null, isStale: true, error: null }
    become({ kind: 'ready', ...choice, ...setup })
    await preview()
  }

  const take = async () => {
    const before = at.current
    if (before.kind !== 'ready' || before.isStale) return
    become({ ...before, kind: 'writing', error: null })
    try {
      const planned = await deskNow().cells()
      if (!planned) return
      if ('ok' in planned) {
        return become({ ...choiceOf(before), kind: 'refused', refused: planned })
      }
      const entry = await runner.run(mergeImportedValues(mergeOf(planned, before.targets)))
      const changes = entry && entry.kind !== 'import' ? entry.changes : []
      const reports = new Set<string>()
      let values = 0
      for (const { table, after } of changes) {
        if (table !== 'values' || !after) continue
        values++
        reports.add(after.reportId)
      }
      const variables = changes.filter(({ table }) => table === 'variables').length
      become({ kind: 'done', taken: { values, reports: reports.size, variables } })
      desk.current?.end()
      desk.current = null
    } catch (error) {
      // Nothing was written; who gave up saving has been told so.
      become({ ...before, error: error instanceof GivenUp ? null : error })
    }
  }

  return {
    stage,
    read: choice => void read(choice),
    choose: change => {
      if (at.current.kind !== 'ready') return
      become({ ...at.current, ...change, isStale: true, error: null })
      void preview()
    },
    take: () => void take(),
  }
}

function choiceOf({ file, sheet, encoding }: TableChoice): TableChoice {
  return { file, sheet, encoding }
}

/** What the command takes: cells, and those of the new variables that have any. */
function mergeOf({ cells, categories }: PlannedCells, targets: readonly ColumnTarget[]) {
  const used = new Set(cells.map(({ variable }) => variable))
  const variables = targets.flatMap(({ variable }) =>
    typeof variable === 'string' || !used.has(variable.id)
      ? []
      : [{ ...variable, categories: categories.get(variable.id) ?? [] }],
  )
  return { cells, variables }
}
