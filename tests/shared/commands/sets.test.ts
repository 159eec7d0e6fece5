import { expect, it } from 'vitest'
import {
  changeSetMembers,
  changeSetRule,
  deleteSet,
  renameSet,
  saveSet,
} from '../../../shared/commands/sets'
import type { ReportId, ReportSetId } from '../../../shared/domain/id'
import { membersOf } from '../../../shared/domain/variable'
import { type FreshProject, freshProject } from '../../support/project'

const [R1, R2, R3] = ['r1', 'r2', 'r3'] as [ReportId, ReportId, ReportId]

async function withSet() {
  const project = await freshProject()
  await project.run(saveSet({ name: ' North ', members: [R1, R2, R1] }))
  const [set] = await project.reader.sets()
  return { project, id: set!.id }
}

async function membersIn({ reader }: FreshProject) {
  return (await reader.sets()).map(membersOf)
}

it('saves reports by hand under a tidy name, each once', async () => {
  const { project } = await withSet()
  expect(await project.reader.sets()).toMatchObject([
    { name: 'North', members: 'r1 r2', rule: null },
  ])
})

it('saves a rule as it is', async () => {
  const project = await freshProject()
  await project.run(saveSet({ name: 'By rule', rule: '{"level":"county"}' }))
  const sets = await project.reader.sets()
  expect(sets).toMatchObject([{ members: null, rule: '{"level":"county"}' }])
  expect(sets.map(membersOf)).toEqual([[]])
})

it('puts reports in and takes others out, and one that is there already not twice', async () => {
  const { project, id } = await withSet()
  await project.run(changeSetMembers(id, { add: [R3, R1], remove: [R2] }))
  expect(await membersIn(project)).toEqual([['r1', 'r3']])
  expect(await project.run(changeSetMembers(id, { add: [R1], remove: [R2] }))).toBeNull()
  await project.undo()
  expect(await membersIn(project)).toEqual([['r1', 'r2']])
})

it('keeps the members of an emptied set apart from those of a set by rule', async () => {
  const { project, id } = await withSet()
  await project.run(changeSetMembers(id, { add: [], remove: [R1, R2] }))
  expect(await project.reader.sets()).toMatchObject([{ members: '', rule: null }])
  await project.run(changeSetRule(id, '{}'))
  await expect(project.run(changeSetMembers(id, { add: [R1], remove: [] }))).rejects.toMatchObject({
    reason: 'set-by-rule',
  })
})

it('has no two sets of one name', async () => {
  const { project, id } = await withSet()
  const taken = { reason: 'name-taken' }
  await expect(project.run(saveSet({ name: 'North', members: [] }))).rejects.toMatchObject(taken)
  await project.run(saveSet({ name: 'South', members: [] }))
  await expect(project.run(renameSet(id, 'South'))).rejects.toMatchObject(taken)
  expect(await project.run(renameSet(id, 'North'))).toBeNull()
  await project.run(renameSet(id, 'Far north'))
  expect((await project.reader.sets()).map(({ name }) => name)).toEqual(['Far north', 'South'])
})

it('forgets a set, which Undo brings back, and refuses one that is not there', async () => {
  const { project, id } = await withSet()
  const before = await project.reader.sets()
  await project.run(deleteSet(id))
  expect(await project.reader.sets()).toEqual([])
  await expect(project.run(deleteSet('no' as ReportSetId))).rejects.toMatchObject({
    reason: 'set-missing',
  })
  await project.undo()
  expect(await project.reader.sets()).toEqual(before)
})
