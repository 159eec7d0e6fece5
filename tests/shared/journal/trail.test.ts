import { expect, it } from 'vitest'
import { branchIn, matchingRows, NO_FILTER } from '../../../renderer/features/history/filter'
import { assignCode, removeAnnotation } from '../../../shared/commands/annotate'
import { addCode, deleteCode, describeCode, moveCode } from '../../../shared/commands/codebook'
import { renameReport } from '../../../shared/commands/library'
import { renameSet, saveSet } from '../../../shared/commands/sets'
import { correctStructure } from '../../../shared/commands/structure'
import { addVariable, deleteVariable, setValue } from '../../../shared/commands/variables'
import type { ReportId } from '../../../shared/domain/id'
import { createTrail, type Trail, type TrailRow, toldChange } from '../../../shared/journal/trail'
import { type FreshProject, freshProject, passageOf } from '../../support/project'

const R1 = 'r1' as ReportId

/** The whole journal of a project, told. */
function told({ journal }: FreshProject): { trail: Trail; rows: TrailRow[] } {
  const trail = createTrail()
  return { trail, rows: journal.map(entry => trail.add(entry)) }
}

it('tells of a coding who gave which code to which passage of which report', async () => {
  const project = await freshProject()
  await project.run(assignCode(passageOf(R1, 0, 4), project.codes[0]))
  expect(told(project).rows.at(-1)).toMatchObject({
    kind: 'do',
    action: 'assignCode',
    coder: 'Me',
    code: 'a',
    quote: 'Wind',
    report: 'r1',
    codes: [project.codes[0]],
    place: { reportId: R1, start: 0, end: 4 },
    counts: { annotations: 1 },
  })
})

it('uses the names of the moment, and tells what something was called before', async () => {
  const project = await freshProject()
  await project.run(assignCode(passageOf(R1, 0, 4), project.codes[0]))
  await project.run(describeCode(project.codes[0], { name: 'alpha' }))
  await project.run(renameReport(R1, 'First'))
  await project.run(assignCode(passageOf(R1, 5, 9), project.codes[0]))
  const [before, renamed, retitled, after] = told(project).rows.slice(-4)
  expect(before).toMatchObject({ code: 'a', report: 'r1' })
  expect(renamed).toMatchObject({ was: 'a', about: 'alpha' })
  expect(retitled).toMatchObject({ was: 'r1', about: 'First' })
  expect(after).toMatchObject({ code: 'alpha', report: 'First' })
})

it('tells an undo as what it took back', async () => {
  const project = await freshProject()
  await project.run(describeCode(project.codes[0], { name: 'alpha' }))
  await project.undo()
  expect(told(project).rows.at(-1)).toMatchObject({ kind: 'undo', was: 'a', about: 'alpha' })
})

it('keeps the names of codes that are gone, and knows that they are', async () => {
  const project = await freshProject()
  const [a, b] = project.codes
  await project.run(moveCode(b, a, null))
  await project.run(assignCode(passageOf(R1, 0, 4), b))
  await project.run(deleteCode(a, null))
  const { trail, rows } = told(project)
  expect(rows.at(-1)).toMatchObject({ about: 'a', counts: { codes: 2, annotations: 1 } })
  expect(trail.codes().map(({ path, isGone }) => [path, isGone])).toEqual([
    ['a', true],
    ['a / b', true],
    ['c', false],
  ])
  await project.undo()
  expect(
    told(project)
      .trail.codes()
      .every(({ isGone }) => !isGone),
  ).toBe(true)
})

it('tells to which code the annotations of a deleted one went, in one row', async () => {
  const project = await freshProject()
  const [a, b] = project.codes
  for (const at of [0, 5, 10]) await project.run(assignCode(passageOf(R1, at, at + 3), a))
  await project.run(deleteCode(a, b))
  expect(told(project).rows.at(-1)).toMatchObject({
    heir: 'b',
    counts: { codes: 1, annotations: 3 },
  })
})

it('tells the fields that differ, with names for ids', async () => {
  const project = await freshProject()
  const [a, b] = project.codes
  await project.run(moveCode(b, a, null))
  const entry = project.journal.at(-1)!
  const { trail } = told(project)
  const [change] = entry.kind === 'import' ? [] : entry.changes
  const { fields, ...rest } = toldChange(change!, trail.names)
  expect(rest).toMatchObject({ table: 'codes', mark: 'changed', name: 'b' })
  expect(fields.find(({ field }) => field === 'parentId')).toEqual({
    field: 'parentId',
    before: '',
    after: 'a',
  })
})

