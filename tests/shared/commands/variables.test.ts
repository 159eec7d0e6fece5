import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { removeImport } from '../../../shared/commands/library'
import {
  addVariable,
  type CategoryDraft,
  type Cell,
  changeVariable,
  confirmValue,
  deleteVariable,
  MAX_CATEGORIES,
  MAX_CELLS,
  mergeImportedValues,
  moveVariable,
  renameVariable,
  setValue,
  setValues,
  ValuesRefused,
} from '../../../shared/commands/variables'
import type { ReportId, VariableId } from '../../../shared/domain/id'
import type { Value, VariableKey, VariableType } from '../../../shared/domain/variable'
import { valueIdOf } from '../../../shared/domain/variable'
import type { Change } from '../../../shared/journal/edit'
import { BATCH, contentOf, type FreshProject, freshProject, TEXT } from '../../support/project'

const [R1, R2, R3] = ['r1', 'r2', 'r3'] as [ReportId, ReportId, ReportId]
const WORDS = { yes: 'yes', no: 'no' }

/** A project with one own variable. */
async function withVariable(type: VariableType = 'text', categories: readonly string[] = []) {
  const project = await freshProject()
  await project.run(addVariable({ name: 'Budget', type, categories }))
  const [variable] = await project.reader.variables()
  return { project, id: variable!.id }
}

/** The variable of {@link withVariable} with another type, or other categories. */
function changedTo(id: VariableId, type: VariableType, categories: readonly CategoryDraft[] = []) {
  return changeVariable(id, { name: 'Budget', type, categories }, WORDS)
}

/** As an import would bring it: read from the text at its beginning. */
async function withRead(value: Partial<Value> = {}) {
  const project = await freshProject()
  const after: Value = {
    id: valueIdOf(R1, 'place'),
    reportId: R1,
    variable: 'place',
    value: '\u7532\u5e02',
    origin: 'read',
    start: 2,
    end: 4,
    ...value,
  }
  const change: Change = { table: 'values', id: after.id, before: null, after }
  await project.run(async () => ({ label: 'setValue', about: '', changes: [change] }))
  return { project, read: after }
}

async function cellsIn({ reader }: FreshProject) {
  const values = await reader.valuesOf([R1, R2, R3])
  return values.map(({ reportId, variable, value }) => [reportId, variable, value])
}

