import { makeId, type ReportId, type VariableId } from '../../shared/domain/id'
import type { Report } from '../../shared/domain/report'
import type { Value, Variable } from '../../shared/domain/variable'
import type { CellValue as Typed } from '../../shared/domain/variable-value'
import type { EncodingLabel } from '../../shared/extract/encoding'
import { readTable, type Table, type TableNote } from '../../shared/extract/table'
import { guessMapping } from '../../shared/extract/table-mapping'
import {
  guessKey,
  type KeyedReport,
  matchRows,
  type RowKey,
  type RowMatches,
} from '../../shared/extract/table-match'
import { columnsIn, shortened, type TableColumn } from '../../shared/intake/table-reports'
import {
  type ColumnTarget,
  guessTargets,
  type KnownValues,
  type Listed,
  planValues,
  type TableCell,
  type UnfitReason,
  type ValuesPlan,
} from '../../shared/intake/table-values'
import type { ProjectDb } from '../data/database'
import { allReports } from '../data/reports'
import { allValues } from '../data/values'
import { allVariables } from '../data/variables'
import { bytesOf, type FileBytes, limitFor, tooLarge } from './file-bytes'
import type { Details, FileProblem } from './import-messages'

// A table of values stays in the worker that has read it: the page asks what it holds, what it
// would change and, in the end, for the cells. Nothing here writes.

/** Which table is to be read, and how. */
export interface ReadWish {
  readonly file: FileBytes
  /** `null` for the first with something in it. */
  readonly sheet: string | null
  /** The researcher's choice, for csv; `null` to detect it. */
  readonly encoding: EncodingLabel | null
}

/** What a table holds, as far as the page needs to know, and what is offered for it. */
export interface TableHead {
  readonly ok: true
  readonly format: Table['format']
  readonly sheet: string
  readonly sheets: readonly string[]
  readonly encoding: EncodingLabel | null
  readonly sure: boolean
  readonly rows: number
  readonly columns: readonly TableColumn[]
  readonly notes: Readonly<Partial<Record<TableNote, number>>>
  readonly key: RowKey
  readonly targets: readonly ColumnTarget[]
  /** The project's own variables. */
  readonly variables: readonly Variable[]
}

/** A table that could not be read, or that took too much. */
export interface RefusedTable {
  readonly ok: false
  readonly problem: FileProblem
  readonly details: Details
}

/** What is to be made of the table. */
export interface ValuesWish {
  readonly key: RowKey
  readonly targets: readonly ColumnTarget[]
}

/** A cell and the report that it is about. */
export interface PreviewCell {
  readonly row: number
  readonly column: number
  readonly title: string
  readonly cell: Typed
}

/** What taking the table in would do. Every list has its first lines only. */
export interface ValuesPreview {
  readonly ok: true
  readonly matched: number
  /** Rows about no report, with what they say of theirs. */
  readonly misses: Listed<{ readonly row: number; readonly key: string }>
  readonly clashes: Listed<{
    readonly key: string
    readonly rows: readonly number[]
    readonly titles: readonly string[]
    readonly reports: number
  }>
  readonly without: Listed<{ readonly title: string; readonly fileName: string }>
  readonly unfit: Listed<PreviewCell & { readonly reason: UnfitReason }>
  readonly replaced: Listed<PreviewCell & { readonly was: Typed }>
  readonly kept: Listed<PreviewCell & { readonly was: Typed }>
  readonly filled: number
  readonly same: number
  /** How many cells would be taken in. */
  readonly cells: number
  /** How many values each new category variable would have. */
  readonly categories: ReadonlyMap<VariableId, number>
}

/** What a preview has promised, to be handed over. */
export interface PlannedCells {
  readonly cells: readonly TableCell[]
  readonly categories: ValuesPlan['categories']
}

/** A table that was read, with what the project knew at that moment. */
export interface ValuesTable {
  readonly head: TableHead
  preview(wish: ValuesWish): ValuesPreview
  /** The cells of the last preview. */
  planned(): PlannedCells
}

/** The most cells that are taken in as one step; more are only counted. */
export interface ValuesLimits {
  readonly cells: number
  readonly lines: number
}

/** Reads a table and what it may be about. */
export async function readValuesTable(
  { file, sheet, encoding }: ReadWish,
  db: ProjectDb,
  limits: ValuesLimits,
): Promise<ValuesTable | RefusedTable> {
  const size = file.size
  if (size > limitFor(file.name)) return { ok: false, ...tooLarge(file.name, size) }
  const bytes = await bytesOf(file)
  if (!bytes) return { ok: false, problem: 'unreadable', details: {} }
  const table = await readTable(bytes, file.name, {
    ...(sheet === null ? {} : { sheet }),
    ...(encoding === null ? {} : { encoding }),
  })
  if (!table.ok) return table
  const [reports, values, variables] = await Promise.all([
    allReports(db),
    allValues(db),
    allVariables(db),
  ])
  return valuesTable(table, { reports, values, variables }, limits)
}