it('does not keep half a character at the end of a long quote', async () => {
  const project = await freshProject()
  const quote = `${'x'.repeat(79)}\u{20bb7}yyy`
  const passage = { reportId: R1, start: 0, end: 4, quote: 'Wind' }
  await project.run(assignCode(passage, project.codes[0]))
  const entry = structuredClone(project.journal.at(-1)!)
  if (entry.kind === 'import') throw new Error('an import')
  Object.assign(entry.changes[0]!.after!, { quote })
  const trail = createTrail()
  for (const each of project.journal.slice(0, -1)) trail.add(each)
  expect(trail.add(entry).quote).toBe(`${'x'.repeat(79)}…`)
})

it('is found by coder, by code and those below it, by kind and by text', async () => {
  const project = await freshProject()
  const [a, b] = project.codes
  await project.run(moveCode(b, a, null))
  const assigned = await project.run(assignCode(passageOf(R1, 0, 4), b))
  await project.run(removeAnnotation(R1, firstId(assigned!)))
  await project.undo()
  await project.run(addCode({ name: 'Other', color: '#123456', parentId: null }))
  const { trail, rows } = told(project)
  const codes = trail.codes()
  const found = (filter: Partial<typeof NO_FILTER>) => {
    const steps = matchingRows(rows, { ...NO_FILTER, ...filter }, codes)
    let step = steps.next()
    while (!step.done) step = steps.next()
    return step.value.map(({ kind, action }) => [kind, action])
  }
  expect(found({})).toHaveLength(rows.length)
  expect(found({ codeId: a, kind: 'coding' })).toEqual([
    ['do', 'assignCode'],
    ['do', 'removeCoding'],
    ['undo', 'removeCoding'],
  ])
  expect(found({ kind: 'steps' })).toEqual([['undo', 'removeCoding']])
  expect(found({ kind: 'reports' })).toEqual([['import', 'import']])
  expect(found({ text: 'OTHER' })).toEqual([['do', 'addCode']])
  expect(found({ text: 'wind' })).toHaveLength(3)
  expect(found({ coderId: 'nobody' as never })).toEqual([])
  expect([...branchIn(codes, a)]).toEqual([a, b])
})

it('tells what value was set, of which variable and report, and what it was before', async () => {
  const project = await freshProject()
  await project.run(addVariable({ name: 'Staff', type: 'text', categories: [] }))
  const [variable] = await project.reader.variables()
  await project.run(setValue([R1], variable!.id, 'few'))
  await project.run(setValue([R1], variable!.id, 'many'))
  await project.run(setValue([R1], 'place', 'North'))
  await project.run(deleteVariable(variable!.id))
  await project.undo()
  const { rows } = told(project)
  const of = (row: TrailRow) => [row.action, row.report, row.value]
  expect(rows.slice(-5).map(of)).toEqual([
    ['setValue', 'r1', { variable: 'Staff', before: null, after: 'few' }],
    ['setValue', 'r1', { variable: 'Staff', before: 'few', after: 'many' }],
    ['setValue', 'r1', { variable: 'place', before: null, after: 'North' }],
    ['deleteVariable', 'r1', { variable: 'Staff', before: 'many', after: null }],
    ['deleteVariable', 'r1', { variable: 'Staff', before: 'many', after: null }],
  ])
  expect(rows.at(-1)?.counts).toMatchObject({ variables: 1, values: 1 })
  const texts = rows.filter(({ text }) => text.includes('north')).map(({ action }) => action)
  expect(texts).toEqual(['setValue'])
})

it('tells which report\u2019s structure was corrected and how, and what a set was called', async () => {
  const project = await freshProject()
  await project.run(correctStructure(R1, { kind: 'join', start: 4, end: 4, level: 0 }))
  await project.run(saveSet({ name: 'North', members: [R1] }))
  const [set] = await project.reader.sets()
  await project.run(renameSet(set!.id, 'South'))
  const { trail, rows } = told(project)
  expect(rows.at(-3)).toMatchObject({
    correction: { kind: 'join', level: 0 },
    report: 'r1',
    reportId: 'r1',
    place: null,
  })
  expect(rows.at(-1)).toMatchObject({ about: 'South', was: 'North', counts: { sets: 1 } })
  const entry = project.journal.at(-3)!
  const [change] = entry.kind === 'import' ? [] : entry.changes
  expect(toldChange(change!, trail.names)).toMatchObject({ report: 'r1', name: '' })
})

function firstId(entry: FreshProject['journal'][number]): never {
  if (entry.kind === 'import') throw new Error('an import')
  return entry.changes[0]!.id as never
}
