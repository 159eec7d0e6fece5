import type { CorrectionId, ReportId } from '../domain/id'
import type { Correction, CorrectionKind } from '../domain/structure'
import type { Change } from '../journal/edit'
import { type Command, Refusal } from './command'

/** What a correction says, without who and when. */
export type NewCorrection = Pick<Correction, 'kind' | 'start' | 'end' | 'level'>

/**
 * Corrects a report's structure at one place. What an earlier correction said of that place and
 * cannot be true any longer gives way. Refuses a place outside the report.
 */
export function correctStructure(reportId: ReportId, correction: NewCorrection): Command {
  return async (project, actor) => {
    const { kind, start, end, level } = correction
    const [report, present] = await Promise.all([
      project.report(reportId),
      project.correctionsOf([reportId]),
    ])
    if (!report) throw new Refusal('report-missing')
    const isInside = start >= 0 && start <= end && end <= report.length
    if (!isInside || (kind === 'heading' && start === end)) throw new Refusal('passage-outside')
    if (kind === 'heading' ? level < 1 || level > 9 : level !== 0) {
      throw new RangeError(`level ${level} of ${kind}`)
    }
    const [first, ...others] = present.filter(
      earlier => earlier.start === start && isContrary(earlier.kind, kind),
    )
    const id = first?.id ?? (actor.newId() as CorrectionId)
    const after: Correction = { id, reportId, kind, start, end, level, createdAt: actor.now() }
    const changes: Change[] = others.map(before => removal(before))
    if (!first || !isSame(first, after) || others.length > 0) {
      changes.unshift({ table: 'corrections', id, before: first ?? null, after })
    }
    return { label: 'correctStructure', about: report.title, changes }
  }
}

/** Takes corrections back, all of them of one report: its text is read there as if they had never been made. */
export function removeCorrections(corrections: readonly Correction[]): Command {
  return async project => {
    const reportId = corrections[0]?.reportId
    if (reportId === undefined) return { label: 'removeCorrection', about: '', changes: [] }
    const wanted = new Set(corrections.map(({ id }) => id))
    const [report, present] = await Promise.all([
      project.report(reportId),
      project.correctionsOf([reportId]),
    ])
    const changes = present.filter(({ id }) => wanted.has(id)).map(removal)
    if (changes.length === 0) throw new Refusal('correction-missing')
    return { label: 'removeCorrection', about: report?.title ?? '', changes }
  }
}

/** What a correction is about: two that are about the same at one place cannot both hold. */
const SUBJECTS: Readonly<Record<CorrectionKind, 'heading' | 'boundary' | 'aside'>> = {
  heading: 'heading',
  'not-heading': 'heading',
  split: 'boundary',
  join: 'boundary',
  aside: 'aside',
  'not-aside': 'aside',
}

function isContrary(earlier: CorrectionKind, later: CorrectionKind): boolean {
  if (SUBJECTS[earlier] === SUBJECTS[later]) return true
  // What stands around a report has no headings.
  return [earlier, later].includes('heading') && [earlier, later].includes('aside')
}

function isSame(a: NewCorrection, b: NewCorrection): boolean {
  return a.kind === b.kind && a.start === b.start && a.end === b.end && a.level === b.level
}

function removal(before: Correction): Change {
  return { table: 'corrections', id: before.id, before, after: null }
}
