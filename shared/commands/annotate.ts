import { type Annotation, isSameCoding, type Passage } from '../domain/annotation'
import type { Code } from '../domain/code'
import type { AnnotationId, CodeId, ReportId } from '../domain/id'
import { suggestColor } from '../domain/palette'
import type { Report } from '../domain/report'
import type { Change } from '../journal/edit'
import { addCode } from './codebook'
import { type Actor, type Command, type ProjectReader, Refusal } from './command'
import { nameOf } from './name'

/**
 * Applies a code to a passage. Does nothing when this coder has given this very passage that
 * code already. Refuses a passage that lies outside its report, or is empty.
 */
export function assignCode(passage: Passage, codeId: CodeId): Command {
  return async (project, actor) => {
    const code = await project.code(codeId)
    if (!code) throw new Refusal('code-missing')
    const after = await codingOf(passage, code, { project, actor })
    return { label: 'assignCode', about: code.name, changes: after ? [after] : [] }
  }
}

/**
 * Applies a code to many passages of one report, as one step; those that have it from this coder
 * already are left out. Refuses what {@link assignCode} refuses, then all of them.
 */
export function assignCodeToAll(passages: readonly Passage[], codeId: CodeId): Command {
  return async (project, actor) => {
    const code = await project.code(codeId)
    if (!code) throw new Refusal('code-missing')
    const changes: Change[] = []
    const seen = new Set<string>()
    const [first] = passages
    const present = first ? await project.annotationsIn(first.reportId) : []
    const report = first ? await project.report(first.reportId) : null
    if (first && !report) throw new Refusal('report-missing')
    for (const passage of passages) {
      const place = `${passage.start}-${passage.end}`
      if (seen.has(place)) continue
      seen.add(place)
      const coding = codingFrom(passage, code, { report: report!, present, actor })
      if (coding) changes.push(coding)
    }
    return { label: 'assignCode', about: code.name, changes }
  }
}

/**
 * Makes a code and applies it to a passage, as one step. A code of that name under that parent is
 * applied as it is. Refuses what {@link assignCode} and `addCode` refuse.
 */
export function assignNewCode(
  passage: Passage,
  { name, parentId }: { readonly name: string; readonly parentId: CodeId | null },
): Command {
  return async (project, actor) => {
    const codes = await project.codes()
    const wanted = nameOf(name)
    const present = codes.find(code => code.parentId === parentId && code.name === wanted)
    if (present) return assignCode(passage, present.id)(project, actor)
    const color = suggestColor(codes, parentId)
    const { changes } = await addCode({ name, parentId, color })(project, actor)
    const [made] = changes
    if (made?.table !== 'codes' || !made.after) throw new Error('no code was made')
    const coding = await codingOf(passage, made.after, { project, actor })
    return { label: 'assignCode', about: wanted, changes: coding ? [made, coding] : [made] }
  }
}

/** The row that applies a code; `null` where this coder has applied it there already. */
async function codingOf(
  passage: Passage,
  code: Code,
  { project, actor }: { readonly project: ProjectReader; readonly actor: Actor },
): Promise<Change | null> {
  const [report, present] = await Promise.all([
    project.report(passage.reportId),
    project.annotationsIn(passage.reportId),
  ])
  if (!report) throw new Refusal('report-missing')
  return codingFrom(passage, code, { report, present, actor })
}

interface CodingGiven {
  readonly report: Report
  /** All annotations of that report. */
  readonly present: readonly Annotation[]
  readonly actor: Actor
}

function codingFrom(
  { reportId, start, end, quote }: Passage,
  { id: codeId }: Code,
  { report, present, actor }: CodingGiven,
): Change | null {
  const isWithin = reportId === report.id && start >= 0 && start < end && end <= report.length
  if (!isWithin || quote.length !== end - start) throw new Refusal('passage-outside')
  const id = actor.newId() as AnnotationId
  const by = { coderId: actor.coderId, memo: '', createdAt: actor.now() }
  const after: Annotation = { id, reportId, start, end, quote, codeId, ...by }
  const isKnown = present.some(annotation => isSameCoding(annotation, after))
  return isKnown ? null : { table: 'annotations', id, before: null, after }
}

/** Takes one coding away: the code from its passage. */
export function removeAnnotation(reportId: ReportId, id: AnnotationId): Command {
  return async project => {
    const before = await project.annotation(reportId, id)
    if (!before) throw new Refusal('annotation-missing')
    const code = await project.code(before.codeId)
    return {
      label: 'removeCoding',
      about: code?.name ?? '',
      changes: [{ table: 'annotations', id, before, after: null }],
    }
  }
}
