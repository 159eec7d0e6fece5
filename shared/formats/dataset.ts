import { type Annotation, inReadingOrder, isIntact } from '../domain/annotation'
import { type Code, type CodeNode, codePath, codeTree } from '../domain/code'
import type { CodeId, CoderId, Hash } from '../domain/id'
import type { Coder, Project } from '../domain/project'
import type { Report } from '../domain/report'
import { codePointIndex, codePointsIn } from '../text/code-points'
import { CSV_BOM, type CsvCell, csvLine, guardedCell } from './csv'
import {
  CODE_COLUMNS,
  type Column,
  namesOf,
  PER_CODE_COLUMNS,
  PROTECTION,
  REPORT_COLUMNS,
  SEGMENT_COLUMNS,
} from './dataset-columns'

// The coded dataset: three tables and a manifest that explains and vouches for them. The same
// project and options give the same bytes on any machine and in any year, so nothing here
// asks a clock; and nothing is left out, so what cannot be trusted is written and reported.

/** The files of a dataset, in the order in which they are listed. */
export const DATASET_FILES = {
  segments: 'segments.csv',
  reportCode: 'report_code.csv',
  codebook: 'codebook.csv',
  manifest: 'manifest.json',
} as const

/** What a researcher may choose. */
export interface DatasetOptions {
  /** Whether texts that a spreadsheet could take for formulas get an apostrophe before them. */
  readonly protectForSpreadsheets: boolean
}

/** What a dataset says of its project, apart from the reports and their annotations. */
export interface DatasetSource {
  readonly programVersion: string
  readonly project: Pick<Project, 'id' | 'name'>
  /** `seq` of the last journal entry that the dataset holds. */
  readonly seq: number
  /** In any order. */
  readonly codes: readonly Code[]
  readonly coders: readonly Coder[]
  readonly options: DatasetOptions
}

/** One of the tables, as it was written. */
export interface WrittenTable {
  readonly name: string
  readonly bytes: number
  readonly sha256: Hash
}

/** What a dataset holds, and what in it asks for attention. */
export interface DatasetCounts {
  readonly reports: number
  readonly reportsWithoutSegments: number
  readonly codes: number
  readonly coders: number
  readonly segments: number
  readonly segmentsNotIntact: number
  readonly segmentsWithUnknownCode: number
  readonly segmentsWithUnknownCoder: number
  readonly segmentsWithUnknownReport: number
}

/** The lines that a report adds to the two long tables. */
export interface ReportLines {
  readonly segments: string
  readonly reportCode: string
}

/** A dataset while it is written: reports in order, then strays, then codebook and manifest. */
export interface Dataset {
  /** The two long tables' first lines, with the byte order mark. */
  readonly head: ReportLines
  /**
   * A report's lines. `text` is needed only where there are annotations; with `null` they
   * are written all the same and count as not intact.
   */
  addReport(report: Report, annotations: readonly Annotation[], text: string | null): ReportLines
  /** Lines of `segments.csv` for annotations whose report is gone. */
  addStrays(annotations: readonly Annotation[]): string
  /** The whole codebook table. Counts what was added so far. */
  codebook(): string
  manifest(tables: readonly WrittenTable[]): string
  counts(): DatasetCounts
  /** Records in a table, without its first line. */
  rowsIn(table: string): number
}

/**
 * What stands in a code's column names after `n_` and `b_`: the last six characters of its
 * id, more of them where another code has the same.
 *
 * Made from the id, so that it outlives renaming, moving and adding codes; ASCII letters and
 * digits only, which R, Stata and SPSS take; unique without regard to case. Where two codes
 * would share one, the older (by id) keeps the short form.
 */
export function columnStems(codes: readonly Pick<Code, 'id'>[]): Map<CodeId, string> {
  const stems = new Map<CodeId, string>()
  const taken = new Set<string>()
  for (const id of codes.map(code => code.id).sort()) {
    const plain = id.toLowerCase().replace(/[^a-z0-9]/g, '') || 'code'
    let length = Math.min(6, plain.length)
    while (length < Math.min(24, plain.length) && taken.has(plain.slice(-length))) length++
    const stem = plain.slice(-length)
    let free = stem
    for (let n = 2; taken.has(free); n++) free = `${stem}_${n}`
    taken.add(free)
    stems.set(id, free)
  }
  return stems
}

