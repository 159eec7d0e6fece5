import type { Annotation } from '../domain/annotation'
import type { Code } from '../domain/code'
import type { CodeId, ReportId, VariableId } from '../domain/id'
import { byId } from '../domain/id'
import type { Report } from '../domain/report'
import type { Correction } from '../domain/structure'
import {
  categoriesOf,
  isReadVariable,
  membersOf,
  READ_VARIABLE_TYPES,
  type Value,
  type Variable,
  type VariableKey,
  type VariableType,
} from '../domain/variable'
import type { TableName } from './edit'
import type { ProjectState } from './state'

// What may be wrong in a project whose every byte is as it was written. The program makes
// none of this, but a project may come from elsewhere, from a later version or from a disk
// that lies, and a dataset that is published should have been looked at.

/** Each way in which rows can disagree with one another or with the texts. */
export const FINDING_KINDS = [
  'annotation-report-missing',
  'annotation-code-missing',
  'annotation-coder-missing',
  'passage-outside',
  'quote-differs',
  'parent-missing',
  'code-cycle',
  'digit-shared',
  'batch-missing',
  'batch-count',
  'text-length',
  'value-report-missing',
  'value-variable-missing',
  'value-type',
  'evidence-outside',
  'correction-report-missing',
  'correction-outside',
  'set-report-missing',
] as const

export type FindingKind = (typeof FINDING_KINDS)[number]

/** One thing that is not as it should be. */
export interface Finding {
  readonly kind: FindingKind
  /** `damage`: part of the work cannot be trusted. `disorder`: nothing is lost, but untidy. */
  readonly severity: 'damage' | 'disorder'
  readonly table: TableName
  readonly id: string
  /** The report in which it is to be seen; `null` for none. */
  readonly reportId: ReportId | null
  /** What a researcher knows the row by: a quote, a name, a title. */
  readonly about: string
  /** What the kind's sentence and its repair need to know. */
  readonly details: Readonly<Record<string, string | number>>
}

/** A report's text as it was read, and how many code points it has. */
export interface ReadText {
  readonly text: string
  readonly chars: number
}

/** What can be found without the texts. Empty for every project that this program has written. */
export function rowFindings(state: ProjectState): Finding[] {
  return [
    ...orphanFindings(state),
    ...codebookFindings(state.codes),
    ...importFindings(state),
    ...valueFindings(state),
    ...correctionFindings(state),
    ...setFindings(state),
  ]
}

/** What one report's text shows: whether the report describes it, and annotations quote it. */
export function textFindings(state: ProjectState, report: Report, read: ReadText): Finding[] {
  const { id, title, length, chars } = report
  const findings: Finding[] = []
  if (length !== read.text.length || chars !== read.chars) {
    const details = { length: read.text.length, chars: read.chars }
    const place = { table: 'reports', id, reportId: id, about: title } as const
    findings.push({ kind: 'text-length', severity: 'disorder', ...place, details })
  }
  for (const annotation of state.annotations.get(id)?.values() ?? []) {
    const { start, end, quote } = annotation
    const isInside = start >= 0 && start < end && end <= read.text.length
    if (isInside && read.text.slice(start, end) === quote) continue
    const kind = isInside ? 'quote-differs' : 'passage-outside'
    findings.push(annotationFinding(kind, annotation, { start, end, report: title }))
  }
  for (const value of state.values.get(id)?.values() ?? []) {
    const { start, end } = value
    if (start === null || end === null ? start === end : isWithin(start, end, read.text)) continue
    const details = { start: start ?? '', end: end ?? '', report: title }
    findings.push(valueFinding('evidence-outside', value, details))
  }
  for (const correction of state.corrections.get(id)?.values() ?? []) {
    const { start, end } = correction
    if (isWithin(start, end, read.text)) continue
    findings.push(correctionFinding('correction-outside', correction, { report: title }))
  }
  return findings
}

function orphanFindings({ annotations, reports, codes, coders }: ProjectState): Finding[] {
  const findings: Finding[] = []
  for (const [reportId, items] of annotations) {
    const report = reports.get(reportId)
    for (const annotation of items.values()) {
      const { codeId, coderId } = annotation
      if (!report) {
        findings.push(annotationFinding('annotation-report-missing', annotation, {}))
        continue
      }
      if (!codes.has(codeId)) {
        const details = { missing: codeId, report: report.title }
        findings.push(annotationFinding('annotation-code-missing', annotation, details))
      }
      if (!coders.has(coderId)) {
        const details = { missing: coderId, report: report.title }
        findings.push(annotationFinding('annotation-coder-missing', annotation, details))
      }
    }
  }
  return findings
}

function annotationFinding(
  kind: FindingKind,
  { id, reportId, quote }: Annotation,
  details: Finding['details'],
): Finding {
  return {
    kind,
    severity: 'damage',
    table: 'annotations',
    id,
    reportId,
    about: shortened(quote),
    details,
  }
}

/** Whether `[start, end)` lies within a text; it may be empty. */
function isWithin(start: number, end: number, text: string): boolean {
  return start >= 0 && start <= end && end <= text.length
}

