import type { Code } from '../domain/code'
import type { BatchId, CodeId, CoderId, ReportId } from '../domain/id'
import type { Coder } from '../domain/project'
import type { Batch, Report } from '../domain/report'
import { isReadVariable, membersOf, type VariableKey } from '../domain/variable'
import type { Finding, FindingKind } from '../journal/check'
import type { Change } from '../journal/edit'
import type { Actor, Command, ProjectReader } from './command'
import { nameOf } from './name'
import { withoutMembers } from './sets'

/** What {@link repair} calls the rows that it has to make. */
export interface RepairNames {
  readonly code: string
  readonly coder: string
}

/** What {@link repair} can put right. The rest needs a person who looks at the text. */
const REPAIRABLE: ReadonlySet<FindingKind> = new Set<FindingKind>([
  'annotation-report-missing',
  'annotation-code-missing',
  'annotation-coder-missing',
  'parent-missing',
  'code-cycle',
  'digit-shared',
  'batch-missing',
  'text-length',
  'value-report-missing',
  'value-variable-missing',
  'evidence-outside',
  'correction-report-missing',
  'correction-outside',
  'set-report-missing',
])

/** Whether {@link repair} can put it right. */
export function isRepairable({ kind }: Finding): boolean {
  return REPAIRABLE.has(kind)
}

/** A code that nobody chose a colour for. */
const PLAIN_COLOR = '#808080'

/**
 * Puts right what a check has found, as one edit that can be undone. No annotation is lost for
 * want of its code or coder: a new one is put in that place, under a name that says so. What
 * belongs to a report or variable that is not there is taken out, and so are references to places
 * that a text does not have. What has changed since the check is left alone.
 */
export function repair(findings: readonly Finding[], names: RepairNames): Command {
  return async (project, actor) => {
    const of = (kind: FindingKind) => findings.filter(finding => finding.kind === kind)
    const changes: Change[] = [
      ...(await withoutReport(project, of('annotation-report-missing'))),
      ...(await codebookChanges(project, actor, findings, names.code)),
      ...(await missingCoders(project, actor, of('annotation-coder-missing'), names.coder)),
      ...(await missingBatches(project, of('batch-missing'))),
      ...(await textLengths(project, of('text-length'))),
      ...(await valueChanges(project, findings)),
      ...(await strayCorrections(project, findings)),
      ...(await strayMembers(project, of('set-report-missing'))),
    ]
    return { label: 'repair', about: '', changes }
  }
}

async function withoutReport(
  project: ProjectReader,
  findings: readonly Finding[],
): Promise<Change[]> {
  const changes: Change[] = []
  for (const [reportId, mine] of groupedBy(findings, ({ reportId }) => reportId ?? '')) {
    if (await project.report(reportId as ReportId)) continue
    const wanted = new Set(mine.map(({ id }) => id))
    for (const before of await project.annotationsIn(reportId as ReportId)) {
      if (!wanted.has(before.id)) continue
      changes.push({ table: 'annotations', id: before.id, before, after: null })
    }
  }
  return changes
}

/** Every change of a code in one place, since no row may stand twice in an edit. */
async function codebookChanges(
  project: ProjectReader,
  actor: Actor,
  findings: readonly Finding[],
  name: string,
): Promise<Change[]> {
  const before = new Map((await project.codes()).map(code => [code.id, code]))
  const after = new Map<CodeId, Code>()
  let rank = Math.floor(Math.max(0, ...[...before.values()].map(each => each.rank)))
  const change = (id: CodeId, what: Partial<Code>) => {
    const code = after.get(id) ?? before.get(id)
    if (code) after.set(id, { ...code, ...what })
  }
  for (const { kind, id, details } of findings) {
    const code = before.get(id as CodeId)
    switch (kind) {
      case 'annotation-code-missing': {
        const missing = details.missing as CodeId
        if (before.has(missing) || after.has(missing)) break
        after.set(missing, madeCode(missing, name, ++rank, actor.now()))
        break
      }
      case 'parent-missing':
        if (code?.parentId == null || before.has(code.parentId)) break
        change(code.id, { parentId: null, rank: ++rank })
        break
      case 'code-cycle':
        if (!code || !isInCycle(code, before)) break
        change(code.id, { parentId: null, rank: ++rank })
        break
      case 'digit-shared':
        if (code?.digit == null || !isShared(code, before.values())) break
        change(code.id, { digit: null })
    }
  }
  return [...after].map(([id, code]) => ({
    table: 'codes',
    id,
    before: before.get(id) ?? null,
    after: code,
  }))
}

function madeCode(id: CodeId, name: string, rank: number, createdAt: number): Code {
  return {
    id,
    parentId: null,
    rank,
    name: nameOf(name),
    color: PLAIN_COLOR,
    definition: '',
    include: '',
    exclude: '',
    example: '',
    digit: null,
    createdAt,
  }
}