/** Begins a dataset. */
export function beginDataset(source: DatasetSource): Dataset {
  const { options } = source
  const nodes = flat(codeTree(source.codes))
  const codes = new Map<CodeId, Code>(source.codes.map(code => [code.id, code]))
  const paths = new Map<CodeId, string>(
    nodes.map(({ code }) => [code.id, codePath(codes, code.id)]),
  )
  const coders = new Map<CoderId, Coder>(source.coders.map(coder => [coder.id, coder]))
  const stems = columnStems(source.codes)
  const uses = new Map<CodeId, { segments: number; reports: number }>(
    nodes.map(({ code }) => [code.id, { segments: 0, reports: 0 }]),
  )
  const count = {
    reports: 0,
    reportsWithoutSegments: 0,
    codes: nodes.length,
    coders: source.coders.length,
    segments: 0,
    segmentsNotIntact: 0,
    segmentsWithUnknownCode: 0,
    segmentsWithUnknownCoder: 0,
    segmentsWithUnknownReport: 0,
  }
  const notIntact: object[] = []
  const unknownCode: string[] = []
  const unknownCoder: string[] = []
  const textVersions = new Set<number>()
  let latest = Math.max(-1, ...[...source.codes, ...source.coders].map(row => row.createdAt))

  const line = (cells: readonly CsvCell[]) =>
    csvLine(
      options.protectForSpreadsheets
        ? cells.map(cell => (typeof cell === 'string' ? guardedCell(cell) : cell))
        : cells,
    )

  return {
    head: {
      segments: CSV_BOM + csvLine(namesOf(SEGMENT_COLUMNS)),
      reportCode:
        CSV_BOM +
        csvLine([
          ...namesOf(REPORT_COLUMNS),
          ...nodes.flatMap(({ code }) => [`n_${stems.get(code.id)}`, `b_${stems.get(code.id)}`]),
        ]),
    },
    addReport(report, annotations, text) {
      count.reports++
      if (annotations.length === 0) count.reportsWithoutSegments++
      textVersions.add(report.textVersion)
      latest = Math.max(latest, report.addedAt)
      const own = new Map<CodeId, number>()
      for (const { codeId } of annotations) own.set(codeId, (own.get(codeId) ?? 0) + 1)
      const cells: CsvCell[] = [
        report.id,
        report.title,
        report.fileName,
        report.chars,
        annotations.length,
      ]
      for (const { code } of nodes) {
        const n = own.get(code.id) ?? 0
        if (n > 0) uses.get(code.id)!.reports++
        cells.push(n, n > 0 ? 1 : 0)
      }
      return { segments: segmentLines(report, annotations, text), reportCode: line(cells) }
    },
    addStrays(annotations) {
      count.segmentsWithUnknownReport += annotations.length
      const byReport = [...annotations].sort(
        (a, b) =>
          (a.reportId < b.reportId ? -1 : a.reportId > b.reportId ? 1 : 0) || inReadingOrder(a, b),
      )
      return byReport.map(annotation => segmentLine(annotation, null, null, null)).join('')
    },
    codebook() {
      const lines = nodes.map(({ code, depth }) =>
        line([
          code.id,
          `n_${stems.get(code.id)}`,
          `b_${stems.get(code.id)}`,
          code.parentId ?? '',
          paths.get(code.id) ?? '',
          code.name,
          depth + 1,
          code.definition,
          code.include,
          code.exclude,
          code.example,
          code.color,
          uses.get(code.id)!.segments,
          uses.get(code.id)!.reports,
        ]),
      )
      return CSV_BOM + csvLine(namesOf(CODE_COLUMNS)) + lines.join('')
    },
    manifest,
    counts: () => ({ ...count }),
    rowsIn,
  }

  function segmentLines(
    report: Report,
    annotations: readonly Annotation[],
    text: string | null,
  ): string {
    if (annotations.length === 0) return ''
    const index = text === null ? null : codePointIndex(text)
    return [...annotations]
      .sort(inReadingOrder)
      .map(annotation => segmentLine(annotation, report, text, index))
      .join('')
  }

  function segmentLine(
    annotation: Annotation,
    report: Report | null,
    text: string | null,
    index: ReturnType<typeof codePointIndex> | null,
  ): string {
    const { id, codeId, coderId, quote, createdAt } = annotation
    count.segments++
    latest = Math.max(latest, createdAt)
    const use = uses.get(codeId)
    if (use) use.segments++
    else {
      count.segmentsWithUnknownCode++
      unknownCode.push(id)
    }
    if (!coders.has(coderId)) {
      count.segmentsWithUnknownCoder++
      unknownCoder.push(id)
    }
    const start = index?.toCodePoint(annotation.start)
    const end = index?.toCodePoint(annotation.end)
    const splits =
      index?.toOffset(start ?? 0) !== annotation.start ||
      index.toOffset(end ?? 0) !== annotation.end
    const isWhole = text !== null && isIntact(annotation, text) && !splits
    if (!isWhole) {
      count.segmentsNotIntact++
      notIntact.push({
        segment_id: id,
        reason:
          report === null
            ? 'report-missing'
            : text === null
              ? 'text-missing'
              : isIntact(annotation, text)
                ? 'splits-character'
                : 'text-differs',
        report_id: annotation.reportId,
        start_utf16: annotation.start,
        end_utf16: annotation.end,
      })
    }
    return line([
      id,
      annotation.reportId,
      report?.title ?? '',
      report?.fileName ?? '',
      codeId,
      paths.get(codeId) ?? '',
      codes.get(codeId)?.name ?? '',
      coderId,
      coders.get(coderId)?.name ?? '',
      start ?? '',
      end ?? '',
      codePointsIn(quote),
      quote,
      annotation.memo,
      utcSeconds(createdAt),
      isWhole ? 1 : 0,
    ])
  }

  function rowsIn(table: string): number {
    if (table === DATASET_FILES.segments) return count.segments
    return table === DATASET_FILES.codebook ? count.codes : count.reports
  }

  function manifest(tables: readonly WrittenTable[]): string {
    const columns: Record<string, readonly Column[]> = {
      [DATASET_FILES.segments]: SEGMENT_COLUMNS,
      [DATASET_FILES.reportCode]: [...REPORT_COLUMNS, ...PER_CODE_COLUMNS],
      [DATASET_FILES.codebook]: CODE_COLUMNS,
    }
    const value = {
      format: 'codicil-dataset',
      format_version: 1,
      program: { name: 'Codicil', version: source.programVersion },
      project: { id: source.project.id, name: source.project.name },
      journal_seq: source.seq,
      latest_change: latest < 0 ? null : utcSeconds(latest),
      text_versions: [...textVersions].sort((a, b) => a - b),
      encoding: 'UTF-8 with byte order mark; CRLF; RFC 4180',
      offsets:
        'start and end count Unicode code points from 0; end is exclusive; line breaks of the text are LF',
      coders_combined: true,
      rolled_up: false,
      absence: 'zero means: no segment coded; reviewing is not tracked',
      protect_for_spreadsheets: options.protectForSpreadsheets,
      ...(options.protectForSpreadsheets ? { protection: PROTECTION } : {}),
      counts: {
        reports: count.reports,
        reports_without_segments: count.reportsWithoutSegments,
        codes: count.codes,
        coders: count.coders,
        segments: count.segments,
        segments_not_intact: count.segmentsNotIntact,
        segments_with_unknown_code: count.segmentsWithUnknownCode,
        segments_with_unknown_coder: count.segmentsWithUnknownCoder,
        segments_with_unknown_report: count.segmentsWithUnknownReport,
      },
      segments_not_intact: notIntact,
      segments_with_unknown_code: unknownCode,
      segments_with_unknown_coder: unknownCoder,
      files: tables.map(({ name, bytes, sha256 }) => ({
        name,
        rows: rowsIn(name),
        bytes,
        sha256,
        columns: (columns[name] ?? []).map(([column, meaning]) => ({ name: column, meaning })),
      })),
    }
    return `${JSON.stringify(value, null, 2)}\n`
  }
}

function flat(nodes: readonly CodeNode[]): CodeNode[] {
  return nodes.flatMap(node => [node, ...flat(node.children)])
}

/** A moment as `2024-05-06T07:08:09Z`; empty for one that no calendar has. */
function utcSeconds(ms: number): string {
  const date = new Date(ms)
  return Number.isNaN(date.getTime()) ? '' : `${date.toISOString().slice(0, -5)}Z`
}