function valueFindings({ values, reports, variables }: ProjectState): Finding[] {
  const findings: Finding[] = []
  const listed = new Map<VariableKey, ReadonlySet<unknown>>()
  for (const variable of variables.values()) {
    if (variable.type === 'category') listed.set(variable.id, new Set(categoriesOf(variable)))
  }
  for (const [reportId, items] of values) {
    const report = reports.get(reportId)
    for (const value of items.values()) {
      if (!report) {
        findings.push(valueFinding('value-report-missing', value, {}))
        continue
      }
      const type = typeOf(value.variable, variables)
      const details = { missing: value.variable, report: report.title }
      if (type === null) findings.push(valueFinding('value-variable-missing', value, details))
      else if (
        typeof value.value !== SHAPES[type] ||
        listed.get(value.variable)?.has(value.value) === false
      ) {
        findings.push(valueFinding('value-type', value, { report: report.title }))
      }
    }
  }
  return findings
}

/** What a value of each type is in the program. */
const SHAPES: Readonly<Record<VariableType, 'string' | 'number' | 'boolean'>> = {
  text: 'string',
  number: 'number',
  date: 'string',
  category: 'string',
  yesno: 'boolean',
}

function typeOf(
  key: VariableKey,
  variables: ReadonlyMap<VariableId, Variable>,
): VariableType | null {
  if (isReadVariable(key)) return READ_VARIABLE_TYPES[key]
  return variables.get(key)?.type ?? null
}

/** Nothing is lost with a stray value or correction: both can be made again from the text. */
function valueFinding(
  kind: FindingKind,
  { id, reportId, value }: Value,
  details: Finding['details'],
): Finding {
  const about = shortened(String(value))
  return { kind, severity: 'disorder', table: 'values', id, reportId, about, details }
}

function correctionFindings({ corrections, reports }: ProjectState): Finding[] {
  const findings: Finding[] = []
  for (const [reportId, items] of corrections) {
    if (reports.has(reportId)) continue
    for (const correction of items.values()) {
      findings.push(correctionFinding('correction-report-missing', correction, {}))
    }
  }
  return findings
}

function correctionFinding(
  kind: FindingKind,
  { id, reportId, kind: about, start, end }: Correction,
  details: Finding['details'],
): Finding {
  const place = { start, end, ...details }
  return { kind, severity: 'disorder', table: 'corrections', id, reportId, about, details: place }
}

/** Sets by hand that name reports which are not there. */
function setFindings({ sets, reports }: ProjectState): Finding[] {
  const findings: Finding[] = []
  for (const set of byId(sets.values())) {
    const missing = membersOf(set).filter(id => !reports.has(id)).length
    if (missing === 0) continue
    findings.push({
      kind: 'set-report-missing',
      severity: 'disorder',
      table: 'sets',
      id: set.id,
      reportId: null,
      about: set.name,
      details: { missing },
    })
  }
  return findings
}

function codebookFindings(codes: ReadonlyMap<CodeId, Code>): Finding[] {
  const findings: Finding[] = []
  const find = (kind: FindingKind, { id, name }: Code, details: Finding['details']) =>
    findings.push({
      kind,
      severity: 'disorder',
      table: 'codes',
      id,
      reportId: null,
      about: name,
      details,
    })
  const holders = new Map<number, Code>()
  for (const code of byId(codes.values())) {
    const { parentId, digit } = code
    if (parentId !== null && !codes.has(parentId)) find('parent-missing', code, {})
    if (digit === null) continue
    const holder = holders.get(digit)
    if (holder) find('digit-shared', code, { digit, other: holder.name })
    else holders.set(digit, code)
  }
  for (const cycle of cyclesIn(codes)) {
    find('code-cycle', byId(cycle)[0]!, { codes: cycle.length })
  }
  return findings
}

/** The rings of codes that are their own ancestors; each code is in at most one. */
function cyclesIn(codes: ReadonlyMap<CodeId, Code>): Code[][] {
  const cycles: Code[][] = []
  const settled = new Set<CodeId>()
  for (const first of codes.values()) {
    const line = new Map<CodeId, Code>()
    let code: Code | undefined = first
    while (code && !settled.has(code.id) && !line.has(code.id)) {
      line.set(code.id, code)
      code = code.parentId === null ? undefined : codes.get(code.parentId)
    }
    if (code && line.has(code.id)) {
      const walked = [...line.values()]
      cycles.push(walked.slice(walked.indexOf(code)))
    }
    for (const id of line.keys()) settled.add(id)
  }
  return cycles
}

function importFindings({ reports, batches }: ProjectState): Finding[] {
  const findings: Finding[] = []
  const found = new Map<string, number>()
  for (const { id, batchId, title } of reports.values()) {
    found.set(batchId, (found.get(batchId) ?? 0) + 1)
    if (batches.has(batchId)) continue
    findings.push({
      kind: 'batch-missing',
      severity: 'disorder',
      table: 'reports',
      id,
      reportId: id,
      about: title,
      details: { missing: batchId },
    })
  }
  for (const { id, at, imported } of batches.values()) {
    const here = found.get(id) ?? 0
    if (here === imported) continue
    findings.push({
      kind: 'batch-count',
      severity: 'damage',
      table: 'batches',
      id,
      reportId: null,
      about: '',
      details: { at, imported, found: here },
    })
  }
  return findings
}

/** As much of a quote as a list shows: a stranger's file may have millions of characters of it. */
function shortened(quote: string): string {
  return quote.length > ABOUT_LENGTH ? `${quote.slice(0, ABOUT_LENGTH)}\u2026` : quote
}

const ABOUT_LENGTH = 120
