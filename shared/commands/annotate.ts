import { type Annotation, isSameCoding, type Passage } from '../domain/annotation'
import type { AnnotationId, CodeId, ReportId } from '../domain/id'
import { type Command, Refusal } from './command'

/**
 * Applies a code to a passage. Does nothing when this coder has given this very passage that
 * code already. Refuses a passage that lies outside its report, or is empty.
 */
export function assignCode(passage: Passage, codeId: CodeId): Command {
  return async (project, actor) => {
    const { reportId, start, end, quote } = passage
    const [code, report, present] = await Promise.all([
      project.code(codeId),
      project.report(reportId),
      project.annotationsIn(reportId),
    ])
    if (!code) throw new Refusal('code-missing')
    if (!report) throw new Refusal('report-missing')
    if (!(start >= 0 && start < end && end <= report.length && quote.length === end - start)) {
      throw new Refusal('passage-outside')
    }
    const id = actor.newId() as AnnotationId
    const after: Annotation = {
      id,
      reportId,
      start,
      end,
      quote,
      codeId,
      coderId: actor.coderId,
      memo: '',
      createdAt: actor.now(),
    }
    const isKnown = present.some(annotation => isSameCoding(annotation, after))
    return {
      label: 'assignCode',
      about: code.name,
      changes: isKnown ? [] : [{ table: 'annotations', id, before: null, after }],
    }
  }
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