interface Project extends KnownValues {
  readonly reports: readonly Report[]
}

function valuesTable(table: Table, project: Project, limits: ValuesLimits): ValuesTable {
  const keyed = project.reports.map(report => keyedReport(report, project.values.get(report.id)))
  const titles = new Map(project.reports.map(({ id, title }) => [id, title]))
  const titleOf = (id: ReportId) => titles.get(id) ?? ''
  let matched: { key: string; found: RowMatches } | null = null
  let plan: ValuesPlan | null = null
  const matchesFor = (key: RowKey) => {
    const name = JSON.stringify(key)
    if (matched?.key !== name) matched = { key: name, found: matchRows(table, keyed, key) }
    return matched.found
  }
  return {
    head: headOf(table, project, keyed),
    preview({ key, targets }) {
      const found = matchesFor(key)
      const most = limits
      plan = planValues(table, found, { targets, known: project, most })
      const { cells, categories, filled, same, unfit, replaced, kept } = plan
      const titled = <L extends { readonly reportId: ReportId; readonly cell: Typed }>(
        list: Listed<L>,
      ) => ({
        count: list.count,
        lines: list.lines.map(({ reportId, ...line }) => ({
          ...line,
          cell: shortCell(line.cell),
          title: titleOf(reportId),
        })),
      })
      return {
        ...{ ok: true, matched: found.matches.length, filled, same, cells: cells.count },
        ...matchLines(table, { key, found, reports: project.reports, lines: limits.lines }),
        ...{ unfit: titled(unfit), replaced: titled(replaced), kept: titled(kept) },
        categories: new Map([...categories].map(([id, names]) => [id, names.length])),
      }
    },
    planned: () => ({ cells: plan?.cells.lines ?? [], categories: plan?.categories ?? new Map() }),
  }
}

function headOf(table: Table, project: Project, keyed: readonly KeyedReport[]): TableHead {
  const { format, sheet, sheets, encoding, sure, notes } = table
  const key = guessKey(table, keyed)
  const skip = columnsOf(key)
  const guessed = guessMapping(table)
  return {
    ...{ ok: true, format, sheet, sheets, encoding, sure, notes, key },
    rows: table.rows.length,
    columns: columnsIn(table, guessed),
    targets: guessTargets(table.columns, project.variables, {
      guessed,
      skip,
      newId: newVariableId,
    }),
    variables: project.variables,
  }
}

/** The columns that a key is read from. */
export function columnsOf(key: RowKey): number[] {
  return key.by === 'place+year' ? [key.place, key.year] : [key.column]
}

function newVariableId(): VariableId {
  return makeId(Date.now(), () => Math.random()) as VariableId
}

function keyedReport({ id, fileName, title }: Report, values: readonly Value[] = []): KeyedReport {
  const valueAt = (key: Value['variable']) => values.find(each => each.variable === key)?.value
  const place = valueAt('place')
  const code = valueAt('place_code')
  const year = valueAt('year')
  return {
    ...{ id, fileName, title },
    place: place === undefined ? null : String(place),
    placeCode: code === undefined ? null : String(code),
    year: typeof year === 'number' ? year : null,
  }
}

/** So many rows and reports of one clash are named. */
const NAMED = 20

function matchLines(
  table: Table,
  wish: {
    readonly key: RowKey
    readonly found: RowMatches
    readonly reports: readonly Report[]
    readonly lines: number
  },
): Pick<ValuesPreview, 'misses' | 'clashes' | 'without'> {
  const { key, found, reports, lines } = wish
  const titles = new Map(reports.map(({ id, title }) => [id, title]))
  const rowAt = new Map(table.rows.map(({ row, cells }) => [row, cells]))
  const keyOf = (row: number) =>
    columnsOf(key)
      .flatMap(column => rowAt.get(row)?.[column] ?? [])
      .map(cell => shortened(String(cell)))
      .join(' ')
  const settled = new Set([
    ...found.matches.map(({ reportId }) => reportId),
    ...found.clashes.flatMap(({ reportIds }) => reportIds),
  ])
  const without = reports.filter(({ id }) => !settled.has(id))
  return {
    misses: {
      count: found.misses.length,
      lines: found.misses.slice(0, lines).map(row => ({ row, key: keyOf(row) })),
    },
    clashes: {
      count: found.clashes.length,
      lines: found.clashes.slice(0, lines).map(({ rows, reportIds }) => ({
        key: keyOf(rows[0] ?? 0),
        rows: rows.slice(0, NAMED),
        titles: reportIds.slice(0, NAMED).map(id => titles.get(id) ?? ''),
        reports: reportIds.length,
      })),
    },
    without: {
      count: without.length,
      lines: without.slice(0, lines).map(({ title, fileName }) => ({ title, fileName })),
    },
  }
}

function shortCell(cell: Typed): Typed {
  return typeof cell === 'string' ? shortened(cell) : cell
}