describe('setting a value', () => {
  it('sets many reports as one step, by hand and without evidence', async () => {
    const { project, id } = await withVariable()
    await project.run(setValue([R1, R2], id, ' much '))
    const by = { variable: id, value: 'much', origin: 'by-hand', start: null, end: null }
    expect(await project.reader.valuesOf([R1, R2])).toEqual([
      { id: `r1.${id}`, reportId: 'r1', ...by },
      { id: `r2.${id}`, reportId: 'r2', ...by },
    ])
    await project.undo()
    expect(await cellsIn(project)).toEqual([])
  })

  it('empties cells for no value and for blank text', async () => {
    const { project, id } = await withVariable()
    await project.run(setValue([R1, R2, R3], id, 'x'))
    await project.run(setValue([R1], id, null))
    await project.run(setValue([R2], id, ' \u3000'))
    expect(await cellsIn(project)).toEqual([['r3', id, 'x']])
    expect(await project.run(setValue([R1], id, null))).toBeNull()
  })

  it('drops the evidence of another value, and keeps that of the same', async () => {
    const { project, read } = await withRead()
    await project.run(setValue([R1], 'place', read.value))
    expect(await project.reader.valuesOf([R1])).toEqual([{ ...read, origin: 'by-hand' }])
    await project.run(setValue([R1], 'place', '\u4e59\u53bf'))
    const other = { value: '\u4e59\u53bf', origin: 'by-hand', start: null, end: null }
    expect(await project.reader.valuesOf([R1])).toEqual([{ ...read, ...other }])
  })

  it('takes the place in the text that a researcher points to', async () => {
    const project = await freshProject()
    const cell: Cell = { reportId: R1, variable: 'place', value: 'Wind' }
    await project.run(setValues([{ ...cell, evidence: { start: 0, end: 4 } }]))
    expect(await project.reader.valuesOf([R1])).toMatchObject([{ start: 0, end: 4 }])
    for (const evidence of [
      { start: 0, end: TEXT.length + 1 },
      { start: 4, end: 4 },
      { start: -1, end: 2 },
    ]) {
      await expect(project.run(setValues([{ ...cell, evidence }]))).rejects.toMatchObject({
        reason: 'passage-outside',
      })
    }
  })

  it('names every cell that does not fit, and fills none', async () => {
    const { project, id } = await withVariable('number')
    const cells: Cell[] = [
      { reportId: R1, variable: id, value: 'twelve' },
      { reportId: R1, variable: 'year', value: '2024' },
      { reportId: R2, variable: 'date', value: '2024-02-30' },
    ]
    const failure = await project.run(setValues(cells)).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(ValuesRefused)
    expect(failure).toMatchObject({ reason: 'values-refused', cells: [cells[0], cells[2]] })
    expect(await cellsIn(project)).toEqual([])
  })

  it('keeps the last word on a cell that stands twice', async () => {
    const project = await freshProject()
    const cell = { reportId: R1, variable: 'place' } as const
    await project.run(
      setValues([
        { ...cell, value: 'a' },
        { ...cell, value: 'b' },
      ]),
    )
    expect(await cellsIn(project)).toEqual([['r1', 'place', 'b']])
  })

  it('refuses reports and variables that are not there, and more cells than a step may have', async () => {
    const project = await freshProject()
    const refused = (command: ReturnType<typeof setValue>, reason: string) =>
      expect(project.run(command)).rejects.toMatchObject({ reason })
    await refused(setValue(['no' as ReportId], 'place', 'x'), 'report-missing')
    await refused(setValue([R1], 'no' as VariableKey, 'x'), 'variable-missing')
    const cell: Cell = { reportId: R1, variable: 'place', value: 'x' }
    const many = Array.from({ length: MAX_CELLS + 1 }, () => cell)
    await refused(setValues(many), 'too-many-values')
  })

  it('is called by the report where it is one', async () => {
    const project = await freshProject()
    const one = await project.plan(setValue([R1], 'place', 'x'))
    const two = await project.plan(setValue([R1, R2], 'place', 'x'))
    const cells: Cell[] = [
      { reportId: R1, variable: 'place', value: 'x' },
      { reportId: R2, variable: 'year', value: 2024 },
    ]
    const several = await project.plan(setValues(cells))
    expect([one, two, several].map(({ label, about }) => [label, about])).toEqual([
      ['setValue', 'r1'],
      ['setValue', ''],
      ['setValues', ''],
    ])
  })
})

describe('confirming', () => {
  it('makes what was read the researcher\u2019s word, with the same evidence', async () => {
    const { project, read } = await withRead({ origin: 'ask' })
    await project.run(confirmValue([R1], 'place'))
    expect(await project.reader.valuesOf([R1])).toEqual([{ ...read, origin: 'by-hand' }])
    expect(await project.run(confirmValue([R1], 'place'))).toBeNull()
  })

  it('refuses where there is nothing to confirm', async () => {
    const { project } = await withRead()
    await expect(project.run(confirmValue([R1, R2], 'place'))).rejects.toMatchObject({
      reason: 'value-missing',
    })
  })
})

