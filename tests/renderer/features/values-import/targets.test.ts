import { expect, it } from 'vitest'
import { takeProblem, usedTargets } from '../../../../renderer/features/values-import/targets'
import type { ValuesPreview } from '../../../../renderer/jobs/values-job'
import { newColumn, targetProblems, withTargets } from '../../../../renderer/tables/targets'
import type { VariableId } from '../../../../shared/domain/id'
import type { Variable } from '../../../../shared/domain/variable'
import type { ColumnTarget } from '../../../../shared/intake/table-values'

const made = (name: string, id = name) => ({ id: id as VariableId, name, type: 'text' }) as const
const STAFF: Variable = { ...made('Staff'), categories: '', rank: 0, createdAt: 0 }

it('changes what was selected and leaves the other columns, in their order', () => {
  const before: ColumnTarget[] = [{ column: 2, variable: 'year' }]
  const after = withTargets(before, [3, 1], column => made(`c${column}`))
  expect(after.map(({ column }) => column)).toEqual([1, 2, 3])
  expect(withTargets(after, [1, 2], () => null)).toEqual([{ column: 3, variable: made('c3') }])
})

it('leaves the columns of the key alone', () => {
  const targets: ColumnTarget[] = [0, 1, 2].map(column => ({ column, variable: 'year' }))
  expect(usedTargets(targets, { by: 'title', column: 1 })).toHaveLength(2)
  expect(usedTargets(targets, { by: 'place+year', place: 0, year: 2 })).toHaveLength(1)
})

it('finds names that are taken, empty or too long, and variables that two columns want', () => {
  const wanted = ['year', 'year', made('Staff', 'x'), made(' '), made('n'.repeat(201)), made('New')]
  const twice = [...wanted, made('New', 'y')]
  const targets = twice.map((variable, column) => ({ column, variable }) as ColumnTarget)
  expect(Object.fromEntries(targetProblems(targets, [STAFF]))).toEqual({
    1: 'twice',
    2: 'name-taken',
    3: 'name-empty',
    4: 'name-too-long',
    6: 'name-taken',
  })
})

it('keeps out what is too much, too many kinds, or nothing', () => {
  const preview = (cells: number, kinds: number) =>
    ({ cells, categories: new Map([['c', kinds]]) }) as unknown as ValuesPreview
  expect(takeProblem(preview(1, 1000), new Map())).toBeNull()
  expect(takeProblem(preview(1, 1001), new Map())).toBe('too-many-categories')
  expect(takeProblem(preview(100_001, 0), new Map())).toBe('too-many')
  expect(takeProblem(preview(0, 0), new Map())).toBe('nothing')
  expect(takeProblem(preview(0, 0), new Map([[1, 'twice']]))).toBe('columns')
})

it('calls a new variable as its column, without what names may not have', () => {
  expect(newColumn({ name: ` a\n${'b'.repeat(300)}`, type: 'number' }, 'i' as VariableId)).toEqual({
    id: 'i',
    name: `a ${'b'.repeat(198)}`,
    type: 'number',
  })
})
