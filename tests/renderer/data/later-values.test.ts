import 'fake-indexeddb/auto'
import { describe, expect, it } from 'vitest'
import { applyEntry } from '../../../renderer/data/commit'
import type { ProjectDb } from '../../../renderer/data/database'
import { openWorkingCopy } from '../../../renderer/data/rebuild'
import {
  addVariable,
  type CategoryDraft,
  changeVariable,
  deleteVariable,
  renameVariable,
  setValue,
} from '../../../shared/commands/variables'
import type { BatchId, Hash, ReportId, VariableId } from '../../../shared/domain/id'
import { type Value, type Variable, valueIdOf } from '../../../shared/domain/variable'
import { rowFindings } from '../../../shared/journal/check'
import type { NewEntry } from '../../../shared/journal/history'
import { type FreshProject, foldAll, freshProject, reportNamed } from '../../support/project'

const WORDS = { yes: 'yes', no: 'no' }

/** The variable of {@link withVariable} with another type, or other categories. */
function changedTo(
  id: VariableId,
  type: Variable['type'],
  categories: readonly CategoryDraft[] = [],
) {
  return changeVariable(id, { name: 'Staff', type, categories }, WORDS)
}

/** An import of reports with one value each, and variables. */
async function importTable(
  { alone, db, actor }: FreshProject,
  id: VariableId,
  { values, variables = [] }: { values: readonly Value['value'][]; variables?: Variable[] },
): Promise<void> {
  const batchId = 'table' as BatchId
  const reports = values.map((_, i) => ({
    ...reportNamed(`t${i}`),
    batchId,
    textHash: `table-${i}` as Hash,
  }))
  const entry: NewEntry = {
    kind: 'import',
    batch: { id: batchId, at: 0, imported: values.length, known: 0, refused: 0, cancelled: false },
    reports,
    variables,
    values: values.map(
      (value, i): Value => ({
        id: valueIdOf(`t${i}` as ReportId, id),
        reportId: `t${i}` as ReportId,
        variable: id,
        value,
        origin: 'table',
        start: null,
        end: null,
      }),
    ),
    at: 0,
    coderId: actor.coderId,
  }
  await alone(async append => applyEntry(db, { ...entry, ...(await append(entry)) }))
}

/** A project with one own variable. */
async function withVariable(type: Variable['type'] = 'text', categories: readonly string[] = []) {
  const project = await freshProject()
  await project.run(addVariable({ name: 'Staff', type, categories }))
  const [variable] = await project.reader.variables()
  return { project, id: variable!.id }
}

const findings = ({ journal }: FreshProject) => rowFindings(foldAll(journal))

describe('undoing a variable that an import has filled since', () => {
  it('takes the values of the import along, and Redo brings them back', async () => {
    const { project, id } = await withVariable()
    await importTable(project, id, { values: ['12', '40'] })
    const before = await project.rows()
    await project.undo()
    expect(await project.rows()).toMatchObject({ variables: [], values: [] })
    expect(await project.rows()).toEqual(project.folded())
    expect(findings(project)).toEqual([])
    await project.redo()
    expect(await project.rows()).toMatchObject({
      variables: before.variables,
      values: before.values,
    })
    expect(await project.rows()).toEqual(project.folded())
    await project.undo()
    expect((await project.rows()).values).toEqual([])
  })

  it('still brings them back after the working copy was built anew, when they are many', async () => {
    const { project, id } = await withVariable()
    await importTable(project, id, { values: Array.from({ length: 2500 }, (_, i) => String(i)) })
    const before = await project.rows()
    await project.undo()
    project.db.close()
    const again: ProjectDb = await openWorkingCopy(project.host(), project.opened(false), () => {})
    await project.runnerOn(again).redo()
    const values = (await again.values.toArray()).flatMap(({ items }) => [...items])
    expect(values).toHaveLength(before.values.length)
    await project.runnerOn(again).undo()
    expect(await again.values.count()).toBe(0)
  })

  it('leaves what was set by hand to the step that set it', async () => {
    const { project, id } = await withVariable()
    await project.run(setValue(['r1' as ReportId], id, 'x'))
    await importTable(project, id, { values: ['12'] })
    await project.undo()
    expect((await project.rows()).values).toHaveLength(1)
    await project.undo()
    expect((await project.rows()).values).toEqual([])
    await project.redo()
    await project.redo()
    expect((await project.rows()).values).toHaveLength(2)
    expect(await project.rows()).toEqual(project.folded())
  })
})

describe('redoing the deletion of a variable that an import has filled since', () => {
  it('takes the values of the import along, and Undo brings them back', async () => {
    const { project, id } = await withVariable()
    await project.run(deleteVariable(id))
    await project.undo()
    await importTable(project, id, { values: ['12', '40'] })
    const before = await project.rows()
    await project.redo()
    expect(await project.rows()).toMatchObject({ variables: [], values: [] })
    expect(await project.rows()).toEqual(project.folded())
    await project.undo()
    expect((await project.rows()).values).toHaveLength(2)
    expect(await project.rows()).toMatchObject({
      variables: before.variables,
      values: before.values,
    })
    expect(await project.rows()).toEqual(project.folded())
    expect(findings(project)).toEqual([])
  })

  it('still brings them back after the working copy was built anew, when they are many', async () => {
    const { project, id } = await withVariable()
    await project.run(deleteVariable(id))
    await project.undo()
    await importTable(project, id, { values: Array.from({ length: 2500 }, (_, i) => String(i)) })
    await project.redo()
    project.db.close()
    const again: ProjectDb = await openWorkingCopy(project.host(), project.opened(false), () => {})
    await project.runnerOn(again).undo()
    expect(await again.values.count()).toBe(2500)
    await project.runnerOn(again).redo()
    expect(await again.values.count()).toBe(0)
    await project.runnerOn(again).undo()
    expect(await again.values.count()).toBe(2500)
  })
})

describe('undoing a change that values of a later import rely on', () => {
  it('is refused where they would not fit the type as it was, and changes nothing', async () => {
    const { project, id } = await withVariable('number')
    await project.run(changedTo(id, 'text'))
    await importTable(project, id, { values: ['many'] })
    const rows = await project.rows()
    await expect(project.undo()).rejects.toMatchObject({ reason: 'import-since' })
    expect(await project.rows()).toEqual(rows)
  })

  it('is refused where their category would go', async () => {
    const { project, id } = await withVariable('category', ['city'])
    const drafts = [
      { name: 'city', was: 'city' },
      { name: 'county', was: null },
    ]
    await project.run(changedTo(id, 'category', drafts))
    await importTable(project, id, { values: ['county'] })
    await expect(project.undo()).rejects.toMatchObject({ reason: 'import-since' })
  })

  it('goes ahead where they fit', async () => {
    const { project, id } = await withVariable('category', ['city'])
    const drafts = [
      { name: 'city', was: 'city' },
      { name: 'county', was: null },
    ]
    await project.run(changedTo(id, 'category', drafts))
    await importTable(project, id, { values: ['city'] })
    await project.undo()
    expect((await project.reader.variables())[0]?.categories).toBe('city')
  })

  it('is refused where the name is in use meanwhile', async () => {
    const { project, id } = await withVariable()
    await project.run(renameVariable(id, 'People'))
    const other = { id: 'other' as VariableId, name: 'Staff', type: 'text' } as const
    const variables = [{ ...other, categories: '', rank: 1, createdAt: 0 }]
    await importTable(project, other.id, { values: ['x'], variables })
    await expect(project.undo()).rejects.toMatchObject({ reason: 'import-since' })
  })
})