describe('own variables', () => {
  it('come in the order of their making, under names of their own', async () => {
    const { project, id } = await withVariable()
    await project.run(addVariable({ name: 'Staff', type: 'number', categories: [] }))
    expect((await project.reader.variables()).map(({ name }) => name)).toEqual(['Budget', 'Staff'])
    const taken = { reason: 'name-taken' }
    const again = addVariable({ name: ' Staff', type: 'text', categories: [] })
    await expect(project.run(again)).rejects.toMatchObject(taken)
    await expect(project.run(renameVariable(id, 'Staff'))).rejects.toMatchObject(taken)
    expect(await project.run(renameVariable(id, 'Budget'))).toBeNull()
    await project.run(renameVariable(id, 'Money'))
    expect((await project.reader.variables()).map(({ name }) => name)).toEqual(['Money', 'Staff'])
  })

  it('keep categories only where they are a category, each once', async () => {
    const { project } = await withVariable('text', ['a'])
    const wish = { name: 'Level', type: 'category', categories: ['low', ' high', 'low'] } as const
    await project.run(addVariable(wish))
    expect((await project.reader.variables()).map(({ categories }) => categories)).toEqual([
      '',
      'low\nhigh',
    ])
    const many = Array.from({ length: MAX_CATEGORIES + 1 }, (_, i) => `c${i}`)
    for (const categories of [[''], ['x'.repeat(2001)], many]) {
      const draft = addVariable({ name: 'New', type: 'category', categories })
      await expect(project.run(draft)).rejects.toMatchObject({ reason: 'categories-refused' })
    }
  })

  it('move anywhere, and stay where they are without an edit', async () => {
    const project = await freshProject()
    for (const name of ['a', 'b', 'c']) {
      await project.run(addVariable({ name, type: 'text', categories: [] }))
    }
    const [a, b, c] = (await project.reader.variables()).map(({ id }) => id)
    const order = async () => (await project.reader.variables()).map(({ name }) => name).join('')
    await project.run(moveVariable(c!, a!))
    expect(await order()).toBe('cab')
    expect(await project.run(moveVariable(c!, a!))).toBeNull()
    expect(await project.run(moveVariable(b!, null))).toBeNull()
    await project.run(moveVariable(c!, null))
    expect(await order()).toBe('abc')
    await project.undo()
    expect(await order()).toBe('cab')
  })

  it('go with their values, and come back with them', async () => {
    const { project, id } = await withVariable()
    await project.run(setValue([R1, R2], id, 'x'))
    await project.run(setValue([R1], 'place', 'y'))
    const before = contentOf(await project.rows())
    await project.run(deleteVariable(id))
    expect(await cellsIn(project)).toEqual([['r1', 'place', 'y']])
    await project.undo()
    expect(contentOf(await project.rows())).toEqual(before)
    await expect(project.run(deleteVariable('no' as VariableId))).rejects.toMatchObject({
      reason: 'variable-missing',
    })
  })
})

describe('changing a type', () => {
  it('converts the values along, and Undo brings the old ones back', async () => {
    const { project, id } = await withVariable()
    await project.run(setValue([R1], id, '1,200'))
    await project.run(setValue([R2], id, '\uff11\uff12'))
    const before = contentOf(await project.rows())
    await project.run(changedTo(id, 'number'))
    expect(await cellsIn(project)).toEqual([
      ['r1', id, 1200],
      ['r2', id, 12],
    ])
    await project.undo()
    expect(contentOf(await project.rows())).toEqual(before)
  })

  it('refuses with every value that cannot be converted, and changes none', async () => {
    const { project, id } = await withVariable()
    await project.run(setValue([R1], id, '12'))
    await project.run(setValue([R2, R3], id, 'some'))
    const before = contentOf(await project.rows())
    const failure = await project.run(changedTo(id, 'number')).catch(error => error)
    expect(failure).toMatchObject({
      reason: 'values-refused',
      cells: [
        { reportId: 'r2', value: 'some' },
        { reportId: 'r3', value: 'some' },
      ],
    })
    expect(contentOf(await project.rows())).toEqual(before)
  })

  it('makes a category of the values that there are', async () => {
    const { project, id } = await withVariable('yesno')
    await project.run(setValue([R1, R2], id, true))
    await project.run(setValue([R3], id, false))
    await project.run(changedTo(id, 'category'))
    expect(await project.reader.variables()).toMatchObject([{ categories: 'no\nyes' }])
    await project.run(changedTo(id, 'text'))
    expect(await project.reader.variables()).toMatchObject([{ type: 'text', categories: '' }])
    expect(await project.run(changedTo(id, 'text'))).toBeNull()
  })
})

