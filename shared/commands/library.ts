import type { BatchId, CoderId, ReportId } from '../domain/id'
import type { Coder } from '../domain/project'
import type { Report } from '../domain/report'
import type { Change } from '../journal/edit'
import { type Command, type ProjectReader, Refusal } from './command'
import { nameOf } from './name'
import { withoutMembers } from './sets'

/** Gives a report another title. Its text and file name stay. */
export function renameReport(id: ReportId, title: string): Command {
  return async project => {
    const before = await project.report(id)
    if (!before) throw new Refusal('report-missing')
    const after = { ...before, title: nameOf(title) }
    return {
      label: 'renameReport',
      about: after.title,
      changes: after.title === before.title ? [] : [{ table: 'reports', id, before, after }],
    }
  }
}

/**
 * Removes the reports that one import brought in, with their values and corrections, and takes
 * them out of sets by hand. Refuses as soon as one of them is coded. Variables that came along
 * stay. Like every edit this can be undone: the texts stay in the project's folder.
 */
export function removeImport(batchId: BatchId): Command {
  return async project => {
    const batch = await project.batch(batchId)
    if (!batch) throw new Refusal('batch-missing')
    const reports = await project.reportsIn(batchId)
    const ids = reports.map(({ id }) => id)
    if (await project.areCoded(ids)) throw new Refusal('batch-coded')
    const changes: Change[] = [{ table: 'batches', id: batchId, before: batch, after: null }]
    for (const change of await removalOf(project, reports)) changes.push(change)
    return { label: 'removeImport', about: String(reports.length), changes }
  }
}

/**
 * Removes some reports as {@link removeImport} removes all of an import. Refuses as soon as one
 * of them is coded.
 */
export function removeReports(ids: readonly ReportId[]): Command {
  return async project => {
    const reports = await project.reportsOf(ids)
    if (reports.length < new Set(ids).size) throw new Refusal('report-missing')
    if (await project.areCoded(ids)) throw new Refusal('reports-coded')
    const [only, ...others] = reports
    const about = only && others.length === 0 ? only.title : ''
    return { label: 'removeReports', about, changes: await removalOf(project, reports) }
  }
}

/** Takes reports away with all that hangs on them. */
async function removalOf(project: ProjectReader, reports: readonly Report[]): Promise<Change[]> {
  const ids = reports.map(({ id }) => id)
  const [values, corrections] = await Promise.all([
    project.valuesOf(ids),
    project.correctionsOf(ids),
  ])
  const changes: Change[] = []
  for (const before of reports) {
    changes.push({ table: 'reports', id: before.id, before, after: null })
  }
  for (const before of values) {
    changes.push({ table: 'values', id: before.id, before, after: null })
  }
  for (const before of corrections) {
    changes.push({ table: 'corrections', id: before.id, before, after: null })
  }
  const gone = new Set(ids)
  changes.push(...withoutMembers(await project.sets(), id => gone.has(id)))
  return changes
}

/** Adds the person who acts to the coders of the project. */
export function joinAsCoder(name: string): Command {
  return async (project, actor) => {
    const id: CoderId = actor.coderId
    if (await project.coder(id)) return { label: 'addCoder', about: name, changes: [] }
    const after: Coder = { id, name: nameOf(name), createdAt: actor.now() }
    return {
      label: 'addCoder',
      about: after.name,
      changes: [{ table: 'coders', id, before: null, after }],
    }
  }
}
