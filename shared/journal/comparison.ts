import type { Annotation } from '../domain/annotation'
import { type Code, codePath } from '../domain/code'
import type { AnnotationId, CodeId, CoderId, ReportId } from '../domain/id'
import type { Coder } from '../domain/project'
import { beginningOf, countOf, type Mark, type MarkCounts, markOf, none } from './comparison-marks'
import { type ComparedValues, compareValues, type KnownNames } from './comparison-values'
import type { Change } from './edit'

// Two states of a project side by side, told as a researcher would: not rows, but codes,
// reports and annotations that came, went or became others.

/** A code that is not the same in both states. */
export interface ComparedCode {
  readonly id: CodeId
  /** Its path in the later state, or in the earlier one when it is gone. */
  readonly path: string
  readonly color: string
  readonly mark: Mark | 'renamed' | 'moved'
  /** Its path in the earlier state, where that was another one. */
  readonly pathBefore: string | null
}

/** A report that is not the same in both states. */
export interface ComparedReport {
  readonly id: ReportId
  readonly title: string
  readonly mark: Mark
}

/** Annotations that differ, gathered under one code or one report. */
export interface ComparedGroup<I extends CodeId | ReportId> extends MarkCounts {
  readonly id: I
  /** A code's path or a report's title; empty when neither state knows it. */
  readonly name: string
}

/** An annotation that differs. */
export interface ComparedPassage {
  readonly id: AnnotationId
  readonly mark: Mark
  /** As much of it as fits a few lines. */
  readonly quote: string
  readonly code: string
  readonly color: string
  readonly coder: string
  readonly report: string
}

/** What became of a project between two states. */
export interface Comparison extends ComparedValues {
  readonly codes: readonly ComparedCode[]
  readonly reports: MarkCounts & { readonly first: readonly ComparedReport[] }
  readonly annotations: MarkCounts & { readonly first: readonly ComparedPassage[] }
  /** The most affected first. */
  readonly byCode: readonly ComparedGroup<CodeId>[]
  readonly byReport: readonly ComparedGroup<ReportId>[]
  /** Names of coders who joined. */
  readonly joined: readonly string[]
}

/** What both states know, the later one's word first. */
export interface Known extends KnownNames {
  readonly before: ReadonlyMap<CodeId, Code>
  readonly after: ReadonlyMap<CodeId, Code>
  readonly coders: ReadonlyMap<CoderId, Pick<Coder, 'name'>>
}

/**
 * Puts changes into a researcher's terms. Of reports and annotations, and of their groups, only
 * the first `limit` are listed; all are counted.
 */
export function compare(changes: readonly Change[], known: Known, limit: number): Comparison {
  const codes: ComparedCode[] = []
  const reports = { ...none(), first: [] as ComparedReport[] }
  const annotations = { ...none(), first: [] as ComparedPassage[] }
  const byCode = new Map<CodeId, Record<Mark, number>>()
  const byReport = new Map<ReportId, Record<Mark, number>>()
  const joined: string[] = []
  for (const change of changes) {
    const mark = markOf(change)
    switch (change.table) {
      case 'codes':
        codes.push(comparedCode(change.id, change.before, change.after, known))
        break
      case 'reports':
        reports[mark]++
        if (reports.first.length < limit) {
          const title = (change.after ?? change.before)?.title ?? ''
          reports.first.push({ id: change.id, title, mark })
        }
        break
      case 'annotations': {
        annotations[mark]++
        for (const row of sidesOf(change)) {
          into(byCode, row.codeId)[mark]++
          into(byReport, row.reportId)[mark]++
        }
        const row = change.after ?? change.before
        if (row && annotations.first.length < limit) {
          annotations.first.push(comparedPassage(row, mark, known))
        }
        break
      }
      case 'coders':
        if (change.after && !change.before) joined.push(change.after.name)
        break
      case 'batches':
      case 'variables':
      case 'values':
      case 'corrections':
      case 'sets':
    }
  }
  return {
    codes: codes.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0)),
    reports,
    annotations,
    byCode: grouped(byCode, id => pathOf(known, id)).slice(0, limit),
    byReport: grouped(byReport, id => known.reports.get(id)?.title ?? '').slice(0, limit),
    joined,
    ...compareValues(changes, known, limit),
  }
}

/** Whether nothing differs that restoring would bring back. */
export function isSame(comparison: Comparison): boolean {
  const { codes, variables, sets, reports, annotations, values, corrections } = comparison
  const listed = codes.length + variables.length + sets.length
  return (
    listed +
      [reports, annotations, values, corrections].reduce((n, each) => n + countOf(each), 0) ===
    0
  )
}

/** Under which codes and reports an annotation that differs is told: once under each. */
function sidesOf({ before, after }: { before: Annotation | null; after: Annotation | null }) {
  if (!before || !after) return [before, after].filter(row => row !== null)
  return before.codeId === after.codeId && before.reportId === after.reportId
    ? [after]
    : [before, after]
}

function comparedCode(
  id: CodeId,
  before: Code | null,
  after: Code | null,
  known: Known,
): ComparedCode {
  const pathBefore = before ? codePath(known.before, id) : null
  const pathAfter = after ? codePath(known.after, id) : null
  const color = (after ?? before)?.color ?? ''
  const path = pathAfter ?? pathBefore ?? ''
  const other = pathBefore === path ? null : pathBefore
  if (!before || !after) {
    return { id, path, color, mark: after ? 'added' : 'removed', pathBefore: null }
  }
  const mark =
    before.name !== after.name
      ? 'renamed'
      : before.parentId !== after.parentId || before.rank !== after.rank
        ? 'moved'
        : 'changed'
  return { id, path, color, mark, pathBefore: other }
}

function comparedPassage(row: Annotation, mark: Mark, known: Known): ComparedPassage {
  const code = known.after.get(row.codeId) ?? known.before.get(row.codeId)
  return {
    id: row.id,
    mark,
    quote: beginningOf(row.quote, QUOTE_SHOWN),
    code: pathOf(known, row.codeId),
    color: code?.color ?? '',
    coder: known.coders.get(row.coderId)?.name ?? '',
    report: known.reports.get(row.reportId)?.title ?? '',
  }
}

/** UTF-16 units. Enough to know a passage by; one can be as long as its report. */
const QUOTE_SHOWN = 300

function pathOf({ before, after }: Known, id: CodeId): string {
  return codePath(after.has(id) ? after : before, id)
}

function into<I>(groups: Map<I, Record<Mark, number>>, id: I): Record<Mark, number> {
  const present = groups.get(id)
  if (present) return present
  const made = none()
  groups.set(id, made)
  return made
}

function grouped<I extends CodeId | ReportId>(
  groups: ReadonlyMap<I, MarkCounts>,
  nameOf: (id: I) => string,
): ComparedGroup<I>[] {
  return [...groups]
    .map(([id, counts]) => ({ id, name: nameOf(id), ...counts }))
    .sort((a, b) => countOf(b) - countOf(a) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
}