describe('categories', () => {
  const world = async () => {
    const { project, id } = await withVariable('category', ['low', 'high', 'none'])
    await project.run(setValue([R1, R2], id, 'low'))
    await project.run(setValue([R3], id, 'high'))
    return { project, id }
  }

  it('are put in another order, renamed with their values, added and removed', async () => {
    const { project, id } = await world()
    const drafts = [
      { name: 'top', was: null },
      { name: 'high', was: 'high' },
      { name: 'bottom', was: 'low' },
    ]
    await project.run(changedTo(id, 'category', drafts))
    expect(await project.reader.variables()).toMatchObject([{ categories: 'top\nhigh\nbottom' }])
    expect((await cellsIn(project)).map(([, , value]) => value)).toEqual([
      'bottom',
      'bottom',
      'high',
    ])
  })

  it('become one where two are given one name', async () => {
    const { project, id } = await world()
    const drafts = ['low', 'high'].map(was => ({ name: 'some', was }))
    await project.run(changedTo(id, 'category', drafts))
    expect(await project.reader.variables()).toMatchObject([{ categories: 'some' }])
    expect((await cellsIn(project)).map(([, , value]) => value)).toEqual(['some', 'some', 'some'])
  })

  it('change places without their values being mixed up', async () => {
    const { project, id } = await world()
    const drafts = [
      { name: 'high', was: 'low' },
      { name: 'low', was: 'high' },
    ]
    await project.run(changedTo(id, 'category', drafts))
    expect((await cellsIn(project)).map(([, , value]) => value)).toEqual(['high', 'high', 'low'])
  })

  it('do not go while a report has them', async () => {
    const { project, id } = await world()
    const only = [{ name: 'low', was: 'low' }]
    await expect(project.run(changedTo(id, 'category', only))).rejects.toMatchObject({
      cells: [{ reportId: 'r3', value: 'high' }],
    })
  })

  it('are all that a value of them can be', async () => {
    const { project, id } = await world()
    await expect(project.run(setValue([R1], id, 'middling'))).rejects.toBeInstanceOf(ValuesRefused)
  })
})

describe('changing all of a variable at once', () => {
  const fresh = (names: readonly string[]) => names.map(name => ({ name, was: null }))

  it('makes text a category with a list that has all values, as one step', async () => {
    const { project, id } = await withVariable()
    await project.run(setValue([R1, R2], id, 'low'))
    const before = contentOf(await project.rows())
    const change = { name: 'Level', type: 'category', categories: fresh(['high', 'low']) } as const
    await project.run(changeVariable(id, change, WORDS))
    expect(await project.reader.variables()).toMatchObject([
      { name: 'Level', type: 'category', categories: 'high\nlow' },
    ])
    await project.undo()
    expect(contentOf(await project.rows())).toEqual(before)
  })

  it('refuses a list without some value that there is, and changes nothing', async () => {
    const { project, id } = await withVariable()
    await project.run(setValue([R1], id, 'middle'))
    const before = contentOf(await project.rows())
    const change = { name: 'Level', type: 'category', categories: fresh(['high', 'low']) } as const
    await expect(project.run(changeVariable(id, change, WORDS))).rejects.toMatchObject({
      cells: [{ reportId: 'r1', value: 'middle' }],
    })
    expect(contentOf(await project.rows())).toEqual(before)
  })

  it('makes a category of the values that there are where no list is given', async () => {
    const { project, id } = await withVariable('yesno')
    await project.run(setValue([R1], id, true))
    const change = { name: 'Budget', type: 'category', categories: [] } as const
    await project.run(changeVariable(id, change, WORDS))
    expect(await project.reader.variables()).toMatchObject([{ categories: 'yes' }])
    expect((await cellsIn(project)).map(([, , value]) => value)).toEqual(['yes'])
  })

  it('renames categories with their values, and does nothing where nothing is new', async () => {
    const { project, id } = await withVariable('category', ['low', 'high'])
    await project.run(setValue([R1], id, 'low'))
    const categories = [
      { name: 'high', was: 'high' },
      { name: 'bottom', was: 'low' },
    ]
    const change = { name: 'Budget', type: 'category', categories } as const
    await project.run(changeVariable(id, change, WORDS))
    expect((await cellsIn(project)).map(([, , value]) => value)).toEqual(['bottom'])
    const same = ['high', 'bottom'].map(name => ({ name, was: name }))
    expect(await project.run(changeVariable(id, { ...change, categories: same }, WORDS))).toBeNull()
  })
})

