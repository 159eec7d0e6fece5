import type { ReportId } from '../domain/id'
import { placeCandidates, shortNameOf } from '../text/places'
import type { CellValue, Table } from './table'
import { guessMapping, readValueAs } from './table-mapping'

// Which row of a table is about which report. A key is compared as it stands first; only what
// found nothing is compared again with less care. What fits more than one is never decided here.

/** The columns, counted from 0, that say which report a row is about. */
export type RowKey =
  | { readonly by: 'fileName' | 'title'; readonly column: number }
  | { readonly by: 'place+year'; readonly place: number; readonly year: number }

/** What a report can be known by. */
export interface KeyedReport {
  readonly id: ReportId
  readonly fileName: string
  readonly title: string
  /** `null` where it is not known, as with the next two. */
  readonly place: string | null
  readonly placeCode: string | null
  readonly year: number | null
}

/** Rows and reports that have the same key: several of the one, of the other, or of both. */
export interface RowClash {
  readonly rows: readonly number[]
  readonly reportIds: readonly ReportId[]
}

/** Rows are named as in {@link Table.rows}. */
export interface RowMatches {
  readonly matches: readonly { readonly row: number; readonly reportId: ReportId }[]
  /** Rows that are about no report, or that do not say about which. */
  readonly misses: readonly number[]
  readonly clashes: readonly RowClash[]
}

/** Finds the report of each row. A report has one row at most, and a row one report. */
export function matchRows(table: Table, reports: readonly KeyedReport[], key: RowKey): RowMatches {
  const matches: { row: number; reportId: ReportId }[] = []
  const clashes: RowClash[] = []
  const codes = new Map<string, string | null>()
  const codeNamed = (name: string) => {
    if (!codes.has(name)) codes.set(name, codeOf(name))
    return codes.get(name) ?? null
  }
  let rows = table.rows.map(({ row, cells }) => ({ row, keys: keysOfRow(cells, key, codeNamed) }))
  let left = reports.map(report => ({ id: report.id, keys: keysOfReport(report, key, codeNamed) }))
  for (let care = 0; care < LEVELS_OF_CARE; care++) {
    const groups = new Map<string, { rows: number[]; reportIds: ReportId[] }>()
    const groupOf = (name: string) => {
      const known = groups.get(name)
      if (known) return known
      const group = { rows: [], reportIds: [] }
      groups.set(name, group)
      return group
    }
    for (const { row, keys } of rows) {
      const name = keys[care]
      if (name) groupOf(name).rows.push(row)
    }
    for (const { id, keys } of left) {
      const name = keys[care]
      if (name) groupOf(name).reportIds.push(id)
    }
    const settledRows = new Set<number>()
    const settledReports = new Set<ReportId>()
    for (const group of groups.values()) {
      const [row] = group.rows
      const [reportId] = group.reportIds
      if (row === undefined || reportId === undefined) continue
      if (group.rows.length === 1 && group.reportIds.length === 1) matches.push({ row, reportId })
      else clashes.push(group)
      for (const each of group.rows) settledRows.add(each)
      for (const each of group.reportIds) settledReports.add(each)
    }
    rows = rows.filter(each => !settledRows.has(each.row))
    left = left.filter(each => !settledReports.has(each.id))
  }
  matches.sort((a, b) => a.row - b.row)
  return { matches, misses: rows.map(({ row }) => row), clashes }
}

/**
 * The key by which most of the first rows find a report: a file name before a title where they
 * do as well, and place and year where neither does. Where nothing is found, by what the columns
 * are called.
 */
export function guessKey(table: Table, reports: readonly KeyedReport[]): RowKey {
  const sample = { ...table, rows: table.rows.slice(0, GUESSED_FROM) }
  let best: { key: RowKey; found: number } | null = null
  for (const by of ['fileName', 'title'] as const) {
    const known = new Set(reports.flatMap(report => keysOfName(report[by])))
    known.delete(null)
    for (const column of table.columns.keys()) {
      const found = sample.rows.filter(({ cells }) =>
        keysOfName(cells[column] ?? null).some(key => known.has(key)),
      ).length
      if (found > (best?.found ?? 0)) best = { key: { by, column }, found }
    }
  }
  if (best && 2 * best.found >= sample.rows.length) return best.key
  const { title, variables } = guessMapping(sample)
  const columnOf = (wanted: string) => variables.find(({ variable }) => variable === wanted)?.column
  const [place, year] = [columnOf('place'), columnOf('year')]
  if (place !== undefined && year !== undefined) {
    const key = { by: 'place+year', place, year } as const
    const { matches, clashes } = matchRows(sample, reports, key)
    if (!best || matches.length + clashes.length > best.found) return key
  }
  if (best) return best.key
  const named = table.columns.findIndex(name => FILE_NAME.test(name))
  if (named >= 0) return { by: 'fileName', column: named }
  return title === null ? { by: 'fileName', column: 0 } : { by: 'title', column: title }
}

/** Rows that are looked at to guess. */
const GUESSED_FROM = 200
const FILE_NAME = /\u6587\u4ef6\u540d|file[ _-]?name|^file$/i

/** One key for each level of care; `null` where there is none. */
type Keys = readonly (string | null)[]

const LEVELS_OF_CARE = 3

type CodeNamed = (name: string) => string | null

function keysOfRow(cells: readonly CellValue[], key: RowKey, codeNamed: CodeNamed): Keys {
  if (key.by !== 'place+year') return keysOfName(cells[key.column] ?? null)
  const place = cells[key.place] ?? null
  const year = readValueAs(cells[key.year] ?? null, 'year')
  if (place === null || typeof year !== 'number') return []
  return keysOfPlace(String(place), codeNamed(String(place)), year)
}

function keysOfReport(report: KeyedReport, key: RowKey, codeNamed: CodeNamed): Keys {
  if (key.by === 'fileName') return keysOfName(report.fileName)
  if (key.by === 'title') return keysOfName(report.title)
  const { place, placeCode, year } = report
  if (place === null || year === null) return []
  return keysOfPlace(place, placeCode ?? codeNamed(place), year)
}

/** As it stands; without case, width and spaces; without punctuation and a file's ending. */
function keysOfName(name: CellValue): Keys {
  if (name === null || name === '') return []
  const folded = String(name).normalize('NFKC').toLowerCase().replace(/\s+/g, '')
  const bare = folded.replace(/\.[a-z][a-z0-9]{0,4}$/, '').replace(/[\p{P}\p{S}]+/gu, '')
  return [String(name), folded || null, bare || null]
}

/** By name; without spaces; by the division's code, so that names in full and short agree. */
function keysOfPlace(place: string, code: string | null, year: number): Keys {
  const bare = place.normalize('NFKC').replace(/\s+/g, '')
  return [`${place} ${year}`, bare && `${bare} ${year}`, code && `${code} ${year}`]
}

/** The code of the one place that a name can mean. */
function codeOf(name: string): string | null {
  const bare = name.replace(/\s+/g, '')
  const meant = placeCandidates(bare).filter(
    place => bare.endsWith(place.name) || shortNameOf(place.name) === bare,
  )
  const codes = new Set(meant.map(({ code }) => code))
  return codes.size === 1 ? ([...codes][0] ?? null) : null
}
