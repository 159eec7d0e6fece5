import 'fake-indexeddb/auto'
import { expect, it } from 'vitest'
import { applyEntry, commit, StaleEdit } from '../../../renderer/data/commit'
import { historyNow } from '../../../renderer/data/history'
import { openWorkingCopy } from '../../../renderer/data/rebuild'
import { allValues, valuesIn } from '../../../renderer/data/values'
import { removeImport } from '../../../shared/commands/library'
import { setValue, setValues } from '../../../shared/commands/variables'
import type { BatchId, Hash, ReportId, VariableId } from '../../../shared/domain/id'
import { type Value, valueIdOf } from '../../../shared/domain/variable'
import type { NewEntry } from '../../../shared/journal/history'
import { foldAll, freshProject, reportNamed, rowsOf, rowsOfState } from '../../support/project'

const R1 = 'r1' as ReportId
/** More than are read or written at once. */
const MANY = 620

function bigImport(): Extract<NewEntry, { kind: 'import' }> {
  const batchId = 'big' as BatchId
  const reports = Array.from({ length: MANY }, (_, i) => ({
    ...reportNamed(`n${i}`),
    batchId,
    textHash: `hash-${i}` as Hash,
  }))
  const values = reports.flatMap(({ id: reportId }, i): Value[] =>
    (['place', 'year'] as const).slice(i % 3).map(variable => ({
      id: valueIdOf(reportId, variable),
      reportId,
      variable,
      value: variable === 'year' ? 2000 + i : `place ${i}`,
      origin: 'read',
      start: 0,
      end: 4,
    })),
  )
  const variable = { id: 'v' as VariableId, name: 'Staff', type: 'number', rank: 0 } as const
  return {
    kind: 'import',
    batch: { id: batchId, at: 0, imported: MANY, known: 0, refused: 0, cancelled: false },
    reports,
    variables: [{ ...variable, categories: '', createdAt: 0 }],
    values,
    at: 0,
    coderId: 'me' as NewEntry['coderId'],
  }
}

async function withBigImport() {
  const project = await freshProject({ codeNames: [] })
  const entry = bigImport()
  await project.alone(async append => {
    const { seq } = await append(entry)
    await applyEntry(project.db, { ...entry, seq })
  })
  return { project, entry }
}

it('takes in an import with its values and variables, and rebuilds to the same', async () => {
  const { project, entry } = await withBigImport()
  const rows = await project.rows()
  expect(rows).toEqual(project.folded())
  expect(rows.values).toHaveLength(entry.values.length)
  expect(rows.variables).toHaveLength(1)
  project.db.close()
  const db = await openWorkingCopy(project.host(), project.opened(false), () => {})
  expect(await rowsOf(db)).toEqual(rowsOfState(foldAll(project.journal)))
})

it('removes an import with all its values, and Undo brings every one back', async () => {
  const { project } = await withBigImport()
  const { values, sum } = await project.rows()
  await project.run(removeImport('big' as BatchId))
  expect((await project.rows()).values).toEqual([])
  await project.undo()
  expect(await project.rows()).toMatchObject({ values, sum })
  expect(await project.rows()).toEqual(project.folded())
})

it('fills a cell of every report in one step, and Undo empties each', async () => {
  const { project, entry } = await withBigImport()
  const before = await allValues(project.db)
  const ids = entry.reports.map(({ id }) => id)
  await project.run(setValues(ids.map(reportId => ({ reportId, variable: 'title', value: 'x' }))))
  const titles = await project.reader.valuesFor('title')
  expect(titles.map(({ reportId }) => reportId)).toEqual([...ids].sort())
  expect(await project.rows()).toEqual(project.folded())
  await project.undo()
  const sorted = (all: typeof before) =>
    [...all].flatMap(([, values]) => values.map(each => JSON.stringify(each))).sort()
  expect(sorted(await allValues(project.db))).toEqual(sorted(before))
})

it('refuses an edit of a value that has changed meanwhile, and writes nothing', async () => {
  const project = await freshProject()
  await project.run(setValue([R1], 'place', 'North'))
  const late = await project.plan(setValue([R1], 'place', 'East'))
  await project.run(setValue([R1], 'place', 'South'))
  const rows = await project.rows()
  const by = { kind: 'do', of: null, at: 0, coderId: project.actor.coderId } as const
  await expect(commit(project.db, project.append, { ...late, ...by })).rejects.toThrow(StaleEdit)
  expect(await project.rows()).toEqual(rows)
})

it('keeps no record of a report whose last value went', async () => {
  const project = await freshProject()
  await project.run(setValue([R1], 'place', 'North'))
  expect(await valuesIn(project.db, R1)).toHaveLength(1)
  await project.run(setValue([R1], 'place', null))
  expect(await project.db.values.count()).toBe(0)
  expect((await project.rows()).counts).toMatchObject({ values: 0 })
})

it('keeps the changes of a long edit in parts, undoes and redoes them, and drops them in the end', async () => {
  const { project, entry } = await withBigImport()
  const keys = ['title', 'parent', 'province', 'issuers'] as const
  const cells = entry.reports.flatMap(({ id: reportId }) =>
    keys.map(variable => ({ reportId, variable, value: 'x' })),
  )
  await project.run(setValues(cells))
  const after = await project.rows()
  const { undo: next } = await historyNow(project.db)
  expect(next).toMatchObject({ label: 'setValues', changes: [] })
  expect(await project.db.undoParts.count()).toBeGreaterThan(1)
  await project.undo()
  expect(await project.rows()).toEqual(project.folded())
  project.db.close()
  const db = await openWorkingCopy(project.host(), project.opened(false), () => {})
  const runner = project.runnerOn(db)
  await runner.redo()
  expect((await rowsOf(db)).values).toEqual(after.values)
  await runner.undo()
  await runner.run(setValue([R1], 'place', 'forgets what was undone'))
  expect(await db.undoParts.count()).toBe(0)
  expect(await rowsOf(db)).toEqual(rowsOfState(foldAll(project.journal)))
})