describe('values from a table', () => {
  it('come in as one step with the variables that they need', async () => {
    const project = await freshProject()
    const before = contentOf(await project.rows())
    const staff = 'staff' as VariableId
    const wish = {
      variables: [{ id: staff, name: 'Staff', type: 'number', categories: [] }],
      cells: [
        { reportId: R1, variable: staff, value: '12' },
        { reportId: R2, variable: 'year', value: 2023 },
      ],
    } as const
    const entry = await project.run(mergeImportedValues(wish))
    expect(entry).toMatchObject({ label: 'importValues' })
    expect(await project.reader.valuesOf([R1, R2])).toMatchObject([
      { variable: staff, value: 12, origin: 'table' },
      { variable: 'year', value: 2023, origin: 'table' },
    ])
    await project.undo()
    expect(contentOf(await project.rows())).toEqual(before)
  })

  it('leave what says the same already as it is, with its evidence', async () => {
    const { project, read } = await withRead()
    const cells = [{ reportId: R1, variable: 'place', value: read.value }] as const
    expect(await project.run(mergeImportedValues({ cells, variables: [] }))).toBeNull()
  })

  it('overrule nobody\u2019s decision and empty nothing, but settle what was left open', async () => {
    const { project } = await withRead({ origin: 'ask' })
    await project.run(setValue([R2, R3], 'place', '\u4e59\u5e02'))
    const cell = (reportId: ReportId, value: string | null) =>
      ({ reportId, variable: 'place', value }) as const
    const cells = [cell(R1, '\u7532\u5e02'), cell(R2, '\u4e19\u5e02'), cell(R3, null)]
    await project.run(mergeImportedValues({ cells, variables: [] }))
    expect(await project.reader.valuesOf([R1, R2, R3])).toMatchObject([
      { value: '\u7532\u5e02', origin: 'table', start: 2 },
      { value: '\u4e59\u5e02', origin: 'by-hand' },
      { value: '\u4e59\u5e02', origin: 'by-hand' },
    ])
  })
})

it('removes values with their report, leaves variables, and brings them back', async () => {
  const { project, id } = await withVariable()
  await project.run(setValue([R1, R2], id, 'x'))
  const before = contentOf(await project.rows())
  const entry = await project.run(removeImport(BATCH.id))
  expect(entry).toMatchObject({ about: '3' })
  const { values, variables } = await project.rows()
  expect({ values, variables: variables.length }).toEqual({ values: [], variables: 1 })
  await project.undo()
  expect(contentOf(await project.rows())).toEqual(before)
})

it('lists one variable\u2019s values across reports, and a report\u2019s in one order', async () => {
  const { project, id } = await withVariable()
  await project.run(setValue([R2, R1], 'year', 2024))
  await project.run(setValue([R1], id, 'x'))
  await project.run(setValue([R1], 'place', 'y'))
  const years = await project.reader.valuesFor('year')
  expect(years.map(({ reportId }) => reportId)).toEqual(['r1', 'r2'])
  const ids = (await project.reader.valuesOf([R2, R1])).map(value => value.id as string)
  expect(ids).toEqual(['r2.year', ...[`r1.${id}`, 'r1.place', 'r1.year'].sort()])
})

it('fills any cells so that each holds what was put there, and Undo empties them again', async () => {
  const cells = fc.array(
    fc.record({
      reportId: fc.constantFrom(R1, R2, R3),
      variable: fc.constantFrom('place' as const, 'title' as const, 'year' as const),
      value: fc.oneof(fc.integer({ min: 1000, max: 9999 }), fc.constant(null)),
    }),
    { maxLength: 20 },
  )
  await fc.assert(
    fc.asyncProperty(cells, cells, async (first, second) => {
      const project = await freshProject({ codeNames: [] })
      await project.run(setValues(first))
      const before = contentOf(await project.rows())
      const entry = await project.run(setValues(second))
      const expected = new Map<string, unknown>()
      for (const { reportId, variable, value } of [...first, ...second]) {
        expected.set(
          valueIdOf(reportId, variable),
          variable === 'year' ? value : value && `${value}`,
        )
      }
      for (const [id, value] of expected) if (value === null) expected.delete(id)
      const { values } = await project.rows()
      expect(new Map(values.map(({ id, value }) => [id, value]))).toEqual(expected)
      expect(await project.folded()).toEqual(await project.rows())
      if (entry) await project.undo()
      expect(contentOf(await project.rows())).toEqual(before)
    }),
    { numRuns: 30 },
  )
})
