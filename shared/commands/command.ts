import type { Annotation } from '../domain/annotation'
import type { Code } from '../domain/code'
import type { AnnotationId, BatchId, CodeId, CoderId, ReportId } from '../domain/id'
import type { Coder } from '../domain/project'
import type { Batch, Report } from '../domain/report'
import type { Correction } from '../domain/structure'
import type { ReportSet, Value, Variable, VariableKey } from '../domain/variable'
import type { Edit } from '../journal/edit'
import type { TableRow } from '../journal/rows'

/** Who acts, when, and how to name what they make. Passed in, so commands stay predictable. */
export interface Actor {
  readonly coderId: CoderId
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number
  readonly newId: () => string
}

/** What commands may ask about a project. Answered from the working copy or from a folded journal. */
export interface ProjectReader {
  report(id: ReportId): Promise<Report | null>
  batch(id: BatchId): Promise<Batch | null>
  reportsIn(batchId: BatchId): Promise<Report[]>
  /** Whether any of these reports has an annotation. */
  areCoded(ids: readonly ReportId[]): Promise<boolean>
  code(id: CodeId): Promise<Code | null>
  /** In codebook order. */
  codes(): Promise<Code[]>
  coder(id: CoderId): Promise<Coder | null>
  annotation(reportId: ReportId, id: AnnotationId): Promise<Annotation | null>
  /** In reading order. */
  annotationsIn(reportId: ReportId): Promise<Annotation[]>
  /** Every use of any of these codes, report by report. */
  usesOf(codeIds: readonly CodeId[]): Promise<Annotation[]>
  /** Those of these reports that are there, in this order. */
  reportsOf(ids: readonly ReportId[]): Promise<Report[]>
  /** The values of these reports, report by report in this order. */
  valuesOf(reportIds: readonly ReportId[]): Promise<Value[]>
  /** Every report's value of one variable. */
  valuesFor(variable: VariableKey): Promise<Value[]>
  /** The researcher's own variables, in their order. */
  variables(): Promise<Variable[]>
  /** Corrections of the structure of these reports, report by report in this order, by place. */
  correctionsOf(reportIds: readonly ReportId[]): Promise<Correction[]>
  /** The saved sets of reports, in order of their making. */
  sets(): Promise<ReportSet[]>
  /** Every row of the project once, page by page, in no particular order. */
  everyRow(): AsyncIterable<readonly TableRow[]>
}

/**
 * Works out what an action would change. Commands read and answer; they never write, so
 * a command can be tried, shown as a preview, or thrown away. An edit without changes
 * means that there is nothing to do.
 */
export type Command = (project: ProjectReader, actor: Actor) => Promise<Edit>

/** Why a command cannot be carried out. The interface has words for each. */
export type RefusalReason =
  | 'code-missing'
  | 'report-missing'
  | 'annotation-missing'
  | 'coder-missing'
  | 'passage-outside'
  | 'name-empty'
  | 'name-too-long'
  | 'move-into-itself'
  | 'batch-coded'
  | 'reports-coded'
  | 'batch-missing'
  | 'overtaken'
  | 'text-twice'
  | 'import-since'
  | 'others-step'
  | 'variable-missing'
  | 'value-missing'
  | 'values-refused'
  | 'too-many-values'
  | 'name-taken'
  | 'categories-refused'
  | 'correction-missing'
  | 'set-missing'
  | 'set-by-rule'

/** Thrown by a command that cannot be carried out. Nothing has been changed. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly reason: RefusalReason

  constructor(reason: RefusalReason) {
    super(reason)
    this.reason = reason
  }
}