function isInCycle(code: Code, codes: ReadonlyMap<CodeId, Code>): boolean {
  const seen = new Set<CodeId>()
  let at: Code | undefined = code
  while (at && !seen.has(at.id)) {
    seen.add(at.id)
    at = at.parentId === null ? undefined : codes.get(at.parentId)
  }
  return at?.id === code.id
}

function isShared({ id, digit }: Code, codes: Iterable<Code>): boolean {
  for (const other of codes) if (other.id !== id && other.digit === digit) return true
  return false
}

async function missingCoders(
  project: ProjectReader,
  actor: Actor,
  findings: readonly Finding[],
  name: string,
): Promise<Change[]> {
  const changes: Change[] = []
  for (const missing of groupedBy(findings, ({ details }) => String(details.missing)).keys()) {
    const id = missing as CoderId
    if (await project.coder(id)) continue
    const after: Coder = { id, name: nameOf(name), createdAt: actor.now() }
    changes.push({ table: 'coders', id, before: null, after })
  }
  return changes
}

async function missingBatches(
  project: ProjectReader,
  findings: readonly Finding[],
): Promise<Change[]> {
  const changes: Change[] = []
  for (const missing of groupedBy(findings, ({ details }) => String(details.missing)).keys()) {
    const id = missing as BatchId
    const reports = await project.reportsIn(id)
    if (reports.length === 0 || (await project.batch(id))) continue
    const at = reports.reduce((last, { addedAt }) => Math.max(last, addedAt), 0)
    const counts = { imported: reports.length, known: 0, refused: 0, cancelled: false }
    const after: Batch = { id, at, ...counts }
    changes.push({ table: 'batches', id, before: null, after })
  }
  return changes
}

async function textLengths(
  project: ProjectReader,
  findings: readonly Finding[],
): Promise<Change[]> {
  const changes: Change[] = []
  for (const { id, details } of findings) {
    const before = await project.report(id as ReportId)
    if (!before) continue
    const { length, chars } = details
    const after: Report = { ...before, length: Number(length), chars: Number(chars) }
    changes.push({ table: 'reports', id: before.id, before, after })
  }
  return changes
}

/** Takes out values that belong to nothing, and evidence that is nowhere. */
async function valueChanges(
  project: ProjectReader,
  findings: readonly Finding[],
): Promise<Change[]> {
  const mine = findings.filter(({ table }) => table === 'values')
  if (mine.length === 0) return []
  const kindsOf = groupedBy(mine, ({ id }) => id)
  const known = new Set<VariableKey>((await project.variables()).map(({ id }) => id))
  const ids = reportIdsOf(mine)
  const reports = new Set((await project.reportsOf(ids)).map(({ id }) => id))
  const changes: Change[] = []
  for (const before of await project.valuesOf(ids)) {
    const kinds = kindsOf.get(before.id)?.map(({ kind }) => kind) ?? []
    const { variable, reportId, id } = before
    const isNowhere = kinds.includes('value-report-missing') && !reports.has(reportId)
    const isNameless = kinds.includes('value-variable-missing') && !isReadVariable(variable)
    if (isNowhere || (isNameless && !known.has(variable))) {
      changes.push({ table: 'values', id, before, after: null })
    } else if (kinds.includes('evidence-outside')) {
      const after = { ...before, start: null, end: null }
      changes.push({ table: 'values', id, before, after })
    }
  }
  return changes
}

async function strayCorrections(
  project: ProjectReader,
  findings: readonly Finding[],
): Promise<Change[]> {
  const mine = findings.filter(({ table }) => table === 'corrections')
  if (mine.length === 0) return []
  const kinds = new Map(mine.map(({ id, kind }) => [id, kind]))
  const ids = reportIdsOf(mine)
  const reports = new Set((await project.reportsOf(ids)).map(({ id }) => id))
  const stray = (await project.correctionsOf(ids)).filter(({ id, reportId }) => {
    const kind = kinds.get(id)
    return kind === 'correction-outside' || (kind !== undefined && !reports.has(reportId))
  })
  return stray.map(before => ({ table: 'corrections', id: before.id, before, after: null }))
}

async function strayMembers(
  project: ProjectReader,
  findings: readonly Finding[],
): Promise<Change[]> {
  if (findings.length === 0) return []
  const wanted = new Set(findings.map(({ id }) => id))
  const sets = (await project.sets()).filter(({ id }) => wanted.has(id))
  const named = [...new Set(sets.flatMap(membersOf))]
  const present = new Set((await project.reportsOf(named)).map(({ id }) => id))
  return withoutMembers(sets, id => !present.has(id))
}

function reportIdsOf(findings: readonly Finding[]): ReportId[] {
  const ids = findings.map(({ reportId }) => reportId).filter(id => id !== null)
  return [...new Set(ids)]
}

function groupedBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group) group.push(item)
    else groups.set(keyOf(item), [item])
  }
  return groups
}
